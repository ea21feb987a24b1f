# Tests as well, in searchkit/: analysis: neighbours

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.passages import passages

KNOWN = {
    "en": ("Latn",),
    "kk": ("Cyrl", "Latn"),
    "uz": ("Latn", "Cyrl"),
    "ru": ("Cyrl",),
    "tr": ("Latn",),
    "hu": ("Latn",),
}
EVAL = Path(__file__).parents[2] / ".." / "shared" / "eval"


def found(text: str, **options: str) -> list[tuple[str, str]]:
    return [(text[start:end].strip(), code) for start, end, code in passages(text, KNOWN, **options)]


def test_empty() -> None:
    assert passages("", KNOWN) == []


def test_no_letters() -> None:
    assert passages("12 34", KNOWN) == [(0, 5, "en")]
    assert passages("12 34", KNOWN, main="kk") == [(0, 5, "kk")]


def test_lines_of_several_languages() -> None:
    lines = [
        ("Қазақстан Республикасының Ұлттық кітапханасы", "kk"),
        ("The National Library of Kazakhstan is in Almaty", "en"),
        ("Национальная библиотека Республики Казахстан находится в Алматы", "ru"),
        ("Oʻzbekiston Milliy kutubxonasi va uning xodimlari", "uz"),
        ("Ўзбекистон Миллий кутубхонаси ва унинг ходимлари", "uz"),
        ("Qazaqstan Respublikasynyñ Ūlttyq kıtaphanasy jäne onyñ qory", "kk"),
    ]
    assert found("\n".join(line for line, _ in lines)) == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A seminar on «Құтадғу білік» was held in Budapest.",
            [("A seminar on «", "en"), ("Құтадғу білік", "kk"), ("» was held in Budapest.", "en")],
        ),
        (
            "В новом номере газеты «Егемен Қазақстан және әлем» сообщается о том, что встреча прошла в Астане.",
            [
                ("В новом номере газеты", "ru"),
                ("«Егемен Қазақстан және әлем»", "kk"),
                ("сообщается о том, что встреча прошла в Астане.", "ru"),
            ],
        ),
        (
            "Кітапханада «Не хлебом единым, но и словом» атты көрме өтіп жатыр.",
            [("Кітапханада", "kk"), ("«Не хлебом единым, но и словом»", "ru"), ("атты көрме өтіп жатыр.", "kk")],
        ),
    ],
)
def test_quotations(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_names_do_not_change_the_language() -> None:
    assert [code for _, code in found("В Астане прошла встреча Қасым-Жомарта Тоқаева с делегацией из Венгрии.")] == [
        "ru"
    ]
    assert [code for _, code in found("Кеше Apple Park кеңсесінде жаңа телефон таныстырылды.")] == ["kk"]


def test_headings_take_the_language_around_them() -> None:
    text = "Astana\n\nBugungi uchrashuvda kutubxona va uning xodimlari haqida gap bordi.\n\nSamarqand Buxoro"
    assert [code for _, code in found(text)] == ["uz"]


def test_a_heading_in_another_language_of_the_script() -> None:
    text = (
        "The meeting of the heads was held in Budapest.\nMilliy kutubxona xodimlari\nThe day was good for all of them."
    )
    assert [code for _, code in found(text)] == ["en", "uz", "en"]


def test_a_kazakh_heading_in_latin_letters() -> None:
    text = "Memorandum ne beredı?\n\nEkı mekeme körmelerdı jäne ğylymi ıs-şaralardy bırlesıp ūiymdastyrady."
    assert [code for _, code in found(text)] == ["kk"]


def test_latin_names_in_a_cyrillic_heading() -> None:
    assert found("Holiday Inn құны") == [("Holiday Inn құны", "kk")]
    assert [code for _, code in found("“Жан ішінде жарық нұр”: Aigul Zhumadil presents her poems")] == ["kk", "en"]


def test_a_given_language_holds_for_its_scripts() -> None:
    assert found("The end. Соңы. Конец.", language="kk") == [("The end.", "kk"), ("Соңы. Конец.", "kk")]
    assert found("Bolatbek Қазақ", language="en") == [("Bolatbek Қазақ", "en")]
    assert found("Конец и слава ему. Құтадғу білік", language="en") == [
        ("Конец и слава ему.", "ru"),
        ("Құтадғу білік", "kk"),
    ]


def test_the_main_language_decides_what_is_open() -> None:
    assert found("Ташкент Самарканд", main="uz") == [("Ташкент Самарканд", "uz")]
    assert found("Ташкент Самарканд", main="kk") == [("Ташкент Самарканд", "kk")]
    assert found("It was the best of times", main="kk") == [("It was the best of times", "en")]


def test_unknown_languages_have_a_nearest_one() -> None:
    known = {"en": ("Latn",), "ru": ("Cyrl",)}
    assert [code for *_, code in passages("Қазақстан Республикасының Ұлттық кітапханасы", known)] == ["ru"]
    assert [code for *_, code in passages("Azərbaycan və onun kitabxanası üçün bir gün", KNOWN)] == ["tr"]
    assert [code for *_, code in passages("Der Tag und die Nacht sind nicht für uns", KNOWN)] == ["en"]


@given(
    st.text()
    | st.text(alphabet="aоқ .\n«»\"'ʻI\u00ad\u0301")
    | st.lists(
        st.sampled_from(
            [
                "Құтадғу білік",
                "the end of",
                "и в том",
                "Apple Park",
                "«",
                "»",
                "\n",
                ". ",
                "va uning",
                "1",
                "\ud800",
                "\x00",
            ]
        )
    ).map(" ".join)
)
def test_passages_cover_the_text(text: str) -> None:
    at = 0
    for start, end, code in passages(text, KNOWN, main="kk"):
        assert start == at < end
        assert code in KNOWN
        at = end
    assert at == len(text)


def test_the_model_is_not_loaded_where_the_language_is_stated() -> None:
    script = (
        "import sys\n"
        "from searchkit.analysis.passages import passages\n"
        f"known = {KNOWN!r}\n"
        "passages('Astana Budapest Toshkent', known, language='en')\n"
        "passages('Astana Budapest Toshkent', known, main='uz')\n"
        "passages('The library of the embassy and its books', known)\n"
        "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


# ------------------------------------------------------------------ accuracy on real sentences


def _column(name: str, column: int) -> list[str]:
    path = EVAL / "crosslang" / name
    if not path.exists():
        pytest.skip("the evaluation texts are not beside the project")
    return [line.split("\t")[column] for line in path.read_text(encoding="utf-8").splitlines()]


def _language(text: str) -> str:
    """The language of most of a text."""
    shares: dict[str, int] = {}
    for start, end, code in passages(text, KNOWN):
        shares[code] = shares.get(code, 0) + end - start
    return max(shares, key=shares.__getitem__)


@pytest.mark.parametrize(
    ("code", "name", "column"),
    [("en", "en-kk.tsv", 1), ("kk", "en-kk.tsv", 2), ("uz", "en-uz.tsv", 2), ("ru", "ru-kk.tsv", 1)],
)
def test_accuracy_on_news(code: str, name: str, column: int) -> None:
    sentences = _column(name, column)
    right = sum(_language(sentence) == code for sentence in sentences)
    assert right >= 0.99 * len(sentences)
    pairs = ["\n".join(pair) for pair in zip(sentences, sentences[1:], strict=False)]
    assert sum(_language(pair) == code for pair in pairs) >= 0.995 * len(pairs)


def test_accuracy_on_uzbek_cyrillic() -> None:
    sentences = _column("en-uz.tsv", 2)
    transliteration = pytest.importorskip("searchkit.languages.uz.transliteration")
    from searchkit.text.normalise import fold
    from searchkit.text.words import words

    cyrillic = [
        " ".join(transliteration.to_cyrillic(fold(word.text)) for word in words(sentence)) for sentence in sentences
    ]
    assert sum(_language(sentence) == "uz" for sentence in cyrillic) >= 0.99 * len(cyrillic)


@pytest.mark.parametrize(
    "text",
    [
        "Qala äkımı jiyn ötkızdı",  # ı beside front vowels, y between consonants: no Turkish
        "Auyl mektebı jöndeldı",
        "Mūrağat qory tolyqty",
        "Qala ákimi jıyn ótkizdi",
        "Aýyl mektebi jóndeldi",
        "Qala akimi jiyn otkizdi",  # known words, where no letter tells
        "Olke tarihy turaly jazba",
    ],
)
def test_a_few_words_of_kazakh_in_latin(text: str) -> None:
    assert found(text) == [(text, "kk")]


@pytest.mark.parametrize("text", ["Şehir kütüphanesi bugün yeniden açıldı", "Köy okulu onarıldı, çocuklar sevindi"])
def test_a_few_words_of_turkish(text: str) -> None:
    assert found(text) == [(text, "tr")]


KAZAKH = "Өлкетану мұражайында көне қолжазбалар мен сирек кітаптардың көрмесі ашылды."
UZBEK = "Ўлкашунослик музейида қадимий қўлёзмалар ва ноёб китоблар кўргазмаси очилди."


@pytest.mark.parametrize("around", [KAZAKH, UZBEK])
@pytest.mark.parametrize(
    "line", ["Воспоминания современников", "Снимок Анвара Каримова", "Хроника последних лет", "Издание второе"]
)
def test_a_russian_line_in_another_text(around: str, line: str) -> None:
    text = f"{around}\n\n{line}\n\n{around}"
    assert next(code for start, end, code in passages(text, KNOWN) if start <= text.index(line) < end) == "ru"


@pytest.mark.parametrize("line", ["Марат Алимов", "Алматы", "Сурет автордан", "Бас редактор Марат Алимов"])
def test_a_line_of_the_text_s_own_language_stays(line: str) -> None:
    text = f"{KAZAKH}\n\n{line}\n\n{KAZAKH}"
    assert {code for _, _, code in passages(text, KNOWN)} == {"kk"}


def test_five_words_of_kazakh_in_latin_are_enough() -> None:
    path = EVAL / "script" / "kk.tsv"
    if not path.exists():
        pytest.skip("the evaluation rows are not beside the project")
    words = [line.split("\t")[2].split() for line in path.read_text(encoding="utf-8").splitlines()]
    pieces = [" ".join(row[at : at + 5]) for row in words for at in (0, 5) if len(row) >= at + 5]
    assert sum(_language(piece) == "kk" for piece in pieces) >= 0.97 * len(pieces)
