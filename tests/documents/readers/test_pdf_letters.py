"""Letters of PDF fonts under wrong code points."""

import pytest

from searchkit.documents.readers.pdf_letters import SHIFT, mend, with_accents


def shifted(text):
    return "".join(chr(ord(letter) - SHIFT) if "А" <= letter <= "я" else letter for letter in text)


def packed(text):
    data = text.encode("utf-8")
    return "".join(chr(int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2))


@pytest.mark.parametrize("text", ["Областной архив", "Шлифовальная машина А4, 1998", "опись\nдело\fлист"])
def test_shifted_cyrillic(text):
    assert mend(shifted(text)) == text


@pytest.mark.parametrize("text", ["Лист", "Кітап", "ЎзбекистонТошкент"])
def test_bytes_of_utf8_as_one_number(text):
    assert mend(packed(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Республика Казахстан",
        "oʻzbek tili, ǵylym, ŋ, ɣ",  # single letters of the range beside others
        "The vowel [ɔ] and [ɛ] in the word",  # phonetic signs in English
        "한국어 대한민국 킴킹 학교",  # Korean
        "ɍɝ",  # too short to tell
        "",
    ],
)
def test_right_text_stays(text):
    assert mend(text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("M¨uller, Er˝os, Nov´ak", "Müller, Erős, Nov´ak"),
        ("¨Olands Museum", "Ölands Museum"),
        ("ageˆncia", "agência"),
        ("нау˘рўз, чои˘хона", "наўрўз, чойхона"),
        ("bo`lim, so´z", "bo`lim, so´z"),
        ("F ˆΨ, 𝐹ˆΨ, 20˚C, univ.fr/˜aligon", "F ˆΨ, 𝐹ˆΨ, 20˚C, univ.fr/˜aligon"),
    ],
)
def test_accents_beside_their_letters(text, right):
    assert with_accents(text) == right
