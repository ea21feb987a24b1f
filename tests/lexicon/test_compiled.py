"""The compiled lexicon: every term is found by bisection, with all its senses."""

# Tests as well, in searchkit/: lexicon: build stems

from hypothesis import given
from hypothesis import strategies as st

from searchkit.lexicon.compiled import Compiled, Union, compile_lines
from searchkit.lexicon.stems import pairs_of
from searchkit.lexicon.table import Concept


def split(code, term):
    return tuple(term.split())


def compiled(tmp_path, concepts):
    file = tmp_path / "compiled.txt"
    file.write_text("".join(f"{line}\n" for line in compile_lines(concepts, split)), encoding="utf-8")
    return Compiled(file)


def test_senses_and_places(tmp_path):
    bank = Concept("economy", 7, "n", {"en": ("bank",), "kk": ("банк",)})
    shore = Concept("nature", 9, "n", {"en": ("bank", "river side"), "kk": ("жаға", "жағалау")})
    book = compiled(tmp_path, [bank, shore])
    assert [sense.place for sense in book.senses("en", ("bank",))] == ["economy:7", "nature:9"]
    (sense,) = book.senses("en", ("river", "side"))
    assert sense.terms["kk"] == {("жаға",): "жаға", ("жағалау",): "жағалау"}
    assert book.knows("kk", ("банк",))
    assert not book.knows("en", ("банк",))
    assert not book.knows("en", ("ban",))
    assert not book.knows("en", ("river",))
    assert book.senses("en", ("zebra",)) == []


def test_an_aspect_pair_is_one_term_of_a_concept(tmp_path):
    pairs = {"сказать": "говорить", "решить": "решать"}
    say = Concept("verbs", 2, "v", {"en": ("say",), "ru": ("сказать", "решить", "решать")})
    file = tmp_path / "compiled.txt"
    lines = compile_lines([say], split, lambda code, verb: [(pairs[verb],)] if verb in pairs else [])
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (sense,) = Compiled(file).senses("ru", ("говорить",))
    assert list(sense.terms["ru"].items()) == [
        (("сказать",), "сказать"),
        (("говорить",), "сказать"),
        (("решить",), "решить"),
        (("решать",), "решать"),
    ]


def test_a_concept_has_the_best_words_of_its_family_that_are_not_its_own(tmp_path):
    bolivia = Concept("countries", 1, "p", {"en": ("bolivia",), "ru": ("боливия",), "uz": ("boliviya",)})
    of_bolivia = Concept("peoples", 2, "a", {"en": ("bolivian", "andean"), "ru": ("боливийский",), "uz": ("boliviya",)})
    book = compiled(tmp_path, [bolivia, of_bolivia])
    (sense,) = book.senses("en", ("bolivia",))
    assert sense.family == (
        ("a", "en", ("bolivian",), "bolivian"),
        ("a", "ru", ("боливийский",), "боливийский"),
    )
    assert sense.terms.keys() == {"en", "ru", "uz"}


def test_the_pairs_of_a_russian_verb():
    assert list(pairs_of("ru", "создать")) == [("sozdavaʼ",)]
    assert list(pairs_of("ru", "сдать экзамен")) == []
    assert list(pairs_of("uz", "yaratmoq")) == []


def test_an_empty_lexicon_knows_nothing(tmp_path):
    assert not compiled(tmp_path, []).knows("en", ("a",))


def test_a_union_has_the_senses_of_both(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = compiled(tmp_path / "a", [Concept("a", 1, "n", {"en": ("x",), "ru": ("y",)})])
    second = compiled(tmp_path / "b", [Concept("b", 1, "n", {"en": ("x",), "ru": ("z",)})])
    both = Union([first, second])
    assert [sense.terms["ru"] for sense in both.senses("en", ("x",))] == [{("y",): "y"}, {("z",): "z"}]
    assert both.knows("ru", ("z",))


words = st.text("abcж ", min_size=1, max_size=6).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(st.tuples(words, words), max_size=40))
def test_every_term_is_found(tmp_path_factory, pairs):
    concepts = [Concept("f", n, "n", {"en": (a,), "kk": (b,)}) for n, (a, b) in enumerate(pairs)]
    book = compiled(tmp_path_factory.mktemp("lexicon"), concepts)
    for concept in concepts:
        for code, terms in concept.words.items():
            places = [sense.place for sense in book.senses(code, tuple(terms[0].split()))]
            assert f"f:{concept.line}" in places
            assert len(places) == sum(other.words[code] == terms for other in concepts)
