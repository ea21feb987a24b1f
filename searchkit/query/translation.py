"""Translation of a query by the lexicon: the words of other languages for the same concept.

1. `likely` weighs the languages that a query may be in: by how many of its words are stop words or words of the
   lexicon in each. A language that explains less than half as many words as the best does not count.
2. A word that is a stop word in the best of them has no translation: "on" is not the Uzbek ten. Beside other words it has
   those of a word of grammar: "before" is avval.
3. Of the senses that share the word's stem, those count whose own word is most like it (exhibitions is of exhibition,
   not of exhibit), the others less. They share the word's weight; each word of a sense counts less the later it stands
   in its cell.
4. Neighbours that make a term of the lexicon (higher education) are translated together as well.
5. Words that begin with the stem of a translation count less: these languages build words by endings that stemmers leave
   (турист, туристік; республика, республикандық). So do the words of other concepts of the same family (Hungary, венгерский).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from os.path import commonprefix

from searchkit import languages
from searchkit.lexicon import Lexicon, Sense, default
from searchkit.query.query_word import QueryWord
from searchkit.terms import query_tree
from searchkit.terms.query_tree import Prefix, Term
from searchkit.text.normalise import fold

WEIGHT = 0.6
"""The weight of the best translation of a word of one sense beside the word itself."""
SYNONYM = 0.3
"""The weight of a synonym (another word of the same language and sense) beside a translation."""
UNLIKE = 0.25
"""The factor for a sense whose own word is less like the query's than another's."""
PART = 0.6
"""The factor for concepts of terms that the word is only part of, beside those that it means."""
FAMILY = 0.1
"""The weight of words of the concept's family (Cuba, Cuban) beside the word itself; `LEAST` at least."""
LATER = 0.85
"""The factor for each further word of a cell beside the one before it."""
SHORT_STEM = 4
"""Letters; a longer stem is rarely that of a more general word."""
LEAST = 0.05
"""Alternatives worth less are left out."""
BUILT = 0.4
"""The weight of words built from a translation beside the translation."""
SHORTEST_TO_BUILD_FROM = 6
"""Letters; many a word begins with a shorter stem by chance."""
LEAST_TO_BUILD_FROM = 0.1
"""The weight of a translation from which on words built from it are looked for."""
_OF_GRAMMAR = ("d", "x")
"""The parts of speech of stop words. They stand in one form alone: кез and кезі do not mean кезінде (during)."""
SHORTEST_OF_GRAMMAR = 4
"""Letters; shorter words of grammar stand everywhere."""

Likely = Mapping[str, float]
"""ISO 639-1 code -> how likely a query is in this language, beside the likeliest, which has 1."""


@lru_cache(maxsize=1 << 12)
def _stem(code: str, form: str) -> str:
    return languages.get(code).stem(form)


def is_known(code: str, form: str, lexicon: Lexicon | None = None) -> bool:
    """Whether a word is a stop word of a language or in the lexicon."""
    if lexicon is None or lexicon is default():
        return _is_known(code, form)
    return _knows(lexicon, code, form)


@lru_cache(maxsize=1 << 12)
def _is_known(code: str, form: str) -> bool:
    return _knows(default(), code, form)


def _knows(lexicon: Lexicon, code: str, form: str) -> bool:
    stem = _stem(code, form)
    return (
        form in languages.get(code).stop_words
        or lexicon.knows(code, (stem,))
        or bool(lexicon.senses_of_part(code, stem))
    )


def is_stem_of_a_word(stem: str) -> bool:
    """Whether it is the stem of a stop word, or of a word of searchkit's lexicon, in any language."""
    return any(default().knows(code, (stem,)) or stem in languages.get(code).stop_words for code in languages.codes())


def likely(words: Sequence[QueryWord], lexicon: Lexicon | None = None) -> Likely:
    """The languages that the words of a query may be in. `lexicon` is the lexicon, here and below; None for our own."""
    counts: dict[str, int] = {}
    for word in words:
        for code, form in word.forms:
            if code and is_known(code, form, lexicon):
                counts[code] = counts.get(code, 0) + 1
    most = max(counts.values(), default=0)
    return {code: (count / most) ** 2 for code, count in counts.items() if count * 2 > most}


def is_stop_word(word: QueryWord, languages_of_query: Likely) -> bool:
    """Whether the word is a stop word in a likeliest language of its query, and no abbreviation (WHO, IT)."""
    if len(word.text) > 1 and word.text.isupper():
        return False
    return any(
        languages_of_query.get(code) == 1 and form in languages.get(code).stop_words
        for code, form in word.forms
        if code
    )


def of_words(
    words: Sequence[QueryWord], languages_of_query: Likely, lexicon: Lexicon | None = None, parts: bool = True
) -> Iterator[Term | Prefix | query_tree.Sequence]:
    """The translations of a word, or of neighbouring words that make one term, each alternative once.

    `parts`: also of terms that the word is only part of, words built from a translation, and those of its family.
    """
    lexicon = lexicon or default()
    weights: dict[tuple[Term | Prefix, ...], float] = {}
    of_family: dict[tuple[Term | Prefix, ...], float] = {}
    of_grammar = len(words) == 1 and is_stop_word(words[0], languages_of_query)
    shortest = SHORTEST_OF_GRAMMAR if of_grammar else 1
    for code, share in languages_of_query.items():
        stems = _stems_in(code, words)
        if not stems or (of_grammar and share < 1):
            continue
        for sense, worth in _weighed_senses(code, stems, words, lexicon, of_grammar):
            of_a_part = stems not in sense.terms[code]
            if of_a_part and not parts:
                continue
            for pos, other, term, written in sense.family if parts and not of_a_part and not of_grammar else ():
                if other != code:
                    found = _index_terms(other, pos, term, written, lexicon)
                    of_family[found] = max(LEAST, FAMILY * share * worth, of_family.get(found, 0))
            for other, terms in sense.terms.items():
                if of_a_part and other == code:
                    continue
                worth_of_term = WEIGHT * share * worth * (SYNONYM if other == code else 1)
                before = next(iter(terms.values()))
                for term, written in terms.items():
                    if written != before:
                        worth_of_term *= LATER
                        before = written
                    if term != stems:
                        found = _index_terms(other, sense.pos, term, written, lexicon)
                        weights[found] = min(WEIGHT, weights.get(found, 0) + worth_of_term)
    weights = {found: weight for found, weight in weights.items() if weight >= LEAST}
    for found, weight in {**of_family, **weights}.items():
        if len(found[0].text) < shortest or (of_grammar and len(found) > 1):
            continue
        if len(found) > 1:
            yield query_tree.Sequence(tuple((one,) for one in found), weight, "translation")
            continue
        yield replace(found[0], weight=weight)
        if parts and weight >= LEAST_TO_BUILD_FROM and _is_built_from(found[0]):
            yield Prefix("stem", found[0].text, weight * BUILT, "translation")


def _is_built_from(one: Term | Prefix) -> bool:
    return isinstance(one, Term) and len(one.text) >= SHORTEST_TO_BUILD_FROM


def _weighed_senses(
    code: str, stems: tuple[str, ...], words: Sequence[QueryWord], lexicon: Lexicon, of_grammar: bool
) -> Iterator[tuple[Sense, float]]:
    """The senses of a term and what each counts; after them those that a word brings to mind as part of a term.

    `of_grammar`: only those of a word of grammar.
    """
    senses = [one for one in lexicon.senses(code, stems) if not of_grammar or one.pos in _OF_GRAMMAR]
    likeness = [_likeness(sense.terms[code][stems], sense.pos, words) for sense in senses]
    shares = [1.0 if like == max(likeness) else UNLIKE for like in likeness]
    for sense, share in zip(senses, shares, strict=True):
        yield sense, share / sum(shares)
    if len(stems) == 1 and not of_grammar:
        parts = lexicon.senses_of_part(code, stems[0])
        for sense in parts:
            yield sense, PART / len(parts)


def _index_terms(
    code: str, pos: str, stems: tuple[str, ...], written: str, lexicon: Lexicon
) -> tuple[Term | Prefix, ...]:
    """The index terms of a term: its stems; or a prefix of its forms, where the stem says far less than the word.

    Kazakh and Uzbek stemmers undo participles, so that the visitor (келуші) would be found wherever somebody comes.
    A compound verb is found by its first word, where that word stands in no other term (қайтыс болу, vafot etmoq).
    """
    compound = pos == "v" and len(stems) == 2 and any(sense.pos == "v" for sense in lexicon.senses(code, stems[1:]))
    if compound and not lexicon.knows(code, stems[:1]) and lexicon.senses_of_part(code, stems[0]):
        stems = stems[:1]
    stem = stems[0]
    much_shorter = len(stems) == 1 and len(stem) <= SHORT_STEM and len(written) >= len(stem) + 3
    if much_shorter and pos != "v" and languages.get(code).undoes_participles:
        return (Prefix("word", languages.get(code).normalise(fold(written)), reason="translation"),)
    return tuple(Term("stem", each, 1.0, "translation") for each in stems)


def _likeness(term: str, pos: str, words: Sequence[QueryWord]) -> tuple[bool, int, bool, bool]:
    """How like two spellings of one stem are, the better the greater.

    Whether a form of the term can be meant; how many letters they begin with in common; whether they are the same
    (жаз is summer, not жазу, to write); whether their capitals agree (WHO, who).
    """
    typed = " ".join(word.text for word in words)
    same = term.casefold() == typed.casefold()
    begins_alike = len(commonprefix((term.casefold(), typed.casefold())))
    return same or pos not in _OF_GRAMMAR, begins_alike, same, term == typed or not typed.isupper()


def spans(words: Sequence[QueryWord], lexicon: Lexicon | None = None) -> Sequence[tuple[int, int]]:
    """Where neighbouring words make a term of the lexicon: half-open ranges that do not overlap, the longest first."""
    if lexicon is None or lexicon is default():
        return _spans_by_default(tuple(words))
    return tuple(_spans(words, lexicon))


@lru_cache(maxsize=1 << 8)
def _spans_by_default(words: tuple[QueryWord, ...]) -> tuple[tuple[int, int], ...]:
    """Each tree of a query asks for the same."""
    return tuple(_spans(words, default()))


def _spans(words: Sequence[QueryWord], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(words):
        end = max((_term_end(code, words, start, lexicon) for code in _codes(words[start])), default=0)
        if end:
            yield start, end
        start = end or start + 1


def of_term(words: Sequence[QueryWord], lexicon: Lexicon | None = None) -> list[Term | Prefix | query_tree.Sequence]:
    """The translations of neighbouring words that make a term, in whichever language they do."""
    return list(of_words(words, dict.fromkeys(_codes(words[0]), 1.0), lexicon, parts=False))


def _term_end(code: str, words: Sequence[QueryWord], start: int, lexicon: Lexicon) -> int:
    """Where the longest term of two words or more that begins at `start` ends; 0 where there is none."""
    found = 0
    stems: tuple[str, ...] = ()
    for end in range(start + 1, len(words) + 1):
        following = _stems_in(code, words[end - 1 : end])
        if not following:
            break
        stems = (*stems, *following)
        if len(stems) > 1 and lexicon.knows(code, stems):
            found = end
        if not lexicon.begins(code, stems):
            break
    return found


def _codes(word: QueryWord) -> list[str]:
    return [code for code, _ in word.forms if code] if not (word.exact or word.prefix or word.distance) else []


def _stems_in(code: str, words: Sequence[QueryWord]) -> tuple[str, ...]:
    """The stems of the words in a language; () where one of them cannot be of it."""
    forms = [next((form for own, form in word.forms if own == code), "") for word in words if _codes(word)]
    return tuple(_stem(code, form) for form in forms) if all(forms) and len(forms) == len(words) else ()
