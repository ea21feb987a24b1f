"""What is said in a language: messages of gettext catalogues, numbers and dates."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from searchkit.locale import numbers

DATA = Path(__file__).parent / "data"
LANGUAGES = {code: signs["name"] for code, signs in numbers.formats().items()}
"""ISO 639-1 codes with the names that the languages give themselves."""
SOURCE = next(iter(LANGUAGES))
"""The language of the messages in the source."""


def N_(message: str) -> str:  # noqa: N802
    """Marks a message of a table for the catalogues; it is translated where it is shown."""
    return message


class Speech:
    """One language of the interface. Methods take English messages, as gettext does; placeholders are %(name)s."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._catalogue = _read(code)

    def say(self, message: str, **values: object) -> str:
        """The message in this language; one that the catalogue lacks stays English."""
        said = self._catalogue.gettext(message) if message else ""
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """The message in the form that goes with a number, which is %(num)s in it."""
        said = self._catalogue.ngettext(one, many, number)
        return said % {"num": self.number(number), **values}

    def plural(self, one: str, many: str, number: int) -> str:
        """As gettext's `ngettext`: the form that goes with a number, its placeholders as they are."""
        return self._catalogue.ngettext(one, many, number)

    def number(self, value: float) -> str:
        """1,234 or 1 234."""
        return numbers.number(value, self.code)

    def date(self, value: str | None) -> str:
        """An ISO 8601 date, as exact as it is known, in words; "" for none."""
        return numbers.date(value or "", self.code)

    def size(self, value: int) -> str:
        """A number of bytes in the largest fitting unit."""
        return numbers.size(value, self.code)


@cache
def speech(code: str) -> Speech:
    """The speech of a language; English for one that has none."""
    return Speech(code if code in LANGUAGES else SOURCE)


def _read(code: str) -> gettext.NullTranslations:
    file = DATA / f"{code}.mo"
    if not file.exists():
        return gettext.NullTranslations()
    with file.open("rb") as content:
        return gettext.GNUTranslations(content)
