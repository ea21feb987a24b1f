"""How a language treats the names of people in a sentence: three files in its package's data, each of which may be missing.

`names.tsv` has a fact and its words a row: the fields of `NameGrammar`, and "habits", the names of those that are true.

`name_endings.tsv` has an ending a row, in all its vowels and alphabets:

    paradigm   the group of names that takes it: any; for Russian consonant (Кадыров, Абай), glide (Абай without its й: Абаем),
               a (Дариға, Назарбаева), adjective (Зеленский); for Kazakh possessive (names in -ұлы, -қызы); fixed (names in another
               vowel); for Ukrainian and Belarusian softened (Ольга as Ользі) and o (Франко); for Latvian baltic (Kariņš without its
               š). In a and o, the last vowel of the name gives way to the ending; in adjective, the last two letters
    after      the sound before it: V a vowel, nasal or glide; D not a voiceless sound (в, б, д, г count as voiceless in Kazakh,
               where they are said f, p, t, k); T a voiceless sound; C a consonant or glide; ' an apostrophe must stand there;
               * anything
    forms      its spellings, with blanks between
    then       what may follow: cases (the case endings of the language), 3cases (those after a possessive), - nothing
    name       "genitive", "plural" ...

`name_endings_transliterated.tsv` has the same for endings that were transliterated with a name (Vidasom Gjadvilasom).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from searchkit import languages
from searchkit.languages import names_only
from searchkit.languages.wordlists import read_text

TRANSLITERATED = "-Latn"
"""The suffix of a language's code in the name of its transliterated endings."""


class NameGrammar(NamedTuple):
    """The facts of a language; none of a language that declares none.

    `endings`: whose endings a name may have in its sentences, the likeliest first, by the names of `name_endings`; empty where
    any may stand. `given_name_endings`: the same for a given name whose nominative nobody has told. `verb_endings`: what verbs
    end in that open a sentence before a name: Приехал Сергей Иванович.
    """

    endings: tuple[str, ...] = ()
    given_name_endings: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()
    little_words: tuple[str, ...] = ()
    """Words of one letter: a capital of theirs is no initial. Only of languages without stop words (`names_only`)."""
    capitals_are_names: bool = False
    """A capital within a sentence is that of a name."""
    every_part_declined: bool = False
    """Given name and surname both take cases, stems change before them, and a man's genitive looks like a woman's name: Осипова."""
    no_cases: bool = False
    """A name has no case but the possessive."""
    surname_after_patronymic: bool = False
    """A word with a capital after given name and patronymic is the surname, and no title or word of the sentence."""
    chained_offices: bool = False
    """The office before an office is the person's: советник президента."""
    voiced_affricate: bool = False
    """ж is дж, and so is the j of another alphabet: Жон for John."""


class NameEnding(NamedTuple):
    """A row of the endings."""

    paradigm: str
    after: str
    forms: tuple[str, ...]
    then: str
    name: str


@cache
def name_grammar(code: str) -> NameGrammar:
    """The facts of a language by its ISO 639-1 code; none for "" or any other."""
    facts = {fact: tuple(words.split()) for fact, words in _rows(code, "names.tsv")}
    habits = dict.fromkeys(facts.pop("habits", ()), True)
    return NameGrammar(**facts, **habits)  # type: ignore[arg-type]


@cache
def declining_languages() -> tuple[str, ...]:
    """The languages with a module whose sentences decline every part of a name."""
    return tuple(code for code in languages.codes() if name_grammar(code).every_part_declined)


@cache
def tables_of_modules() -> tuple[str, ...]:
    """The tables of endings of the languages with a module, by which a word is read whose language is not known."""
    return tuple(table for table in name_endings() if table not in names_only.NAMES)


def language_name(table: str) -> str:
    """What the language of a table of endings is called, in English."""
    code = table.removesuffix(TRANSLITERATED)
    return names_only.NAMES.get(code) or languages.get(code).name


@cache
def name_endings() -> dict[str, tuple[NameEnding, ...]]:
    """The endings of each language by its code, then those that were transliterated, by the code and `TRANSLITERATED`."""
    tables = {}
    for suffix, file in (("", "name_endings.tsv"), (TRANSLITERATED, "name_endings_transliterated.tsv")):
        for code in (*languages.codes(), *names_only.NAMES):
            if rows := _rows(code, file):
                tables[code + suffix] = tuple(
                    NameEnding(paradigm, after, tuple(forms.split()), then, name)
                    for paradigm, after, forms, then, name in rows
                )
    return tables


def _rows(code: str, file: str) -> list[list[str]]:
    if code not in languages.codes() and code not in names_only.NAMES:
        return []
    try:
        text = read_text(code, file)
    except FileNotFoundError:
        return []
    return [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]
