"""What whoever serves an index decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class ServerSettings:
    """`name` of the collection; `originals`: whether files may be fetched; `read_only`: whether nothing may be judged;
    `allow_update`: whether readers may bring the index up to date;
    `notes`: where judgements are kept, None for beside the index; `hosts`: what the Host header may be, () for any (in tests);
    `token` or `password`: what a reader must show, "" for nothing."""

    name: str = ""
    originals: bool = True
    read_only: bool = False
    allow_update: bool = False
    notes: Path | None = None
    hosts: tuple[str, ...] = ()
    token: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
