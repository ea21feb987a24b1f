"""The alphabets of Uzbek and the shared Latin alphabet.

`to_shared` writes a folded word (see `text.normalise.fold`) of any of them in the shared alphabet:

- Latin of 1995 with ʻ (U+02BB) in oʻ and gʻ and the tutuq belgisi ʼ (U+02BC), both as `fold` leaves them; the reforms
  proposed in 2018 (ó, ǵ, ş, ç, ñ) and in 2021 and 2023 (ō or ö, ḡ or ğ, ş, ç).
- ALA-LC of library catalogues, which romanizes Cyrillic (ŭ, ḣ, ë, kh, zh, i͡a, t͡s), with its marks.
- Cyrillic of 1940. Its rules of reading are those of the 1995 orthography: е is ye at the beginning of a word and after a
  vowel, ъ or ь, else e; ц is ts after a vowel, else s (цирк sirk, акция aksiya, полиция politsiya); ъ and ь go.

In all of them the tutuq belgisi drops, x and h (х and ҳ) meet in h, and ye after a vowel is e, since поезд is written
poyezd, poezd. So kutubxona, кутубхона and kutubhona are one word, and so are sanʼat, sanat and санъат.
"""

from __future__ import annotations

import re

from searchkit import lazy

_OTHER_LATIN = {
    "ō": "ö",
    "ó": "ö",
    "õ": "ö",
    "ô": "ö",
    "ḡ": "ğ",
    "ǵ": "ğ",
    "ş": "sh",
    "ș": "sh",
    "ç": "ch",
    "ñ": "ng",
    "ı": "i",
    "ʻ": "",
    "\u0307": "",
    "ŭ": "ö",
    "ḣ": "h",
    "ġ": "ğ",
    "ė": "e",
    "ë": "yo",
    "ĭ": "y",
    "\u0361": "",
}
"""Letters of the reforms, of Turkish, of ALA-LC, and an apostrophe out of place."""
_ALA_LC = {"kh": "h", "zh": "j", "gh": "ğ", "i\u0361a": "ya", "i\u0361u": "yu", "t\u0361s": "ts"}
_IS_ALA_LC = lazy.regex("[ŭḣġėëĭ\u0361]")
"""The letters that tell ALA-LC, in which zh is ж and not з and ҳ."""
_OTHER = lazy.regex(f"[{''.join(_OTHER_LATIN)}]")

_CYRILLIC = str.maketrans(
    dict(zip("абвгғдежзийкқлмнопрстуўфхҳыэі", "abvgğdejziykqlmnoprstuöfhhiei", strict=True))
    | {"ё": "yo", "ю": "yu", "я": "ya", "ц": "s", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": None, "ь": None, "ʼ": None}
)

_VOWEL_YE = lazy.regex("ye(?<=[aeiouö]..)")
_SIGN = "[ъь](?=[еои])"
_TS = "(?<=[аеёиоуўэюяыө])ц"


def is_cyrillic(word: str) -> bool:
    """Whether a word is written in Cyrillic, by its first letter; a word of digits and signs is not."""
    for letter in word:
        if letter.isalpha():
            return "\u0400" <= letter <= "\u052f"
    return False


def to_shared(word: str) -> str:
    """A folded word, or several, in the shared Latin alphabet. Letters of no Uzbek alphabet stay; the result may be empty."""
    if word.isascii():
        word = word.replace("x", "h")
    elif is_cyrillic(word):
        return _read_cyrillic(word)
    else:
        word = word.replace("oʻ", "ö").replace("gʻ", "ğ").replace("x", "h").replace("ʼ", "")
        if _IS_ALA_LC.search(word):
            for digraph, letter in _ALA_LC.items():
                word = word.replace(digraph, letter)
        if _OTHER.search(word):
            word = _OTHER.sub(lambda letter: _OTHER_LATIN[letter[0]], word)
    return _VOWEL_YE.sub("e", word) if "ye" in word else word


def _read_cyrillic(word: str) -> str:
    if "ь" in word or "ъ" in word:
        word = re.sub(_SIGN, "й", word)
    if "ц" in word:
        word = re.sub(_TS, "тс", word)
    if word[0] == "е":
        word = "й" + word
    return word.translate(_CYRILLIC)
