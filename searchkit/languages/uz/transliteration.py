"""Uzbek Latin of 1995 to Cyrillic and back, as a language pack of the `transliterate` library.

Importing this module registers the pack under the code "uz", so that `transliterate.translit(text, "uz")` writes
Latin in Cyrillic, and with `reversed=True` Cyrillic in Latin. The rules are those of the 1995 orthography:

- е is ye at the beginning of a word and after a vowel, ъ or ь, else e; Latin e is э where Cyrillic е would be read ye;
- ц is ts after a vowel, else s; Latin ts is written ц after a vowel, while a Latin s that stands for ц stays с;
- ъ is the tutuq belgisi ʼ, ь is not written; ё, ю, я are yo, yu, ya.

For people and for tables; `uz_alphabets.to_shared` reads running text, in a hundredth of the time.
"""

from __future__ import annotations

import re
from functools import cache

from transliterate.base import TranslitLanguagePack, registry

_LATIN_VOWELS = "aeiouAEIOU"
_CYRILLIC_VOWELS = "аеёиоуўэюяАЕЁИОУЎЭЮЯ"
_CAPITALS = "А-ЯЁЎҚҒҲ"
_TURNED_COMMA = re.compile("(?<=[oOgG])[ʻ‘’`´'ʼ]")
_APOSTROPHE = re.compile("(?<![oOgG])[ʻ‘’`´'ʼ]")
_PAIRS_IN_CAPITALS = {"Ш": "SH", "Ч": "CH", "Ё": "YO", "Ю": "YU", "Я": "YA"}


class UzbekLanguagePack(TranslitLanguagePack):  # type: ignore[misc]  # the library has no types
    """See the module. Cyrillic is the target script, Latin the source."""

    language_code = "uz"
    language_name = "Uzbek"
    character_ranges = ((0x0400, 0x04FF),)
    mapping = (
        "abdefghijklmnopqrstuvxyzABDEFGHIJKLMNOPQRSTUVXYZʼ",
        "абдефгҳижклмнопқрстувхйзАБДЕФГҲИЖКЛМНОПҚРСТУВХЙЗъ",
    )
    # Of two spellings of a capital the library takes the later one for the way back: Sh, not SH.
    pre_processor_mapping = {
        "oʻ": "ў",
        "gʻ": "ғ",
        "Oʻ": "Ў",
        "Gʻ": "Ғ",
        "sh": "ш",
        "ch": "ч",
        "yo": "ё",
        "yu": "ю",
        "ya": "я",
        "SH": "Ш",
        "CH": "Ч",
        "YO": "Ё",
        "YU": "Ю",
        "YA": "Я",
        "Sh": "Ш",
        "Ch": "Ч",
        "Yo": "Ё",
        "Yu": "Ю",
        "Ya": "Я",
    }
    reversed_specific_mapping = ("эЭыЫ", "eEiI")
    reversed_specific_pre_processor_mapping = {"щ": "sh", "Щ": "Sh", "ь": "", "Ь": ""}

    def translit(self, value: str, reversed: bool = False, strict: bool = False, fail_silently: bool = True) -> str:
        """The text in the other alphabet; letters of neither stay."""
        prepared = _prepare_cyrillic(value) if reversed else _prepare_latin(value)
        written: str = super().translit(prepared, reversed=reversed, strict=strict, fail_silently=fail_silently)
        return written


def _prepare_latin(text: str) -> str:
    """Settle what depends on the letter before: the apostrophes, ts, and e, which is е after a consonant or y, else э."""
    text = _APOSTROPHE.sub("ʼ", _TURNED_COMMA.sub("ʻ", text))
    text = re.sub(f"(?:(?<![^\\W_])|(?<=[{_LATIN_VOWELS}ʻʼ]))[eE]", lambda e: "э" if e[0] == "e" else "Э", text)
    text = re.sub("[yY][eE]", lambda ye: "е" if ye[0][0] == "y" else "Е", text)
    text = re.sub(f"(?<=[{_LATIN_VOWELS}])ts", "ц", text)
    # The tutuq belgisi of Isʼhoq only parts s and h.
    return re.sub("([sScC])ʼ(?=[hH])", lambda s: {"s": "с", "S": "С"}.get(s[1], s[0]), text)


def _prepare_cyrillic(text: str) -> str:
    """Settle what depends on the letter before or after: е, ц, the signs before a vowel, capitals among capitals."""
    text = re.sub(f"(?:(?<![^\\W_])|(?<=[{_CYRILLIC_VOWELS}ъьЪЬ]))е", "ye", text)
    text = re.sub(f"(?<![^\\W_])Е(?![{_CAPITALS}])", "Ye", text)
    text = re.sub(f"(?:(?<![^\\W_])|(?<=[{_CYRILLIC_VOWELS}ЪЬ]))Е", "YE", text)
    text = re.sub("ь(?=[ои])", "y", text)
    text = re.sub("[ъь](?=ye|[ёюя])", "", text)
    text = re.sub(f"(?<=[{_CYRILLIC_VOWELS}])ц", "ts", text).replace("ц", "s").replace("Ц", "S")
    capital = f"[ШЧЁЮЯ](?=[{_CAPITALS}])|(?<=[{_CAPITALS}])[ШЧЁЮЯ]"
    return re.sub(capital, lambda letter: _PAIRS_IN_CAPITALS[letter[0]], text)


registry.register(UzbekLanguagePack)


@cache
def _pack() -> UzbekLanguagePack:
    return UzbekLanguagePack()


def to_cyrillic(text: str) -> str:
    """Uzbek Latin of 1995 in Cyrillic."""
    return _pack().translit(text)


def to_latin(text: str) -> str:
    """Uzbek Cyrillic in the Latin of 1995."""
    return _pack().translit(text, reversed=True)
