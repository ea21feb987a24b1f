"""Passages to show: which, where they are cut, and what is marked in them."""

# Tests as well, in searchkit/: highlight: windows

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.highlight import matches, snippets, windows
from searchkit.highlight.matches import Matcher
from searchkit.model import Document
from searchkit.query.expansion import expand
from searchkit.query.parser import parse, words
from searchkit.terms.query_tree import Fuzzy, Group, Prefix, Sequence, Term
from searchkit.text.words import PLAIN

FILLER = "Nothing to see in this sentence, which is here to fill the page. "


def passages(text, language="en"):
    return [(0, len(text), language)] if text else []


def found(text, query, language="en", count=2, title="", **options):
    tree = expand(parse(query)) if isinstance(query, str) else query
    document = Document("1", text, title)
    return snippets.best(document, passages(text, language), passages(title, language), tree, count, **options)


def marked(snippet):
    return [(snippet.text[h.start : h.end], h.reason, h.query) for h in snippet.highlights]


def check(document, snippet):
    """What holds for every snippet."""
    source = document.title if snippet.field == "title" else document.text
    assert snippet.text == source[snippet.start : snippet.end]
    last = 0
    for highlight in snippet.highlights:
        assert last <= highlight.start < highlight.end <= len(snippet.text)
        last = highlight.end


# ------------------------------------------------------------------ what is marked


def test_every_matching_word_is_marked_with_its_reason():
    text = "The library signed. Both libraries, LIBRARY halls and librarians."
    assert marked(found(text, "library")[0]) == [
        ("library", "exact", "library"),
        ("libraries", "stem", "library"),
        ("LIBRARY", "exact", "library"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "query", "expected"),
    [
        ("Подписали меморандумы.", "ru", "memorandum", [("меморандумы", "transliteration", "memorandum")]),
        ("Подписали меморандумы.", "ru", "меморандум", [("меморандумы", "stem", "меморандум")]),
        ("Two memorandums.", "en", "меморандум", [("memorandums", "transliteration", "меморандум")]),
        ("Two memorandums.", "en", "memor*", [("memorandums", "prefix", "memor")]),
        ("A memroandum.", "en", "memorandum~1", [("memroandum", "fuzzy", "memorandum")]),
        ("A memorandum, memorandums.", "en", "=memorandum", [("memorandum", "exact", "memorandum")]),
        ("Red books, books red.", "en", '"red books"', [("Red", "exact", "red books"), ("books", "exact", "red books")]),
        ("Sign a new paper, sign paper.", "en", '"sign * new"', [("Sign", "exact", "sign * new"), ("new", "exact", "sign * new")]),
        ("Jomart and Kassym-Jomart.", "en", "Kassym-Jomart", [("Kassym", "exact", "Kassym-Jomart"), ("Jomart", "exact", "Kassym-Jomart")]),
        ("Books and pens.", "en", "books -pens", [("Books", "exact", "books")]),
        ("Books in the title.", "en", "title:books OR pens", []),
    ],
)  # fmt: skip
def test_reasons(text, language, query, expected):
    assert marked(found(text, query, language)[0]) == expected


def test_terms_of_other_sources_bring_their_reason():
    slots = ((Term("stem", "book"),), (Term("stem", "hous", 1, "stem"), Term("word", "home")))
    group = Group((Term("stem", "library", 0.5, "translation"), Sequence(slots, 0.4, "translation")), "кітапхана")
    text = "A library. A book house. A book, a house, a home."
    assert marked(found(text, group)[0]) == [
        ("library", "translation", "кітапхана"),
        ("book", "translation", "кітапхана"),
        ("house", "translation", "кітапхана"),
    ]


def test_names_are_matched_by_their_key(monkeypatch):
    keys = {"Kadyrov": "kdr", "Qadirov": "kdr", "reports": ""}
    monkeypatch.setattr(matches, "vocabulary_in", lambda *passage: Vocabulary(keys))
    group = Group((Term("name", "kdr", 0.5, "name"),), "Қадыров")
    assert marked(found("Kadyrov reports Qadirov", group)[0]) == [
        ("Kadyrov", "name", "Қадыров"),
        ("Qadirov", "name", "Қадыров"),
    ]


class Vocabulary(dict):
    """Words with the keys of names given, in place of analysis."""

    apostrophes = PLAIN

    def __init__(self, keys):
        super().__init__({word: ("en", word.lower(), word.lower(), key) for word, key in keys.items()})


def test_a_word_of_two_groups_is_marked_once_for_the_better():
    (snippet,) = found("Two libraries.", "library libraries")
    assert marked(snippet) == [("libraries", "exact", "libraries")]


def test_prefix_and_fuzzy_terms_of_the_title_do_not_mark_the_text():
    group = Group((Prefix("title_word", "book"), Fuzzy("title_word", "books", 1), Term("title_stem", "book")), "book")
    (snippet,) = found("Books here.", group)
    assert snippet.highlights == ()


def test_phrases_overlap_and_repeat():
    text = "new new york new york"
    assert [h.start for h in found(text, '"new york"')[0].highlights] == [4, 8, 13, 17]
    assert [h.start for h in found("a a a b", expand(parse('"a a"')))[0].highlights] == [0, 2, 4]


def test_words_on_both_sides_of_a_change_of_language_are_neighbours():
    text = "The memorandum меморандум here."
    tree = expand(parse('"memorandum меморандум"'))
    document = Document("1", text)
    (snippet,) = snippets.best(document, [(0, 15, "en"), (15, 25, "ru"), (25, len(text), "en")], [], tree)
    assert [snippet.text[h.start : h.end] for h in snippet.highlights] == ["memorandum", "меморандум"]


def test_a_word_broken_at_the_end_of_a_line_is_marked_whole():
    text = "They signed a memo-\nrandum today."
    assert marked(found(text, "memorandum")[0])[0][0] == "memo-\nrandum"


# ------------------------------------------------------------------ which passages


def test_the_passage_that_covers_most_of_the_query_comes_first():
    text = FILLER * 5 + "A library. " + FILLER * 8 + "A library with manuscripts. " + FILLER * 5
    best, second = found(text, "library manuscripts")
    assert "library with manuscripts" in best.text
    assert second.start < best.start


def test_rare_words_count_more():
    text = FILLER * 6 + "A red book. " + FILLER * 9 + "A blue book. " + FILLER * 9 + "A red hat."
    assert "blue book" in found(text, "red blue", count=1)[0].text
    rarity = {"red": 9.0, "blue": 0.1}
    assert "red book" in found(text, "red blue", count=1, rarity=rarity)[0].text


def test_the_second_passage_shows_what_the_first_does_not():
    text = "Red red red. " + FILLER * 9 + "Red red hats. " + FILLER * 9 + "A blue one. " + FILLER * 9
    assert [bool("blue" in snippet.text) for snippet in found(text, "red blue", count=2)] == [True, False]


LONG = "and so the report goes on for a while about other things that nobody has asked for here, "


@pytest.mark.parametrize(
    ("text", "query", "first"),
    [
        # whole sentences are better than an earlier passage that must be cut
        (f"The library {LONG * 4}. {FILLER * 6}The library is open.", "library", "The library is open."),
        # but not where the cut one says more
        (f"The library and the archive {LONG * 4}. {FILLER * 6}The library is open.", "library archive", "The library and"),
        # of passages with the same words, the one that says them more often
        (f"The library is open. {FILLER * 6}Library, library and library.", "library", "Library, library"),
        # no repetition outweighs another word
        (f"Library, library, library, library, library. {FILLER * 6}The library and the archive. {FILLER * 6}Archive, archive, archive.",
         "library archive", "The library and the archive."),
    ],
)  # fmt: skip
def test_what_the_best_passage_is(text, query, first):
    assert first in found(text, query, count=1)[0].text


def test_what_was_shown_counts_a_little_in_the_next_passage():
    both, other = "The library and the archive. ", "The museum. "
    text = FILLER * 6
    text = f"{both}{text}{both.upper()}{text}{other}{text}The museum with a library. "
    shown = found(text, "library archive museum", count=2)
    assert "archive" in shown[0].text
    assert "museum" in shown[1].text
    assert "library" in shown[1].text


def test_equal_passages_are_shown_in_reading_order_and_none_twice():
    text = ("A library one. " + FILLER * 9) * 2 + "A library two. " + FILLER * 9 + "A library three."
    texts = [snippet.text[:15] for snippet in found(text, "library", count=9)]
    assert texts == ["A library one. ", "A library two. ", FILLER[:15]]
    assert "library three" in found(text, "library", count=9)[2].text


def test_stop_words_do_not_decide():
    text = "What the the the of the the of the. " + FILLER * 8 + "Here are manuscripts."
    assert "manuscripts" in found(text, "the of manuscripts", count=1)[0].text


def test_passages_do_not_overlap():
    text = "".join(
        f"Sentence {number} speaks of a library at length and of nothing else at all. " for number in range(40)
    )
    document = Document("1", text)
    spans = sorted((snippet.start, snippet.end) for snippet in found(text, "library", count=20))
    assert len(spans) > 5
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    assert all(document.text[start:end].startswith("Sentence") for start, end in spans)


def test_where_only_the_title_matches_it_is_shown_and_the_beginning():
    title, text = found("Nothing here. " + FILLER * 9, "memorandum", title="A Memorandum")
    assert (title.field, title.text, marked(title)) == (
        "title",
        "A Memorandum",
        [("Memorandum", "exact", "memorandum")],
    )
    assert (text.field, text.start, text.highlights) == ("text", 0, ())
    assert len(text.text) <= windows.LENGTH
    assert [snippet.field for snippet in found("A memorandum.", "memorandum", title="Memorandum")] == ["text"]


def test_a_query_of_filters_shows_the_beginning():
    (snippet,) = found("One. Two. " + FILLER * 9, "lang:en")
    assert snippet.text.startswith("One. Two. ")
    assert snippet.text.endswith(".")


def test_nothing_to_show():
    assert found("", "library") == ()
    assert found(" \n ", "library") == ()
    assert found("library", "library", count=0) == ()


# ------------------------------------------------------------------ where passages are cut


def test_whole_sentences_where_they_fit():
    text = FILLER * 3 + "The memorandum is signed. " + FILLER * 6
    (snippet,) = found(text, "memorandum")
    assert snippet.text.startswith("The memorandum")
    assert snippet.text.endswith("page.")
    assert 150 < len(snippet.text) <= windows.LENGTH


def test_sentences_before_fill_up_at_the_end_of_the_text():
    (snippet,) = found(FILLER * 9 + "The memorandum.", "memorandum")
    assert snippet.text.startswith("Nothing to see")
    assert 150 < len(snippet.text) <= windows.LENGTH


@pytest.mark.parametrize("before", [0, 20, 60, 200])
@pytest.mark.parametrize("after", [0, 20, 60, 200])
def test_long_sentences_are_cut_between_words(before, after):
    text = "word " * before + "memorandum" + " word" * after
    document = Document("1", text)
    (snippet,) = found(text, "memorandum")
    check(document, snippet)
    assert [h.query for h in snippet.highlights] == ["memorandum"]
    assert len(snippet.text) <= windows.LONGEST
    assert set(snippet.text.split()) <= {"word", "memorandum"}
    assert snippet.text == snippet.text.strip()
    assert len(snippet.text) > 190 or snippet.text == text.strip()


def test_a_line_is_not_taken_for_a_short_one_because_its_beginning_was_shown():
    text = "A library " + "word " * 48 + "\n# goes on with a library and " + "word " * 35
    first, second = found(text, "library", count=2)
    assert first.end < text.index("\n") - 20
    assert second.start == first.end + 1


def test_a_headline_goes_on_into_the_text_after_it():
    (snippet,) = found("Memorandum\n\n" + "word " * 100, "memorandum")
    assert 150 < len(snippet.text) <= windows.LENGTH
    assert snippet.text.endswith("word")


def test_a_very_long_word_is_cut():
    text = "x" * 5000
    (snippet,) = found(text, "xx*")
    check(Document("1", text), snippet)
    assert len(snippet.text) <= windows.LONGEST
    assert snippet.highlights


def test_pages():
    text = FILLER * 2 + "\f" + "The memorandum. " + FILLER * 2 + "\f" + "More."
    (snippet,) = found(text, "memorandum")
    assert snippet.page == 2
    assert "\f" not in snippet.text
    assert found("The memorandum.", "memorandum")[0].page is None


def test_context_holds_the_place_and_its_sentences():
    text = FILLER * 5 + "Г. Нурғалиева came. " + FILLER * 5
    start = text.index("Нурғалиева")
    low, high = snippets.context(text, start, start + 10)
    assert text[low:high].startswith("Г. Нурғалиева came.")
    long = "x" * 1000
    assert snippets.context(long, 0, 1000) == (0, 1000)


def test_the_whole_document():
    text = "One memorandum. " + FILLER * 30 + "Two memorandums."
    document = Document("1", text)
    snippet = snippets.whole(document, passages(text), expand(parse("memorandum")))
    assert (snippet.start, snippet.end, snippet.text) == (0, len(text), text)
    assert [reason for _, reason, _ in marked(snippet)] == ["exact", "stem"]
    check(document, snippet)


# ------------------------------------------------------------------ any input

texts = st.lists(
    st.sampled_from(["library", "libraries", "red", "book", "меморандум", "«", "»", ".", ". ", "\n", "\n\n", "\f", " ", ", ", "’", "x" * 90, "ʻ", "-\n", "A.", "7"]),
    max_size=120,
).map(" ".join)  # fmt: skip
queries = st.sampled_from(
    [
        "library",
        "library red",
        '"red book"',
        "lib*",
        "book~1",
        "меморандум -red",
        "title:red",
        '"red * book"',
        "7 library-red",
    ]
)


@settings(max_examples=200)
@given(texts, queries, st.sampled_from(["en", "ru"]), st.integers(1, 4))
def test_snippets_of_any_text(text, query, language, count):
    document = Document("1", text, text[:50])
    result = snippets.best(
        document, passages(text, language), passages(text[:50], language), expand(parse(query)), count
    )
    assert len(result) <= count
    for snippet in result:
        check(document, snippet)
    if len(result) > 1 and result[0].field == "text":
        assert result[0].start >= result[1].end or result[0].end <= result[1].start
    check(document, snippets.whole(document, passages(text, language), expand(parse(query))))


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_a_word_of_the_text_is_found_in_it(text):
    for match in Matcher(expand(words(text))).find(text, passages(text)):
        assert text[match.start : match.end].strip()


def test_large_documents_take_time_in_proportion():
    sentence = "The library of the city keeps {} manuscripts and books from the time of the khans. "
    text = "".join(sentence.format(number) for number in range(12_000))
    tree = expand(parse("the library manuscripts books"))
    begun = time.process_time()
    snippets.best(Document("1", text), passages(text), [], tree, 5)
    # A megabyte takes about a fifth of a second; what is quadratic takes minutes.
    assert time.process_time() - begun < 5
