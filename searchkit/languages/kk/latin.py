"""The Latin alphabets of Kazakh.

    code      alphabet                                  ә  ғ  и,й і ң  ө  у  ұ ү  ш  ы
    kk        2021, and that of 2019 with ŋ, ç, c       ä  ğ  i   ı ñ  ö  u  ū ü  ş  y
    kk-2018   2018, with acutes                         á  ǵ  ı   i ń  ó  ý  u ú  sh y
    kk-2017   2017, with apostrophes                    aʼ gʻ iʼ  i nʼ oʻ yʼ u uʼ sʼ y
    kk-tr     of the Turkish kind, used by broadcasters ä  ğ  ï,y i ñ  ö  w  u ü  ş  ı
    kk-bgn    BGN/PCGN 1979; zh, kh, gh, ch, ts         ä  gh ī,y i ng ö  ū  u ü  sh y
    kk-ala    ALA-LC of libraries; zh, kh, gh, ch, t͡s    ă  gh i,ĭ ī n͡g ȯ  u  ū u̇  sh y

Sources: the decrees of the President of Kazakhstan of 26 October 2017 and 19 February 2018, the alphabets presented by
the National Commission in November 2019 and on 28 January 2021, the BGN/PCGN table of 1979, and the ALA-LC romanization tables of the Library of Congress (Kazakh, 2012).

What a Latin letter leaves open is settled by its neighbours: и after a vowel is й, and я and ю are read where й meets а
and у. Cyrillic loses ъ, ь and the difference of х and һ, е and э in Latin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

_VOWELS = "аәеоөұүыіэ"
"""Without и and у, after which и stays и (Яссауи)."""
_COMMON = "a:а b:б v:в g:г d:д e:е z:з k:к q:қ l:л m:м n:н o:о p:п r:р s:с t:т f:ф"
_UNWRITTEN = "ъ: ь:"


class Alphabet:
    """The rules that all Latin alphabets share.

    `letters`, Latin to Cyrillic in lower case, are read, and the first spelling of a Cyrillic letter is written.
    `written`, Cyrillic to Latin, is written only.
    """

    code = ""
    """The code of the language pack."""
    name = ""
    """The alphabet's usual name."""
    letters = ""
    written = ""
    dotted = False
    """Whether the capital of i is İ, and I that of ı."""

    def __init__(self) -> None:
        self._pairs = _pairs(self.letters)
        self.latin_letters = frozenset("".join(latin for latin, _ in self._pairs))
        """The Latin letters and apostrophes, in lower case."""

    def to_cyrillic(self, text: str) -> str:
        """The text in Cyrillic; letters of no Kazakh alphabet stay."""
        for latin, cyrillic in self.groups.items():
            text = text.replace(latin, cyrillic)
        return self.settle(text.translate(self._table))

    def to_latin(self, text: str) -> str:
        """The text in this alphabet; letters of no Kazakh alphabet stay."""
        return self._cyrillic_letters.sub(self._in_latin, text)

    @cached_property
    def singles(self) -> dict[str, str]:
        """Latin letter -> Cyrillic letter, in both cases."""
        single = [pair for pair in self._pairs if len(pair[0]) == 1]
        return {case(a): case(b) for case in self._cases for a, b in single}

    @cached_property
    def groups(self) -> dict[str, str]:
        """Several Latin letters -> Cyrillic letter, in both cases, the longest first: the order in which they are read."""
        longest_first = sorted((pair for pair in self._pairs if len(pair[0]) > 1), key=lambda pair: -len(pair[0]))
        return {case(a): case(b) for a, b in longest_first for case in self._cases}

    def settle(self, text: str) -> str:
        """Apply the rules that depend on neighbouring letters, in Cyrillic that was read from Latin."""
        return text

    @cached_property
    def _table(self) -> dict[int, str]:
        return str.maketrans(self.singles)

    @cached_property
    def _latin(self) -> dict[str, str]:
        """Cyrillic letters -> their spelling."""
        latin: dict[str, str] = {}
        for written, cyrillic in self._pairs + [(b, a) for a, b in _pairs(self.written)]:
            latin.setdefault(cyrillic, written)
        return latin

    @cached_property
    def _cyrillic_letters(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._latin, key=len, reverse=True)), re.IGNORECASE)

    def _in_latin(self, found: re.Match[str]) -> str:
        latin = self._latin[found[0].lower()]
        return latin if found[0].islower() else self._capitalise(latin)

    @property
    def _cases(self) -> tuple[Callable[[str], str], ...]:
        return str, self._upper, self._capitalise

    def _upper(self, text: str) -> str:
        return (text.replace("i", "İ") if self.dotted else text).upper()

    def _capitalise(self, text: str) -> str:
        return self._upper(text[:1]) + text[1:]


def _pairs(pairs: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (pair.split(":") for pair in pairs.split())]


def _like(pattern: str, replacement: str, text: str) -> str:
    """`re.sub` in both cases: the replacement is capitalised where the text found is."""

    def replace(found: re.Match[str]) -> str:
        return replacement.capitalize() if found[0][0].isupper() else replacement

    return re.sub(pattern, replace, text, flags=re.IGNORECASE)


def _join(text: str) -> str:
    """я and ю where й meets а and у."""
    return _like("й[уұ]", "ю", _like("йа", "я", text)) if "й" in text or "Й" in text else text


class _WithOneI(Alphabet):
    """Alphabets in which one letter is и and й: that й stands after vowels and in я, ю at the start of a word."""

    def settle(self, text: str) -> str:
        if "и" not in text and "И" not in text:
            return _join(text)
        text = _like(rf"(?<=[{_VOWELS}])и|\bи(?=[аоуұ])", "й", text)
        return _like("иу", "ию", _like("иа", "ия", _join(text)))


class Latin2021(_WithOneI):
    """Latin of 2021; ŋ, ç and c are those of 2019."""

    code = "kk"
    name = "Latin of 2021"
    dotted = True
    letters = f"{_COMMON} ä:ә ğ:ғ j:ж i:и ı:і ñ:ң ŋ:ң ö:ө u:у ū:ұ ü:ү h:х ş:ш y:ы ç:ч ch:ч c:ц"
    written = f"ия:ia ию:iu й:i һ:h э:e ц:ts ч:ch щ:şş ё:io ю:iu я:ia {_UNWRITTEN}"


class Latin2018(_WithOneI):
    """Latin of 2018, with acutes."""

    code = "kk-2018"
    name = "Latin of 2018"
    letters = f"{_COMMON} á:ә ǵ:ғ j:ж ı:и i:і ń:ң ó:ө ý:у u:ұ ú:ү h:х sh:ш ch:ч y:ы"
    written = f"ия:ıa ию:ıý й:ı һ:h э:e ц:ts щ:sh ё:ıo ю:ıý я:ıa {_UNWRITTEN}"


class Latin2017(_WithOneI):
    """Latin of 2017, with apostrophes as `text.normalise.fold` leaves them."""

    code = "kk-2017"
    name = "Latin of 2017"
    letters = f"{_COMMON} aʼ:ә gʻ:ғ gʼ:ғ j:ж iʼ:и i:і nʼ:ң oʻ:ө oʼ:ө yʼ:у u:ұ uʼ:ү h:х sʼ:ш cʼ:ч y:ы"
    written = f"ия:iʼa ию:iʼyʼ й:iʼ һ:h э:e ц:ts щ:sʼ ё:iʼo ю:iʼyʼ я:iʼa {_UNWRITTEN}"


class LatinTurkish(Alphabet):
    """Latin of the Turkish kind, as used by broadcasters and news agencies."""

    code = "kk-tr"
    name = "Latin of the Turkish kind"
    dotted = True
    letters = f"{_COMMON} ä:ә ğ:ғ j:ж ï:и y:й i:і ñ:ң ö:ө w:у u:ұ ü:ү x:х h:һ ş:ш ç:ч ı:ы"
    written = f"э:e ц:ts щ:şş ё:yo ю:yw я:ya {_UNWRITTEN}"

    def settle(self, text: str) -> str:
        return _join(text)


class LatinBgn(Alphabet):
    """BGN/PCGN, of maps and library catalogues. й is y beside a vowel."""

    code = "kk-bgn"
    name = "BGN/PCGN"
    letters = (
        f"{_COMMON} ä:ә ə:ә gh:ғ zh:ж ī:и i:і y:ы ng:ң ö:ө ū:у u:ұ ü:ү kh:х h:һ sh:ш ch:ч ts:ц shch:щ"
        " yu:ю ya:я yo:ё ė:э"
    )
    written = f"й:y {_UNWRITTEN}"

    def settle(self, text: str) -> str:
        vowels = _VOWELS.replace("ы", "")
        return _like("ыы", "ый", _like(f"(?<=[{vowels}яюё])ы|ы(?=[{vowels}])", "й", text))


class LatinAlaLc(Alphabet):
    """ALA-LC, of library catalogues, with its ligatures; many leave them out, which `LatinBgn` reads."""

    code = "kk-ala"
    name = "ALA-LC"
    letters = (
        f"{_COMMON} ă:ә ä:ә ġ:ғ gh:ғ zh:ж ĭ:й i:и ī:і n\u0361g:ң ȯ:ө u:у ū:ұ ŭ:ұ u\u0307:ү kh:х ḣ:һ h:һ t\u0361s:ц ts:ц ch:ч"
        " sh:ш shch:щ y:ы i\u0361u:ю i\u0361a:я ë:ё ė:э"
    )
    written = _UNWRITTEN

    def settle(self, text: str) -> str:
        return text.replace("\u0361", "")


ALPHABETS = (Latin2021(), Latin2018(), Latin2017(), LatinTurkish(), LatinBgn(), LatinAlaLc())
"""In the order in which a word that several could read is tried."""
