"""Words: what they become in the index, and their concepts in the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.locale import N_
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.analysis.analyse import Explanation
    from searchkit.lexicon.table import Concept

REASONS = (
    N_("exact"),
    N_("stem"),
    N_("transliteration"),
    N_("spelling"),
    N_("name"),
    N_("translation"),
    N_("prefix"),
    N_("fuzzy"),
)
"""Why a term is looked for, as `query.explain` says it."""
STEPS = (
    N_("Latin of 2021"),
    N_("Latin of 2018"),
    N_("Latin of 2017"),
    N_("Latin of the Turkish kind"),
    N_("everyday Latin"),
    N_("loan in -ия"),
    N_("lemma"),
    N_("not in the dictionary, without its ending"),
)
"""Names of steps that languages make up; `locale.compile` finds the others in the source and in the tables of endings."""
THE_STEM = N_("the stem")
ROOTS = (N_("known root"), N_("no known root"), N_("unknown root"))
"""How the last step of a word of Kazakh or Uzbek begins."""


def concept(shown: Concept) -> Iterator[str]:
    """A concept of the lexicon, a language a line."""
    yield say("%(table)s, line %(line)s (%(kind)s)", table=shown.field, line=shown.line, kind=shown.pos)
    for code, words in shown.words.items():
        yield f"   {code}  {'; '.join(words)}"


def _named(name: str) -> str:
    """What a step is called: an ending by what it means, -лар being the same in every language; the root that is known."""
    form, sign, meaning = name.partition(": ")
    if sign and form.startswith("-"):
        return f"{form}: {say(meaning)}"
    known = next((one for one in ROOTS if name.startswith(one)), "")
    if not known:
        return say(name)
    root, _, more = name.removeprefix(known).strip().partition("; ")
    return "; ".join(filter(None, (f"{say(known)} {root}".strip(), say(more))))


def explanation(word: Explanation) -> Iterator[str]:
    """How a word becomes its stem, a step a line."""
    token = word.token
    yield f"{token.text}  [{token.language}]"
    for step in word.steps:
        change = f"{step.before} → {step.after}" if step.before != step.after else step.after
        kind = say(THE_STEM if step.kind == "stem" else step.kind)
        yield f"   {change}   {kind}: {_named(step.name)}"
    parts = [say("word %(word)s", word=token.word), say("stem %(stem)s", stem=token.stem)]
    if token.name:
        parts.append(say("name %(name)s", name=token.name))
    yield f"   {', '.join(parts)}"
