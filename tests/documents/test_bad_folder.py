"""A folder with everything that goes wrong: each bad file is reported, all good ones are read."""

# Tests as well, in searchkit/: documents: reasons

import os
import sys

import pypdf
import pytest

from searchkit.documents.walk import walk
from searchkit.documents.workers.pool import Job, read_files
from searchkit.model import Failure

from .samples import make_pdf, make_zip_bomb

GOOD = 1000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs pipes, links and bytes as names")
def test_bad_files_cost_themselves_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(GOOD):
        (tmp_path / f"good{number}.txt").write_text(f"A good text, number {number}", encoding="utf-8")
    (tmp_path / "old.txt").write_bytes("Национальная библиотека".encode("cp1251"))
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 10)
    writer = pypdf.PdfWriter(clone_from=str(make_pdf(tmp_path / "locked.pdf", [["secret"]])))
    writer.encrypt("password", algorithm="RC4-128")
    writer.write("locked.pdf")
    make_zip_bomb(tmp_path / "bomb.docx", 64 << 20)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/loop").symlink_to("..")
    os.mkfifo("pipe.txt")
    with open(b"caf\xe9.txt", "w") as file:
        file.write("text")
    (tmp_path / "gone.txt").write_text("text")

    failures, documents = {}, []

    def jobs():
        for item in walk(["."]):
            if isinstance(item, Failure):
                failures[item.path] = item.reason
            else:
                yield Job(item.path, item.path)
                if item.path == "gone.txt":
                    os.remove("gone.txt")

    for result in read_files(jobs(), workers=2):
        documents += result.documents
        failures |= {failure.path: failure.reason for failure in result.failures}

    expected = {
        "empty.txt": "is empty",
        "binary.txt": "is not text",
        "locked.pdf": "is encrypted",
        "bomb.docx": "as a zip bomb does",
        "folder/loop": "loop",
        "pipe.txt": "is a named pipe",
        "caf\\xe9.txt": "rename it",
    }
    failures.pop("gone.txt", None)  # read in time or not, it stops nothing
    assert set(failures) == set(expected)
    for path, words in expected.items():
        assert words in failures[path]
    texts = {document.text for document in documents}
    assert {f"A good text, number {number}" for number in range(GOOD)} <= texts
    assert "Национальная библиотека" in texts
