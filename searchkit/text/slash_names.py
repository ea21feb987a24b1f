"""Names of files and folders as an index has them: with "/" between their parts."""

from __future__ import annotations

from collections.abc import Iterator


def is_at_or_below(name: str, root: str) -> bool:
    """Whether a name is that of `root` ("" is everywhere) or of something in it."""
    return root in ("", name) or name.startswith(root.rstrip("/") + "/")


def parents(name: str) -> Iterator[str]:
    """The folders around a name, the innermost first."""
    while "/" in name.rstrip("/"):
        name = name.rstrip("/").rpartition("/")[0] or "/"
        yield name
