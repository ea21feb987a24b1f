"""Encrypted files, and the passwords that open them."""

import io
import zipfile
import zlib

import pytest

import searchkit
from searchkit.documents import passwords
from searchkit.documents.readers import formats
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

from .samples import make_pdf

WORDS = "a memorandum"
PASSWORD = "сирень 7"


@pytest.fixture(autouse=True)
def no_passwords():
    yield
    passwords.use(())


def pdf(folder):
    import pypdf

    make_pdf(folder / "plain.pdf", [[WORDS]])
    writer = pypdf.PdfWriter(clone_from=str(folder / "plain.pdf"))
    writer.encrypt(PASSWORD, algorithm="AES-256")
    writer.write(str(folder / "locked.pdf"))
    (folder / "plain.pdf").unlink()


def docx(folder):
    import docx
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO()
    word = docx.Document()
    word.add_paragraph(WORDS)
    word.save(plain)
    with (folder / "locked.docx").open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)


def xlsx(folder):
    import xlsxwriter
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["text", "number"])
        sheet.write_row(1, 0, [WORDS, "1"])
    with (folder / "locked.xlsx").open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)


def seven_zip(folder):
    import py7zr

    with py7zr.SevenZipFile(folder / "locked.7z", "w", password=PASSWORD) as archive:
        archive.writestr(WORDS, "inner.txt")


def zip_cryptography(data, password, check):
    """The traditional encryption of ZIP archives (PKWARE, APPNOTE 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value, byte):
        return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(byte):
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    result = bytearray()
    for byte in (*bytes(11), check, *data):
        temporary = keys[2] | 2
        result.append(byte ^ ((temporary * (temporary ^ 1) >> 8) & 0xFF))
        update(byte)
    return bytes(result)


def zip_archive(folder):
    """By hand, since Python's own library only reads them: an entry that is stored, encrypted by a cp866 password."""
    data, crc = WORDS.encode(), zlib.crc32(WORDS.encode())
    info = zipfile.ZipInfo("inner.txt")
    with zipfile.ZipFile(folder / "locked.zip", "w") as archive:
        archive.writestr(info, zip_cryptography(data, PASSWORD.encode("cp866"), crc >> 24))
    content = bytearray((folder / "locked.zip").read_bytes())
    for signature, start in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + start
        content[at] |= 1
        content[at + 8 : at + 12] = crc.to_bytes(4, "little")
        content[at + 16 : at + 20] = len(data).to_bytes(4, "little")
    (folder / "locked.zip").write_bytes(content)


MADE = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "7z": seven_zip, "zip": zip_archive}


def read(path, *given):
    passwords.use(given)
    return list(formats.read(str(path), path.name))


@pytest.mark.parametrize("kind", MADE)
def test_an_encrypted_file(tmp_path, kind):
    pytest.importorskip("msoffcrypto", reason="an extra")
    MADE[kind](tmp_path)
    (path,) = tmp_path.iterdir()
    (document,) = [item for item in read(path, "another", PASSWORD) if isinstance(item, Document)]
    assert WORDS in document.text

    def reason(*given):
        try:
            (failure,) = read(path, *given)
        except DocumentError as error:
            return str(error)
        assert isinstance(failure, Failure)
        return failure.reason

    assert "is encrypted: give its password with --password" in reason()
    assert "none of the passwords that were given" in reason("another", "third")
    assert PASSWORD not in reason("another", "third")


def test_a_password_is_asked_of_the_index_once_and_kept_nowhere(tmp_path):
    pytest.importorskip("msoffcrypto", reason="an extra")
    (tmp_path / "papers").mkdir()
    pdf(tmp_path / "papers")
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert "is encrypted" in index.sync([tmp_path / "papers"]).failed[0].reason
        report = index.sync(passwords=[PASSWORD])
        assert (report.added, report.failed) == (1, ())
        report = index.sync()
        assert (report.unchanged, report.failed) == (1, ())
    kept = b"".join(file.read_bytes() for file in (tmp_path / "index").rglob("*") if file.is_file())
    assert PASSWORD.encode() not in kept
