"""Languages that searchkit does not analyse, in whose sentences it reads the names of people.

Their words get the stems of the nearest language that has a module; but names take their endings, so that a name is found in every
case. Such a language has no module: `languages/<code>/data` holds `names.tsv` and `name_endings.tsv` (see `name_grammar`), and of
`profile.tsv` (see `profile`) the rows "certain" and "lacks", by which a line is known for one of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from searchkit.languages.profile import profile

NAMES: dict[str, str] = {
    "uk": "Ukrainian",
    "be": "Belarusian",
    "az": "Azerbaijani",
    "lv": "Latvian",
    "et": "Estonian",
}
"""ISO 639-1 codes and what the languages are called. A line is of the first that knows it."""

_SIGNS = {
    "Cyrl": re.compile("[ЄІЇєіїјЈўЎҐґҹҝҸҜ]"),
    "Latn": re.compile("[\u0100-\u0148\u0259\u018föõÖÕüÜäÄ]"),
}
"""Letters one of which each line has that is told, by its script."""


class _Telling(NamedTuple):
    code: str
    certain: re.Pattern[str]
    lacks: re.Pattern[str] | None


@cache
def _telling(script: str) -> tuple[_Telling, ...]:
    found = []
    for code in NAMES:
        facts = profile(code)
        if script in facts.certain:
            lacks = facts.lacks.get(script)
            found.append(_Telling(code, facts.certain[script], re.compile(f"[{lacks}]") if lacks else None))
    return tuple(found)


def may_be_told(text: str) -> bool:
    """Whether a text has a letter that any of these languages is told by; a quick check."""
    return any(signs.search(text) for signs in _SIGNS.values())


def told(line: str, script: str) -> str:
    """The language of a line that has words in a script (ISO 15924), "" where none of these is told."""
    if not _SIGNS[script].search(line):
        return ""
    for code, certain, lacks in _telling(script):
        if not (lacks and lacks.search(line)) and certain.search(line):
            return code
    return ""
