"""The best matches of many, in the order of the formula, without its being worked out for each match.

First for some of the documents alone: whatever scores they have, the best of all are no worse. Then all matches are counted, and the
formula is worked out for those whose score may reach that (`within_reach`). As many documents as were asked for that do
reach it prove that none of them is missing, whatever the first answer was of; where there are fewer, since the index was changed between,
the formula is worked out for all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from searchkit.engines.opensearch.match_queries import Query

SAMPLE = 1_000
"""Matches of which the scores are worked out first; of fewer in all, there is nothing to be saved."""
SCRIPTS = 8
"""Scripts of a formula that costs more than to tell first which documents may have a score."""
MOST = 100
"""Hits that are looked for so: of more, too many of the others may be among them."""
_ROUNDING = 1e-5
Ask = Callable[[dict[str, Any]], dict[str, Any]]


def found(
    ask: Ask, body: dict[str, Any], matching: Query, within_reach: Callable[[float], Query | None], shards: int
) -> dict[str, Any]:
    """The answer to a search that sorts by score and counts all; `matching` finds its matches, and `within_reach` those among them that may have a
    score or a better one."""
    wanted = body["from"] + body["size"]
    if not 0 < wanted <= MOST or json.dumps(body["query"]).count('"script_score"') < SCRIPTS:
        return ask(body)
    sample = max(SAMPLE // shards, wanted)
    first = ask({**body, "from": 0, "size": wanted, "terminate_after": sample})
    hits = first["hits"]["hits"]
    if not first.get("terminated_early"):
        hits[:] = hits[body["from"] :]
        return first
    least = float(hits[-1]["_score"]) if len(hits) == wanted else 0.0
    near = within_reach(least)
    if near is None:
        return ask(body)
    # What is in `should` is worked out where what is in `filter` holds, and looked for nowhere else.
    scored = {"bool": {"filter": [near], "should": [body["query"]]}}
    second = ask({**body, "query": {"bool": {"filter": [matching], "should": [scored]}}})
    hits = second["hits"]["hits"]
    if len(hits) == body["size"] and float(hits[-1]["_score"]) >= least * (1 - _ROUNDING):
        return second
    return ask(body)
