"""Old fonts: the letters that they stand for, and other languages that have the letters shown."""

import pytest

from searchkit.documents.encodings.detect import decode
from searchkit.documents.encodings.legacy_fonts import repair

# As shown, as meant.
REPAIRED = [
    # KZ-1048 read as Windows-1251, and fonts with the same places: ѕ is ң, ј is ә, є is ғ.
    (
        "Алматы ќаласында жаѕа мектеп ашылды, јкімдік єылыми орталыќ салды",
        "Алматы қаласында жаңа мектеп ашылды, әкімдік ғылыми орталық салды",
    ),
    # Fonts with њ for ң, ѓ for ғ, є for ә.
    ("Єжем ертењ ауылѓа ќайтады, їйде ўйќы кґп", "Әжем ертең ауылға қайтады, үйде ұйқы көп"),
    ("ЌАЗАЌ ТІЛІНІЊ СҐЗДІГІ", "ҚАЗАҚ ТІЛІНІҢ СӨЗДІГІ"),
    # Uzbek: ћ or њ for ҳ; ў is right.
    ("Ўќувчилар ћикояларни ўќиди, боѓда гуллар очилди", "Ўқувчилар ҳикояларни ўқиди, боғда гуллар очилди"),
    ("Бу њаќда ќарор ќабул ќилинди", "Бу ҳақда қарор қабул қилинди"),
    # A few names in Russian.
    (
        "Начальником отдела назначен Бейсен Ќуатов, заместителем Јлима Їмітова.",
        "Начальником отдела назначен Бейсен Қуатов, заместителем Әлима Үмітова.",
    ),
    ("Комиссия: Петров, Ќанатов, Смирнов.", "Комиссия: Петров, Қанатов, Смирнов."),
    ("Учитель Њамидов и жители собрали большой урожай.", "Учитель Ҳамидов и жители собрали большой урожай."),
]


@pytest.mark.parametrize(("shown", "meant"), REPAIRED)
def test_letters_that_were_meant(shown, meant):
    assert repair(shown) == meant
    assert repair(f"{shown}\n\n{meant}") == f"{meant}\n\n{meant}"


@pytest.mark.parametrize(("shown", "meant"), REPAIRED)
def test_from_bytes(shown, meant):
    text, _ = decode(shown.encode("cp1251"))
    assert repair(text) == meant


# Languages that have these letters, and languages beside them in one text.
RIGHT = [
    "Ноќта беше тивка, а ѕвездите светеа над езерото. Ќе дојдам утре во Битола.",
    "Деца читају књиге у школској библиотеци, а ћерка пише писмо својој мајци.",
    "Українська ґречність: їжа, єдність, ґудзик, об'їзд.",
    "Беларускі ўрад абмеркаваў новыя кнігі і ўсё ж вырашыў чакаць.",
    "Сербский теннисист Новак Ђоковић (Новак Джокович) выиграл матч; его тренер — Горан Иванишевић.",
    "Писатель Милорад Павић, «Хазарски речник», вышел в Белграде (Народна књижница).",
    "Жаңа кітап, Ўзбек тили, ҳуқуқ",
    "Зрењанин, Ниш, Нови Сад",
    "",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_stays(text):
    assert repair(text) == text
