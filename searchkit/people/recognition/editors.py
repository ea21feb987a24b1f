"""The case of a name behind the words that say who edited or compiled a book, as Russian and Ukrainian title pages have them.

под ред. А. Б. Каримова      genitive: Каримов
сост. В. И. Петрова          nominative: Петрова, a woman
отв. ред. В. И. Петрова      nominative
"""

from __future__ import annotations

from searchkit.people.names.name_words import Words
from searchkit.people.spelling.phonemes import lower

_UNDER = frozenset(("под", "за", "пад"))
_WORDS_BETWEEN = 2
"""The most adjectives between: под общей научной редакцией."""
_EDITED = ("ред", "рэд")
_BY_CASE = ("редакцией", "редакціею", "редакцією", "рэдакцыяй")
_COMPILED = frozenset(("сост", "составитель", "авт", "ред", "редактор", "рэд", "упоряд", "уклад", "худож", "рец"))
_NOMINATIVE_ENDS = ("ов", "ев", "ёв", "ин", "ын", "ова", "ева", "ёва", "ина", "ына", "ий", "ая")


def case_of_editor(words: Words, first: int) -> str:
    """ "gent" or "nomn" for a surname with initials, of which word `first` is the first, where such a word stands before it; else "".

    Behind "сост." the nominative is only told for a word that may be one: «сост. В. И. Петровой» is said as well.
    """
    before = first - 1
    if before < 0 or words.gap(before).strip(" \xa0\n") not in ("", ".", ":"):
        return ""
    word = lower(words[before].text)
    if word in _EDITED or word in _BY_CASE:
        for i in range(before - 1, max(-1, before - 2 - _WORDS_BETWEEN), -1):
            if lower(words[i].text) in _UNDER:
                return "gent"
    if word not in _COMPILED:
        return ""
    last = next((i for i in range(first, len(words)) if not words.initial(i)), None)
    return "nomn" if last is not None and lower(words[last].text).endswith(_NOMINATIVE_ENDS) else ""
