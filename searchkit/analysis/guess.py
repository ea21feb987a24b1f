"""The language of a text by py3langid's statistical model, for what `identify` leaves open.

The model takes a quarter to half a second to load, so it is loaded with the first text that needs it, and its answer
costs 10 to 40 µs. It knows Kazakh in Cyrillic alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

from searchkit import languages
from searchkit.languages.profile import profile

# Languages without a package that a text may be in; those of a script, and those of them that have sentences of a to z alone.
_OTHERS = {"Cyrl": ("ky", "uk", "be", "bg"), "Latn": ("az", "tk", "de", "fr", "es", "it", "pl")}
_OTHERS_OF_PLAIN_LETTERS = ("de", "fr", "es", "it")

MIN_LENGTH = 8
"""Shorter texts, in code points, are not worth a guess."""


def knows(code: str, script: str) -> bool:
    """Whether the model has seen a language in a script, or one that is treated as it."""
    return code in _candidates(script)


@cache
def _candidates(script: str, plain: bool = False) -> frozenset[str]:
    """The languages that a text in a script may be in; `plain`: that one without letters beyond a to z may be in."""
    ours = [code for code in languages.for_script(script) if script in profile(code).modelled]
    if plain:
        return frozenset([code for code in ours if not profile(code).accented]).union(_OTHERS_OF_PLAIN_LETTERS)
    return frozenset(ours).union(_OTHERS[script])


def guess(text: str, script: str) -> str:
    """The ISO 639-1 code of the likeliest language written in `script` ("Latn" or "Cyrl"); "" for a text too short."""
    if len(text) < MIN_LENGTH:
        return ""
    candidates = _candidates(script, plain=script == "Latn" and text.isascii())
    for code, _score in _ranking()(text):
        if code in candidates:
            return code
    return ""


@cache
def _ranking() -> Callable[[str], list[tuple[str, float]]]:
    from py3langid.langid import LanguageIdentifier

    identifier: Any
    try:
        identifier = _load()
    except OSError:
        with _unpacking_in_memory():
            identifier = _load()
    identifier.set_languages(sorted(frozenset[str]().union(*map(_candidates, languages.scripts()))))
    # A new one, of what was chosen: the first would keep the figures of all 140 languages, which take 24 MB.
    chosen = LanguageIdentifier(
        identifier.nb_ptc,
        identifier.nb_pc,
        identifier.nb_classes,
        identifier.tk_nextmove,
        identifier.tk_output,
        tk_row=identifier.tk_row,
    )
    rank: Callable[[str], list[tuple[str, float]]] = chosen.rank
    return rank


def _load() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


@contextmanager
def _unpacking_in_memory() -> Iterator[None]:
    """Have py3langid unpack its model into memory, not into a temporary file, for which a full disk has no room."""
    from py3langid import modelio

    files = modelio.tempfile
    modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: io.BytesIO())
    try:
        yield
    finally:
        modelio.tempfile = files
