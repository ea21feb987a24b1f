"""The terms of the index, which OpenSearch does not list: they are read off the query that it makes of a beginning of a word.

A query for all words that begin in a way is rewritten by the cluster into one of single terms, the first of them in their
order, as many as it allows in a query; the next are asked for by an expression for what comes after the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from searchkit.engines.opensearch.connection import Connection
from searchkit.engines.opensearch.mapping import CUT, KIND_OF, text_of
from searchkit.engines.opensearch.mapping import term as written
from searchkit.terms.query_tree import Fuzzy, Prefix
from searchkit.terms.wire import MARKS
from searchkit.text import edit_distance

_ALL = 1_000_000
_PAGE = 1_000
"""A cluster allows at least so many terms in a query, if it was not told to allow fewer: a shorter list is the whole."""
_COMPARED = 60
"""Letters of the last term that the expression for the next ones looks at; expressions are limited in length."""
_LONGEST_FUZZY = 200
_LAST = "\U0010ffff"
_BOOST = re.compile(r"\)\^[0-9.E-]+")


class TermList:
    """The terms of an index of documents; some may stand in deleted documents alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beginning(self, field: str, text: str) -> Iterator[str]:
        """As they stand in the cluster, in their order."""
        kind = KIND_OF[field]
        start = written(field, text).partition(CUT)[0] if text else MARKS[field]
        query: dict[str, Any] = {"prefix": {kind: {"value": start, "rewrite": f"top_terms_{_ALL}"}}}
        seen: set[str] = set()
        unwritten = [f"{start}*"]  # what a shard without any such term gives: the query itself, as Lucene writes it
        while True:
            pages = [[term for term in page if term.startswith(start)] for page in self._pages(kind, query)]
            if unwritten in pages and not self._stands(kind, unwritten[0]):
                pages = [page for page in pages if page != unwritten]
            full = [page[-1] for page in pages if len(page) >= _PAGE]
            last = min(full, default=_LAST)
            new = sorted({term for page in pages for term in page if term <= last} - seen)
            yield from new
            if not full or not new:
                return
            seen = set(new)
            expression = {"value": _after(start, last), "rewrite": f"top_terms_{_ALL}"}
            query = {"regexp": {kind: expression | {"flags": "NONE", "max_determinized_states": 100_000}}}

    def _stands(self, kind: str, term: str) -> bool:
        index = self._connection.address.name
        body = {"query": {"term": {kind: term}}}
        return bool(self._connection.ask(lambda client: client.count(index=index, body=body))["count"])

    def of_prefix(self, one: Prefix) -> list[str]:
        """All terms of a prefix."""
        return list(self.beginning(one.field, one.text))

    def of_fuzzy(self, one: Fuzzy) -> list[str]:
        """All terms of a fuzzy term."""
        if not one.text:
            return []
        limit = min(one.distance, 2)
        texts = (term for term in self.near(one.field, one.text, limit) if term[:1] == one.text[:1])
        return [written(one.field, term) for term, _ in edit_distance.near(one.text, texts, limit)]

    def near(self, field: str, text: str, distance: int) -> list[str]:
        """The texts of all terms within so many edits, and perhaps of some others."""
        kind, mark = KIND_OF[field], MARKS[field]
        if not distance or len(text) > _LONGEST_FUZZY:
            return [text]
        if len(text) <= distance:
            # An automaton of edits keeps a letter at least.
            value = f"{mark}.{{1,{len(text) + distance}}}"
            query: dict[str, Any] = {
                "regexp": {kind: {"value": value, "flags": "NONE", "rewrite": f"top_terms_{_ALL}"}}
            }
        else:
            fuzzy = {"value": written(field, text), "fuzziness": distance, "prefix_length": 1, "transpositions": True}
            query = {"fuzzy": {kind: fuzzy | {"max_expansions": _PAGE, "rewrite": f"top_terms_{_ALL}"}}}
        return sorted({text_of(term) for page in self._pages(kind, query) for term in page})

    def _pages(self, kind: str, query: dict[str, Any]) -> list[list[str]]:
        """The terms of a query, in their order, shard by shard."""
        index = self._connection.address.name
        params = {"rewrite": "true", "all_shards": "true"}
        answer = self._connection.ask(
            lambda client: client.indices.validate_query(index=index, body={"query": query}, params=params)
        )
        rows = (row.get("explanation", "") for row in answer.get("explanations", ()))
        return [sorted(_terms(kind, row)) for row in rows]


def _terms(kind: str, explanation: str) -> Iterator[str]:
    """The terms in a rewritten query, as Lucene writes it: text:wone (text:wonce)^0.5."""
    for word in explanation.split(" "):
        if word.startswith(f"({kind}:") and (end := _BOOST.search(word, word.rfind(")^"))):
            yield word[len(kind) + 2 : end.start()]
        elif word.startswith(f"{kind}:"):
            yield word[len(kind) + 1 :]


def _after(start: str, last: str) -> str:
    """The expression for terms that begin with `start` and do not stand before `last`, of which some may come again."""
    last = last[: len(start) + _COMPARED]
    choices = [f"{_literal(last)}.*"]
    for place in range(len(start), len(last)):
        following = chr(ord(last[place]) + 1)
        if "\ud800" <= following <= "\udfff":
            following = "\ue000"
        choices.append(f"{_literal(last[:place])}[{_literal(following)}-{_LAST}].*")
    return "|".join(choices)


def _literal(text: str) -> str:
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)
