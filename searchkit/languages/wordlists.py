"""Word lists in data files: one or more words a line, blank lines and lines that begin with # skipped."""

from __future__ import annotations

import os

from searchkit import languages


def read_text(language: str, name: str) -> str:
    """A file of the data of a language (ISO 639-1), `languages/<language>/data/<name>`, as it stands.

    Raises FileNotFoundError where the language has none. A language may lie in any folder of the package's path.
    """
    paths = [os.path.join(folder, language, "data", name) for folder in languages.__path__]
    with open(next(filter(os.path.exists, paths), paths[0]), encoding="utf-8") as file:
        return file.read()


def read_lines(language: str, name: str) -> list[str]:
    """The lines of such a file that hold data, stripped."""
    lines = map(str.strip, read_text(language, name).split("\n"))
    return [line for line in lines if line and line[0] != "#"]


def read_words(language: str, name: str) -> frozenset[str]:
    """All words of such a file."""
    return frozenset(" ".join(read_lines(language, name)).split())


def read_pairs(language: str, name: str) -> list[tuple[str, str]]:
    """The rows of such a file that has two columns, with a tab between them."""
    return [(first, second) for first, second in (line.split("\t") for line in read_lines(language, name))]
