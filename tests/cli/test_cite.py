"""searchkit cite: references in four forms."""

# Tests as well, in searchkit/: display: citations

import datetime
import json

import pytest

import searchkit
from searchkit.display import citations

SEEN = datetime.date(2026, 11, 30)
PAPER = searchkit.Document(
    "papers/Қала 100%.pdf",
    "text",
    title="Library & {archive}\nof the city",
    language="kk",
    date="2026-01-21",
    source="papers/Қала 100%.pdf",
    metadata={"author": "Ғазиза Нұрғалиева"},
)
PAGE = searchkit.Document("news.jsonl#bus", "text", title="Bus news.", date="1998", source="https://example.org/a_b")
BARE = searchkit.Document("ә.txt", "text", metadata={"author": ["no", "text"]})

CASES = [
    (
        "plain",
        PAPER,
        [
            "Ғазиза Нұрғалиева. Library & {archive} of the city. 2026-01-21. City archive, papers/Қала 100%.pdf, p. 3 (seen 2026-11-30)."
        ],
    ),
    ("plain", PAGE, ["Bus news. 1998. City archive, https://example.org/a_b, p. 3 (seen 2026-11-30)."]),
    ("plain", BARE, ["ә.txt. City archive, ә.txt, p. 3 (seen 2026-11-30)."]),
    (
        "ris",
        PAPER,
        [
            "TY  - GEN",
            "AU  - Ғазиза Нұрғалиева",
            "TI  - Library & {archive} of the city",
            "PY  - 2026",
            "DA  - 2026/01/21/",
            "LA  - kk",
            "DB  - City archive",
            "SP  - 3",
            "AV  - papers/Қала 100%.pdf",
            "Y2  - 2026/11/30/",
            "ER  - ",
        ],
    ),
    (
        "ris",
        PAGE,
        [
            "TY  - ELEC",
            "TI  - Bus news.",
            "PY  - 1998",
            "DA  - 1998///",
            "DB  - City archive",
            "SP  - 3",
            "UR  - https://example.org/a_b",
            "Y2  - 2026/11/30/",
            "ER  - ",
        ],
    ),
    (
        "bibtex",
        PAPER,
        [
            "@misc{1002026,",
            "  author = {Ғазиза Нұрғалиева},",
            r"  title = {{Library \& \{archive\} of the city}},",
            "  date = {2026-01-21},",
            "  year = {2026},",
            "  langid = {kk},",
            "  organization = {City archive},",
            "  pages = {3},",
            r"  howpublished = {papers/Қала 100\%.pdf},",
            "  urldate = {2026-11-30},",
            "}",
        ],
    ),
]


@pytest.mark.parametrize(("style", "document", "lines"), CASES)
def test_references(style, document, lines):
    cited = citations.reference(document, "City archive", 3, SEEN)
    assert list(citations.STYLES[style](cited)) == lines


def test_csl_json():
    (line,) = citations.csl(citations.reference(PAPER, None, None, SEEN))
    assert json.loads(line) == [
        {
            "id": PAPER.id,
            "type": "document",
            "author": [{"literal": "Ғазиза Нұрғалиева"}],
            "title": "Library & {archive} of the city",
            "issued": {"date-parts": [[2026, 1, 21]]},
            "language": "kk",
            "archive_location": PAPER.source,
            "accessed": {"date-parts": [[2026, 11, 30]]},
        }
    ]


@pytest.mark.parametrize("style", citations.STYLES)
def test_a_document_of_which_little_is_known_has_a_reference(style):
    assert list(citations.STYLES[style](citations.reference(BARE, seen=SEEN)))


def test_the_command(indexed):
    assert indexed("cite", "one").stdout.startswith("papers/one.txt. 2023-07-27. ")
    assert indexed("cite", "one", "--as", "ris", "--collection", "City").stdout.splitlines()[-1] == "ER  - "
    indexed("search", "memorandum")
    assert indexed("cite", "1", "--as", "bibtex").exit_code == 0
    assert indexed("cite", "absent").exit_code == 1
