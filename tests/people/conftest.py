"""Tokens for the tests of people: words cut by a plain pattern, so that these tests need nothing but people."""

import re

import pytest

from searchkit.model import Token
from searchkit.people import key

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ`´][^\W\d_]+)*[’ʻʼ]?|\d+")
_APOSTROPHE = re.compile("['’‘ʻʼ`´]")


def make_tokens(text, language=""):
    tokens = []
    for match in _WORD.finditer(text):
        word = _APOSTROPHE.sub("ʻ", match[0].lower())
        tokens.append(Token(match[0], match.start(), match.end(), language, word, "", key(match[0], word, language)))
    return tokens


@pytest.fixture(scope="session")
def tokens():
    """tokens(text, language) -> the tokens of the text."""
    return make_tokens
