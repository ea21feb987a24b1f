"""The page for readers, and the API for programs: `app(index)` is an ASGI application.

    application.py   puts the parts together
    settings.py      what whoever serves decides: name, originals, judgements, hosts
    guard.py         who may ask what: hosts, sizes, security headers, where a form comes from
    holdings.py      the open index with what is counted once a committed state
    addresses.py     what an address asks for, and addresses
    replies.py       a page in a language, with its ETag
    pages/           a module a page
    charts.py        pictures of years, as SVG
    facet_lists.py   facets as lists of links and boxes
    listing.py       mentions and concordances: sorting, grouping, sampling
    updates.py       updating the index from its page
    notes.py         what readers judged, kept outside the index
    originals.py     the files themselves, and the pages of PDFs with marks
    exports.py       lists as files
    api/             the same answers for programs
    templates/, static/   HTML by Jinja2, one style sheet, one script

Pages are made whole on the server. Nothing is loaded from elsewhere, and everything works without the script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit import lazy

if TYPE_CHECKING:
    from searchkit.web.application import app
    from searchkit.web.settings import ServerSettings

__getattr__ = lazy.attach(__name__, {"app": "application", "ServerSettings": "settings"})

__all__ = ["ServerSettings", "app"]
