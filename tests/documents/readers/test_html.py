"""Web pages."""

# Tests as well, in searchkit/: documents/readers: html_blocks html_metadata

import io

import pytest

from searchkit.documents.readers import html
from searchkit.documents.readers.html_blocks import visible_text
from searchkit.errors import DocumentError

MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>'
PARAGRAPHS = "".join(
    f"<p>Paragraph {number} tells at some length what the libraries agreed upon, and who signed the papers, and when.</p>"
    for number in range(1, 6)
)


def page(head="", body="", attributes=""):
    return (
        f"<!DOCTYPE html><html{attributes}><head>{head}</head><body>{MENU}{body}<footer>© Site</footer></body></html>"
    )


def read(content, encoding="utf-8"):
    (document,) = html.read(io.BytesIO(content.encode(encoding)), "page.html", "id")
    return document


def test_main_text_without_menus():
    text = read(page("<title>T</title>", f"<article><h1>The memorandum</h1>{PARAGRAPHS}</article>")).text
    lines = text.split("\n")
    assert lines[0] == "The memorandum"
    assert [line.split(" tells")[0] for line in lines[1:]] == [f"Paragraph {number}" for number in range(1, 6)]


def test_page_of_teasers_keeps_every_headline():
    teasers = "".join(
        f'<div class="item"><h3><a href="/{number}">Meeting {number} with Meiram Bektembayev</a></h3>'
        f"<p>Readers of the city library met the writer for the {number}th time...</p></div>"
        for number in range(1, 8)
    )
    text = read(page(body=f'<div class="list">{teasers}</div>')).text
    for number in range(1, 8):
        assert f"Meeting {number} with Meiram Bektembayev" in text
        assert f"for the {number}th time" in text


def test_short_page_has_no_menu_either():
    assert read(page(body="<p>Қысқа мәтін.</p>")).text == "Қысқа мәтін."
    assert read("<html><body><p>Қысқа мәтін.</p></body></html>").text == "Қысқа мәтін."


def test_tables_have_tabs():
    rows = "<tr><th>Name</th><th>Year</th></tr><tr><td>Abai</td><td>1845</td></tr>"
    assert "Abai\t1845" in read(page(body=f"<table>{rows}</table>")).text
    assert visible_text(f"<table>{rows}</table>") == "Name\tYear\nAbai\t1845"


def test_malformed_page():
    assert read("<p>one <b>bold<p>two<script>var a='<p>';</script><style>p{}</style>").text == "one bold\ntwo"


def test_head_that_is_never_closed():
    assert read("<html><head><title>x</title><style>p{}</style><p>The text").text == "The text"


def test_deep_nesting():
    assert "the text" in read("<html><body>" + "<div>" * 5000 + "the text" + "</div>" * 5000).text


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The news | Site</title>", "", "The news"),
        ("<title>The news - Site</title><meta property='og:site_name' content='Site'>", "", "The news"),
        ("<title>Site</title><meta property='og:title' content='The news'>", "", "The news"),
        ("<title>Site — The  news\n</title>", "<h1>The news</h1>", "The news"),
        ("", "<h1>The <i>news</i></h1>", "The news"),
        ("", "", ""),
    ],
)
def test_title(head, body, title):
    assert read(page(head, body + PARAGRAPHS)).title == title


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta property='article:published_time' content='2025-06-25T13:55:00+02:00'>", "", "2025-06-25"),
        ("<meta name='DC.date.issued' content='2025-06'>", "", "2025-06"),
        ("<meta itemprop='datePublished' content='25.06.2025'>", "", "2025-06-25"),
        (
            "<script type='application/ld+json'>{'@graph': [{'datePublished': '2025-06-25'}]}</script>".replace(
                "'", '"'
            ).replace('type="application/ld+json"', "type='application/ld+json'"),
            "",
            "2025-06-25",
        ),
        (
            "<script type='application/ld+json'>broken {</script>",
            "<time datetime='2025-06-25'>June</time>",
            "2025-06-25",
        ),
        ("", "<time datetime='2025-06-25'>x</time><time datetime='2025-06-26'>x</time>", None),
        ("", "<p>Published 25 June 2025</p>", "2025-06-25"),
        ("", "<p>Since 1956</p>", None),
        ("<meta property='article:modified_time' content='2026-01-01'>", "", None),
    ],
)
def test_only_stated_dates(head, body, date):
    assert read(page(head, body + PARAGRAPHS)).date == date


def test_facts():
    head = (
        "<meta name='author' content='Г. Нұрғалиева'><link rel='canonical' href='https://example.org/a'>"
        "<meta property='og:site_name' content='Example'>"
    )
    metadata = read(page(head, PARAGRAPHS, " lang='kk'")).metadata
    assert metadata == {
        "author": "Г. Нұрғалиева",
        "language": "kk",
        "url": "https://example.org/a",
        "site": "Example",
        "format": "html",
        "encoding": "utf-8",
    }


@pytest.mark.parametrize(
    ("declared", "encoding", "found"),
    [
        ("<meta charset='utf-8'>", "utf-8", "utf-8"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251", "cp1251"),
        ("<meta charset=koi8-r>", "koi8-r", "koi8-r"),
        ("<meta charset='windows-1251'>", "kz1048", "kz1048"),  # as many Kazakh pages have it
        ("<meta charset='windows-1251'>", "utf-8", "utf-8"),  # saved anew by a browser
        ("", "utf-16", "utf-16"),
    ],
)
def test_encoding(declared, encoding, found):
    letters = "Қазақстан кітапханасы" if encoding in ("kz1048", "utf-8", "utf-16") else "Национальная библиотека"
    document = read(page(declared, f"<p>{letters}</p>"), encoding)
    assert letters in document.text
    assert document.metadata["encoding"] == found


def test_xml_declaration():
    assert read('<?xml version="1.0" encoding="utf-8"?><html><body><p>Мәтін</p></body></html>').text == "Мәтін"


def test_page_without_text():
    with pytest.raises(DocumentError, match="holds no text"):
        read("<html><head><title>x</title></head><body><script>render()</script></body></html>")


def test_menu_stays_where_there_is_nothing_else():
    assert visible_text("<body><a href=x>one</a> <a href=y>two</a></body>") == "one two"


def test_hidden_parts_and_unclosed_navigation():
    assert visible_text("<div hidden>secret</div><p>seen</p>") == "seen"
    assert visible_text("<nav>menu</body><p>seen</p>") == "seen"
    assert visible_text("<aside><aside>inner</aside></aside><p>seen</p>") == "seen"


def test_a_page_within_a_form_is_read():
    assert visible_text("<form><p>seen</p><select><option>not seen</select></form>") == "seen"
