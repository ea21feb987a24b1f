"""Metadata of a web page: title, date of publication, author, language, address. Nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from searchkit.documents.dates.date_finder import parse_date
from searchkit.documents.titles import clean, without_site

# Names of <meta> by which pages state their date, the most exact first.
_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
)
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "citation_author")


@dataclass(frozen=True)
class Facts:
    """`date` is ISO 8601; `metadata` has author, language, url and site where the page states them."""

    title: str = ""
    date: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)


def find(tree: Any) -> Facts:
    """The facts of a page, given as an lxml tree."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    metadata = {
        "author": next(
            (meta[name] for name in _AUTHOR_NAMES if name in meta and not meta[name].startswith("http")), ""
        ),
        "language": (tree.get("lang") or "").strip(),
        "url": _address(tree, meta),
        "site": meta.get("og:site_name", ""),
    }
    return Facts(
        _title(tree, meta), _date(tree, meta), {name: clean(value) for name, value in metadata.items() if value}
    )


def _title(tree: Any, meta: dict[str, str]) -> str:
    headings = [clean(element.text_content()) for element in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    stated = meta.get("og:title") or next((clean(element.text_content()) for element in tree.iter("title")), "")
    if stated:
        return without_site(stated, meta.get("og:site_name", ""), headings)
    return headings[0] if headings else ""


def _date(tree: Any, meta: dict[str, str]) -> str | None:
    values = [meta[name] for name in _DATE_NAMES if name in meta]
    values += _in_json(tree)
    times = list(tree.iter("time"))
    values += [
        element.get("datetime") or element.get("content") or element.text_content()
        for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]")
    ]
    distinct = {element.get("datetime", "")[:10] for element in times}
    if len(distinct) == 1:  # several times are those of teasers or comments
        values += [times[0].get("datetime") or times[0].text_content()]
    return next((date for value in values if (date := parse_date(value.strip()))), None)


def _in_json(tree: Any) -> Iterator[str]:
    """The dates of publication in JSON-LD, as schema.org has them."""
    for element in tree.xpath("//script[@type='application/ld+json']"):
        try:
            nodes: list[Any] = [json.loads(element.text_content())]
        except (ValueError, RecursionError):
            continue
        while nodes:
            node = nodes.pop(0)
            if isinstance(node, dict):
                if isinstance(node.get("datePublished"), str):
                    yield node["datePublished"]
                nodes += [value for value in node.values() if isinstance(value, dict | list)]
            elif isinstance(node, list):
                nodes += node


def _address(tree: Any, meta: dict[str, str]) -> str:
    links = tree.xpath("//link[@rel='canonical']/@href")
    address = str(links[0]) if links else meta.get("og:url", "")
    return address if re.match(r"https?://", address) else ""
