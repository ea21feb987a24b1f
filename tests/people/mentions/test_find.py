"""What names a person and what does not: the two tables beside this file, a case a line."""

# Tests as well, in searchkit/: people/mentions: candidates evidence full_names orthography part_finder partial_names
#   strangers; people/names: case_endings common_words declension inflection initials key_prefixes name_breaks
#   name_words part_match word_match

import re
from pathlib import Path

import pytest

from searchkit import languages
from searchkit.analysis import analyse
from searchkit.people import WordFilter, find, parse
from searchkit.people.mentions.capitalised import capitalised_words

HERE = Path(__file__).parent


def cases(file):
    lines = [line for line in (HERE / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def unescaped(cell):
    return cell.replace("\\n", "\n").replace("\\t", "\t")


def label(case):
    return " / ".join(case[:3])


def expected(marked):
    """A text with its places in square brackets -> (the text, the places)."""
    text, places = "", []
    for piece in re.split(r"(\[[^\]]*\])", marked):
        if piece.startswith("["):
            places.append((len(text), len(text) + len(piece) - 2))
            piece = piece[1:-1]
        text += piece
    return text, places


@pytest.mark.parametrize("case", cases("must_match.tsv"), ids=label)
def test_must_match(case, all_found):
    name, language, marked, why = case
    text, places = expected(marked)
    found = all_found(name, text, language)
    got = [text[place.start : place.end] for place in found]
    assert [(place.start, place.end) for place in found] == places, f"{why}: found {got} in {text!r}"


@pytest.mark.parametrize("case", cases("lists.tsv"), ids=label)
def test_lists_and_forms(case, all_found):
    name, language, marked, why = map(unescaped, case)
    text, places = expected(marked)
    found = all_found(name, text, language)
    got = [text[place.start : place.end] for place in found]
    assert [(place.start, place.end) for place in found] == places, f"{why}: found {got} in {text!r}"


@pytest.mark.parametrize("case", cases("world_news.tsv"), ids=label)
def test_names_of_the_worlds_news(case, all_found):
    name, language, marked, why = case
    text, places = expected(marked)
    got = [text[place.start : place.end] for place in all_found(name, text, language)]
    assert got == [text[start:end] for start, end in places], f"{why}: in {text!r}"


@pytest.mark.parametrize("case", cases("must_match.tsv") + cases("world_news.tsv"), ids=label)
def test_what_must_match_is_a_candidate(case, tokens, is_candidate):
    name, language, marked, _ = case
    text, places = expected(marked)
    assert not places or is_candidate(name, tokens(text, language))


@pytest.mark.parametrize("case", cases("must_match.tsv") + cases("lists.tsv") + cases("world_news.tsv"), ids=label)
def test_a_document_that_names_the_person_is_not_passed_over(case):
    name, _, marked, why = map(unescaped, case)
    text, places = expected(marked)
    if places:
        word_filter = WordFilter(parse(name))
        words = word_filter.words(capitalised_words([text]))
        assert words is None or word_filter.near(text, words), why


@pytest.mark.parametrize("case", cases("must_not_match.tsv") + cases("near_alike.tsv"), ids=label)
def test_must_not_match(case, all_found):
    name, language, text, why = map(unescaped, case)
    found = [text[place.start : place.end] for place in all_found(name, text, language)]
    assert not found, f"{why}: found {found} in {text!r}"


FILLING = "бұл сөздер ешкімді атамайды " * 12


@pytest.mark.parametrize("case", cases("must_match.tsv") + cases("lists.tsv") + cases("world_news.tsv"), ids=label)
def test_what_stands_far_from_a_name_decides_nothing(case):
    name, language, marked, why = map(unescaped, case)
    inner, _ = expected(marked)
    text = f"{FILLING}\n\n{inner}\n\n{FILLING}"
    start = len(FILLING)
    known = language if language in languages.codes() else "en"
    passages = [(0, start, "kk"), (start, len(text) - start, known), (len(text) - start, len(text), "kk")]
    wanted = parse(name)
    word_filter = WordFilter(wanted)
    words = word_filter.words(capitalised_words([text]))
    if words is not None:
        windows = word_filter.near(text, words)
        read, whole = (analyse.analyze(text, passages=passages, within=within) for within in (windows, None))
        assert list(find(wanted, read, text)) == list(find(wanted, whole, text)), why
