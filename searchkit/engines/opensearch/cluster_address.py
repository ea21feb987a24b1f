"""Where an index is kept: `https://host:9200/name`; and who may ask for it, which is never written down.

The name and the password come from SEARCHKIT_OPENSEARCH_USER and SEARCHKIT_OPENSEARCH_PASSWORD, or from the line of the host in a netrc file.
A certificate that the system does not know is trusted where SEARCHKIT_OPENSEARCH_CA names the file of its authority.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from searchkit import lazy
from searchkit.engines import durable
from searchkit.errors import BrokenIndexError, SearchkitError

FILE_NAME = "address.json"
FORMAT = 1
VARIABLE = "SEARCHKIT_OPENSEARCH"
_NAME = lazy.regex(r"[a-z0-9][a-z0-9_-]{0,199}")


class Address(NamedTuple):
    """A cluster, as scheme, host and port, and the name of an index in it."""

    server: str
    name: str

    def __str__(self) -> str:
        return f"{self.server}/{self.name}"


def parsed(text: str, index: str = "") -> Address:
    """The address in a text; `index` is the name where the text has none. Raises SearchkitError for one that is none."""
    parts = urlsplit(re.sub(r"^(https?):/+", r"\1://", text))  # a path has one slash there
    try:
        port = parts.port or 9200
    except ValueError:
        port = 0
    name = parts.path.strip("/") or index
    if parts.username or parts.password:
        raise SearchkitError(
            "An address with a password in it would be seen by others: leave it out, and set SEARCHKIT_OPENSEARCH_USER and"
            " SEARCHKIT_OPENSEARCH_PASSWORD, or write a netrc file."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or not port or parts.query or parts.fragment:
        raise SearchkitError(f"{text!r} is no address of a cluster: write it as https://host:9200/name.")
    if not _NAME.fullmatch(name):
        raise SearchkitError(f"{name!r} is no name of an index: take small Latin letters, digits, - and _.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(f"{parts.scheme}://{host}:{port}", name)


def is_address(text: str | os.PathLike[str]) -> bool:
    """Whether a text that may be the path of a folder is an address."""
    return re.match(r"https?:/", os.fspath(text)) is not None


def is_written(folder: Path) -> bool:
    """Whether a folder says where its cluster is."""
    return (folder / FILE_NAME).exists()


def read(folder: Path) -> Address:
    """The address in an engine's folder. Raises BrokenIndexError."""
    try:
        content = json.loads(durable.contents(folder / FILE_NAME))
        version, server, index = content["format"], str(content["server"]), str(content["index"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenIndexError(
            f"{folder / FILE_NAME} does not say where the index is kept ({error}): restore it from a backup."
        ) from error
    if version != FORMAT:
        raise BrokenIndexError(
            f"The index in {folder} has format {version}, this searchkit reads {FORMAT}: use the newer searchkit that made it."
        )
    return Address(server, index)


def write(folder: Path, address: Address) -> None:
    """Say in an engine's folder where its cluster is, durably."""
    content = {"format": FORMAT, "server": address.server, "index": address.name}
    durable.replace(folder / FILE_NAME, json.dumps(content).encode() + b"\n")


def chosen(folder: Path) -> Address:
    """Where a new index is to be: at the address of the index of which `folder` is a part, or where SEARCHKIT_OPENSEARCH says, or in the
    cluster of the engine whose place it takes, which has its folder beside. The name is a new one where none was given, or
    where that one is taken. Raises SearchkitError."""
    before = [read(file.parent) for file in sorted(folder.parent.glob(f"opensearch*/{FILE_NAME}"))]
    if is_written(folder.parent):
        address = read(folder.parent)
        return Address(address.server, f"{address.name}-{os.urandom(4).hex()}") if before else address
    if given := os.environ.get(VARIABLE):
        return parsed(given, f"searchkit-{os.urandom(6).hex()}")
    if before:
        return Address(before[0].server, f"{before[0].name[:190]}-{os.urandom(4).hex()}")
    raise SearchkitError(
        f"It is not said which cluster is to keep the index: set {VARIABLE}, such as {VARIABLE}=https://host:9200/name."
    )


def credentials(address: Address) -> tuple[str, str] | None:
    """The user's name and password, None where there are none to be used."""
    import netrc

    user = os.environ.get(f"{VARIABLE}_USER")
    if user:
        return user, os.environ.get(f"{VARIABLE}_PASSWORD", "")
    with suppress(OSError, netrc.NetrcParseError):
        found = netrc.netrc(os.environ.get("NETRC")).authenticators(urlsplit(address.server).hostname or "")
        if found and found[2]:
            return found[0], found[2]
    return None
