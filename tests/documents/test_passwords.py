"""Encrypted files, and the passwords that open them."""

# Tests as well, in searchkit/: documents: odf_passwords

import base64
import hashlib
import io
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

import searchkit
from searchkit.documents import passwords
from searchkit.documents.readers import formats
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure

from .samples import make_pdf

WORDS = "a memorandum"
PASSWORD = "сирень 7"
FILES = Path(__file__).parent / "files"


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


def zip_by_aes(folder):
    import pyzipper

    with pyzipper.AESZipFile(folder / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.writestr("inner.txt", WORDS)


def odf_locked(data, cipher):
    """(encrypted bytes, the encryption-data of the manifest), as OpenDocument 1.2, part 3, section 3.4 has them."""
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packing.compress(data) + packing.flush()
    modern = cipher == "aes256-cbc"
    digest, name, size = (hashlib.sha256, "sha256", 32) if modern else (hashlib.sha1, "sha1", 16)
    salt, start = bytes(range(16)), bytes(range(16 if modern else 8))
    key = hashlib.pbkdf2_hmac("sha1", digest(PASSWORD.encode()).digest(), salt, 1024, size)
    checksum = digest(packed[:1024]).digest()
    if modern:
        count = 16 - len(packed) % 16
        encryptor = Cipher(AES(key), CBC(start)).encryptor()
        locked = encryptor.update(packed + bytes(count - 1) + bytes([count])) + encryptor.finalize()
        algorithm = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
        kind = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k"
        first = '<m:start-key-generation m:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" m:key-size="32"/>'
    else:
        encryptor = Cipher(Blowfish(key), CFB(start)).encryptor()
        locked = encryptor.update(packed) + encryptor.finalize()
        algorithm, kind, first = "Blowfish CFB", "SHA1/1K", ""
    text = {part: base64.b64encode(value).decode() for part, value in (("v", start), ("s", salt), ("c", checksum))}
    return locked, (
        f'<m:encryption-data m:checksum-type="{kind}" m:checksum="{text["c"]}">'
        f'<m:algorithm m:algorithm-name="{algorithm}" m:initialisation-vector="{text["v"]}"/>{first}'
        f'<m:key-derivation m:key-derivation-name="PBKDF2" m:key-size="{size}" m:iteration-count="1024" m:salt="{text["s"]}"/>'
        "</m:encryption-data>"
    )


def odf_package(path, plain, cipher):
    """The OpenDocument file `plain` of ours, encrypted."""
    entries = ""
    with zipfile.ZipFile(plain) as package, zipfile.ZipFile(path, "w") as locked:
        for name in package.namelist():
            data, how = package.read(name), ""
            if name in ("content.xml", "meta.xml", "styles.xml", "settings.xml"):
                data, how = odf_locked(data, cipher)
            if not name.startswith("META-INF"):
                locked.writestr(name, data)
                entries += f'<m:file-entry m:full-path="{name}">{how}</m:file-entry>'
        xmlns = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        locked.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{xmlns}">{entries}</m:manifest>')
    return path


def odt(folder, cipher="aes256-cbc"):
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>{WORDS}</text:p></office:text></office:body></office:document-content>"
    )
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
    odf_package(folder / "locked.odt", plain, cipher)


def odt_of_old(folder):
    odt(folder, "Blowfish CFB")


MADE = {
    "pdf": pdf,
    "docx": docx,
    "xlsx": xlsx,
    "7z": seven_zip,
    "zip": zip_archive,
    "zip by AES": zip_by_aes,
    "odt": odt,
    "odt of OpenOffice": odt_of_old,
}


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


def test_an_encrypted_spreadsheet_of_opendocument(tmp_path):
    pytest.importorskip("cryptography", reason="an extra")
    path = odf_package(tmp_path / "locked.ods", FILES / "table.ods", "aes256-cbc")
    plain = [item.text for item in formats.read(str(FILES / "table.ods"), "a")]
    assert plain
    assert [item.text for item in read(path, "another", PASSWORD)] == plain
    with pytest.raises(DocumentError, match="is encrypted: give its password with --password, or save it without"):
        read(path)


def test_an_encryption_of_opendocument_that_is_not_known(tmp_path, monkeypatch):
    pytest.importorskip("cryptography", reason="an extra")
    whole = odf_locked
    monkeypatch.setitem(
        globals(), "odf_locked", lambda *given: (whole(*given)[0], whole(*given)[1].replace("-cbc", "-gcm"))
    )
    odt(tmp_path)
    with pytest.raises(DocumentError, match="is encrypted in a way that is not known"):
        read(tmp_path / "locked.odt", PASSWORD)


def test_more_rounds_of_a_key_than_any_program_makes_are_not_waited_for(tmp_path, monkeypatch):
    pytest.importorskip("cryptography", reason="an extra")
    whole = odf_locked
    monkeypatch.setitem(
        globals(), "odf_locked", lambda *given: (whole(*given)[0], whole(*given)[1].replace('"1024"', f'"{10**20}"'))
    )
    odt(tmp_path)
    with pytest.raises(DocumentError, match="is encrypted in a way that is not known"):
        read(tmp_path / "locked.odt", PASSWORD)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_of_one_name_encrypted_by_aes_are_each_read(tmp_path):
    pyzipper = pytest.importorskip("pyzipper", reason="an extra")
    path = tmp_path / "locked.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD.encode())
        for text in ("first", "second"):
            archive.writestr("a.txt", text)
    assert [document.text for document in read(path, PASSWORD)] == ["first", "second"]


@pytest.mark.parametrize("library", ["pyzipper", "cryptography"])
def test_the_message_names_what_to_install(tmp_path, monkeypatch, library):
    pytest.importorskip(library, reason="an extra")
    (zip_by_aes if library == "pyzipper" else odt)(tmp_path)
    (path,) = tmp_path.iterdir()
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(
        MissingReaderError, match=rf"needs {library} to be decrypted: pip install 'searchkit\[formats\]'"
    ):
        read(path, PASSWORD)


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
