"""Garbled text: what is mended, and what must stay."""

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


KAZAKH = "Ауыл мектебінде жаңа кітапхана ашылып, балалар ертегілер оқиды."
RUSSIAN = "Сельский музей хранит письма учителей и старые фотографии школы."
UZBEK = "Қишлоқ мактабида янги кутубхона очилди, болалар эртак ўқийди."
LATIN = "Qishloq maktabida yangi kutubxona ochildi – «o‘qish» joyi"

# A text, the encoding of its bytes, and the one that they were taken for.
GARBLED = [
    *(
        (text, "utf-8", wrong)
        for text in (KAZAKH, RUSSIAN, UZBEK)
        for wrong in ("cp1251", "cp1252", "latin-1", "koi8-r")
    ),
    *((text, "utf-8", "cp866") for text in (KAZAKH, RUSSIAN, UZBEK)),
    *((LATIN, "utf-8", wrong) for wrong in ("cp1251", "cp1252", "latin-1")),
    *((RUSSIAN, "koi8-r", wrong) for wrong in ("cp1251", "cp866", "latin-1", "mac-cyrillic", "iso8859-5")),
    *((RUSSIAN, "cp866", wrong) for wrong in ("cp1251", "koi8-r", "latin-1", "mac-cyrillic")),
    *((RUSSIAN, "cp1251", wrong) for wrong in ("koi8-r", "cp866", "iso8859-5", "latin-1")),
    *((RUSSIAN, "iso8859-5", wrong) for wrong in ("cp1251", "koi8-r", "cp866", "latin-1")),
]


@pytest.mark.parametrize(("text", "right", "wrong"), GARBLED)
def test_every_common_kind_is_mended(text, right, wrong):
    try:
        broken = text.encode(right).decode(wrong)
    except UnicodeDecodeError:
        # Programs keep the codes that Windows' encodings leave open.
        broken = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode(right))
    assert broken != text
    assert repair(broken) == text
    assert repair(f"Plain English line\n{broken}\n{text}") == f"Plain English line\n{text}\n{text}"


def test_short_lines_go_with_the_rest():
    text = f"{RUSSIAN}\nМузей\n1. Фото\n{RUSSIAN}"
    for right, wrong in (("koi8-r", "cp1251"), ("cp1251", "latin-1"), ("cp866", "cp1251")):
        assert repair(text.encode(right).decode(wrong)) == text


# Right text that looks a little like garbled text.
RIGHT = [
    "Температура 20 С°, вес 5 кг ± 1, § 3, 50 % «нетто»",
    "ООО «РОГА», ИП СЁМИН, ФРЕЙДЕНШТЕЙН",
    "Рё — РёРё",
    "Тіл, Сіз, Рұқсат, Тәуелсіздік, СӘЛЕМ",
    "тал\tтал\tтамыр",
    "Â, Ê, Î, Ô: French capitals; ÃO in SÃO PAULO; Ñandú",
    "Đặng Thái Sơn, Þórður, Ångström",
    "Ђоковић, Љубљана, Ќосев, Ѓорѓи",
    "Їжак і ґанок, єдність",
    "│ box │ of │ lines │",
    "日本語 と 한국어",
    "Ж-Ж-Ж АБВГД ЕЖЗИЙ",
]


@pytest.mark.parametrize("text", RIGHT)
def test_text_that_looks_a_little_like_it_stays(text):
    for value in (text, text.upper(), f"{RUSSIAN}\n{text}\n{KAZAKH}"):
        assert repair(value) == value


@given(st.text(st.characters(max_codepoint=0x2122), max_size=60))
def test_lines_and_ascii_stay(text):
    repaired = repair(text)
    assert repaired.count("\n") == text.count("\n")
    assert repair("".join(character for character in text if character.isascii())).isascii()
