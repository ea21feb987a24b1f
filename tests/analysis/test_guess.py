import errno
import os
import sys

import pytest

pytest.importorskip("py3langid")

from searchkit.analysis.guess import _ranking, guess


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


def test_the_model_is_loaded_without_room_for_temporary_files(monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    ranking = _ranking.__wrapped__()
    assert ranking("Библиотека открыта каждый день")[0][0] == "ru"
