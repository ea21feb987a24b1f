"""Query expanders: each is a function that gives index terms for a word of the query, with their weights.

`EXPANDERS` is the ordered list of them. A new one is a function here and its place in the list.
They speak of the text's fields (word, stem, name); `expansion` derives the title's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from searchkit import languages, lexicon
from searchkit.analysis.entries import LONGEST
from searchkit.query import shelf_marks, translation
from searchkit.query.near_spellings import ALIKE, near_spellings
from searchkit.query.query_word import REMEMBERED, Alternative, Alternatives, Options, QueryWord, in_title
from searchkit.terms.query_tree import Fuzzy, Prefix, Sequence, Term

FUZZY_WEIGHT = 0.5
"""The weight of a misspelt form beside the word as typed."""
SHORTEST_FUZZY_STEM = 4
"""Letters; a shorter stem is within one edit of too many others."""


Expander = Callable[[QueryWord, Options], Iterator[Alternative]]


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
        if not code or len(form) >= LONGEST:
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


def shelf_mark(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """The parts of an inventory number or ISBN as words side by side: КП1234 is КП-1234."""
    if options.transliterate and not (word.exact or word.prefix or word.distance):
        for text in word.words():
            yield from shelf_marks.parted(text)


def translations(word: QueryWord, options: Options) -> Iterator[Alternative]:
    """The words of other languages for the same concept, from the lexicon."""
    if not options.translate or word.exact or word.prefix:
        return
    if options.grammar or not translation.is_stop_word(word, options.likely):
        yield from translation.of_words([word], options.likely, options.lexicon, options.parts)


EXPANDERS: tuple[Expander, ...] = (surfaces, stems, prefixes, misspellings, shelf_mark, translations)


def own_script(word: QueryWord) -> Alternatives:
    """The prefixes of the word's forms in the script of the query, for a search that leaves other scripts out.

    A stem says nothing of scripts. This is the shortest beginning of the word that has its stem, without a last letter
    that may change before an ending (кітап, кітабы).
    """
    found: dict[str, None] = {}
    for code, form in word.forms:
        stem = languages.get(code).stem if code else str
        wanted = stem(form)
        end = next(end for end in range(1, len(form) + 1) if stem(form[:end]) == wanted)
        if end >= len(form) - 1 and wanted != form:
            # The stem is no beginning of the word (libraries, людьми): its first half is all that its forms share.
            end = len(form) // 2 + 1
        found[form[:end] if end < 4 else form[: end - 1]] = None
    prefixes = tuple(Prefix("word", text) for text in found)
    return Alternatives(prefixes, tuple(map(in_title, prefixes)))


def sounds_alike(word: QueryWord, options: Options) -> Iterator[Term]:
    """The index's words that sound like one which the lexicon does not know, or like a name: `near_spellings`."""
    if options.engine is None or not options.transliterate:
        return
    known = any(translation.is_known(code, form, options.lexicon) for code, form in word.forms if code)
    if not known:
        yield from near_spellings(word, options.engine)
    elif word.text[:1].isupper() and not translation.is_stop_word(word, options.likely):
        yield from near_spellings(word, options.engine, ALIKE)


def alternatives(word: QueryWord, options: Options) -> Alternatives:
    """All that the expanders give, in their order; of equal terms the one of greatest weight.

    What searchkit's own lexicon gives is remembered, but for words too long to be any; not what an index gives.
    """
    if len(word.text) <= LONGEST and (options.lexicon is None or options.lexicon is lexicon.default()):
        likely = tuple(options.likely.items())
        found = _remembered(
            word, EXPANDERS, options.translate, options.transliterate, likely, options.parts, options.grammar
        )
    else:
        found = _alternatives(word, EXPANDERS, options)
    held = {one.text for one in found.text if isinstance(one, Term)}
    alike = tuple(one for one in sounds_alike(word, options) if one.text not in held)
    return Alternatives(found.text + alike, found.title + tuple(map(in_title, alike))) if alike else found


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    word: QueryWord,
    asked: tuple[Expander, ...],
    translate: bool,
    transliterate: bool,
    likely: tuple[tuple[str, float], ...],
    parts: bool,
    grammar: bool,
) -> Alternatives:
    options = Options(translate, transliterate, likely=dict(likely), parts=parts, grammar=grammar)
    return _alternatives(word, asked, options)


def _alternatives(word: QueryWord, asked: tuple[Expander, ...], options: Options) -> Alternatives:
    found: dict[tuple[object, ...], Alternative] = {}
    for expander in asked:
        for one in expander(word, options):
            key = (type(one), one.slots) if isinstance(one, Sequence) else (type(one), one.field, one.text)
            if key not in found or found[key].weight < one.weight:
                found[key] = one
    return Alternatives(tuple(found.values()), tuple(map(in_title, found.values())))
