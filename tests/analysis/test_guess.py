import sys

import pytest

pytest.importorskip("py3langid")

from searchkit.analysis.guess import guess


@pytest.mark.parametrize(
    ("text", "script", "code"),
    [
        ("Министерство иностранных дел", "Cyrl", "ru"),
        ("Спорт жаңалықтары", "Cyrl", "kk"),
        ("Milliy kutubxona xodimlari", "Latn", "uz"),
        ("Recent developments abroad", "Latn", "en"),
        ("MINISTRY ANNOUNCES DEVELOPMENT", "Latn", "en"),
    ],
)
def test_guess(text: str, script: str, code: str) -> None:
    assert guess(text, script) == code


def test_too_short() -> None:
    assert guess("Астана", "Cyrl") == ""


def test_the_answer_is_of_the_script() -> None:
    assert guess("Nazarbayev Nursultan", "Cyrl") in {"kk", "ru", "uz", "ky", "uk", "be", "bg"}


def test_odd_text() -> None:
    assert guess("\ud800\x00 ab \ud800 cdefgh", "Latn")
    assert "py3langid" in sys.modules
