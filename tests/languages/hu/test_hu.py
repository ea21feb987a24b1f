"""Hungarian."""

from __future__ import annotations

import pytest

from searchkit.languages.hu import LANGUAGE
from searchkit.text.normalise import fold


@pytest.mark.parametrize("words", [["könyv", "könyvek", "könyvből"], ["ház", "házak", "HÁZBAN"]])
def test_forms_of_a_word_meet(words: list[str]) -> None:
    assert len({LANGUAGE.stem(LANGUAGE.normalise(fold(word))) for word in words}) == 1


def test_accents_are_kept() -> None:
    assert LANGUAGE.stem("kör") != LANGUAGE.stem("kor")
    assert LANGUAGE.stem("ő") == LANGUAGE.stem("ö")
