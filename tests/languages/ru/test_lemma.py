"""Russian lemmas: listed words, names that are not listed, and which lemma a form has."""

from __future__ import annotations

import pytest

from searchkit.languages.ru.lemma import base, lemma, lemmas


@pytest.mark.parametrize(
    "forms",
    [
        "человек люди людей людям людьми",
        "ребенок дети детей детьми",
        "знать знает знали",
        "иметь имеет имели",
        "идти шел шла идут",
        "объем объема объемом",
        "заем займа займом",
        "хороший лучше лучшие",
        "написать написанный написана",
        "рабочий рабочие рабочих",
        "вооруженный вооруженная вооруженных вооруженными",
        "следующий следующая следующих следующими",
        "выдающийся выдающаяся выдающихся",
        "трудный трудно трудна",
        "премьер-министр премьер-министра",
    ],
)
def test_forms_of_a_listed_word_meet(forms: str) -> None:
    assert {lemma(form).text for form in forms.split()} == {forms.split()[0]}


@pytest.mark.parametrize(
    "forms",
    [
        # places
        "астана астаны астане астану астаной",
        "костанай костаная костанаю костанаем костанае",
        "фергана ферганы фергане фергану ферганой",
        "самарканд самарканда самаркандом",
        "тараз тараза таразе таразом",
        "кызылорда кызылорды кызылорде кызылордой",
        "шымкент шымкента шымкенте",
        "семея семею семеем семее",
        # given names
        "абай абая абаю абаем абае",
        "сергей сергея сергею сергеем сергее",
        "айгуль айгули айгулью",
        "алия алии алию алией алие",
        "фаридун фаридуна фаридуном",
        "шыныбай шыныбая шыныбаем",
        # surnames
        "назарбаев назарбаева назарбаеву назарбаевым назарбаевой",
        "байсеитов байсеитова байсеитовым байсеитовой байсеитовых",
        "токаев токаева токаевым",
        "валиханов валиханова валихановым",
        "алтынсарин алтынсарина алтынсариным",
        "мирзиеев мирзиеева мирзиеевым",
        "бектуровский бектуровского бектуровскому бектуровская бектуровской",
    ],
)
def test_forms_of_a_name_meet(forms: str) -> None:
    assert len({lemma(form).text for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "объем об",
        "заем за",
        "погром погреб",
        "марка мир",
        "париж пари",
        "бахрам бахча",
        "улытау улыта",
    ],
)
def test_other_words_stay_apart(words: str) -> None:
    assert len({lemma(word).text for word in words.split()}) == 2


def test_names_that_differ_in_gender_alone_share_a_lemma() -> None:
    assert lemma("александра").text == lemma("александрой").text == lemma("александру").text


def test_the_commonest_lemma_comes_first_and_the_others_follow() -> None:
    assert [one.text for one in lemmas("стали")][:2] == ["стать", "сталь"]
    assert {one.text for one in lemmas("стоит")} == {"стоить", "стоять"}


@pytest.mark.parametrize("word", ["", "ʼ", "ъ", "iphone", "кв\x01", "\ud800", "-", "а-", "-а", "қала", "к", "1990-е"])
def test_what_is_no_russian_word_is_left(word: str) -> None:
    assert lemma(word).text == word


def test_a_base_has_a_vowel() -> None:
    assert base("крым") == "крым"
    assert base("мстами") == "мстами"
