"""Did you mean: a better query for one that found nothing or little.

Each word that no document holds is replaced, in this order, by

1. what the same keys write in another keyboard layout (ghbdtn for привет),
2. the nearest word of the index, one edit away for short words and two for longer ones, the more frequent first,
3. a word of the index with the nearest stem: the one most like what was typed, in its own script before another
   (kutibxona for kutubxonasi, qoldjazba for қолжазба),

where the index holds the replacement. The rest of the query stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from searchkit.engines.base import Engine
from searchkit.errors import QueryError
from searchkit.people.spelling.phonetic_key import classes, squeeze
from searchkit.query.expansion import expand
from searchkit.query.keyboards import other_layouts
from searchkit.query.near_spellings import beginnings
from searchkit.query.parser import parse
from searchkit.query.query_word import Options, QueryWord
from searchkit.query.word_groups import query_words
from searchkit.terms.query_tree import And, Fuzzy, Group, Node, Phrase, Prefix, Sequence, Term, Word, leaves
from searchkit.text.edit_distance import distance
from searchkit.text.lookalikes import repair
from searchkit.text.scripts import script_of

MAX_WORDS = 8
"""Words of a query that replacements are sought for."""
MAX_LETTERS = 40
"""Letters of a word that replacements are sought for."""
SHORTEST = 3
"""Letters; shorter words are near too many others."""


def suggest(query: str, engine: Engine, options: Options | None = None, least: int = 1) -> str | None:
    """The query with its unknown words replaced; None where that would find fewer than `least`. Never raises QueryError."""
    # A word is known by itself, not by what sounds like it.
    options = (options or Options())._replace(engine=None)
    try:
        corrected = _corrected(query, parse(query), engine, options)
        if corrected == query:
            return None
        found = engine.search(expand(parse(corrected), options), limit=1).total
    except QueryError:
        return None
    return corrected if found >= least else None


def _corrected(query: str, tree: Node, engine: Engine, options: Options) -> str:
    words = dict.fromkeys(word for word in _words(tree) if len(word.text) <= MAX_LETTERS)
    for word in list(words)[:MAX_WORDS]:
        for part, better in _corrections(word, engine, options):
            query = _with(query, part, better.capitalize() if part[:1].isupper() else better)
    return query


def _corrections(word: Word, engine: Engine, options: Options) -> Iterator[tuple[str, str]]:
    """Replacements of an unknown word, or of the unknown parts of one such as Kassym-Jomart."""
    if _is_known(word, engine, options):
        return
    for text in other_layouts(word.text):
        if _is_known(replace(word, text=text), engine, options):
            yield word.text, text
            return
    for token in query_words(word, options):
        part = replace(word, text=token.text)
        if not _is_known(part, engine, options):
            better = next(_neighbours(part, token, engine, options), None)
            if better:
                yield token.text, better


def _with(query: str, word: str, better: str) -> str:
    """The query with another word in a word's place; field names (title:) stay."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?![\w:])", lambda _: better, query)


def _words(tree: Node) -> Iterator[Word]:
    """The words that must be found; a word with * or ~ covers its neighbours already."""
    for leaf in leaves(tree, denied=False):
        words = leaf.words if isinstance(leaf, Phrase) else (leaf,) if isinstance(leaf, Word) else ()
        yield from (word for word in words if not (word.prefix or word.distance))


def _neighbours(word: Word, token: QueryWord, engine: Engine, options: Options) -> Iterator[str]:
    if len(token.text) < SHORTEST:
        return
    title = "title_" if word.field else ""
    for form in token.words():
        yield from _nearest(f"{title}word", form, engine)
    for stem in token.stems():
        for near in _nearest(f"{title}stem", stem, engine):
            if written := _written(near, token, f"{title}word", engine, options):
                yield written


def _written(stem: str, like: QueryWord, field: str, engine: Engine, options: Options) -> str | None:
    """The word of the index with a stem that is most like what was typed, of those that begin with the same sound.

    They are analysed in that order, the most alike first, until one has the stem: of 600 words that begin alike a few.
    """
    typed, key = like.text.casefold(), squeeze(classes(stem))
    ranked = []
    for letter in beginnings(key[:1]):
        for text in engine.terms(field, letter):
            # Its consonants begin as the stem's do, or it cannot have the stem; the last may change before an ending.
            if len(text) <= 2 * MAX_LETTERS and squeeze(classes(text)).startswith(key[:-1]):
                alike = SequenceMatcher(None, typed, text).ratio()
                ranked.append((script_of(repair(text)) == like.script, alike, engine.frequency(field, text), text))
    for *_, text in sorted(ranked, reverse=True):
        found = query_words(Word(text), options)
        if len(found) == 1 and stem in found[0].stems():
            return text
    return None


def _nearest(field: str, text: str, engine: Engine) -> Iterator[str]:
    most = 1 if len(text) <= 4 else 2
    found = ((distance(text, term, most), -count, term) for term, count in engine.suggest(field, text, most))
    for _, _, term in sorted((edits, rank, term) for edits, rank, term in found if edits):
        yield term


def _is_known(word: Word, engine: Engine, options: Options) -> bool:
    # Most words stand in the index as they are; their translations are then not worked out.
    tokens = query_words(word, options)
    if len(tokens) == 1 and not word.field and any(engine.frequency("word", form) for form in tokens[0].words()):
        return True
    return _is_answered(expand(word, options), engine)


def _is_answered(tree: Node, engine: Engine) -> bool:
    if isinstance(tree, And):
        return all(_is_answered(child, engine) for child in tree.children)
    # A group that scores nothing only rules out other scripts.
    return isinstance(tree, Group) and (not tree.boost or any(_is_held(one, engine) for one in tree.alternatives))


def _is_held(one: Term | Prefix | Fuzzy | Sequence, engine: Engine) -> bool:
    """Whether the index holds a term, or for each slot of a sequence one of its terms."""
    if isinstance(one, Sequence):
        return all(any(_is_held(term, engine) for term in slot) for slot in one.slots if slot)
    return isinstance(one, Term) and engine.frequency(one.field, one.text) > 0
