"""Checks of a list of concepts: for the lexicon's own tests, and for a user before an import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit import languages
from searchkit.lexicon.stems import stems_of
from searchkit.lexicon.table import LANGUAGES, PARTS_OF_SPEECH, Concept
from searchkit.text.scripts import script_of

MAX_WORDS = 10
"""A longer term is a definition; names of organisations need as many."""


def problems(concepts: Iterable[Concept]) -> Iterator[str]:
    """One sentence a problem: a wrong part of speech or script, a term too long or without a stem, a row that repeats."""
    seen: dict[tuple[tuple[str, tuple[str, ...]], ...], str] = {}
    for concept in concepts:
        place = f"{concept.field}, line {concept.line}"
        if concept.pos not in PARTS_OF_SPEECH:
            yield f"{place}: {concept.pos!r} is no part of speech; use one of {', '.join(PARTS_OF_SPEECH)}."
        if len(concept.words) < 2:
            yield f"{place}: words in one language alone carry nothing; fill another cell."
        for code, words in concept.words.items():
            for word in words:
                yield from (f"{place}: {problem}" for problem in _of_term(code, word, concept))
        key = tuple((code, concept.words[code]) for code in LANGUAGES if code in concept.words)
        if key in seen:
            yield f"{place}: the same as {seen[key]}; remove one."
        seen.setdefault(key, place)


def _of_term(code: str, term: str, concept: Concept) -> Iterator[str]:
    known = languages.get(code)
    english = " ".join(concept.words.get("en", ()))
    for word in term.replace("-", " ").split():
        script = script_of(word)
        if script and script not in known.scripts and not word.isupper() and word not in english:
            # Abbreviations and names stand as they are in every language: UNESCO, PhD.
            yield f"{word!r} is not in the script of {known.name}; retype it."
            return
    stems = stems_of(code, term)
    if not stems:
        yield f"{term!r} holds no word; write one."
    if len(stems) > MAX_WORDS:
        yield f"{term!r} has more than {MAX_WORDS} words; a lexicon holds terms, not definitions."
