"""JSON Lines."""

import io
import json

import pytest

from searchkit.documents.readers import formats, jsonl
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure


def read(content, encoding="utf-8"):
    return list(jsonl.read(io.BytesIO(content.encode(encoding)), "a.jsonl", "id"))


def test_all_columns():
    record = {
        "id": "n-1",
        "title": "Жаңа  кітап",
        "text": "Бірінші жол\r\nекінші\0",
        "language": "KK",
        "date": "5 марта 2024 года",
        "source": "https://example.org/1",
        "topic": ["books", "news"],
        "pages": 3,
        "empty": "",
    }
    (document,) = read(json.dumps(record, ensure_ascii=False))
    assert document.id == "id#n-1"
    assert document.title == "Жаңа кітап"
    assert document.text == "Бірінші жол\nекінші\n\ndate: 5 марта 2024 года\ntopic: books, news\npages: 3"
    assert document.language == "kk"
    assert document.date == "2024-03-05"
    assert document.source == "https://example.org/1"
    assert document.metadata == {"format": "jsonl", "line": 1, "topic": ["books", "news"], "pages": 3}


def test_what_a_record_leaves_out():
    (document,) = read('\n{"text": "Тақырып\\n\\n2026 жылғы 21 қаңтар\\n\\nМәтін"}\n')
    assert document.id == "id#2"
    assert document.title == "Тақырып"
    assert document.date == "2026-01-21"
    assert document.language is None
    assert document.source == "a.jsonl"


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("kaz", "kk"),
        ("kk-Cyrl", "kk"),
        ("uz_Latn", "uz"),
        ("en", "en"),
        ("English", "en"),
        ("Klingon", None),
        ("", None),
        (7, None),
    ],
)
def test_language(language, code):
    assert read(json.dumps({"text": "x", "language": language}))[0].language == code


def test_a_date_that_cannot_be_read_is_kept_as_it_is():
    (document,) = read('{"text": "x", "date": "some day in spring"}')
    assert document.date is None
    assert document.metadata["date"] == "some day in spring"


def test_numbers_as_ids_and_dates():
    (document,) = read('{"id": 12, "text": "x", "date": 2024}')
    assert (document.id, document.date) == ("id#12", "2024")


def test_a_title_without_text_is_a_document():
    assert read('{"title": "A catalogue entry"}')[0].text == ""


def test_broken_lines_cost_themselves_alone():
    lines = [
        '{"text": "one"}',
        "{broken",
        '["list"]',
        '{"id": 3}',
        '{"text": null}',
        "",
        "[" * 100_000,
        '{"text": "two"}',
    ]
    results = read("\n".join(lines))
    assert [result.text for result in results if not isinstance(result, Failure)] == ["one", "two"]
    failures = [result for result in results if isinstance(result, Failure)]
    assert [failure.reason.split(" ")[:2] for failure in failures] == [["line", number] for number in "23457"]
    assert {failure.path for failure in failures} == {"a.jsonl"}
    assert failures[0].reason.startswith("line 2 is not JSON: Expecting property name")
    assert failures[-1].reason.startswith("line 7 is not JSON: nested too deep")


def test_tabs_within_strings():
    assert read('{"text": "one\ttwo"}')[0].text == "one\ttwo"


# Ids that come more than once: the records that must be kept, and under which id, in order.
REPEATED = [
    (["a", "b", "a", "a"], ["a", "b", "a~2", "a~3"]),
    (["a", "a", "a~2", "a"], ["a", "a~2", "a~2~2", "a~3"]),  # a made id that a later record has for its own
    (["2", None], ["2", "2~2"]),  # a record without an id goes by its line
    ([1, "1"], ["1", "1~2"]),
    (["a"] * 12, ["a", *(f"a~{number}" for number in range(2, 13))]),
]


@pytest.mark.parametrize(("ids", "kept"), REPEATED)
def test_records_of_one_id_are_kept_apart(ids, kept):
    results = read(
        "\n".join(json.dumps({"text": f"text {n}"} | ({"id": id} if id else {})) for n, id in enumerate(ids))
    )
    *documents, notice = results
    assert [document.id for document in documents] == [f"id#{id}" for id in kept]
    assert [document.text for document in documents] == [f"text {n}" for n in range(len(ids))]
    changed = sum(str(id) != new for id, new in zip(ids, kept, strict=True) if id)
    assert notice.text.startswith(f"holds rows with the ids of other rows or files, {changed} in all") or None in ids


def test_many_distinct_ids_stay_as_they_are():
    ids = [f"row {number}" for number in range(5000)]
    results = read("\n".join(json.dumps({"text": "x", "id": id}) for id in ids))
    assert [document.id for document in results] == [f"id#{id}" for id in ids]


def test_a_record_named_as_a_file_beside_it_is(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": "x", "id": id}) for id in ("n.txt", "d/n.txt", "m.txt")))
    (tmp_path / "a.jsonl#n.txt").touch()
    (tmp_path / "a.jsonl#d").mkdir()
    (tmp_path / "a.jsonl#d" / "n.txt").touch()
    *documents, notice = formats.read(str(path), "in/a.jsonl")
    ids = [document.id for document in documents]
    assert ids == ["in/a.jsonl#n.txt~2", "in/a.jsonl#d/n.txt~2", "in/a.jsonl#m.txt"]
    assert ", 2 in all:" in notice.text


@pytest.mark.parametrize("field", ["id", "text", "title", "language", "note"])
def test_half_a_character_costs_itself(field):
    record = {"id": "1", "text": "text", "title": "Title", field: "a\ud800b"}
    content = json.dumps(record) + '\n{"text": "fine"}'
    results = list(formats.read_open(io.BytesIO(content.encode()), "a.jsonl", "id"))
    documents = [result for result in results if isinstance(result, Document)]
    assert len(documents) == 2
    json.dumps([vars(document) | {"metadata": None} for document in documents], ensure_ascii=False).encode("utf-8")
    if field != "language":  # of which nothing is left
        assert "\ufffd" in f"{documents[0]}"


def test_blank_lines_alone():
    with pytest.raises(DocumentError, match="holds no records"):
        read("\n\n\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_encodings(encoding):
    results = read('{"text": "Ұлттық кітапхана"}\n{"text": "Ғылым ордасы"}\n', encoding)
    assert [document.text for document in results] == ["Ұлттық кітапхана", "Ғылым ордасы"]


def test_line_separators_of_unicode_end_no_line():
    assert read('{"text": "one\u2028two\x85three"}')[0].text == "one\u2028two\x85three"


class Endless(io.RawIOBase):
    """A file of ever more records, of which only what is asked for is made."""

    LINE = b'{"text": "a record among many"}\n'
    SIZE = 10**12

    def __init__(self):
        self.position = 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        self.position = offset
        return offset

    def readinto(self, buffer):
        # Looking through the whole file for its encoding is cut short here; reading records is not.
        if self.position > 1 << 20:
            return 0
        data = (self.LINE * (len(buffer) // len(self.LINE) + 2))[self.position % len(self.LINE) :][: len(buffer)]
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)


def test_records_come_before_the_file_is_read_to_its_end():
    stream = Endless()
    documents = jsonl.read(io.BufferedReader(stream), "a.jsonl", "id")
    assert next(documents).id == "id#1"
    assert next(documents).id == "id#2"
    assert stream.position < 1 << 18  # looked through once, then from the beginning again
