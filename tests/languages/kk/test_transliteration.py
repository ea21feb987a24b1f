"""The Latin alphabets of Kazakh: round trips, and one stem in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import transliterate

from searchkit.languages.kk import LANGUAGE
from searchkit.languages.kk.alphabets import read_latin
from searchkit.languages.kk.transliteration import packs
from searchkit.text.normalise import fold

GOLDEN = Path(__file__).parent / "data"

CODES = ["kk", "kk-2018", "kk-2017", "kk-tr", "kk-bgn"]

REAL_WORDS = """
Қазақстан Республикасы тәуелсіздік мемлекет халқымыз қоғам ғылым білім мәдениет қолжазба кітапхана мұрағат мұражай
жаңғырту үкімет әкімшілік бейбітшілік қауіпсіздік ынтымақтастық шаруашылық ұйымдастырушылар университет институт
партия комиссия химия Азия дүние мейрам қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша
желтоқсан дүйсенбі аяқ ояу қою қоюға кию киім қиын жиын тиын оқиды таниды бәрі яғни Яссауи Нұрғалиева Тоқаев Абай
Ғазиза Өскемен Үржар Ұлытау Іле Һәм шаһар құйрық тұйық тый уақыт ауыл тау жазу сөйлеу өлең күй ән жұлдыз шың
"""

LOST = {
    # х and һ are one letter in the alphabets with h alone
    "kk": {"Һәм", "шаһар"},
    "kk-2018": {"Һәм", "шаһар", "Яссауи"},
    "kk-2017": {"Һәм", "шаһар"},
    "kk-tr": set(),
    # ң and н + г are one
    "kk-bgn": set(),
}
"""Words that do not come back, by alphabet."""


@pytest.mark.parametrize("code", CODES)
def test_round_trip(code: str) -> None:
    changed = {}
    for word in REAL_WORDS.split():
        latin = transliterate.translit(word, code, reversed=True)
        back = transliterate.translit(latin, code)
        if back != word:
            changed[word] = (latin, back)
    assert set(changed) == LOST[code], changed


@pytest.mark.parametrize(
    ("code", "latin"),
    [
        ("kk", "Täuelsızdık künı qoljazbalar men jañğyrtudyñ şeşımı"),
        ("kk-2018", "Táýelsizdik kúni qoljazbalar men jańǵyrtýdyń sheshimi"),
        ("kk-2017", "Taʼyʼelsizdik kuʼni qoljazbalar men janʼgʻyrtyʼdynʼ sʼesʼimi"),
        ("kk-tr", "Täwelsizdik küni qoljazbalar men jañğırtwdıñ şeşimi"),
        ("kk-bgn", "Täūelsizdik küni qolzhazbalar men zhangghyrtūdyng sheshimi"),
    ],
)
def test_a_sentence_in_every_alphabet(code: str, latin: str) -> None:
    cyrillic = "Тәуелсіздік күні қолжазбалар мен жаңғыртудың шешімі"
    assert transliterate.translit(cyrillic, code, reversed=True) == latin
    assert transliterate.translit(latin, code) == cyrillic


def test_letters_of_no_alphabet_stay() -> None:
    for pack in packs():
        assert pack.translit("2025, № 5!", reversed=True) == "2025, № 5!"
        assert pack.translit("") == ""


def golden() -> list[tuple[str, str]]:
    words = (GOLDEN / "voc.txt").read_text(encoding="utf-8").split()
    return list(zip(words, (GOLDEN / "output.txt").read_text(encoding="utf-8").split(), strict=True))


LATIN_HOMOGRAPHS = {"істі", "роль", "ролі", "рольде", "процестің"}
"""Words whose Latin spelling is another word's too, or has lost what told it: rol may be рөл."""


@pytest.mark.parametrize("code", CODES)
def test_a_word_has_one_stem_in_cyrillic_and_latin(code: str) -> None:
    pack = packs()[CODES.index(code)]
    differing = {}
    for word, stem in golden():
        latin = fold(pack.translit(word, reversed=True))
        # Without its ь a loan is not found.
        if "\u0400" <= word[0] <= "\u052f" and "ь" not in word and LANGUAGE.stem(latin) != stem:
            differing[word] = (latin, LANGUAGE.stem(latin))
    assert set(differing) <= LATIN_HOMOGRAPHS


def test_the_alphabet_is_told_by_its_letters() -> None:
    expected = {
        "täuelsızdık": "Latin of 2021",
        "táýelsizdik": "Latin of 2018",
        "taʼyʼelsizdik": "Latin of 2017",
        "täwelsizdik": "Latin of the Turkish kind",
        "qazaqstannıñ": "Latin of the Turkish kind",
        "qazaqstannyñ": "Latin of 2021",
        "täūelsizdik": "BGN/PCGN",
        "qazaq": "everyday Latin",
        "kazak": "everyday Latin",
    }
    assert {word: read_latin(word)[0].alphabet for word in expected} == expected
