"""How the command line shows things: values in, lines of text out.

With `styled`, titles and marked words carry terminal colours; without, marked words stand between double asterisks
and nothing else is added, so that a pipe gets plain text.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from click import style

from searchkit.model import Failure, Highlight, Hit, Mention, Namesake, Person, Snippet, SyncReport

if TYPE_CHECKING:
    from searchkit.analysis.analyse import Explanation
    from searchkit.collection.index import Results
    from searchkit.lexicon.table import Concept

FAILURES_SHOWN = 20
"""Failures of one reason beyond this many are only counted."""
FEW = 5
"""Files named in one line."""
COMPANY_SHOWN = 6
"""Persons and offices beside a name in one line."""
FORMS_SHOWN = 8
"""Other spellings of a person named in one line."""


def count(number: int, noun: str) -> str:
    """ "1 document", "1,200 documents"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# ------------------------------------------------------------------ index
def progress(path: str | None) -> str:
    """What stands behind the progress bar: the end of the path that was just read, at most 40 columns wide."""
    printable = (path or "").encode("utf-8", "replace").decode("utf-8")
    return printable if len(printable) <= 40 else "…" + printable[-39:]


def report(done: SyncReport, documents: int) -> Iterator[str]:
    """What an update did, in one line."""
    names = ("added", "updated", "moved", "removed", "unchanged")
    parts = [f"{getattr(done, name):,} {name}" for name in names if getattr(done, name)]
    if done.failed:
        parts.append(f"{count(len(done.failed), 'file')} failed")
    yield f"{', '.join(parts) or 'Nothing to do'}. The index holds {count(documents, 'document')}."


def failures(failed: Sequence[Failure]) -> Iterator[str]:
    """Each failed file with its reason; many of one reason are cut short."""
    reasons = Counter(failure.reason for failure in failed)
    shown: Counter[str] = Counter()
    for failure in failed:
        shown[failure.reason] += 1
        if shown[failure.reason] <= FAILURES_SHOWN:
            yield f"Failed: {failure.path}: {failure.reason}"
        elif shown[failure.reason] == reasons[failure.reason]:
            yield f"Failed: {reasons[failure.reason] - FAILURES_SHOWN:,} more: {failure.reason}"


# ------------------------------------------------------------------ search
def results(found: Results, first: int, styled: bool) -> Iterator[str]:
    """The hits of a page, numbered from `first`."""
    if not len(found):
        yield "Nothing found."
        if found.suggestion:
            yield f"Did you mean: {found.suggestion}"
        return
    last = first + len(found.hits) - 1
    shown = f", {first} to {last} shown" if len(found.hits) < len(found) else ""
    yield f"{count(len(found), 'document')}{shown}"
    if found.relaxed:
        yield "No document holds all the words; these hold some of them."
    for number, hit in enumerate(found, first):
        yield ""
        yield from _hit(number, hit, styled)


def _hit(number: int, hit: Hit, styled: bool) -> Iterator[str]:
    document = hit.document
    title = next((marked(s, styled) for s in hit.snippets if s.field == "title"), None)
    title = title or _bold(one_line(document.title), styled) or hit.id
    facts = " · ".join(part for part in (document.language, document.date) if part)
    yield f"{number}. {title}" + (f"  [{facts}]" if facts else "")
    yield "   " + _dim(hit.id, styled)
    for snippet in hit.snippets:
        if snippet.field == "text":
            page = f"p. {snippet.page}: " if snippet.page is not None else ""
            before = "…" if snippet.start > 0 else ""
            after = "…" if snippet.end < len(document.text) else ""
            yield f"   {page}{before}{marked(snippet, styled)}{after}"
    why = _reasons(highlight for snippet in hit.snippets for highlight in _with_text(snippet))
    if why:
        yield "   " + _dim(why, styled)


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
    return "; ".join(f"{query}: {', '.join(forms)} ({reason})" for (query, reason), forms in words.items())


def marked(snippet: Snippet, styled: bool) -> str:
    """The snippet on one line, its matching words marked."""
    return _joined(_mark(snippet.text, ((h.start, h.end) for h in snippet.highlights), styled))


def _mark(text: str, spans: Iterable[tuple[int, int]], styled: bool) -> str:
    parts, last = [], 0
    for start, end in spans:
        word = _clean(text[start:end])
        parts += [_clean(text[last:start]), style(word, fg="yellow", bold=True) if styled else f"**{word}**"]
        last = end
    return "".join(parts) + _clean(text[last:])


_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\f"}
"""A document must not steer the terminal it is shown on."""


def one_line(text: str) -> str:
    """Runs of white space as one space, without control characters."""
    return _joined(_clean(text))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)


def _bold(text: str, styled: bool) -> str:
    return style(text, bold=True) if styled and text else text


def _dim(text: str, styled: bool) -> str:
    return style(text, dim=True) if styled else text


# ------------------------------------------------------------------ mentions
class Count:
    """How many mentions have gone by, in how many documents and which forms."""

    def __init__(self) -> None:
        self.places = 0
        self.documents = 0
        self.forms: set[str] = set()

    def over(self, found: Iterable[Mention]) -> Iterator[Mention]:
        """The same mentions, counted on the way."""
        last = None
        for mention in found:
            self.places += 1
            self.forms.add(mention.form)
            self.documents += mention.document_id != last
            last = mention.document_id
            yield mention


def mentions(found: Iterable[Mention], grouping: str, styled: bool) -> Iterator[str]:
    """A heading a group, a line a place. Grouped by "document", lines come as the mentions do."""
    if grouping == "document":
        for _, members in itertools.groupby(found, key=lambda mention: mention.document_id):
            for first, mention in zip(itertools.chain((True,), itertools.repeat(False)), members, strict=False):
                if first:
                    facts = " · ".join(filter(None, (one_line(mention.document_title), mention.document_date)))
                    yield _bold(mention.document_id, styled) + (f"  {facts}" if facts else "")
                yield "  " + _place(mention, styled)
            yield ""
        return
    key = _form if grouping == "form" else _date
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(key(mention), []).append(mention)
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name) if grouping == "form" else (0, name)):
        yield f"{_bold(name, styled)}  {count(len(groups[name]), 'mention')}"
        for mention in groups[name]:
            yield f"  {mention.document_id}, {_place(mention, styled)}"
        yield ""


def namesakes(found: Sequence[Namesake], styled: bool) -> Iterator[str]:
    """A numbered heading a person, with the company, then the places, document by document."""
    for number, namesake in enumerate(found, 1):
        documents = len({mention.document_id for mention in namesake.mentions})
        of = f"{count(len(namesake.mentions), 'mention')} in {count(documents, 'document')}"
        yield f"{number}. {_bold(one_line(namesake.name), styled)}  {of}"
        for label, company in (("known as", namesake.offices), ("together with", namesake.context)):
            if company:
                more = f" and {len(company) - COMPANY_SHOWN:,} more" if len(company) > COMPANY_SHOWN else ""
                some = ", ".join(f"{one_line(name)} ({times:,})" for name, times in company[:COMPANY_SHOWN])
                yield _dim(f"   {label} {some}{more}", styled)
        for line in mentions(namesake.mentions, "document", styled):
            yield f"   {line}".rstrip()


def _form(mention: Mention) -> str:
    return mention.form


def _date(mention: Mention) -> str:
    return mention.document_date or "undated"


def _place(mention: Mention, styled: bool) -> str:
    where = f"{mention.start}-{mention.end}"
    where = f"title, {where}" if mention.field == "title" else where
    where = f"p. {mention.page}, {where}" if mention.page is not None else where
    span = (mention.start - mention.context_start, mention.end - mention.context_start)
    why = _dim(f"({mention.score:.2f}: {mention.reason})", styled)
    return f"{where}: {_joined(_mark(mention.context, [span], styled))}  {why}"


def closing(counted: Count, searched: int, failed: Sequence[Failure] | None, people: int = 1) -> Iterator[str]:
    """How many places there are, of how many people at least, and how far to trust that number."""
    yield f"{count(counted.places, 'mention')} in {counted.documents:,} of {count(searched, 'document')}."
    if people > 1:
        yield f"The patronymics are of {people:,} people: --by company tells them apart."
    if failed is None:
        yield "The index is being updated: there may be more."
    elif failed:
        names = ", ".join(failure.path for failure in failed[:FEW])
        more = f" and {len(failed) - FEW:,} more (see searchkit stats)" if len(failed) > FEW else ""
        yield f"{count(len(failed), 'file')} of the collection could not be read: {names}{more}."


COLUMNS = (
    *("document_id", "document_title", "document_date", "page", "field", "start", "end", "text", "form"),
    *("kind", "named_after", "score", "reason", "context"),
)


def table(found: Iterable[Mention]) -> Iterator[str]:
    """Mentions as CSV, the header first."""
    return _csv(itertools.chain([COLUMNS], map(_row, found)))


def table_of_namesakes(found: Iterable[Namesake]) -> Iterator[str]:
    """As `table`, the number of the person and the company before each mention."""
    header = ("person", "offices", "together_with", *COLUMNS)
    rows = (
        [number, "; ".join(name for name, _ in namesake.offices), "; ".join(name for name, _ in namesake.context)]
        + _row(mention)
        for number, namesake in enumerate(found, 1)
        for mention in namesake.mentions
    )
    return _csv(itertools.chain([header], rows))


def _row(mention: Mention) -> list[Any]:
    return [getattr(mention, name) for name in COLUMNS]


def _csv(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    for row in rows:
        writer.writerow([one_line(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


# ------------------------------------------------------------------ people
def people(found: Iterable[Person], styled: bool) -> Iterator[str]:
    """A person a line: mentions, documents, the name, and its other forms."""
    for person in found:
        others = [one_line(form) for form, _ in person.forms if form != person.name]
        more = f" and {len(others) - FORMS_SHOWN:,} more" if len(others) > FORMS_SHOWN else ""
        also = _dim(f"  also {', '.join(others[:FORMS_SHOWN])}{more}", styled) if others else ""
        where = f"{person.mentions:>7,} in {count(person.documents, 'document'):<13}"
        yield f"{where}  {_bold(one_line(person.name), styled)}{also}"


# ------------------------------------------------------------------ show, stats, analyze
def document(hit: Hit, styled: bool) -> Iterator[str]:
    """A whole document, its matching words marked."""
    shown = hit.document
    yield _bold(one_line(shown.title) or shown.id, styled)
    facts = {"id": shown.id, "language": shown.language, "date": shown.date, "source": shown.source, **shown.metadata}
    for name, value in facts.items():
        if value not in (None, "", [], {}):
            yield _dim(f"{name}: {value}", styled)
    yield ""
    whole = next((s for s in hit.snippets if s.field == "text"), None)
    yield _mark(shown.text, ((h.start, h.end) for h in (whole.highlights if whole else ())), styled)


def statistics(counts: dict[str, Any]) -> Iterator[str]:
    """The figures of an index, a line each."""
    yield f"documents: {counts['documents']:,}"
    yield "languages: " + (", ".join(f"{code} {number:,}" for code, number in counts["languages"].items()) or "none")
    if counts["earliest"]:
        yield f"dates: {counts['earliest']} to {counts['latest']}"
    yield f"size: {counts['bytes'] / 1e6:,.1f} MB"
    yield f"engine: {counts['engine']}"
    yield f"files that could not be read: {len(counts['failed'])}"
    for failure in counts["failed"]:
        yield f"  {failure['path']}: {failure['reason']}"


def concept(shown: Concept) -> Iterator[str]:
    """A concept of the lexicon, a language a line."""
    yield f"{shown.field}, line {shown.line} ({shown.pos})"
    for code, words in shown.words.items():
        yield f"   {code}  {'; '.join(words)}"


def explanation(word: Explanation) -> Iterator[str]:
    """How a word becomes its stem, a step a line."""
    yield f"{word.token.text}  [{word.token.language}]"
    for step in word.steps:
        yield (
            f"   {step.before} → {step.after}   {step.kind}: {step.name}"
            if step.before != step.after
            else f"   {step.after}   {step.kind}: {step.name}"
        )
    yield f"   word {word.token.word}, stem {word.token.stem}" + (
        f", name {word.token.name}" if word.token.name else ""
    )
