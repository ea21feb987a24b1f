"""The lexicon as people write it: tab-separated files of concepts.

A file is a field of life (libraries, law, health). Its first lines are comments (#) that say what it is and under what
terms, then comes the header `pos en kk uz ru`, then a concept a line: its part of speech (n, v, a, d, p for proper names,
x for the rest) and in each language its words or multi-word terms, best first, separated by "; ". Kazakh is in Cyrillic,
Uzbek in the Latin alphabet of 1995. A cell may be empty. Verbs stand in the form dictionaries have: sign, қол қою,
imzolamoq, подписать. A word of several senses stands in a row of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from searchkit.errors import SearchkitError

LANGUAGES = ("en", "kk", "uz", "ru")
PARTS_OF_SPEECH = ("n", "v", "a", "d", "p", "x")
HEADER = ("pos", *LANGUAGES)


class Concept(NamedTuple):
    """A meaning and its words: `words[language]` is in the order of the cell; `field` and `line` say where it stands."""

    field: str
    line: int
    pos: str
    words: dict[str, tuple[str, ...]]


def files(folder: Path) -> list[Path]:
    """The lexicon's files, in order of name."""
    return sorted(folder.glob("*.tsv"))


def read(file: Path) -> Iterator[Concept]:
    """The concepts of a file. Raises SearchkitError, naming the line and what to mend."""
    lines = _lines(file)
    header = _header(file, lines)
    for number, line in lines:
        yield _concept(file, header, number, line)


def read_line(file: Path, wanted: int) -> Concept | None:
    """The concept of one line of a file, None where there is none. Errors are those of `read`."""
    lines = _lines(file)
    header = _header(file, lines)
    return next((_concept(file, header, number, line) for number, line in lines if number == wanted), None)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines that are no comments, by number."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SearchkitError(f"{file} is not in UTF-8: save it as “CSV UTF-8” or “Unicode text (UTF-8)”.") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _header(file: Path, lines: Iterator[tuple[int, str]]) -> tuple[str, ...]:
    number, line = next(lines, (0, ""))
    header = _cells(line)
    if unknown := [name for name in header if name not in HEADER and line]:
        raise SearchkitError(
            f"{file}, line {number}: unknown column {unknown[0]!r}; the first line must name columns out of"
            f" {', '.join(HEADER)}, with tabs between."
        )
    return header


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("\t"))


def _concept(file: Path, header: tuple[str, ...], number: int, line: str) -> Concept:
    cells = _cells(line)
    if len(cells) > len(header):
        raise SearchkitError(f"{file}, line {number}: {len(cells)} cells under {len(header)} columns; remove a tab.")
    row = dict(zip(header, cells, strict=False))
    words = {code: _words(row.get(code, "")) for code in LANGUAGES}
    return Concept(file.stem, number, row.get("pos", "n"), {code: found for code, found in words.items() if found})


def _words(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(word.split()) for word in cell.split(";") if word.strip()))
