"""An index that follows its files. The system's notifications are real here, the waiting is as long as it takes."""

import contextlib
import operator
import shutil

import pytest

import searchkit
from searchkit.collection import watch


@pytest.fixture
def base(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "TICK", 0.2)
    for name in ("archive/a.txt", "archive/more/b.txt", "letters/c.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"A text about tulips, {name}.", encoding="utf-8")
    return tmp_path


@contextlib.contextmanager
def watched(base, *paths, **options):
    """The reports of an index that follows folders; the first is that of the whole."""
    with (
        searchkit.open(base / "index", create=True) as index,
        contextlib.closing(index.watch(paths or None, **options)) as reports,
    ):
        yield reports


def counts(report):
    return report.added, report.updated, report.moved, report.removed


def until(reports, expected):
    """Take reports until together they count what is expected."""
    total = (0, 0, 0, 0)
    while total != expected:
        total = tuple(map(sum, zip(total, counts(next(reports)), strict=True)))
        assert all(map(operator.le, total, expected)), total


def ids(base):
    with searchkit.open(base / "index", create=False) as index:
        return sorted(index.ids())


def test_what_changes_is_read_and_nothing_else(base):
    with watched(base, base / "archive", exclude=["draft*"]) as reports:
        assert counts(next(reports)) == (2, 0, 0, 0)
        (base / "archive" / "draft.txt").write_text("Nobody reads drafts.", encoding="utf-8")
        (base / "archive" / "new.txt").write_text("A new text about roses.", encoding="utf-8")
        (base / "archive" / "more" / "b.txt").write_text("Other words.", encoding="utf-8")
        until(reports, (1, 1, 0, 0))
        (base / "archive" / "a.txt").unlink()
        until(reports, (0, 0, 0, 1))
        (base / "archive" / "more").rename(base / "archive" / "less")
        until(reports, (0, 0, 1, 0))
        assert ids(base) == ["archive/less/b.txt", "archive/new.txt"]


def test_without_paths_all_that_was_indexed_before_is_followed_as_it_was(base):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "archive"], exclude=["x*"])
        index.sync([base / "letters"])
    with watched(base) as reports:
        assert next(reports).unchanged == 3
        (base / "archive" / "x.txt").write_text("Excluded.", encoding="utf-8")
        (base / "letters" / "x.txt").write_text("Not excluded.", encoding="utf-8")
        until(reports, (1, 0, 0, 0))
        assert ids(base) == ["archive/a.txt", "archive/more/b.txt", "letters/c.txt", "letters/x.txt"]


def test_a_folder_that_vanishes_deletes_nothing_and_is_followed_again_when_it_is_back(base):
    with watched(base, base / "archive", base / "letters") as reports:
        next(reports)
        (base / "archive").rename(base / "taken out")
        report = next(reports)
        while not report.failed:
            report = next(reports)
        assert report.removed == 0
        assert "is gone" in report.failed[0].reason
        assert len(ids(base)) == 3
        (base / "taken out").rename(base / "archive")
        while report.failed:
            report = next(reports)
        (base / "archive" / "new.txt").write_text("After the folder came back.", encoding="utf-8")
        until(reports, (1, 0, 0, 0))


def test_its_own_index_is_passed_over_and_what_an_ignore_file_names_goes(base):
    with watched(base, base) as reports:
        assert counts(next(reports)) == (3, 0, 0, 0)
        (base / "archive" / ".searchkitignore").write_text("more\n", encoding="utf-8")
        until(reports, (0, 0, 0, 1))
        (base / "letters" / "c.txt").write_text("Other words.", encoding="utf-8")
        assert counts(next(reports)) == (0, 1, 0, 0)


def test_while_another_process_updates_the_index_changes_are_kept(base, monkeypatch):
    with watched(base, base / "archive") as reports:
        next(reports)
        refusals = [searchkit.LockedIndexError("Another process is updating the index.")] * 2
        writing = searchkit.collection.storage.Storage.writing

        def sometimes(*given):
            if refusals:
                raise refusals.pop()
            return writing(*given)

        monkeypatch.setattr(searchkit.collection.storage.Storage, "writing", sometimes)
        (base / "archive" / "new.txt").write_text("A new text.", encoding="utf-8")
        until(reports, (1, 0, 0, 0))
        assert not refusals


def test_a_path_that_is_gone_at_first_is_waited_for(base):
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "letters"])
    shutil.move(base / "letters", base / "elsewhere")
    with watched(base) as reports:
        assert "is gone" in next(reports).failed[0].reason
        shutil.move(base / "elsewhere", base / "letters")
        assert next(reports).failed == ()
