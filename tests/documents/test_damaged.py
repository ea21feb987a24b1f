"""Files of every kind, damaged or under the name of another: each is read, or refused in a sentence; nothing else happens."""

import contextlib
import io
import random
from pathlib import Path

import pytest

from searchkit.documents.readers import formats
from searchkit.errors import DocumentError

FILES = Path(__file__).parent / "files"
SEEDS = Path(__file__).parents[2] / "seeds"
LARGEST = 60_000  # bytes of a file that is tried under every name
GOOD = sorted(path for folder in (FILES, SEEDS) for path in folder.iterdir() if path.suffix in formats.FORMATS)
ENDINGS = [ending for ending, form in formats.FORMATS.items() if not form.by_ocr]
RUBBISH = {
    "random": random.Random(1).randbytes(3_000),
    "zeros": bytes(3_000),
    "begins as ZIP": b"PK\x03\x04" + b"x" * 500,
    "begins as OLE": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
    "blank": b"\n",
    "brackets": b"[{" * 3_000,
}


def attempt(content, name):
    with contextlib.suppress(DocumentError):
        list(formats.read_open(io.BytesIO(content), name, name))


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_damage_is_a_sentence(file):
    content, chance = file.read_bytes(), random.Random(file.name)
    for share in (0.1, 0.5, 0.9):
        attempt(content[: int(len(content) * share)], file.name)
    attempt(content[:-1], file.name)
    for bytes_changed in (1, 3, 30) * 3:
        changed = bytearray(content)
        for _ in range(bytes_changed):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        attempt(bytes(changed), file.name)


@pytest.mark.parametrize("file", [file for file in GOOD if file.stat().st_size < LARGEST], ids=lambda file: file.name)
def test_a_file_under_the_name_of_another_is_a_sentence(file):
    for ending in ENDINGS:
        attempt(file.read_bytes(), f"a{ending}")


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_is_a_sentence(kind):
    for ending in ENDINGS:
        attempt(RUBBISH[kind], f"a{ending}")


def test_a_library_that_gives_up_is_a_sentence(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(file, path, id):
        raise PanicException("assertion failed")
        yield

    monkeypatch.setattr(formats, "_function", lambda name: panic)
    with pytest.raises(DocumentError, match="is damaged: open it with the program that made it"):
        list(formats.read_open(io.BytesIO(b"x"), "a.xls", "a.xls"))
