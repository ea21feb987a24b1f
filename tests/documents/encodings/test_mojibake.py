"""Cyrillic that was taken for Western European."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.documents.encodings.mojibake import repair


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Национальная библиотека Республики Казахстан", "cp1251"),
        ("Қазақстан Республикасының Ұлттық кітапханасы", "kz1048"),
        ("№ 5, «Библиотека» (2024 г.)", "cp1251"),
    ],
)
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_repair(text, encoding, wrong):
    broken = "".join(
        letter.encode(encoding).decode("latin-1")
        if wrong == "latin-1"
        else letter.encode(encoding).decode("cp1252", "replace")
        for letter in text
    )
    if "\ufffd" not in broken:
        assert repair(broken) == text
        assert repair(f"Plain English line\n{broken}\nanother") == f"Plain English line\n{text}\nanother"


@pytest.mark.parametrize(
    "text",
    [
        "Országos Széchényi Könyvtár, őszi gyűjtemény",
        "ÜÖÄ",
        "Être ou ne pas être à l'école où l'été a été",
        "Türkiye Büyük Millet Meclisi",
        "ÀÉÈÙ ÇÊÔ in a table of accents, with words of English beside it",
        "Республика Қазақстан",
        "",
    ],
)
def test_right_text_stays(text):
    assert repair(text) == text


@given(st.text(st.characters(max_codepoint=0x2122), max_size=60))
def test_one_code_point_for_one(text):
    repaired = repair(text)
    assert len(repaired) == len(text)
    assert all(old == new for old, new in zip(text, repaired, strict=True) if ord(old) < 0x80)
