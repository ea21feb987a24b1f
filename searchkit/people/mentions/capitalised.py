"""The capitalised words of a document, as the index keeps them beside it, so that a document that cannot name a person is passed
over without its text being read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from searchkit.people.spelling.phonemes import WORD
from searchkit.text.words import LETTERS_APART

ANY = "*"
"""In place of the words: the text has letters that are put together, or spaced out, and must be read."""
_PUT_TOGETHER = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")


def capitalised_words(texts: Iterable[str]) -> str:
    """The distinct words of the texts that have a capital, with spaces between them; `ANY` where they cannot be told."""
    found: dict[str, None] = {}
    for text in texts:
        if _PUT_TOGETHER.search(text) or LETTERS_APART.search(text):
            return ANY
        found.update(dict.fromkeys(word for word in WORD.findall(text) if not word.islower()))
    return " ".join(found)
