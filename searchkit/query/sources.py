"""Where the index terms of a query word come from: one function a source, each giving weighted alternatives.

`SOURCES` is the ordered list of them. A new source (a lexicon, name keys) is a function here and its place in the list.
Sources speak of the text's fields (word, stem, name); `expansion` derives the title's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from searchkit import languages, lexicon
from searchkit.analysis import analyse
from searchkit.lexicon import Lexicon
from searchkit.query import translation
from searchkit.terms.query_tree import Fuzzy, Prefix, Sequence, Term, Word
from searchkit.text.lookalikes import repair
from searchkit.text.scripts import script_of

Alternative = Term | Prefix | Fuzzy | Sequence

QUERY_LANGUAGES = ("en", "kk", "uz", "ru")
"""Languages that people ask in, whatever the collection holds."""
FUZZY_WEIGHT = 0.5
"""What a misspelt form is worth beside the word as typed."""
REMEMBERED = 1 << 9
"""Words of queries whose alternatives are remembered, at most 15 MB."""
SHORTEST_FUZZY_STEM = 4
"""Letters; a shorter stem is within one edit of too many others."""


class Options(NamedTuple):
    """What an expansion may use.

    `translate`: the lexicon. `transliterate`: readings in other alphabets and spellings. `languages`: the ISO 639-1
    codes of the languages that the collection holds, in which words are read besides QUERY_LANGUAGES; a language that
    it does not hold would only bring false stems. `lexicon`: the one to translate by, None for searchkit's own.
    `likely`: the languages that the query may be in, which `expansion` finds (see `translation`).
    """

    translate: bool = True
    transliterate: bool = True
    languages: tuple[str, ...] = ()
    lexicon: Lexicon | None = None
    likely: Mapping[str, float] = MappingProxyType({})


class Alternatives(NamedTuple):
    """What stands for a word in the text's fields, and the same in the title's."""

    text: tuple[Alternative, ...]
    title: tuple[Alternative, ...]

    def of(self, field: str) -> tuple[Alternative, ...]:
        """Those of a query's field: "" (text and title) or "title"."""
        return self.title if field == "title" else self.text + self.title


class QueryWord(NamedTuple):
    """One token of the query, `text` as typed; `exact`, `prefix` and `distance` as in `tree.Word`.

    `forms` is the word as each language of its script writes it: (ISO 639-1 code, term of the field word). A number, or
    a word in a script that no language is written in, has one form without a language, which is its stem too.
    """

    text: str
    script: str
    forms: tuple[tuple[str, str], ...]
    exact: bool = False
    prefix: bool = False
    distance: int = 0

    def words(self) -> tuple[str, ...]:
        """Its distinct terms of the field word."""
        return tuple(dict.fromkeys(word for _, word in self.forms))

    def stems(self) -> tuple[str, ...]:
        """Its distinct stems, in all its languages."""
        return tuple(dict.fromkeys(languages.get(code).stem(word) if code else word for code, word in self.forms))


Source = Callable[[QueryWord, Options], Iterator[Alternative]]


def surfaces(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """The word as typed."""
    if not word.prefix:
        for text in word.words():
            yield Term("word", text)


def stems(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """Its stems, in every language of its script; other alphabets and spellings where the options allow them."""
    if word.exact or word.prefix:
        return
    for code, form in word.forms:
        if not code or len(form) >= analyse.LONGEST:
            yield Term("stem", form, reason="stem")
            continue
        for reading in languages.get(code).readings(form):
            if options.transliterate or reading.reason == "stem":
                yield Term("stem", reading.stem, reading.weight, reading.reason)


def prefixes(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """Words that begin like this, for memor*; through the shared alphabet in other scripts too."""
    if not word.prefix:
        return
    for text in word.words():
        yield Prefix("word", text)
    if options.transliterate and not word.exact:
        # A stem that lost an ending (қазақта* to qazaq) would find far more than was typed.
        for stem in word.stems():
            if len(stem) >= len(word.text) - 1:
                yield Prefix("stem", stem)


def misspellings(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """Words and stems a few edits away, for wor~1."""
    if not word.distance or word.prefix:
        return
    for text in word.words():
        yield Fuzzy("word", text, word.distance, FUZZY_WEIGHT)
    if options.transliterate and not word.exact:
        for stem in word.stems():
            if len(stem) >= SHORTEST_FUZZY_STEM + word.distance - 1:
                yield Fuzzy("stem", stem, word.distance, FUZZY_WEIGHT)


def translations(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """The words of other languages for the same concept, from the lexicon."""
    if options.translate and not (word.exact or word.prefix or translation.is_stop_word(word, options.likely)):
        yield from translation.of_words([word], options.likely, options.lexicon)


SOURCES: tuple[Source, ...] = (surfaces, stems, prefixes, misspellings, translations)


def own_script(word: QueryWord) -> Alternatives:
    """What a form of the word in the script of the query begins with, for a search that leaves other scripts out.

    A stem says nothing of scripts. This is the shortest beginning of the word that has its stem, without a last letter
    that may change before an ending (кітап, кітабы).
    """
    found: dict[str, None] = {}
    for code, form in word.forms:
        stem = languages.get(code).stem if code else str
        wanted = stem(form)
        beginning = next(form[:end] for end in range(1, len(form) + 1) if stem(form[:end]) == wanted)
        found[beginning if len(beginning) < 4 else beginning[:-1]] = None
    prefixes = tuple(Prefix("word", text) for text in found)
    return Alternatives(prefixes, tuple(map(in_title, prefixes)))


def query_word(text: str, like: Word, options: Options, last: bool = True) -> QueryWord:
    """A token of the query word `like`, its `last` one or not, as analysis sees it in documents of each language."""
    script = script_of(repair(text))
    codes = languages.for_script(script)
    read_in = tuple(code for code in codes if code in QUERY_LANGUAGES or code in options.languages)
    forms = _forms(text, script, read_in) if len(text) <= analyse.LONGEST else _forms_anew(text, script, read_in)
    return QueryWord(text, script, forms, like.exact, like.prefix and last, like.distance)


@lru_cache(maxsize=REMEMBERED)
def _forms(text: str, script: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return _forms_anew(text, script, codes)


def _forms_anew(text: str, script: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What a token is in each of these languages, those that it cannot be of left out."""
    forms = []
    for code in codes:
        seen_as, word, _, _ = analyse.vocabulary_of(code, script)[text]
        if seen_as == code:
            forms.append((code, word))
    if not forms:
        forms.append(("", analyse.vocabulary_of(languages.codes()[0], script)[text][1]))
    return tuple(forms)


def alternatives(word: QueryWord, options: Options) -> Alternatives:
    """All that the sources give, in their order; of equal terms the one of greatest weight.

    What searchkit's own lexicon gives is remembered, but for words too long to be any.
    """
    if len(word.text) <= analyse.LONGEST and (options.lexicon is None or options.lexicon is lexicon.default()):
        return _remembered(word, SOURCES, options.translate, options.transliterate, tuple(options.likely.items()))
    return _alternatives(word, SOURCES, options)


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    word: QueryWord,
    asked: tuple[Source, ...],
    translate: bool,
    transliterate: bool,
    likely: tuple[tuple[str, float], ...],
) -> Alternatives:
    return _alternatives(word, asked, Options(translate, transliterate, likely=dict(likely)))


def _alternatives(word: QueryWord, asked: tuple[Source, ...], options: Options) -> Alternatives:
    found: dict[tuple[object, ...], Alternative] = {}
    for source in asked:
        for one in source(word, options):
            key = (type(one), one.slots) if isinstance(one, Sequence) else (type(one), one.field, one.text)
            if key not in found or found[key].weight < one.weight:
                found[key] = one
    return Alternatives(tuple(found.values()), tuple(map(in_title, found.values())))


def in_title(one: Alternative) -> Alternative:
    """The same in the title's fields."""
    if isinstance(one, Sequence):
        slots = tuple(tuple(replace(term, field=f"title_{term.field}") for term in slot) for slot in one.slots)
        return replace(one, slots=slots)
    return replace(one, field=f"title_{one.field}")
