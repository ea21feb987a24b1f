import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.lookalikes import repair
from searchkit.text.scripts import CYRILLIC, LATIN


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Cерік", "Серік"),  # Latin C
        ("мемлекеттiк", "мемлекеттік"),  # Latin i
        ("Ибраhим", "Ибраһим"),  # Latin h
        ("əлем", "әлем"),  # Latin schwa
        ("Əлем", "Әлем"),
        ("ɵнер", "өнер"),  # Latin barred o
        ("Жамßыл", "Жамвыл"),  # ß of a scan
        ("деµят", "девят"),  # micro sign of a scan
        ("Kазақ5", "Казақ5"),  # letters and digits
        ("Τоқаев", "Тоқаев"),  # Greek Tau
        ("meіosіs", "meiosis"),  # Cyrillic і
        ("СOVID19", "COVID19"),  # Cyrillic С
        ("Маrat", "Marat"),  # Cyrillic М and а
        ("ХV", "XV"),  # Roman numerals
        ("ХVІІІ", "XVIII"),
        ("ХІХ", "XIX"),
        ("ІІ", "II"),
    ],
)
def test_repaired(word: str, expected: str) -> None:
    assert repair(word) == expected


@pytest.mark.parametrize(
    "word",
    [
        "",
        "Серік",
        "Serik",
        "COP",
        "СОР",
        "Straße",
        "Əliyev",
        "iPhoneді",  # letters of both scripts that look like nothing in the other
        "SMSтер",
        "CEOның",  # an abbreviation with a Kazakh ending
        "µм",  # a micrometre
        "Σίσυφος",
        "Х",
        "ІІМ",  # a ministry, no Roman numeral
        "А4",
        "2025",
        "日本",
    ],
)
def test_left_alone(word: str) -> None:
    assert repair(word) == word


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="СсCcерrіiкkəәҺhTТ5µßАA'"))
def test_idempotent_and_of_one_length(word: str) -> None:
    once = repair(word)
    assert repair(once) == once
    assert len(once) == len(word)


@given(
    st.text(alphabet=st.characters(max_codepoint=0x52F), min_size=1).filter(
        lambda word: not (CYRILLIC.search(word) and LATIN.search(word))
    )
)
def test_a_word_of_one_script_keeps_it(word: str) -> None:
    """Roman numerals aside, only Greek letters are replaced in a word of one script."""
    repaired = repair(word)
    if CYRILLIC.search(word) and not set(word) <= set("ХІ"):
        assert not LATIN.search(repaired) or LATIN.search(word)
    if LATIN.search(word):
        assert not CYRILLIC.search(repaired)


@given(st.text(alphabet="абвгғдеәжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", min_size=1))
def test_right_kazakh_is_untouched(word: str) -> None:
    assert repair(word) == word


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüğşçıñūәʻʼ", min_size=1).filter(lambda word: "ә" not in word))
def test_right_latin_is_untouched(word: str) -> None:
    assert repair(word) == word
