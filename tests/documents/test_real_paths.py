"""One name for one place, and names that can be shown."""

import os
import sys
import unicodedata

import pytest

from searchkit.documents import real_paths

# A name as Python has it: the platform, what is shown.
PRINTABLE = [
    ("қ\n", "linux", "қ\n"),
    ("a\udce9b", "linux", "a\\xe9b"),  # a byte that is not UTF-8
    ("a\ud800b", "linux", "a\\ud800b"),
    ("a\udce9b", "win32", "a\\udce9b"),  # half a character: there names are UTF-16
    ("a\ud83d", "win32", "a\\ud83d"),
]


@pytest.mark.parametrize(("name", "platform", "shown"), PRINTABLE)
def test_printable(monkeypatch, name, platform, shown):
    monkeypatch.setattr(real_paths.sys, "platform", platform)
    assert real_paths.printable(name) == shown
    assert real_paths.is_utf8(name) == (name == shown)
    real_paths.printable(name).encode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_place_reached_through_links(tmp_path):
    (tmp_path / "archive" / "books").mkdir(parents=True)
    (tmp_path / "link").symlink_to("archive")
    real = real_paths.real_path(str(tmp_path / "archive" / "books"))
    assert real_paths.real_path(str(tmp_path / "link" / "books")) == real
    assert real_paths.real_path(str(tmp_path / "link" / "gone.txt")) == os.path.join(os.path.dirname(real), "gone.txt")


@pytest.mark.skipif(os.name == "nt", reason="the paths here begin with a slash")
@pytest.mark.parametrize("platform", ["darwin", "linux"])
def test_a_place_given_in_another_case(monkeypatch, platform):
    """A file system that ignores case, as on macOS: it lists Archive and й, and opens archive and и with a breve."""
    listed = {"/": ["Users"], "/Users": ["archive", "Archive 2", "Archive"], "/Users/Archive": ["й"]}
    monkeypatch.setattr(real_paths.sys, "platform", platform)

    def list_folder(folder):
        if folder not in listed:
            raise FileNotFoundError(folder)
        return listed[folder]

    monkeypatch.setattr(real_paths.os, "listdir", list_folder)
    monkeypatch.setattr(real_paths.os.path, "realpath", lambda path: path)
    monkeypatch.setattr(
        real_paths.os.path,
        "samefile",
        lambda one, other: "archive" not in one and one.casefold() == other.casefold() or "й" in one,
    )
    given = "/USERS/ARCHIVE/\u0438\u0306/new.txt"
    assert real_paths.real_path(given) == ("/Users/Archive/й/new.txt" if platform == "darwin" else given)
    assert real_paths.real_path("/Users/archive") == "/Users/archive"


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system does not tell the two forms apart")
def test_the_file_of_a_composed_name(tmp_path):
    folder = tmp_path / unicodedata.normalize("NFD", "Йод")
    folder.mkdir()
    file = folder / unicodedata.normalize("NFD", "ёлка.txt")
    file.touch()
    assert real_paths.existing(str(tmp_path / "Йод" / "ёлка.txt")) == str(file)
    assert real_paths.existing(str(file)) == str(file)
    for gone in ("Йод/дуб.txt", "Ёж/дуб.txt", "gone.txt"):
        assert not os.path.exists(real_paths.existing(str(tmp_path / gone)))
