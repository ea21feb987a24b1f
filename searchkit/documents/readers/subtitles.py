"""Subtitles (.srt, .vtt): what is said, without numbers and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from searchkit.documents.encodings.detect import decode, tidy
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_TIME = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->.*$")
_MARKUP = re.compile(r"</?[bciuv][^<>]*>|</?font[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document, a line a line of the subtitles."""
    text, encoding = decode(file.read())
    lines = tidy(text).split("\n")
    times = [number for number, line in enumerate(lines) if _TIME.match(line)]
    if not times:
        raise DocumentError("holds no subtitles: rename it to .txt if it is a text")
    # The line before a time is the number, or in WebVTT the name, of what is said then.
    dropped = {*times, *(number - 1 for number in times if number and lines[number - 1].strip())}
    said = [line for number, line in enumerate(lines) if number >= times[0] and number not in dropped]
    body = _MARKUP.sub("", "\n".join(said)).strip("\n")
    if not body.strip():
        raise DocumentError("holds no text")
    yield Document(id=id, text=body, source=path, metadata={"format": "srt", "encoding": encoding})
