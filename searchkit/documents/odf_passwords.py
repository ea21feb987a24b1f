"""Encrypted OpenDocument files, opened by the passwords that were given: OpenDocument 1.2, part 3, section 3.4 (OASIS).

Each file of the package is packed and encrypted by itself, as META-INF/manifest.xml tells: by AES-256 in CBC mode
(LibreOffice 3.5 to 24.2) or Blowfish in CFB mode (earlier programs), with a key that PBKDF2 makes of the password's hash. LibreOffice
since 24.8 may encrypt the package as a whole in a way of its own, which no standard has yet; it is not read.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from searchkit.documents import passwords
from searchkit.documents.readers.zip_package import LARGEST, check_sizes, name_of, open_package, part, xml
from searchkit.errors import DocumentError, MissingReaderError

MANIFEST = "META-INF/manifest.xml"
CHECKED = 1024  # bytes of which a file's checksum is
_LONGEST_KEY = 64  # bytes
_MOST_ITERATIONS = 10_000_000  # seconds a password; LibreOffice makes 100,000


class _Lock(NamedTuple):
    """How a file of the package is encrypted; binary values as bytes."""

    algorithm: str
    start: bytes
    salt: bytes
    iterations: int
    key_size: int
    start_hash: str
    checksum_hash: str
    checksum: bytes


def opened(file: BinaryIO) -> BinaryIO:
    """The file, decrypted where it is encrypted and one of the passwords opens it; any other that is not encrypted as it is.

    Raises DocumentError for one that no password opens, MissingReaderError where the library to decrypt it is missing.
    """
    with open_package(file, "an OpenDocument file") as package:
        if not is_locked(package):
            file.seek(0)
            return file
        if not passwords.given():
            raise passwords.refusal("save it without its password")
        locks = dict(_locks(part(package, MANIFEST) or b""))
        plain = passwords.first_that_opens(
            lambda password: _decrypted(package, locks, password), (_WrongPasswordError,)
        )
    if plain is None:
        raise passwords.refusal("save it without its password")
    return plain


def is_locked(package: zipfile.ZipFile) -> bool:
    """Whether a package is an OpenDocument file that is encrypted."""
    return b"encryption-data" in (part(package, MANIFEST) or b"")


class _WrongPasswordError(Exception):
    pass


def _locks(manifest: bytes) -> Iterator[tuple[str, _Lock]]:
    """(name, how it is encrypted) of the encrypted files of a package."""
    root = xml(manifest)
    for entry in () if root is None else root.iter():
        if name_of(entry) != "file-entry":
            continue
        found = {name_of(child): _attributes(child) for child in entry.iter()}
        if "encryption-data" not in found:
            continue
        try:
            yield found["file-entry"]["full-path"], _lock(found)
        except (KeyError, ValueError):
            raise _not_known() from None


def _lock(found: dict[str, dict[str, str]]) -> _Lock:
    data, algorithm, derivation = found["encryption-data"], found["algorithm"], found["key-derivation"]
    name = algorithm["algorithm-name"].rpartition("#")[2].lower()
    start = found.get("start-key-generation", {}).get("start-key-generation-name", "sha1").lower()
    lock = _Lock(
        algorithm="aes" if name == "aes256-cbc" else "blowfish" if name == "blowfish cfb" else "",
        start=base64.b64decode(algorithm["initialisation-vector"]),
        salt=base64.b64decode(derivation["salt"]),
        iterations=int(derivation["iteration-count"]),
        key_size=int(derivation.get("key-size", 16)),
        start_hash="sha256" if start.endswith("sha256") else "sha1",
        checksum_hash="sha256" if "sha256" in data["checksum-type"].lower() else "sha1",
        checksum=base64.b64decode(data["checksum"]),
    )
    known = lock.algorithm and derivation["key-derivation-name"].rpartition("#")[2].lower() == "pbkdf2"
    if not known or not 0 < lock.iterations <= _MOST_ITERATIONS or not 0 < lock.key_size <= _LONGEST_KEY:
        raise ValueError
    return lock


def _attributes(element: Any) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def _not_known() -> DocumentError:
    return DocumentError("is encrypted in a way that is not known: save it without its password")


def _decrypted(package: zipfile.ZipFile, locks: dict[str, _Lock], password: str) -> BinaryIO:
    """The package without encryption; the list of its files does not say any more how they are encrypted."""
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as written:
        for name in package.namelist():
            data = part(package, name) or b""
            if name == MANIFEST:
                data = _without_locks(data)
            written.writestr(name, _unlocked(data, locks[name], password) if name in locks else data)
    plain.seek(0)
    return plain


def _without_locks(manifest: bytes) -> bytes:
    from lxml import etree

    root = xml(manifest)
    if root is None:
        return manifest
    for element in [element for element in root.iter() if name_of(element) == "encryption-data"]:
        element.getparent().remove(element)
    return bytes(etree.tostring(root))


def _unlocked(data: bytes, lock: _Lock, password: str) -> bytes:
    packed = _deciphered(data, lock, password)
    if hashlib.new(lock.checksum_hash, packed[:CHECKED]).digest() != lock.checksum:
        raise _WrongPasswordError
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacking.decompress(packed, LARGEST)
    except zlib.error:
        raise DocumentError("is damaged: open it and save it anew") from None
    check_sizes(len(content) + len(unpacking.unconsumed_tail), len(packed))
    return content


def _deciphered(data: bytes, lock: _Lock, password: str) -> bytes:
    try:
        from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
        from cryptography.hazmat.decrepit.ciphers.modes import CFB
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import CBC
    except ImportError:
        raise MissingReaderError("needs cryptography to be decrypted: pip install 'searchkit[formats]'") from None
    first = hashlib.new(lock.start_hash, password.encode("utf-8", "surrogatepass")).digest()
    key = hashlib.pbkdf2_hmac("sha1", first, lock.salt, lock.iterations, lock.key_size)
    try:
        cipher = (
            Cipher(AES(key), CBC(lock.start)) if lock.algorithm == "aes" else Cipher(Blowfish(key), CFB(lock.start))
        )
        decryptor = cipher.decryptor()
        packed = decryptor.update(data) + decryptor.finalize()
    except ValueError:  # a key or a beginning of a length that the cipher does not have
        raise _not_known() from None
    return packed[: -packed[-1]] if lock.algorithm == "aes" and packed else packed
