"""What an update without paths reads: what was given before, as it was given."""

import json
import shutil

import pytest

import searchkit
from searchkit.collection import roots
from searchkit.collection.roots import Root, RootOptions


@pytest.fixture
def base(tmp_path):
    for name in ("archive/a.txt", "archive/draft.txt", "archive/drafts/b.txt", "letters/c.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"A text about tulips, {name}.", encoding="utf-8")
    return tmp_path


def held(index):
    return sorted(index.ids())


# (what is remembered in turn, what comes of it)
REMEMBERED = [
    # one folder after the other
    ([[Root("b")], [Root("a")]], [Root("a"), Root("b")]),
    # the same folder with other options: the last count
    ([[Root("a", RootOptions(("x",)))], [Root("a")]], [Root("a")]),
    # within a folder that is read alike it says nothing
    ([[Root("a")], [Root("a/b")]], [Root("a")]),
    # within a folder from which it is excluded it is a root of its own
    ([[Root("a", RootOptions(("b",)))], [Root("a/b")]], [Root("a", RootOptions(("b",))), Root("a/b")]),
    # the folder around it takes its place
    ([[Root("a/b")], [Root("a", RootOptions(("b",)))]], [Root("a", RootOptions(("b",)))]),
    # no folder, but one whose name begins alike
    ([[Root("a")], [Root("ab")]], [Root("a"), Root("ab")]),
    # "" is the folder that holds the index, and all below it
    ([[Root("a")], [Root("")]], [Root("")]),
]


@pytest.mark.parametrize(("given", "expected"), REMEMBERED)
def test_what_is_remembered(tmp_path, given, expected):
    for some in given:
        roots.remember(tmp_path, some)
    assert roots.read(tmp_path) == expected


def test_an_update_without_paths_reads_what_was_given_before_as_it_was_given(base):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "archive"], exclude=["draft*"])
        index.sync([base / "letters"])
        (base / "archive" / "new.txt").write_text("Another text about tulips.", encoding="utf-8")
        (base / "letters" / "c.txt").unlink()
        (base / "letters" / "d.txt").write_text("A letter about roses.", encoding="utf-8")
        report = index.sync()
        assert (report.added, report.removed, report.unchanged, report.failed) == (2, 1, 1, ())
        assert held(index) == ["archive/a.txt", "archive/new.txt", "letters/d.txt"]


def test_a_folder_within_another_keeps_its_own_options(base):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "archive"], exclude=["drafts"])
        index.sync([base / "archive" / "drafts"])
        # a copy of what is in the inner folder is no move of it
        shutil.copy(base / "archive" / "drafts" / "b.txt", base / "archive" / "copy.txt")
        report = index.sync()
        assert (report.added, report.moved, report.removed) == (1, 0, 0)
        assert held(index) == ["archive/a.txt", "archive/copy.txt", "archive/draft.txt", "archive/drafts/b.txt"]
        (base / "archive" / "drafts" / "b.txt").unlink()
        (base / "archive" / "drafts" / "e.txt").write_text("Another draft.", encoding="utf-8")
        assert index.sync().removed == 1
        assert "archive/drafts/b.txt" not in held(index)


def test_a_folder_that_is_gone_is_remembered_until_it_is_pruned(base):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "archive"])
        index.sync([base / "letters"])
        shutil.rmtree(base / "letters")
        report = index.sync()
        assert report.removed == 0
        assert "is gone" in report.failed[0].reason
        assert index.sync(prune=True).removed == 1
        assert roots.read(base / "index") == [Root("archive")]


def test_the_collection_can_be_moved_with_its_index(base, tmp_path_factory):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "archive"])
    moved = tmp_path_factory.mktemp("elsewhere") / "collection"
    shutil.move(base, moved)
    with searchkit.open(moved / "index", create=True) as index:
        assert index.sync().unchanged == 3


def test_a_path_that_is_not_there_is_not_remembered(base):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "letters", base / "typo"])
        assert index.sync().failed == ()


def test_where_nothing_was_given_it_says_so(base):
    with (
        searchkit.open(base / "index", create=True) as index,
        pytest.raises(searchkit.SearchkitError, match="No folder was indexed"),
    ):
        index.sync()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"roots": [], "checksum": 1}',
        json.dumps(
            {"roots": [{"name": "a", "exclude": [], "follow_links": False, "columns": {}}], "checksum": 0}
        ).encode(),
    ],
)
def test_damage_is_said_and_mended(base, content):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "letters"])
        (base / "index" / roots.FILE_NAME).write_bytes(content)
        with pytest.raises(searchkit.SearchkitError, match="name them once more"):
            index.sync()
        verified = index.verify(repair=True)
        assert "roots.json" in verified.problems[0]
        assert verified.remaining == ()
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "letters"])
        assert index.sync().unchanged == 1


def test_columns_are_remembered_and_tables_read_anew_when_they_change(base):
    (base / "letters" / "t.csv").write_text("Was;Inhalt\nA well;A story of roses\n", encoding="utf-8")
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "letters"])
        assert index.get("letters/t.csv#2").title == ""
        report = index.sync([base / "letters"], columns=["title=Was", "text=Inhalt"])
        assert (report.updated, report.unchanged) == (1, 1)
        assert index.get("letters/t.csv#2").title == "A well"
        (base / "letters" / "t.csv").write_text("Was;Inhalt\nA lake;A story of roses\n", encoding="utf-8")
        index.sync()
        assert index.get("letters/t.csv#2").title == "A lake"
