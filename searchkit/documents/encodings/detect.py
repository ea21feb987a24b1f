"""The encoding of a text: UTF-8, UTF-16, and the single-byte encodings of Cyrillic and Latin.

In this order:
1. a byte order mark;
2. UTF-32 and UTF-16 without one, by the zero bytes and the 04 bytes (Cyrillic) that stand in every fourth or second place;
3. UTF-8, which other text is hardly ever by chance; a letter that is cut in two at the beginning or the end, as in a
   piece of a file, is left out; a few broken bytes in much good UTF-8 are replaced by U+FFFD;
4. what the file declares about itself and the letters say: see `single_byte`.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, NamedTuple

from searchkit.documents.encodings import single_byte
from searchkit.errors import DocumentError

SAMPLE = 1 << 16  # bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF: rename it to .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an office file: rename or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old office file: save it as .docx"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\x1f\x8b", "a compressed file: unpack it"),
    (b"SQLite format 3\0", "a database"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


CUT = "a letter cut in two was left out: the file may be incomplete"


class Decoded(NamedTuple):
    """A text without byte order mark, the name of its encoding, and what was repaired, in words."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def read_text(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`. Bytes that do not fit become U+FFFD.

    Raises DocumentError where the data is not text.
    """
    encoding = detect(data, declared)
    whole = _without_cut_letters(data) if encoding in ("utf-8", "utf-8-sig") else data
    text = whole.decode(encoding, errors="replace").removeprefix("\ufeff")
    check_is_text(data, text)
    return Decoded(text, encoding.removesuffix("-sig"), (CUT,) if len(whole) < len(data) else ())


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the name of its encoding, as `read_text`."""
    return read_text(data, declared)[:2]


def tidy(text: str) -> str:
    """`text` with \\n for every kind of line end and without NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def check_is_text(data: bytes, text: str) -> None:
    """Raise DocumentError where `text`, read from `data`, is a picture, an archive or other binary content."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(f"is not text: it looks like {kind}")
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) * 0.03:
        raise DocumentError("is not text: it holds binary data; remove it or give it its right extension")


def detect(data: bytes, declared: str | None = None) -> str:
    """The name of the codec that reads `data`."""
    wide = _by_mark(data) or _utf32_order(data) or _utf16_order(data)
    if wide:
        return wide
    if _is_utf8(data) or _is_nearly_utf8(data):
        return "utf-8"
    return single_byte.judge(data, declared)


def detect_stream(file: BinaryIO) -> str:
    """As `detect`, for a file too large to hold: it is read through once, and left at its beginning."""
    file.seek(0)
    start = file.read(SAMPLE)
    wide = _by_mark(start) or _utf32_order(start) or _utf16_order(start)
    if wide:
        check_is_text(start, start.decode(wide, errors="ignore"))
        file.seek(0)
        return wide
    check_is_text(start, start.decode("latin-1"))
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    sample = b""
    has_letters = False  # beyond ASCII
    last = b""
    while block := file.read(SAMPLE):
        last = last[-SAMPLE:] + block
        try:
            has_letters |= not decoder.decode(block).isascii()
        except UnicodeDecodeError:
            sample = block + file.read(SAMPLE)
            break
    else:
        if decoder.getstate()[0] and not has_letters:  # what ends like the first half of a letter may be a whole one
            sample = last
    encoding = "utf-8"
    if sample and not _is_nearly_utf8(sample):
        while len(sample) < 4 * SAMPLE and (block := file.read(SAMPLE)):
            # The letters that tell KZ-1048 from Windows-1251 may come late.
            sample += b" " + b" ".join(single_byte.telling_words(block))
        encoding = single_byte.judge(sample)
    file.seek(0)
    return encoding


def _by_mark(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _utf32_order(data: bytes) -> str | None:
    """ "utf-32-le" or "utf-32-be" where of every four bytes the highest is zero and the next one at most 16."""
    sample = data[:4096]
    if len(data) < 8 or len(data) % 4 and len(data) <= len(sample):
        return None
    for encoding, highest, next_one in (
        ("utf-32-le", sample[3::4], sample[2::4]),
        ("utf-32-be", sample[::4], sample[1::4]),
    ):
        if not any(highest) and max(next_one) <= 0x10:
            try:
                sample[: len(sample) // 4 * 4].decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _utf16_order(data: bytes) -> str | None:
    """ "utf-16-le" or "utf-16-be" where every second byte is the high byte of Latin, Cyrillic or punctuation."""
    sample = data[:4096]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 2 or (b"\0" not in sample and b"\x04" not in sample):
        return None
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        usual = sum(high.count(byte) for byte in b"\x00\x01\x02\x04\x20")
        if usual >= 0.95 * len(high) and low.count(0) <= 0.05 * len(low):
            return encoding
    return None


def _is_utf8(data: bytes) -> bool:
    """Whether the data is UTF-8, letters that are cut at its beginning and end apart: where there are, it has others."""
    whole = _without_cut_letters(data)
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(whole) == len(data) or not whole.isascii()


def _without_cut_letters(data: bytes) -> bytes:
    """UTF-8 without an incomplete letter at its end, or the rest of one at its beginning."""
    start = 0
    while start < min(3, len(data)) and 0x80 <= data[start] < 0xC0:
        start += 1
    for length in range(1, min(3, len(data) - start) + 1):
        first = data[-length]
        if first >= 0xC0:  # the first byte of a letter says how many it has
            whole = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
            return data[start : len(data) - length] if length < whole else data[start:]
        if first < 0x80:
            break
    return data[start:]


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether the data is UTF-8 with a few broken bytes: at least twenty good letters for each."""
    text = data[: 16 * SAMPLE].decode("utf-8", errors="replace")
    good = sum(len(run) for run in re.findall("[^\x00-\x7f\ufffd]+", text))
    return good >= 20 * max(1, text.count("\ufffd") - 1)
