"""Kazakh: stems, readings, steps, stop words.

`alphabets`, `readings`, `spellings` and `stemmer` are tested here, through the language.
"""

# Tests as well, in searchkit/: languages/kk: alphabets readings spellings stemmer

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.languages.kk import LANGUAGE
from searchkit.languages.kk.stemmer import stemmer, to_plain
from searchkit.text.normalise import fold

GOLDEN = Path(__file__).parent / "data"


def stem(word: str) -> str:
    return LANGUAGE.stem(LANGUAGE.normalise(fold(word)))


def golden() -> list[tuple[str, str]]:
    words = (GOLDEN / "voc.txt").read_text(encoding="utf-8").split("\n")
    stems = (GOLDEN / "output.txt").read_text(encoding="utf-8").split("\n")
    return list(zip(words, stems, strict=True))[:-1]


def test_golden_vocabulary() -> None:
    """A stem that differs is a change of rules: if the new one is right, change its line in output.txt."""
    assert len(golden()) > 1000
    assert {word: stem(word) for word, _ in golden()} == dict(golden())


# ------------------------------------------------------------------ what must meet, and what must not
@pytest.mark.parametrize(
    ("expected", "words"),
    [
        # stacks of endings
        ("kitap", "кітаптарымыздағылардан кітабыңыздан кітаптарындағыдай кітапсың"),
        ("el", "еліміздегілердің елдегідей елімізше"),
        # the vowel that drops
        ("orın", "орны орнымыз орнында орындарында"),
        ("erik", "еркі еркіңіз еркімен"),
        ("halıq", "халқы халқымыздың халқының халықтардың"),
        # tense, mood, negation, participles, converbs
        ("kel", "келгендіктен келмегендер келетіндігін келгенше келмейінше келгелі келерде келмес келіпті келмекпін"),
        ("oqı", "оқи оқимын оқып оқыдық оқытпа=oqıt оқылмаған оқығысы"),
        ("qoy", "қоя қояды қоятындар қоюымыз қойғызды=qoyğız"),
        # voices
        ("jaz", "жазылған жазысты жазылмайтын жазыңыздар жазсаңыз"),
        # loans
        ("institut", "институттың институтқа институтында"),
        ("fakt", "фактіге фактілерді фактісінде факт"),
        # after ь, whichever consonant is before it
        ("lager", "лагерьлер лагерьлерде лагерьге лагері"),
        ("vedomost", "ведомостьтер ведомостьтің"),
        ("delta", "дельта дельтаның"),
        ("vals", "вальстер вальсты вальстың вальсі"),
        # г that stands behind a consonant is no к before an ending: of unknown names and loans, too
        ("magdeburg", "Магдебургі Магдебургтің Магдебург"),
        ("keytering", "кейтерингі кейтерингін кейтерингтер"),
        ("nazarbaev", "Назарбаевтың Назарбаевқа Назарбаев"),
        ("rol", "ролі роліне рольдер"),
    ],
)
def test_forms_meet(expected: str, words: str) -> None:
    got = {}
    wanted = {}
    for entry in words.split():
        word, _, other = entry.partition("=")
        got[word], wanted[word] = stem(word), other or expected
    assert got == wanted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("өтірік", "өтірікші"),
        ("бала", "балалық"),
        ("кітап", "кітапхана"),
        ("оқы", "оқушы"),
        ("оқы", "оқыт"),
        ("кел", "келісім"),
        ("ал", "алма"),
        ("қар", "қарға"),
        ("баға", "бақа"),
        ("той", "тойыс"),
        ("ақ", "ақша"),
        ("қала", "қалам"),
        ("қара", "қараша"),
        ("тіл", "тілек"),
        ("Алмат", "Алматы"),
    ],
)
def test_words_stay_apart(first: str, second: str) -> None:
    assert stem(first) != stem(second)


@pytest.mark.parametrize(
    "word", ["memorandum", "меморандум", "меморандумы", "memorandumdar", "меморандумға", "memorandumy", "memorandumı"]
)
def test_a_loan_has_the_stem_that_it_has_in_every_language(word: str) -> None:
    assert stem(word) == "memorandum"


@pytest.mark.parametrize(
    "word", ["2025", "10000", "1.5", "x86", "中国", "ь", "ъ", "а", "o", "ʼ", "i", "5g", "ы" * 500, "q" * 500]
)
def test_strange_words_have_a_stem(word: str) -> None:
    assert stem(word)
    assert LANGUAGE.readings(word)[0].stem == LANGUAGE.stem(word)
    assert LANGUAGE.steps(word)[-1].after == LANGUAGE.stem(word)


def test_numbers_stay() -> None:
    assert [stem(word) for word in ("2025", "3.5")] == ["2025", "3.5"]


@pytest.mark.parametrize("word", ["министерство", "правительства", "что", "который", "сказал", "работы"])
def test_russian_words_in_a_kazakh_passage_keep_their_letters(word: str) -> None:
    from searchkit.languages.kk.alphabets import to_shared

    assert to_shared(word).startswith(stem(word))
    assert len(stem(word)) >= len(to_shared(word)) - 2


# ------------------------------------------------------------------ queries
def readings(word: str) -> dict[str, float]:
    return {reading.stem: reading.weight for reading in LANGUAGE.readings(LANGUAGE.normalise(fold(word)))}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("казак", "қазақ"),
        ("казактар", "қазақтар"),
        ("тили", "тілі"),
        ("кызмет", "қызмет"),
        ("улгерим", "үлгерім"),
        ("омир", "өмір"),
        ("кала", "қала"),
        ("мадениет", "мәдениет"),
        ("гылым", "ғылым"),
        ("тауелсиздик", "тәуелсіздік"),
        ("кенес", "кеңес"),
        ("университеттин", "университеттің"),
    ],
)
def test_cyrillic_without_own_letters_finds_the_right_word_at_a_lower_rank(typed: str, right: str) -> None:
    found = readings(typed)
    assert found[stem(typed)] == 1
    assert stem(right) in found
    if stem(typed) != stem(right):
        assert found[stem(right)] < 1
        assert readings(right)[stem(typed)] < 1  # and a document typed so is found by the right word


def test_a_word_typed_with_some_of_the_letters_finds_the_right_word() -> None:
    assert 0 < readings("казақ")[stem("қазақ")] < 1


def test_a_listed_word_gives_its_look_alikes_little_weight() -> None:
    assert readings("сан")[stem("сән")] < readings("казак")[stem("қазақ")]


def test_inflected_words_typed_without_own_letters_have_one_stem() -> None:
    assert {stem(word) for word in ("казак", "казактар", "казактардын", "казакка")} == {"kazak"}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("qazaq tili", "қазақ тілі"),
        ("kazak tili", "қазақ тілі"),
        ("ulttyk kitaphana", "ұлттық кітапхана"),
        ("qolzhazbalar", "қолжазбалар"),
        ("zhana gasyr", "жаңа ғасыр"),
        ("uly dala", "ұлы дала"),
        ("universitettin", "университеттің"),
    ],
)
def test_everyday_latin_finds_the_right_word(typed: str, right: str) -> None:
    for latin, cyrillic in zip(typed.split(), right.split(), strict=True):
        assert stem(cyrillic) in readings(latin)


@given(st.sampled_from([word for word, _ in golden()]))
def test_readings_are_ranked_and_few(word: str) -> None:
    found = LANGUAGE.readings(word)
    assert found[0] == (LANGUAGE.stem(word), 1.0, "stem")
    weights = [reading.weight for reading in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)
    assert len({reading.stem for reading in found}) == len(found) <= 6


# ------------------------------------------------------------------ steps
def test_steps_name_the_endings() -> None:
    steps = LANGUAGE.steps("кітапханасында")
    assert [(step.kind, step.name) for step in steps][:3] == [
        ("alphabet", "Cyrillic"),
        ("ending", "locative"),
        ("ending", "3rd person possessive"),
    ]
    assert steps[-1].kind == "stem"
    assert steps[-1].after == "kitaphana"


def test_steps_name_the_alphabet_and_the_change() -> None:
    names = [(step.kind, step.name) for step in LANGUAGE.steps(fold("qoljazbaları"))]
    assert names[:3] == [
        ("alphabet", "Latin of the Turkish kind"),
        ("ending", "3rd person possessive"),
        ("ending", "plural"),
    ]
    change = next(step for step in LANGUAGE.steps("мектебінде") if step.kind == "change")
    assert (change.before, change.after) == ("мектеб", "мектеп")


@given(st.sampled_from([word for word, _ in golden()]))
def test_steps_lead_from_the_word_to_the_stem(word: str) -> None:
    steps = LANGUAGE.steps(word)
    assert steps[0].before == word
    assert steps[-1].after == LANGUAGE.stem(word)
    for earlier, later in zip(steps, steps[1:], strict=False):
        assert earlier.after == later.before


# ------------------------------------------------------------------ the rest
def test_the_second_dot_of_a_folded_capital_goes() -> None:
    assert LANGUAGE.normalise("i\u0307s") == "is"
    assert LANGUAGE.normalise("қазақ") == "қазақ"


def test_stop_words_are_normalised_and_in_both_scripts() -> None:
    assert {"және", "jäne", "jane"} <= LANGUAGE.stop_words
    assert {word for word in LANGUAGE.stop_words if LANGUAGE.normalise(fold(word)) != word} == set()


def test_every_listed_root_is_its_own_stem_unless_something_likelier_is_meant() -> None:
    known = stemmer().roots.known["noun"]
    rare = stemmer().roots.rare["noun"]
    cut = {root for root in set(known.values()) if root not in rare and stemmer().stem(root) != root}
    assert not cut


def test_plain_letters_are_one_for_one() -> None:
    assert "қазақстанның тәуелсіздігі".translate(to_plain) == "казакстаннын тауелсиздиги"


def test_cyrillic_words_need_no_transliteration_library() -> None:
    code = (
        "import sys; from searchkit.languages.kk import LANGUAGE; LANGUAGE.stem('қолжазбалар');"
        "LANGUAGE.readings('казак'); sys.exit('transliterate' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "meant"), [("кунаев", "қонаев"), ("нургалиев", "нұрғалиев"), ("кунанбаев", "құнанбаев")]
)
def test_a_surname_by_way_of_russian(typed, meant):
    """The suffix has no harmony with the name, and у may stand for о."""
    readings = {reading.stem: reading.weight for reading in LANGUAGE.readings(typed)}
    assert 0 < readings[LANGUAGE.stem(meant)] < 0.5


@pytest.mark.parametrize(
    ("word", "singular"),
    [("пианистер", "пианист"), ("пианистерге", "пианист"), ("солистердің", "солист"), ("патентерді", "патент")],
)
def test_a_loan_whose_plural_hides_its_t(word: str, singular: str) -> None:
    assert LANGUAGE.stem(word) == LANGUAGE.stem(singular)


@pytest.mark.parametrize(("word", "stem"), [("мастер", "master"), ("бастар", "bas")])
def test_words_in_ter_that_hide_nothing(word: str, stem: str) -> None:
    assert LANGUAGE.stem(word) == stem
