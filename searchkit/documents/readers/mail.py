"""Letters: .eml and .mbox by Python's own library, Outlook's .msg by olefile. Attachments are members of the letter."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.encodings.detect import decode, tidy
from searchkit.documents.readers import html
from searchkit.documents.readers.members import Member
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_HEADERS = {"from": "author", "to": "to", "cc": "cc"}
_FROM_LINE = re.compile(rb"(?:\A|\n)From [^\n]*\d\d:\d\d")
_UNICODE, _ANSI, _BYTES = "001F", "001E", "0102"
"""Types of the properties of a .msg file, as the last four digits of the names of its streams."""


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """The letter itself: its subject is the title; From and To come first in the text."""
    letter = _parse(file.read())
    body = _body(letter)
    headers = {name: _header(letter, name) for name in ("subject", "from", "to", "cc", "date")}
    if not body.strip() and not headers["subject"]:
        if any(True for _ in letter.iter_attachments()):
            return
        raise DocumentError("holds no letter: give it its right extension")
    yield _letter(id, path, "eml", headers, body)


def attachments(file: BinaryIO) -> Iterator[Member]:
    """The files attached to a letter."""
    for number, part in enumerate(_parse(file.read()).iter_attachments(), start=1):
        name = part.get_filename() or ""
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                yield Member(name or f"{number}.eml", inner[0].as_bytes())
        elif name:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield Member(name, content)


def read_mbox(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """Nothing by itself: the letters of a mailbox are its members."""
    if not _FROM_LINE.match(file.read(1024).lstrip()):
        raise DocumentError("is not a mailbox, whatever its name says: give it its right extension")
    yield from ()


def letters(file: BinaryIO) -> Iterator[Member]:
    """The letters of a mailbox, by their numbers: "1.eml"."""
    number, blank = 0, True
    lines: list[bytes] = []
    for line in file:
        if blank and line.startswith(b"From ") and re.search(rb"\d\d:\d\d", line):
            if number:
                yield Member(f"{number}.eml", b"".join(lines))
            number, lines = number + 1, []
        elif number:
            lines.append(line[1:] if re.match(rb">+From ", line) else line)
        blank = not line.strip()
    if number:
        yield Member(f"{number}.eml", b"".join(lines))


def read_msg(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """As `read`, for Outlook's .msg."""
    with _open_msg(file) as msg:
        code_page = _code_page(msg)
        headers = {
            "subject": _property(msg, "", "0037", code_page),
            "from": " ".join(
                filter(None, (_property(msg, "", "0C1A", code_page), _property(msg, "", "0C1F", code_page)))
            ),
            "to": _property(msg, "", "0E04", code_page),
            "cc": _property(msg, "", "0E03", code_page),
        }
        transport = email.message_from_string(_property(msg, "", "007D", code_page), policy=email.policy.default)
        headers["date"] = _header(transport, "date")
        body = _property(msg, "", "1000", code_page)
        if not body.strip():
            page = _stream(msg, "__substg1.0_1013" + _BYTES) or _property(msg, "", "1013", code_page).encode()
            body = html.document(page, path, id).text if page and page.strip() else ""
    if not body.strip() and not headers["subject"]:
        raise DocumentError("holds no letter")
    yield _letter(id, path, "msg", headers, body)


def msg_attachments(file: BinaryIO) -> Iterator[Member]:
    """The files attached to an Outlook letter."""
    with _open_msg(file) as msg:
        code_page = _code_page(msg)
        folders = {entry[0] for entry in msg.listdir() if entry[0].startswith("__attach")}
        for number, folder in enumerate(sorted(folders), start=1):
            content = _stream(msg, f"{folder}/__substg1.0_3701{_BYTES}")
            name = _property(msg, folder, "3707", code_page) or _property(msg, folder, "3704", code_page)
            if content is not None:
                yield Member(name or f"attachment {number}", content)


def _letter(id: str, path: str, format: str, headers: dict[str, str], body: str) -> Document:
    metadata: dict[str, Any] = {"format": format}
    metadata |= {name: headers[header] for header, name in _HEADERS.items() if headers.get(header)}
    heads = [f"{header.capitalize()}: {headers[header]}" for header in _HEADERS if headers.get(header)]
    return Document(
        id=id,
        text="\n".join([*heads, *([""] if heads and body else []), body]),
        title=titles.clean(headers["subject"]),
        date=_date(headers.get("date", "")),
        source=path,
        metadata=metadata,
    )


def _parse(data: bytes) -> EmailMessage:
    letter = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.default)
    if not letter.keys():
        raise DocumentError("is not a letter, whatever its name says: give it its right extension")
    return letter


def _body(letter: EmailMessage) -> str:
    """The text of a letter; that of its HTML where it has no other."""
    try:
        part = letter.get_body(("plain", "html"))
    except (KeyError, AttributeError, IndexError):  # parts that are not what they say
        part = None
    if part is None:
        return ""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return ""
    if part.get_content_type() == "text/html":
        try:
            return html.document(content, "", "letter", part.get_content_charset()).text
        except DocumentError:
            return ""
    return tidy(decode(content, part.get_content_charset())[0])


def _header(letter: Message, name: str) -> str:
    """A header's text; headers with raw letters beyond ASCII are read by the letters themselves."""
    raw = next((value for key, value in letter.raw_items() if key.lower() == name), "")
    if any("\udc80" <= character <= "\udcff" for character in str(raw)):
        return " ".join(decode(str(raw).encode("utf-8", "surrogateescape"))[0].split())
    try:
        value = str(letter.get(name, "") or "")
    except (ValueError, IndexError, AttributeError, TypeError):  # headers that Python's parser stumbles over
        return ""
    return " ".join(value.split())


def _date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _open_msg(file: BinaryIO) -> Any:
    import olefile

    try:
        return olefile.OleFileIO(file)
    except (OSError, ValueError, IndexError) as error:
        raise DocumentError("is not an Outlook letter or is damaged: save it as .eml") from error


def _stream(msg: Any, name: str) -> bytes | None:
    if not msg.exists(name):
        return None
    data: bytes = msg.openstream(name).read()
    return data


def _code_page(msg: Any) -> str:
    """The code page of strings that are not Unicode: property 3FFD of the letter."""
    properties = _stream(msg, "__properties_version1.0") or b""
    for at in range(32, len(properties) - 15, 16):
        if properties[at + 2 : at + 4] == b"\xfd\x3f":
            page = int.from_bytes(properties[at + 8 : at + 12], "little")
            return "utf-8" if page == 65001 else f"cp{page}"
    return "cp1251"


def _property(msg: Any, folder: str, number: str, code_page: str) -> str:
    prefix = f"{folder}/" if folder else ""
    data = _stream(msg, f"{prefix}__substg1.0_{number}{_UNICODE}")
    if data is not None:
        return tidy(data.decode("utf-16-le", "replace"))
    data = _stream(msg, f"{prefix}__substg1.0_{number}{_ANSI}")
    if data is None:
        return ""
    try:
        return tidy(data.decode(code_page, "replace"))
    except LookupError:
        return tidy(decode(data)[0])
