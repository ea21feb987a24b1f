"""Which files are read, which are reported, which are passed over."""

import os
import socket
import sys
import unicodedata
from types import SimpleNamespace

import pytest

from searchkit.documents.walk import Entry, Skipped, _is_link, walk
from searchkit.model import Failure, Notice

posix = pytest.mark.skipif(os.name == "nt", reason="needs links, pipes and bytes as names")


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def found(paths, **options):
    """Paths of files, relative to the working directory's form, and {path: reason} of failures."""
    entries, failures = [], {}
    for item in walk(paths, **options):
        if isinstance(item, Failure | Skipped):
            failures[item.path] = item.reason
        elif isinstance(item, Entry):
            entries.append(item.path.replace(os.sep, "/"))
    return entries, failures


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_in_order_with_size_and_time(here):
    touch(here, "b.txt", "a/z.md", "a/b/c.pdf", "c.html")
    os.utime(here / "b.txt", ns=(10**18, 10**18 + 5))
    entries = list(walk(["."]))
    assert [entry.path.replace(os.sep, "/") for entry in entries] == ["a/b/c.pdf", "a/z.md", "b.txt", "c.html"]
    assert entries[2][:4] == Entry("b.txt", "b.txt", 4, 10**18 + 5)[:4]


def test_paths_begin_with_the_given_one(here):
    touch(here, "lib/a.txt")
    assert found(["lib"])[0] == ["lib/a.txt"]
    assert found([here / "lib"])[0] == [f"{here}/lib/a.txt".replace(os.sep, "/")]
    assert found(["./lib/"])[0] == ["lib/a.txt"]
    assert found(["lib/a.txt"])[0] == ["lib/a.txt"]


def test_it_streams(here):
    touch(here, "a/1.txt", "b/2.txt")
    files = walk(["."])
    next(files)
    touch(here, "b/3.txt")
    assert len(list(files)) == 2


def test_hidden_files_and_clutter_are_passed_over(here):
    touch(
        here,
        ".git/a.txt",
        ".hidden.txt",
        "~$report.docx",
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        "__MACOSX/a.txt",
        "a.txt",
    )
    assert found(["."]) == (["a.txt"], {})


def test_a_hidden_path_that_is_given_is_read(here):
    touch(here, ".notes/a.txt", "b.txt")
    assert found([".notes"])[0] == [".notes/a.txt"]
    assert found([".", ".notes"])[0] == ["b.txt", ".notes/a.txt"]


def test_a_format_that_is_not_read_is_no_failure_unless_the_file_is_given(here):
    touch(here, "lib/a.pages", "lib/b.pages")
    items = list(walk(["lib"]))
    assert [item.path for item in items if isinstance(item, Skipped)] == ["lib/a.pages", "lib/b.pages"]
    assert len({item.reason for item in items}) == 1
    (failure,) = walk(["lib/a.pages"])
    assert failure == Failure("lib/a.pages", items[0].reason)


def test_unsupported_files_are_reported(here):
    touch(here, "a.txt", "b.pages", "c.xyz", "README")
    entries, failures = found(["."])
    assert entries == ["a.txt"]
    assert "save it as .docx" in failures["b.pages"]
    assert "save it as .txt" in failures["c.xyz"]
    assert "no extension" in failures["README"]


def test_a_path_that_does_not_exist(here):
    touch(here, "a.txt")
    assert found(["nowhere", "a.txt"]) == (["a.txt"], {"nowhere": "does not exist"})


@pytest.mark.parametrize(
    "paths",
    [
        ["lib", "lib"],
        ["lib", "lib/deep"],
        ["lib/deep", "lib"],
        ["lib", "lib/a.txt", "./lib/deep/../a.txt"],
        ["lib/a.txt", "lib/deep/b.txt", "lib/a.txt"],
    ],
)
def test_every_file_once(here, paths):
    touch(here, "lib/a.txt", "lib/deep/b.txt")
    assert sorted(found(paths)[0]) == ["lib/a.txt", "lib/deep/b.txt"]


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (["*.md"], ["a.txt", "deep/b.txt"]),
        (["deep"], ["a.txt", "c.md"]),
        (["deep/"], ["a.txt", "c.md"]),
        (["deep/*.txt"], ["a.txt", "c.md", "deep/d.md"]),
        (["*/d.*"], ["a.txt", "c.md", "deep/b.txt"]),
        (["[ac].*"], ["deep/b.txt", "deep/d.md"]),
        (["nothing", ""], ["a.txt", "c.md", "deep/b.txt", "deep/d.md"]),
    ],
)
def test_exclude(here, exclude, left):
    touch(here, "lib/a.txt", "lib/c.md", "lib/deep/b.txt", "lib/deep/d.md")
    assert found(["lib"], exclude=exclude)[0] == [f"lib/{name}" for name in left]


def test_exclude_holds_for_given_files_but_not_for_given_folders(here):
    touch(here, "drafts/a.txt", "draft.txt")
    assert found(["drafts", "draft.txt"], exclude=["draft*"])[0] == ["drafts/a.txt"]


def test_what_is_excluded_below_one_path_is_read_when_given_itself(here):
    touch(here, "lib/a.txt", "lib/old/b.txt")
    assert found(["lib", "lib/old"], exclude=["old"])[0] == ["lib/a.txt", "lib/old/b.txt"]


def test_a_file_says_what_is_not_read(here):
    touch(here, "a.txt", "b.md", "drafts/c.txt", "deep/d.txt", "deep/e.txt", "deep/drafts/f.txt", "deep/x/e.txt")
    (here / ".searchkitignore").write_text("# not for readers\ndrafts/\n\n*.md\n", encoding="utf-8-sig")
    (here / "deep/.searchkitignore").write_text("/e.txt\nx/*\n")
    assert found(["."]) == (["a.txt", "deep/d.txt"], {})
    assert found(["deep"]) == (["deep/d.txt", "deep/drafts/f.txt"], {})


def test_a_folder_whose_ignore_file_cannot_be_read_is_not_read(here):
    touch(here, "a.txt", "lib/b.txt")
    (here / "lib/.searchkitignore").mkdir()
    entries, failures = found(["."])
    assert entries == ["a.txt"]
    assert list(failures) == ["lib/.searchkitignore"]


def test_a_folder_left_out(here):
    touch(here, "a.txt", "index/b.txt")
    assert found(["."], leave_out=["index"]) == (["a.txt"], {})


@posix
def test_a_link_out_of_the_given_folder_is_skipped_and_said(here):
    touch(here, "elsewhere/a.txt", "lib/b.txt")
    (here / "lib/link.txt").symlink_to("../elsewhere/a.txt")
    (here / "lib/folder").symlink_to("../elsewhere")
    assert found(["lib"], follow_links=True)[0] == ["lib/b.txt", "lib/folder/a.txt", "lib/link.txt"]
    items = list(walk(["lib"]))
    assert [item.path for item in items if isinstance(item, Entry)] == ["lib/b.txt"]
    notices = [item for item in items if isinstance(item, Notice)]
    assert [notice.path for notice in notices] == ["lib/folder", "lib/link.txt"]
    assert all("was not followed" in notice.text for notice in notices)
    assert len(items) == 3


@posix
def test_a_given_link_is_followed(here):
    touch(here, "elsewhere/a.txt")
    (here / "lib").symlink_to("elsewhere")
    assert found(["lib"]) == (["lib/a.txt"], {})


def test_a_junction_is_a_link(here, monkeypatch):
    """Junctions of Windows are no symbolic links to Python before 3.12."""
    monkeypatch.setattr("searchkit.documents.walk.stat.IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003, raising=False)

    class Junction:
        name = path = "lib"

        def is_symlink(self):
            return False

        def stat(self, follow_symlinks=True):
            return SimpleNamespace(st_reparse_tag=0xA0000003)

    assert _is_link(Junction())
    touch(here, "a.txt")
    with os.scandir(here) as entries:
        assert not any(map(_is_link, entries))


# Names as a Mac writes them: й and ё are letters and marks of their own.
DECOMPOSED = unicodedata.normalize("NFD", "Отчёт второй")


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system does not tell the two forms apart")
def test_names_are_composed_and_files_opened_by_their_own(here):
    touch(here, f"{DECOMPOSED}/{DECOMPOSED}.txt", "both/й.txt", "both/и\u0306.txt")
    entries = {entry.name: entry.path for entry in walk(["."])}
    assert entries["Отчёт второй/Отчёт второй.txt"] == f"{DECOMPOSED}/{DECOMPOSED}.txt"
    # Of two names that would become one, both stay.
    assert [name for name in entries if name.startswith("both")] == ["both/и\u0306.txt", "both/й.txt"]
    assert all(map(os.path.exists, entries.values()))
    for pattern in ("Отчёт*", DECOMPOSED, "Отчёт второй/*"):
        assert len(list(walk(["."], exclude=[pattern]))) == 2
    assert [entry.name for entry in walk([DECOMPOSED])] == ["Отчёт второй/Отчёт второй.txt"]


@posix
def test_links_to_what_is_read_anyway_are_passed_over(here):
    touch(here, "lib/a.txt", "lib/z/b.txt")
    (here / "lib/again.txt").symlink_to("a.txt")
    (here / "lib/c").symlink_to("z")
    assert found(["lib"]) == (["lib/a.txt", "lib/z/b.txt"], {})


@posix
def test_links_to_what_is_not_read_otherwise_are_followed(here):
    touch(here, "lib/.hidden/a.txt", "lib/data.bin")
    (here / "lib/shown").symlink_to(".hidden")
    (here / "lib/data.txt").symlink_to("data.bin")
    entries, failures = found(["lib"])
    assert entries == ["lib/data.txt", "lib/shown/a.txt"]
    assert list(failures) == ["lib/data.bin"]


@posix
def test_loops_of_links_are_reported(here):
    touch(here, "lib/a.txt", "lib/deep/b.txt")
    (here / "lib/deep/up").symlink_to("..")
    (here / "lib/itself").symlink_to("itself")
    entries, failures = found(["lib"])
    assert entries == ["lib/a.txt", "lib/deep/b.txt"]
    assert "loop" in failures["lib/deep/up"]
    assert "lib/itself" in failures


@posix
def test_loops_outside_the_given_paths(here):
    touch(here, "outside/a.txt", "outside/deep/b.txt")
    (here / "outside/deep/up").symlink_to("..")
    (here / "lib").mkdir()
    (here / "lib/one").symlink_to("../outside/deep")
    (here / "lib/two").symlink_to("../outside")
    entries, failures = found(["lib"], follow_links=True)
    assert len(entries) == len({os.path.realpath(entry) for entry in entries}) == 2
    assert all("loop" in reason for reason in failures.values())


@posix
def test_a_link_to_nothing(here):
    (here / "a.txt").symlink_to("gone.txt")
    assert found(["."]) == ([], {"a.txt": "is a link to nothing: remove it"})


@posix
def test_pipes_sockets_and_devices_are_not_opened(here, monkeypatch):
    os.mkfifo(here / "a.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.txt")
        (here / "c.txt").symlink_to("/dev/null")
        entries, failures = found(["."], follow_links=True)
        assert found(["a.txt"])[1] == {"a.txt": failures["a.txt"]}
    assert entries == []
    assert failures["a.txt"].startswith("is a named pipe")
    assert failures["b.txt"].startswith("is a socket")
    assert failures["c.txt"].startswith("is a device")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="the file system allows no such names")
def test_names_that_are_not_utf8_are_reported_in_print(here):
    (here / "lib").mkdir()
    for name in (b"lib/caf\xe9.txt", b"lib/dir\xff"):
        if name.endswith(b"txt"):
            with open(name, "w") as file:
                file.write("text")
        else:
            os.mkdir(name)
    touch(here, "lib/қазақша.txt")
    entries, failures = found(["lib"])
    assert entries == ["lib/қазақша.txt"]
    assert list(failures) == ["lib/caf\\xe9.txt", "lib/dir\\xff"]
    assert all("rename it" in reason for reason in failures.values())
    assert list(found([os.fsdecode(b"lib/caf\xe9.txt")])[1]) == ["lib/caf\\xe9.txt"]


@pytest.mark.parametrize("call", ["scandir", "stat"])
def test_what_may_not_be_read_is_reported(here, monkeypatch, call):
    touch(here, "a/x.txt", "b/y.txt")
    real = getattr(os, call)

    def refuse(path, *arguments, **options):
        if os.path.basename(path) == "a":
            raise PermissionError(13, "Permission denied", path)
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, call, refuse)
    entries, failures = found(["."])
    assert entries == ["b/y.txt"]
    assert failures == {"a": "cannot be opened: you have no permission to read it"}
