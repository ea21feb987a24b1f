"""The lemma of a Russian word: the dictionary's, or for a word that is not listed what is left without its ending.

Of several lemmas a word has one as its stem, since a stem is one term in the index (a query asks for the others too):

1. what the word most often is in the dictionary's corpus (стали: стать, not сталь);
2. where the corpus does not tell, a proper name (Марине, Тамбова), then usual forms before rare ones (заём is a noun
   before it is "we shall eat up"), a participle before an adjective, and the longer lemma.

What is a participle and an adjective too is the same of the two in all its forms, as the corpus has them (вооружённый,
armed, is an adjective).

Nouns that are adjectives (главное, рабочий) and adverbs that are their short forms (трудно) have the adjective's lemma.
Given names that differ in gender alone share a lemma, because their forms do: Александра is the nominative of one and
the genitive of the other.

Most words that are not listed are names, and what the name of a person or a place is called must not depend on the case
it stands in: Тараз, Тараза, Таразом; Фаридун, Фаридуна; Байсеитова, Байсеитовой, Байсеитовых. So their endings are
cut by rules that need not know the gender, the number or the part of speech. What is left is a stem, not a word.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit import lazy
from searchkit.languages.ru.dictionary import Parse, dictionary

_PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})
_RARE = frozenset(
    {"1per", "2per", "impr", "Fixd", "voct", "gen2", "acc2", "loc2", "V-ie", "V-oy", "V-ey"}
    | {"Erro", "Arch", "Slng", "Infr", "Dist", "Litr"}
)
"""Grammemes of forms and words that documents seldom have."""
_PARTICIPLES = frozenset({"PRTF", "PRTS"})
_DECLENSION = "ый ий ой ая ое ее ые ие ого его ую ых их ому ему ым им ыми ими ом ем ей".split()
"""The endings of adjectives and participles, hard and soft."""
_OF_ADJECTIVES = ("ое", "ее", "ая", "яя", "ий", "ый", "ой")

_SURNAMES = frozenset({"токаев"})
"""Well-known names that the dictionary has as forms of other words alone."""

_WORD = lazy.regex("[а-я]+(?:-[а-я]+)*")
_VERB_END = lazy.regex(
    "(?:[аеиоуыя]ть|[аеиоуыя]ться|тся|лся|лась|лось|лись|[ая]ют|уют|[ая]ет|ует|вший|вшая|вшие|вшего|вших|ировал[аои]?)$"
)
"""Ends that no name has, unlike -ат, -ит, -ил, -ал (Самат, Хамит, Исмаил, Жамал)."""
_ADJECTIVE = lazy.regex("(?:(?<=[сц]к)(?:ий|ая|ой|ое|ие|им|ом|ую|их)|(?<=..)(?:[ыи]ми|ого|ому|[ыи]х|ый|ую|ые))$")
_AFTER_I = lazy.regex("(?<=..и)(?:ями|ей|ем|ям|ях|й|я|ю|е|и)$")
_AFTER_VOWEL = lazy.regex("(?:(?<=.[аеоуэ])(?:ями|ем|ям|ях|я|ю|е|и)|(?<=.[аеуэ])й)$")
_AFTER_CONSONANT = lazy.regex("(?<=[^аеиоуыэюя])(?:ами|ями|ью|ою|ею|ой|ей|ом|ем|ах|ях|а|я|у|ю|е|и|ы|о|ь)$")
_SURNAME_INSTRUMENTAL = lazy.regex("(?<=[оеиы][вн])ым$")
_CUTS = (
    (_ADJECTIVE, ""),
    (_AFTER_I, "я"),
    (_AFTER_VOWEL, "й"),
    (_SURNAME_INSTRUMENTAL, ""),
    (_AFTER_CONSONANT, ""),
)
_FLEETING = lazy.regex("(?<=[бвгджзйклмнпрстфхчшщ])(?:ец|цев)$")
_VOWEL = lazy.regex("[аеиоуыэюя]")


class Lemma(NamedTuple):
    """A lemma with е for ё; whether it is an infinitive; whether the dictionary has it; how likely it is, of 1."""

    text: str
    infinitive: bool = False
    known: bool = True
    share: float = 1.0


def lemma(word: str) -> Lemma:
    """The lemma of a word in small letters, with е for ё; without its ending where it is not listed."""
    return lemmas(word)[0]


def lemmas(word: str) -> list[Lemma]:
    """All lemmas that a word may have, the first one that of `lemma`."""
    if not _WORD.fullmatch(word):
        return [Lemma(word, False, False)]
    if "-" in word:
        before, _, last = word.rpartition("-")
        found = _listed(word)
        return found or [one._replace(text=f"{before}-{one.text}") for one in lemmas(last)]
    return _listed(word) or [_guess(word)]


def is_common(word: str) -> bool:
    """Whether a word is listed as anything but a name."""
    return any(_PROPER.isdisjoint(_grammemes(parse.tag)) for parse in dictionary().known(word))


def _listed(word: str) -> list[Lemma]:
    parses = dictionary().known(word)
    if not parses:
        return []
    if word in _SURNAMES or (word.endswith(("ов", "ев", "ин")) and _is_surname(parses)):
        return [Lemma(word, False, False)]
    first = parses[0]
    lexemes = {(parse.lemma, parse.lemma_tag) for parse in parses}
    if len(lexemes) == 1 and _PROPER.isdisjoint(_grammemes(first.lemma_tag)):
        # Most words: nothing to choose.
        return [Lemma(first.lemma.replace("ё", "е"), first.of_verb)]
    parses = _declined(parses, word) or parses
    # пропасть is a noun and a verb, whose forms do not meet.
    shares: dict[tuple[str, bool], float] = {}
    for parse in parses:
        lexeme = parse.lemma, parse.of_verb
        shares[lexeme] = shares.get(lexeme, 0.0) + parse.share
    parses.sort(key=lambda parse: (-shares[parse.lemma, parse.of_verb], *_preference(parse)))
    parses.sort(key=_falls_behind(parses))
    adjectives = [parse for parse in parses if parse.tag.startswith("ADJ")]
    found: dict[tuple[str, bool], Lemma] = {}
    for parse in parses:
        share = shares[parse.lemma, parse.of_verb]
        if adjectives and _is_adjective(parse, word):
            parse = adjectives[0]
        text = _without_gender(parse)
        if not found or share or _RARE.isdisjoint(_grammemes(parse.tag)):
            found.setdefault((text, parse.of_verb), Lemma(text, parse.of_verb, True, share))
    return list(found.values())


def _is_surname(parses: list[Parse]) -> bool:
    """Whether a word is listed as the genitive plural of names alone: Кунаев is no form of Кунай."""
    return all(
        "plur" in parse.tag and not _PROPER.isdisjoint(_grammemes(parse.tag)) and not parse.share for parse in parses
    )


def _declined(parses: list[Parse], word: str) -> list[Parse]:
    """The parses of the listed name that a word is a form of, where the dictionary has an indeclinable name alone.

    Алие is a name, and far more often the dative of Алия.
    """
    if word[-1] in "еиуюы" and all("Fixd" in parse.tag and "Name" in parse.tag for parse in parses):
        return [parse for parse in dictionary().known(base(word)) if "Name" in parse.lemma_tag]
    return []


def _preference(parse: Parse) -> tuple[bool, bool, bool, int]:
    """The sort key of lemmas where the corpus does not tell; False before True."""
    grammemes = _grammemes(parse.tag)
    return (
        _PROPER.isdisjoint(grammemes),
        not _RARE.isdisjoint(grammemes),
        _PARTICIPLES.isdisjoint(grammemes),
        -len(parse.lemma),
    )


def _falls_behind(parses: list[Parse]) -> Callable[[Parse], bool]:
    """Whether a parse falls behind another one of the same form: participle or adjective, as all forms of it have it.

    The corpus has but a few forms of such a word: by each alone, вооружённых would be "armed" and вооружённый "to arm".
    """
    adjective = next((parse for parse in parses if parse.tag.startswith("ADJF")), None)
    if adjective is None or all(_PARTICIPLES.isdisjoint(_grammemes(parse.tag)) for parse in parses):
        return lambda parse: False
    if _is_rather_adjective(adjective.lemma.replace("ё", "е")):
        return lambda parse: not _PARTICIPLES.isdisjoint(_grammemes(parse.tag))
    return lambda parse: parse.lemma == adjective.lemma and not parse.of_verb


@lru_cache(maxsize=1 << 10)
def _is_rather_adjective(lemma: str) -> bool:
    """Whether the corpus has the forms of a participle rather as those of the adjective that is written alike."""
    reflexive = "ся" if lemma.endswith("ся") else ""
    root = lemma.removesuffix("ся")[:-2]
    for_adjective = 0.0
    for ending in _DECLENSION:
        for parse in dictionary().known(root + ending + reflexive):
            if parse.tag.startswith("ADJF"):
                for_adjective += parse.share
            elif parse.tag.startswith("PRTF"):
                for_adjective -= parse.share
    return for_adjective > 0


def _is_adjective(parse: Parse, word: str) -> bool:
    """Whether a noun or adverb is by its form an adjective; there is one, of the same word."""
    if parse.tag.startswith("NOUN"):
        return _PROPER.isdisjoint(_grammemes(parse.lemma_tag)) and parse.lemma.endswith(_OF_ADJECTIVES)
    return parse.tag.startswith("ADVB") and word.endswith("о")


@cache
def _grammemes(tag: str) -> frozenset[str]:
    return frozenset(tag.replace(" ", ",").split(","))


def _without_gender(parse: Parse) -> str:
    """The lemma; of a woman's given name made from a man's (Александра, Рамиля) or from one in -ь (Айгуля), that."""
    text = parse.lemma.replace("ё", "е")
    if "Name" in parse.lemma_tag and "femn" in parse.lemma_tag and text[-1] in "ая":
        for ending, gender in (("", "masc"),) if text[-1] == "а" else (("ь", ""), ("й", "masc")):
            name = text[:-1] + ending
            for other in dictionary().known(name):
                if other.lemma.replace("ё", "е") == name and "Name" in other.lemma_tag and gender in other.lemma_tag:
                    return name
    return text


def _guess(word: str) -> Lemma:
    if _VERB_END.search(word):
        guesses = dictionary().guessed(word)
        if guesses and guesses[0].of_verb:
            return Lemma(guesses[0].lemma.replace("ё", "е"), True, False)
    left = base(word)
    for ending in ("ь", "") if word.endswith("ью") else ("", "ь", "а"):
        # A listed name in a form that is not (Айгулью).
        for parse in dictionary().known(left + ending) if left != word else ():
            if parse.lemma == left + ending and not _PROPER.isdisjoint(_grammemes(parse.lemma_tag)):
                return Lemma(_without_gender(parse), False, False)
    return Lemma(left, False, False)


def base(word: str) -> str:
    """The stem of a name without the ending of its case, of any gender; of an adjective likewise.

    >>> [base(word) for word in ("таразом", "костаная", "байсеитовой", "алие", "макаровец")]
    ['тараз', 'костанай', 'байсеитов', 'алия', 'макаровц']
    """
    left = word
    for ending, instead in _CUTS:
        if ending.search(word):
            left = ending.sub(instead, word)
            break
    if not _VOWEL.search(left):
        return word
    return _FLEETING.sub("ц", left)
