"""The segments and files of a generation: shared by commits, snapshots and Whoosh's table of contents."""

from __future__ import annotations

from typing import NamedTuple

INDEX_NAME = "MAIN"
EXTENSION = ".seg1"


class SegmentEntry(NamedTuple):
    """A segment of a generation: its file, which of its documents are deleted, and the number of terms that the living
    ones have in each of `engines.base.FIELDS`; the CRC-32 of its file, which format 3 does not have."""

    file_name: str
    bytes: int
    documents: int
    deleted: frozenset[int]
    lengths: dict[str, int]
    checksum: int | None

    def living(self) -> int:
        """The number of living documents."""
        return self.documents - len(self.deleted)


class Commit(NamedTuple):
    """A committed generation; `bytes` is the size of all its files, `token` a random name."""

    format: int
    generation: int
    token: str
    segments: tuple[SegmentEntry, ...]
    bytes: int
