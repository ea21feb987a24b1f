"""Given name and surname of a Russian text in the nominative: Сергея Есенина is Сергей Есенин.

Each word may be several cases of several names. In this order:

1. The readings of each word: those of OpenCorpora's dictionary and of the table of given names, else by the endings of names.
2. The pair of readings of one case and one gender that is likeliest; the nominative, where all else is equal.
3. Where no pair agrees, both stay as they are, rather than half of the name be changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.languages.ru.dictionary import dictionary
from searchkit.people.names.given_names import frequent_names, given_name
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.east_asian import is_east_asian_surname, other_alphabet
from searchkit.people.spelling.phonemes import lower


class Case(NamedTuple):
    """A word as a case of a name. `gender` m, f, or "" for either; `case` of OpenCorpora (nomn, gent, datv, accs, ablt, loct), or
    "" where a name is not declined; `sure`: how much it counts."""

    nominative: str
    gender: str
    case: str
    sure: float


LISTED, RULED, GUESSED, RARE = 2.0, 1.0, 0.5, 0.4
FOREIGN, FREQUENT = 0.3, 0.05
"""How much less an undeclined name counts beside a declined one, and how much more a frequent given name."""
_SOFT_ENDINGS = ("я", "ю", "ем")
_MAY_BE_SOFT = frozenset("лрн")
"""Consonants before such an ending after which the nominative has a soft sign: Эмманюэля is Эмманюэль."""
SURE_COST = 0.3
"""The most that a given name may differ from one of the table, for its case to be believed."""

_CASES = {
    "": ("nomn",),
    "genitive": ("gent",),
    "dative": ("datv", "loct"),
    "accusative": ("accs",),
    "instrumental": ("ablt",),
    "prepositional": ("loct",),
    "oblique case": ("ablt",),
}
"""Names of Russian endings in its `name_endings.tsv` -> cases."""

# (end of the word, end of the nominative, gender, cases), for given names and surnames of no other kind.
_NAMES = (
    ("(?<=[^аеёиоуыэюяйьъ])а", "", "m", "gent"),
    ("(?<=[^аеёиоуыэюяйьъ])у", "", "m", "datv"),
    ("(?<=[^аеёиоуыэюяйьъ])ом", "", "m", "ablt"),
    ("(?<=[жчшщц])ем", "", "m", "ablt"),
    ("(?<=[^аеёиоуыэюяйьъ])е", "", "m", "loct"),
    ("(?<=[аеёиоуыэюя])я", "й", "m", "gent"),
    ("(?<=[аеёиоуыэюя])ю", "й", "m", "datv"),
    ("(?<=[аеёиоуыэюя])ем", "й", "m", "ablt"),
    ("(?<=[аеёоуыэюя])е|(?<=и)и", "й", "m", "loct"),
    ("(?<=[лнртсдзвбмп])я", "ь", "m", "gent"),
    ("(?<=[лнртсдзвбмп])ю", "ь", "m", "datv"),
    ("(?<=[лнртсдзвбмп])ем", "ь", "m", "ablt"),
    ("ы|(?<=[гкхжчшщ])и", "а", "", "gent"),
    ("(?<=[^аеёиоуыэюяйьъ])е", "а", "", "datv loct"),
    ("(?<=[^аеёиоуыэюяйьъ])у", "а", "", "accs"),
    ("(?<=[^аеёиоуыэюяйьъ])о[йю]|(?<=[жчшщц])ей", "а", "", "ablt"),
    ("(?<=[иаеоуьлнр])и", "я", "", "gent datv loct"),
    ("(?<=[иаеоуьлнр])е", "я", "", "datv loct"),
    ("(?<=[иаеоуьлнр])ю", "я", "", "accs"),
    ("(?<=[иаеоуьлнр])е[йю]", "я", "", "ablt"),
    ("(?<=[лнрт])и", "ь", "f", "gent datv loct"),
    ("ью", "ь", "f", "ablt"),
)
_SURNAMES = (
    ("(?<=ич)а", "", "m", "gent"),
    ("(?<=ич)у", "", "m", "datv"),
    ("(?<=ич)ем", "", "m", "ablt"),
    ("(?<=иньш)а", "", "m", "gent"),
    ("(?<=иньш)у", "", "m", "datv"),
    ("(?<=иньш)ем", "", "m", "ablt"),
    ("(?<=иньш)е", "", "m", "loct"),
    ("(?<=[оеё]в|[иы]н)а", "", "m", "gent"),
    ("(?<=[оеё]в|[иы]н)у", "", "m", "datv"),
    ("(?<=[оеё]в|[иы]н)ым", "", "m", "ablt"),
    ("(?<=[оеё]в|[иы]н)е", "", "m", "loct"),
    ("(?<=[оеё]в|[иы]н)ой", "а", "f", "gent datv ablt loct"),
    ("(?<=[оеё]в|[иы]н)ою", "а", "f", "ablt"),
    ("(?<=[оеё]в|[иы]н)у", "а", "f", "accs"),
    ("(?<=[гкхжчшщ])ого|(?<=[жчшщн])его", "ий", "m", "gent"),
    ("(?<=[гкхжчшщ])ому|(?<=[жчшщн])ему", "ий", "m", "datv"),
    ("(?<=[гкхжчшщн])им", "ий", "m", "ablt"),
    ("(?<=[гкхжчшщ])ом|(?<=[жчшщн])ем", "ий", "m", "loct"),
    ("(?<=[^гкхжчшщаеёиоуыэюя])ого", "ый", "m", "gent"),
    ("(?<=[^гкхжчшщаеёиоуыэюя])ому", "ый", "m", "datv"),
    ("(?<=[^гкхжчшщаеёиоуыэюя])ым", "ый", "m", "ablt"),
    ("(?<=[^аеёиоуыэюявн])ой|(?<=[жчшщ])ей", "ая", "f", "gent datv ablt loct"),
    ("(?<=[^аеёиоуыэюя])ую", "ая", "f", "accs"),
    # Latvian: Озолиня. Last, since о Ларине is Ларин.
    ("(?<=[^аеёиоуыэюяйьъ]ин)е", "я", "f", "datv loct"),
    ("(?<=[^аеёиоуыэюяйьъ]ин)ю", "я", "f", "accs"),
    ("(?<=[^аеёиоуыэюяйьъ]ин)е[йю]", "я", "f", "ablt"),
)
_FLEETING = (
    ("(?<=[^аеёиоуыэюя])ца", "ец", "m", "gent"),
    ("(?<=[^аеёиоуыэюя])цу", "ец", "m", "datv"),
    ("(?<=[^аеёиоуыэюя])ц[её]м|(?<=[^аеёиоуыэюя])цом", "ец", "m", "ablt"),
    ("(?<=[^аеёиоуыэюя])це", "ец", "m", "loct"),
)
_ENDINGS_OF_SYLLABLES = ("ом", "ем", "а", "у", "е", "я", "ю")
_OWN_ENDING = re.compile("[оеё]ва?$|[иы]на?$|(?:[сц]к|[нчл])(?:ий|ая)$|[^аеиоуыэюя]ый$")
"""Ends of surnames in the nominative: Иванов, Иванова, Горский, Осадчая, Белый."""
_LIKE_A_CASE = re.compile("[оеы]й$|[ое]го$|[ое]му$|[ыи]м$|ич(?:а|у|ем)$")
_LIKE_A_SURNAME = re.compile("(?:[оеё]в|[иы]н)[а-я]{1,3}$")
_UNDECLINED = re.compile("(?<!г)о$|[ыи]х$|[уұ]лы$|иа$")
_ITALIAN = re.compile("[лнр]и$")
_NO_END = re.compile("[бвгджзмптчшщ]к$|чм$|льг$")
"""Consonants in which no surname ends."""
_MUHIDDIN = re.compile("ди+н(?:а|у|ом|е)$")
"""Names in -иддин, of men, in a case."""
_GIVEN_LIKE_A_CASE = re.compile("ы$|[ое]м$|(?<=[^аеёиоуыэюя])о[йю]$")
_MAY_BE_UNDECLINED = re.compile("[еёиуыэю]$")


@lru_cache(maxsize=1 << 13)
def russian(given: str, family: str, case: str = "") -> tuple[str, str]:
    """Given name and surname in the nominative; `given` is "" for a surname with initials alone, of which `case`, nomn or gent, says
    in which case the sentence has it, where that is known."""
    if is_east_asian_surname(given) and (syllables := _last_syllables(family)):
        return given, syllables
    families = tuple(_of_surname(family))
    if not given:
        if case:
            families = tuple(one for one in families if one.case == case) or families
        best = max(families, key=lambda one: (one.sure, one.case in ("nomn", "")), default=None)
        return given, best.nominative if best else family
    pairs = [(a, b) for a in _of_given_name(given) for b in families if _agree(a, b)]
    if not pairs:
        return given, family
    one, other = max(pairs, key=lambda pair: (pair[0].sure + pair[1].sure, "nomn" in (pair[0].case, pair[1].case)))
    return one.nominative, other.nominative


def _last_syllables(word: str) -> str:
    """The given name of a Chinese or Korean, which alone is declined: Си Цзиньпина, Ким Чен Ыном; "" for another name."""
    stems = (word, *(word[: len(word) - len(end)] for end in _ENDINGS_OF_SYLLABLES if word.endswith(end)))
    return next((stem for stem in stems if stem and other_alphabet(stem)), "")


def _agree(a: Case, b: Case) -> bool:
    same_gender = a.gender == b.gender or not (a.gender and b.gender)
    # Ивана Мазепу: a man's given name has one form for both cases, his surname in -а has not.
    accusative = a.gender == "m" and a.case == "gent" and b.case == "accs" and not b.gender
    return same_gender and (a.case == b.case or not (a.case and b.case) or accusative)


def _of_given_name(word: str) -> Iterator[Case]:
    listed = list(_listed(word, "Name", LISTED))
    if any(each.case for each in listed):
        # Анне is Анна far more often than the undeclined Anne.
        listed = [each._replace(sure=each.sure - (0 if each.case else FOREIGN)) for each in listed]
    listed = [
        each._replace(sure=each.sure + FREQUENT * (lower(each.nominative) in frequent_names())) for each in listed
    ]
    yield from listed
    known = given_name(word, "ru")
    if known is not None and known.match.cost <= SURE_COST:
        stem, end = word[: known.match.stem_end], word[known.match.stem_end :]
        soft = not known.match.restored and end in _SOFT_ENDINGS and stem[-1:] in _MAY_BE_SOFT
        nominative = stem + ("ь" if soft else known.match.restored) if not listed else ""
        for case in _CASES.get(known.match.ending.name, ()) if nominative and ">" not in nominative else ():
            undeclined = known.gender != "m" and nominative == word and word[-1:] not in "аяйь"
            yield Case(_as_written(nominative, word), known.gender, "" if undeclined else case, LISTED - 0.1)
        listed.append(Case(word, known.gender, "", 0.0))
    if listed:
        yield from _of_another_name(word)
        return
    if _MUHIDDIN.search(word):
        yield from _by_ending(word, _NAMES[:5], RULED + FREQUENT)
    like_a_case = _GIVEN_LIKE_A_CASE.search(word) is not None
    nominative_gender = "f" if word[-1:] in "ая" else "m" if word[-1:] == "й" else ""
    yield Case(word, nominative_gender, "nomn", RARE if like_a_case else RULED)
    if word[-1:] not in "аяйь" and not like_a_case:
        yield Case(word, "f", "", GUESSED)  # Гульнар Абеновой
    yield from _by_ending(word, _NAMES, GUESSED)


def _of_another_name(word: str) -> Iterator[Case]:
    """The cases by the ending alone that give a frequent name: Алие is Алия as well as Али."""
    for each in _by_ending(word, _NAMES, LISTED - 0.1):
        known = given_name(each.nominative, "")
        if known is not None and known.match.cost <= SURE_COST and not known.match.ending.name:
            yield each._replace(gender=each.gender or known.gender)


def _of_surname(word: str) -> Iterator[Case]:
    low = lower(word)
    if "-" in word:
        yield from _of_double_surname(word)
    yield from _listed(word, "Surn", LISTED)
    if _OWN_ENDING.search(low):
        yield Case(word, "f" if low[-1] in "ая" else "m", "nomn", RULED)
    elif _UNDECLINED.search(low):
        yield Case(word, "", "", RULED)
    elif _MAY_BE_UNDECLINED.search(low):
        yield Case(word, "", "", RARE)
    else:
        yield Case(word, "" if low[-1:] in "ая" else "m", "nomn", RARE if _LIKE_A_CASE.search(low) else GUESSED)
        if low[-1:] not in ("а", "я"):
            yield Case(
                word, "f", "", RARE if _LIKE_A_CASE.search(low) else GUESSED
            )  # women's surnames in a consonant are not declined
    yield from _by_ending(word, _SURNAMES, RULED)
    yield from _listed(word, "", GUESSED + 0.2)
    yield from _by_ending(word, _FLEETING, GUESSED + 0.1)
    for each in _by_ending(word, _NAMES, GUESSED):
        if each.nominative.endswith("ий"):
            continue  # Гарсии is Гарсия; surnames in -ий are adjectives.
        if each.nominative[-1:] == "а" and _surely_in_a(lower(each.nominative)):
            each = each._replace(sure=GUESSED + 0.15)
        # Паганини, Феллини
        yield each._replace(sure=RARE - 0.1) if _ITALIAN.search(low) else each


def _surely_in_a(surname: str) -> bool:
    """Whether a surname is known to end in -а, or no surname ends as it does without: Бандера, Бубка."""
    return surname in _surnames_in_a() or _NO_END.search(surname[:-1]) is not None


@cache
def _surnames_in_a() -> frozenset[str]:
    return frozenset(name for _, names in rows("surnames_in_a.tsv") for name in names.split())


def _of_double_surname(word: str) -> Iterator[Case]:
    """Both parts in one case, or one that is not declined: Склодовской-Кюри."""
    first, _, second = word.partition("-")
    for a in _of_surname(first):
        for b in _of_surname(second):
            if _agree(a, b):
                yield Case(
                    f"{a.nominative}-{b.nominative}", a.gender or b.gender, a.case or b.case, min(a.sure, b.sure)
                )


def _listed(word: str, kind: str, sure: float) -> Iterator[Case]:
    """The parses in the dictionary: given names (kind Name), surnames (Surn), or nouns and adjectives that surnames are made of ("")."""
    for parse in dictionary().known(lower(word)):
        tag = set(re.split("[, ]", parse.tag))
        if "plur" in tag or "neut" in tag or (kind and kind not in tag):
            continue
        if not kind and not ("NOUN" in tag or "ADJF" in tag):
            continue
        case = next((case for case in ("nomn", "gent", "datv", "accs", "ablt", "loct") if case in tag), "")
        gender = "f" if "femn" in tag else "m"
        if not kind and gender == "f" and "NOUN" in tag and parse.lemma[-1:] in "ая":
            gender = ""  # Юрий Лоза
        if case == "accs" and gender == "m":
            case = "gent"
        nominative = parse.lemma
        if gender == "f" and "masc" in parse.lemma_tag:
            nominative = _of_a_woman(nominative)
        more = RULED - GUESSED if "ADJF" in tag and not _LIKE_A_SURNAME.search(lower(word)) else 0.0
        yield Case(_as_written(nominative, word), gender, "" if "Fixd" in tag else case, sure + more + parse.share / 10)


def _of_a_woman(name: str) -> str:
    """The feminine of a surname or an adjective: Орлов, Орлова; Горский, Горская."""
    return name + "а" if re.search("[оеё]в$|[иы]н$", name) else re.sub("[иыо]й$", "ая", name)


def _by_ending(word: str, table: tuple[tuple[str, str, str, str], ...], sure: float) -> Iterator[Case]:
    low = lower(word)
    for end, instead, gender, cases in table:
        match = re.search(f"(?:{end})$", low)
        if match and match.start() >= 2:
            nominative = _as_written(_without_a_mark(low[: match.start()], instead) + instead, word)
            yield from (Case(nominative, gender, case, sure) for case in cases.split())


def _without_a_mark(stem: str, instead: str) -> str:
    """Стрельца is Стрелец, Бойца is Боец."""
    return stem[:-1] if instead == "ец" and stem[-1] in "йь" else stem


def _as_written(nominative: str, word: str) -> str:
    """With the capitals of the word, and its own letters as far as they agree."""
    if word.isupper() and len(word) > 1:
        return nominative.upper()
    return "-".join(piece[:1].upper() + piece[1:] for piece in nominative.split("-"))
