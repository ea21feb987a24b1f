"""Plain text and Markdown."""

from pathlib import Path

import pytest

from searchkit.documents.readers.formats import read
from searchkit.errors import DocumentError

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def read_one(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (document,) = read(str(path))
    return document


def test_plain_text(tmp_path):
    document = read_one(tmp_path / "a.txt", "Жаңа кітап\r\n\r\n2026 жылғы 21 қаңтар\r\nМәтін\0.\r\n" + "сөз " * 40)
    assert document.text == "Жаңа кітап\n\n2026 жылғы 21 қаңтар\nМәтін.\n" + "сөз " * 40
    assert document.title == "Жаңа кітап"
    assert document.date == "2026-01-21"
    assert document.metadata == {"format": "txt", "encoding": "utf-8"}


def test_text_of_an_old_encoding(tmp_path):
    document = read_one(tmp_path / "a.txt", "Ұлттық кітапхана туралы".encode("kz1048"))
    assert document.text == "Ұлттық кітапхана туралы"
    assert document.metadata["encoding"] == "kz1048"


def test_words_divided_at_the_end_of_a_line_stay_so(tmp_path):
    assert read_one(tmp_path / "a.txt", "a memo-\nrandum").text == "a memo-\nrandum"


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html>", "\n<!-- saved -->\n<html lang='en'>", "<?xml version='1.0'?>\n<html>"]
)
def test_a_saved_page_under_txt_is_read_as_one(tmp_path, page):
    document = read_one(
        tmp_path / "a.txt", f"{page}<head><title>The news</title></head><body><p>A memo</p></body></html>"
    )
    assert document.text == "A memo"
    assert document.title == "The news"
    assert document.metadata["format"] == "html"


def test_angle_brackets_alone_make_no_page(tmp_path):
    assert read_one(tmp_path / "a.txt", "<htmlish> and <p> in a text").text == "<htmlish> and <p> in a text"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text: .*picture"),
        (b" \n\t\n", "holds no text"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
    ],
)
def test_what_is_no_text(tmp_path, content, reason):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=reason):
        list(read(str(path)))


def test_markdown(tmp_path):
    document = read_one(tmp_path / "a.md", "home > news\n\n# A *new* [book](x)\n\n25.06.2025\n\nText")
    assert document.title == "A new book"
    assert document.date == "2025-06-25"
    assert document.text.startswith("home > news")


def test_front_matter(tmp_path):
    text = '---\ntitle: "The front title"\ndate: 2024-03-05\nauthor: Абай\ntags:\n---\n\n# Another\n\n25.06.2025\n'
    document = read_one(tmp_path / "a.md", text)
    assert document.title == "The front title"
    assert document.date == "2024-03-05"
    assert document.metadata["author"] == "Абай"
    assert document.text == text


def test_front_matter_without_title_or_a_readable_date(tmp_path):
    document = read_one(tmp_path / "a.md", "---\ndate: someday\n---\n# The heading\n\n25.06.2025\n")
    assert document.title == "The heading"
    assert document.date == "2025-06-25"


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared example documents are not here")
@pytest.mark.parametrize(
    ("start", "title", "date"),
    [
        ("000", "Kazakh delegation received by the National Library", "2025-06-25"),
        ("001", "", "2025-12-04"),
        ("002", "", "2023-07-27"),
        ("003", "The International Cooperation", None),
        ("004", "", "2026-01-21"),
    ],
)
def test_real_pages_saved_as_text(start, title, date):
    (path,) = SEEDS.glob(f"{start}*.txt")
    (document,) = read(str(path))
    assert document.title == title
    assert document.date == date
