"""Tokens for the tests of people: words cut by a plain pattern, so that these tests need nothing but people."""

import re

import pytest

from searchkit.model import Token
from searchkit.people import candidates, find, key, parse
from searchkit.terms.query_tree import And, Group, Or, Prefix, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ`´][^\W\d_]+)*[’ʻʼ]?|\d+")
_APOSTROPHE = re.compile("['’‘ʻʼ`´]")


def _tokens(text, language=""):
    found = []
    for match in _WORD.finditer(text):
        word = _APOSTROPHE.sub("ʻ", match[0].lower())
        found.append(Token(match[0], match.start(), match.end(), language, word, "", key(match[0], word, language)))
    return found


@pytest.fixture(scope="session")
def tokens():
    """tokens(text, language) -> the tokens of the text, without stems, one language for all."""
    return _tokens


@pytest.fixture(scope="session")
def all_found():
    """all_found(name, text, language) -> the places of the text that name the person."""

    def places(name, text, language="kk"):
        return list(find(parse(name), _tokens(text, language), text))

    return places


def _answers(node, keys):
    """Whether a document of these `name` terms answers the tree."""
    if isinstance(node, And):
        return all(_answers(child, keys) for child in node.children)
    if isinstance(node, Or):
        return any(_answers(child, keys) for child in node.children)
    assert isinstance(node, Group)
    return any(_holds(alternative, keys) for alternative in node.alternatives)


def _holds(leaf, keys):
    if isinstance(leaf, Sequence):
        width = len(leaf.slots)
        return any(
            all(
                not slot or any(_holds(slot_leaf, [key]) for slot_leaf in slot)
                for slot, key in zip(leaf.slots, part, strict=True)
            )
            for part in (keys[i : i + width] for i in range(len(keys) - width + 1))
        )
    if leaf.field != "name":
        return False
    return any(key.startswith(leaf.text) if isinstance(leaf, Prefix) else key == leaf.text for key in keys if key)


@pytest.fixture(scope="session")
def is_candidate():
    """is_candidate(name, tokens) -> whether a document of these tokens answers the query for candidates."""

    def answers(name, tokens):
        return _answers(candidates(parse(name)), [token.name for token in tokens])

    return answers
