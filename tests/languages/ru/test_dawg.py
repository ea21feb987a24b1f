"""A DAWG read in place, on the files of the dictionary."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from pymorphy3_dicts_ru import get_path

from searchkit.languages.ru.dawg import ROOT, Dawg

DATA = Path(get_path())


def test_keys_lead_to_units_and_others_to_none() -> None:
    words = Dawg(DATA / "words.dawg")
    assert words.follow("книг".encode()) > 0  # begins a word
    assert words.follow("кнжг".encode()) == -1
    assert words.follow(b"") == ROOT
    assert words.follow("г".encode(), words.follow("кни".encode())) == words.follow("книг".encode())


def test_records_of_a_key() -> None:
    words = Dawg(DATA / "words.dawg")
    assert len(list(words.records(words.follow("стали".encode()), struct.Struct(">HH")))) > 2
    assert list(words.records(words.follow("стал".encode()) or 0, struct.Struct(">HH")))
    assert list(words.records(words.follow("кни".encode()), struct.Struct(">HH"))) == []  # no word of its own


def test_numbers_of_keys() -> None:
    shares = Dawg(DATA / "p_t_given_w.intdawg")
    assert shares.value(shares.follow("стали:VERB,perf,intr plur,past,indc".encode())) > 500_000
    assert shares.value(shares.follow("стали:".encode())) == 0


def test_an_empty_or_missing_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(ValueError, match="empty"):
        Dawg(tmp_path / "empty")
    with pytest.raises(FileNotFoundError):
        Dawg(tmp_path / "none")
