"""Which document is meant: by its id, by the number of a hit of the last search, or by a part of its id."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.cli import output, recent
from searchkit.cli.command import NOTHING
from searchkit.errors import SearchkitError
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.collection.index import Index

SHOWN = 5
"""Ids named where several fit."""


def named(index: Index, folder: Path, given: str) -> str:
    """The id of the document that is meant. Ends the command where there is none; SearchkitError where there are several."""
    if index.get(given) is not None:
        return given
    if given.isdecimal() and (found := recent.hit(folder, int(given))) is not None:
        return found
    fitting = list(itertools.islice(index.ids(given), SHOWN + 1)) if given else []
    if len(fitting) > 1:
        shown = ", ".join(fitting[:SHOWN])
        raise SearchkitError(
            f"“{given}” fits {shown} and others: give more of the name, or the number of a hit."
            if len(fitting) > SHOWN
            else f"“{given}” fits {shown}: give more of the name, or the number of a hit."
        )
    if not fitting:
        output.echo(say("There is no document %(id)s in the index.", id=given), err=True)
        sys.exit(NOTHING)
    return fitting[0]
