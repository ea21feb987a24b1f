"""Words beside a name that are no part of it (`data/titles.tsv`): titles, ranks, forms of address, particles."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import lower


@cache
def words_of_kind(kind: str) -> frozenset[str]:
    """The words of a kind in `data/titles.tsv`, in lower case: such as "title"."""
    return frozenset(word for own, words in rows("titles.tsv") if own == kind for word in words.split())


_RANK_ENDINGS = ("", "а", "у", "ом", "ем", "е", "ы", "і", "и", "i")


@lru_cache(maxsize=1 << 12)
def is_rank(word: str) -> bool:
    """Whether the word is a soldier's rank, in any case: Ефрейтора Петрова."""
    low = lower(word)
    known = words_of_kind("rank")
    return low in known or any(low.endswith(end) and f"{low[: len(low) - len(end)]}*" in known for end in _RANK_ENDINGS)


def is_prefix(word: str) -> bool:
    """Whether the word begins surnames, joined to them or apart: DiCaprio, Ди Каприо."""
    return lower(word) in words_of_kind("prefix")


def is_particle(word: str) -> bool:
    """Whether the word is one that a hyphen joins to names, and that may be left out: әл-Фараби."""
    return lower(word) in words_of_kind("particle")
