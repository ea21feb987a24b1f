"""Snowball stemmers through PyStemmer, which is imported with the first word that is stemmed."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Snowball:
    """One Snowball algorithm by its name ("english", "russian"...): a word in, its stem out.

    A PyStemmer object must not be used by two threads at once, so each thread has its own.
    """

    def __init__(self, algorithm: str) -> None:
        self._algorithm = algorithm
        self._local = threading.local()

    def __call__(self, word: str) -> str:
        """The stem of a case-folded word; the word itself where the stem would be empty or it has a lone surrogate."""
        try:
            stem: Callable[[str], str] = self._local.stem
        except AttributeError:
            import Stemmer as pystemmer

            # `analysis` remembers per distinct word, so PyStemmer's own cache would only cost memory.
            stem = self._local.stem = pystemmer.Stemmer(self._algorithm, 0).stemWord
        try:
            return stem(word) or word
        except UnicodeEncodeError:
            return word
