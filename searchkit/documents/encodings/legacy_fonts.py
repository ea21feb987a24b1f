"""Kazakh and Uzbek typed in old 8-bit fonts, which drew the letters that Windows-1251 lacks in the places of others.

Such a text shows Macedonian, Serbian, Ukrainian and Belarusian letters: "Ќазаќстан", "кітапханасыныѕ", "ћуќуќий". KZ-1048
read as Windows-1251 looks the same. Which letter was meant:

    shown            Kazakh                         Uzbek
    ќ                қ                              қ
    ѓ                ғ                              ғ
    ѕ, њ             ң (КЗ-1048 and its fonts: ѕ)   њ is ҳ
    ј                ә
    ґ, ї, ў          ө, ү, ұ                        ў is ў
    ћ                һ                              ҳ
    є                ғ beside a vowel, else ә

It is repaired only where the text is neither Serbian nor Macedonian: those have no ы, я, ю, й, і, which Kazakh, Uzbek and
Russian can hardly do without, and have ј beside vowels, љ, ђ, џ and ќе, which the three never have. One code point stands
for one. Letters of Ukrainian and Belarusian alone (ґ ї є ў) are evidence of nothing.
"""

from __future__ import annotations

import re

_SHOWN = "ќњѓћѕј"
_WORD = re.compile(r"(?<!\w)[Ѐ-ӿ]*[ќњѓћѕјЌЊЃЋЅЈ][Ѐ-ӿ]*(?!\w)")
_FOREIGN = re.compile(
    # Serbian and Macedonian: letters of their own, ј beside vowels, endings -ић, words that begin with њ or ѕ before a
    # front vowel, ќ and ѓ before е.
    "[љђџ]|ј[аоије]|[аоиуе]ј|ић$|^њ[еи]|^ѕ[веи]|[ќѓ]е"
)
_OURS = re.compile("[ыэяющйіъьёўїєґ]")
_THEIRS = re.compile("[јљђџ]")  # every twentieth letter or so
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LEAST_OURS = 0.01  # share of such letters; Russian has 0.14, Kazakh 0.17, Uzbek 0.05, Serbian and Macedonian none
_MOST_FOREIGN = 0.1  # share of the words with shown letters that may look Serbian or Macedonian
_SAMPLE = 200  # words with shown letters by which a text is judged

_KAZAKH = dict(zip("ќўґїѕњѓјћ", "құөүңңғәһ", strict=True))
_UZBEK = dict(zip("ќѓћњ", "қғҳҳ", strict=True))
_VOWELS = "аәеёиоөуұүыіэюя"
_YE = re.compile("[єЄ]")


def repair(text: str) -> str:
    """`text` with the letters that were meant, or as it is.

    >>> repair("Ќазаќстан Республикасыныѕ Ўлттыќ кітапханасы"), repair("Ќонун ћуќуќий ћужжатни белгилайди")
    ('Қазақстан Республикасының Ұлттық кітапханасы', 'Қонун ҳуқуқий ҳужжатни белгилайди')
    """
    if not any(letter in text or letter.upper() in text for letter in _SHOWN):
        return text
    found = [(match.start(), match[0].lower()) for _, match in zip(range(_SAMPLE), _WORD.finditer(text), strict=False)]
    if not found:
        return text
    words = [word for _, word in found]
    foreign = sum(_FOREIGN.search(word) is not None for word in words)
    if foreign > _MOST_FOREIGN * len(words):
        return text
    around = " ".join(text[max(0, start - 200) : start + 200] for start, _ in found).lower()
    few_ours = len(_OURS.findall(around)) < _LEAST_OURS * len(_CYRILLIC.findall(around))
    if few_ours and ("ќ" not in around or _THEIRS.search(around)):
        return text
    if _is_uzbek(around, words):
        return text.translate(_table(_UZBEK))
    text = _YE.sub(lambda match: _ye(match, text), text)
    return text.translate(_table(_KAZAKH))


def _is_uzbek(around: str, words: list[str]) -> bool:
    """Uzbek has neither і nor ы; where Russian stands around the words, those tell that begin with ҳ: no word does with ң."""
    if "і" in around or "ѕ" in around or "ј" in around:
        return False
    return "ы" not in around or any(word.startswith("њ") for word in words)


def _ye(match: re.Match[str], text: str) -> str:
    """є is ғ, a consonant, where a vowel stands beside it, and else the vowel ә."""
    start, end = match.span()
    beside = (text[max(0, start - 1) : start] + text[end : end + 1]).lower().translate(_table(_KAZAKH))
    letter = "ғ" if any(vowel in beside for vowel in _VOWELS) else "ә"
    return letter.upper() if match[0] == "Є" else letter


def _table(letters: dict[str, str]) -> dict[int, str]:
    return str.maketrans(letters | {old.upper(): new.upper() for old, new in letters.items()})
