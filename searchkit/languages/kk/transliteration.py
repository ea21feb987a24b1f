"""The Latin alphabets of Kazakh (see `latin`) as language packs of the `transliterate` library.

Importing this module registers them: `transliterate.translit(text, "kk")` writes Latin of 2021 in Cyrillic, and with
`reversed=True` Cyrillic in Latin; the other alphabets are "kk-2018", "kk-2017", "kk-tr" and "kk-bgn". Analysis reads the
same tables without the library, which takes longer to load than a search may.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from transliterate.base import TranslitLanguagePack, registry

from searchkit.languages.kk.latin import ALPHABETS, Alphabet


class _KazakhPack(TranslitLanguagePack):  # type: ignore[misc]  # the library has no types
    """A pack of one alphabet, which a subclass names. Cyrillic is the target script, Latin the source."""

    character_ranges = ((0x0400, 0x04FF),)
    spelling: Alphabet

    def translit(self, value: str, reversed: bool = False, strict: bool = False, fail_silently: bool = True) -> str:
        """The text in the other alphabet; letters of neither stay."""
        return self.spelling.to_latin(value) if reversed else self.spelling.to_cyrillic(value)


def _pack(alphabet: Alphabet) -> type[_KazakhPack]:
    members: dict[str, Any] = {
        "__doc__": alphabet.__doc__,
        "language_code": alphabet.code,
        "language_name": "Kazakh" if alphabet.code == "kk" else f"Kazakh ({alphabet.name})",
        "mapping": ("".join(alphabet.singles), "".join(alphabet.singles.values())),
        "pre_processor_mapping": alphabet.groups,
        "spelling": alphabet,
    }
    return type(f"{type(alphabet).__name__}Pack", (_KazakhPack,), members)


_PACKS = tuple(map(_pack, ALPHABETS))
for _each in _PACKS:
    registry.register(_each)


@cache
def packs() -> tuple[_KazakhPack, ...]:
    """One of each, in the order of `kk_latin.ALPHABETS`."""
    return tuple(pack() for pack in _PACKS)
