"""The dictionary of OpenCorpora as pymorphy3 ships it (package pymorphy3-dicts-ru), looked up where it lies on disk.

pymorphy3 itself reads all of it first, which takes 0.16 s and 25 MB. Here its two large files, the words and the ends
of words, are mapped into memory (`dawg`), and three small ones are read: 6 ms, and 30 to 100 µs for a word.

A *paradigm* is the list of a lexeme's forms, each with prefix, ending and grammatical tag; the first is the lemma. A
word leads to (paradigm, number of the form) pairs; what is left of the word without that form's prefix and ending is
common to all forms.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from searchkit.errors import SearchkitError
from searchkit.languages.ru.dawg import ROOT, Dawg

_WORD_RECORD = struct.Struct(">HH")
_END_RECORD = struct.Struct(">IHH")
_LONGEST_END = 5
"""Letters: the dictionary's ends of words are no longer."""
_E, _YO = "е".encode(), "ё".encode()
_UNPRODUCTIVE = frozenset({"NUMR", "NPRO", "PRED", "PREP", "CONJ", "PRCL", "INTJ", "Apro"})
"""Grammemes of words to which no new ones are formed."""


class Parse(NamedTuple):
    """A parse of a word: its lemma, with ё; the tags of the form and of the lemma; how often it is that.

    A tag is OpenCorpora's: "NOUN,inan,masc sing,gent". `share` is the probability of the tag given the word, where the
    corpus has the word and its lemmas differ; else 0; of a guess, the number of words with that end.
    """

    lemma: str
    tag: str
    lemma_tag: str
    share: float

    @property
    def of_verb(self) -> bool:
        """Whether the lemma is an infinitive."""
        return "INFN" in self.lemma_tag


class Dictionary:
    """The dictionary's files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._words = Dawg(folder / "words.dawg")
        self._shares = Dawg(folder / "p_t_given_w.intdawg")
        self._endings: list[str] = json.loads((folder / "suffixes.json").read_bytes())
        self._tags: list[str] = json.loads((folder / "gramtab-opencorpora-int.json").read_bytes())
        options = json.loads((folder / "meta.json").read_bytes())
        self._prefixes: list[str] = next(value for key, value in options if key == "compile_options")[
            "paradigm_prefixes"
        ]
        self._folder = folder
        self._paradigms = array("H", (folder / "paradigms.array").read_bytes())
        self._rules: dict[tuple[int, int], tuple[int, str, str, str]] = {}
        self._starts = [1]

    @cached_property
    def _ends(self) -> list[Dawg]:
        return [Dawg(self._folder / f"prediction-suffixes-{number}.dawg") for number in range(len(self._prefixes))]

    def known(self, word: str) -> list[Parse]:
        """The parses of a small-letter word with е for ё, likeliest first; none for a word that is not listed."""
        found = [
            self._parse(spelt, paradigm, form)
            for spelt, at in _spellings(self._words, word)
            for paradigm, form in self._words.records(at, _WORD_RECORD)
        ]
        if len({(parse.lemma, parse.lemma_tag) for parse in found}) > 1:
            in_corpus = self._shares.follow(f"{word}:".encode())
            if in_corpus >= 0:
                found = [parse._replace(share=self._share(in_corpus, parse.tag)) for parse in found]
                found.sort(key=lambda parse: -parse.share)
        return found

    def guessed(self, word: str) -> list[Parse]:
        """The parses of an unlisted word by its end, most listed words with that end first."""
        found = []
        for prefix, ends in zip(self._prefixes, self._ends, strict=True):
            if not word.startswith(prefix):
                continue
            for length in range(min(_LONGEST_END, len(word) - 1), 0, -1):
                of_end = [
                    self._parse(word[:-length] + spelt, paradigm, form, count)
                    for spelt, at in _spellings(ends, word[-length:])
                    for count, paradigm, form in ends.records(at, _END_RECORD)
                ]
                productive = [
                    parse for parse in of_end if _UNPRODUCTIVE.isdisjoint(parse.tag.replace(" ", ",").split(","))
                ]
                if productive:
                    found += productive
                    break
        found.sort(key=lambda parse: -parse.share)
        return found

    def _share(self, in_corpus: int, tag: str) -> float:
        at = self._shares.follow(tag.encode(), in_corpus)
        return self._shares.value(at) / 1e6 if at >= 0 else 0.0

    def _parse(self, word: str, paradigm: int, form: int, share: float = 0.0) -> Parse:
        rule = self._rules.get((paradigm, form))
        if rule is None:
            rule = self._rules[paradigm, form] = self._rule(paradigm, form)
        cut, ending, tag, lemma_tag = rule
        return Parse(word[: len(word) - cut] + ending, tag, lemma_tag, share)

    def _rule(self, paradigm: int, form: int) -> tuple[int, str, str, str]:
        """How a form leads to its lemma: letters to cut, the ending instead; the tags of both.

        The prefixes of degree are kept, as in наилучший: a stem should begin as the form does.
        """
        starts, numbers = self._starts, self._paradigms
        while len(starts) <= paradigm:
            starts.append(starts[-1] + 1 + numbers[starts[-1]])
        start = starts[paradigm]
        forms = numbers[start] // 3
        endings, tags = start + 1, start + 1 + forms
        cut = len(self._endings[numbers[endings + form]])
        return cut, self._endings[numbers[endings]], self._tags[numbers[tags + form]], self._tags[numbers[tags]]


def _spellings(words: Dawg, text: str) -> Iterator[tuple[str, int]]:
    """The spellings of a text with е or ё that are in a word list, and the unit that each leads to."""
    pending = [("", text, ROOT)]
    while pending:
        spelt, rest, at = pending.pop()
        before, e, after = rest.partition("е")
        at = words.follow(before.encode(), at)
        if at < 0:
            continue
        spelt += before
        if not e:
            yield spelt, at
            continue
        for letter, encoded in (("ё", _YO), ("е", _E)):
            following = words.follow(encoded, at)
            if following >= 0:
                pending.append((spelt + letter, after, following))


@cache
def dictionary() -> Dictionary:
    """The installed dictionary. Raises SearchkitError where the package is missing."""
    try:
        import pymorphy3_dicts_ru
    except ImportError as error:
        raise SearchkitError("Russian needs the package pymorphy3-dicts-ru; install it with pip.") from error
    return Dictionary(Path(pymorphy3_dicts_ru.get_path()))
