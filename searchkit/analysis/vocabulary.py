"""Cached analysis of words: each distinct word is analysed once per language and script of a passage.

`Vocabulary` remembers `REMEMBERED` distinct words a language and script. Indexing asks for more: what stands among the
terms of a document for each *chunk*, a piece of text between blanks, is remembered with the signs around its words
(`Chunks`), so that a known chunk costs a look-up and the terms of a text are made by joining strings.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeVar

from searchkit import languages
from searchkit.analysis.entries import LONGEST, Entry, entry
from searchkit.languages.profile import profile
from searchkit.people.spelling.phonetic_key import key
from searchkit.terms.wire import piece, terms_of
from searchkit.text.scripts import script_of
from searchkit.text.words import PLAIN, has_blanks_inside, is_cut_alone, is_one_word, surfaces

T = TypeVar("T")

REMEMBERED = 100_000
"""Distinct words remembered for each language and script, about 40 MB."""

_TOGETHER = "\0"


class Vocabulary(dict[str, Entry]):
    """Surface form to what it became, in passages of one language and script; bounded."""

    def __init__(self, code: str, script: str, stems: bool = True) -> None:
        self.code = code
        self.script = script
        self._stems = stems
        self.apostrophes = profile(code).apostrophes if script == "Latn" else PLAIN
        """How words are cut: in Cyrillic no letter is written with an apostrophe."""
        language = languages.get(code)
        self._normalise, self._stem = language.normalise, language.stem if stems else str
        self._is_plain = re.compile(_plain_words(code, script)).fullmatch
        self.chunks = Chunks(self)

    def __missing__(self, surface: str) -> Entry:
        found = self.look_at(surface)
        if len(surface) <= LONGEST:
            _remember(self, surface, found)
        return found

    def look_at(self, surface: str) -> Entry:
        """Analyse a surface form that is not remembered yet."""
        if not self._is_plain(surface):
            return entry(surface, self.code, self.script, self._stems)
        made = self.chunks.get(surface)
        if made:
            return self.code, *terms_of(made)
        # What `entries.entry` gives for a word that needs no repair and is surely of the passage's language.
        word = self._normalise(surface.lower()) or surface
        stem, name = "", ""
        if word != surface:
            stem = self._known_stem(word)
            name = key(surface, word, self.code)
        stem = stem or self._stem(word) or word
        return self.code, word, word if stem == word else stem, name

    def _known_stem(self, word: str) -> str:
        if known := self.get(word):
            return known[2]
        made = self.chunks.get(word)
        return terms_of(made)[1] if made else ""


class Chunks(dict[str, str]):
    """The terms of a chunk of text between blanks: a blank and a piece (see `terms.wire`) for each of its
    words; bounded. _TOGETHER stands for a chunk that must be cut together with its neighbours.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._apostrophes = vocabulary.apostrophes
        self._words: dict[str, str] = {}
        """The same for words that are no chunks of their own, such as those with a hyphen or an apostrophe."""

    def made(self, text: str, start: int, end: int) -> str:
        """The terms of the words of `text[start:end]`, a blank before each."""
        if start == 0 or text[start - 1].isspace():
            chunks = text.split() if end - start == len(text) else text[start:end].split()
            made = "".join(map(self.__getitem__, chunks))
            if _TOGETHER not in made and not has_blanks_inside(text, start, end):
                return made
        return "".join(map(self._of_word, surfaces(text, self._apostrophes, start, end)))

    def __missing__(self, chunk: str) -> str:
        if is_one_word(chunk):
            made = self._look_at(chunk)
        elif is_cut_alone(chunk, self._apostrophes):
            made = "".join(map(self._of_word, surfaces(chunk, self._apostrophes, 0, len(chunk))))
        else:
            made = _TOGETHER
        if len(chunk) <= LONGEST:
            _remember(self, chunk, made)
        return made

    def _of_word(self, surface: str) -> str:
        if is_one_word(surface):
            return self[surface]
        made = self._words.get(surface)
        if made is None:
            made = self._look_at(surface)
            if len(surface) <= LONGEST:
                _remember(self._words, surface, made)
        return made

    def _look_at(self, surface: str) -> str:
        _, word, stem, name = self._vocabulary.get(surface) or self._vocabulary.look_at(surface)
        return " " + piece(word, stem, name)


def _remember(known: dict[str, T], key: str, value: T) -> None:
    if len(known) >= REMEMBERED:
        # Frequent words come back soon; keeping count of their use would cost more than this.
        known.clear()
    known[key] = value


def _plain_words(code: str, script: str) -> str:
    """A pattern of words whose letters all are of the passage's own alphabet, mean one thing and need no repair."""
    if script not in languages.get(code).scripts:
        return "(?!)"
    facts = profile(code)
    if script == "Latn":
        return f"[A-HJ-Za-z]{{1,{LONGEST}}}" if facts.dotless_i == "always" else f"[A-Za-z]{{1,{LONGEST}}}"
    return rf"(?![ХІ]+\Z)[А-яЁё{facts.letters.get(script, '')}]{{1,{LONGEST}}}"


def vocabulary_of(code: str, script: str, stems: bool = True) -> Vocabulary:
    """The one vocabulary of passages in a language (ISO 639-1) and script (ISO 15924), with stems or without."""
    return _vocabulary(code, script, stems)


_vocabulary = cache(Vocabulary)


def vocabulary_in(code: str, text: str, start: int, end: int, stems: bool = True) -> Vocabulary:
    """The vocabulary of the passage `text[start:end]` in a language."""
    scripts = languages.get(code).scripts
    script = next(iter(scripts)) if len(scripts) == 1 else script_of(text, start, end) or "Latn"
    return _vocabulary(code, script, stems)
