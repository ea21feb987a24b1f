"""One folder with every format that is read: a sound file of each, broken ones, and one with a password where the format knows it.

What can be read is read, all else is reported with its reason, nothing ends the run, and the exit code tells.
"""

import io
import json
import random
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchkit.cli import main
from searchkit.documents.readers import formats

from . import test_passwords
from .readers import test_ebook, test_mail, test_marc, test_xml
from .samples import make_pdf

for library in ("py7zr", "rarfile", "msoffcrypto", "cryptography", "pyzipper", "djvu_rs", "legacy_doc"):
    pytest.importorskip(library, reason="an extra")

FILES = Path(__file__).parent / "files"
PASSWORD = test_passwords.PASSWORD
WORDS = "Меморандум музеев подписан в Таразе. "
ALIKE = {
    ".htm": ".html",
    ".dotm": ".docx",
    ".docm": ".docx",
    ".dotx": ".docx",
    ".dot": ".doc",
    ".pps": ".ppt",
    ".pptm": ".pptx",
}
ALIKE |= {
    ".ppsx": ".pptx",
    ".xlsm": ".xlsx",
    ".ott": ".odt",
    ".djv": ".djvu",
    ".marc": ".mrc",
    ".iso": ".mrc",
    ".ndjson": ".jsonl",
}
PLAIN = {
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".xhtml",
    ".csv",
    ".tsv",
    ".srt",
    ".vtt",
    ".xml",
    ".alto",
    ".fb2",
    ".eml",
    ".mbox",
}
"""Formats of text, of which half is text as well, and of which rubbish after the beginning may be all that is lost."""


def zipped(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def word():
    import docx

    data, document = io.BytesIO(), docx.Document()
    document.add_paragraph(WORDS)
    document.save(data)
    return data.getvalue()


def seven_zip():
    import py7zr

    data = io.BytesIO()
    with py7zr.SevenZipFile(data, "w") as archive:
        archive.writestr(WORDS, "inner.txt")
    return data.getvalue()


def rar(locked=False):
    """A file that is stored as it is, in an archive of RAR 1.5 to 4: marker, head of the archive, head of the file."""

    def block(kind, flags, more, added=b""):
        head = struct.pack("<BHH", kind, flags, 7 + len(more)) + more
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + added

    data, name = WORDS.encode(), b"inner.txt"
    facts = struct.pack(
        "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x5A210000, 20, 0x30, len(name), 0o100644
    )
    return (
        b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6)) + block(0x74, 0x8004 if locked else 0x8000, facts + name, data)
    )


def sound(folder):
    """Extension -> the bytes of a sound file, for every format that is read without OCR."""
    page = f"<html><body><p>{WORDS * 3}</p></body></html>".encode()
    subtitles = f"1\n00:00:01,000 --> 00:00:04,000\n{WORDS}\n".encode()
    made = {
        ".txt": WORDS.encode(),
        ".md": f"# {WORDS}\n\n{WORDS}".encode(),
        ".html": page,
        ".xhtml": page,
        ".pdf": make_pdf(folder / "made.pdf", [[WORDS]]).read_bytes(),
        ".docx": word(),
        ".jsonl": json.dumps({"text": WORDS}).encode(),
        ".json": json.dumps({"text": WORDS}).encode(),
        ".csv": f"text,year\n{WORDS},1931\n".encode(),
        ".tsv": f"text\tyear\n{WORDS}\t1931\n".encode(),
        ".xml": test_xml.ALTO.encode(),
        ".alto": test_xml.ALTO.encode(),
        ".srt": subtitles,
        ".vtt": b"WEBVTT\n\n" + subtitles.replace(b",", b"."),
        ".ppt": zipfile.ZipFile(FILES / "slides.zip").read("slides.ppt"),
        ".epub": test_ebook.epub(),
        ".fb2": test_ebook.FICTION.encode("cp1251"),
        ".mrc": test_marc.record(test_marc.MARC21),
        ".eml": test_mail.letter(),
        ".mbox": b"From a@example.org Tue May 14 09:30:00 2019\n" + test_mail.letter(),
        ".msg": test_mail.outlook(),
        ".zip": zipped({"inner.txt": WORDS}),
        ".7z": seven_zip(),
        ".rar": rar(),
    }
    (folder / "made.pdf").unlink()
    for name in (
        "letter.doc",
        "letter.rtf",
        "letter.odt",
        "slides.odp",
        "slides.pptx",
        "table.xlsx",
        "table.xls",
        "table.ods",
    ):
        made[Path(name).suffix] = (FILES / name).read_bytes()
    made[".djvu"] = (FILES / "book.djvu").read_bytes()
    return made | {ending: made[other] for ending, other in ALIKE.items()}


def locked(folder, made):
    """Write a file with a password of each kind that we can make."""
    from msoffcrypto.format.ooxml import OOXMLFile

    folder.mkdir()
    test_passwords.pdf(folder)
    test_passwords.seven_zip(folder)
    test_passwords.zip_archive(folder)
    (folder / "locked.zip").rename(folder / "locked-old.zip")
    test_passwords.zip_by_aes(folder)
    for ending in (".docx", ".docm", ".dotx", ".pptx", ".ppsx", ".xlsx", ".xlsm"):
        with (folder / f"locked{ending}").open("wb") as file:
            OOXMLFile(io.BytesIO(made[ending])).encrypt(PASSWORD, file)
    for ending in (".odt", ".odp", ".ods"):
        test_passwords.odf_package(folder / f"locked{ending}", io.BytesIO(made[ending]), "aes256-cbc")
    return sorted(path.name for path in folder.iterdir())


def run(*arguments):
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def listed(*arguments):
    lines = [json.loads(line) for line in run(*arguments, "--json").stdout.splitlines()]
    return [line for line in lines if "end" not in line]


@pytest.fixture
def papers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def test_every_format_sound_broken_and_locked(papers):
    made = sound(papers)
    assert set(made) == {ending for ending, form in formats.FORMATS.items() if not form.by_ocr}
    chance = random.Random(14)
    for ending, content in made.items():
        (papers / f"sound{ending}").write_bytes(content)
        (papers / f"empty{ending}").touch()
        (papers / f"half{ending}").write_bytes(content[: len(content) // 2])
        (papers / f"rubbish{ending}").write_bytes(content[:8] + chance.randbytes(3_000))
    with_password = locked(papers / "safe", made)
    (papers / "safe/locked.rar").write_bytes(rar(locked=True))
    (papers / "safe/locked.epub").write_bytes(test_ebook.epub(**{"META-INF/rights.xml": "<rights/>"}))

    result = run("index", "papers")
    assert result.exit_code == 2
    failed = {
        Path(failure["path"]).relative_to("papers").as_posix(): failure["reason"] for failure in listed("failures")
    }
    assert not [reason for reason in failed.values() if "report it" in reason or not reason[0].islower()]
    assert not [name for name in failed if name.startswith("sound")]
    assert {f"empty{ending}" for ending in made} <= set(failed)
    binary = set(made) - PLAIN - {".jsonl", ".ndjson", ".json", ".rtf"}
    assert {f"rubbish{ending}" for ending in binary} <= set(failed)
    assert {f"half{ending}" for ending in binary - {".mrc", ".marc", ".iso", ".pdf"}} <= set(failed)
    locked_names = {f"safe/{name}" for name in with_password}
    assert {*locked_names, "safe/locked.rar", "safe/locked.epub"} <= set(failed)
    assert all("is encrypted: give its password with --password" in failed[name] for name in locked_names)
    read = {re.split("[/#]", found["id"])[1] for found in listed("search", "--limit", "1000", "path:sound")}
    assert {f"sound{ending}" for ending in made} <= read

    assert run("index", "--password", PASSWORD).exit_code == 2  # the broken ones are tried again, and fail again
    left = {Path(failure["path"]).relative_to("papers").as_posix() for failure in listed("failures")}
    assert left == set(failed) - locked_names


def test_the_exit_code_without_broken_files(papers):
    for ending, content in sound(papers).items():
        (papers / f"sound{ending}").write_bytes(content)
    result = run("index", "papers")
    assert (result.exit_code, listed("failures")) == (0, []), result.output
