"""A word of the query on its way to index terms: what each language of its script reads in it, and what stands for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from searchkit import languages
from searchkit.analysis import vocabulary
from searchkit.analysis.entries import LONGEST
from searchkit.engines.base import Engine
from searchkit.lexicon import Lexicon
from searchkit.terms.query_tree import Fuzzy, Prefix, Sequence, Term, Word
from searchkit.text.lookalikes import repair
from searchkit.text.scripts import script_of

Alternative = Term | Prefix | Fuzzy | Sequence

REMEMBERED = 1 << 9
"""Words of queries whose forms are remembered, and as many whose alternatives are: at most 15 MB."""


class Options(NamedTuple):
    """The options of an expansion.

    `translate`: the lexicon. `transliterate`: readings in other alphabets and spellings. `languages`: the ISO 639-1
    codes of the languages that the collection holds, in which words are read besides those always asked in; a language that
    it does not hold would only bring false stems. `lexicon`: the one to translate by, None for searchkit's own.
    `likely`: the languages that the query may be in, which `expansion` finds (see `translation`). `parts`: terms
    of several words that a word is only part of, and words built from a translation, which a phrase does without. `grammar`:
    words of grammar are translated, too, as beside other words. `exact`: every word as if = stood before it. `engine`: where words
    that nothing explains are looked for by their sound; None leaves that out.
    """

    translate: bool = True
    transliterate: bool = True
    languages: tuple[str, ...] = ()
    lexicon: Lexicon | None = None
    likely: Mapping[str, float] = MappingProxyType({})
    parts: bool = True
    grammar: bool = False
    exact: bool = False
    engine: Engine | None = None


class Alternatives(NamedTuple):
    """The alternatives of a word in the text's fields, and the same in the title's."""

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


def query_word(text: str, like: Word, options: Options, last: bool = True) -> QueryWord:
    """A token of the query word `like`, its `last` one or not, as analysis sees it in documents of each language."""
    script = script_of(repair(text))
    codes = languages.for_script(script)
    read_in = tuple(code for code in codes if languages.is_always_asked(code) or code in options.languages)
    forms = _forms(text, script, read_in) if len(text) <= LONGEST else _forms_anew(text, script, read_in)
    return QueryWord(text, script, forms, like.exact or options.exact, like.prefix and last, like.distance)


@lru_cache(maxsize=REMEMBERED)
def _forms(text: str, script: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return _forms_anew(text, script, codes)


def _forms_anew(text: str, script: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The form of a token in each of these languages, those that it cannot be of left out."""
    forms = []
    for code in codes:
        seen_as, word, _, _ = vocabulary.vocabulary_of(code, script)[text]
        if seen_as == code:
            forms.append((code, word))
    if not forms:
        forms.append(("", vocabulary.vocabulary_of(languages.codes()[0], script)[text][1]))
    return tuple(forms)


def in_title(one: Alternative) -> Alternative:
    """The same in the title's fields."""
    if isinstance(one, Sequence):
        slots = tuple(tuple(replace(term, field=f"title_{term.field}") for term in slot) for slot in one.slots)
        return replace(one, slots=slots)
    return replace(one, field=f"title_{one.field}")
