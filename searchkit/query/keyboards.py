"""Words typed with the wrong keyboard layout switched on: ghbdtn is привет, руддщ is hello, r3nfg is кітап."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HOME = "us"


def other_layouts(word: str) -> Iterator[str]:
    """The word as the same keys write it in other layouts, in small letters: distinct readings, likeliest first.

    A word with a character that no key of a layout writes gives nothing there.
    """
    typed = word.lower()
    seen = {typed}
    for keys in _changes():
        read = "".join(keys.get(letter, "") for letter in typed)
        if len(read) == len(typed) and read not in seen:
            seen.add(read)
            yield read


@cache
def _changes() -> tuple[dict[str, str], ...]:
    """From what a key writes in one layout to what it writes in another: from the US one to each, and back."""
    path = Path(__file__).parent / "data" / "keyboards.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    layouts = dict(line.split("\t", 1) for line in lines if not line.startswith("#"))
    home = layouts.pop(_HOME)
    there = [dict(zip(home, keys, strict=True)) for keys in layouts.values()]
    back = [dict(zip(keys, home, strict=True)) for keys in layouts.values()]
    return (*there, *back)
