"""Clusters that only their sound joins: Donald Trump in English documents and Дональд Трамп in Russian ones.

Forms are merged by their letters first (`clusters.py`). What a name of the world's news sounds like takes a millisecond a word to
foresee, so that only the most mentioned persons that have no form in Cyrillic are looked for among those that have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from searchkit.people.names.key_prefixes import part_key_prefixes
from searchkit.people.names.name_parser import make_part
from searchkit.people.recognition.recognised_form import NameForm
from searchkit.people.resolution.clusters import Cluster, same_person
from searchkit.people.spelling.phonemes import is_cyrillic, lower
from searchkit.people.spelling.phonetic_key import key

MOST = 300
"""How many persons, the most mentioned first, are looked for."""


def same_by_sound(mentions: Mapping[Cluster, int]) -> dict[Cluster, Cluster]:
    """Clusters, given with their mentions, that name the person of another -> that other."""
    latin: list[Cluster] = []
    by_key: dict[str, list[Cluster]] = {}
    for cluster in mentions:
        form = _in_cyrillic(cluster.forms)
        if form is not None:
            surname = key(form.surname, lower(form.surname), form.language)
            for cut in range(1, len(surname) + 1):
                by_key.setdefault(surname[:cut], []).append(cluster)
        elif cluster.forms[0].full:
            latin.append(cluster)
    if not by_key:
        return {}
    latin.sort(key=lambda cluster: (-mentions[cluster], cluster.forms[0].text))
    found = ((cluster, _the_only_one(cluster, by_key)) for cluster in latin[:MOST])
    return {cluster: other for cluster, other in found if other is not None}


def _in_cyrillic(forms: Iterable[NameForm]) -> NameForm | None:
    return next((form for form in forms if form.full and is_cyrillic(form.surname)), None)


def _the_only_one(cluster: Cluster, by_key: Mapping[str, list[Cluster]]) -> Cluster | None:
    """The cluster whose given name and surname both sound as those of this one; None where two do."""
    form = cluster.forms[0]
    near = {other: None for prefix in part_key_prefixes(make_part(form.surname)) for other in by_key.get(prefix, ())}
    same = []
    for other in near:
        theirs = _in_cyrillic(other.forms)
        if theirs is not None and other.distance(form) is None and same_person(form, theirs) is None:
            continue
        same.append(other)
    return same[0] if len(same) == 1 else None
