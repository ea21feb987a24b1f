"""The profile of a language: how it is written and recognised, before any of its words is analysed.

`languages/<code>/data/profile.tsv` has it, so that no module of the language is imported for it. A row is a kind of fact,
a script (ISO 15924) and the fact; further rows of the same kind and script add to it:

    letters      the letters of its alphabet, small and capital, beside A to Z or А to Я, ё
    own          a regular expression: letters, small and capital, that of the languages here none other has
    certain      a regular expression: where it is found, in any case of letters, the text is of the language
    former       a regular expression: words that in an older spelling had a letter which another language has for its own now
    lacks        letters, small and capital, that no word of it has, though the others of its script do
    telling      a weight and a regular expression: what speaks for the language in small letters, as often as it stands there
    alien        the same: what speaks against it
    words        its words of grammar
    endings      endings that tell it in words without grammar
    apostrophe   letters that an apostrophe may follow at the end of a word; then "detached", if blanks may stand around one
    dotless_i    "always" where I is the capital of ı, "seen" where it is in words that have ı or İ
    accented     "always" where no sentence is without letters beyond a to z
    modelled     the statistical model that knows the language in this script: "py3langid" (`analysis.guess`)
    scanned      the data of Tesseract by which scanned pages are read in a collection of the language, joined by +
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from searchkit import lazy
from searchkit.languages.wordlists import read_text
from searchkit.text.words import Apostrophes


class Sign(NamedTuple):
    """Evidence for or against a language: each match of `pattern` weighs `weight`."""

    weight: int
    pattern: re.Pattern[str]


class Profile:
    """The rows of a profile; the mappings are by script, and empty where the language has no such fact."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        facts: dict[tuple[str, str], list[str]] = {}
        for kind, script, fact in rows:
            facts.setdefault((kind, script), []).append(fact)

        def of(kind: str) -> dict[str, str]:
            return {script: " ".join(found) for (one, script), found in facts.items() if one == kind}

        def signs(kind: str) -> dict[str, tuple[Sign, ...]]:
            return {
                script: tuple(
                    Sign(int(weight), lazy.regex(pattern)) for weight, pattern in (f.split(" ", 1) for f in found)
                )
                for (one, script), found in facts.items()
                if one == kind
            }

        self.letters: Mapping[str, str] = of("letters")
        self.own: Mapping[str, str] = of("own")
        self.certain: Mapping[str, re.Pattern[str]] = {
            script: lazy.regex(pattern, re.IGNORECASE) for script, pattern in of("certain").items()
        }
        self.former: Mapping[str, re.Pattern[str]] = {
            script: lazy.regex(pattern, re.IGNORECASE) for script, pattern in of("former").items()
        }
        self.lacks: Mapping[str, str] = of("lacks")
        self.words: Mapping[str, tuple[str, ...]] = {
            script: tuple(text.split()) for script, text in of("words").items()
        }
        self.endings: Mapping[str, tuple[str, ...]] = {script: tuple(t.split()) for script, t in of("endings").items()}
        after, _, detached = of("apostrophe").get("Latn", "").partition(" ")
        self.apostrophes = Apostrophes(after, detached == "detached")
        self.dotless_i = of("dotless_i").get("Latn", "")
        self.accented = "Latn" in of("accented")
        self.modelled = frozenset(of("modelled"))
        self.scanned = of("scanned").get("", "")
        self._signs = signs

    @property
    def telling(self) -> Mapping[str, tuple[Sign, ...]]:
        """The signs for the language."""
        return self._signs("telling")

    @property
    def alien(self) -> Mapping[str, tuple[Sign, ...]]:
        """The signs against it."""
        return self._signs("alien")


@cache
def profile(code: str) -> Profile:
    """The profile of a language by its ISO 639-1 code; without any facts where it has none."""
    try:
        return Profile(read_rows(read_text(code, "profile.tsv")))
    except FileNotFoundError:
        return Profile([])


def read_rows(table: str) -> list[tuple[str, str, str]]:
    """The rows of a profile as text; lines that begin with # are notes."""
    lines = (line for line in table.split("\n") if line and not line.startswith("#"))
    return [(kind, script, fact) for kind, script, fact in (line.split("\t") for line in lines)]
