"""Files for the tests, made here: PDFs from bytes, Word files by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path


def make_pdf(
    path: Path,
    pages: Sequence[Sequence[str | tuple[str, int]]],
    info: dict[str, str] | None = None,
    to_unicode: bool = True,
) -> Path:
    """A PDF of pages of lines; a line may be (text, font size). The letters are coded by number, with a Unicode table."""
    lines = [[line if isinstance(line, tuple) else (line, 12) for line in page] for page in pages]
    letters = sorted({letter for page in lines for text, _ in page for letter in text})
    codes = {letter: number + 1 for number, letter in enumerate(letters)}
    assert len(codes) < 250
    table = "".join(f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>\n" for letter, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}endbfchar\nendcmap end end\n"
    ).encode()
    objects = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica" + (b" /ToUnicode 4 0 R" if to_unicode else b"") + b" >>",
    ]
    objects.append(_stream(cmap))
    kids = []
    for page in lines:
        height, content = 800, b""
        for text, size in page:
            shown = "".join(f"{codes[letter]:02x}" for letter in text) if to_unicode else text.encode("latin-1").hex()
            content += f"BT /F1 {size} Tf 50 {height} Td <{shown}> Tj ET\n".encode()
            height -= size + 8
        objects.append(_stream(content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (len(objects))
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    trailer = b"/Root 1 0 R"
    if info:
        entries = " ".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in info.items())
        objects.append(f"<< {entries} >>".encode())
        trailer += b" /Info %d 0 R" % len(objects)
    path.write_bytes(_assemble(objects, trailer))
    return path


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _assemble(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def make_zip_bomb(path: Path, size: int = 200 << 20) -> Path:
    """A .docx whose document.xml unpacks to `size` bytes of one letter."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as file:
            for _ in range(size >> 20):
                file.write(b"a" * (1 << 20))
    return path
