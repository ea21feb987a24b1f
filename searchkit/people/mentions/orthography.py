"""Names in the letters of one language, which would not write one name in two ways: Карлин and Карелин, Норов and Нуров.

Between languages such letters change (Қонаев, Кунаев), so that the alignment allows it. Where both spellings are those of one
language, it does not. Only what differs for sure is told: a vowel more, a soft sign more after another letter than л, and, in
the letters of Kazakh and of Uzbek alone, another vowel. A mark more or less (Гүлнар, Гүлнәр) is none.
"""

from __future__ import annotations

from functools import lru_cache

from searchkit.people.spelling.phonemes import is_cyrillic, lower

_KAZAKH = frozenset("әғқңөұүһі")
_UZBEK = frozenset("ўғқҳ")
_OTHER = frozenset("іїєґўђћџјљњѓќ")
_VOWELS = frozenset("аәеёиіоөуұүыэюяў")
_SAME = str.maketrans("ёэйыіяәөюұүў", "ееиииааоуууо", "ъ")


def orthography(text: str) -> str:
    """ "kazakh", "uzbek" or "russian" for Cyrillic letters that speak for it, "" for any other alphabet."""
    low = lower(text)
    if not is_cyrillic(low) or any("a" <= letter <= "z" for letter in low):
        return ""
    own = set(low)
    if own & _KAZAKH - _UZBEK - _OTHER or ("і" in own and own & _KAZAKH - {"і"}):
        return "kazakh"
    if own & frozenset("ўҳ"):
        return "uzbek"
    if own & (_KAZAKH | _OTHER):
        return ""
    return "russian"


@lru_cache(maxsize=1 << 12)
def other_letters(a: str, b: str, strict: bool) -> bool:
    """Whether two spellings in one orthography are of two names; `strict` for one that has a letter for each vowel."""
    a, b = _plain(a), _plain(b)
    if a == b:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        return strict and a[at] in _VOWELS and b[at] in _VOWELS and a[at + 1 :] == b[at + 1 :]
    if len(b) - len(a) > 1 or a[at:] != b[at + 1 :]:
        return False
    if b[at] == "ь":
        return 0 < at < len(b) - 1 and b[at - 1] != "л" and b[at - 1 : at + 2] != "ськ" and b[at + 1] not in _VOWELS
    between = 0 < at < len(b) - 1 and b[at - 1] not in _VOWELS and b[at + 1] not in _VOWELS
    return b[at] in _VOWELS and between


def _plain(word: str) -> str:
    letters = lower(word).translate(_SAME)
    return "".join(letter for i, letter in enumerate(letters) if letter != letters[i - 1 : i])
