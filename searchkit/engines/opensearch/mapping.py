"""What a document looks like in the cluster, and how the cluster is told to keep it.

The terms of a word stand at one position: they are sent joined by a separator, words with blanks between, and a filter of
the cluster takes them apart. A scripted similarity makes the score of a term its boost times how often it stands in the
document; `score_queries` makes the formula of that. Lengths of fields are numbers of the document.

The key of a document is the hash of its id, so that no id can be there twice. Lucene takes no term of more than 32,766 bytes:
longer terms, ids, hashes and files are kept by their beginning and their hash, and the last three in full beside that.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from searchkit.engines import filter_meaning
from searchkit.engines.base import Record
from searchkit.terms import wire
from searchkit.terms.fields import FIELDS, TEXT_FIELDS, TITLE_FIELDS
from searchkit.terms.wire import MARKS

KINDS = {"text": TEXT_FIELDS, "title": TITLE_FIELDS}
KIND_OF = {field: kind for kind, fields in KINDS.items() for field in fields}
"""The field of the cluster that holds the terms of each of ours."""
SEPARATOR = "\x1f"
HOLE = "-"
"""Stands where a word has no terms; terms begin with a letter."""
LONGEST = 8_000
"""Code points of a term, an id or a name of a file that are kept as they are."""
CUT = "\ue000cut\ue000"
WINDOW = 1_000_000
"""How many matches can be paged through in order of score."""
FORMAT = 1

_SURROGATES = str.maketrans({code: "\ud7ff" + chr(code - 0xD700) for code in range(0xD7FF, 0xE000)})


def index_body(shards: int, replicas: int) -> dict[str, Any]:
    """The settings and the mapping of a new index of documents."""
    text = {
        "type": "text",
        "analyzer": "stacked",
        "norms": False,
        "similarity": "occurrences",
        "index_options": "positions",
    }
    keyword = {"type": "keyword"}
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",  # a batch is seen when it is whole
            "max_result_window": WINDOW,
            "codec": "best_compression",
            "translog.durability": "request",
            "similarity": {
                "occurrences": {
                    "type": "scripted",
                    "weight_script": {"source": "return query.boost;"},
                    "script": {"source": "return weight * doc.freq;"},
                }
            },
            "analysis": {
                "tokenizer": {
                    "blanks": {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 1_000_000}
                },
                "filter": {
                    "apart": {
                        "type": "pattern_capture",
                        "preserve_original": False,
                        "patterns": [f"([^{SEPARATOR}]+)"],
                    },
                    "holes": {"type": "stop", "stopwords": [HOLE]},
                },
                "analyzer": {"stacked": {"type": "custom", "tokenizer": "blanks", "filter": ["apart", "holes"]}},
            },
        },
        "mappings": {
            "_meta": {"searchkit_format": FORMAT},
            "dynamic": "strict",
            "_source": {"enabled": False},
            "properties": {
                "id": keyword,
                "hash": {"type": "keyword", "index": False},
                "file": {"type": "keyword", "index": False},
                "long": {"type": "binary", "store": True},
                "stored": {"type": "binary", "store": True},
                **dict.fromkeys(("language", "path", "type", "folder"), keyword),
                **{name: {"type": "integer"} for name in ("first_day", "last_day")},
                **dict.fromkeys(KINDS, text),
                **{f"length_{field}": {"type": "integer", "index": False} for field in FIELDS},
            },
        },
    }


def document(record: Record) -> dict[str, Any]:
    """The record as the cluster takes it."""
    first, last = filter_meaning.period(record.date)
    made: dict[str, Any] = {
        "id": cut(record.id),
        "hash": cut(record.hash),
        "file": cut(record.file),
        "stored": _binary(record.stored),
        "language": [cut(code) for code in record.languages],
        "path": cut(filter_meaning.folded(record.path)),
    }
    if any(CUT in made[name] for name in ("id", "hash", "file")):
        made["long"] = _binary(json.dumps([record.id, record.hash, record.file]).encode("ascii"))
    if first:
        made |= {"first_day": first, "last_day": last}
    for name, value in (
        ("type", filter_meaning.type_of(record.file)),
        ("folder", filter_meaning.folder_of(record.file)),
    ):
        if value:
            made[name] = cut(value)
    streams = wire.TermStreams.of(record.fields)
    for kind, stream in (("text", streams.text), ("title", streams.title)):
        made |= _terms(kind, stream)
    return made


def _terms(kind: str, stream: str) -> dict[str, Any]:
    """The terms of a field of the cluster, and how many each of our fields has."""
    terms = wire.split(stream)
    rows = [terms[place::3] for place in range(3)]
    made: dict[str, Any] = {
        f"length_{field}": sum(len(term) > 1 for term in row) for field, row in zip(KINDS[kind], rows, strict=True)
    }
    words = (SEPARATOR.join(_cut(term) for term in word if len(term) > 1) for word in zip(*rows, strict=True))
    if text := " ".join(word or HOLE for word in words):
        made[kind] = text
    return made


def long_row(value: Any) -> tuple[str, str, str]:
    """The id, hash and file of a document's field `long`."""
    id, hash, file = json.loads(base64.b64decode(value))
    return id, hash, file


def term(field: str, text: str) -> str:
    """The term of a field as it stands in the cluster's field of its kind."""
    return _cut(MARKS[field] + wire.escaped(text))


def text_of(term: str) -> str:
    """The reverse of `term`; of a very long one, the beginning."""
    return wire.unescaped(term[1:].partition(CUT)[0])


def stacked(terms: Iterable[str]) -> str:
    """The terms of one position, as the cluster's analyser takes them apart."""
    return SEPARATOR.join(terms) or HOLE


def key_of(id: str) -> str:
    """The key of a document in the cluster."""
    return blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def cut(text: str) -> str:
    """A text as it is kept in a keyword: without surrogates, in the same order; a long one by its beginning and its key."""
    written = escaped(text)
    return written if len(written) <= LONGEST else written[:LONGEST] + CUT + key_of(text)


def escaped(text: str) -> str:
    """Without surrogates, which are no UTF-8; in the same order, with the same beginnings."""
    return text if text.isascii() else text.translate(_SURROGATES)


def unescaped(text: str) -> str:
    """The reverse of `escaped`."""
    if "\ud7ff" not in text:
        return text
    first, *others = text.split("\ud7ff")
    return first + "".join(chr(ord(part[0]) + 0xD700) + part[1:] for part in others)


def _cut(term: str) -> str:
    return term if len(term) <= LONGEST else term[:LONGEST] + CUT + key_of(term)


def _binary(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
