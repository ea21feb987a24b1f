"""PDF: pages, properties, and what cannot be read."""

# Tests as well, in searchkit/: documents/readers: pdf_layer pdf_print

import io

import pypdf
import pypdfium2
import pytest

from searchkit.documents.readers import pdf
from searchkit.errors import DocumentError
from searchkit.model import Failure

from ..samples import make_pdf

KAZAKH = "Қазақстан Республикасының Ұлттық кітапханасы"


def read(path):
    with open(path, "rb") as file:
        return list(pdf.read(file, str(path), "id"))


def test_pages_can_be_told(tmp_path):
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["First page"], [KAZAKH, "memo-", "randum"], ["Third"]]))
    assert document.text == f"First page\f{KAZAKH}\nmemo-\nrandum\fThird"
    assert document.metadata["pages"] == 3
    assert document.page_at(document.text.index("Қазақстан")) == 2
    assert document.page_at(len(document.text) - 1) == 3


def test_one_page_is_page_one(tmp_path):
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["Only"]]))
    assert document.page_at(0) == 1


def test_properties(tmp_path):
    info = {"Title": "Жылдық есеп", "Author": "Ғазиза", "CreationDate": "D:20240305120000+05'00'"}
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["text"]], info))
    assert document.title == "Жылдық есеп"
    assert document.date is None  # the day of the file is not the documents
    assert document.metadata["author"] == "Ғазиза"


def test_a_date_in_the_text_comes_before_that_of_the_file(tmp_path):
    info = {"CreationDate": "D:20240305120000Z"}
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["2023 жылғы 21 қаңтар", "text"]], info))
    assert document.date == "2023-01-21"
    assert document.metadata["file_date"] == "2024-03-05"


@pytest.mark.parametrize("stated", ["D:19700101000000Z", "D:20991231000000Z", "D:20240231000000Z", "yesterday"])
def test_a_date_that_no_clock_showed(tmp_path, stated):
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["text"]], {"CreationDate": stated}))
    assert document.date is None


def test_title_in_the_largest_print(tmp_path):
    page = [
        "Published by the library",
        ("Memorandum of the libraries", 20),
        "Text of the page, ",
        "in some lines of print",
    ]
    info = {"Title": "Microsoft Word - x.doc"}
    (document,) = read(make_pdf(tmp_path / "a.pdf", [page], info))
    assert document.title == "Memorandum of the libraries"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Memorandum of the lib-", "raries of Almaty"], "Memorandum of the libraries of Almaty"),
        (["The papers of Karimova-", "Tillyaeva"], "The papers of Karimova-Tillyaeva"),
        (["The letters of M¨uller"], "The letters of Müller"),
    ],
)
def test_title_with_hyphens_and_accents_of_its_print(tmp_path, lines, title):
    page = [*((line, 20) for line in lines), "Text of the page, which is printed small ", "in some lines of print"]
    (document,) = read(make_pdf(tmp_path / "a.pdf", [page]))
    assert document.title == title


def test_no_title_where_all_print_is_alike(tmp_path):
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["Some words of text", "and some more"]]))
    assert document.title == ""


def test_cyrillic_taken_for_latin(tmp_path):
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["text"]], {"Title": "Íàöèîíàëüíàÿ áèáëèîòåêà"}))
    assert document.title == "Национальная библиотека"


def encrypted(tmp_path, user, owner=None):
    path = make_pdf(tmp_path / "plain.pdf", [["a secret memorandum"]])
    writer = pypdf.PdfWriter(clone_from=str(path))
    writer.encrypt(user, owner, algorithm="RC4-128")
    writer.write(str(tmp_path / "locked.pdf"))
    return tmp_path / "locked.pdf"


def test_password(tmp_path):
    with pytest.raises(DocumentError, match="is encrypted: give its password"):
        read(encrypted(tmp_path, "secret"))


def test_protection_that_lets_everybody_read(tmp_path):
    (document,) = read(encrypted(tmp_path, "", "owner"))
    assert document.text == "a secret memorandum"


def test_protection_that_is_not_known(tmp_path, monkeypatch):
    def refuse(*arguments, **options):
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Unsupported security scheme).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    with pytest.raises(DocumentError, match="is encrypted in a way that is not known"):
        read(encrypted(tmp_path, ""))


def test_an_empty_page_is_no_scan(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(str(tmp_path / "blank.pdf"))
    with pytest.raises(DocumentError, match="holds no text"):
        read(tmp_path / "blank.pdf")


def test_letters_without_meaning(tmp_path):
    page = ["\ue001\ue002\ue003 \ue004\ue005"]
    with pytest.raises(DocumentError, match="has 1 page without text to search"):
        read(make_pdf(tmp_path / "a.pdf", [page]))


@pytest.mark.parametrize(
    ("line", "readable"),
    [
        ("Кітапхана қоры мен Łмузей жәдігерлері сақталды", True),  # one word among many
        ("ЖŁЖғŁотеЊа подпŁжағŁ уЊопŁжŁ арıŁва", False),
        ("Мектеп Ł kitaphana Žürnal", True),
    ],
)
def test_words_of_two_alphabets_are_no_words(tmp_path, line, readable):
    path = make_pdf(tmp_path / "a.pdf", [[line]])
    if readable:
        assert read(path)[0].text == line
    else:
        with pytest.raises(DocumentError, match="has 1 page without text to search"):
            read(path)


def test_pages_without_text_are_counted(tmp_path):
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["text"], [], []]))
    assert document.text == "text\f\f"
    assert document.metadata["pages_without_text"] == 2


def test_a_broken_page_costs_itself_alone(tmp_path, monkeypatch):
    path = make_pdf(tmp_path / "a.pdf", [["first"], ["second"], ["third"]])
    load = pypdfium2.PdfDocument.get_page

    def break_second(self, index):
        if index == 1:
            raise pypdfium2.PdfiumError("Failed to load page.")
        return load(self, index)

    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", break_second)
    document, failure = read(path)
    assert document.text == "first\f\fthird"
    assert failure == Failure(str(path), "page 2 cannot be read; the other pages can")


def test_a_large_file_is_read_piece_by_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "WHOLE", 10)
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["first"], ["second"]]))
    assert document.text == "first\fsecond"


@pytest.mark.parametrize("length", [20, 200, 700])
def test_cut_file(tmp_path, length):
    path = make_pdf(tmp_path / "a.pdf", [["text"]])
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DocumentError, match="damaged PDF"):
        read(path)


def test_not_a_pdf():
    with pytest.raises(DocumentError, match="is not a PDF"):
        list(pdf.read(io.BytesIO(b"<html>Not found</html>"), "a.pdf", "id"))


@pytest.mark.parametrize("code", [0x110000, 2**31 + 5, 2**32 - 1])
def test_a_damaged_font_costs_no_file(tmp_path, monkeypatch, code):
    monkeypatch.setattr("pypdfium2.raw.FPDFText_GetUnicode", lambda layer, index: code)
    (document,) = read(make_pdf(tmp_path / "a.pdf", [["a memorandum"]]))
    assert document.text == "a memorandum"
