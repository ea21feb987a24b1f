from pathlib import Path

import pytest

from searchkit import languages
from searchkit.languages.wordlists import read_lines, read_pairs, read_text, read_words


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "xx" / "data"
    data.mkdir(parents=True)
    (data / "list.txt").write_text("# a note\n one  two\n\nthree\n", encoding="utf-8")
    (data / "pairs.tsv").write_text("# a note\na\tb\nc\td\n", encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])


def test_notes_and_blank_lines_are_skipped() -> None:
    assert read_lines("xx", "list.txt") == ["one  two", "three"]
    assert read_words("xx", "list.txt") == {"one", "two", "three"}
    assert read_pairs("xx", "pairs.tsv") == [("a", "b"), ("c", "d")]
    assert read_text("xx", "pairs.tsv").startswith("# a note")


def test_a_missing_file() -> None:
    with pytest.raises(FileNotFoundError):
        read_text("xx", "none.txt")
