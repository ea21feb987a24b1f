"""The formats: which extension is read by which module. A new format is a module and a line of `FORMATS`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from searchkit.documents.readers import csv, docx, html, jsonl, pdf, text
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

Reader = Callable[[BinaryIO, str, str], Iterator[Document | Failure | Notice]]
"""`read(file, path, id)`: the documents of an open, seekable file, Failures for records that are broken, and Notices.

Raises DocumentError where the file as a whole cannot be read. Modules load the libraries they need when called.
"""


class Format(NamedTuple):
    """`streams`: the file holds many documents and is read piece by piece, never as a whole.

    `quick`: read in about a millisecond, so that several files may travel to a worker together.
    """

    name: str
    read: Reader
    streams: bool = False
    quick: bool = False


FORMATS: dict[str, Format] = {
    ".txt": Format("plain text", text.read, quick=True),
    ".md": Format("Markdown", text.read_markdown, quick=True),
    ".html": Format("HTML", html.read),
    ".htm": Format("HTML", html.read),
    ".pdf": Format("PDF", pdf.read),
    ".docx": Format("Word", docx.read),
    ".jsonl": Format("JSON Lines", jsonl.read, streams=True),
    ".csv": Format("CSV", csv.read, streams=True),
}

_HALF = re.compile("[\ud800-\udfff]")

_ADVICE = {
    (".doc", ".docm", ".dot", ".rtf", ".odt", ".pages", ".wpd"): "save it as .docx or .pdf",
    (".xls", ".xlsx", ".ods", ".tsv"): "save it as .csv",
    (".ppt", ".pptx", ".odp", ".djvu", ".epub", ".fb2", ".mobi", ".xps"): "save it as .pdf",
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".bmp", ".webp"): "make a PDF with a text layer from it by OCR",
    (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"): "unpack it",
    (".json", ".ndjson"): "save it as .jsonl, one object a line",
    (".mht", ".mhtml", ".xhtml"): "save it as .html",
    (".markdown", ".rst", ".log", ".tex"): "rename it to .txt or .md",
}


def extension(path: str) -> str:
    """The extension in lower case with its dot; "" without one."""
    return os.path.splitext(path)[1].lower()


def unsupported(path: str) -> str | None:
    """Why a file of this name cannot be read, and what to do; None where its format is supported."""
    ending = extension(path)
    if ending in FORMATS:
        return None
    supported = " ".join(FORMATS)
    for endings, advice in _ADVICE.items():
        if ending in endings:
            return f"is {ending}, which is not supported: {advice} (supported: {supported})"
    if not ending:
        return f"has no extension that tells its format: rename it (supported: {supported})"
    return f"is {ending}, which is not supported: save it in one of {supported}"


def read(path: str, id: str | None = None) -> Iterator[Document | Failure | Notice]:
    """The documents of a file, a Failure for each broken record, and Notices of what was mended.

    A document's id is `id` (by default the path); the records of a .jsonl or .csv file have `id#record`, where record
    is their own id or the number of their line. Raises DocumentError, without the path, for a file that cannot be read.
    No limits of time or memory hold here: `pool.read_files` has them.
    """
    reason = unsupported(path)
    if reason:
        raise DocumentError(reason)
    with open_file(path) as file:
        yield from read_open(file, path, path if id is None else id)


def read_open(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """As `read`, from a seekable binary stream; `path` tells the format."""
    try:
        if not file.read(1):
            raise DocumentError("is empty")
        file.seek(0)
        for item in FORMATS[extension(path)].read(file, path, id):
            if isinstance(item, Document) and (mended := without_surrogates(item)) is not item:
                yield Notice(path, "holds halves of characters, which were replaced by \ufffd")
                yield mended
            else:
                yield item
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error


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


def without_surrogates(document: Document) -> Document:
    """The document itself, or a copy with U+FFFD for each half of a character: UTF-8, and so no index, has these."""
    if all(map(_is_whole, vars(document).values())):
        return document
    return Document(**{name: _whole(value) for name, value in vars(document).items()})


def _is_whole(value: Any) -> bool:
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return False
    if isinstance(value, dict):
        return all(_is_whole(name) and _is_whole(item) for name, item in value.items())
    return all(map(_is_whole, value)) if isinstance(value, list | tuple) else True


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return list(map(_whole, value)) if isinstance(value, list | tuple) else value
