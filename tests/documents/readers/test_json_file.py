"""JSON files: which documents they are."""

import io
import json

import pytest

from searchkit.documents.readers import json_file
from searchkit.errors import DocumentError
from searchkit.model import Document


def read(content):
    data = content.encode() if isinstance(content, str) else content
    return list(json_file.read(io.BytesIO(data), "a.json", "a.json"))


# (content, the ids and texts of its documents)
CONTENTS = [
    # an object is a document
    ('{"title": "A well", "text": "A story."}', {"a.json": "A story."}),
    ('{"name": "Well", "depth": 12}', {"a.json": "name: Well\ndepth: 12"}),
    # so is each object of a list
    ('[{"text": "One."}, {"id": "x", "text": "Two."}]', {"a.json#1": "One.", "a.json#x": "Two."}),
    ('[\n{"text": "One."},\n{"text": "Two."}\n]\n', {"a.json#1": "One.", "a.json#2": "Two."}),
    # as programs export them
    ('{"total": 2, "items": [{"text": "One."}, {"text": "Two."}]}', {"a.json#1": "One.", "a.json#2": "Two."}),
    # a list that is part of a document
    (
        '{"text": "A long story.", "persons": [{"name": "Asel"}, {"name": "Ivan"}]}',
        {"a.json": "A long story.\n\npersons: name Asel, name Ivan"},
    ),
    # JSON Lines under another name
    ('{"text": "One."}\n{"text": "Two."}\n', {"a.json#1": "One.", "a.json#2": "Two."}),
    # neither object nor list of objects
    ('["One.", "Two."]', {"a.json": "One.\n\nTwo."}),
    ('"One."', {"a.json": "One."}),
    # other encodings
    ('{"text": "Қазақ"}'.encode("utf-16"), {"a.json": "Қазақ"}),
    ('{"text": "Русский текст о степи"}'.encode("cp1251"), {"a.json": "Русский текст о степи"}),
]


@pytest.mark.parametrize(("content", "expected"), CONTENTS)
def test_documents(content, expected):
    assert {document.id: document.text for document in read(content)} == expected


def test_what_stands_before_a_mistake_is_read():
    document, failure = read('[{"text": "One."}, {"text": "Two}]')
    assert (document.text, document.metadata["format"]) == ("One.", "json")
    assert failure.reason.startswith("its record 2 is not JSON: Unterminated string")
    assert isinstance(read('[{"text": "One."}, {"number": null}, {"text": "Three."}]')[2], Document)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "One.', "is not JSON: Unterminated string at line 1"),
        ("text", "is not JSON"),
        ("{}", "holds no text"),
        ("[]", "holds no text"),
        ("[" * 100_000, "is not JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is not text"),
    ],
)
def test_what_cannot_be_read(content, reason):
    with pytest.raises(DocumentError, match=reason):
        read(content)


def test_a_file_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(json_file, "LARGEST", 1 << 20)
    with pytest.raises(DocumentError, match="is larger than 1 MB"):
        read(json.dumps({"text": "a" * (1 << 20)}))
