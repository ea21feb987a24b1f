"""Which single-byte encoding a text has, Cyrillic or Latin, by the letters that it would have in each.

1. What the file declares counts for as much as a few letters: it is often wrong. windows-1252 and Latin-1 are what programs
   declare who do not know. Encodings that are not judged here (of Japanese, say) are believed.
2. Words of letters beyond ASCII alone are Cyrillic, words of both kinds Latin.
3. The reading is right that has the usual letters of a language (`data/letters.tsv`), vowels and consonants in turn, and
   capitals where they belong.
4. Windows-1251, KZ-1048 and PT154 share the Russian letters and differ in ә ғ қ ң ө ұ ү һ: between them, the words of the
   whole text decide that have such letters. PT154 has letters where the others have ±, µ or nothing.
5. Where no reading looks like a language we know, charset-normalizer is asked.
"""

from __future__ import annotations

import codecs
import math
import re
from functools import lru_cache
from typing import NamedTuple

from searchkit.documents.data_tables import read_table
from searchkit.documents.encodings import legacy_fonts

SAMPLE = 1 << 12  # bytes that are judged

# Encodings and the logarithm of how likely they are beside the likeliest.
CYRILLIC = {"cp1251": 0.0, "kz1048": 0.0, "koi8-r": -5.0, "cp866": -5.0, "iso8859-5": -7.0, "mac-cyrillic": -8.0}
LATIN = {"cp1252": 0.0, "cp1250": 0.0, "cp1254": 0.0}

# Bytes that are the same punctuation in Windows-1250, -1251, -1252, -1254 and KZ-1048: they tell nothing.
_PUNCTUATION = bytes.fromhex("82 84 85 86 87 8b 91 92 93 94 95 96 97 9b a0 a6 a7 a9 ab ac ad ae b0 b1 b5 b6 b7 bb")
_HIGH = bytes(byte for byte in range(0x80, 0x100) if byte not in _PUNCTUATION)
_WORD = re.compile(b"[A-Za-z" + re.escape(_HIGH) + b"]+")
# A word with a byte that is a letter in both encodings, but not the same one.
_TELLING = re.compile(
    b"[%b]*[\x8d\x8e\x9d\x9e\xa1\xa2\xa3\xa5\xaa\xaf\xb4\xba\xbc\xbd\xbe\xbf][%b]*" % ((re.escape(_HIGH),) * 2)
)
_SAID_BY_ALL = ("utf-8", "ascii", "cp1252", "iso8859-1")
_DECLARED = 12.0  # log: so much likelier is what is declared, all letters together
_SURE = -4.0  # mean for a letter, above which a text is Cyrillic whatever is declared
# Letters of PT154 where Windows-1251 has ¤ ¦ ± µ (Ө Ұ ұ ө): within a word or at its beginning; ҳ beside a letter.
_IN_PT154 = re.compile(
    rb"[\xc0-\xff][\xb1\xb5][\xc0-\xff\x83\x9c\x9d\xba\xbf\xb3]|(?:\A|\s)[\xa4\xa6\xb1\xb5][\xe0-\xff\x83\x9c\x9d\xb3]{2}"
    rb"|[\xc0-\xff\xa2]\x98|\x98[\xe0-\xff\xa2]"
)
# Ѓ ѓ Њ њ in both encodings: letters of no Kazakh text, but of old fonts in the places of Windows-1251 (`legacy_fonts`).
_IN_OLD_FONTS = re.compile(b"[\x81\x83\x8a\x9a]")
_MOST_TELLING = 1000  # words
_WITH_COMPANY = 20  # of these
_COMPANY = 30  # bytes to each side
_USUAL = frozenset("\xa0«»„“”‘’‚–—…№•·§©®°")
_VOWELS = "аеёиоуыэюяәіөұүўїє"
_CONSONANTS = "бвгджзйклмнпрстфхцчшщғқңһҳ"
_CAPITALS = "А-ЯЁӘҒҚҢӨҰҮҺІЎҲ"

# Log probabilities, by which readings are compared.
_STRANGE = math.log(1e-9)  # a letter that the language does not have, and odd symbols
_SYMBOL = math.log(0.02)  # a usual punctuation mark
_CAPITAL = math.log(0.7)  # a capital after a capital
_CAPITAL_AFTER_SMALL = math.log(1e-4)
_PAIRS = {"vv": math.log(0.12), "vc": math.log(0.88), "cc": math.log(0.4), "cv": math.log(0.6)}
_POOR = -5.5  # mean for a letter, below which a reading is no known language
_FEW = 32  # letters beyond ASCII; of fewer charset-normalizer makes anything


def judge(data: bytes, declared: str | None = None) -> str:
    """The name of the codec for `data`, which is neither UTF-8 nor UTF-16."""
    declared = _known(declared)
    sample = _sample(data)
    pure, mixed = 0, 0
    for word in _WORD.findall(sample):
        high = sum(byte >= 0x80 for byte in word)
        if high == len(word):
            pure += high
        else:
            mixed += high
    if not pure and not mixed:
        return "cp1252" if declared is None or declared in (*_SAID_BY_ALL, *CYRILLIC) else declared
    if declared in CYRILLIC:
        encoding, likelihood = _best(sample, {**CYRILLIC, declared: _DECLARED}, old_fonts=True)
    else:
        encoding, likelihood = _best(sample, CYRILLIC if pure >= mixed else LATIN, old_fonts=True)
        if declared is not None and declared not in _SAID_BY_ALL and (mixed > pure or likelihood < _SURE):
            return declared
    if likelihood < _POOR and pure + mixed >= _FEW:
        encoding = declared or _by_charset_normalizer(sample) or encoding
    return _of_russian_layout(data) if encoding in ("cp1251", "kz1048") else encoding


def _of_russian_layout(data: bytes) -> str:
    """Which of the encodings that have the Russian letters where Windows-1251 has them."""
    if _IN_PT154.search(data):
        return "ptcp154"
    words = telling_words(data)
    if not words or any(map(_IN_OLD_FONTS.search, words)):
        return "cp1251"
    return _best(b" ".join(words), {"cp1251": 0.0, "kz1048": 0.0})[0]


def telling_words(data: bytes) -> list[bytes]:
    """The first thousand words that Windows-1251 and KZ-1048 read differently; of the first ones with their neighbours.

    A little company tells the language of a single word, such as Uzbek ўзбек from Kazakh ұлт; much would drown the Kazakh
    names in a Russian text.
    """
    words: list[bytes] = []
    for match in _TELLING.finditer(data):
        company = _COMPANY if len(words) < _WITH_COMPANY else 0
        words.append(data[max(0, match.start() - company) : match.end() + company])
        if len(words) == _MOST_TELLING:
            break
    return words


def likelihood(data: bytes, encoding: str) -> float:
    """The mean log probability of a letter beyond ASCII, read in this encoding: about -3.5 where the reading is right."""
    return _likelihood(data, encoding, 0.0)


def likeliest(data: bytes) -> tuple[str, float]:
    """The likeliest Cyrillic encoding of `data` and the `likelihood` of a letter, all encodings being equal before."""
    return _best(data, dict.fromkeys(CYRILLIC, 0.0))


def _best(sample: bytes, candidates: dict[str, float], old_fonts: bool = False) -> tuple[str, float]:
    """The likeliest encoding, of equals the first, and its mean log probability for a letter."""
    likelihoods = {encoding: _likelihood(sample, encoding, prior, old_fonts) for encoding, prior in candidates.items()}
    best = max(likelihoods, key=likelihoods.__getitem__)
    return best, likelihoods[best]


def _sample(data: bytes) -> bytes:
    """At most `SAMPLE` bytes, from where the first byte beyond ASCII is."""
    match = re.search(rb"[\x80-\xff]", data)
    start = max(0, match.start() - 100) if match else 0
    return data[start : start + SAMPLE]


def _known(name: str | None) -> str | None:
    """The codec's own name of a declared encoding; None for one that Python does not know or that is no text encoding."""
    try:
        bytes(range(256)).decode(name.strip() if name else "", errors="replace")
        return codecs.lookup(name.strip()).name if name else None
    except (LookupError, ValueError):
        return None


def _by_charset_normalizer(sample: bytes) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best else None


def _likelihood(sample: bytes, encoding: str, prior: float, old_fonts: bool = False) -> float:
    """The mean log probability of the letters beyond ASCII, under the language that fits best.

    `old_fonts`: in Windows-1251 the letters that such a font shows (see `legacy_fonts`) count as what they mean.
    """
    text = sample.decode(encoding, errors="replace")
    if encoding == "cp1251" and old_fonts:
        text = legacy_fonts.repair(text)
    counts: dict[str, int] = {}
    for character in re.findall("[^\x00-\x7f]", text):
        counts[character] = counts.get(character, 0) + 1
    letters: dict[str, int] = {}
    symbols = strange = 0
    for character, count in counts.items():
        if character.isalpha():
            lower = character.lower()
            letters[lower] = letters.get(lower, 0) + count
        elif character in _USUAL:
            symbols += count
        else:
            strange += count
    total = sum(letters.values()) + symbols + strange
    best = max(
        language.prior + sum(count * language.logs.get(letter, _STRANGE) for letter, count in letters.items())
        for language in _languages("Latn" if encoding in LATIN else "Cyrl")
    )
    form = 0.0 if encoding in LATIN else _form(text)
    return (prior + best + form + symbols * _SYMBOL + strange * _STRANGE) / max(total, 1)


def _form(text: str) -> float:
    """The log probability of the places of capitals, vowels and consonants: it finds out readings in the wrong alphabet.

    KOI8-R has the letters of Windows-1251 in other places, and small letters for capitals.
    """
    result = len(re.findall(f"(?<=[{_CAPITALS}])[{_CAPITALS}]", text)) * _CAPITAL
    result += len(re.findall(f"(?<=[а-яёәғқңөұүһіўҳ])[{_CAPITALS}]", text)) * _CAPITAL_AFTER_SMALL
    kinds = text.lower().translate(_KINDS)
    for pair, log in _PAIRS.items():
        result += len(re.findall(f"(?<={pair[0]}){pair[1]}", kinds)) * log
    return result


_KINDS = str.maketrans(
    _VOWELS + _CONSONANTS + "vc", "v" * len(_VOWELS) + "c" * len(_CONSONANTS) + "  "
)  # v for vowels, c for consonants


class _Language(NamedTuple):
    prior: float  # log
    logs: dict[str, float]


@lru_cache(maxsize=2)
def _languages(script: str) -> tuple[_Language, ...]:
    result = []
    for row in read_table("letters.tsv"):
        if row["script"] != script:
            continue
        values = row["letters"].split()
        frequencies = dict(zip(values[::2], map(float, values[1::2]), strict=True))
        total = sum(frequencies.values())
        logs = {letter: math.log(value / total) for letter, value in frequencies.items()}
        result.append(_Language(math.log(float(row["prior"])), logs))
    return tuple(result)
