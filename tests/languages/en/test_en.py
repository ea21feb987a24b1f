"""English."""

from __future__ import annotations

import pytest

from searchkit.languages.en import LANGUAGE


def stem(word: str) -> str:
    return LANGUAGE.stem(LANGUAGE.normalise(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("memorandum", "memorandum"),
        ("memorandums", "memorandum"),
        ("memoranda", "memorandum"),
        ("signing", "sign"),
        ("signed", "sign"),
        ("kazakhstanʼs", "kazakhstan"),
        ("dogʻs", "dog"),  # `fold` writes U+02BB after g
        ("oʻbrien", "obrien"),
        ("donʼt", "dont"),
        ("café", "cafe"),
        ("cafés", "cafe"),
        ("naïve", "naiv"),
        ("naive", "naiv"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_a_word_keeps_its_letters_when_normalised() -> None:
    assert LANGUAGE.normalise("café") == "café"
    assert LANGUAGE.normalise("dogʻs") == "dogʼs"


def test_words_that_only_begin_alike_stay_apart() -> None:
    assert len({stem(word) for word in ("universe", "university", "unite", "unit")}) > 2
    assert stem("news") != stem("new")


def test_a_word_of_signs_alone_is_its_own_stem() -> None:
    assert stem("ʼs") == "s"
    assert stem("ʼ") == "ʼ"


def test_steps_show_only_what_changed() -> None:
    assert [step.name for step in LANGUAGE.steps("signed")] == ["inflection undone"]
    assert [step.name for step in LANGUAGE.steps("caféʼs")] == ["possessive", "diacritics", "inflection undone"]


def test_a_query_asks_for_a_verb_and_for_the_words_made_of_it() -> None:
    assert {reading.stem for reading in LANGUAGE.readings("meeting")} == {"meeting", "meet"}
    assert "meeting" in {reading.stem for reading in LANGUAGE.readings("met")}
    assert [reading.stem for reading in LANGUAGE.readings("library")] == ["library"]
