"""Text with its matching words marked."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.display import screen
from searchkit.model import Snippet


def snippet(shown: Snippet) -> str:
    """The snippet on one line, its matching words marked."""
    return screen.one_line(text(shown.text, ((h.start, h.end) for h in shown.highlights)))


def text(whole: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the words at the spans (code points, in order) marked."""
    parts, last = [], 0
    for start, end in spans:
        parts += [whole[last:start], screen.mark(whole[start:end])]
        last = end
    return "".join(parts) + whole[last:]
