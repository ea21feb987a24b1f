"""The answer to a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, overload

from searchkit.model import Hit

Order = Literal["score", "newest", "oldest", "added"]
"""Best first, by date, or what came into the index last first."""


class Results(Sequence[Hit]):
    """The hits of this page, best first; `total` counts all matches.

    `complete`: how many documents hold all the words; they come before those that hold some of them. `suggestion`: a
    query that would find more, where this one found nothing; else None.
    """

    def __init__(
        self, total: int, hits: Iterable[Hit] = (), complete: int | None = None, suggestion: str | None = None
    ) -> None:
        self.total = total
        self.hits = tuple(hits)
        self.complete = total if complete is None else complete
        self.suggestion = suggestion

    @property
    def relaxed(self) -> bool:
        """Whether no document holds all the words, so that these hold some of them."""
        return not self.complete and self.total > 0

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, position: int) -> Hit: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[Hit]: ...

    def __getitem__(self, position: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[position]

    def __repr__(self) -> str:
        return f"<Results: {len(self.hits)} of {self.total}>"
