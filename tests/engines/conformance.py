"""The suite that every engine passes unchanged. What it consists of:

    test_changes    batches: add, replace, remove, exceptions, locks, several handles
    test_crashes    writers that are killed, readers beside a writer
    test_queries    every node of the query tree; documents and expected ids are data (searches.json)
    test_scores     generated collections and trees against `reference`, which follows the docstring of engines.base
    test_reading    paging, orders, ids, fetching, frequencies, suggestions, odd ids and terms

Each test runs for each engine in the registry whose libraries are installed (see conftest.py). Where the docstring of
engines.base leaves something open, the suite says:

- The mean length of a field is over all documents, those without a term in it included.
- A sequence is scored in the field of its first term; the weights of the terms in its slots do not count.
  A length of a field that has no terms in any document is 0 of the mean.
- A sequence stands within one document. One without any filled slot, a group without alternatives and a fuzzy term without text match nothing.
- Distances are those of `text.edit_distance`; a fuzzy term's is 2 at most.
- A document without a date lies in no range of dates.
- Paths are compared without regard to case; * in a glob takes in slashes.
"""

from __future__ import annotations

from typing import Any

from searchkit.engines.base import Record
from searchkit.terms import query_tree
from searchkit.terms.fields import TEXT_FIELDS, TITLE_FIELDS


def record(
    id: str,
    word: str = "",
    *,
    stem: str | None = None,
    name: str | None = None,
    title: str = "",
    hash: str = "",
    stored: bytes = b"",
    languages: tuple[str, ...] = (),
    date: str = "",
    path: str = "",
    file: str = "",
) -> Record:
    """A record; terms are given with blanks between, _ for none. Stems are the words, names none, if not given."""
    rows = {"word": word, "stem": word if stem is None else stem, "title_word": title, "title_stem": title}
    terms = {field: ["" if term == "_" else term for term in row.split()] for field, row in rows.items()}
    terms["name"] = (
        [""] * len(terms["word"]) if name is None else ["" if term == "_" else term for term in name.split()]
    )
    terms["title_name"] = [""] * len(terms["title_word"])
    for fields in (TEXT_FIELDS, TITLE_FIELDS):
        assert len({len(terms[field]) for field in fields}) == 1, "the fields of a kind are of one length"
    return Record(
        id, hash or f"hash of {id}", terms, stored or id.encode("utf-8", "replace"), languages, date, path, file
    )


def group(*alternatives: Any, boost: float = 1.0) -> query_tree.Group:
    return query_tree.Group(alternatives, boost=boost)


def word(text: str) -> query_tree.Group:
    """A group of one term in the field word."""
    return group(query_tree.Term("word", text))


def found(engine: Any, query: query_tree.Node) -> list[str]:
    """The ids of all matches, in order; every way to ask for them must agree."""
    ids = list(engine.select(query))
    page = engine.search(query, limit=len(ids) + 10)
    assert page.total == len(ids)
    assert sorted(id for id, _ in page.matches) == ids
    return ids
