"""A word of a text that is a part of a name: where the name ends in it, and which ending follows."""

from __future__ import annotations

from typing import NamedTuple

from searchkit.people.names.case_endings import Ending, ending
from searchkit.people.spelling.phonemes import Reading


class WordMatch(NamedTuple):
    """A word that is the part. `cost` is the alignment's; `stem_end` the offset in the word after the name itself.

    `feminine` says that the word has a feminine surname ending which the part has not; `note` tells what else differs;
    `restored` is what the nominative has after `stem_end` (Дариги: Дариг, а), or the whole nominative (Льва: Лев).
    """

    cost: float
    stem_end: int
    ending: Ending
    feminine: bool = False
    note: str = ""
    restored: str = ""


class Rest(NamedTuple):
    """Where the name ends in the word, in letters, and the ending after it."""

    stem_end: int
    ending: Ending


def rest_of_word(paradigm: str, reading: Reading, end: int, word: str, language: str) -> Rest | None:
    """The rest of the word after its first `end` sounds, None where it is no ending."""
    tail, before = reading.sounds[end:], _before(paradigm, reading, end)
    letters = reading.ends[end - 1]
    found = ending(tail, before, paradigm, language, word[letters : letters + 1] == "ʻ")
    if found is not None:
        return Rest(letters + (word[letters : letters + 1] in ("ь", "ъ")), found)
    return doubled_rest(paradigm, reading, end, word, language) if end - 1 in reading.doubled else None


def doubled_rest(paradigm: str, reading: Reading, end: int, word: str, language: str) -> Rest | None:
    """The same where a doubled sound is the last of the name and the first of the ending: Асанның, Зии."""
    letters, before = reading.ends[end - 1], _before(paradigm, reading, end)
    apostrophe = "ʻ" in (word[letters : letters + 1], word[letters - 2 : letters - 1])
    found = ending(before + reading.sounds[end:], before, paradigm, language, apostrophe)
    return None if found is None else Rest(letters - 1, found)


def _before(paradigm: str, reading: Reading, end: int) -> str:
    before = reading.sounds[end - 1]
    # Дмитрий: the glide after i is not among the sounds.
    return "y" if paradigm == "consonant" and before in "iı" else before
