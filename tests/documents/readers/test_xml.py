"""XML, ALTO, subtitles."""

import io

import pytest

from searchkit.documents.readers import formats
from searchkit.errors import DocumentError

ALTO = """<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>
<Page><TextLine><String CONTENT="Қазақ"/><SP/><String CONTENT="газеті"/></TextLine>
<TextLine><String CONTENT="мемо"/><HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="рандум"/></TextLine></Page>
<Page><TextLine><String CONTENT="1924"/></TextLine></Page></Layout></alto>"""


def read(name, text):
    data = text if isinstance(text, bytes) else text.encode()
    (document,) = formats.read_open(io.BytesIO(data), name, name)
    return document


def test_alto():
    document = read("a.xml", ALTO)
    assert document.text == "Қазақ газеті\nмемо-\nрандум\f1924"
    assert document.metadata["format"] == "alto"
    assert document.page_at(len(document.text)) == 2


def test_elements_are_lines():
    document = read(
        "a.xml", "<ead><titleproper>Қор 17</titleproper><c><unitid>1</unitid><p>Дело <b>о школе</b>, 1911</p></c></ead>"
    )
    assert document.text == "Қор 17\n1\nДело о школе, 1911"
    assert document.title == "Қор 17"


def test_declared_encoding():
    text = '<?xml version="1.0" encoding="windows-1251"?><a>Опись дел</a>'
    assert read("a.xml", text.encode("cp1251")).text == "Опись дел"


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    text = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "yyyy">]><a>text &x; &y; end</a>'
    document = read("a.xml", text)
    assert "secret" not in document.text
    assert "yyyy" not in document.text
    assert "end" in document.text


def test_pages_under_other_endings():
    page = (
        '<?xml version="1.0"?><!DOCTYPE html><html><head><title>Бет</title></head><body><p>Мәтін бар.</p></body></html>'
    )
    assert "Мәтін бар." in read("a.xhtml", page).text
    assert "Мәтін бар." in read("a.xml", page).text


def test_no_xml():
    with pytest.raises(DocumentError, match="is not XML"):
        read("a.xml", "memorandum")


def test_subtitles():
    text = "1\n00:00:01,000 --> 00:00:04,000\n<i>Сәлем!</i>\n\n2\n00:00:05,000 --> 00:00:06,500\nҚош\nболыңыз.\n"
    assert read("a.srt", text).text == "Сәлем!\n\nҚош\nболыңыз."
    assert read("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nSalom\n").text == "Salom"
    with pytest.raises(DocumentError, match="holds no subtitles"):
        read("a.srt", "memorandum")
