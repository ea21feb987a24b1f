"""Titles in text. A title is sensible or empty: a menu, a date or half a sentence is worse than the name of the file."""

from __future__ import annotations

import re

from searchkit.documents.dates.date_finder import is_dateline, parse_date

LONGEST = 200  # code points of a title
HEAD = 2000  # code points in which a heading marked with # is looked for

_STEP = re.compile(r"\s[>»›→]\s")
_MARKED = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?![ \t]*[-=>*+|]) {0,3}(\S.*)\n {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S")
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|indd|qxd|qxp|p65|pmd|cdr|rtf|odt|xlsx?|pptx?|tex|dvi|txt|html?|tiff?|jpe?g)$", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"^(microsoft\s+(office\s+)?(word|powerpoint|excel)|adobe\s|print|печать)\b[^\w]*-?\s*", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s(?!\d)[^\W_]{1,3}\s*$")
"""A short word at the end, as a preposition is before a date in the next line."""
_PLACEHOLDER = re.compile(
    r"^(untitled|без имени|без названия|атаусыз|nomsiz|номсиз|document|документ|құжат|hujjat|ҳужжат|layout|слайд|slide|"
    r"powerpoint presentation|презентация powerpoint|presentation|презентация|title|заголовок|scan|скан|page|страница|"
    r"новый документ|new document|unknown|none|null)[\s\d_()-]*$",
    re.IGNORECASE,
)


def find_title(text: str) -> str:
    """The title of a plain text: its first line where that reads as a title, else the first heading marked with #.

    The line must be short, begin with a capital, a digit or a quotation mark, not end as a sentence does, and be
    followed by an empty line, or by a line with place and date as in newspapers and orders, and more text. Lines that only
    tell the date or the way through a site ("Home > News") may stand before it.
    """
    head = text[: HEAD + LONGEST].lstrip("\ufeff")
    lines = head.replace("\f", "\n").split("\n")
    for number, line in enumerate(lines):
        if not line.strip() or parse_date(line) or _is_path_through_site(line.strip()):
            continue
        following = lines[number + 1 :]
        if any(map(str.strip, following)) and is_heading(line) and _ends_before(line, following):
            return clean(line)
        break
    match = _MARKED.search(head) if "#" in head else None
    return clean(unmarked(match[2])) if match else ""


def _ends_before(line: str, following: list[str]) -> bool:
    """Whether the text does not go on from this line to the next ones: one is empty, or has place and date and more text below."""
    if not following[0].strip():
        return True
    return any(map(str.strip, following[1:])) and is_dateline(following[0]) and not _GOES_ON.search(line)


def find_markdown_title(text: str) -> str:
    """The first heading of the highest level among the first headings of a Markdown text."""
    head = _FENCED.sub("", text[: 4 * HEAD])
    found = [(len(match[1]), match.start(), match[2]) for match in _MARKED.finditer(head)]
    found += [
        (1 if "=" in match[0].rsplit("\n", 1)[-1] else 2, match.start(), match[1])
        for match in _UNDERLINED.finditer(head)
    ]
    return clean(unmarked(min(found)[2])) if found else ""


def is_heading(line: str) -> bool:
    """Whether a line of plain text reads as a title."""
    line = line.strip()
    letters = sum(character.isalpha() for character in line)
    if not 3 <= len(line) <= LONGEST or letters < 3 or letters * 2 < len("".join(line.split())):
        return False
    if line[-1] in ".,;:-–—…" or _ADDRESS.search(line) or any(mark in line for mark in "|>→"):
        return False
    first = line.lstrip("\"'«“„‘([")[:1]
    return bool(first) and (first.isupper() or first.isdigit())


def clean(title: str) -> str:
    """`title` on one line, at most `LONGEST` code points, cut at a word."""
    title = " ".join(title.replace("\0", "").split())
    if len(title) > LONGEST:
        title = title[:LONGEST].rsplit(" ", 1)[0] + "…"
    return title


def unmarked(line: str) -> str:
    """A Markdown line without the marks of links and emphasis."""
    line = _LINK.sub(r"\1", line)
    while (shorter := _EMPHASIS.sub(r"\2", line)) != line:
        line = shorter
    return line.strip()


def meaningful(title: str) -> str:
    """The title that a program put into a file's properties; "" where it is a file name, a placeholder or broken."""
    title = clean(_PROGRAM.sub("", title.strip(), count=1))
    letters = sum(character.isalpha() for character in title)
    if letters < 3 or _FILE_NAME.search(title) or _PLACEHOLDER.match(title) or "\ufffd" in title:
        return ""
    if " " not in title and re.search(r"[\d_\\/]", title):
        return ""  # such as "report_2024_final" or a path
    return title


def without_site(title: str, site: str, headings: list[str]) -> str:
    """The title of a web page without the name of the site: "Headline | Site" gives "Headline".

    The part is kept that is one of the page's `headings`; else the parts are dropped that are the `site`'s name.
    """
    title = clean(title)
    for heading in headings:
        heading = clean(heading)
        if len(heading) > 3 and heading != title and heading.casefold() in title.casefold():
            rest = title.casefold().replace(heading.casefold(), "", 1).strip()
            if rest[:1] in _SEPARATORS or rest[-1:] in _SEPARATORS:
                return heading
    parts = re.split(r"(\s+[|–—•·»«:-]+\s+|\s*[|»]\s*)", title)
    if site and len(parts) > 1:
        if parts[-1].casefold() == site.casefold():
            return "".join(parts[:-2])
        if parts[0].casefold() == site.casefold():
            return "".join(parts[2:])
    # Without a name to go by, only the bar is a sure sign: a dash may belong to the headline.
    first, bar, _ = title.partition(" | ")
    return first.strip() if bar and len(first.strip()) > 3 else title


_SEPARATORS = tuple("|–—•·»«:-")


def _is_path_through_site(line: str) -> bool:
    return len(line) <= LONGEST and len(_STEP.findall(line)) > 1
