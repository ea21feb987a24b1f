"""Russian as it was spelt before the reform of 1918, in today's spelling.

1. Letters: ѣ is е, ѳ ф, ѵ and і и; ъ at the end of a word goes.
2. Endings: -аго, -яго are -ого, -его (Пржевальскаго); -ыя is -ые; -ія is -ие in adjectives (Туркестанскія), which are told
   by the к, г or х before it, and -ия in other words (исторія).

After the decree of the Council of People's Commissars of 10 October 1918. A word without any of these stays as it is.
"""

from __future__ import annotations

from searchkit import lazy

_LETTERS = str.maketrans("ѣѳѵі", "ефии")
_HAS_OLD = lazy.regex("[ѣѳѵі]|(?<=.)ъ$|ыя$|(?:[сц]к|[бвгджзклмнпрстфхцчшщь][нвтш])[ая]го$|(?:ш|щ|н)яго$")
_ENDINGS = (
    (lazy.regex("(?<=[кгх])ія$"), "ие"),
    (lazy.regex("(?<=[бвгджзклмнпрстфхцчшщ])аго$"), "ого"),
    (lazy.regex("яго$"), "его"),
    (lazy.regex("ыя$"), "ые"),
    (lazy.regex("(?<=.)ъ$"), ""),
)


def to_new(word: str) -> str:
    """A word in small letters in today's spelling.

    >>> [to_new(word) for word in ("дѣло", "исторія", "туркестанскія", "уѣздъ", "новыя", "ѳедоръ")]
    ['дело', 'история', 'туркестанские', 'уезд', 'новые', 'федор']
    """
    if not _HAS_OLD.search(word):
        return word
    for ending, new in _ENDINGS:
        word = ending.sub(new, word)
    return word.translate(_LETTERS)
