"""Words: what they become in the index, and their concepts in the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.analysis.analyse import Explanation
    from searchkit.lexicon.table import Concept


def concept(shown: Concept) -> Iterator[str]:
    """A concept of the lexicon, a language a line."""
    yield say("%(table)s, line %(line)s (%(kind)s)", table=shown.field, line=shown.line, kind=shown.pos)
    for code, words in shown.words.items():
        yield f"   {code}  {'; '.join(words)}"


def explanation(word: Explanation) -> Iterator[str]:
    """How a word becomes its stem, a step a line."""
    token = word.token
    yield f"{token.text}  [{token.language}]"
    for step in word.steps:
        change = f"{step.before} → {step.after}" if step.before != step.after else step.after
        yield f"   {change}   {step.kind}: {step.name}"
    parts = [say("word %(word)s", word=token.word), say("stem %(stem)s", stem=token.stem)]
    if token.name:
        parts.append(say("name %(name)s", name=token.name))
    yield f"   {', '.join(parts)}"
