"""Words to index terms, with two small languages of one ending each in place of the real ones."""

# Tests as well, in searchkit/: query: expanders query_word stopwords word_groups

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import languages
from searchkit.analysis import vocabulary
from searchkit.errors import QueryError
from searchkit.languages.base import QueryStem
from searchkit.query import expanders, query_word, translation
from searchkit.query.expansion import expand
from searchkit.query.explain import describe
from searchkit.query.parser import parse, words
from searchkit.query.query_word import Options
from searchkit.query.word_groups import STOP_WORD_BOOST
from searchkit.terms.query_tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Group,
    InLanguage,
    Not,
    Or,
    Prefix,
    Sequence,
    Term,
)

CYRILLIC = dict(zip("абдегиклмнопрстухя", "abdegiklmnoprstuhä", strict=True))


class Toy:
    """A language with one ending; `guess` is a second reading of every word."""

    def __init__(self, code, scripts, ending, stop_words, guess=""):
        self.code, self.name, self.scripts = code, code, frozenset(scripts)
        self.stop_words = frozenset(stop_words.split())
        self._ending, self._guess = ending, guess

    def normalise(self, word):
        return word.replace("ё", "е")

    def stem(self, word):
        return "".join(CYRILLIC.get(letter, letter) for letter in word).removesuffix(self._ending) or word

    def readings(self, word):
        found = [QueryStem(self.stem(word), 1.0, "stem")]
        if self._guess:
            found.append(QueryStem(self.stem(word) + self._guess, 0.4, "spelling"))
        return found


TOYS = {
    "zz": Toy("zz", ["Latn"], "ks", "books"),
    "xx": Toy("xx", ["Latn"], "s", "the of on who"),
    "yy": Toy("yy", ["Latn", "Cyrl"], "lar", "on bu", guess="q"),
}


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    monkeypatch.setattr(languages, "is_always_asked", lambda code: code in ("xx", "yy"))
    monkeypatch.setattr(languages, "get", TOYS.__getitem__)
    monkeypatch.setattr(languages, "codes", lambda: tuple(TOYS))
    monkeypatch.setattr(
        languages, "for_script", lambda script: tuple(c for c, toy in TOYS.items() if script in toy.scripts)
    )
    # What analysis remembers of the real languages stays as it is.
    monkeypatch.setattr(vocabulary, "vocabulary_of", vocabulary.Vocabulary)
    for module, name in (
        (expanders, "_remembered"),
        (query_word, "_forms"),
        (translation, "_stem"),
        (translation, "_is_known"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)


def expanded(query, **options):
    return expand(parse(query), Options(**options))


def terms(group):
    return {(one.field, one.text): (one.weight, one.reason) for one in group.alternatives}


def test_a_word_gives_its_surface_and_its_stems_in_text_and_title():
    group = expanded("Books")
    assert group.label == "Books"
    assert group.boost == 1
    assert terms(group) == {
        ("word", "books"): (1, "exact"),
        ("stem", "book"): (1, "stem"),
        ("stem", "books"): (1, "stem"),
        ("stem", "booksq"): (0.4, "spelling"),
        ("title_word", "books"): (1, "exact"),
        ("title_stem", "book"): (1, "stem"),
        ("title_stem", "books"): (1, "stem"),
        ("title_stem", "booksq"): (0.4, "spelling"),
    }


def test_a_stem_of_several_languages_stands_once_with_its_best_weight(monkeypatch):
    monkeypatch.setattr(TOYS["xx"], "readings", lambda word: [QueryStem("same", 0.3, "spelling")])
    monkeypatch.setattr(TOYS["yy"], "readings", lambda word: [QueryStem("same", 0.9, "stem")])
    stems = [one for one in expanded("word").alternatives if one.field == "stem"]
    assert stems == [Term("stem", "same", 0.9, "stem")]


def test_languages_are_those_of_the_script():
    assert {text for field, text in terms(expanded("китаплар")) if field == "stem"} == {"kitap", "kitapq"}


def test_other_languages_are_read_where_the_collection_has_them():
    assert ("stem", "boo") not in terms(expanded("books"))
    assert ("stem", "boo") in terms(expanded("books", languages=("xx", "zz")))


def test_a_word_of_no_known_script_is_its_own_stem():
    assert terms(expanded("日本 -x").children[0])[("stem", "日本")] == (1, "stem")
    assert ("word", "2025") in terms(expanded("2025"))


def test_the_word_is_written_as_its_language_writes_it():
    assert ("word", "елка") in terms(expanded("Ёлка"))


def test_title_alone():
    assert {field for field, _ in terms(expanded("title:books"))} == {"title_word", "title_stem"}


def test_exact_words_have_no_stems():
    assert {field for field, _ in terms(expanded("=books"))} == {"word", "title_word"}


def test_without_transliteration_a_form_in_the_same_script_is_asked_for():
    group, same_script = expanded("books", transliterate=False).children
    assert {reason for _, reason in terms(group).values()} == {"exact", "stem"}
    assert same_script.boost == 0
    assert same_script.alternatives[:2] == (Prefix("word", "boo"), Prefix("word", "book"))
    assert {one.field for one in same_script.alternatives} == {"word", "title_word"}


def test_without_transliteration_phrases_keep_to_words():
    text, title = expanded('"red books"', transliterate=False).alternatives
    assert {one.field for slot in text.slots for one in slot} == {"word"}
    assert Prefix("word", "boo") in text.slots[1]
    assert {one.field for one in expanded("boo*", transliterate=False).alternatives} == {"word", "title_word"}


def test_prefix():
    assert expanded("Китап*").alternatives == (
        Prefix("word", "китап"),
        Prefix("stem", "kitap"),
        Prefix("title_word", "китап"),
        Prefix("title_stem", "kitap"),
    )


def test_the_stem_of_a_prefix_that_lost_an_ending_is_not_looked_for():
    assert {one.text for one in expanded("китаплар*").alternatives} == {"китаплар"}


def test_fuzzy_words_are_worth_less_than_right_ones():
    group = expanded("books~2")
    assert Fuzzy("word", "books", 2, expanders.FUZZY_WEIGHT) in group.alternatives
    assert Term("word", "books") in group.alternatives
    assert Fuzzy("stem", "books", 2, expanders.FUZZY_WEIGHT) in group.alternatives
    assert not [one for one in expanded("ab~").alternatives if isinstance(one, Fuzzy) and one.field == "stem"]


def test_a_phrase_is_a_sequence_for_the_text_and_one_for_the_title():
    group = expanded('"red books"')
    assert group.label == "red books"
    text, title = group.alternatives
    assert isinstance(text, Sequence)
    assert Term("word", "red") in text.slots[0]
    assert Term("stem", "book", 1, "stem") in text.slots[1]
    assert [{term.field for term in slot} for slot in title.slots] == [{"title_word", "title_stem"}] * 2
    assert len(expanded('title:"red books"').alternatives) == 1


def test_a_star_in_a_phrase_is_any_one_word():
    assert [bool(slot) for slot in expanded('"red * books"').alternatives[0].slots] == [True, False, True]


def test_a_word_of_several_tokens_is_a_sequence():
    group = expanded("Kassym-Jomart")
    assert group.label == "Kassym-Jomart"
    assert [slot[0].text for slot in group.alternatives[0].slots] == ["kassym", "jomart"]
    assert [slot[0].text for slot in expanded('"Kassym-Jomart Tokayev"').alternatives[0].slots] == [
        "kassym",
        "jomart",
        "tokayev",
    ]
    last = expanded("Kassym-Jom*").alternatives[0].slots[-1]
    assert {type(one) for one in last} == {Prefix}


def test_stop_words_count_little_and_are_not_required():
    tree = expanded("the books")
    assert isinstance(tree, And)
    the, books = tree.children
    assert isinstance(the, Or)
    assert the.children[1] == Everything()
    assert the.children[0].boost == STOP_WORD_BOOST
    assert books.boost == 1


def test_a_query_of_stop_words_alone_keeps_them():
    assert [group.boost for group in expanded("the of").children] == [1, 1]
    assert [group.boost for group in expanded("-the of").children if isinstance(group, Group)] == [1]
    assert expanded("lang:xx the").children[1].boost == 1


def test_the_stop_words_are_those_of_the_likely_language():
    boosts = {group.label: group.boost for group in expand(words("who bu the books")).children}
    assert boosts == {"who": STOP_WORD_BOOST, "bu": 1, "the": STOP_WORD_BOOST, "books": 1}


def test_capitals_are_no_stop_words_unless_all_is():
    assert expanded("WHO books").children[0].boost == 1
    assert isinstance(expanded("WHO BOOKS").children[0], Or)


def test_stop_words_asked_for_by_a_sign_or_in_a_phrase_are_required():
    assert isinstance(expanded("=the books").children[0], Group)
    assert isinstance(expanded('"the books" red').children[0], Group)
    assert isinstance(expanded("books -the").children[1], Not)


def test_brackets_of_stop_words_alone_stay_required():
    tree = expanded("(the of) OR books")
    assert all(isinstance(child, Group) for child in tree.children[0].children)


def test_filters_ask_for_nothing_that_could_stand_in_for_a_stop_word():
    tree = expanded("(lang:xx,yy -pens the) OR books")
    assert [type(child) for child in tree.children[0].children] == [Or, Not, Group]


def test_filters_stay():
    assert expanded("books lang:xx date:2025").children[1:] == (InLanguage("xx"), DateRange("2025", "2025"))


def test_what_has_no_word_in_it_is_left_out():
    assert isinstance(expanded("books ²~"), (Group, And))
    assert expand(words("")) == Or(())


def test_a_new_source_of_alternatives_takes_part(monkeypatch):
    def lexicon(word, options):
        if word.text == "library" and options.translate:
            yield Term("stem", "kitaphana", 0.5, "translation")
            slots = ((Term("stem", "kitap", 1, "stem"),), (Term("stem", "uyi", 1, "stem"),))
            yield Sequence(slots, 0.4, "translation")

    monkeypatch.setattr(expanders, "EXPANDERS", (*expanders.EXPANDERS, lexicon))
    group = expanded("library")
    assert Term("title_stem", "kitaphana", 0.5, "translation") in group.alternatives
    assert [one.reason for one in group.alternatives if isinstance(one, Sequence)] == ["translation"] * 2
    assert not [one for one in expanded("library", translate=False).alternatives if one.reason == "translation"]

    phrase = expanded('"old library hall"')
    lengths = [len(one.slots) for one in phrase.alternatives]
    assert lengths == [3, 4, 3, 4]
    assert [slot[0].text for slot in phrase.alternatives[1].slots] == ["old", "kitap", "uyi", "hall"]


def test_describe_names_every_alternative():
    text = describe(expanded('the books "red hall" -lang:xx date:2025.. memor* wor~'))
    for part in (
        "all of",
        "the  (counts 0.2)",
        "every document",
        "not",
        "in language xx",
        "dated from 2025 to …",
        "memor*",
        "wor~1",
    ):
        assert part in text
    assert "stem        book                    1.00  stem" in text
    assert "[word:red | stem:red | stem:redq]" in text
    assert describe(Or(())) == "nothing"


@settings(max_examples=200)
@given(st.text(max_size=60), st.sampled_from(["and", "or"]))
def test_every_parsed_query_expands(query, default):
    try:
        tree = parse(query, default)
    except QueryError:
        tree = words(query)
    describe(expand(tree))


def test_a_word_of_very_many_tokens_is_cut_short():
    assert len(expanded("a-" * 40_000).alternatives[0].slots) == 100
