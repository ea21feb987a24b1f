"""Organisations in the sentence of a name."""

import pytest

from searchkit.analysis import analyse
from searchkit.people.names.name_words import Words
from searchkit.people.recognition.organisations import organisations_beside, written

CASES = [
    (
        "ru",
        "[Серик Ахметов] руководит кафедрой, его пригласило Министерство культуры.",
        ["Министерство культуры"],
        "of what",
    ),
    ("ru", "Редактор газеты «Голос степи» [Серик Ахметов] выступил.", ["газеты «Голос степи»"], "in quotation marks"),
    ("ru", "В Алматинском университете [Серик Ахметов] читал лекции.", ["Алматинском университете"], "before it"),
    (
        "kk",
        "[Серік Ахметов] Қазақ ұлттық университетінде дәріс оқыды.",
        ["Қазақ ұлттық университетінде"],
        "a capital before",
    ),
    (
        "uz",
        "[Serik Ahmedov] Toshkent davlat universitetida ishlaydi.",
        ["Toshkent davlat universitetida"],
        "the same in Uzbek",
    ),
    ("en", "[Serik Akhmetov] studied at the University of London.", ["University of London"], "of what, in English"),
    ("en", "[Serik Akhmetov] works for Tashkent State University.", ["Tashkent State University"], "capitals before"),
    ("ru", "[Серик Ахметов] уехал. Министерство культуры закрыто.", [], "another sentence"),
    ("ru", "[Серик Ахметов] пришёл в университет.", [], "a kind without a name"),
    ("en", "[Serik Akhmetov] went to the school.", [], "the same in English"),
]


@pytest.mark.parametrize(("language", "marked", "organisations", "why"), CASES, ids=[case[1] for case in CASES])
def test_the_organisations_of_its_sentence(language, marked, organisations, why):
    text = marked.replace("[", "").replace("]", "")
    words = Words(analyse.analyze(text, language), text)
    first = next(i for i, word in enumerate(words.words) if word.start == marked.index("["))
    found = [written(words, a, b) for a, b in organisations_beside(words, first, first + 1)]
    assert found == organisations, why
