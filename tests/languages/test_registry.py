"""The registry of languages.

`base` is tested here on each of them, `snowball` in tests/languages/tr and hu.
"""

# Tests as well, in searchkit/: languages: base snowball

from __future__ import annotations

import subprocess
import sys

import pytest

from searchkit import languages
from searchkit.errors import SearchkitError

WORDS = ("memorandum", "меморандум", "ʼ", "42", "a", "я", "oʻ", "\ud800", "ş", "ьъ", "٣", "x" * 300)


@pytest.mark.parametrize("code", languages.codes())
def test_a_language_is_what_its_line_in_the_registry_says(code: str) -> None:
    language = languages.get(code)
    assert language.code == code
    assert language.name
    assert {script for script in ("Latn", "Cyrl", "Arab") if code in languages.for_script(script)} == language.scripts


@pytest.mark.parametrize("code", languages.codes())
def test_a_language_gives_every_word_a_stem(code: str) -> None:
    language = languages.get(code)
    for word in WORDS:
        stem = language.stem(language.normalise(word))
        assert stem
        readings = language.readings(language.normalise(word))
        assert (readings[0].stem, readings[0].weight) == (stem, 1.0)
        assert [r.weight for r in readings] == sorted((r.weight for r in readings), reverse=True)
        assert len({r.stem for r in readings}) == len(readings)
        assert language.steps(language.normalise(word))[-1].after == stem


@pytest.mark.parametrize("code", languages.codes())
def test_stop_words_are_normalised(code: str) -> None:
    language = languages.get(code)
    assert len(language.stop_words) > 50
    assert all(language.normalise(word) == word == word.lower() for word in language.stop_words)


def test_the_same_language_is_given_again() -> None:
    assert languages.get("ru") is languages.get("ru")


@pytest.mark.parametrize("code", ["xx", "", "EN", "en_us", "base", "data", "..errors"])
def test_an_unknown_code_is_refused_with_the_codes_there_are(code: str) -> None:
    with pytest.raises(SearchkitError, match="choose one of en, kk, uz, ru"):
        languages.get(code)


def test_a_script_that_no_language_uses_has_none() -> None:
    assert languages.for_script("Arab") == ()
    assert set(languages.for_script("Latn")) == {"en", "kk", "uz", "tr", "hu"}
    assert set(languages.for_script("Cyrl")) == {"kk", "uz", "ru"}


def test_importing_the_registry_or_a_language_loads_no_stemmer_and_no_other_language() -> None:
    program = (
        "import sys; from searchkit import languages; languages.codes(); languages.for_script('Latn'); "
        "print(sorted(m for m in sys.modules if m.startswith('searchkit.languages.'))); languages.get('ru'); "
        "languages.get('uz').stem('kitobim'); "
        "print([m for m in ('Stemmer', 'pymorphy3_dicts_ru', 'transliterate', 'searchkit.languages.kk', 'searchkit.languages.en') if m in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert output.splitlines() == ["['searchkit.languages.base']", "[]"]
