"""Office files as LibreOffice writes them (`tests/make_samples.py` has their words): odf, doc, rtf, pptx, ppt."""

# Tests as well, in searchkit/: documents/readers: doc odf ole_properties ppt pptx rtf zip_package

import io
import zipfile
from pathlib import Path

import pytest

from searchkit.documents.readers import formats
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document

FILES = Path(__file__).parent.parent / "files"


def documents(name, data=None):
    path = FILES / name
    file = io.BytesIO(path.read_bytes() if data is None else data)
    return [item for item in formats.read_open(file, str(path), name) if isinstance(item, Document)]


def needs(name):
    if name.endswith(".doc"):
        pytest.importorskip("legacy_doc", reason="legacy-doc wants Python 3.11")


@pytest.mark.parametrize("name", ["letter.odt", "letter.doc", "letter.rtf"])
def test_texts(name):
    needs(name)
    (document,) = documents(name)
    for words in ["Меморандум музеев\n", "Қолжазбалар қорға тапсырылды", "Ғалия Әбенова", "Oʻzbekiston tarixi", "204"]:
        assert words in document.text
    assert document.date == "2019-05-14"
    assert document.metadata["format"] == name[-3:]


def test_title_and_cells():
    (document,) = documents("letter.odt")
    assert document.title == "Меморандум музеев"
    assert "Опись\t17\n" in document.text


@pytest.mark.parametrize("name", ["slides.odp", "slides.pptx"])
def test_slides_are_pages(name):
    (document,) = documents(name)
    first, second = document.text.split("\f")
    assert first.split("\n") == ["Сирек қорлар көрмесі", "Меморандумның мақсаты"]
    assert second == "Рукописи и карты"
    assert document.metadata["pages"] == 2


def test_old_slides_in_an_archive():
    (document,) = documents("slides.zip")
    assert document.id == "slides.zip/slides.ppt"
    assert document.text == "Сирек қорлар көрмесі\nМеморандумның мақсаты\nРукописи и карты"
    assert document.title == "Сирек қорлар көрмесі"


@pytest.mark.parametrize("name", ["letter.odt", "letter.doc", "letter.rtf", "slides.odp", "slides.pptx", "book.djvu"])
def test_what_only_pretends_to_be_of_the_format(name):
    needs(name)
    with pytest.raises(DocumentError):
        documents(name, b"memorandum " * 100)
    with pytest.raises(DocumentError, match="is empty"):
        documents(name, b"")


@pytest.mark.parametrize("name", ["letter.odt", "letter.doc", "slides.odp", "slides.pptx", "book.djvu"])
def test_cut_files(name):
    needs(name)
    whole = (FILES / name).read_bytes()
    with pytest.raises(DocumentError):
        documents(name, whole[: len(whole) // 2])


@pytest.mark.parametrize("name", ["letter.odt", "slides.odp"])
def test_encrypted(name):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("content.xml", "<office/>")
        package.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    with pytest.raises(DocumentError, match="is encrypted"):
        documents(name, data.getvalue())


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><office><p>before &b; after</p></office>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("content.xml", bomb)
    (document,) = documents("letter.odt", data.getvalue())
    assert "xx" not in document.text


def test_rich_text_under_the_name_of_word():
    data = (FILES / "letter.rtf").read_bytes()
    (document,) = documents("letter.doc", data)
    assert document.metadata["format"] == "rtf"


def test_a_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "legacy_doc", None)
    with pytest.raises(MissingReaderError, match=r"pip install 'searchkit\[formats\]'"):
        documents("letter.doc")


def test_djvu():
    pytest.importorskip("djvu_rs")
    (document,) = documents("book.djvu")
    assert document.text == "Летопись Семиречья, том второй"
    assert document.metadata["pages"] == 1


def rtf(body):
    return b"{\\rtf1\\ansi\\ansicpg1251 " + body + b"}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"\'ec\'e5\'ec\'ee\par", "мемо\n"),  # bytes of the code page
        (rb"\u1179?\u1201? ", "құ"),  # Unicode, with what old readers show instead
        (rb"one\cell two\cell\row", "one\ttwo\t\n"),
        (rb"a{\*\generator x;}b", "ab"),
    ],
)
def test_rich_text(body, text):
    (document,) = documents("letter.rtf", rtf(body))
    assert document.text.strip(" ") == text
