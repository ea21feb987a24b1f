"""Catalogue records: MARC 21 and RUSMARC."""

import io

import pymarc
import pytest

from searchkit.documents.readers import formats
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure


def record(fields, encoding="utf-8"):
    made = pymarc.Record(force_utf8=encoding == "utf-8", file_encoding=encoding)
    for tag, *subfields in fields:
        if tag < "010":
            made.add_field(pymarc.Field(tag=tag, data=subfields[0]))
        else:
            parts = [pymarc.Subfield(part[0], part[1:]) for part in subfields]
            made.add_field(pymarc.Field(tag=tag, indicators=pymarc.Indicators(" ", " "), subfields=parts))
    data = made.as_marc()
    if encoding != "utf-8":
        made.leader = str(made.leader)
    return data


MARC21 = [
    ("001", "kz-17"),
    ("100", "aОразалин, Мұрат,", "d1931-1999"),
    ("245", "aКөне қолжазбалар /", "cМ. Оразалин"),
    ("260", "aАлматы :", "bҒылым,", "c1978"),
    ("650", "aқолжазба", "2nlrk"),
]
RUSMARC = [
    ("001", "ru-5"),
    ("200", "aПисьма из Верного", "eпутевые заметки", "fП. Ланской"),
    ("210", "aСПб.", "d1893"),
    ("700", "aЛанской", "bП. И.", "gПавел Ильич"),
]


def read(data):
    return list(formats.read_open(io.BytesIO(data), "a.mrc", "a.mrc"))


def test_marc21():
    (document,) = read(record(MARC21))
    assert document.id == "a.mrc#kz-17"
    assert document.title == "Көне қолжазбалар"
    assert document.date == "1978"
    assert document.metadata["author"] == "Оразалин, Мұрат"
    assert "қолжазба" in document.text
    assert "nlrk" not in document.text


def test_rusmarc():
    (document,) = read(record(RUSMARC))
    assert document.title == "Письма из Верного путевые заметки"
    assert document.metadata == {"format": "rusmarc", "record": 1, "author": "Ланской Павел Ильич"}
    assert document.date == "1893"


def test_windows_1251():
    data = b"".join(record(RUSMARC, "cp1251") for _ in range(3))
    found = read(data)
    assert [document.title for document in found if isinstance(document, Document)] == [
        "Письма из Верного путевые заметки"
    ] * 3


def test_a_broken_record_costs_itself():
    good = record(MARC21)
    broken = bytearray(record(RUSMARC))
    broken[12:17] = b"99999"  # where its data begins
    found = read(good + bytes(broken) + good)
    assert [document.title for document in found if isinstance(document, Document)][0] == "Көне қолжазбалар"
    assert any(isinstance(item, Failure) and item.reason.startswith("record 2") for item in found)


def test_no_records():
    with pytest.raises(DocumentError, match="is not a file of MARC records"):
        read(b"memorandum")
