"""Names that stand in a form, each part behind its label: «Фамилия: Каримова. Имя: Гульнара» (`data/form_labels.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from searchkit.model import Token
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import lower

LONGEST_NUMBER = 8
"""Characters of the number of a field, and the spaces around it."""
MOST_WORDS = 3
"""Words of a value: a surname, or given name and patronymic, in one field."""
_AFTER = re.compile(r"[ \t\xa0]*[:：=|\t–—-]|[ \t\xa0]*\n")
"""The separator after a label. A new line alone does where the cells of a table are lines."""
_OPENS_LINE = re.compile(r"(?:^|\n)[ \t\xa0]*(?:\d+[.)]?[ \t\xa0]*)?$")
_BEFORE_VALUE = re.compile(r"[ \xa0]+(?=[^\W\d_])")
"""A value after a label that opens a line, numbered or not: «1. Фамилия Каримова»."""
_WITHIN = re.compile(r"\s*[,/&(]?\s*")
"""The separator of two labels of one field: Имя, отчество."""
_BETWEEN = re.compile(r"[\s\d.,;:|()*•–—-]*")
"""The separator of a value and the next label: a new line, the number of the next field."""


@cache
def _labels() -> dict[tuple[str, ...], str]:
    return {
        tuple(lower(label).split("+")): part for part, labels in rows("form_labels.tsv") for label in labels.split()
    }


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0] for words in _labels())


_SEPARATOR = re.compile("[:：\t|\n]")
MOST_AFTER = 20
"""Characters between the first word of a label and the separator: its other words, another label of the field."""


@cache
def _before_separator() -> re.Pattern[str]:
    first = "|".join(sorted(map(re.escape, _first_words()), key=len, reverse=True))
    return re.compile(rf"\b(?:{first})\b.{{0,{MOST_AFTER}}}\Z", re.IGNORECASE)


@cache
def _reach() -> int:
    return MOST_AFTER + max(map(len, _first_words()))


def has_label(text: str) -> bool:
    """Whether a text may hold the label of a form. Only what stands before separators is looked at."""
    low = text.lower()
    words = [word for word in _first_words() if word in low]
    if not words:
        return False
    reach, since = _reach(), 0
    for separator in _SEPARATOR.finditer(text):
        end = separator.start()
        start = max(since, end - reach)
        before = text[start:end].lower()
        if any(map(before.__contains__, words)) and _before_separator().search(text, start, end):
            return True
        since = end + 1
    return False


def without_labels(tokens: Sequence[Token], text: str) -> tuple[Sequence[Token], frozenset[int]]:
    """The tokens without labels, and the indexes of those that belong to one person with the token after them."""
    first_words = _first_words()
    if first_words.isdisjoint([token.word for token in tokens]):
        return tokens, frozenset()
    kept: list[Token] = []
    joined: set[int] = set()
    seen: set[str] = set()
    since = 0
    i = 0
    while i < len(tokens):
        parts, after = _label(tokens, text, i) if tokens[i].word in first_words else (set(), i)
        if not parts:
            kept.append(tokens[i])
            i += 1
            continue
        while kept and kept[-1].text.isdigit() and _BETWEEN.fullmatch(text, kept[-1].end, tokens[i].start):
            kept.pop()  # the number of the field
        value = kept[since:]
        together = seen and not seen & parts and 0 < len(value) <= MOST_WORDS
        if together and all(word.text[:1].isupper() for word in value):
            if _BETWEEN.fullmatch(text, kept[-1].end, tokens[i].start):
                joined.add(len(kept) - 1)
        else:
            seen = set()
        seen |= parts
        since = len(kept)
        i = after
    return kept, frozenset(joined)


def _label(tokens: Sequence[Token], text: str, i: int) -> tuple[set[str], int]:
    """The parts that the label from token i on names, and the index of the token after it; an empty set for no label."""
    parts: set[str] = set()
    first = i
    while i < len(tokens):
        count = _one_label(tokens, i)
        if not count:
            break
        parts.add(_labels()[tuple(lower(token.text) for token in tokens[i : i + count])])
        i += count
        if _AFTER.match(text, tokens[i - 1].end) or _in_a_line_of_its_own(tokens, text, first, i):
            return parts, i
        if i == len(tokens) or not _WITHIN.fullmatch(text, tokens[i - 1].end, tokens[i].start):
            break
    return set(), i


def _in_a_line_of_its_own(tokens: Sequence[Token], text: str, first: int, after: int) -> bool:
    """Whether the label of tokens first..after-1 opens a line, and its value follows after a space alone."""
    if after == len(tokens) or not tokens[after].text[:1].isupper():
        return False
    start = tokens[first].start
    opens = _OPENS_LINE.search(text[max(0, start - LONGEST_NUMBER) : start]) is not None
    return opens and _BEFORE_VALUE.match(text, tokens[after - 1].end) is not None


def _one_label(tokens: Sequence[Token], i: int) -> int:
    """How many tokens from i on are one label; 0 for none."""
    for count in (2, 1):
        words = tuple(lower(token.text) for token in tokens[i : i + count])
        if len(words) == count and words in _labels():
            return count
    return 0
