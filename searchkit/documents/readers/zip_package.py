"""Files that are ZIP archives of XML parts: Word, PowerPoint, OpenDocument, e-books. Opened with limits, read part by part."""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any, BinaryIO, NamedTuple

from searchkit.documents import passwords
from searchkit.errors import DocumentError

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the part of an OLE file that holds an encrypted package."""
LARGEST = 512 << 20  # bytes of the unpacked file
HIGHEST_RATIO = 200  # unpacked to packed, for files that unpack to more than `UNSUSPECTED`; text packs at 1:10 to 1:40
UNSUSPECTED = 32 << 20


def open_package(file: BinaryIO, kind: str) -> zipfile.ZipFile:
    """The package of a file that should be `kind` ("a PowerPoint file"). Raises DocumentError for what is none.

    Also for ZIP bombs, by the sizes that the archive states, before anything is unpacked.
    """
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        refuse_encrypted(file)
        raise DocumentError(f"is an old office file, not {kind}: give it its right extension")
    try:
        package = zipfile.ZipFile(file)
        entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise DocumentError(f"is not {kind} or is damaged: open it and save it anew") from None
    check_sizes(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries))
    return package


def refuse_encrypted(file: BinaryIO) -> None:
    """Raise DocumentError where an OLE file holds an encrypted package; the file stays at its start."""
    encrypted = _ENCRYPTED in file.read()
    file.seek(0)
    if encrypted:
        raise passwords.refusal()


def check_sizes(unpacked: int, packed: int) -> None:
    """Raise DocumentError where so many bytes unpack to so many as only a ZIP bomb does."""
    if unpacked > LARGEST or (unpacked > UNSUSPECTED and unpacked > HIGHEST_RATIO * max(packed, 1)):
        raise DocumentError(f"unpacks to {unpacked / (1 << 20):,.0f} MB, as a zip bomb does, and was not opened")


def part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a part, None where there is none of this name. Raises DocumentError for a damaged or locked one."""
    try:
        return package.read(name)
    except KeyError:
        return None
    except RuntimeError:
        raise passwords.refusal() from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise DocumentError("is damaged: open it and save it anew") from error
    except Exception as error:  # zlib.error, lzma.LZMAError …: each packing has its own
        raise DocumentError("is damaged: open it and save it anew") from error


def xml(data: bytes | None) -> Any | None:
    """The root element of XML, read without entities and as far as it is well formed; None where nothing can be read."""
    from lxml import etree

    if not data:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def name_of(element: Any) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Relation(NamedTuple):
    """The relationships of a part of an Office package: the kind, as the last word of its address, and the name of the part."""

    kind: str
    target: str


def relations(package: zipfile.ZipFile, name: str) -> dict[str, Relation]:
    """Id → relation of a part ("" for the package itself) to other parts; what is outside the package is left out.

    The parts need not be there: programs leave relations behind to what they have removed.
    """
    folder, _, leaf = name.rpartition("/")
    root = xml(part(package, posixpath.join(folder, "_rels", f"{leaf}.rels")))
    if root is None:
        return {}
    return {
        child.get("Id", ""): Relation(
            child.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, child.get("Target", ""))).lstrip("/"),
        )
        for child in root
        if name_of(child) == "Relationship" and child.get("TargetMode") != "External"
    }


def core_properties(package: zipfile.ZipFile) -> dict[str, str]:
    """The metadata of an Office package, by the names of the elements: "title", "creator", "created"."""
    root = xml(part(package, "docProps/core.xml"))
    return {} if root is None else {name_of(child): (child.text or "").strip() for child in root}
