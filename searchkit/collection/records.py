"""A Document as the index keeps it: its terms for the engine, and itself in the engine's stored bytes.

`record` also runs in the worker processes that read files, so that analysis uses all cores.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from searchkit import lazy
from searchkit.engines.base import Record
from searchkit.errors import DocumentError
from searchkit.model import Document
from searchkit.terms.column_terms import ADDED, EARLIER, SAME_TEXT, in_column
from searchkit.terms.wire import TermStreams, joined, piece
from searchkit.text import same_words

if TYPE_CHECKING:
    from searchkit.people.recognition.document_names import Names

Passages = list[tuple[int, int, str]]
EARLIER_KEPT = 20
"""Earlier texts of a document by which it is found."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
_ISO_DATE = lazy.regex(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class Stored:
    """The stored data of an id: the document, the languages of its passages, and its file ("" for none)."""

    document: Document
    passages: Passages
    title_passages: Passages
    file: str
    same_text: str = ""
    """The fingerprint of the text (see `text.same_words`); "" where earlier versions have not kept it."""
    added: str = ""
    """The minute in which it came into the index or changed last, UTC; "" where earlier versions have not kept it."""
    earlier: tuple[str, ...] = ()
    """The fingerprints (`Document.fingerprint`) of the texts that it had before, the last first."""

    def fields(self) -> list[tuple[str, str, Passages]]:
        """("title" or "text", text, passages); the title only where it is not part of the text."""
        fields = [("text", self.document.text, self.passages)]
        if self.document.title and self.document.title not in self.document.text:
            fields.insert(0, ("title", self.document.title, self.title_passages))
        return fields


def record(document: Document) -> Record:
    """Analyse a document. Raises DocumentError for one that cannot be indexed."""
    return _record(document, "", document.source)


def of_file(document: Document, file: str) -> Record:
    """As `record`, for a document of the file of this name (see `manifest`): the file is its path and its source."""
    return _record(document, file, _source(document, file))


def of_renamed_file(stored: Stored, old: str, new: str, new_passages: bool = False) -> Record:
    """The record of a document whose file of the name `old` is called `new` now; its id begins with the name."""
    document = stored.document
    source = document.source
    if source == old or (source or "").startswith(old + "/"):
        source = new + (source or "").removeprefix(old)
    document = replace(document, id=new + document.id.removeprefix(old), source=source)
    return reindexed(replace(stored, document=document, file=new), new_passages)


def reindexed(stored: Stored, new_passages: bool = False) -> Record:
    """The record of a document that an index holds already, its terms made anew.

    `new_passages`: the languages of its passages are found anew, too; the document's own language is what it was.
    """
    from searchkit.analysis.analyse import analyse_document

    known = None if new_passages else (stored.passages, stored.title_passages)
    analysed = analyse_document(stored.document, known)
    stored = replace(stored, passages=analysed.passages, title_passages=analysed.title_passages)
    return _made(stored, analysed.fields, analysed.languages)


def person_names(data: bytes) -> Names:
    """The persons' names of the document in these stored bytes."""
    from searchkit.people.recognition import document_names

    line, _, _ = _apart(data)
    if line:
        return document_names.load(line)
    return document_names.document_names(_texts(unpack(data)))  # indexed before names were kept


def capitalised_words(data: bytes) -> str:
    """The capitalised words of the document in these stored bytes (see `people.mentions.capitalised`)."""
    from searchkit.people.mentions import capitalised

    _, line, _ = _apart(data)
    return line[1:-1].decode("utf-8", "surrogatepass") if line else capitalised.ANY


def _texts(stored: Stored) -> list[tuple[str, Passages]]:
    return [(text, passages) for _, text, passages in stored.fields()]


def with_id(record: Record, id: str) -> Record:
    """The record of the same document under another id."""
    stored = unpack(record.stored)
    stored = replace(stored, document=replace(stored.document, id=id))
    content = _json(_content(stored.document))
    packed = b"".join(_apart(record.stored)[:2]) + _packed(content, stored)
    return replace(record, id=id, hash=_hash(content), stored=packed)


def replacing(record: Record, old: bytes) -> Record:
    """The record of a document that takes the place of another one, of these stored bytes: it is found by that one's text as well."""
    before, now = unpack(old), unpack(record.stored)
    text = before.document.fingerprint
    earlier = tuple(one for one in dict.fromkeys((text, *before.earlier)) if one != now.document.fingerprint)[
        :EARLIER_KEPT
    ]
    if not earlier:
        return record
    content = _json(_content(now.document))
    packed = b"".join(_apart(record.stored)[:2]) + _packed(content, replace(now, earlier=earlier))
    fields = _with_columns(TermStreams.of(record.fields), ((EARLIER, text) for text in earlier))
    return replace(record, fields=fields, stored=packed)


def content_hash(document: Document) -> str:
    """The hash of a record of this document."""
    return _hash(_json(_content(document)))


def _record(document: Document, file: str, source: str | None) -> Record:
    from searchkit.analysis.analyse import analyse_document

    _check(document)
    analysed = analyse_document(document)
    language = document.language
    if language is None and analysed.languages:
        language = analysed.languages[0]
    if (source, language) != (document.source, document.language):
        document = replace(document, source=source, language=language)
    stored = Stored(document, analysed.passages, analysed.title_passages, file, added=_now())
    return _made(stored, analysed.fields, analysed.languages)


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M", time.gmtime())


def _made(stored: Stored, fields: TermStreams, languages: tuple[str, ...]) -> Record:
    document = stored.document
    stored = replace(stored, same_text=same_words.key(document.text))
    kept = ((SAME_TEXT, stored.same_text), (ADDED, stored.added), *((EARLIER, text) for text in stored.earlier))
    fields = _with_columns(fields, kept)
    content = _json(_content(document))
    return Record(
        id=document.id,
        hash=_hash(content),
        fields=fields,
        stored=_lines(stored) + _packed(content, stored),
        languages=languages,
        date=document.date or "",
        path=_path(document, stored.file),
        file=stored.file,
    )


def _with_columns(fields: TermStreams, columns: Iterable[tuple[str, str]]) -> TermStreams:
    """The terms with those of columns that are one term, those that are "" left out."""
    pieces = [piece(in_column(column, term), "", "") for column, term in columns if term]
    return TermStreams(joined(filter(None, (fields.text, *pieces))), fields.title)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _source(document: Document, file: str) -> str:
    """The file itself, or what it says of itself; a member of an archive is `file/member`, as its id begins."""
    member = _member(document, file)
    if member:
        return file + member
    return file if document.source is None or os.path.isabs(document.source) else document.source


def _path(document: Document, file: str) -> str:
    """The path that `path:` searches: of a row of a table that says where it is from, `table.csv/where`, as of a member of an archive."""
    if not file:
        return document.source or document.id
    place = file + _member(document, file)
    if document.source not in (None, file, place) and document.id.startswith(f"{place}#"):
        return f"{place}/{document.source}"
    return place


def _member(document: Document, file: str) -> str:
    """ "/folder/name" for a document of a file within `file`, else ""."""
    inner = document.id.removeprefix(file)
    return inner.partition("#")[0] if inner.startswith("/") else ""


def pack(stored: Stored) -> bytes:
    """Stored bytes: a line of JSON with the persons' names, "=" and a line of the capitalised words, then the document as
    JSON, compressed. Earlier versions wrote no lines, and the document plain for some engines.

    The lines stand first and apart, so that persons are counted and looked for without reading the texts.
    """
    return _lines(stored) + _packed(_json(_content(stored.document)), stored)


def _lines(stored: Stored) -> bytes:
    from searchkit.people.mentions import capitalised
    from searchkit.people.recognition import document_names

    texts = _texts(stored)
    words = capitalised.capitalised_words(text for text, _ in texts)
    names = document_names.dump(document_names.document_names(texts))
    return b"%s\n=%s\n" % (names, words.encode("utf-8", "surrogatepass"))


def _apart(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Stored bytes as the line of names, that of words, b"" where there is none, and the document."""
    names = words = b""
    if data.startswith(b"["):
        end = data.index(b"\n") + 1
        names, data = data[:end], data[end:]
    if data.startswith(b"="):
        end = data.index(b"\n") + 1
        words, data = data[:end], data[end:]
    return names, words, data


def _packed(content: bytes, stored: Stored) -> bytes:
    """`content` and what else is stored, as one object."""
    more = {
        "passages": stored.passages,
        "title_passages": stored.title_passages,
        "file": stored.file,
        "same_text": stored.same_text,
        "added": stored.added,
        "earlier": stored.earlier,
    }
    return zlib.compress(content[:-1] + b"," + _json(more)[1:], 1)


def unpack(data: bytes) -> Stored:
    """The reverse of `pack`."""
    data = _apart(data)[2]
    if not data.startswith(b"{"):
        data = zlib.decompress(data)
    content = json.loads(data.decode("utf-8", "surrogatepass"))
    passages = [(start, end, code) for start, end, code in content.pop("passages")]
    title_passages = [(start, end, code) for start, end, code in content.pop("title_passages")]
    file = content.pop("file")
    same_text, added = content.pop("same_text", ""), content.pop("added", "")
    earlier = tuple(content.pop("earlier", ()))
    return Stored(Document(**content), passages, title_passages, file, same_text, added, earlier)


def _content(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "language": document.language,
        "date": document.date,
        "source": document.source,
        "metadata": dict(document.metadata),
    }


def _json(value: Any) -> bytes:
    return _ENCODE(value).encode("utf-8", "surrogatepass")


def _check(document: Document) -> None:
    if not isinstance(document.id, str) or not document.id:
        raise DocumentError("A document needs an id: give each a text of its own that is not empty.")
    for name in ("text", "title"):
        if not isinstance(getattr(document, name), str):
            raise DocumentError(f"The {name} of document {document.id!r} is not text: give a str.")
    if document.date is not None and not _ISO_DATE.fullmatch(document.date):
        raise DocumentError(
            f"The date {document.date!r} of document {document.id!r} is not like 2025, 2025-06 or 2025-06-25."
        )
