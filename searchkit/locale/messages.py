"""The library's sentences in the user's language: errors, and the reasons why files could not be read.

They are raised, and kept in the list of files, in English, since a file may be read years before somebody asks in another
language. Here a sentence is recognised by its template, such as "“{0}” is not a date: {1}.", and said in that of another
language with the same values. The templates are the messages of the catalogues that have {0} in them, and those without;
a sentence that no template fits stays as it is. `compile` finds them in the source, and says which are not translated.
"""

from __future__ import annotations

import re
from functools import cache

from searchkit import lazy
from searchkit.locale.catalogue import SOURCE, Speech

_PLACE = lazy.regex(r"\{(\d+)\}")
_IN_BRACKETS = lazy.regex(r"(?<=\()[A-Z][a-z]+(?=\))")


def translated(sentence: str, speech: Speech) -> str:
    """A sentence of the library in a language."""
    if speech.code == SOURCE or not sentence:
        return sentence
    whole = speech.say(sentence)
    if whole != sentence:
        return whole
    template, values = recognised(sentence)
    if template is None:
        return sentence
    said = speech.say(template)
    return _PLACE.sub(lambda place: _value(values[int(place[1])], speech), said)


def _value(value: str, speech: Speech) -> str:
    """A value of a sentence: a part that is a sentence itself, or a list such as "kk (Kazakh), uz (Uzbek)", is translated."""
    return _IN_BRACKETS.sub(lambda name: speech.say(name[0]), translated(value, speech))


def code(sentence: str) -> str | None:
    """What programs know a sentence by: its template, in small letters and dashes; None for one that is not known."""
    template, _ = recognised(sentence)
    if template is None:
        return None
    words = re.findall(r"[a-z]+", _PLACE.sub("", template).lower())
    return "-".join(words[:6])


def recognised(sentence: str) -> tuple[str | None, tuple[str, ...]]:
    """(the template of a sentence, the values in it); (None, ()) for a sentence of nobody here."""
    for template, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            return template, found.groups()
    return None, ()


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The templates, those with most words of their own first."""
    from searchkit.locale.templates import templates

    ordered = sorted(templates(), key=lambda template: -len(_PLACE.sub("", template)))
    return [(template, _pattern(template)) for template in ordered]


def _pattern(template: str) -> re.Pattern[str]:
    parts = _PLACE.split(template)
    return re.compile(
        "".join("(.*?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)), re.DOTALL
    )
