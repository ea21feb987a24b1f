"""Archives: .zip by Python's own library (its entries encrypted by AES by pyzipper), .7z by py7zr, .rar by rarfile (which needs unrar or unar on the system)."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from searchkit.documents import passwords
from searchkit.documents.readers.members import LARGEST_MEMBER, MOST, Member
from searchkit.documents.readers.zip_package import check_sizes
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure

_UTF8_NAME = 0x800  # flag of a ZIP entry whose name is UTF-8
_LOCKED = 0x1  # flag of an encrypted ZIP entry
_AES = 99  # the packing of a ZIP entry that WinZip or 7-Zip has encrypted
_TOO_LARGE = f"unpacks to more than {LARGEST_MEMBER >> 20} MB: unpack it yourself"
_DAMAGED = "is damaged: pack it anew"
_EMPTY = "is an archive without files"


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """Nothing by itself: an archive is its members."""
    yield from ()


def unzip(file: BinaryIO) -> Iterator[Member]:
    """The files of a .zip archive; names that are not Unicode are Cyrillic of MS-DOS (cp866), as Windows packs them."""
    try:
        archive = zipfile.ZipFile(file)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise DocumentError("is not a ZIP archive or is damaged: pack it anew") from None
    if not entries:
        raise DocumentError(_EMPTY)
    missing: MissingReaderError | None = None
    by_pyzipper = functools.cache(lambda: _opened_by_pyzipper(archive))
    with archive:
        check_sizes(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries))
        for entry in entries[: MOST + 1]:
            name = _zip_name(entry)
            if entry.file_size > LARGEST_MEMBER:
                yield Member(name, reason=_TOO_LARGE)
                continue
            try:
                yield _unzipped(archive, entry, name, by_pyzipper)
            except MissingReaderError as error:
                missing = MissingReaderError(f"holds {name}, which {error}")
    if missing:
        raise missing


def _unzipped(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, by_pyzipper: Callable[[], tuple[Any, dict[int, Any]]]
) -> Member:
    """`by_pyzipper` opens the archive for what is encrypted by AES."""
    if not entry.flag_bits & _LOCKED:
        return _unzipped_with(None, archive, entry, name)
    if entry.compress_type == _AES and passwords.given():
        archive, entries = by_pyzipper()
        entry = entries[entry.header_offset]
    attempts = (_unzipped_with(password, archive, entry, name) for password in passwords.as_bytes())
    locked = Member(name, reason=str(passwords.refusal("unpack it")))
    return next((member for member in attempts if not member.reason), locked)


def _opened_by_pyzipper(archive: zipfile.ZipFile) -> tuple[Any, dict[int, Any]]:
    """The archive, and its entries by their offsets: two may have one name."""
    try:
        import pyzipper
    except ImportError:
        raise MissingReaderError(
            "needs pyzipper to be decrypted: pip install 'searchkit[formats]', or unpack it"
        ) from None
    opened = pyzipper.AESZipFile(archive.fp)
    return opened, {entry.header_offset: entry for entry in opened.infolist()}


def _unzipped_with(password: bytes | None, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    try:
        with archive.open(entry, pwd=password) as content:
            # One byte more than stated would be a lie, by which ZIP bombs hide their size.
            data = content.read(entry.file_size + 1)
    except MemoryError:
        raise
    except Exception:  # each packing has errors of its own
        return Member(name, reason=_DAMAGED)
    return Member(name, data) if len(data) == entry.file_size else Member(name, reason=_DAMAGED)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME and not name.isascii():
        data = entry.orig_filename.encode("cp437", "replace")
        try:
            name = data.decode("utf-8")
        except UnicodeDecodeError:
            name = data.decode("cp866")
    return name.replace("\\", "/")


def unpack_7z(file: BinaryIO) -> Iterator[Member]:
    """The files of a .7z archive."""
    try:
        import py7zr
    except ImportError:
        raise MissingReaderError("needs py7zr to be unpacked: pip install 'searchkit[formats]', or unpack it") from None
    for password in (None, *passwords.given()):
        try:
            members = _extracted_7z(file, password)
        except (MemoryError, DocumentError):
            raise
        except py7zr.PasswordRequired:
            continue
        except Exception as error:  # py7zr and its decoders let errors of every kind escape
            if password is not None:
                continue  # what a wrong password unpacks is rubbish
            raise DocumentError("is not a 7z archive or is damaged: pack it anew") from error
        yield from members
        return
    raise passwords.refusal("unpack it")


def _extracted_7z(file: BinaryIO, password: str | None) -> list[Member]:
    import py7zr

    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    with py7zr.SevenZipFile(file, password=password) as archive:
        if password is None and archive.needs_password():
            raise py7zr.PasswordRequired
        entries = [entry for entry in archive.list() if not entry.is_directory]
        if not entries:
            raise DocumentError(_EMPTY)
        check_sizes(sum(entry.uncompressed for entry in entries), size)
        large = {entry.filename for entry in entries if entry.uncompressed > LARGEST_MEMBER}
        file.seek(0)
        factory = py7zr.io.BytesIOFactory(LARGEST_MEMBER)
        archive.extract(targets=[e.filename for e in entries if e.filename not in large], factory=factory)
        return [
            *(Member(name, reason=_TOO_LARGE) for name in sorted(large)),
            *(Member(name, content.read()) for name, content in factory.products.items()),
        ]


def unpack_rar(file: BinaryIO) -> Iterator[Member]:
    """The files of a .rar archive."""
    try:
        import rarfile
    except ImportError:
        raise MissingReaderError(
            "needs rarfile to be unpacked: pip install 'searchkit[formats]', or unpack it"
        ) from None
    try:
        with rarfile.RarFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if not entries:
                raise DocumentError(_EMPTY)
            check_sizes(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries))
            for entry in entries[: MOST + 1]:
                yield _from_rar(archive, entry)
    except rarfile.RarCannotExec:
        raise MissingReaderError("needs the program unrar or unar: install it, or unpack the archive") from None
    except (MemoryError, DocumentError):
        raise
    except Exception as error:
        raise DocumentError("is not a RAR archive or is damaged: pack it anew") from error


def _from_rar(archive: Any, entry: Any) -> Member:
    import rarfile

    name = entry.filename.replace("\\", "/")
    if entry.file_size > LARGEST_MEMBER:
        return Member(name, reason=_TOO_LARGE)
    locked = entry.needs_password()
    for password in passwords.given() if locked else (None,):
        try:
            return Member(name, archive.read(entry, pwd=password))
        except (rarfile.BadRarFile, rarfile.NoCrypto, rarfile.PasswordRequired, EOFError):
            continue
    return Member(name, reason=str(passwords.refusal("unpack it")) if locked else _DAMAGED)
