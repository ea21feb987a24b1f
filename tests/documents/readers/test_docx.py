"""Word documents."""

import datetime
import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from searchkit.documents.readers import docx as reader
from searchkit.errors import DocumentError

from ..samples import make_zip_bomb


def read(word):
    stream = io.BytesIO()
    word.save(stream)
    stream.seek(0)
    (document,) = reader.read(stream, "a.docx", "id")
    return document


@pytest.fixture
def word():
    return docx.Document()


def test_paragraphs_and_tables_in_order(word):
    word.add_paragraph("Бірінші абзац")
    table = word.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "inner"
    word.add_paragraph("After\tthe table\nnew line")
    lines = read(word).text.split("\n")
    assert lines[:2] == ["Бірінші абзац", "cell 0\tcell 1"]
    assert lines[2].startswith("cell 2\tcell 3")
    assert lines[2].count("inner") == 1
    assert lines[3:] == ["After\tthe table", "new line"]


def test_text_that_python_docx_leaves_out(word):
    run = "<w:r><w:t>{}</w:t></w:r>"
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}>{run.format('kept ')}<w:ins>{run.format('inserted ')}</w:ins>"
            f"<w:del><w:r><w:delText>deleted </w:delText></w:r></w:del>"
            f"<w:sdt><w:sdtContent>{run.format('controlled')}</w:sdtContent></w:sdt></w:p>"
        ),
    )
    word.element.body.insert(
        1, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run.format('block')}</w:p></w:sdtContent></w:sdt>")
    )
    assert read(word).text == "kept inserted controlled\nblock"


def test_text_boxes_come_once(word):
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent>"
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')} {mc}><w:r><w:t>beside</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert read(word).text == "beside\nin a box"


def test_headers_come_last_and_once(word):
    word.add_paragraph("The body")
    for section in (word.sections[0], word.add_section()):
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "The library's letterhead"
    text = read(word).text
    assert text.startswith("The body\n")
    assert text.endswith("\nThe library's letterhead")
    assert text.count("letterhead") == 1


def test_footnotes(word, tmp_path):
    word.add_paragraph("The body")
    word.save(tmp_path / "a.docx")
    namespace = nsdecls("w")
    notes = (
        f"<w:footnotes {namespace}><w:footnote><w:p><w:r><w:t>Абай, 1 том</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    relation = (
        '<Relationship Id="rId99" Target="footnotes.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    kind = (
        '<Override PartName="/word/footnotes.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("latin-1")
            if name == "word/_rels/document.xml.rels":
                content = content.replace("</Relationships>", relation)
            if name == "[Content_Types].xml":
                content = content.replace("</Types>", kind)
            new.writestr(name, content.encode("latin-1"))
        new.writestr("word/footnotes.xml", notes)
    (document,) = reader.read(out, "a.docx", "id")
    assert document.text == "The body\nАбай, 1 том"


def test_properties(word):
    word.core_properties.title = "Жылдық есеп"
    word.core_properties.author = "Ғазиза"
    word.core_properties.created = datetime.datetime(2024, 3, 5, 12)
    word.add_paragraph("Text")
    document = read(word)
    assert (document.title, document.date) == ("Жылдық есеп", None)
    assert document.metadata == {"format": "docx", "author": "Ғазиза", "file_date": "2024-03-05"}


def test_a_date_in_the_text_comes_before_that_of_the_file(word):
    word.core_properties.created = datetime.datetime(2024, 3, 5)
    word.add_paragraph("2023 жылғы 21 қаңтар")
    assert read(word).date == "2023-01-21"


def test_the_date_of_the_template_is_not_the_documents(word):
    word.add_paragraph("Text")
    assert read(word).date is None


def test_title_by_style(word):
    word.add_paragraph("Letterhead of the library")
    word.add_heading("A part", level=1)
    assert read(word).title == "A part"
    word.add_paragraph("The title", style="Title")
    assert read(word).title == "The title"


def test_title_without_styles(word):
    word.add_paragraph("Memorandum of the libraries")
    word.add_paragraph("It was signed by both, and copies were kept.")
    assert read(word).title == "Memorandum of the libraries"


def test_no_text(word):
    with pytest.raises(DocumentError, match="holds no text"):
        read(word)


def test_zip_bomb(tmp_path):
    with open(make_zip_bomb(tmp_path / "bomb.docx"), "rb") as file, pytest.raises(DocumentError, match="zip bomb"):
        list(reader.read(file, "bomb.docx", "id"))


def test_entities_are_not_expanded(word, tmp_path):
    word.add_paragraph("PLACE")
    word.save(tmp_path / "a.docx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"PLACE", b"&b;").split(b"?>", 1)[1]
                content = b'<!DOCTYPE x [<!ENTITY a "bomb"><!ENTITY b "&a;&a;">]>' + content
            new.writestr(name, content)
    with pytest.raises(DocumentError, match="holds no text"):
        list(reader.read(out, "a.docx", "id"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"hello, I am no archive", "is not a Word file or is damaged"),
        (b"PK\x03\x04 cut off", "is not a Word file or is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old office file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    ],
)
def test_what_is_no_word_file(content, reason):
    with pytest.raises(DocumentError, match=reason):
        list(reader.read(io.BytesIO(content), "a.docx", "id"))


def test_another_archive(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(DocumentError, match="not a Word file"):
        list(reader.read(io.BytesIO(out.getvalue()), "a.docx", "id"))


def test_broken_package(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(DocumentError, match="damaged Word file"):
        list(reader.read(io.BytesIO(out.getvalue()), "a.docx", "id"))


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def package(body, relations="", **parts):
    """A Word file of the strict kind with this body; `relations` are those of its document, some to nothing."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "_rels/.rels", f'<R><Relationship Id="a" Type="{LINKS}/officeDocument" Target="/main/d.xml"/></R>'
        )
        made.writestr(
            "main/d.xml", f'<w:document xmlns:w="{STRICT}" xmlns:r="{LINKS}"><w:body>{body}</w:body></w:document>'
        )
        made.writestr("main/_rels/d.xml.rels", f"<R>{relations}</R>")
        for name, content in parts.items():
            made.writestr(f"main/{name}.xml", content)
    data.seek(0)
    (document,) = reader.read(data, "a.docx", "id")
    return document


def relation(kind, target):
    return f'<Relationship Id="{kind}" Type="{LINKS}/{kind}" Target="{target}"/>'


def test_strict_files_and_relations_to_nothing():
    links = relation("image", "media/gone.png") + relation("styles", "../NULL") + relation("theme", "#_top")
    assert package("<w:p><w:r><w:t>Бұйрық</w:t></w:r></w:p>", links).text == "Бұйрық"


def test_comments_follow_the_text():
    comments = f'<w:comments xmlns:w="{STRICT}"><w:comment><w:p><w:r><w:t>тексеру керек</w:t></w:r></w:p></w:comment></w:comments>'
    document = package("<w:p><w:r><w:t>мәтін</w:t></w:r></w:p>", relation("comments", "c.xml"), c=comments)
    assert document.text == "мәтін\nтексеру керек"


@pytest.mark.parametrize(
    ("chunk", "text"),
    [
        ("<html><body><p>Хат мәтіні толық берілген.</p></body></html>", "before\nХат мәтіні толық берілген.\nafter"),
        ("plain lines\nof text", "before\nplain lines\nof text\nafter"),
        ("", "before\nafter"),
    ],
)
def test_files_that_stand_whole_within_it(chunk, text):
    body = '<w:p><w:r><w:t>before</w:t></w:r></w:p><w:altChunk r:id="aFChunk"/><w:p><w:r><w:t>after</w:t></w:r></w:p>'
    assert package(body, relation("aFChunk", "k.xml"), k=chunk).text == text


def test_small_letters_shown_as_capitals():
    run = "<w:r><w:rPr><w:{}/></w:rPr><w:t>әбенова ғалия </w:t></w:r>"
    styled = '<w:p><w:pPr><w:pStyle w:val="S"/></w:pPr><w:r><w:t>қор</w:t></w:r></w:p>'
    styles = f'<w:styles xmlns:w="{STRICT}"><w:style w:styleId="S"><w:name w:val="List"/><w:rPr><w:caps/></w:rPr></w:style></w:styles>'
    body = f"<w:p>{run.format('caps')}{run.format('smallCaps')}{run.format('b')}{run.format('caps w:val=' + chr(34) + '0' + chr(34))}</w:p>"
    document = package(body + styled, relation("styles", "s.xml"), s=styles)
    assert document.text == "ӘБЕНОВА ҒАЛИЯ ӘБЕНОВА ҒАЛИЯ әбенова ғалия әбенова ғалия \nҚОР"


@pytest.mark.parametrize("kind", ["macroEnabled.main", "template.main", "macroEnabledTemplate.main"])
def test_templates_and_files_with_macros(word, kind):
    word.add_paragraph("Үлгі")
    plain, other = io.BytesIO(), io.BytesIO()
    word.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"document.main", kind.encode()))
    other.seek(0)
    (document,) = reader.read(other, "a.docm", "id")
    assert document.text == "Үлгі"
