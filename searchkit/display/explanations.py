"""Words: what they become in the index, and their concepts in the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.analysis.analyse import Explanation
    from searchkit.lexicon.table import Concept


def concept(shown: Concept) -> Iterator[str]:
    """A concept of the lexicon, a language a line."""
    yield f"{shown.field}, line {shown.line} ({shown.pos})"
    for code, words in shown.words.items():
        yield f"   {code}  {'; '.join(words)}"


def explanation(word: Explanation) -> Iterator[str]:
    """How a word becomes its stem, a step a line."""
    token = word.token
    yield f"{token.text}  [{token.language}]"
    for step in word.steps:
        change = f"{step.before} → {step.after}" if step.before != step.after else step.after
        yield f"   {change}   {step.kind}: {step.name}"
    yield f"   word {token.word}, stem {token.stem}" + (f", name {token.name}" if token.name else "")
