"""Whether a word that may be a name is a common word: a stop word, a place, a word of everyday speech."""

from __future__ import annotations

from functools import lru_cache

from searchkit import languages, lexicon
from searchkit.languages.name_grammar import name_grammar
from searchkit.model import Token
from searchkit.people.spelling.phonemes import lower


@lru_cache(maxsize=1 << 15)
def part_of_speech(language: str, stems: tuple[str, ...]) -> str:
    """That of the first concept with these stems, but "p" where any is a place; "" where the lexicon has none."""
    if not all(stems) or language not in languages.codes():
        return ""
    senses = lexicon.default().senses(language, stems)
    if not senses:
        return ""
    return "p" if any(sense.pos == "p" for sense in senses) else senses[0].pos


@lru_cache(maxsize=1 << 14)
def is_stop_word(word: str, code: str) -> bool:
    """Whether the word says little in its language."""
    if code not in languages.codes():
        return lower(word) in name_grammar(code).little_words
    language = languages.get(code)
    return language.normalise(lower(word)) in language.stop_words


@lru_cache(maxsize=1 << 14)
def _known(word: str, code: str) -> str:
    if code not in languages.codes():
        return ""
    language = languages.get(code)
    return part_of_speech(code, (language.stem(language.normalise(lower(word))),))


def is_place(token: Token) -> bool:
    """Whether the word is a place of the lexicon."""
    return _known(token.text, token.language) == "p"


def is_common(token: Token) -> bool:
    """Whether the word is one of the lexicon, or a stop word."""
    return is_stop_word(token.text, token.language) or bool(_known(token.text, token.language))
