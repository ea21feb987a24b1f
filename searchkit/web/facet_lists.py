"""Facets as lists to choose from: each value with its count, the address that takes it in, and those of it alone and without it.

Counts leave out the facet's own filter, so that each number says what another choice would give. A value that is chosen stays in
the list, also at 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from searchkit import languages
from searchkit.locale import N_, Speech
from searchkit.web.addresses import AskedFor, toggled

FIRST = 8
"""Values that are shown before the reader asks for all."""


KINDS = {
    "full name": N_("full name"),
    "given name and patronymic": N_("given name and patronymic"),
    "initials": N_("initials"),
    "surname alone": N_("surname alone"),
    "given name alone": N_("given name alone"),
    "one name": N_("one name"),
    "named after": N_("named after the person"),
    "unsure": N_("score below 0.8"),
}
"""Kinds of mentions, as the library and the facet name them."""


class FacetValue(NamedTuple):
    """A value that can be chosen. `label` is for people, `only` and `without` are addresses."""

    value: str
    label: str
    number: int
    selected: bool
    only: str
    without: str


class FacetList(NamedTuple):
    """A facet: the parameter that it sets, its heading, its values, and how many values there are beyond these."""

    parameter: str
    heading: str
    values: tuple[FacetValue, ...]
    more: int = 0
    note: str = ""
    all_url: str = ""


def language_name(code: str, said: Speech) -> str:
    """A language by its name in the reader's."""
    return said.say(languages.get(code).name) if code in languages.codes() else code


def filter_name(facet: str, value: str, said: Speech) -> str:
    """An active filter as the page calls it."""
    if facet == "less":
        return said.say("not as %(word)s", word=value)
    if value.startswith("-"):
        return said.say("without %(value)s", value=filter_name(facet, value[1:], said))
    if facet == "lang":
        return language_name(value, said)
    if facet == "kind":
        return said.say(KINDS.get(value, value))
    if facet == "date":
        return said.say("without a date") if value == "none" else said.date(value)
    return value


def languages_of(counted: Mapping[str, int], said: Speech) -> list[tuple[str, int, str]]:
    """The languages of the collection: (name, documents, the address that finds them)."""
    return [
        (language_name(code, said), count, AskedFor(lang=(code,)).url("/search"))
        for code, count in counted.items()
        if code
    ]


def of_search(asked: AskedFor, path: str, counted: Mapping[Any, Mapping[str, int]], said: Speech) -> list[FacetList]:
    """Languages, types and folders of an answer, the first of each; the years are a picture of their own."""
    found = [
        _languages(asked, path, counted, said),
        _types(asked, path, counted, said),
        _folders(asked, path, counted.get("folder", {}), said),
    ]
    return [one for one in found if one.values]


def of_field(asked: AskedFor, path: str, counted: Mapping[Any, Mapping[str, int]], said: Speech) -> FacetList | None:
    """All values of the facet that `asked.all` names, folders by their whole path; None for a facet that is not there.

    Their addresses are of the answer."""
    answer = asked.but(all="", find="", letter="")
    if asked.all == "lang":
        return _languages(answer, path, counted, said, True)
    if asked.all == "type":
        return _types(answer, path, counted, said, True)
    if asked.all == "folder":
        totals = folder_totals(counted.get("folder", {}))
        folders = below_common(totals)
        entries = [_folder(answer, path, one, one, totals[one]) for one in folders]
        entries.sort(key=lambda one: (-one.number, one.value))
        return FacetList("folder", said.say("Folder"), tuple(entries))
    return None


def _languages(
    asked: AskedFor, path: str, counted: Mapping[Any, Mapping[str, int]], said: Speech, all_values: bool = False
) -> FacetList:
    return _several(
        asked,
        path,
        "lang",
        said.say("Language"),
        {code: (language_name(code, said), count) for code, count in counted.get("language", {}).items() if code},
        said.say("A document in two languages counts in both."),
        all_values,
        lambda code: language_name(code, said),
    )


def _types(
    asked: AskedFor, path: str, counted: Mapping[Any, Mapping[str, int]], said: Speech, all_values: bool = False
) -> FacetList:
    values = {ending: (ending, count) for ending, count in counted.get("type", {}).items() if ending}
    return _several(asked, path, "type", said.say("File type"), values, "", all_values)


def persons(asked: AskedFor, counted: Mapping[Any, Mapping[str, int]]) -> list[tuple[str, int, str]]:
    """Those whom most documents of an answer name: (name, documents, the address of every place that names them)."""
    first = list(counted.get("person", {}).items())[:FIRST]
    return [(name, count, asked.mentions_of(name).url("/mentions")) for name, count in first]


def kinds(asked: AskedFor, path: str, counted: Counter[str], said: Speech) -> FacetList:
    """The kinds of mentions."""
    values = {
        kind: (said.say(name), counted[kind]) for kind, name in KINDS.items() if counted[kind] or kind in asked.kind
    }
    return _several(asked, path, "kind", said.say("Kind of mention"), values, "", True)


def _several(
    asked: AskedFor,
    path: str,
    parameter: str,
    heading: str,
    values: Mapping[str, tuple[str, int]],
    note: str,
    all_values: bool,
    name: Callable[[str], str] | None = None,
) -> FacetList:
    """`name` says how a value is called that is chosen and stands in no document."""
    chosen: tuple[str, ...] = getattr(asked, parameter)
    named = name or str
    absent = [value for value in chosen if not value.startswith("-") and value not in values]
    shown = {**{value: (named(value), 0) for value in absent}, **values}
    entries = [
        FacetValue(
            value,
            label,
            count,
            value in chosen,
            asked.but(**{parameter: (value,)}).url(path),
            asked.but(**{parameter: toggled(chosen, f"-{value}")}).url(path),
        )
        for value, (label, count) in shown.items()
    ]
    kept = entries if all_values else [one for number, one in enumerate(entries) if number < FIRST or one.selected]
    note = note if len(entries) > 1 else ""
    address = asked.url("/values", all=parameter, page=1)
    return FacetList(parameter, heading, tuple(kept), len(entries) - len(kept), note, address)


def _folders(asked: AskedFor, path: str, counted: Mapping[str, int], said: Speech) -> FacetList:
    """The folders below the chosen one, or below what all have in common; each with all that is in it, however deep."""
    totals = folder_totals(counted)
    chosen = asked.folder.removeprefix("-").rstrip("/")
    top = chosen or _common(totals)
    children = [folder for folder in totals if folder.rpartition("/")[0] == top and folder != top]
    if not children and chosen:
        children = [chosen]
    if not chosen and top and not children:
        children = [top]
    entries = [
        _folder(
            asked,
            path,
            folder,
            folder.removeprefix(top + "/") if top and folder != top else folder.rpartition("/")[2] or folder,
            totals.get(folder, 0),
        )
        for folder in sorted(children, key=lambda folder: (-totals.get(folder, 0), folder))
    ]
    kept = entries[:FIRST]
    address = asked.url("/values", all="folder", page=1)
    return FacetList("folder", said.say("Folder"), tuple(kept), len(entries) - len(kept), all_url=address)


def _folder(asked: AskedFor, path: str, folder: str, label: str, count: int) -> FacetValue:
    only, without = asked.but(folder=folder).url(path), asked.but(folder=f"-{folder}").url(path)
    return FacetValue(folder, label, count, folder == asked.folder, only, without)


def folder_totals(counted: Mapping[str, int]) -> Counter[str]:
    """Documents in each folder and all below it, from those that lie in each directly."""
    totals: Counter[str] = Counter()
    for folder, count in counted.items():
        while folder:
            totals[folder] += count
            folder = folder.rpartition("/")[0]
    return totals


def below_common(totals: Mapping[str, int]) -> list[str]:
    """The folders in order, without those above the deepest that all others lie in."""
    top = _common(totals)
    return sorted(folder for folder in totals if not top or folder == top or folder.startswith(f"{top}/"))


def _common(folders: Iterable[str]) -> str:
    """The deepest folder that all others lie in, "" for none."""
    split = [folder.split("/") for folder in folders]
    if not split:
        return ""
    depth = 0
    longest = max(split, key=len)
    while depth < len(longest) and all(one[depth] == longest[depth] if depth < len(one) else True for one in split):
        depth += 1
    common = longest[:depth]
    # A folder that is a leaf itself is chosen from its parent.
    return "/".join(common[:-1] if depth == len(longest) else common)
