"""Values as JSON, one object a line, for programs.

Letters stay as they are. What could steer a terminal, and what is no whole character, is escaped: `json` itself escapes
only the control characters below the space.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

from searchkit.display.screen import UNSAFE
from searchkit.model import Hit


def line(value: Any) -> str:
    """A value with all that it holds, on one line."""
    written = json.dumps(plain(value), ensure_ascii=False, default=str)
    return written if written.isascii() and "\x7f" not in written else UNSAFE.sub(_escaped, written)


def hit(found: Hit, with_text: bool) -> dict[str, Any]:
    """A hit of a search, as a rule without the text of its document, which is most of it."""
    shown: dict[str, Any] = plain(found)
    if not with_text:
        del shown["document"]["text"]
    return shown


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def plain(value: Any) -> Any:
    """The value with dataclasses and named tuples as dictionaries, whatever holds them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(entry) for name, entry in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    return value
