"""The other verb of an aspect pair: подписывать and подписать, решать and решить, строить and построить.

Grammars count the two as one verb, dictionaries and stems as two, so a query for one asks for the other too.

1. Pairs of other roots or with a prefix are listed in `data/aspect_pairs.tsv`.
2. Pairs formed by their endings (`_ENDINGS`) are two infinitives that the dictionary has, one of each aspect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from searchkit.languages.ru.dictionary import dictionary
from searchkit.languages.wordlists import read_pairs

_ENDINGS = tuple(
    pair.split("/")
    for pair in (
        # imperfective/perfective
        "ывать/ать ивать/ить ивать/ять ывать/оть авать/ать евать/еть ливать/лить овывать/овать "
        "шать/сить жать/дить жать/зить чать/тить щать/тить щать/стить "
        "ждать/дить влять/вить блять/бить млять/мить плять/пить "
        "нимать/нять нимать/ять имать/ять ирать/рать ирать/ереть ывать/ыть ивать/ить евать/ить "
        "кать/кнуть гать/гнуть гать/чь кать/чь кладывать/ложить лагать/ложить "
        "ходить/йти водить/вести носить/нести возить/везти езжать/ехать "
        "чинать/чать ставать/стать бегать/бежать сылать/слать зывать/звать"
    ).split()
)
_COMMONEST = (["ать", "ить"], ["ять", "ить"])
"""Endings that many pairs have by chance: asked for last."""
_IN_ROOT = {"шива": "си", "жива": "ди", "чива": "ти", "щива": "сти", "влива": "ви", "плива": "пи"}
"""-спрашивать, -спросить: the consonant before the ending changes, and о of the root becomes а."""
_LONGEST_CHANGE = 3


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one, other in read_pairs("ru", "aspect_pairs.tsv"):
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


def partners(infinitive: str) -> tuple[str, ...]:
    """The infinitives that make an aspect pair with one (small letters, е for ё); often there is none."""
    reflexive = "ся" if infinitive.endswith("ся") else ""
    plain = infinitive.removesuffix("ся")
    if listed := _listed().get(infinitive) or _listed().get(plain):
        return tuple(verb if verb.endswith("ся") else verb + reflexive for verb in listed)
    found = list(_by_aspect(infinitive))
    # замещать leads to заметить first, but that leads to замечать; заместить leads back.
    back = [verb for verb in found if next(_by_aspect(verb), "") == infinitive]
    return tuple((back or found)[:1])


def _by_aspect(infinitive: str) -> Iterator[str]:
    """The candidates that the dictionary has in the other aspect, the likeliest first."""
    reflexive = "ся" if infinitive.endswith("ся") else ""
    own = _aspects(infinitive)
    for verb in _candidates(infinitive.removesuffix("ся")):
        aspects = _aspects(verb + reflexive)
        if aspects and aspects != own:
            yield verb + reflexive


def _candidates(verb: str) -> Iterator[str]:
    """Candidates for the other verb of an aspect pair, the most telling endings first."""
    yield from _by_endings(verb, _ENDINGS)
    for imperfective, perfective in _IN_ROOT.items():
        if verb.endswith(imperfective + "ть"):
            root = verb[: -len(imperfective) - 2]
            yield from (root + perfective + "ть", _with_vowel(root, "а", "о") + perfective + "ть")
        elif verb.endswith(perfective + "ть"):
            root = verb[: -len(perfective) - 2]
            yield from (root + imperfective + "ть", _with_vowel(root, "о", "а") + imperfective + "ть")
    yield from _by_endings(verb, _COMMONEST)


def _by_endings(verb: str, pairs: Iterable[list[str]]) -> Iterator[str]:
    for imperfective, perfective in pairs:
        for before, after in ((imperfective, perfective), (perfective, imperfective)):
            if verb.endswith(before):
                root = verb[: -len(before)]
                yield root + after
                # зарабатывать, заработать; устраивать, устроить
                if imperfective[-5:] in ("ывать", "ивать"):
                    yield _with_vowel(root, *("ао" if before == imperfective else "оа")) + after


def _with_vowel(root: str, vowel: str, other: str) -> str:
    """The root with its last vowel changed, if that is `vowel`."""
    at = root.rfind(vowel)
    return root[:at] + other + root[at + 1 :] if at >= len(root) - _LONGEST_CHANGE and at > 0 else root


def _aspects(verb: str) -> set[str]:
    return {
        aspect
        for parse in dictionary().known(verb)
        if parse.of_verb and parse.lemma.replace("ё", "е") == verb
        for aspect in ("perf", "impf")
        if aspect in parse.lemma_tag
    }
