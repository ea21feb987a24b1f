"""The language that this process speaks: English, unless the command line chose another by the environment.

Functions for messages wherever the command line and what it shows are made; a page has a `Speech` of its own for each reader.
"""

from __future__ import annotations

import inspect

from searchkit.locale.catalogue import SOURCE, Speech, speech
from searchkit.locale.messages import translated

_chosen = speech(SOURCE)


def speak(code: str) -> None:
    """Speak a language from now on."""
    global _chosen
    _chosen = speech(code)


def spoken() -> Speech:
    """The language that is spoken."""
    return _chosen


def say(message: str, **values: object) -> str:
    """A message with its %(values)s."""
    return _chosen.say(message, **values)


def count(one: str, many: str, number: int, **values: object) -> str:
    """A message with a number, %(num)s."""
    return _chosen.count(one, many, number, **values)


def sentence(text: str) -> str:
    """A sentence of the library: an error, a reason."""
    return translated(text, _chosen)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each on one line; those that keep their lines begin with a backspace, as click has it."""
    return [
        part if part.startswith("\b") else " ".join(part.split())
        for part in inspect.cleandoc(text).split("\n\n")
        if part.strip()
    ]
