"""Other people's errors in our sentences."""

from __future__ import annotations


def brief(error: BaseException) -> str:
    """The kind of an error and what it says, on one line of at most 120 code points."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:120] if text else type(error).__name__
