"""Papers as people have them: whom each names, asked for and not asked for, through the whole analysis."""

# Tests as well, in searchkit/: people/names: former_surnames

import re
from pathlib import Path

import pytest

from searchkit.analysis import analyse
from searchkit.people import WordFilter, find, parse
from searchkit.people.mentions.capitalised import capitalised_words
from searchkit.people.recognition.recognise import recognise

CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("papers.tsv").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith(("#", "text\t"))
]


def unescaped(cell):
    return cell.replace("\\n", "\n").replace("\\t", "\t")


@pytest.mark.parametrize(("marked", "names", "listed", "why"), CASES, ids=[case[0] for case in CASES])
def test_every_person_of_a_paper_is_found(marked, names, listed, why, is_candidate):
    marked = unescaped(marked)
    text = re.sub(r"[\[\]]", "", marked)
    tokens = analyse.analyze(text)
    places = list(zip(names.split("; "), re.findall(r"\[([^\]]*)\]", marked), strict=True))
    for name in dict.fromkeys(name for name, _ in places):
        wanted = [place for own, place in places if own == name]
        assert [text[found.start : found.end] for found in find(parse(name), tokens, text)] == wanted, f"{name}: {why}"
        assert is_candidate(name, tokens)
        assert WordFilter(parse(name)).words(capitalised_words([text])) != []
    if listed != "-":
        assert [named.form.text for named in recognise(tokens, text) if named.certain] == listed.split("; "), why


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Гульнара Тлеубаева", "Каримова (Ахметова) Гульнара Тлеубаевна"),
        ("Гульнара Алматинская", "Гульнара Каримова (Алматы) выступила."),
        ("Гульнара Ахметова", "Выступили Гульнара Каримова (председатель Ахметова) и другие."),
        ("Гульнара Ахметова", "Выступили Айжан Каримова (Ахметова), Гульнара Омарова."),
        ("Серик Ли", "Омаров Серик (Ли) вышел."),
        ("Saule Omarova", "Saule Akhmetova (Omarov, Askar) came."),
        ("Виктор Ким", "Кем В. Петрович"),
    ],
)
def test_what_stands_in_brackets_makes_no_other_person(name, text):
    assert list(find(parse(name), analyse.analyze(text), text)) == []


@pytest.mark.parametrize("text", ["Был ли В. прав?", "Жив ли А. Б. теперь?", "Рис. Ли В качестве", "Фонд Хан А нового"])
def test_a_little_word_is_no_korean_surname(text):
    assert [named for named in recognise(analyse.analyze(text), text) if named.certain] == []
