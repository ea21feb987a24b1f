"""Aspect pairs."""

from __future__ import annotations

import pytest

from searchkit.languages.ru.aspect import partners


@pytest.mark.parametrize(
    ("imperfective", "perfective"),
    [
        ("подписывать", "подписать"),
        ("решать", "решить"),
        ("спрашивать", "спросить"),
        ("зарабатывать", "заработать"),
        ("создавать", "создать"),
        ("принимать", "принять"),
        ("собирать", "собрать"),
        ("изменять", "изменить"),
        ("отправлять", "отправить"),
        ("посещать", "посетить"),
        ("находить", "найти"),
        ("заниматься", "заняться"),
        ("замещать", "заместить"),  # not заметить
        ("размещать", "разместить"),
        ("вырастать", "вырасти"),
        ("строить", "построить"),  # listed
        ("говорить", "сказать"),
    ],
)
def test_each_verb_of_a_pair_leads_to_the_other(imperfective: str, perfective: str) -> None:
    assert partners(imperfective) == (perfective,)
    assert partners(perfective) == (imperfective,)


@pytest.mark.parametrize("verb", ["знать", "быть", "мочь", "существовать", "xyz", ""])
def test_many_verbs_have_none(verb: str) -> None:
    assert partners(verb) == ()
