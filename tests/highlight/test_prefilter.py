"""Whatever analysis makes of a word begins with the same sound, or highlights would be missed."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import languages
from searchkit.analysis.vocabulary import vocabulary_of
from searchkit.highlight.prefilter import signature, signature_of_names, signature_of_terms
from searchkit.languages.suppletive import suppletive_stems

LANGUAGES = Path(languages.__file__).parent
GOLDEN = Path(__file__).parent.parent / "languages"
LETTERS = {"Latn": "abcdefghijklmnopqrstuvwxyz", "Cyrl": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіўҳ"}
PASSAGES = [(code, script) for script in LETTERS for code in languages.for_script(script)]
# What stands at the beginning of a word decides; the endings are such as stemmers look at.
ENDINGS = ["", "а", "лар", "ның", "ами", "ing", "lar", "ning", "ları", "hoz", "ом", "ed"]


@pytest.mark.parametrize(("code", "script"), PASSAGES)
def test_every_beginning(code, script):
    vocabulary = vocabulary_of(code, script)
    letters = LETTERS[script]
    for word in [first + second + third for first in letters for second in letters for third in letters[::4]]:
        check(word, vocabulary)
        check(word.capitalize(), vocabulary)
    for initial in letters.upper():
        check(initial, vocabulary)


@pytest.mark.parametrize("script", LETTERS)
@settings(max_examples=300)
@given(st.data())
def test_any_word(script, data):
    others = "ğşñäöüūıçžʻ’'" if script == "Latn" else ""
    word = data.draw(st.text(LETTERS[script] + LETTERS[script].upper() + others, min_size=1, max_size=8))
    ending = data.draw(st.sampled_from(ENDINGS))
    code = data.draw(st.sampled_from(languages.codes()))
    for own in LETTERS:
        check(word + ending, vocabulary_of(code, own))


@pytest.mark.parametrize("code", ["kk", "uz"])
def test_the_words_of_the_golden_lists(code):
    for word in (GOLDEN / code / "data" / "voc.txt").read_text(encoding="utf-8").split():
        for script in LETTERS:
            check(word, vocabulary_of(code, script))


@pytest.mark.parametrize("code", ["kk", "uz"])
def test_words_with_forms_of_their_own(code):
    """Pronouns, verbs that lose a consonant, spellings of loans: what the tables of roots list."""
    files = list((LANGUAGES / code / "data").glob("[!s]*s.t*")) + list((LANGUAGES / code / "data").glob("sp*s.t*"))
    assert len(files) >= 3
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            for entry in line.split("\t")[-1].split() if line[:1] != "#" else ():
                for form in re.split("[/=]", entry):
                    for script in LETTERS:
                        check(form or "-", vocabulary_of(code, script))


def test_words_whose_stem_begins_otherwise():
    for code, words in {
        "en": "went people better was brought",
        "ru": "люди детьми шёл вели поймут тише лучше ехал сел ему бегут ели знает стоял бились пили",
    }.items():
        for word in words.split():
            check(word, vocabulary_of(code, "Latn" if code == "en" else "Cyrl"))


def check(word, vocabulary):
    _, normal, stem, name = vocabulary[word]
    for term in (normal, stem):
        assert signature(word) & signature_of_terms([term]), (
            f"{word} became {term}: see the rules of searchkit.highlight.prefilter"
        )
        if term in suppletive_stems():
            continue
        assert signature(word) & signature_of_terms([term[: len(term) // 2 + 1]]), f"{word} begins as {term}"
        assert signature(word) & signature_of_terms([term[0] + "x"], exact=False), f"{word} may be a misspelt {term}"
    assert not (name and word.islower()), "a name in small letters would not be highlighted"
    assert not name or signature(word) & signature_of_names([name]), (
        f"{word} has the key {name}: put it in the same group"
    )


def test_other_sounds_are_told_apart():
    assert not signature("library") & signature_of_terms(["memorandum", "kitap", "book"])
    assert signature("Кітап") & signature_of_terms(["book", "kitap"])
    assert not signature("қала") & signature_of_terms(["kitap", "lobby"])
    assert not signature("memory") & signature_of_terms(["master"])
    assert signature("memory") & signature_of_terms(["master"], exact=False)
    assert signature_of_terms([]) == 0


@pytest.mark.parametrize("word", ["Cерік", "ʼtis", "19th", "½", "日本", "éclair", "ьъ", "ʻoʻzbek"])
def test_words_of_other_letters_may_be_anything(word):
    assert all(signature(word) & signature_of_terms([term]) for term in ("book", "kitap", "memorandum", "library"))
    assert all(signature(other) & signature_of_terms(["日本"]) for other in ("book", "Кітап"))


@pytest.mark.parametrize("number", ["2025", "10,000", "3.5", "1,234,567.89", "007"])
def test_numbers_are_told_from_words(number):
    for code, script in PASSAGES:
        check(number, vocabulary_of(code, script))
    assert not signature(number) & signature_of_terms(["book", "kitap"])
    assert not signature("book") & signature_of_terms([number])
    assert all(signature(other) & signature_of_terms([number]) for other in ("19th", "½", "日本"))
