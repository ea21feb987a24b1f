"""The protocol of languages, and the alphabet in which all stems meet.

The *shared Latin alphabet* writes one sound with one letter, the same for Kazakh, Uzbek and Russian:

    а a  ә ä  б b  в v  г g  ғ ğ  д d  е э e  ё yo  ж j  з z  и і i  й y  к k  қ q  л l  м m  н n  ң ñ  о o  ө ö
    п p  р r  с s  т t  у u  ұ ū  ү ü  ф f  х һ ҳ h  ц ts  ч ch  ш sh  щ sh  ы ı  ю yu  я ya  ў ö  ъ ь nothing

English words keep their spelling, so that a loan (memorandum, меморандум) has one stem in all languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable


class Step(NamedTuple):
    """One step from a surface form to its stem, for `searchkit analyze`.

    `kind`: "letters repaired", "alphabet", "ending", "change", "stem"...; `name` says what it was in words, such as
    "plural", "3rd person possessive", "Latin of 2021"; `before` and `after` are the word.
    """

    kind: str
    name: str
    before: str
    after: str


def told(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that changed the word, and the stem in any case."""
    return tuple(step for step in steps if step.before != step.after or step.kind == "stem")


class QueryStem(NamedTuple):
    """A stem to look for, for a query word: `weight` 1 for the word as it stands, less for a guess.

    `reason` is "stem", "transliteration" (another alphabet) or "spelling" (letters that people leave out).
    """

    stem: str
    weight: float
    reason: str


class Language(Protocol):
    """A language. All methods are pure and remember nothing; `analysis` remembers per distinct word."""

    code: str
    """ISO 639-1."""
    name: str
    """In English."""
    scripts: frozenset[str]
    """ISO 15924 codes of the scripts it is written in: "Latn", "Cyrl"."""
    stop_words: frozenset[str]
    """Normalised words, in every script, that say little: for ranking and snippets, never dropped from phrases."""

    undoes_participles: bool
    """Whether a noun that was a participle has the stem of its verb: келуші, the visitor, that of кел, come."""

    def normalise(self, word: str) -> str:
        """`Token.word`: what `text.normalise.fold` gave, with the language's own case and apostrophes settled."""

    def stem(self, word: str) -> str:
        """The stem, in the shared Latin alphabet, of a normalised word in any script of the language. Never empty."""

    def readings(self, word: str) -> Sequence[QueryStem]:
        """All stems that a normalised query word may mean, best first; the first is `stem(word)` with weight 1."""

    def steps(self, word: str) -> Sequence[Step]:
        """How `stem` came about, for people to read."""


@runtime_checkable
class KnowsWords(Protocol):
    """The protocol of a language that has a dictionary or a list of roots, beside `Language`."""

    def knows(self, word: str) -> bool:
        """Whether a normalised word of three letters or more, in any script of the language, is a form of a listed one."""
