"""Documents as records, and back."""

from __future__ import annotations

import json
import zlib

import pytest

from searchkit.collection import records
from searchkit.errors import DocumentError
from searchkit.model import Document

DOCUMENT = Document(
    "1",
    "Құтадғу білік — кітап. The end of the book \ud800.",
    "Кітап",
    date="2025-06",
    metadata={"pages": 3, "tags": ["a", "ә"]},
)


def test_what_is_stored_comes_back() -> None:
    record = records.of_file(DOCUMENT, "books/1.txt")
    stored = records.unpack(record.stored)
    assert (stored.document.id, stored.document.text, stored.document.title) == ("1", DOCUMENT.text, DOCUMENT.title)
    assert (stored.document.language, stored.document.source, stored.file) == ("en", "books/1.txt", "books/1.txt")
    assert stored.document.metadata == DOCUMENT.metadata
    assert [code for _, _, code in stored.passages] == ["kk", "en"]
    assert [code for _, _, code in stored.title_passages] == ["kk"]
    assert (record.path, record.date, record.languages) == ("books/1.txt", "2025-06", ("en", "kk"))


def test_what_is_stored_plain_and_without_names_is_read_too() -> None:
    stored = records.of_file(DOCUMENT, "1.txt").stored
    plain = zlib.decompress(stored.split(b"\n", 2)[2])
    assert json.loads(plain.decode("utf-8", "surrogatepass"))["file"] == "1.txt"
    assert records.unpack(plain) == records.unpack(stored)
    assert records.person_names(plain) == records.person_names(stored)
    assert records.pack(records.unpack(plain)) == stored


def test_the_hash_is_that_of_the_content() -> None:
    first, second = records.record(DOCUMENT), records.record(Document("1", DOCUMENT.text + "."))
    assert first.hash != second.hash
    assert first.hash == records.record(DOCUMENT).hash


def test_made_again_from_what_is_stored() -> None:
    record = records.of_file(DOCUMENT, "1.txt")
    assert records.reindexed(records.unpack(record.stored)) == record


@pytest.mark.parametrize(
    "document",
    [Document("", "text"), Document("1", None), Document("1", "text", date="2025-13")],  # type: ignore[arg-type]
)
def test_what_cannot_be_indexed(document: Document) -> None:
    with pytest.raises(DocumentError):
        records.record(document)


@pytest.mark.parametrize("letter", "aаә0ʻ")
def test_a_word_of_very_many_letters_takes_time_in_proportion(letter):
    """With work in the square of its length, this would not end in an hour."""
    assert records.record(Document("long", letter * 100_000 + " tulips")).id == "long"
