"""Makes `data/compiled.txt` from the lexicon's tables: python -m searchkit.lexicon.build

To be run after every change to a table or a stemmer; a test says when it was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.lexicon import COMPILED, DATA, compiled, table
from searchkit.lexicon.stems import pairs_of, stems_of, undone


def lines() -> Iterator[str]:
    """The lines of the compiled lexicon as the tables and stemmers now make them."""
    concepts = (concept for file in table.files(DATA) for concept in table.read(file))
    return compiled.compile_lines(concepts, stems_of, pairs_of, undone())


def main() -> None:
    COMPILED.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
