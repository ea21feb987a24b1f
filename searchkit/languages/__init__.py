"""The one registry of languages: their codes, scripts and modules.

A language module offers `LANGUAGE`, a `languages.base.Language`. It is imported when `get` first asks for it,
so that a search in one language does not pay for the tables of another. A new language needs its line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from searchkit.errors import SearchkitError
from searchkit.languages.base import Language

# code: the scripts it is written in (ISO 15924). The order is the order of `codes()`.
_SCRIPTS: dict[str, tuple[str, ...]] = {
    "en": ("Latn",),
    "kk": ("Cyrl", "Latn"),
    "uz": ("Latn", "Cyrl"),
    "ru": ("Cyrl",),
    "tr": ("Latn",),
    "hu": ("Latn",),
}

_loaded: dict[str, Language] = {}


def codes() -> tuple[str, ...]:
    """The ISO 639-1 codes of all languages; imports none of them."""
    return tuple(_SCRIPTS)


def for_script(script: str) -> tuple[str, ...]:
    """The codes of the languages written in a script (ISO 15924: "Latn", "Cyrl"); imports none of them.

    A script that no language uses gives an empty tuple.
    """
    return tuple(code for code, scripts in _SCRIPTS.items() if script in scripts)


def get(code: str) -> Language:
    """The language of an ISO 639-1 code, imported on its first use. Raises SearchkitError for any other code."""
    language = _loaded.get(code)
    if language is None:
        if code not in _SCRIPTS:
            raise SearchkitError(f"There is no language {code!r}; choose one of {', '.join(_SCRIPTS)}.")
        language = cast(Language, import_module(f"{__name__}.{code}").LANGUAGE)
        _loaded[code] = language
    return language
