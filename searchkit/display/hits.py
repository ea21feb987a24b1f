"""The hits of a search, and a whole document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from searchkit.display import marked, metadata
from searchkit.display.screen import bold, count, dim, one_line
from searchkit.locale import N_
from searchkit.locale.spoken import count as several
from searchkit.locale.spoken import say, spoken
from searchkit.model import Highlight, Hit, Snippet

if TYPE_CHECKING:
    from searchkit.collection.results import Results


REASONS = (
    *(N_("exact"), N_("stem"), N_("transliteration"), N_("spelling")),
    *(N_("name"), N_("translation"), N_("prefix"), N_("fuzzy")),
)
"""Why a word is marked (see `model.Highlight`)."""


def past_the_end(total: int, limit: int) -> str:
    """The sentence for a page beyond the last one."""
    pages = -(-total // limit)
    if pages == 1:
        return say("There is only one page: %(documents)s found. Leave --page out.", documents=count(total, "document"))
    return say(
        "There are %(pages)s pages, %(documents)s in all: --page %(last)s is the last.",
        pages=spoken().number(pages),
        documents=count(total, "document"),
        last=pages,
    )


def heading(found: Results, first: int, last: int) -> str:
    """How many documents there are, and which of them follow."""
    if not found.total:
        return say("Nothing found.")
    shown = ""
    if last - first + 1 < found.total:
        number = spoken().number
        shown = say(", %(first)s to %(last)s shown", first=number(first), last=number(last))
    return count(found.total, "document") + shown


def results(found: Results, hits: Iterable[Hit], first: int, last: int) -> Iterator[str]:
    """The hits of a page, numbered `first` to `last`. Nothing for a page past the end."""
    if found.total and not found.hits:
        return
    yield heading(found, first, last)
    if found.suggestion:
        yield say("Did you mean: %(query)s", query=found.suggestion)
    if found.relaxed:
        yield say("No document holds all the words; these hold some of them.")
    elif found.complete < found.total:
        yield several(
            "%(num)s document holds all the words; below are those that hold some of them.",
            "%(num)s documents hold all the words; below are those that hold some of them.",
            found.complete,
        )
    for number, hit in enumerate(hits, first):
        yield ""
        yield from _hit(number, hit)


def _hit(number: int, hit: Hit) -> Iterator[str]:
    document = hit.document
    title = next((marked.snippet(s) for s in hit.snippets if s.field == "title"), None)
    title = title or bold(one_line(document.title))
    facts = " · ".join(part for part in (document.language, document.date) if part)
    yield f"{number}. {title or bold(hit.id)}" + (f"  [{facts}]" if facts else "")
    if title:
        yield "   " + dim(hit.id)
    for snippet in hit.snippets:
        if snippet.field == "text":
            page = say("p. %(page)s", page=snippet.page) + ": " if snippet.page is not None else ""
            before = "…" if snippet.start > 0 else ""
            after = "…" if snippet.end < len(document.text) else ""
            yield f"   {page}{before}{marked.snippet(snippet)}{after}"
    if hit.same_text:
        yield "   " + dim(several("same text as %(num)s other", "same text as %(num)s others", hit.same_text))
    why = _reasons(highlight for snippet in hit.snippets for highlight in _with_text(snippet))
    if why:
        yield "   " + dim(why)


def _with_text(snippet: Snippet) -> Iterator[tuple[Highlight, str]]:
    for highlight in snippet.highlights:
        yield highlight, snippet.text[highlight.start : highlight.end]


def _reasons(highlights: Iterable[tuple[Highlight, str]]) -> str:
    """ "memorandum: меморандумға, меморандум (transliteration)"; exact matches explain themselves."""
    words: dict[tuple[str, str], list[str]] = {}
    for highlight, text in highlights:
        if highlight.reason != "exact":
            forms = words.setdefault((highlight.query, highlight.reason), [])
            if (form := one_line(text).lower()) not in forms:
                forms.append(form)
    return "; ".join(f"{query}: {', '.join(forms)} ({say(reason)})" for (query, reason), forms in words.items())


def document(hit: Hit) -> Iterator[str]:
    """A whole document, its matching words marked, a line of its text a line."""
    shown = hit.document
    yield bold(one_line(shown.title) or shown.id)
    facts = {"id": shown.id, "language": shown.language, "date": shown.date, "source": shown.source, **shown.metadata}
    for name, value in facts.items():
        if value not in (None, "", [], {}):
            yield dim(f"{metadata.name_of(name)}: {metadata.value_of(value)}")
    yield ""
    whole = next((s for s in hit.snippets if s.field == "text"), None)
    text = marked.text(shown.text, ((h.start, h.end) for h in (whole.highlights if whole else ())))
    yield from (line.removesuffix("\r") for line in text.split("\n"))
