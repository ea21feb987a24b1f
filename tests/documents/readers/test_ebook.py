"""EPUB and FictionBook."""

import io
import zipfile

import pytest

from searchkit.documents.readers import formats
from searchkit.errors import DocumentError
from searchkit.model import Document

CONTAINER = '<container xmlns="urn:x"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
BOOK = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>Дала жазбалары</dc:title><dc:creator>Сәуле Ерғалиева</dc:creator><dc:date>2011-04-02</dc:date></metadata>
<manifest><item id="b" href="two%20b.xhtml"/><item id="a" href="one.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
FICTION = """<?xml version="1.0" encoding="windows-1251"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">
<description><title-info><author><first-name>Лидия</first-name><last-name>Орлова</last-name></author>
<book-title>Письма из степи</book-title><date value="1912-01-01">1912</date></title-info></description>
<body><section><title><p>Глава первая</p></title><p>Мы выехали на <emphasis>рассвете</emphasis>.</p></section></body>
<body name="notes"><section><p>Примечание.</p></section></body><binary id="x">AAAA</binary></FictionBook>"""


def read(name, data):
    return [item for item in formats.read_open(io.BytesIO(data), name, name) if isinstance(item, Document)]


def epub(**more):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        parts = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": BOOK}
        parts["OPS/one.xhtml"] = "<html><body><p>Бірінші тарау</p></body></html>"
        parts["OPS/two b.xhtml"] = "<html><body><h1>Екінші</h1><p>тарау</p></body></html>"
        for part, content in {**parts, **more}.items():
            package.writestr(part, content)
    return data.getvalue()


def test_epub_in_the_order_of_its_spine():
    (document,) = read("a.epub", epub())
    assert document.text == "Бірінші тарау\fЕкінші\nтарау"
    assert (document.title, document.date) == ("Дала жазбалары", "2011-04-02")
    assert document.metadata == {"format": "epub", "pages": 2, "author": "Сәуле Ерғалиева"}


def test_epub_that_is_protected():
    with pytest.raises(DocumentError, match="protected against copying"):
        read("a.epub", epub(**{"META-INF/rights.xml": "<rights/>"}))


def test_fiction_book():
    (document,) = read("a.fb2", FICTION.encode("cp1251"))
    assert document.text == "Глава первая\nМы выехали на рассвете.\nПримечание."
    assert (document.title, document.date) == ("Письма из степи", "1912-01-01")
    assert document.metadata["author"] == "Лидия Орлова"


def test_fiction_book_in_its_archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("letters.fb2", FICTION.encode("cp1251"))
    (document,) = read("letters.fb2.zip", data.getvalue())
    assert document.id == "letters.fb2.zip/letters.fb2"


@pytest.mark.parametrize("name", ["a.epub", "a.fb2"])
def test_no_book(name):
    with pytest.raises(DocumentError):
        read(name, b"<html>memorandum</html>")
