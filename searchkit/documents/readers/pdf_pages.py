"""The pages of a PDF made one running text: without what is printed on each page for its own sake.

Steps, in order:
1. Page numbers go: lines at the top or foot of pages that count up as the pages do ("12", "- 12 -", "стр. 12", "Page 2 of 9").
2. Running heads and feet go, but for the first of each: lines that stand at the same end of at least `REPEATED` pages.
3. A word that is hyphenated at the end of a page is completed there. What stands before its rest on the next page, such as
   the head of a chapter, follows after the page's end.

Pages stay apart by form feeds (see `Document.page_at`), so a page that loses all its lines is still counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from searchkit.model import Failure

EDGE = 3
"""Lines at each end of a page among which heads, feet and numbers are looked for."""
REPEATED = 3
"""Pages on which a line must stand to be a running head; also a third of all pages, since left and right may differ."""
LONGEST_HEAD = 150  # code points

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p|стр|страница|с|бет|bet|б|b|sahifa|саҳифа|seite|oldal)\W{0,3})?(\d{1,5})"
    r"(?:\W*(?:(?:of|из|/|ішінен|dan|дан)\W*\d{1,5}|(?:page|стр|бет|bet|б|b|sahifa|саҳифа|oldal)))?\W*",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]\Z")
_REST = re.compile(r"[^\W\d_]+\S*")


def join(pages: Sequence[str]) -> str:
    """The text of the pages, which are texts of lines ended by \\n, with \\f between two pages."""
    lines = [page.split("\n") for page in pages]
    _drop_page_numbers(lines)
    _drop_running_heads(lines)
    for page, following in zip(lines, lines[1:], strict=False):
        _complete_last_word(page, following)
    return "\f".join("\n".join(page) for page in lines)


def broken_pages(path: str, numbers: Sequence[int]) -> Failure:
    """The Failure for pages, counted from 1, that cannot be read while others of the file can."""
    return Failure(path, f"page {', '.join(map(str, numbers[:20]))} cannot be read; the other pages can")


def _edges(page: list[str]) -> list[int]:
    """The numbers of the first and last lines of a page that are not empty."""
    count = len(page)
    first = islice((number for number in range(count) if page[number].strip()), EDGE)
    last = islice((number for number in reversed(range(count)) if page[number].strip()), EDGE)
    return sorted({*first, *last})


def _drop_page_numbers(pages: list[list[str]]) -> None:
    """Numbers count as those of pages where at least two pages agree in how far they are from the pages' own count."""
    found: list[tuple[int, int, int]] = []
    for index, page in enumerate(pages):
        for number in _edges(page):
            match = _PAGE_NUMBER.fullmatch(page[number])
            if match:
                found.append((int(match[1]) - index, index, number))
    pages_of: dict[int, set[int]] = {}
    for distance, index, _ in found:
        pages_of.setdefault(distance, set()).add(index)
    for distance, index, number in reversed(found):
        if len(pages_of[distance]) > 1:
            del pages[index][number]


def _drop_running_heads(pages: list[list[str]]) -> None:
    filled = sum(1 for page in pages if any(map(str.strip, page)))
    needed = max(REPEATED, filled // 3)
    if filled < REPEATED:
        return
    edges = [[(number, _shape(page[number])) for number in _edges(page)] for page in pages]
    counts = Counter(shape for edge in edges for shape in {shape for _, shape in edge})
    repeated = {shape for shape, count in counts.items() if shape and count >= needed}
    met: set[str] = set()
    for page, edge in zip(pages, edges, strict=True):
        for number, shape in reversed(edge):
            if shape in repeated:
                if shape in met:
                    del page[number]
                met.add(shape)


def _shape(line: str) -> str:
    """A line as it recurs: numbers in it may differ. "" for one too long to be a head."""
    line = " ".join(line.split())
    return _NUMBER.sub("0", line) if len(line) <= LONGEST_HEAD else ""


def _complete_last_word(page: list[str], following: list[str]) -> None:
    """Take the rest of a word that the page's last line breaks off from the next page's first lines."""
    last = _edges(page)[-1:]
    if not last or not _HYPHENATED.search(page[last[0]].rstrip()):
        return
    for number in _edges(following)[:EDGE]:
        line = following[number].lstrip()
        match = _REST.match(line)
        if match and line[0].islower():
            page[last[0]] = page[last[0]].rstrip()
            page.insert(last[0] + 1, match[0])
            following[number] = line[match.end() :].lstrip()
            if not following[number]:
                del following[number]
            return
