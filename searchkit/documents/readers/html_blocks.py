"""The visible text of a web page, block by block, by `html.parser`: what is left when there is no one main text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# fmt: off
_SKIPPED = frozenset((
    "script", "style", "template", "noscript", "svg", "math", "nav", "footer", "aside", "button", "select",
    "textarea", "iframe", "object", "title",
))
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))
# fmt: on
_MOSTLY = 0.7  # share of a block's text in links from which it is a menu


def visible_text(page: str) -> str:
    """The lines of a page without its menus; with them where the page has nothing else."""
    parser = _Blocks()
    parser.feed(page)
    parser.close()
    parser.end_block()
    lines = [line for line, linked in parser.blocks if linked < _MOSTLY * len(line)]
    return "\n".join(lines or [line for line, _ in parser.blocks])


class _Blocks(HTMLParser):
    """Collects (line, how many of its code points are in links)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, int]] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._in_link = False
        self._in_heading = False
        self._skipping: list[str] = []  # the open elements from the outermost skipped one

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            # Only elements of the same name count, so that an element that is never closed cannot hide the rest.
            if tag == self._skipping[0]:
                self._skipping.append(tag)
            return
        hidden = any(name == "hidden" or (name == "role" and value == "navigation") for name, value in attrs)
        if (tag in _SKIPPED or hidden) and tag not in _VOID and tag not in ("html", "body"):
            self.end_block()
            self._skipping = [tag]
        elif tag == "a":
            self._in_link = True
        elif tag in _BLOCKS:
            if tag in _CELLS and self._pieces:
                self._pieces.append("\t")
            elif tag not in _CELLS:
                self.end_block()
                self._in_heading = tag in _HEADINGS

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[0]:
                self._skipping.pop()
            elif tag in ("body", "html"):
                self._skipping = []
        elif tag == "a":
            self._in_link = False
        elif tag in _BLOCKS and tag not in _CELLS:
            self.end_block()
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        self._pieces.append(data)
        if self._in_link and not self._in_heading:  # a heading that is a link is a teaser's, not a menu's
            self._linked += len(data.strip())

    def end_block(self) -> None:
        """Close the line that is being collected."""
        line = re.sub(r"[^\S\t]+", " ", "".join(self._pieces))
        line = re.sub(r" ?\t[ \t]*", "\t", line).strip()
        if line:
            self.blocks.append((line, self._linked))
        self._pieces = []
        self._linked = 0
