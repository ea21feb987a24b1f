"""The facts about names that languages declare: that they can be read, and what a language without any has."""

import pytest

from searchkit import languages
from searchkit.languages.name_grammar import NameGrammar, name_endings, name_grammar


@pytest.mark.parametrize("code", languages.codes())
def test_the_endings_that_a_language_asks_for_are_there(code):
    grammar = name_grammar(code)
    assert {*grammar.endings, *grammar.given_name_endings} <= name_endings().keys()


@pytest.mark.parametrize("code", ["", "hu", "xx", "../en"])
def test_a_language_that_declares_nothing_has_no_facts(code):
    assert name_grammar(code) == NameGrammar()


def test_facts_are_read():
    assert name_grammar("ru").every_part_declined
    assert not name_grammar("kk").every_part_declined
    assert "лась" in name_grammar("ru").verb_endings
    assert name_grammar("en").endings[0] == "en"


def test_transliterated_endings_come_last():
    assert list(name_endings())[-1] == "ru-Latn"
