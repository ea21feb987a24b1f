"""A name without its case endings, where nobody has told what it is in the nominative.

Surnames and patronymics are known by their own endings: Мұқажановтың is Мұқажанов. In Russian every part is declined (`russian_cases`);
elsewhere only the last word is. Of a word with no such ending, an ending is taken away only where it is
long (-ның, -мен), or where a known given name is left; what else there is, shows when the forms are merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from searchkit import languages
from searchkit.languages.name_grammar import TRANSLITERATED, declining_languages, name_grammar
from searchkit.people.names.case_endings import LONGEST_ENDING, Ending, ending
from searchkit.people.names.given_names import given_name
from searchkit.people.names.inflection import nominative_stems, restored
from searchkit.people.names.name_suffixes import suffix_of
from searchkit.people.spelling.phonemes import Reading, readings

SURE_ENDING = 3
"""Letters: a shorter ending may be the end of a name (Құдайберді, Дариға)."""
SHORTEST_NAME = 4
"""Letters that must be left."""
_POSSESSIVE = re.compile("(.+)['’ʼ]s?")


@lru_cache(maxsize=1 << 14)
def surname_forms(word: str) -> tuple[tuple[str, str], ...]:
    """(nominative, gender) of a word that ends as surnames do, likeliest first; () for one that does not."""
    found: dict[tuple[str, str], None] = {}
    for kind in ("strong", "weak"):
        for stem in nominative_stems(word, kind):
            letters = word[: stem.letters]
            nominative = letters if stem.whole else restored(letters, "а")
            found[nominative, suffix_of(stem.sounds)[2]] = None
        if found:
            break
    return tuple(found) or tuple(_adjectives(word))


def _adjectives(word: str) -> Iterator[tuple[str, str]]:
    """Surnames in -ский in a Russian case: Зеленского, Плисецкой."""
    for reading in readings(word)[:1]:
        for end in range(4, len(reading.sounds)):
            if reading.sounds[end - 2 : end] not in ("sk", "ck"):
                continue
            endings = (_ending(reading, end, "adjective", code, word) for code in declining_languages())
            found = next(filter(None, endings), None)
            if found is not None and found.of_every_part and not found.plural:
                stem = word[: reading.ends[end - 1]]
                yield restored(stem, "ая" if found.feminine else "ий"), "f" if found.feminine else "m"


@cache
def _keeping_endings() -> str:
    """The language in whose sentences names stand that were transliterated with their endings."""
    return next(
        code for code in languages.codes() if any(TRANSLITERATED in table for table in name_grammar(code).endings)
    )


def surname(word: str, language: str) -> str:
    """A surname without its case ending, in a passage of a language (ISO 639-1) other than Russian."""
    forms = surname_forms(word)
    return forms[0][0] if forms else last_word(word, language)


@lru_cache(maxsize=1 << 14)
def last_word(word: str, language: str) -> str:
    """The last word of a name, one without the ending of a surname, in the nominative."""
    known = given_name(word, language)
    if known is not None:
        return restored(word[: known.match.stem_end], known.match.restored)
    possessive = _POSSESSIVE.fullmatch(word)
    if possessive:
        return possessive[1]
    grammar = name_grammar(language)
    if grammar.no_cases or grammar.every_part_declined:
        return word
    for reading in readings(word)[:1]:
        for end in range(len(reading.sounds) - 1, max(2, len(reading.sounds) - LONGEST_ENDING), -1):
            letters = reading.ends[end - 1]
            found = _ending(reading, end, "consonant", language, word)
            if found is None and end - 1 in reading.doubled:
                # The doubled sound is the last of the name and the first of the ending: Ренанның.
                letters -= 1
                found = _ending(reading, end - 1, "consonant", language, word, doubled=True)
            if letters < SHORTEST_NAME:
                break
            if found is not None and len(word) - letters >= SURE_ENDING and not found.plural:
                return word[:letters]
    return word


def _ending(
    reading: Reading, end: int, paradigm: str, language: str, word: str, doubled: bool = False
) -> Ending | None:
    """The ending that the sounds from `end` on are; `doubled`: the first of them is the last of the name as well."""
    before = end if doubled else end - 1
    after = reading.ends[before]
    return ending(reading.sounds[end:], reading.sounds[before], paradigm, language, word[after : after + 1] in "'’ʼ")


def left_over(given: str, family: str) -> tuple[str, str]:
    """Given name and surname in Latin letters that both have kept the same Russian ending: Vidasom Gjadvilasom.

    Only to be asked where a form of address says that the person is a man: Anna Nowa is a woman.
    """
    ends = []
    for word in (given, family):
        cuts = {}
        for reading in readings(word)[:1]:
            for end in range(3, len(reading.sounds)):
                found = _ending(reading, end, "consonant", _keeping_endings(), word)
                if found is not None and found.left_over:
                    cuts[found.name] = word[: reading.ends[end - 1]]
        ends.append(cuts)
    for case, stem in ends[0].items():
        if case in ends[1]:
            return stem, ends[1][case]
    return given, family
