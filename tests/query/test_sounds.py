"""Whatever analysis makes of a word begins with the same sound, or highlights would be missed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import analysis, languages
from searchkit.query.sounds import all_sounds, name_sounds, sounds

LETTERS = {"Latn": "abcdefghijklmnopqrstuvwxyz", "Cyrl": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіўҳ"}
PASSAGES = [(code, script) for script in LETTERS for code in languages.for_script(script)]
# What stands at the beginning of a word decides; the endings are such as stemmers look at.
ENDINGS = ["", "а", "лар", "ның", "ами", "ing", "lar", "ning", "ları", "hoz", "ом", "ed"]


@pytest.mark.parametrize(("code", "script"), PASSAGES)
def test_every_beginning(code, script):
    vocabulary = analysis.vocabulary_of(code, script)
    letters = LETTERS[script]
    for word in [first + second + third for first in letters for second in letters for third in letters[::4]]:
        check(word, vocabulary)
        check(word.capitalize(), vocabulary)
    for initial in letters.upper():
        check(initial, vocabulary)


@pytest.mark.parametrize("script", LETTERS)
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_word(script, data):
    others = "ğşñäöüūıçžʻ’'" if script == "Latn" else ""
    word = data.draw(st.text(LETTERS[script] + LETTERS[script].upper() + others, min_size=1, max_size=8))
    ending = data.draw(st.sampled_from(ENDINGS))
    code = data.draw(st.sampled_from(languages.codes()))
    for own in LETTERS:
        check(word + ending, analysis.vocabulary_of(code, own))


def check(word, vocabulary):
    _, normal, stem, name = vocabulary[word]
    for term in (normal, stem):
        assert sounds(word) & all_sounds([term]), f"{word} became {term}: put their first letters in one group"
    assert not (name and word.islower()), "a name in small letters would not be highlighted"
    assert not name or sounds(word) & name_sounds([name]), f"{word} has the key {name}: put it in the same group"


def test_other_sounds_are_told_apart():
    assert not sounds("library") & all_sounds(["memorandum", "kitap", "book"])
    assert sounds("Кітап") & all_sounds(["book", "kitap"])
    assert all_sounds([]) == 0


@pytest.mark.parametrize("word", ["Cерік", "ʼtis", "2025", "日本", "éclair", "ьъ", "ʻoʻzbek"])
def test_words_of_other_letters_may_be_anything(word):
    assert all(sounds(word) & all_sounds([term]) for term in ("book", "kitap", "memorandum", "library"))
    assert all(sounds(other) & all_sounds(["日本"]) for other in ("book", "Кітап"))
