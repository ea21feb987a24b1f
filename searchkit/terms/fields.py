"""The fields that documents have terms in."""

from __future__ import annotations

TEXT_FIELDS = ("word", "stem", "name")
TITLE_FIELDS = ("title_word", "title_stem", "title_name")
FIELDS = TEXT_FIELDS + TITLE_FIELDS
