"""Scanned pages: known as such, said, read by Tesseract where it is there, and remembered."""

# Tests as well, in searchkit/: documents: scans; documents/readers: image

import io
import os
import shutil
import sys
from pathlib import Path

import pytest

import searchkit
from searchkit.documents import ocr, scans
from searchkit.documents.readers import formats
from searchkit.errors import DocumentError, SearchkitError
from searchkit.model import Document, Failure

from .samples import make_pdf

FILES = Path(__file__).parent / "files"

# A program in the place of Tesseract: it says "read" and the languages for each picture, and notes that it was called.
STAND_IN = """#!{python}
import os, sys, time
if "--list-langs" in sys.argv:
    print("List of languages", "kaz", "rus", "eng", "uzb", "uzb_cyrl", sep="\\n")
    raise SystemExit
picture = sys.stdin.buffer.read()
with open({log!r}, "a") as log:
    log.write(f"{{len(picture)}}\\n")
if picture.endswith(b"broken"):
    raise SystemExit("Error during processing.")
if os.path.exists({slow!r}):
    time.sleep(60)
print("Жолдау", "", "Музей қол-", "жазбасы", sys.argv[4], sep="\\n", end="\\f")
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Tesseract's stand-in on the path; gives how often it was called for a picture."""
    if os.name == "nt":
        pytest.skip("needs a program that is a script")
    folder = tmp_path / "bin"
    folder.mkdir()
    log = tmp_path / "calls"
    program = folder / ocr.PROGRAM
    program.write_text(STAND_IN.format(python=sys.executable, log=str(log), slow=str(tmp_path / "slow")))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    ocr._installed.cache_clear()
    yield lambda: len(log.read_text().splitlines()) if log.exists() else 0
    ocr._installed.cache_clear()


@pytest.fixture
def in_use(tmp_path):
    """Scanned pages are read in this process."""
    ocr.use(ocr.Ocr("kaz+rus", str(tmp_path / "ocr.sqlite")))
    yield
    ocr.use(None)


@pytest.fixture
def folder(tmp_path):
    """A scan, a picture, and a PDF with a page of text and one without anything."""
    folder = tmp_path / "scans"
    folder.mkdir()
    shutil.copy(FILES / "scan.pdf", folder)
    shutil.copy(FILES / "scan_kaz.png", folder)
    make_pdf(folder / "text.pdf", [["A page of text"], []])
    return folder


def read(name):
    data = (FILES / name).read_bytes()
    return [item for item in formats.read_open(io.BytesIO(data), name, name) if item is not None]


@pytest.mark.parametrize("pages", [1, 2, 300])
def test_what_is_said_of_scans(pages):
    said = scans.reason(pages)
    assert scans.pages(said) == scans.pages(f"holds a.pdf, which {said}") == pages
    assert scans.pages("is empty") == 0
    failures = [Failure("a", "is empty"), Failure("b", said)]
    assert scans.divided(failures) == ([failures[0]], [failures[1]])


def test_a_scan_is_known():
    with pytest.raises(DocumentError) as error:
        read("scan.pdf")
    assert scans.pages(str(error.value)) == 1


def test_pages_are_read_joined_and_remembered(stand_in, in_use):
    for _ in range(2):
        (document,) = read("scan.pdf")
        assert isinstance(document, Document)
        assert document.text == "Жолдау\n\nМузей қолжазбасы\nkaz+rus"
        assert document.title == "Жолдау"
        assert document.metadata["ocr_pages"] == 1
    assert stand_in() == 1


def test_languages_are_a_part_of_what_is_remembered(stand_in, in_use, tmp_path):
    read("scan_kaz.png")
    ocr.use(ocr.Ocr("uzb", str(tmp_path / "ocr.sqlite")))
    assert read("scan_kaz.png")[0].text.endswith("uzb")
    assert stand_in() == 2


def test_without_a_place_to_remember(stand_in, in_use, tmp_path):
    ocr.use(ocr.Ocr("kaz", str(tmp_path / "no" / "such" / "folder")))
    assert read("scan_kaz.png")[0].text.endswith("kaz")


def test_a_page_that_takes_for_ever(stand_in, in_use, tmp_path, monkeypatch):
    (tmp_path / "slow").touch()
    monkeypatch.setattr(ocr, "SECONDS", 0.5)
    with pytest.raises(DocumentError, match="too long"):
        read("scan_kaz.png")
    with pytest.raises(DocumentError, match="holds no text"):
        read("scan.pdf")


def test_a_damaged_picture_is_said_and_not_remembered_as_empty(stand_in, in_use):
    for _ in range(2):
        with pytest.raises(DocumentError, match="is damaged"):
            list(formats.read_open(io.BytesIO(b"\x89PNG broken"), "a.png", "a.png"))
    assert stand_in() == 2


def test_a_whole_update(stand_in, folder, tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        report = index.sync([folder])
        assert report.added == 1
        assert [scans.pages(file.reason) for file in report.scans] == [1]
        assert index.statistics()["scans"] == [{"path": "scans/scan.pdf", "pages": 1}]
        report = index.sync([folder], ocr=True)
        assert (report.added, report.unchanged, report.scans, report.failed) == (2, 1, (), ())
        assert index.search("қолжазбасы").total == 2
        assert index.statistics()["scans"] == []
        calls = stand_in()
        # The next update reads new scans as this one did, and old ones not again, whatever becomes of their files.
        (folder / "scan.pdf").rename(folder / "moved.pdf")
        (folder / "copy.png").write_bytes((folder / "scan_kaz.png").read_bytes())
        report = index.sync([folder])
        assert (report.moved, report.added, report.failed) == (1, 1, ())
        assert stand_in() == calls == 2


def test_languages_of_the_collection():
    assert ocr.languages_for({"uz": 5, "ru": 3}).startswith("uzb+uzb_cyrl")
    assert ocr.languages_for({"kk": 5, "uz": 3}) == ocr.languages_for({}) == "kaz+rus+eng"


def test_what_is_to_be_installed(stand_in, tmp_path, monkeypatch):
    assert ocr.missing("kaz+uzb_cyrl") == ""
    assert "tesseract-ocr-chi-sim" in ocr.missing("rus+chi_sim")
    with searchkit.open(tmp_path / "index", create=True) as index:
        with pytest.raises(SearchkitError, match="apt install tesseract-ocr-chi-sim"):
            index.sync([], ocr=True, ocr_languages="chi_sim")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(SearchkitError, match="install Tesseract .*tesseract-ocr-kaz"):
            index.sync([], ocr=True)
        assert index.sync([]).failed == ()


tesseract = pytest.mark.skipif(not shutil.which(ocr.PROGRAM), reason="needs Tesseract")

# A language, words of its picture.
WORDS = [
    ("kaz", "қолжазбалар"),
    ("rus", "составлена"),
    ("uzb", "saqlanadi"),
    ("uzb_cyrl", "ғамхўрлик"),
    ("eng", "manuscripts"),
]


@tesseract
@pytest.mark.parametrize(("language", "word"), WORDS)
def test_a_page_in_each_language(language, word, tmp_path):
    if language not in ocr._installed():
        pytest.skip(f"needs Tesseract's data for {language}")
    ocr.use(ocr.Ocr(language, str(tmp_path / "ocr.sqlite")))
    try:
        (document,) = read(f"scan_{language}.png")
    finally:
        ocr.use(None)
    assert word in document.text
