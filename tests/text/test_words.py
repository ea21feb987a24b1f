import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.words import (
    LENIENT,
    PLAIN,
    Apostrophes,
    has_blanks_inside,
    is_cut_alone,
    is_one_word,
    surfaces,
    words,
)

KAZAKH = Apostrophes("aAgGiInNoOsScCuUyY")
USES = {"": PLAIN, "en": PLAIN, "ru": PLAIN, "kk": KAZAKH, "uz": LENIENT}
LANGUAGES = [PLAIN, KAZAKH, LENIENT]


def cut(text: str, language: str = "uz") -> list[str]:
    return [word.text for word in words(text, USES[language])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Kassym-Jomart Tokayev", ["Kassym", "Jomart", "Tokayev"]),
        ("D.Kadyrov", ["D", "Kadyrov"]),
        ("т.б.", ["т", "б"]),
        ("don't o'clock O’Brien", ["don't", "o'clock", "O’Brien"]),
        ("'quoted' ‘words’ “here”", ["quoted", "words", "here"]),
        ("a mem-\norandum", ["a", "mem-\norandum"]),
        ("a mem- \r\n  orandum", ["a", "mem- \r\n  orandum"]),
        ("a mem\u00ad\norandum", ["a", "mem\u00ad\norandum"]),
        ("Kassym-\nJomart", ["Kassym", "Jomart"]),
        ("2012-\n2015", ["2012", "2015"]),
        ("soft\u00adhyphen zero\u200bwidth", ["soft\u00adhyphen", "zero\u200bwidth"]),
        ("end\u200b end\u00ad", ["end", "end"]),
        ("и\u0301ван маи\u0306", ["и\u0301ван", "маи\u0306"]),
        ("2012-2015", ["2012", "2015"]),
        ("3.5 3,5 10,000 1,234,567.89", ["3.5", "3,5", "10,000", "1,234,567.89"]),
        ("10\u00a0000 2020\u00a0100", ["10\u00a0000", "2020", "100"]),
        ("25.06.2025 2025/06/25 12.2025", ["25", "06", "2025", "2025", "06", "25", "12", "2025"]),
        ("192.168.1.1 1.2.3 1,2,3", ["192", "168", "1", "1", "1", "2", "3", "1", "2", "3"]),
        ("In 2025. Then", ["In", "2025", "Then"]),
        ("COVID-19 5G А4", ["COVID", "19", "5G", "А4"]),
        ("https://oszk.hu/a_b?x=1", ["https", "oszk", "hu", "a", "b", "x", "1"]),
        ("info@nlrk.kz", ["info", "nlrk", "kz"]),
        ("_emphasis_ **bold**", ["emphasis", "bold"]),
        ("20% №5 $100", ["20", "5", "100"]),
        ("👍 ok 👨‍👩‍👧", ["ok"]),
        ("日本語 テスト", ["日本語", "テスト"]),
        ("العَرَبِيَّة हिन्दी", ["العَرَبِيَّة", "हिन्दी"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert cut(text, "en") == expected


@pytest.mark.parametrize("apostrophe", "ʻ‘’`´'ʼʹ")
def test_uzbek_apostrophes(apostrophe: str) -> None:
    assert cut(f"to{apostrophe}g{apostrophe}ri ma{apostrophe}no tog{apostrophe} va", "uz") == [
        f"to{apostrophe}g{apostrophe}ri",
        f"ma{apostrophe}no",
        f"tog{apostrophe}",
        "va",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘tog’ va", ["tog", "va"]),
        ("'Ko‘k tog' asari", ["Ko‘k", "tog", "asari"]),
        ("'Ko‘k tog' va bog' ", ["Ko‘k", "tog", "va", "bog'"]),
        ("«tog'»", ["tog'"]),
        ("kitob' va", ["kitob", "va"]),
        ("bo ‘ ycha o ’ zbek", ["bo ‘ ycha", "o ’ zbek"]),
        ("ma ’ no e ’ lon qat ’ iy", ["ma ’ no", "e ’ lon", "qat ’ iy"]),
        ("kitobda ’ deb", ["kitobda", "deb"]),
        ("kino ‘baxt’ haqida", ["kino", "baxt", "haqida"]),
        ("bog ‘ Salom", ["bog", "Salom"]),
    ],
)
def test_uzbek_quotations(text: str, expected: list[str]) -> None:
    assert cut(text, "uz") == expected


def test_only_uzbek_joins_detached_apostrophes() -> None:
    assert cut("go ' home", "en") == ["go", "home"]


def test_kazakh_latin_of_2017() -> None:
    assert cut("tan' s'yg'armas'ylyq'", "kk") == ["tan'", "s'yg'armas'ylyq"]


def test_a_query_is_cut_as_uzbek() -> None:
    assert cut("tog'") == ["tog'"]


def test_a_stretch_of_a_text() -> None:
    assert list(words("aa bb cc", PLAIN, 3, 5)) == [("bb", 3, 5)]
    assert surfaces("aa bb cc", PLAIN, 3, 5) == ["bb"]


TEXTS = st.text() | st.text(alphabet="aoOgG '‘’ʻ`-\n\u00ad\u0301.,1_бқ\u00a0", max_size=60)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_offsets_order_and_agreement(text: str, use: Apostrophes) -> None:
    found = list(words(text, use))
    end = 0
    for word in found:
        assert text[word.start : word.end] == word.text
        assert end <= word.start < word.end
        assert word.text[0].isalnum()
        end = word.end
    assert surfaces(text, use, 0, len(text)) == [word.text for word in found]


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_every_letter_is_in_a_word(text: str, use: Apostrophes) -> None:
    """But for letters that are apostrophes."""
    inside = {i for word in words(text, use) for i in range(word.start, word.end)}
    assert all(i in inside for i, sign in enumerate(text) if sign.isalnum() and sign not in "ʹʻʼʽʾʿ")


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_chunks_cut_alone(text: str, use: Apostrophes) -> None:
    chunks = text.split()
    for chunk in chunks:
        if is_one_word(chunk):
            assert surfaces(chunk, use, 0, len(chunk)) == [chunk]
            assert is_cut_alone(chunk, use)
    if all(is_cut_alone(chunk, use) for chunk in chunks) and not has_blanks_inside(text, 0, len(text)):
        apart = [word for chunk in chunks for word in surfaces(chunk, use, 0, len(chunk))]
        assert apart == surfaces(text, use, 0, len(text))


@pytest.mark.parametrize(
    ("chunk", "language"), [("mem-", "en"), ("mem\u00ad", "en"), ("‘", "uz"), ("tog'", "uz"), ("s'", "kk")]
)
def test_what_is_not_cut_alone(chunk: str, language: str) -> None:
    assert not is_cut_alone(chunk, USES[language])


@pytest.mark.parametrize(("chunk", "language"), [("-", "en"), ("Kassym-Jomart", "en"), ("tog'", "en"), ("togʻ", "uz")])
def test_what_is_cut_alone(chunk: str, language: str) -> None:
    assert is_cut_alone(chunk, USES[language])


def test_groups_of_digits() -> None:
    assert has_blanks_inside("10\u00a0000", 0, 6)
    assert not has_blanks_inside("10\u00a0000", 0, 5)
    assert not has_blanks_inside("in\u00a02024", 0, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # spaced out for emphasis
        ("У К А З Президента", ["У К А З", "Президента"]),
        ("Совет П О С Т А Н О В И Л:", ["Совет", "П О С Т А Н О В И Л"]),
        ("Б Ұ Й Р Ы Қ  Б Е Р Е М І Н", ["Б Ұ Й Р Ы Қ", "Б Е Р Е М І Н"]),
        ("b u y r u q chiqardi", ["b u y r u q", "chiqardi"]),
        ("О м а р о в а  С а у л е", ["О м а р о в а", "С а у л е"]),
        ("В а и о у", ["В а и о у"]),
        ("В а и о лес", ["В", "а", "и", "о", "лес"]),
        ("А К Т о приёмке", ["А", "К", "Т", "о", "приёмке"]),  # three letters may be initials
        ("а я и в лес", ["а", "я", "и", "в", "лес"]),
        ("A. B. C. D", ["A", "B", "C", "D"]),
        # thousands
        ("сумма 3 120 500 тенге", ["сумма", "3 120 500", "тенге"]),
        ("27 500 дана", ["27 500", "дана"]),
        ("1.250.000 soʻm", ["1.250.000", "soʻm"]),
        ("110 220 330", ["110", "220", "330"]),  # a row of a table
        ("в 1999 100 лет", ["в", "1999", "100", "лет"]),
        ("10.168.100.200", ["10", "168", "100", "200"]),
        # ISBN
        ("ISBN 978-601-338-123-4.", ["ISBN", "978-601-338-123-4"]),
        ("978 601 338 123 4", ["978 601 338 123 4"]),
        ("87-12-44", ["87", "12", "44"]),
    ],
)
def test_words_that_only_their_form_tells(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and U.K. banks", ["The", "U.S", "and", "U.K", "banks"]),
        ("U.S.A.", ["U.S.A"]),
        ("E.U. law", ["E.U", "law"]),
        ("J.K. Rowling", ["J", "K", "Rowling"]),  # initials stay apart
        ("A.U.S. Smith", ["A", "U", "S", "Smith"]),
    ],
)
def test_abbreviations_with_points(text: str, expected: list[str]) -> None:
    assert cut(text) == expected
