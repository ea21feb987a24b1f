"""The one registry of languages: their codes, scripts and modules.

A language module offers `LANGUAGE`, a `languages.base.Language`. It is imported when `get` first asks for it,
so that a search in one language does not pay for the tables of another. A new language needs its line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from searchkit.errors import SearchkitError
from searchkit.languages.base import Language


class Registered(NamedTuple):
    """A line of the registry.

    `scripts`: those the language is written in (ISO 15924). `asked`: whether every query is read in it; a query is read in
    the others where the collection holds them. `usual`: the script whose texts are of this language where nothing else is known.
    """

    scripts: tuple[str, ...]
    asked: bool = False
    usual: str = ""


# By ISO 639-1 code. The order is the order of `codes()`.
REGISTRY: dict[str, Registered] = {
    "en": Registered(("Latn",), asked=True, usual="Latn"),
    "kk": Registered(("Cyrl", "Latn"), asked=True),
    "uz": Registered(("Latn", "Cyrl"), asked=True),
    "ru": Registered(("Cyrl",), asked=True, usual="Cyrl"),
    "tr": Registered(("Latn",)),
    "hu": Registered(("Latn",)),
}

_loaded: dict[str, Language] = {}


def codes() -> tuple[str, ...]:
    """The ISO 639-1 codes of all languages; imports none of them."""
    return tuple(REGISTRY)


def for_script(script: str) -> tuple[str, ...]:
    """The codes of the languages written in a script (ISO 15924: "Latn", "Cyrl"); imports none of them.

    A script that no language uses gives an empty tuple.
    """
    return tuple(code for code, entry in REGISTRY.items() if script in entry.scripts)


def scripts() -> tuple[str, ...]:
    """The scripts (ISO 15924) that the languages are written in; imports none of them."""
    return tuple(dict.fromkeys(script for entry in REGISTRY.values() for script in entry.scripts))


def usual_for(script: str) -> str:
    """The code of the language that a text in a script is taken for where nothing else is known; "" for other scripts."""
    return next((code for code, entry in REGISTRY.items() if script and entry.usual == script), "")


def is_always_asked(code: str) -> bool:
    """Whether every query is read in a language, even where the collection holds no text in it; imports none."""
    return REGISTRY[code].asked


def get(code: str) -> Language:
    """The language of an ISO 639-1 code, imported on its first use. Raises SearchkitError for any other code."""
    language = _loaded.get(code)
    if language is None:
        if code not in REGISTRY:
            raise SearchkitError(f"There is no language {code!r}; choose one of {', '.join(REGISTRY)}.")
        language = cast(Language, import_module(f"{__name__}.{code}").LANGUAGE)
        _loaded[code] = language
    return language
