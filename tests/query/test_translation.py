"""What the lexicon adds to a query, and what it must leave alone."""

import pytest

from searchkit.query import Options, expand, parse, words
from searchkit.terms.query_tree import Group, Sequence, Term


def groups(node):
    if isinstance(node, Group):
        yield node
    for child in getattr(node, "children", ()):
        yield from groups(child)


def translations(tree):
    """What a tree looks for by translation: {stems: weight}."""
    found = {}
    for group in groups(tree):
        for one in group.alternatives:
            if one.reason != "translation":
                continue
            terms = [slot[0] for slot in one.slots] if isinstance(one, Sequence) else [one]
            if not terms[0].field.startswith("title"):
                found[" ".join(term.text for term in terms)] = one.weight
    return found


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("library", {"kitaphana", "kutubhona", "biblioteka"}),
        ("қолжазба", {"manuscript", "qölyozma"}),
        ("кутубхона", {"kitaphana", "library", "biblioteka"}),
        ("кітапханаларда", {"library", "kutubhona"}),
    ],
)
def test_a_word_brings_its_translations(query, stems):
    assert translations(expand(parse(query))).keys() >= stems


@pytest.mark.parametrize("word", ["but", "on", "бар", "the", "и", "но", "ва", "men", "бір", "не", "да"])
def test_stop_words_have_no_translation(word):
    assert translations(expand(parse(word))) == {}


def test_an_abbreviation_is_no_stop_word():
    assert "ddsū" in translations(expand(parse("WHO")))


def test_a_translation_is_worth_less_than_the_word():
    (group,) = groups(expand(parse("library")))
    own = max(one.weight for one in group.alternatives if one.reason in ("exact", "stem"))
    assert all(one.weight < own for one in group.alternatives if one.reason == "translation")


def test_senses_share_the_weight_of_a_word():
    one_sense, several = translations(expand(parse("library"))), translations(expand(parse("bank")))
    assert max(several.values()) <= max(one_sense.values())
    assert {"jağa"} <= several.keys()


def test_the_sense_whose_word_is_most_like_the_query_counts_most():
    found = translations(expand(parse("exhibitions")))
    assert found["körme"] > 2 * found.get("körset", 0)


def test_the_language_of_the_query_decides():
    """он is ten in Kazakh, and he in Russian."""
    assert "ten" in translations(expand(words("он кітап оқыдым")))
    assert "ten" not in translations(expand(words("он читал новую книгу")))


def test_phrases_become_phrases():
    (group,) = groups(expand(parse('"national library"')))
    slots = [tuple({term.text for term in slot} for slot in one.slots) for one in group.alternatives]
    assert any({"national"} <= first and {"library"} <= second for first, second in slots)
    assert any("ūlttıq" in first and "kitaphana" in second for first, second in slots)


def test_terms_of_several_words_are_translated_together():
    assert "oliy talim" in translations(expand(words("higher education in the region")))


@pytest.mark.parametrize("query", ["=library", "libr*"])
def test_exact_words_and_beginnings_are_not_translated(query):
    assert translations(expand(parse(query))) == {}


def test_the_options_turn_it_off():
    assert translations(expand(parse("library"), Options(translate=False))) == {}


def test_titles_are_searched_too():
    (group,) = groups(expand(parse("library")))
    assert any(
        isinstance(one, Term) and one.field == "title_stem" and one.text == "kitaphana" for one in group.alternatives
    )
