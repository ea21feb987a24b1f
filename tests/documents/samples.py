"""Files for the tests, made here: PDFs from bytes, Word files by python-docx."""

from __future__ import annotations

import io
import struct
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


def make_ole(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file of these streams, "folder/name" within one folder deep: [MS-CFB], version 3, sectors of 512 bytes.

    The directory is a chain to the right instead of a balanced tree, which readers that walk it do not mind.
    """
    free, end, fat_mark, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    folders = sorted({name.split("/")[0] for name in streams if "/" in name})
    entries: list[tuple[str, int, bytes]] = [("Root Entry", 5, b"")]
    top = [*folders, *sorted(name for name in streams if "/" not in name)]
    places: dict[str, int] = {}
    for name in top:
        places[name] = len(entries)
        entries.append((name, 1 if name in folders else 2, streams.get(name, b"")))
    for name in sorted(name for name in streams if "/" in name):
        places[name] = len(entries)
        entries.append((name.split("/")[1], 2, streams[name]))
    right, child = dict.fromkeys(range(len(entries)), none), dict.fromkeys(range(len(entries)), none)
    for names, parent in [(top, 0), *(([n for n in places if n.startswith(f"{f}/")], places[f]) for f in folders)]:
        for before, after in zip([None, *names], [*names, None], strict=True):
            if after is not None and before is None:
                child[parent] = places[after]
            elif after is not None and before is not None:
                right[places[before]] = places[after]
    # Streams shorter than 4,096 bytes lie in the root's own stream, in short sectors of 64 bytes with a table of their own.
    short, short_fat, starts = b"", [], []
    data, fat = b"", []

    def placed(content: bytes, size: int, chain: list[int]) -> tuple[int, bytes]:
        first, count = len(chain), -(-len(content) // size)
        chain += [*range(first + 1, first + count), end] if count else []
        return (first if count else end), content + bytes(-len(content) % size)

    for _, _, content in entries:
        if len(content) < 4096:
            first, padded = placed(content, 64, short_fat)
            short += padded
        else:
            first, padded = placed(content, 512, fat)
            data += padded
        starts.append(first)
    starts[0], padded = placed(short, 512, fat)
    data += padded
    short_table = struct.pack(f"<{len(short_fat)}I", *short_fat)
    first_short, padded = placed(short_table + b"\xff" * (-len(short_table) % 512), 512, fat)
    data += padded
    sizes = [len(short), *(len(content) for _, _, content in entries[1:])]
    directory = b""
    for number, (name, kind, _) in enumerate(entries):
        letters = name.encode("utf-16-le")
        directory += letters + bytes(64 - len(letters)) + struct.pack("<HBB", len(letters) + 2, kind, 1)
        directory += struct.pack("<III", none, right[number], child[number]) + bytes(36)
        directory += struct.pack("<IQ", 0 if kind == 1 else starts[number], sizes[number])
    directory += bytes(-len(directory) % 512)
    first_directory = len(fat)
    count = len(directory) // 512
    fat += [*range(first_directory + 1, first_directory + count), end]
    sectors = (len(fat) + 127) // 127  # each sector of the table holds 128 numbers, its own among them
    fat_starts = list(range(len(fat), len(fat) + sectors))
    fat += [fat_mark] * sectors
    table = struct.pack(f"<{128 * sectors}I", *fat, *[free] * (128 * sectors - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    short_sectors = -(-len(short_table) // 512)
    header += struct.pack("<IIIII", 0, sectors, first_directory, 0, 4096)
    header += struct.pack("<IIIII", first_short, short_sectors, end, 0, fat_starts[0])
    header += struct.pack(f"<{108}I", *fat_starts[1:], *[free] * (109 - len(fat_starts)))
    return header + data + directory + table
