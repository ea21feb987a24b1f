import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.sentences import spans, starts


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Smith came.", "He met К. Токаев and D. Kadyrov.", "Good!", "«Yes.»", "Then J. K. Rowling left."],
        ["Бұл 2025 ж. болды.", "Ол Қ. Тоқаев.", "Кітап, газет т.б.", "Олар келді."],
        ["Sh. Mirziyoyev keldi.", "Oʻ. Hoshimov yozdi.", "Kitob, gazeta va h.k.", "Ular keldi."],
        ["В 2020 г. Президент сказал.", "Приехал Дж. Байден.", "А.С. Пушкин родился в г. Москве."],
        ["It was 5.", "Then it rained?", "No."],
        ["Wait… what?", "Nothing…", "The end"],
        ["He said “Go.”", "She went."],
    ],
)
def test_sentences_on_one_line(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("Title\n\nText", ["Title", "Text"]),
        ("Title\nText begins", ["Title", "Text begins"]),
        ("page one\fPage two", ["page one", "Page two"]),
        ("1. First\n2. Second", ["1. First", "2. Second"]),
        ("no border\nsmall letter", ["no border\nsmall letter"]),
        ("cf. 3.5 and e.g. this", ["cf. 3.5 and e.g. this"]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_full_line_goes_on() -> None:
    text = "The delegation of the Embassy was received by the Republic of\nKazakhstan and its library.\nThe end"
    assert sentences(text) == [text[: text.index("\nThe")], "The end"]


@given(st.text() | st.text(alphabet="AaБб. !?\n«»\f1"))
def test_sentences_cover_the_text(text: str) -> None:
    begins = starts(text)
    assert begins == sorted(set(begins))
    assert begins[:1] == ([0] if text else [])
    assert all(begin < len(text) for begin in begins)
    covered = [text[start:end] for start, end in spans(text)]
    assert "".join("".join(covered).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() != "" for sentence in covered)


def test_a_stretch() -> None:
    assert starts("One. Two. Three.", 5, 12) == [5, 10]
    assert spans("One. Two. Three.", 5, 12) == [(5, 9), (10, 12)]


def test_long_runs_of_signs_are_cheap() -> None:
    assert len(starts("." * 200_000)) == 1
    assert len(starts("?!" * 100_000 + " A")) == 2
