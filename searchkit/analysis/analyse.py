"""Text in, tokens out: what `text`, `languages` and `people` know, put together.

For each passage (`passages`) the words are cut (`text.words`), and a vocabulary of the passage's language and script says
what each distinct word became (`vocabulary`, `entries`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from searchkit import languages
from searchkit.analysis.column_stream import column_pieces
from searchkit.analysis.entries import LONGEST, is_number
from searchkit.analysis.vocabulary import vocabulary_in
from searchkit.languages.base import Step
from searchkit.model import Document, Token
from searchkit.terms.wire import TermStreams, joined
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import clean
from searchkit.text.scripts import script_of
from searchkit.text.words import matches

SHARE = 0.1
"""A document is in every language that has this share of its words."""

Passage = tuple[int, int, str]
"""Start and end (code points of the text) and the ISO 639-1 code."""


class AnalysedDocument(NamedTuple):
    """The terms of text and title; `languages` has the main one first."""

    fields: TermStreams
    passages: list[Passage]
    title_passages: list[Passage]
    languages: tuple[str, ...]


class Explanation(NamedTuple):
    """A token and how it came about; the first step begins with the surface form."""

    token: Token
    steps: tuple[Step, ...]


# ------------------------------------------------------------------ text to tokens
_token: Callable[[tuple[str | int, ...]], Token] = partial(tuple.__new__, Token)
"""`Token._make` without a step in Python."""


def analyze(
    text: str,
    language: str | None = None,
    passages: Sequence[Passage] | None = None,
    stems: bool = True,
    within: Sequence[tuple[int, int]] | None = None,
) -> list[Token]:
    """One token a word, in order. Without `stems` the word stands for its stem, which takes half the time.

    `language` (ISO 639-1) takes the whole text as one language; otherwise each passage's is found. `passages`, as
    `analyse_document` gave them, saves finding them again. `within`: the (start, end) of the parts of the text to read, whole
    words in order. Raises SearchkitError for a language that is not there.
    """
    tokens: list[Token] = []
    for start, end, code in find_passages(text, language) if passages is None else passages:
        parts = [(start, end)] if within is None else _overlaps(within, start, end)
        if not parts:
            continue
        vocabulary = vocabulary_in(code, text, start, end, stems)
        for low, high in parts:
            found = matches(text, vocabulary.apostrophes, low, high)
            tokens += [_token((surface := match[0], *match.span(), *vocabulary[surface])) for match in found]
    return tokens


def _overlaps(parts: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """What of the parts lies between start and end."""
    return [(max(low, start), min(high, end)) for low, high in parts if low < end and high > start]


def stream(text: str, passages: Sequence[Passage]) -> str:
    """The terms that `analyze` would give, as `terms.wire` has them."""
    return _terms(text, passages)[0]


def _terms(text: str, passages: Sequence[Passage]) -> tuple[str, dict[str, int]]:
    """The terms, and how many words each language has."""
    parts: list[str] = []
    counts: dict[str, int] = {}
    for start, end, code in passages:
        part = vocabulary_in(code, text, start, end).chunks.made(text, start, end)
        words = part.count(" w")
        if words:
            parts.append(part)
            counts[code] = counts.get(code, 0) + words
    return "".join(parts)[1:], counts


def find_passages(text: str, language: str | None = None, main: str | None = None) -> list[Passage]:
    """The passages of a text and their languages, covering it; see `text.passages.passages`.

    Raises SearchkitError for a `language` that is not there.
    """
    # Loaded with the first text: a search has them found already.
    from searchkit.analysis.passages import passages

    if language is not None:
        languages.get(language)
    scripts = {code: entry.scripts for code, entry in languages.REGISTRY.items()}
    return passages(text, scripts, language, main)


def analyse_document(document: Document, known: tuple[list[Passage], list[Passage]] | None = None) -> AnalysedDocument:
    """The terms of a document's text, of the columns of its metadata, and of its title, and the languages of its passages.

    A stated `document.language` decides where the text itself does not tell; one that searchkit does not know counts
    as not stated. A title that does not tell is in the text's main language. `known` are the passages of text and title
    that were found before.
    """
    stated = document.language if document.language in languages.codes() else None
    passages = known[0] if known else find_passages(document.text, main=stated)
    text, counts = _terms(document.text, passages)
    main = max(counts, key=counts.__getitem__) if counts else stated
    title_passages = known[1] if known else find_passages(document.title, main=main) if document.title else []
    title, title_counts = _terms(document.title, title_passages)
    columns = column_pieces(document.metadata, main) if document.metadata else []
    text = joined(filter(None, (text, *columns)))
    return AnalysedDocument(TermStreams(text, title), passages, title_passages, _main_first(counts or title_counts))


def _main_first(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The languages of a text by the number of words of each, the main one first: every one that has a tenth of them."""
    least = SHARE * sum(counts.values())
    frequent = [code for code, count in counts.items() if count >= least]
    return tuple(sorted(frequent, key=counts.__getitem__, reverse=True))


# ------------------------------------------------------------------ for people to read
def explain(text: str, language: str | None = None) -> list[Explanation]:
    """Each word of a text: its token and the steps from the surface form to the stem."""
    return [Explanation(token, tuple(_steps(token))) for token in analyze(text, language)]


def _steps(token: Token) -> Iterator[Step]:
    if is_number(token.text):
        if token.word != token.text:
            yield Step("number", "separators", token.text, token.word)
        return
    letters = clean(token.text)
    if letters != token.text:
        yield Step("letters repaired", "apostrophes, hyphenation, marks", token.text, letters)
    repaired = repair(letters)
    if repaired != letters:
        yield Step("letters repaired", "look-alikes of another script", letters, repaired)
    if repaired != token.word:
        yield Step("normalised", "small letters", repaired, token.word)
    if len(token.word) < LONGEST and script_of(token.word) in languages.get(token.language).scripts:
        yield from languages.get(token.language).steps(token.word)
