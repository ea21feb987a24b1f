"""Where a new line or a tab joins the words of one name, and where it parts two persons.

A line may break within a name: «Сергей Петрович⏎Иванов». A list has a person a line: «Азимов Рустам⏎Каримова Гульнара». So a
break parts where a whole name stands on either side, or where one stands on one side and the other cannot add to it.
"""

from __future__ import annotations

from typing import Protocol


class WordsOfText(Protocol):
    """The interface to the words of a text, by their number (see `name_words.Words`)."""

    def gap(self, i: int) -> str: ...

    def beside(self, i: int) -> bool: ...

    def capital(self, i: int) -> bool: ...

    def initial(self, i: int) -> bool: ...

    def is_plain(self, i: int) -> bool: ...

    def hyphen(self, i: int) -> bool: ...

    def patronymic(self, i: int) -> int: ...

    def surname_like(self, i: int) -> bool: ...


def parts_two_persons(words: WordsOfText, i: int) -> bool:
    """Whether the new line or the tab between word i and the next stands between two persons."""
    gap = words.gap(i)
    mark = "\n" if "\n" in gap else "|" if "|" in gap else "\t"
    left = _Run(words, i, -1, mark)
    right = _Run(words, i + 1, 1, mark)
    if not left.count or words.patronymic(i + 1):
        return False
    if left.whole and right.whole:
        return True
    if mark == "\n" and _inverted(words, i - left.count) and _inverted(words, i + right.count):
        return True
    return left.surely_whole or right.surely_whole


def _inverted(words: WordsOfText, i: int) -> bool:
    """Whether word i is a surname with a comma, and a given name after it: a line «Каримова, Гульнара»."""
    return words.surname_like(i) and words.gap(i).strip(" ") == "," and words.capital(i + 1)


class _Run:
    """The words of a name on one side of the break, as far as nothing but a space, a hyphen or a dot is between them."""

    def __init__(self, words: WordsOfText, first: int, step: int, mark: str) -> None:
        self.count = self.initials = self.patronymics = self.surnames = 0
        i = first
        while words.capital(i):
            if words.initial(i) or not words.is_plain(i):
                self._take(words, i, step)
            i += step
            between = words.gap(min(i, i - step))
            if mark in between or "\n" in between or not words.beside(min(i, i - step)):
                break

    def _take(self, words: WordsOfText, i: int, step: int) -> None:
        if words.initial(i):
            self.initials += 1
        elif words.hyphen(i - 1 if step > 0 else i) and self.count:
            return  # the second half of a name with a hyphen
        elif words.patronymic(i):
            self.patronymics += 1
        elif words.surname_like(i):
            self.surnames += 1
        self.count += 1

    @property
    def whole(self) -> bool:
        """May be given name, or its initial, and surname."""
        names = self.count - self.initials - self.patronymics
        return names >= 2 or (names == 1 and self.initials > 0)

    @property
    def surely_whole(self) -> bool:
        """Has a surname, and a given name or an initial."""
        return self.surnames > 0 and self.count > self.surnames + self.patronymics
