"""The dictionary read in place gives what pymorphy3 gives."""

from __future__ import annotations

import pytest

from searchkit.languages.ru.dictionary import dictionary

WORDS = (
    "люди людьми стали стоит объем заем города городов написанный наилучшего подольше елка мед ее иванова марина "
    "читающего читав россия ташкента алматы все всё пол полка мечте заведующая три двумястами нельзя который"
).split()


@pytest.mark.parametrize("word", WORDS)
def test_known_words_have_the_parses_of_pymorphy(word: str) -> None:
    pymorphy3 = pytest.importorskip("pymorphy3", reason="pymorphy3 is a test dependency")
    theirs = _analyser(pymorphy3).parse(word)
    ours = dictionary().known(word)
    # We keep the prefixes of degree in the lemma.
    assert {(one.lemma.removeprefix("наи").removeprefix("по"), one.tag) for one in ours} == {
        (one.normal_form.removeprefix("по"), str(one.tag)) for one in theirs
    }
    if len({one.share for one in ours}) > 1:
        assert {one.lemma for one in ours if one.share == ours[0].share} & {theirs[0].normal_form}


def _analyser(module, made=[]):  # type: ignore[no-untyped-def]  # noqa: B006
    if not made:
        made.append(module.MorphAnalyzer())
    return made[0]


def test_a_word_that_is_not_listed_has_no_parse() -> None:
    assert dictionary().known("таразом") == []
    assert dictionary().known("") == []


def test_the_end_of_a_word_tells_what_it_may_be() -> None:
    assert dictionary().guessed("загуглить")[0].tag.startswith("INFN")
    assert "NOUN" in dictionary().guessed("блогеризация")[0].tag


def test_e_is_looked_up_as_yo_too() -> None:
    assert {one.lemma for one in dictionary().known("мел")} == {"мел", "мести"}
    assert {one.lemma for one in dictionary().known("елка")} == {"ёлка"}
