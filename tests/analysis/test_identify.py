# Tests as well, in searchkit/: analysis: language_facts

import pytest

from searchkit.analysis.identify import CERTAIN, identify, plainly


@pytest.mark.parametrize(
    ("text", "script", "code"),
    [
        ("Қазақстан Республикасының Ұлттық кітапханасында жиын өтті", "Cyrl", "kk"),
        ("Биыл бұл кітап қайта басылып шықты", "Cyrl", "kk"),
        ("Ўзбекистон Миллий кутубхонасида учрашув бўлиб ўтди", "Cyrl", "uz"),
        ("Бу китоб қайта нашр қилинди ва тарқатилди", "Cyrl", "uz"),
        ("В библиотеке прошла встреча, на которой подписан меморандум", "Cyrl", "ru"),
        ("Қасым-Жомарт Тоқаев подписал указ о том, что в стране будет новая библиотека", "Cyrl", "ru"),
        ("The library signed a memorandum with the embassy", "Latn", "en"),
        ("O‘zbekiston Milliy kutubxonasida uchrashuv bo‘lib o‘tdi va memorandum imzolandi", "Latn", "uz"),
        ("Bu kitob qayta nashr qilindi va tarqatildi", "Latn", "uz"),
        ("Qazaqstan Respublikasynyñ Ūlttyq kıtaphanasynda jiyn ötti, dep habarlaidy", "Latn", "kk"),
        ("Bul kitap qaita basylyp shyqty jane taratyldy", "Latn", "kk"),
        ("Qazaqstan Respy'bli'kasynyn' prezi'denti jan'a zan'g'a qol qoi'dy", "Latn", "kk"),
        ("Toplantı için gelen heyet, kütüphane ile bir anlaşma imzaladı ve geri döndü", "Latn", "tr"),
        ("A könyvtár és a nagykövetség aláírt egy megállapodást, hogy együttműködjenek", "Latn", "hu"),
    ],
)
def test_sentences_are_certain(text: str, script: str, code: str) -> None:
    finding = identify(text, script)
    assert finding.code == code
    assert finding.lead >= CERTAIN


@pytest.mark.parametrize(
    ("text", "script", "code"),
    [
        ("Құтадғу білік", "Cyrl", "kk"),
        ("Қан", "Cyrl", "kk"),
        ("Халқаро ҳамкорлик", "Cyrl", "uz"),
        ("Национальная библиотека", "Cyrl", "ru"),
        ("Milliy kutubxona", "Latn", "uz"),
        ("Ulttyq kitaphana", "Latn", "kk"),
        ("International Cooperation", "Latn", "en"),
    ],
)
def test_headings(text: str, script: str, code: str) -> None:
    assert identify(text, script).code == code


@pytest.mark.parametrize("text", ["", "Astana", "Budapest 2025"])
def test_open(text: str) -> None:
    assert identify(text, "Latn").code == ""


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Міністр оголосив про її відставку", "Cyrl"),  # Ukrainian і
        ("Ҷумҳурии Тоҷикистон", "Cyrl"),  # Tajik ҳ
        ("Ён паехаў у горад і ўбачыў яго", "Cyrl"),  # Belarusian ў, ы, і
    ],
)
def test_letters_shared_with_other_languages_do_not_deceive(text: str, script: str) -> None:
    assert identify(text, script).code not in ("kk", "uz")


def test_english_apostrophes_are_not_uzbek() -> None:
    assert identify("The dog's dinner is at five o'clock", "Latn").code == "en"


def test_plainly() -> None:
    kazakh, russian = "Әрі кітаптың аудиодискісін тыңдауға болады", "Президент Қасым-Жомарт Тоқаев подписал указ"
    text = f"{kazakh}. {russian}."
    assert plainly(text, 0, len(kazakh)) == "kk"
    assert plainly(text, len(kazakh), len(text)) == ""


def test_an_endless_word_takes_no_time():
    # Signs that may begin anywhere in a word took the square of its length: hours for this one, such as a picture in base64.
    for letter, script in (("я", "Cyrl"), ("a", "Latn")):
        identify(f"memorandum {letter * 300_000}", script)
