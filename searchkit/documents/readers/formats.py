"""The formats: which extension is read by which module. A new format is a module and a line of `FORMATS`."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple

from searchkit.documents import ocr, passwords
from searchkit.documents.readers.members import DEEPEST, Budget, Member, Unpack, distinct, safe_name
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure, Notice

Item = Document | Failure | Notice | None
Reader = Callable[[BinaryIO, str, str], Iterator[Item]]
"""`read(file, path, id)`: the documents of an open, seekable file, Failures for records that are broken, and Notices.
None is a sign of life, where a reader is at work for long.

Raises DocumentError where the file as a whole cannot be read. Modules load the libraries they need when called.
"""


class Format(NamedTuple):
    """`reader` and `unpacker` are functions of this folder, "module.function".

    `streams`: the file holds many documents and is read piece by piece, never as a whole.

    `quick`: read in about a millisecond, so that several files may travel to a worker together. `unpacker`: gives the files
    that this file holds, each of which is read as a file of its own. `by_ocr`: read only where OCR is asked for.
    `office`: of Microsoft Office, which encrypts all of them alike.
    """

    name: str
    reader: str
    streams: bool = False
    quick: bool = False
    unpacker: str = ""
    by_ocr: bool = False
    office: bool = False

    @property
    def read(self) -> Reader:
        """The reader, loaded with the first file that needs it: to know the formats costs a tenth of loading all."""
        reader: Reader = _function(self.reader)
        return reader

    @property
    def unpack(self) -> Unpack | None:
        """The reader of the members of such a file, if it has any."""
        unpack: Unpack | None = _function(self.unpacker) if self.unpacker else None
        return unpack


@cache
def _function(name: str) -> Any:
    module, _, function = name.partition(".")
    return getattr(import_module(f"searchkit.documents.readers.{module}"), function)


FORMATS: dict[str, Format] = {
    ".txt": Format("plain text", "text.read", quick=True),
    ".md": Format("Markdown", "text.read_markdown", quick=True),
    ".html": Format("HTML", "html.read"),
    ".htm": Format("HTML", "html.read"),
    ".pdf": Format("PDF", "pdf.read"),
    ".docx": Format("Word", "docx.read", office=True),
    ".jsonl": Format("JSON Lines", "jsonl.read", streams=True),
    ".ndjson": Format("JSON Lines", "jsonl.read", streams=True),
    ".json": Format("JSON", "json_file.read", streams=True),
    ".csv": Format("CSV", "csv.read", streams=True),
    ".tsv": Format("CSV", "csv.read", streams=True),
    ".xhtml": Format("HTML", "html.read"),
    ".xml": Format("XML", "xml.read"),
    ".alto": Format("ALTO", "xml.read"),
    ".srt": Format("subtitles", "subtitles.read", quick=True),
    ".vtt": Format("subtitles", "subtitles.read", quick=True),
    ".docm": Format("Word", "docx.read", office=True),
    ".dotx": Format("Word", "docx.read", office=True),
    ".dotm": Format("Word", "docx.read", office=True),
    ".doc": Format("Word 97", "doc.read", office=True),
    ".dot": Format("Word 97", "doc.read", office=True),
    ".rtf": Format("rich text", "rtf.read"),
    ".odt": Format("OpenDocument", "odf.read"),
    ".ott": Format("OpenDocument", "odf.read"),
    ".odp": Format("OpenDocument", "odf.read"),
    ".pptx": Format("PowerPoint", "pptx.read", office=True),
    ".pptm": Format("PowerPoint", "pptx.read", office=True),
    ".ppsx": Format("PowerPoint", "pptx.read", office=True),
    ".ppt": Format("PowerPoint 97", "ppt.read", office=True),
    ".pps": Format("PowerPoint 97", "ppt.read", office=True),
    ".xlsx": Format("Excel", "spreadsheet.read", streams=True, office=True),
    ".xlsm": Format("Excel", "spreadsheet.read", streams=True, office=True),
    ".xls": Format("Excel 97", "spreadsheet.read", streams=True, office=True),
    ".ods": Format("OpenDocument", "spreadsheet.read", streams=True),
    ".epub": Format("EPUB", "ebook.read_epub"),
    ".fb2": Format("FictionBook", "ebook.read_fb2"),
    ".djvu": Format("DjVu", "djvu.read"),
    ".djv": Format("DjVu", "djvu.read"),
    ".mrc": Format("MARC", "marc.read", streams=True),
    ".marc": Format("MARC", "marc.read", streams=True),
    ".iso": Format("MARC", "marc.read", streams=True),
    ".eml": Format("letter", "mail.read", streams=True, unpacker="mail.attachments"),
    ".msg": Format("Outlook letter", "mail.read_msg", streams=True, unpacker="mail.msg_attachments"),
    ".mbox": Format("mailbox", "mail.read_mbox", streams=True, unpacker="mail.letters"),
    ".zip": Format("ZIP archive", "archive.read", streams=True, unpacker="archive.unzip"),
    ".7z": Format("7z archive", "archive.read", streams=True, unpacker="archive.unpack_7z"),
    ".rar": Format("RAR archive", "archive.read", streams=True, unpacker="archive.unpack_rar"),
    ".jpg": Format("picture", "image.read", by_ocr=True),
    ".jpeg": Format("picture", "image.read", by_ocr=True),
    ".png": Format("picture", "image.read", by_ocr=True),
    ".tif": Format("picture", "image.read", by_ocr=True),
    ".tiff": Format("picture", "image.read", by_ocr=True),
}

_ADVICE = {
    (".pages", ".wpd", ".wps"): "save it as .docx or .pdf",
    (".numbers",): "save it as .csv",
    (".key", ".mobi", ".azw3", ".xps"): "save it as .pdf",
    (".gif", ".bmp", ".webp"): "save it as .png and read it with searchkit index --ocr",
    (".gz", ".tar", ".tgz", ".bz2", ".xz"): "unpack it",
    (".mht", ".mhtml"): "save it as .html",
    (".markdown", ".rst", ".log", ".tex"): "rename it to .txt or .md",
}


def extension(path: str) -> str:
    """The extension in lower case with its dot; "" without one."""
    return os.path.splitext(path)[1].lower()


def unsupported(path: str, with_ocr: bool = False) -> str | None:
    """Why a file of this name cannot be read, and what to do; None where its format is supported."""
    ending = extension(path)
    if ending in FORMATS:
        if with_ocr or not FORMATS[ending].by_ocr:
            return None
        return f"is {ending}, a picture, which is not read: searchkit index --ocr reads it"
    for endings, advice in _ADVICE.items():
        if ending in endings:
            return f"is {ending}, which is not read: {advice}"
    if not ending:
        return "has no extension that tells its format: rename it, for example to .txt"
    return f"is {ending}, which is not read: save it as .txt, .docx or .pdf, or exclude it"


def read(path: str, id: str | None = None) -> Iterator[Document | Failure | Notice]:
    """The documents of a file, a Failure for each broken record, and Notices of what was mended.

    A document's id is `id` (by default the path); the records of a .jsonl or .csv file have `id#record`, where record
    is their own id or the number of their line. Raises DocumentError, without the path, for a file that cannot be read.
    No limits of time or memory hold here: `pool.read_files` has them.
    """
    reason = unsupported(path, ocr.is_on())
    if reason:
        raise DocumentError(reason)
    with open_file(path) as file:
        yield from (item for item in read_open(file, path, path if id is None else id) if item is not None)


def read_open(file: BinaryIO, path: str, id: str) -> Iterator[Item]:
    """As `read`, from a seekable binary stream; `path` tells the format.

    The members of an archive or a letter have the id and the path `path/name of the member`.
    """
    from searchkit.documents import repairs

    try:
        if not file.read(1):
            raise DocumentError("is empty")
        file.seek(0)
        for item in _read_all(file, path, id, DEEPEST, Budget()):
            if isinstance(item, Document):
                document = repairs.mend(item)
                yield document
                yield from (Notice(path, repair) for repair in repairs.of(document) if repair in repairs.TO_BE_SAID)
            else:
                yield item
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error


def _read_all(file: BinaryIO, path: str, id: str, depth: int, budget: Budget) -> Iterator[Item]:
    """The documents of a file and of its members, `depth` archives deep."""
    form = FORMATS[extension(path)]
    if form.office:
        file = passwords.office(file)
    try:
        yield from form.read(file, path, id)
    except BaseException as error:
        # What libraries in Rust raise where they give up is no Exception, and of a class that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise DocumentError("is damaged: open it with the program that made it, and save it anew") from error
    if form.unpack:
        file.seek(0)
        yield from _read_members(form.unpack(file), path, id, depth - 1, budget)


def _read_members(members: Iterator[Member], path: str, id: str, depth: int, budget: Budget) -> Iterator[Item]:
    """The documents of members, and a Failure for each that cannot be read; a Notice for those of other formats."""
    names: set[str] = set()
    missing: MissingReaderError | None = None
    passed_over: Counter[str] = Counter()
    for member in members:
        name = distinct(safe_name(member.name), names)
        form = FORMATS.get(extension(name))
        if not name or form is None or (form.by_ocr and not ocr.is_on()):
            passed_over[extension(name)] += bool(name)
            continue
        if not budget.take(len(member.data)):
            yield Failure(path, "holds more files, or larger ones, than are read of one archive: unpack it")
            break
        try:
            if member.reason:
                raise DocumentError(member.reason)
            if form.unpack and not depth:
                raise DocumentError("lies in archives within archives too deep to be opened: unpack it")
            if member.data:
                inner = _read_all(io.BytesIO(member.data), f"{path}/{name}", f"{id}/{name}", depth, budget)
                for item in inner:
                    if isinstance(item, Failure):
                        yield Failure(path, f"holds {name}, which {item.reason}")
                    else:
                        yield replace(item, path=path) if isinstance(item, Notice) else item
        except MissingReaderError as error:
            missing = missing or MissingReaderError(f"holds {name}, which {error}")
        except DocumentError as error:
            yield Failure(path, f"holds {name}, which {error}")
    if any(passed_over.values()):
        kinds = ", ".join(
            f"{count} {ending or 'without extension'}" for ending, count in sorted(passed_over.items()) if count
        )
        yield Notice(path, f"holds files of formats that are not read: {kinds}")
    if missing:
        raise missing


def open_file(path: str) -> BinaryIO:
    """The file, open for reading; DocumentError with the reason where it cannot be opened."""
    try:
        # Not blocking: a FIFO that took the file's place after the walk must not hang the reader.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        file = os.fdopen(descriptor, "rb")
    except FileNotFoundError:
        raise DocumentError("does not exist") from None
    except PermissionError:
        raise DocumentError("cannot be opened: you have no permission to read it") from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from error
    return file
