"""The spelling of the lexicon's terms: letters of their column's alphabet, not mixed; no term twice, nor everywhere."""

import re
from collections import Counter

import pytest

from searchkit import languages
from searchkit.lexicon import DATA, table

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "uz": "abdefghijklmnopqrstuvxyzʻʼ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
ACCENTED = set("āáãåäçéèêíîñóôöüú")
"""In English words and names from elsewhere: café, São Paulo."""
SIGN = re.compile(r"[A-Z]\w*|[0-9][A-Z]")
"""What may stand as it is in any column: a name, an abbreviation, a sign such as 3D; also what the English cell has."""
PARTS = re.compile(r"[^\W\d_][\w'’ʻʼ]*|\d+\w*")
TERMS = [
    (f"{concept.field}, line {concept.line}", code, term)
    for file in table.files(DATA)
    for concept in table.read(file)
    for code, terms in concept.words.items()
    for term in terms
]


def letters(part):
    """Those of a part of a term; Uzbek c stands in ch alone."""
    return {letter for letter in part.casefold().replace("ch", "") if letter.isalpha() or letter in "ʻʼ"}


@pytest.mark.parametrize("code", table.LANGUAGES)
def test_the_letters_are_of_the_language(code):
    alphabet = set(ALPHABETS[code]) | (ACCENTED if code == "en" else set())
    english = {(place, part) for place, own, term in TERMS if own == "en" for part in PARTS.findall(term)}
    assert [
        (place, term)
        for place, own, term in TERMS
        if own == code
        for part in PARTS.findall(term)
        if letters(part) - alphabet and (code == "en" or (place, part) not in english)
        if code == "en" or not (part.isascii() and SIGN.fullmatch(part))
    ] == []


def test_no_word_mixes_scripts():
    cyrillic, latin = re.compile("[\u0400-\u052f]"), re.compile("[A-Za-z]")
    assert [
        (place, term)
        for place, _, term in TERMS
        for part in PARTS.findall(term)
        if cyrillic.search(part) and latin.search(part)
    ] == []


def test_uzbek_letters_have_the_marks_of_the_alphabet():
    """oʻ and gʻ with U+02BB, the sign of hardness with U+02BC, never an apostrophe; as the lexicon's other terms have them."""
    assert [(place, term) for place, code, term in TERMS if code == "uz" and re.search("['`´‘’]", term)] == []
    assert [
        (place, term)
        for place, code, term in TERMS
        if code == "uz" and re.search("(?<![oOgG])ʻ|[oOgG]ʼ(?![a-z])", term)
    ] == []


def test_no_term_stands_twice_in_a_cell():
    counts = Counter((place, code, term.casefold()) for place, code, term in TERMS)
    assert [where for where, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("file", table.files(DATA), ids=lambda file: file.stem)
def test_rows_have_all_cells_and_no_empty_terms(file):
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if line.count("\t") != len(table.HEADER) - 1] == []
    cells = [cell for line in lines for cell in line.split("\t") if cell]
    assert [cell for cell in cells if cell != "; ".join(" ".join(term.split()) for term in cell.split(";"))] == []
    assert [cell for cell in cells if cell.startswith(";") or cell.endswith(";")] == []


def test_few_terms_are_stop_words_alone():
    """Only function words, adverbs, numbers and rows beside them may hold terms that a query leaves out as stop words."""
    stop_words = {code: languages.get(code).stop_words for code in table.LANGUAGES}
    words = [code for _, code, term in TERMS if term.casefold() in stop_words[code]]
    assert len(words) < 0.01 * len(TERMS)


def test_no_term_stands_for_too_many_concepts():
    counts = Counter((code, term.casefold()) for _, code, term in TERMS)
    assert [term for term, count in counts.items() if count > 12] == []
