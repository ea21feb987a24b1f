"""English inflection: forms of one word have one lemma, other words another."""

from __future__ import annotations

import pytest

from searchkit.languages.en.lemma import lemma, verb_of, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "library libraries",
        "man men",
        "child children",
        "person people",
        "go goes going went",
        "write writes wrote written",
        "be am is are was were been being",
        "archive archives archived archiving",
        "publish publishes published publishing",
        "hope hopes hoped hoping",
        "hop hops hopped hopping",
        "plan plans planned planning",
        "plane planes",
        "travel travels travelled traveled travelling",
        "control controls controlled controlling",
        "call calls called calling",
        "agree agrees agreed agreeing",
        "carry carries carried carrying",
        "die dies died dying",
        "tie ties tied tying",
        "argue argues argued arguing",
        "discuss discusses discussed discussing",
        "buzz buzzes buzzed buzzing",
        "fix fixes fixed fixing",
        "use uses used using",
        "house houses",
        "bus buses",
        "hero heroes",
        "wolf wolves",
        "analysis analyses",
        "memorandum memoranda memorandums",
        "good better best",
        "big bigger biggest",
        "happy happier happiest",
        "large larger largest",
        "ad ads",
    ],
)
def test_forms_of_one_word_meet(forms: str) -> None:
    assert len({lemma(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "there theresa",
        "present presentation presently",
        "university universe universal",
        "nation national nationality",
        "hope hop",
        "plane plan",
        "rate rat",
        "new news",
        "serial series",
        "unit united unity",
        "work worker",
        "form former",
        "thing think",
        "spring sprint",
        "need nee",
        "hundred hunt",
        "princess prince",
        "his hi",
        "meet meeting",
    ],
)
def test_other_words_stay_apart(words: str) -> None:
    assert len({lemma(word) for word in words.split()}) == len(words.split())


def test_a_word_of_its_own_and_its_verb_know_each_other() -> None:
    assert verb_of("meeting") == "meet"
    assert "meeting" in words_of("meet")
    assert verb_of("injured") == lemma("injure")
    assert verb_of("spring") == verb_of("news") == ""
    assert words_of("spr") == ()


@pytest.mark.parametrize("word", ["s", "es", "ies", "ed", "ied", "ing", "eed", "x", "ss", "shh"])
def test_what_is_no_word_is_left(word: str) -> None:
    assert lemma(word)
