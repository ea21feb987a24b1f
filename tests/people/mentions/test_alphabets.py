"""Any spelling of a name finds any other: every alphabet asked for, every alphabet written, names in turn."""

import itertools
from pathlib import Path

import pytest

from searchkit.people import find, parse

GIVEN = [
    "Айгүл",
    "Айдос",
    "Ақмарал",
    "Әлихан",
    "Асқар",
    "Бауыржан",
    "Бақытжан",
    "Бейбіт",
    "Ғалымжан",
    "Ғазиза",
    "Дәурен",
    "Дінмұхамед",
    "Ержан",
    "Жанар",
    "Жәнібек",
    "Жұлдыз",
    "Зәуре",
    "Индира",
    "Құралай",
    "Қайрат",
    "Ләззат",
    "Мәдина",
    "Мейрам",
    "Мұхтар",
    "Нұрсұлтан",
    "Нұржамал",
    "Оразалы",
    "Өмірбек",
    "Райхан",
    "Сәуле",
    "Серікболсын",
    "Талғат",
    "Тұрсынбек",
    "Ұлан",
    "Үміт",
    "Фариза",
    "Хасен",
    "Шолпан",
    "Шыңғыс",
    "Ілияс",
    "Эльмира",
    "Юлия",
    "Яков",
]
SURNAMES = [
    "Абдрахманов",
    "Әбілқасымова",
    "Ахметжанов",
    "Байдуллаев",
    "Бекмұратов",
    "Ғабдуллин",
    "Дүйсенбаев",
    "Досмұханбетов",
    "Ержанов",
    "Еңсебаева",
    "Жүзеев",
    "Жұмағалиев",
    "Зейнуллин",
    "Исабеков",
    "Кәрімов",
    "Көшербаев",
    "Қасымов",
    "Қонаев",
    "Қожахметов",
    "Мұхамеджанов",
    "Мырзахметов",
    "Нұрпейісов",
    "Оспанова",
    "Өтемісов",
    "Рахметов",
    "Сәтбаев",
    "Сүлейменов",
    "Сыздықов",
    "Тәжин",
    "Төлеуова",
    "Тілеубердин",
    "Үсенов",
    "Шаяхметов",
    "Ыдырысов",
    "Юсупов",
    "Жиенбаев",
    "Хасенов",
]
NAMES = [f"{GIVEN[i % len(GIVEN)]} {SURNAMES[i % len(SURNAMES)]}" for i in range(len(GIVEN) * len(SURNAMES))]
PER_PAIR = 3
"""How many names are tried from each alphabet to each other."""


def alphabets():
    path = Path(__file__).parent / "alphabets.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    columns = {title: {line[0]: line[i].strip("-") for line in lines[1:]} for i, title in enumerate(lines[0]) if i}
    return {"Kazakh": {}} | columns


ALPHABETS = alphabets()


def write(name, alphabet):
    table = ALPHABETS[alphabet]
    words = []
    for word in name.lower().split():
        written = ""
        for i, letter in enumerate(word):
            glide = letter == "е" and (i == 0 or word[i - 1] in "аәеёиоөуұүыіэюя")
            written += table.get("е after a vowel" if glide else letter, letter)
        words.append(written[:1].upper() + written[1:])
    return " ".join(words)


@pytest.mark.parametrize("asked", ALPHABETS)
def test_every_spelling_finds_every_other(asked, tokens, is_candidate):
    shift = list(ALPHABETS).index(asked) * len(ALPHABETS) * PER_PAIR
    names = itertools.cycle(NAMES[shift:] + NAMES[:shift])
    for written in ALPHABETS:
        for name in itertools.islice(names, PER_PAIR):
            query, text = write(name, asked), write(name, written)
            words = tokens(text)
            found = [(place.start, place.end) for place in find(parse(query), words, text)]
            assert found == [(0, len(text))], f"{query} ({asked}) does not find {text} ({written})"
            assert is_candidate(query, words), f"{query} ({asked}) has no candidate {text} ({written})"
