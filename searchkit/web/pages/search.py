"""/search: the documents that answer a query, with what narrows them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from searchkit.collection.results import Results
from searchkit.display.screen import one_line
from searchkit.engines import filter_meaning
from searchkit.errors import QueryError, SearchkitError
from searchkit.locale import N_, Speech
from searchkit.model import Hit, Snippet
from searchkit.web import charts, facet_lists
from searchkit.web.addresses import MATCHES, ORDERS, SIZES, AskedFor, permalink, read, without
from searchkit.web.replies import Site, named

PASSAGES = 3
QUERY_WORDS = 6
"""Words of a query that are read back."""
MATCH_NAMES = {
    "exact": N_("exactly as typed"),
    "forms": N_("all endings"),
    "scripts": N_("all alphabets"),
    "meanings": N_("all languages"),
}
ORDER_NAMES = {
    "score": N_("best first"),
    "newest": N_("newest first"),
    "oldest": N_("oldest first"),
    "added": N_("added last first"),
}
REASONS = {
    "exact": N_("as typed"),
    "stem": N_("another ending"),
    "transliteration": N_("another alphabet"),
    "spelling": N_("another spelling"),
    "name": N_("a name"),
    "translation": N_("a translation"),
    "prefix": N_("begins so"),
    "fuzzy": N_("nearly so"),
}


class HitView(NamedTuple):
    """A hit as the page shows it."""

    hit: Hit
    number: int
    url: str
    title: Any
    passages: tuple[Snippet, ...]
    why: tuple[tuple[str, str, str], ...]
    """(word of the query, forms found, reason)"""
    copies: int
    folder: str
    """What stands before the name of its file, with the last "/"; "" where documents are not told by it."""
    folder_url: str
    coins: str
    """For reference managers, which look for it on pages (OpenURL ContextObjects in Spans)."""


def page(site: Site, request: Request) -> Response:
    """The answer to a query, which goes out as it is made: how many there are, the hits, and then what narrows them."""
    said = site.speech(request)
    asked = read(request.query_params.multi_items())
    try:
        results, hits = site.holdings.index.search_one_by_one(asked.query, **_settings(asked, PASSAGES))
    except QueryError as error:
        return site.not_understood(request, error, asked)
    shown = asked.q or said.say("All documents")
    title = f"{shown} – {said.count('%(num)s document', '%(num)s documents', results.total)}"
    if asked.page > 1:
        title += " – " + said.say("page %(page)s", page=said.number(asked.page))
    return site.streamed(
        request,
        "search.html",
        title,
        site.etag(request),
        asked=asked,
        results=results,
        hits=HitViews(asked, hits, site.holdings.folders()) if results.total > asked.first and asked.n else None,
        narrowing=Narrowing(site, asked, results, said),
        pages=pages(asked, results.total),
        order=asked.order,
        match_names=MATCH_NAMES,
        matches=MATCHES,
        orders=ORDERS,
        order_names=ORDER_NAMES,
        sizes=SIZES,
        reasons=REASONS,
        language_name=lambda code: facet_lists.language_name(code, said),
        filter_name=lambda facet, value: facet_lists.filter_name(facet, value, said),
        concepts=[(word, _chips(site, asked, others)) for word, others in concepts(site, asked)],
        looser=loosened(site, asked, said) if not results.total else [],
    )


class HitViews:
    """The hits of a page as it shows them, one by one. `problem` is why there are no more, where something went wrong."""

    def __init__(self, asked: AskedFor, hits: Iterable[Hit], folders: Container[str]) -> None:
        self._asked, self._hits, self._folders = asked, hits, folders
        self.problem = ""

    def __iter__(self) -> Iterator[HitView]:
        try:
            for number, hit in enumerate(self._hits, self._asked.first + 1):
                yield view(self._asked, hit, number, self._folders)
        except SearchkitError as error:
            self.problem = str(error)


class Narrowing:
    """What narrows an answer, counted when the page comes to it. `problem` is why it could not be counted."""

    def __init__(self, site: Site, asked: AskedFor, results: Results, said: Speech) -> None:
        self._site, self._asked, self._results, self._said = site, asked, results, said
        self.problem = ""

    @cached_property
    def _counted(self) -> dict[Any, dict[str, int]]:
        try:
            return self._site.holdings.facets_of(self._asked)
        except SearchkitError as error:
            self.problem = str(error)
            return {}

    @property
    def facets(self) -> list[facet_lists.FacetList]:
        """Languages, types, folders."""
        return facet_lists.of_search(self._asked, "/search", self._counted, self._said)

    @property
    def persons(self) -> list[tuple[str, int, str]]:
        """Those whom most of the documents name."""
        return facet_lists.persons(self._asked, self._counted)

    @property
    def more_persons(self) -> int:
        """How many more are named."""
        return max(0, len(self._counted.get("person", {})) - facet_lists.FIRST)

    @property
    def chart(self) -> charts.Chart:
        """The years, or the months of one."""
        years = self._counted.get("year", {})
        return charts.years(self._asked, "/search", years, self._said, self._in_month)

    def _in_month(self, month: str) -> int:
        return total(self._site, self._asked.but(date=month))

    def active(self) -> Iterator[tuple[str, str, AskedFor, int | None]]:
        """Each active filter: (facet, value, the same question without it, in how many documents of this answer it stands)."""
        for facet, value, other in without(self._asked):
            yield facet, value, other, self._number(facet, value)

    def _number(self, facet: str, value: str) -> int | None:
        chosen = getattr(self._asked, facet)
        if facet == "less" or value.startswith("-"):
            return None
        if isinstance(chosen, str) or len(chosen) == 1:
            return self._results.total
        return self._counted.get({"lang": "language"}.get(facet, facet), {}).get(value, 0)


def _settings(asked: AskedFor, passages: int) -> dict[str, Any]:
    """What is asked for, as the index takes it. Raises QueryError."""
    return {
        "limit": asked.n,
        "offset": asked.first,
        "order": asked.order,
        "match": asked.match,
        "snippets": passages,
        "leave_out": asked.less,
        **asked.filters,
    }


def search(site: Site, asked: AskedFor, passages: int = PASSAGES) -> Results:
    """The hits of a page. Raises QueryError."""
    return site.holdings.index.search(asked.query, **_settings(asked, passages))


def total(site: Site, asked: AskedFor) -> int:
    """How many documents answer, in the order of their scores. Raises QueryError."""
    return search(site, asked.but(n=0, sort=""), passages=0).total


def view(asked: AskedFor, hit: Hit, number: int, folders: Container[str] = ()) -> HitView:
    """A hit with its links; `folders` are those that documents can be narrowed to."""
    folder = filter_meaning.folder_of(hit.id.partition("#")[0])
    is_known = folder in folders
    document = hit.document
    title = next((snippet for snippet in hit.snippets if snippet.field == "title"), None)
    url = AskedFor(q=asked.q, match=asked.match, id=hit.id, hit=number).url("/document")
    passages = tuple(snippet for snippet in hit.snippets if snippet.field == "text")
    first = "#m1" if hit.places else ""
    return HitView(
        hit,
        number,
        url + first,
        title or named(document),
        passages,
        _why(hit),
        hit.same_text,
        f"{folder}/" if is_known else "",
        asked.but(folder=folder).url("/search") if is_known else "",
        _coins(hit),
    )


def _coins(hit: Hit) -> str:
    document = hit.document
    fields = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.title": named(document),
        "rft.date": document.date or "",
        "rft.language": document.language or "",
        "rft.identifier": permalink(document),
    }
    return urlencode({name: value for name, value in fields.items() if value})


def _why(hit: Hit) -> tuple[tuple[str, str, str], ...]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    for snippet in hit.snippets:
        for mark in snippet.highlights:
            if mark.reason != "exact":
                form = one_line(snippet.text[mark.start : mark.end]).lower()
                found.setdefault((mark.query, mark.reason), {})[form] = None
    return tuple((query, ", ".join(forms), reason) for (query, reason), forms in found.items())


class Numbered(NamedTuple):
    """A page of an answer: its number, 0 for a gap, and its address."""

    number: int
    url: str
    current: bool


def pages(asked: AskedFor, total: int, path: str = "/search") -> list[Numbered]:
    """The first, the last and the neighbouring pages."""
    last = -(-total // asked.n) if asked.n else 1
    if last <= 1:
        return []
    wanted = sorted({1, last, *range(max(1, asked.page - 2), min(last, asked.page + 2) + 1)})
    found: list[Numbered] = []
    for number in wanted:
        if found and number - found[-1].number > 1:
            found.append(Numbered(0, "", False))
        found.append(Numbered(number, asked.url(path, page=number), number == asked.page))
    return found


def concepts(site: Site, asked: AskedFor) -> list[tuple[str, dict[str, str]]]:
    """The words of the query, each with its words in other languages as far as the answer looks for them: word -> language."""
    if asked.match != "meanings" or not asked.q:
        return []
    found = []
    for word in dict.fromkeys(part.strip('"()+-*~.,') for part in asked.q.split()[:QUERY_WORDS]):
        if len(word) > 2 and ":" not in word:
            others = {
                one: code
                for concept in site.holdings.concepts(word)[:2]
                for code, words in reversed(concept.words.items())
                for one in words[:2]
                if one.casefold() != word.casefold() and one not in asked.less
            }
            if others:
                found.append((word, dict(list(others.items())[:8])))
    return found


class Chip(NamedTuple):
    """A word that a word of the query is looked for as: in how many documents it stands, the addresses of a search for it alone, and of
    one without it."""

    word: str
    language: str
    number: int
    only: str
    without: str


def _chips(site: Site, asked: AskedFor, others: dict[str, str]) -> list[Chip]:
    """The words that stand in some document; where none does, all that were tried."""
    found = [_chip(site, asked, word, language) for word, language in others.items()]
    return [one for one in found if one.number] or found


def _chip(site: Site, asked: AskedFor, word: str, language: str) -> Chip:
    number = site.holdings.word_frequency(word)
    only, without = asked.but(q=word, less=()), asked.but(less=(*asked.less, word))
    return Chip(word, language, number, only.url("/search"), without.url("/search"))


def loosened(site: Site, asked: AskedFor, said: Speech) -> list[tuple[str, str, int]]:
    """What to try where nothing was found: (what it does, address, how many it would find)."""
    tries = [
        (said.say("without the filter %(value)s", value=facet_lists.filter_name(facet, value, said)), other)
        for facet, value, other in without(asked)
    ]
    if asked.match != "meanings":
        tries.append((said.say("in all languages, alphabets and endings"), asked.but(match="meanings")))
    counted = ((label, other, total(site, other)) for label, other in tries)
    return [(label, other.url("/search"), number) for label, other, number in counted if number]
