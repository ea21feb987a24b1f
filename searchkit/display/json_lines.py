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

_UNSAFE = re.compile(f"[{UNSAFE}]")


def line(value: Any) -> str:
    """A value with all that it holds, on one line."""
    written = json.dumps(_plain(value), ensure_ascii=False, default=str)
    return written if written.isascii() and "\x7f" not in written else _UNSAFE.sub(_escaped, written)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _plain(value: Any) -> Any:
    """Dataclasses and named tuples as objects, whatever holds them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(entry) for name, entry in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return value
