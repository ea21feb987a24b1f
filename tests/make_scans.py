"""Makes the pictures of text in `tests/documents/files/`, one a language, and a PDF that is a scan.

    python tests/make_scans.py

Their words stand here. It is run by hand when they change, and needs the font DejaVu Serif.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

FILES = Path(__file__).resolve().parent / "documents" / "files"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
RESOLUTION = 150  # dots an inch

SCANS = {
    "kaz": ("Ауыл мұражайында көне қолжазбалар", "мен әулет шежірелері сақталған."),
    "rus": ("Опись дел сельского музея", "составлена в апреле 1987 года."),
    "uzb": ("Qishloq muzeyida eski qoʻlyozmalar", "va gʻalla oʻlchovlari saqlanadi."),
    "uzb_cyrl": ("Қишлоқ музейида эски қўлёзмалар", "ва ҳужжатлар ғамхўрлик билан сақланади."),
    "eng": ("The village museum keeps old", "manuscripts and family trees."),
}


def main() -> None:
    for language, lines in SCANS.items():
        (FILES / f"scan_{language}.png").write_bytes(png(*picture(lines)))
    (FILES / "scan.pdf").write_bytes(pdf(*picture(SCANS["rus"])))


def picture(lines: tuple[str, ...]) -> tuple[int, int, bytes]:
    """Width, height and grey values of a small page with these lines."""
    height = 30 + len(lines) * 20
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(420, height)
    data = FONT.read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    font = raw.FPDFText_LoadFont(document.raw, buffer, len(data), raw.FPDF_FONT_TRUETYPE, 1)
    for number, line in enumerate(lines):
        text = raw.FPDFPageObj_CreateTextObj(document.raw, font, ctypes.c_float(12))
        letters = ctypes.create_string_buffer(f"{line}\0".encode("utf-16-le"))
        raw.FPDFText_SetText(text, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 15, height - 25 - 20 * number)
        raw.FPDFPage_InsertObject(page.raw, text)
    raw.FPDFPage_GenerateContent(page.raw)
    bitmap = page.render(scale=RESOLUTION / 72, grayscale=True)
    pixels = bytes(bitmap.buffer)
    rows = (pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return bitmap.width, bitmap.height, b"".join(rows)


def png(width: int, height: int, grey: bytes) -> bytes:
    """A PNG of 16 shades."""
    rows = b""
    for row in range(height):
        line = grey[row * width : (row + 1) * width] + b"\xff" * (width % 2)
        rows += b"\0" + bytes(one >> 4 << 4 | other >> 4 for one, other in zip(line[::2], line[1::2], strict=True))
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf(width: int, height: int, grey: bytes) -> bytes:
    """A PDF of one page that is this picture."""
    packed = zlib.compress(grey, 9)
    size = (width * 72 // RESOLUTION, height * 72 // RESOLUTION)
    content = b"q %d 0 0 %d 0 0 cm /I Do Q" % size
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>"
        % size,
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter"
        b" /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (width, height, len(packed), packed),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )


if __name__ == "__main__":
    main()
