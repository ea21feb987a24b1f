"""The persons' names of a whole document, as the index keeps them beside it.

Found while the document is indexed, so that it must be quick. Only the surroundings of two capitalised words that stand side by
side are read, and surroundings that many documents have are read once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from searchkit.people.recognition.recognise import recognise
from searchkit.people.recognition.recognised_form import NameForm

Passage = tuple[int, int, str]
Names = Counter[tuple[NameForm, bool]]
"""(form, whether its own words and context are enough to say that it is a name) -> how often it stands in the document"""

LONGEST_PIECE = 4_000
"""Code points; a longer piece of text without a sentence's end is cut at a new line."""
BEFORE = 80
AFTER = 120
"""Code points of context around capitalised words: two words before, and `context_words.REACH` after, most of the time."""
_END = re.compile(r"(?<=\w\w)[.!?…»”\"]+[ \t\xa0]*\n+|\n[ \t\xa0]*\n")
"""Where a name surely does not go on: a line that ends a sentence, an empty line."""


@cache
def _two_capitals() -> re.Pattern[str]:
    """Two capitalised words with no more between them than may stand within a name."""
    capitals = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x400, 0x530)) if chr(code).isupper())
    return re.compile(rf"[{capitals}][^\W\d_]*[’ʻʼ'‘`]?[^\W\d_]*[.,]?[ \t\xa0\n-]*(?=[{capitals}])")


def document_names(texts: Iterable[tuple[str, Sequence[Passage]]]) -> Names:
    """The names of a document, given as its texts (title and text) with their passages: (start, end, language)."""
    found: Names = Counter()
    for text, passages in texts:
        for start, end in _surroundings(text):
            found.update(_names_of(text[start:end], _clipped(passages, start, end)))
    return found


def _surroundings(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what stands around capitalised words side by side; whole words, within one piece, apart."""
    two_capitals = _two_capitals()
    for first, last in pieces(text):
        low = high = -1
        for match in two_capitals.finditer(text, first, last):
            if high < 0 or match.start() - BEFORE > high:
                if high >= 0:
                    yield low, high
                low = max(first, text.rfind(" ", first, max(first, match.start() - BEFORE)) + 1)
            high = text.find(" ", match.end() + AFTER, last)
            if high < 0:
                high = last
                break
        if high >= 0:
            yield low, high


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the pieces of a text beyond whose ends no name goes on."""
    start = 0
    for match in _END.finditer(text):
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        cut = text.rfind("\n", start, start + LONGEST_PIECE) + 1 or start + LONGEST_PIECE
        yield start, cut
        start = cut
    yield start, end


def _clipped(passages: Sequence[Passage], start: int, end: int) -> tuple[Passage, ...]:
    """The passages of a piece, counted from its start."""
    return tuple(
        (max(first, start) - start, min(last, end) - start, code)
        for first, last, code in passages
        if first < end and last > start
    )


@lru_cache(maxsize=1 << 14)
def _names_of(piece: str, passages: tuple[Passage, ...]) -> tuple[tuple[NameForm, bool], ...]:
    from searchkit.analysis import analyse

    tokens = analyse.analyze(piece, passages=passages)
    return tuple((named.form, named.certain) for named in recognise(tokens, piece))


# ------------------------------------------------------------------ as the index keeps them


def dump(names: Names) -> bytes:
    """The names as one line of JSON."""
    listed = [[*form, certain, count] for (form, certain), count in names.items()]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(line: bytes) -> Names:
    """The reverse of `dump`."""
    found: Names = Counter()
    for text, given, initials, patronymic, surname, language, certain, count in json.loads(line):
        form = NameForm(text, tuple(given), tuple(initials), patronymic, surname, language)
        found[form, certain] += count
    return found
