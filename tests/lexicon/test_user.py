"""A user's own word lists in an index: added, replaced, limited."""

import pytest

from searchkit.errors import SearchkitError
from searchkit.lexicon import list_formats, user


@pytest.fixture
def index(tmp_path):
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


def write(folder, name, *pairs):
    file = folder / name
    file.write_text("en\tkk\n" + "".join(f"{english}\t{kazakh}\n" for english, kazakh in pairs), encoding="utf-8")
    return file


def test_a_file_of_the_same_name_replaces_what_it_gave_before(index, tmp_path):
    assert user.add(index, write(tmp_path, "a.tsv", ("frobnicator", "тұғырнама"), ("wug", "құмыра"))) == 2
    assert user.add(index, write(tmp_path, "b.tsv", ("blicket", "тостаған"))) == 1
    assert user.add(index, write(tmp_path, "a.tsv", ("frobnicator", "құмыра"))) == 1
    (concept,) = user.lookup(index, "frobnicator")
    assert concept.words["kk"] == ("құмыра",)
    assert user.lookup(index, "wug") == []
    assert len(user.lookup(index, "blicket")) == 1


def test_the_lists_of_an_index_are_limited_together(index, tmp_path, monkeypatch):
    """What is there stays as it was."""
    monkeypatch.setattr(list_formats, "MOST_CONCEPTS", 2)
    user.add(index, write(tmp_path, "a.tsv", ("frobnicator", "тұғырнама"), ("wug", "құмыра")))
    with pytest.raises(SearchkitError, match="holds 2 concepts of yours, and .* has 1: together"):
        user.add(index, write(tmp_path, "b.tsv", ("blicket", "тостаған")))
    assert len(user.lookup(index, "wug")) == 1
    assert user.lookup(index, "blicket") == []


def test_a_file_whose_name_would_break_a_table(index, tmp_path):
    try:
        file = write(tmp_path, "a\tb\nc.tsv", ("frobnicator", "тұғырнама"))
    except OSError:
        pytest.skip("this system has no such names")
    assert user.add(index, file) == 1
    assert len(user.lookup(index, "frobnicator")) == 1


def test_the_state_changes_with_each_import(index, tmp_path):
    before = user.state(index)
    user.add(index, write(tmp_path, "a.tsv", ("wug", "құмыра")))
    between = user.state(index)
    user.add(index, write(tmp_path, "b.tsv", ("blicket", "тостаған")))
    assert len({before, between, user.state(index)}) == 3
