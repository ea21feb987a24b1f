"""Which language a user wants: by SEARCHKIT_LANG or the locale in a terminal, by the browser's list on a page."""

from __future__ import annotations

import os
from collections.abc import Mapping

from searchkit.locale.catalogue import LANGUAGES, SOURCE


def of_environment(environment: Mapping[str, str] | None = None) -> str:
    """The language of the command line: SEARCHKIT_LANG, else the locale as POSIX names it."""
    given = os.environ if environment is None else environment
    for name in ("SEARCHKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := given.get(name):
            return _code(value) or SOURCE
    return SOURCE


def preferred(header: str) -> str:
    """The first of our languages in an Accept-Language header (RFC 9110), by its weights; English where there is none."""
    weighed = []
    for place, part in enumerate(header.split(",")[:50]):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.partition("=")[2] or 1) if weight else 1.0
        except ValueError:
            quality = 0.0
        code = _code(tag)
        if code and quality > 0:
            weighed.append((-quality, place, code))
    return min(weighed)[2] if weighed else SOURCE


def _code(tag: str) -> str | None:
    """The language of a tag such as kk-KZ or ru_RU.UTF-8, where we speak it."""
    code = tag.strip().replace("_", "-").partition("-")[0].partition(".")[0].lower()
    return code if code in LANGUAGES else None
