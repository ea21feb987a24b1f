"""The passwords that the user has given for encrypted files. They live in memory alone: no index, list or message has them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

from searchkit.errors import DocumentError, MissingReaderError

Result = TypeVar("Result")

_OLE = b"\xd0\xcf\x11\xe0"
_given: tuple[str, ...] = ()


def use(given: tuple[str, ...]) -> None:
    """Have these passwords tried, in this order, from now on."""
    global _given
    _given = given


def given() -> tuple[str, ...]:
    """The passwords to try."""
    return _given


def refusal(advice: str = "remove it") -> DocumentError:
    """The error for a file that no password opens; `advice` is what to do where the password is not known here."""
    if _given:
        return DocumentError("is encrypted, and none of the passwords that were given opens it")
    return DocumentError(f"is encrypted: give its password with --password, or {advice}")


def is_refusal(reason: str) -> bool:
    """Whether a file failed for want of its password."""
    return "is encrypted" in reason


def first_that_opens(attempt: Callable[[str], Result], refused: tuple[type[Exception], ...]) -> Result | None:
    """The result of `attempt` with the first password that it does not refuse by an error of these kinds; None for none."""
    for password in _given:
        try:
            return attempt(password)
        except refused:
            continue
    return None


def office(file: BinaryIO) -> BinaryIO:
    """A file of Microsoft Office, decrypted where it is encrypted and one of the passwords opens it; any other as it is."""
    start = file.read(4)
    file.seek(0)
    if not _given or start != _OLE:
        return file
    try:
        import msoffcrypto
    except ImportError:
        raise MissingReaderError(
            "may need msoffcrypto-tool to be decrypted: pip install 'searchkit[formats]'"
        ) from None
    found = first_that_opens(lambda password: _decrypted(msoffcrypto.OfficeFile(file), password), (Exception,))
    file.seek(0)
    return found or file


def _decrypted(locked: object, password: str) -> BinaryIO:
    plain = io.BytesIO()
    locked.load_key(password=password)  # type: ignore[attr-defined]
    locked.decrypt(plain)  # type: ignore[attr-defined]
    plain.seek(0)
    return plain


def as_bytes() -> Iterator[bytes]:
    """The passwords as ZIP archives may have been made with them: in UTF-8, or by Russian MS-DOS and Windows."""
    for password in _given:
        for encoding in ("utf-8",) if password.isascii() else ("utf-8", "cp866", "cp1251"):
            try:
                yield password.encode(encoding)
            except UnicodeEncodeError:
                continue
