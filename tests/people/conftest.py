"""Tokens for the tests of people: words cut by a plain pattern, so that these tests need nothing but people."""

import re

import pytest

from searchkit.model import Token
from searchkit.people import find, key, parse

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
