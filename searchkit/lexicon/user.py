"""A user's own words: a folder `lexicon` in the index's own, with a table for each imported file and all of them compiled."""

from __future__ import annotations

import os
import re
from pathlib import Path

from searchkit import lexicon
from searchkit.errors import SearchkitError
from searchkit.lexicon import compiled, table
from searchkit.lexicon.compiled import Compiled, Lexicon, Union
from searchkit.lexicon.table import Concept
from searchkit.text.scripts import script_of

_FOLDER = "lexicon"
_COMPILED = "compiled.txt"
_OWN = "user/"
"""The prefix of a user's own fields, to tell them from searchkit's."""
_UNWRITABLE = "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
"""Characters of file names that would break a line of the table."""


def opened(index: Path) -> Lexicon:
    """The lexicon that a search of an index uses: searchkit's own and, where there are any, the user's words."""
    file = index / _FOLDER / _COMPILED
    return Union([Compiled(file), lexicon.default()]) if file.exists() else lexicon.default()


def state(index: Path) -> object:
    """Another after each import into the lexicon of an index."""
    try:
        status = (index / _FOLDER / _COMPILED).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def add(index: Path, file: Path) -> int:
    """Import a file; one of the same name replaces what it gave before. Returns how many concepts it has."""
    from searchkit.lexicon import list_formats
    from searchkit.lexicon.stems import pairs_of, stems_of, undone

    concepts = list(list_formats.read(file))
    if not concepts:
        raise SearchkitError(
            f"{file} has no concept with words in two of {', '.join(table.LANGUAGES)}: nothing was imported."
        )
    folder = index / _FOLDER
    folder.mkdir(exist_ok=True)
    name = f"{re.sub(_UNWRITABLE, '_', file.stem)}.tsv"
    others = [concept for own in table.files(folder) if own.name != name for concept in table.read(own)]
    if len(others) + len(concepts) > list_formats.MOST_CONCEPTS:
        raise SearchkitError(
            f"The index holds {len(others):,} concepts of yours, and {file} has {len(concepts):,}: together they may be"
            f" {list_formats.MOST_CONCEPTS:,}. Delete a table in {folder} that you no longer need."
        )
    _replace(folder / name, "\n".join(["\t".join(table.HEADER), *map(_row, concepts)]) + "\n")
    # As they stand in the table now, since a concept is found again by its line.
    everything = [*others, *table.read(folder / name)]
    own_fields = (concept._replace(field=_OWN + concept.field) for concept in everything)
    lines = compiled.compile_lines(own_fields, stems_of, pairs_of, undone())
    _replace(folder / _COMPILED, "".join(f"{line}\n" for line in lines))
    return len(concepts)


def lookup(index: Path, term: str) -> list[Concept]:
    """The concepts that a term may mean, in any language of its script, as they were written."""
    from searchkit import languages
    from searchkit.lexicon.stems import stems_of

    merged, places = opened(index), dict[str, None]()
    for code in table.LANGUAGES:
        if script_of(term) in languages.get(code).scripts:
            places.update((sense.place, None) for sense in merged.senses(code, stems_of(code, term)))
    return [concept for place in places if (concept := concept_at(index, place))]


def concept_at(index: Path, place: str) -> Concept | None:
    """The concept as it was written, from `Sense.place`; None where the table has changed since."""
    field, _, line = place.rpartition(":")
    folder = index / _FOLDER if field.startswith(_OWN) else lexicon.DATA
    file = folder / f"{field.removeprefix(_OWN)}.tsv"
    return table.read_line(file, int(line)) if file.exists() else None


def _row(concept: Concept) -> str:
    return "\t".join((concept.pos, *("; ".join(concept.words.get(code, ())) for code in table.LANGUAGES)))


def _replace(file: Path, text: str) -> None:
    temporary = file.with_name(file.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, file)
