"""Which encoding a text has, long and short, in the languages of the collection."""

# Tests as well, in searchkit/: documents/encodings: single_byte

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.documents.encodings.detect import CUT, decode, detect_stream, read_text, tidy
from searchkit.errors import DocumentError

KAZAKH = (
    "Қазақстан Республикасының Ұлттық кітапханасы мен Ғылым ордасы меморандумға қол қойды. Бұл – әріптестік өлшемі."
)
RUSSIAN = "Национальная библиотека и «Ғылым ордасы» подписали меморандум о сотрудничестве в области науки.".replace(
    "Ғ", "Г"
)
UZBEK = "Ўзбекистон миллий кутубхонаси янги китоблар олди ва уларни ўз ўринларига кўйди."
UZBEK_LATIN = "O‘zbekiston Milliy kutubxonasi – yangi «kitoblar» oldi"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", KAZAKH),
        ("utf-8-sig", KAZAKH),
        ("utf-16", RUSSIAN),
        ("utf-16-le", KAZAKH),
        ("utf-16-be", KAZAKH),
        ("utf-16-le", "Plain English text"),
        ("utf-16-be", "Plain English text"),
        ("utf-16-le", "Абай"),
        ("kz1048", KAZAKH),
        ("cp1251", RUSSIAN),
        ("cp1251", UZBEK),
        ("cp1252", UZBEK_LATIN),
        ("koi8-r", RUSSIAN.replace("«", '"').replace("»", '"')),
        ("cp866", RUSSIAN.replace("«", '"').replace("»", '"')),
        ("iso8859-5", RUSSIAN.replace("«", '"').replace("»", '"')),
        ("cp1254", "Türkiye Büyük Millet Meclisi İstanbul'da toplandı, şehir ışıl ışıldı"),
        ("cp1250", "Az Országos Széchényi Könyvtár az őszi gyűjteményt őrzi"),
        ("cp1252", "Die Bücherei eröffnet für Schüler größere Räume"),
        # Short texts: a title, a name, a word.
        ("kz1048", "Ұлттық кітапхана"),
        ("kz1048", "ЖАҢА КІТАП"),
        ("kz1048", "Ғылым"),
        ("kz1048", "Өзбекстан"),
        ("kz1048", "Қ"),
        ("cp1251", "Привет"),
        ("cp1251", "КАЗАХСТАН"),
        ("cp1251", "Ўзбекистон миллий кутубхонаси"),
        ("cp1251", "Memo: подписан в Astana, with English words"),
    ],
)
def test_text_is_read_in_its_encoding(encoding, text):
    decoded, found = decode(text.encode(encoding))
    assert decoded == text, f"read as {found}"


def test_names_of_encodings():
    assert decode(KAZAKH.encode())[1] == "utf-8"
    assert decode(KAZAKH.encode("utf-8-sig"))[1] == "utf-8"
    assert decode(KAZAKH.encode("kz1048"))[1] == "kz1048"
    assert decode(RUSSIAN.encode("cp1251"))[1] == "cp1251"


def test_kz1048_is_found_where_windows_1251_is_declared():
    assert decode(KAZAKH.encode("kz1048"), declared="windows-1251") == (KAZAKH, "kz1048")
    assert decode(RUSSIAN.encode("cp1251"), declared="windows-1251") == (RUSSIAN, "cp1251")


def test_kazakh_letters_decide_however_late_or_few_they_are():
    late = RUSSIAN * 1000 + KAZAKH
    assert decode(late.encode("kz1048"))[0] == late
    names = f"{RUSSIAN} {RUSSIAN} Выступили Ұлар Мұқажанов и Ғазиза Нұрғалиева. {RUSSIAN}"
    assert decode(names.encode("kz1048"))[0] == names
    assert detect_stream(io.BytesIO(late.encode("kz1048"))) == "kz1048"


def test_text_in_capitals():
    for text, encoding in ((RUSSIAN, "cp1251"), (KAZAKH, "kz1048")):
        assert decode(text.upper().encode(encoding))[0] == text.upper()


def test_a_declared_encoding_decides_where_the_bytes_do_not():
    assert decode("Ärzte".encode("cp1252"), declared="iso-8859-15")[0] == "Ärzte"
    assert decode(KAZAKH.encode(), declared="windows-1251")[0] == KAZAKH  # UTF-8 is never so by chance
    assert decode(RUSSIAN.encode("cp1251"), declared="no-such-encoding")[0] == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), declared="base64")[0] == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), declared="utf-8")[0] == RUSSIAN


def test_broken_bytes_in_utf8_cost_themselves_alone():
    data = KAZAKH.encode() + b"\xff" + KAZAKH.encode()
    assert decode(data)[0] == KAZAKH + "\ufffd" + KAZAKH


def test_text_cut_within_a_letter():
    assert decode(KAZAKH.encode()[:-2] + "қ".encode()[:1])[0].startswith(KAZAKH[:-3])


def test_chinese_goes_to_charset_normalizer():
    text = "中华人民共和国成立了，这是一个很长的句子，图书馆收藏了很多书。"
    assert decode(text.encode("gb18030"))[0] == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4,
        b"PK\x03\x04" + b"word/document.xml" * 10,
        b"%PDF-1.7 and so on",
        bytes(range(256)) * 20,
        b"\0" * 1000,
        codecs.BOM_UTF8 + b"\0\1\2\3" * 50,
    ],
)
def test_binary_data_is_not_text(data):
    with pytest.raises(DocumentError, match="is not text"):
        decode(data)


def test_a_stray_nul_is_removed_not_refused():
    text = decode(b"one\0 " + b"word " * 50)[0]
    assert tidy(text).startswith("one word")


def test_line_ends():
    assert tidy("a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "kz1048"])
def test_streams_are_judged_to_their_end(encoding):
    # The first letter beyond ASCII comes after the first block.
    text = "id,title\n" * 20_000 + KAZAKH * 20
    stream = io.BytesIO(text.encode(encoding))
    found = detect_stream(stream)
    assert stream.tell() == 0
    assert stream.read().decode(found) == text


def test_a_broken_byte_late_in_a_stream_of_utf8():
    assert detect_stream(io.BytesIO(KAZAKH.encode() * 1000 + b"\xff" + KAZAKH.encode() * 1000)) == "utf-8"


# A text, its encoding, and the one that the file declares.
WRONGLY_DECLARED = [
    (RUSSIAN, "koi8-r", "windows-1251"),
    (RUSSIAN, "cp1251", "koi8-r"),
    (RUSSIAN, "cp866", "windows-1251"),
    (RUSSIAN, "cp1251", "iso-8859-2"),
    (RUSSIAN, "iso8859-5", "utf-8"),
    (KAZAKH, "kz1048", "koi8-r"),
    (UZBEK, "cp1251", "x-mac-cyrillic"),
    (KAZAKH, "utf-16-le", "windows-1251"),
]


@pytest.mark.parametrize(("text", "encoding", "declared"), WRONGLY_DECLARED)
def test_a_wrong_declaration_is_not_believed(text, encoding, declared):
    text = text if encoding.startswith(("cp1251", "kz", "utf")) else text.replace("«", '"').replace("»", '"')
    assert decode(text.encode(encoding), declared)[0] == text


@pytest.mark.parametrize("declared", ["iso-8859-9", "cp1254", "shift_jis", "gb18030"])
def test_other_declarations_are(declared):
    text = {"shift_jis": "図書館の本", "gb18030": "图书馆的书"}.get(
        declared, "Kütüphanede çok eski kitaplar ve dergiler var"
    )
    assert decode(text.encode(declared), declared)[0] == text


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-32", "ptcp154"])
@pytest.mark.parametrize(
    "text", [KAZAKH, RUSSIAN, "Ауылда өсіп, ұзақ жасаған ақын ән айтты", "Шаҳар аҳли ўқишга борди"]
)
def test_rarer_encodings(text, encoding):
    assert decode(text.encode(encoding))[0] == text


def test_signs_of_windows_1251_are_not_letters_of_pt154():
    text = "Допуск ±5 мм, диаметр 3 µм, цена ¤ 7, фирма «Рога¦Копыта»"
    assert decode(text.encode("cp1251")) == (text, "cp1251")


def test_a_line_from_a_mac():
    text = "Петрова явилась на заседание, принеся письмо"
    assert decode(text.encode("mac-cyrillic"))[0] == text


@pytest.mark.parametrize("text", [KAZAKH, UZBEK_LATIN, "Мы", "日本語", "чай 🫖"])
def test_utf8_cut_within_a_letter(text):
    """A file that was not copied to its end, or a piece of one: what is left of the letter goes, and this is said."""
    data = text.encode()
    first = max(number for number, byte in enumerate(data) if byte >= 0xC0)
    for cut in range(first + 1, len(text[: len(data[:first].decode()) + 1].encode())):
        assert read_text(data[:cut]) == (data[:first].decode(), "utf-8", (CUT,)), cut
    if data[0] >= 0xC0:
        assert read_text(data[1:]) == (text[1:], "utf-8", (CUT,))


@pytest.mark.parametrize("text", ["Café", "Ärzte", RUSSIAN, "Я"])
def test_single_bytes_are_not_taken_for_cut_letters(text):
    encoding = "cp1251" if "Я" in text or text == RUSSIAN else "cp1252"
    assert read_text(text.encode(encoding)) == (text, encoding, ())


def test_a_stream_of_utf8_cut_within_a_letter():
    for text in (KAZAKH, KAZAKH * 2000):
        assert detect_stream(io.BytesIO(text.encode() + b"\xd0")) == "utf-8"
    assert detect_stream(io.BytesIO(b"caf\xe9")) == "cp1252"


def test_binary_stream():
    with pytest.raises(DocumentError, match="is not text"):
        detect_stream(io.BytesIO(bytes(range(256)) * 100))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    try:
        text, encoding = decode(data)
    except DocumentError:
        return
    assert isinstance(text, str)
    codecs.lookup(encoding)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=100))
def test_utf8_is_never_taken_for_anything_else(text):
    data = text.removeprefix("\ufeff").encode()
    assert decode(data) == (text.removeprefix("\ufeff"), "utf-8")
