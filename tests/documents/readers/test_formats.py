"""The table of formats, and what a file must be to be read at all."""

# Tests as well, in searchkit/: documents/readers: distinct_ids djvu rows spreadsheet subtitles

import os

import pytest

from searchkit.documents.readers.formats import FORMATS, read, unsupported
from searchkit.errors import DocumentError
from searchkit.model import Document

from ..samples import make_pdf


def test_every_format_is_read(tmp_path):
    import docx

    word = docx.Document()
    word.add_paragraph("a memorandum")
    word.save(tmp_path / "a.docx")
    make_pdf(tmp_path / "a.pdf", [["a memorandum"]])
    contents = {
        ".txt": "a memorandum",
        ".md": "a memorandum",
        ".html": "<html><body><p>a memorandum</p></body></html>",
        ".htm": "<p>a memorandum</p>",
        ".jsonl": '{"text": "a memorandum"}',
        ".ndjson": '{"text": "a memorandum"}',
        ".json": '{"text": "a memorandum"}',
        ".csv": "text\na memorandum",
        ".tsv": "text\tnumber\na memorandum\t",
    }
    for ending, content in contents.items():
        (tmp_path / f"a{ending}").write_text(content, encoding="utf-8")
    tested = "alto djv djvu doc docm dot dotm dotx eml epub fb2 iso marc mbox mrc msg 7z ods odp odt ott pps ppsx ppt pptm pptx"
    tested += " rar rtf srt vtt xhtml xls xlsm xlsx xml zip jpeg jpg png tif tiff"  # elsewhere, each as what it is
    assert {*contents, ".docx", ".pdf", *(f".{name}" for name in tested.split())} == set(FORMATS)
    for ending in (*contents, ".docx", ".pdf"):
        path = str(tmp_path / f"a{ending}")
        (document,) = read(path)
        assert isinstance(document, Document)
        assert document.text == "a memorandum", ending
        assert document.source == path
        assert document.metadata["format"] == {"htm": "html", "ndjson": "jsonl", "tsv": "csv"}.get(
            ending[1:], ending[1:]
        )
        assert document.id.startswith(path)


def test_the_id_is_the_callers(tmp_path):
    (tmp_path / "a.TXT").write_text("text")
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n{"id": 7, "text": "y"}')
    assert [document.id for document in read(str(tmp_path / "a.TXT"), "my id")] == ["my id"]
    assert [document.id for document in read(str(tmp_path / "a.jsonl"), "my id")] == ["my id#1", "my id#7"]


@pytest.mark.parametrize("ending", [ending for ending, form in FORMATS.items() if not form.by_ocr])
def test_an_empty_file(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.touch()
    with pytest.raises(DocumentError, match="^is empty$"):
        list(read(str(path)))


@pytest.mark.parametrize("ending", FORMATS)
def test_random_bytes_are_refused_in_one_sentence(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"\x8a\0\x01\xff\xfe\x07\x9c\x13" * 500)
    with pytest.raises(DocumentError) as caught:
        list(read(str(path)))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DocumentError, match="does not exist"):
        list(read(str(tmp_path / "a.txt")))


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("text")

    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DocumentError, match="no permission"):
        list(read(str(tmp_path / "a.txt")))


def test_a_name_with_nul():
    with pytest.raises(DocumentError, match="cannot be opened"):
        list(read("a\0b.txt"))


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("report.PAGES", "save it as .docx"),
        ("sheet.numbers", "save it as .csv"),
        ("scan.tiff", "searchkit index --ocr"),
        ("backup.tar.gz", "unpack"),
        ("sums.numbers", "csv"),
        ("README", "no extension"),
        ("program.exe", "save it as .txt"),
    ],
)
def test_unsupported_formats_come_with_advice(path, advice):
    reason = unsupported(path)
    assert advice in reason
    with pytest.raises(DocumentError, match="is not read|rename"):
        list(read(path))


def test_upper_case_endings_are_supported():
    assert unsupported("REPORT.PDF") is None
