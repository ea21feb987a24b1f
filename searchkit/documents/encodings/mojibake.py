"""Garbled text: bytes of one encoding that somebody's program took for another, line by line.

1. UTF-8 taken for a single-byte encoding ("РџРёСЃСЊРјРѕ", "ÐŸÐ¸ÑÑŒÐ¼Ð¾"): ftfy undoes it, and where it does not know the
   encoding (cp866, KOI8-R), the bytes are read as UTF-8, which other text is hardly ever by chance.
2. Cyrillic taken for Western European ("Ïèñüìî"), as by readers of old PDF fonts: the bytes are judged as those of a file.
3. One Cyrillic encoding taken for another ("оХЯЭЛН"): the line does not look like a language, and read otherwise it does.

Right text is never changed: a line must be wrong as it stands and right when repaired. Repairs of the kinds 2 and 3 are one
code point for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit.documents.encodings import single_byte
from searchkit.documents.encodings.detect import detect

_LINE = re.compile(r"[^\n\f]+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 6  # letters in a line; less proves nothing

# UTF-8 as other encodings show it: the first byte of a letter and those after it (0x80 to 0xBF). What right text may have
# as well, such as Ті, must come twice.
_AFTER_1251 = re.escape(bytes(range(0x80, 0xC0)).decode("cp1251", "ignore")) + "\x98"
_AFTER_1252 = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "\x80-\xbf"
_UTF8 = re.compile(
    f"(?:[РСТУ][{_AFTER_1251}]){{2}}|[ВГ][^\\w\\s\u2010-\u2027»]|[ВГКЛДЕ][ЂЃѓЉЊЌЋЏђљњќћџЈјЅѕ]|вЂ"
    f"|[ÃÂÄÅÊËÐÑÒÓ][{_AFTER_1252}]|â[€\x80]|[пя][\u2500-\u25a0]|[╨╤][\u2500-\u25a0А-п]"
)
_LATIN = re.compile("[A-Za-z]")
_WESTERN = re.compile("[\x80-\xff]{4}")
# What garbled text cannot do without. Each is sought by itself, which takes a hundredth of the time of the patterns: most
# texts have none.
_SIGNS_OF_UTF8 = "ѕ°µЃЂј¶ÃÂÐÑÊÅÄâ╨╤╟╬╩"  # among them о, а, е, с as Windows-1251 has them
_SIGNS_OF_WESTERN = tuple("îåàèíÏÁÅ®¥ÞÐ")  # о, е, а in Windows-1251, KOI8-R, cp866, ISO 8859-5
_VOWELS = "аеоиыі"
_FEW_VOWELS = 0.2  # share of the letters beyond ASCII; in Russian, Kazakh and Uzbek they are 0.35
_TAKEN_FOR = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_WRONG = -4.1  # mean log probability of a letter: running text of our languages has more than -3.95
_RIGHT = -4.0
_BETTER = 0.6
_FEWEST = 20  # letters by which a line is judged
_FEWEST_DISTINCT = 14  # of these: one long word twice is no running text

_Pair = tuple[str, str]
"""The encoding that the bytes were taken for, "" for Western ones, and the right one."""


def repair(text: str) -> str:
    """`text` with the garbled lines mended.

    >>> repair("Ðåñïóáëèêà Êàçàõñòàí"), repair("СЂРµСЃРїСѓР±Р»РёРєР°")
    ('Республика Казахстан', 'республика')
    """
    if text.isascii():
        return text
    if any(sign in text for sign in _SIGNS_OF_UTF8) and _UTF8.search(text):
        text = _LINE.sub(lambda line: _from_utf8(line[0]), text)
    if any(sign in text for sign in _SIGNS_OF_WESTERN) and _WESTERN.search(text):
        text = _mended(text, _taken_for_western)
    if any(_looks_wrong(line) for line in _LINE.findall(text) if not line.isascii()):
        text = _mended(text, _taken_for_cyrillic)
    return text


def _mended(text: str, judge: Callable[[str], _Pair | None | str]) -> str:
    """`text` with the lines mended that `judge` gives a pair for; where all are alike, those too short to judge as well."""
    lines = [(line, judge(line)) for line in re.split(r"([\n\f])", text)]
    pairs = {pair for _, pair in lines if pair != _TOO_SHORT}
    common = pairs.pop() if len(pairs) == 1 else None
    return "".join(_read_otherwise(line, common if pair == _TOO_SHORT else pair) for line, pair in lines)


_TOO_SHORT = "too short to judge"


def _read_otherwise(line: str, pair: _Pair | None | str) -> str:
    """The line, one code point for one, as the right encoding has it."""
    if not isinstance(pair, tuple):
        return line
    wrong, right = pair
    return "".join(_other(character, wrong, right) for character in line)


def _other(character: str, wrong: str, right: str) -> str:
    if character < "\x80":
        return character
    try:
        data = character.encode(wrong) if wrong else _western_byte(character)
    except UnicodeEncodeError:
        return character
    return character if data == b"?" else data.decode(right, "replace")


def _from_utf8(line: str) -> str:
    if not _UTF8.search(line):
        return line
    import ftfy

    mended = ftfy.fix_encoding(line)
    if mended != line:
        return mended if _is_plausible(mended) else line
    for encoding in ("cp866", "koi8-r"):
        try:
            mended = line.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if _is_plausible(mended) and len(_CYRILLIC_LETTER.findall(mended)) > 2:
            return mended
    return line


def _is_plausible(line: str) -> bool:
    """Whether the characters of a mended line are those of Latin and Cyrillic alphabets, signs and emoji alone."""
    return not _STRANGE.search(line)


_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_STRANGE = re.compile(
    "[^\t\u0020-\u007e\u00a0-\u024f\u02b0-\u045f\u048a-\u052f\u2000-\u2bff\ufe0f\U0001f000-\U0001faff]"
)


def _taken_for_western(line: str) -> _Pair | None | str:
    words = _WORD.findall(line)
    letters = sum(map(len, words))
    wrong = sum(len(word) for word in words if _is_accents_alone(word))
    data = b"".join(map(_western_byte, line))
    high = _beyond_ascii(data)
    # cp866 has letters where Western encodings have signs, so that no words are left.
    if wrong < 0.6 * letters and not 5 * len(_LATIN.findall(line)) < high:
        return None
    if wrong < _SHORTEST and high < _FEWEST:
        return _TOO_SHORT
    encoding = detect(data)
    if encoding not in single_byte.CYRILLIC:
        return None
    is_right = encoding in ("cp1251", "kz1048") and wrong or single_byte.likelihood(data, encoding) > _RIGHT
    return ("", encoding) if is_right else None


def _is_accents_alone(word: str) -> bool:
    """No word of a Latin alphabet is of letters with accents alone, or nearly."""
    return len(word) > 1 and sum("\xc0" <= letter <= "\xff" for letter in word) >= 0.7 * len(word)


def _western_byte(character: str) -> bytes:
    """The byte that was read as `character`: cp1252, or Latin-1 where that has none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return character.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"?"


def _looks_wrong(line: str) -> bool:
    """Whether the Cyrillic of a line is no language, by its letters."""
    letters = len(line) - len(line.encode("ascii", "ignore"))
    if letters < _FEWEST:
        return False
    if line.isupper():
        line, letters = line.lower(), letters * 5 // 3  # KOI8-R shows small letters as capitals
    if sum(map(line.count, _VOWELS)) >= _FEW_VOWELS * letters:
        return False
    data = line.encode("kz1048", "ignore")
    if 2 * _beyond_ascii(data) < letters:
        return _BOX.search(line) is not None
    return _beyond_ascii(data) >= _FEWEST and single_byte.likelihood(data, "kz1048") < _WRONG


_BOX = re.compile("[\u2500-\u25a0]")


def _taken_for_cyrillic(line: str) -> _Pair | None | str:
    best, pair = _RIGHT, None
    for wrong in _TAKEN_FOR:
        try:
            data = line.encode(wrong)
        except UnicodeEncodeError:
            continue
        if _beyond_ascii(data) < _FEWEST or len(set(data.translate(None, _ASCII))) < _FEWEST_DISTINCT:
            return _TOO_SHORT
        as_it_stands = single_byte.likelihood(data, wrong)
        if as_it_stands >= _WRONG:
            return None
        encoding, likelihood = single_byte.likeliest(data)
        if encoding != wrong and likelihood > best and likelihood > as_it_stands + _BETTER:
            best, pair = likelihood, (wrong, encoding)
    return pair


def _beyond_ascii(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH))


_ASCII = bytes(range(0x80))
_HIGH = bytes(range(0x80, 0x100))
