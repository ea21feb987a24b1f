"""The `name` term: a key under which all spellings of a name meet.

The key of a word is its consonants in broad classes. In this order:

1. Each letter, Cyrillic or Latin, with or without diacritics, becomes its class (see `CLASSES`).
2. Letter groups that write one sound become one class: sh, zh, ch, kh, gh, ts, dzh, dsch, ng...
3. Vowels are dropped, but a vowel at the start leaves an "A": Yerkin, Erkin and Иеркин are all "ARKM".
4. The key is cut after `LENGTH` classes, so that most case endings do not matter.

Й, у and в count as vowels, since the alphabets swap them: Дәулет is Daulet, Dawlet and Davlet, Мусин is Mwsïn.
A single letter is an initial: its key is a dot and its class, ".K".

Keys are for finding candidates: two different names may share one. Alignment tells them apart.
"""

from __future__ import annotations

import unicodedata

from searchkit import lazy

LENGTH = 5

# One letter, one class. P: lips; T: d and t; K: back of the mouth, from g to h; S: all hissing sounds;
# M: nasals; R and L: themselves. "a" stands for any vowel or glide and is dropped at the end.
CLASSES = {
    "a": "аәеэёиіїыоөуұүюяўєӣӯйвaeiouyvwıəæœø",
    "P": "бпфbpf",
    "T": "тдtdðþ",
    "K": "кқғгхһҳґĸkqgx",
    "H": "h",
    "C": "c",
    "S": "сзшщжчцҷsjzßʃŝ",
    "M": "мнңmnŋ",
    "R": "рr",
    "L": "лlł",
    "0": "0123456789",
}

_HISSING = "çćĉčđşșśšźżž"
"""Letters whose mark changes the class: c with a mark always hisses, whatever follows."""


class _Table(dict[int, str]):
    """The classes, with anything unknown (apostrophes, soft and hard signs, other scripts) left out."""

    def __missing__(self, key: int) -> str:
        return ""


def _table() -> _Table:
    table = _Table()
    for letters_class, letters in CLASSES.items():
        for letter in letters:
            table[ord(letter)] = letters_class
    for letter in _HISSING:
        table[ord(letter)] = "S"
    # Any other Latin letter with diacritics counts as its base letter.
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code).lower())[0]
        if code not in table and ord(base) in table:
            table[code] = table[ord(base)]
    return table


_TABLE = _table()
_PLAIN = str.maketrans("HC", "KK")


def classes(word: str) -> str:
    """The class of each letter of a normalised word; letters without a class are left out."""
    return word.translate(_TABLE)


def squeeze(word_classes: str) -> str:
    """Classes to key, uncut: letter groups merged, doubled classes made one, vowels dropped.

    A stop before a hiss is dropped (дж = ж, ц = тс = с), and so is a stop after a nasal (ң = ng, Мұхамбет =
    Мухамед): those are the places where the alphabets disagree on how many letters a sound has.
    """
    s = word_classes
    if "H" in s:
        s = s.replace("SH", "S").replace("KH", "K").replace("CH", "S").replace("TH", "T").replace("PH", "P")
    if "C" in s:
        s = s.replace("CS", "S").replace("Ca", "Sa")
    s = s.translate(_PLAIN)
    s = s.replace("TT", "T").replace("KK", "K").replace("PP", "P")
    s = s.replace("TS", "S").replace("MK", "M").replace("MP", "M")
    s = s.replace("SS", "S").replace("SS", "S").replace("MM", "M").replace("LL", "L").replace("RR", "R")
    start = "A" if s.startswith("a") else ""
    return start + s.replace("a", "")


def key(surface: str, word: str, language: str) -> str:
    """The `name` term of a token; "" for a word that cannot name a person.

    `surface` is the word as written, `word` its normalised form, `language` its ISO 639-1 code (no rule depends
    on it so far). Words without a capital, with digits, or of other scripts than Cyrillic and Latin get no key.
    """
    if surface.islower():
        return ""
    found = word.translate(_TABLE)
    if found.endswith("0"):
        found = word[: len(word) - len(surface) + len(without_note(surface))].translate(_TABLE)
    if not found or "0" in found:
        return ""
    if len(found) == 1:
        return initial_key(found)
    return squeeze(found)[:LENGTH]


_NOTE = lazy.regex("(?<=[^\\W\\d_]{3})[0-9¹²³⁰⁴-⁹]{1,2}$")


def without_note(word: str) -> str:
    """A capitalised word without the number of a note after it, which may have lost its superscript: Каримов¹, Каримов1."""
    note = _NOTE.search(word)
    return word[: note.start()] if note and word[1 : note.start()].islower() else word


def initial_key(initial_classes: str) -> str:
    """The key of an initial from the classes of its letters: ".K"."""
    return "." + ("S" if initial_classes == "C" else squeeze(initial_classes)[:1])
