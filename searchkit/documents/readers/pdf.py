"""PDF, by pypdf: the text layer, pages joined by form feeds, so that the page of an offset can be told."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import find
from searchkit.documents.encodings.detect import tidy
from searchkit.documents.encodings.mojibake import repair
from searchkit.documents.reasons import brief
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

LARGER = 1.15  # times the print of most of the page, from which a line may be the title
_PROPERTIES = {"/Author": "author", "/Subject": "subject", "/Keywords": "keywords"}


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; a page that cannot be read is left empty and is a Failure beside it."""
    import pypdf
    import pypdf.errors

    if b"%PDF-" not in file.read(1024):
        raise DocumentError("is not a PDF, whatever its name says: give it its right extension")
    file.seek(0)
    try:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("is encrypted: remove its password (open it and save or print it without one)")
        count = len(reader.pages)
    except DocumentError:
        raise
    except pypdf.errors.DependencyError:
        raise DocumentError("is encrypted with AES: save or print it without protection") from None
    except MemoryError:
        raise
    except Exception as error:  # pypdf lets errors of every kind escape from malformed files
        raise DocumentError(
            f"is a damaged PDF ({brief(error)}): open it in a viewer and save or print it anew"
        ) from error
    pages: list[str] = []
    broken: list[int] = []
    for number in range(count):
        try:
            pages.append(repair(tidy(reader.pages[number].extract_text()).replace("\f", "\n")))
        except MemoryError:
            raise
        except Exception:
            pages.append("")
            broken.append(number + 1)
    if count and len(broken) == count:
        raise DocumentError(
            "is a damaged PDF, of which no page can be read: open it in a viewer and save or print it anew"
        )
    text = "\f".join(pages)
    _check_text_layer(text)
    properties = _properties(reader)
    metadata: dict[str, Any] = {"format": "pdf", "pages": count}
    metadata |= {name: repair(properties[key]) for key, name in _PROPERTIES.items() if properties.get(key, "").strip()}
    empty = sum(not page.strip() for page in pages)
    if empty:
        metadata["pages_without_text"] = empty
    created = _created(properties)
    if created:
        metadata["created"] = created
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(repair(properties.get("/Title", ""))) or _title(reader, pages[0]),
        date=find.find_date(text) or created,
        source=path,
        metadata=metadata,
    )
    if broken:
        yield Failure(path, f"page {', '.join(map(str, broken[:20]))} cannot be read; the other pages can")


def _check_text_layer(text: str) -> None:
    """Raise DocumentError for a scan, and for fonts that do not say which letters their glyphs are."""
    visible = "".join(text.split())
    if not visible:
        raise DocumentError("has no text layer: run OCR on it (for example with ocrmypdf)")
    unknown = sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " " for character in visible
    )
    unknown += sum(len(name) for name in re.findall(r"/g\d+|/gid\d+|\(cid:\d+\)", visible))
    if unknown > 0.5 * len(visible):
        raise DocumentError("has a text layer without letters (its fonts have no Unicode table): run OCR on it")


def _properties(reader: Any) -> dict[str, str]:
    try:
        return {key: str(value) for key, value in (reader.metadata or {}).items()}
    except MemoryError:
        raise
    except Exception:  # a broken information dictionary must not cost the text
        return {}


def _created(properties: dict[str, str]) -> str | None:
    """The day on which the file was made: the last resort for a date."""
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", properties.get("/CreationDate", ""))
    if not match or int(match[1]) < 1985:  # clocks that were never set
        return None
    date = find.parse_date("-".join(match.groups()))
    return date if date and date <= datetime.date.today().isoformat() else None


def _title(reader: Any, first_page: str) -> str:
    """The first line in the largest print of the first page, where it is larger than most; else as in plain text."""
    runs: list[tuple[float, str]] = []

    def collect(text: str, outer: list[float], inner: list[float], font: object, size: float) -> None:
        scale = max(abs(outer[3]), abs(outer[1])) * max(abs(inner[3]), abs(inner[1]))
        height = round(size * scale, 1)
        if runs and (not text.strip() or runs[-1][0] == height):
            runs[-1] = (runs[-1][0], runs[-1][1] + text)
        elif text.strip():
            runs.append((height, text))

    try:
        reader.pages[0].extract_text(visitor_text=collect)
    except MemoryError:
        raise
    except Exception:  # the text has been read; only the sizes of its print are missing
        runs = []
    lengths: Counter[float] = Counter()
    for height, text in runs:
        lengths[height] += len(text.strip())
    if len(lengths) > 1:
        largest = max(lengths)
        line = titles.clean(repair(tidy(next(text for height, text in runs if height == largest))))
        if largest >= LARGER * lengths.most_common(1)[0][0] and " " in line and titles.is_heading(line):
            return line
    return titles.find_title(first_page)
