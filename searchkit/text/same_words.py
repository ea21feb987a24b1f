"""The fingerprint of a text whatever its form: of its letters and digits, without all that files of several formats differ in."""

from __future__ import annotations

import hashlib
import unicodedata

from searchkit import lazy

DIGITS = 16
"""Hexadecimal digits of a key. Two of a million different texts share one by chance once in 37 million collections (the
birthday bound)."""
_NO_WORD = lazy.regex(r"[\W_]+")


def key(text: str) -> str:
    """The first digits of the SHA-256 of a text's letters and digits, small and in Unicode NFKC; "" for a text without any.

    Blanks, line ends, pages, hyphens and other signs do not count, so that a copy in another encoding or format has the same.
    """
    letters = _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS] if letters else ""
