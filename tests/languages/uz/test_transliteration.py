"""The Uzbek language pack of the `transliterate` library."""

from __future__ import annotations

import pytest
from transliterate import translit

from searchkit.languages.uz.transliteration import to_cyrillic, to_latin

BOTH_WAYS = [
    ("Oʻzbekiston Respublikasi", "Ўзбекистон Республикаси"),
    ("Toshkent shahrida yangi koʻprik qurildi.", "Тошкент шаҳрида янги кўприк қурилди."),
    ("Yoʻlovchilar poyezdda, elchi esa samolyotda keldi.", "Йўловчилар поездда, элчи эса самолётда келди."),
    ("sanʼat, maʼno, eʼtibor", "санъат, маъно, эътибор"),
    ("Yevropa, aeroport, poema", "Европа, аэропорт, поэма"),
    ("konstitutsiya, politsiya", "конституция, полиция"),
    ("yer, yoz, yulduz, yana, yil", "ер, ёз, юлдуз, яна, йил"),
    ("dunyo, daryo, soya", "дунё, дарё, соя"),
    ("gʻalaba, togʻ, bugʻdoy", "ғалаба, тоғ, буғдой"),
    ("xalq va hayot", "халқ ва ҳаёт"),
    ("Charos, Shahlo, Yulduz", "Чарос, Шаҳло, Юлдуз"),
    ("QISHLOQ XOʻJALIGI VAZIRLIGI", "ҚИШЛОҚ ХЎЖАЛИГИ ВАЗИРЛИГИ"),
    ("2024-yil 5-mart", "2024-йил 5-март"),
    ("", ""),
]


@pytest.mark.parametrize(("latin", "cyrillic"), BOTH_WAYS)
def test_round_trip(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("цирк, акция", "sirk, aksiya"),
        ("объект, съезд, батальон", "obyekt, syezd, batalyon"),
        ("сентябрь, июль", "sentyabr, iyul"),
        ("ШАҲАР", "SHAHAR"),
        ("Исҳоқ", "Ishoq"),
    ],
)
def test_what_cyrillic_tells_and_latin_does_not(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize("apostrophe", "ʻ‘’`´'ʼ")
def test_every_apostrophe_is_read(apostrophe: str) -> None:
    assert to_cyrillic(f"o{apostrophe}zbek san{apostrophe}ati") == "ўзбек санъати"


def test_is_hoq_has_no_sh() -> None:
    assert to_cyrillic("Isʼhoq") == "Исҳоқ"


def test_the_pack_is_registered_with_the_library() -> None:
    assert translit("kitob", "uz") == "китоб"
    assert translit("китоб", "uz", reversed=True) == "kitob"
