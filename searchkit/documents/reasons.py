"""Other people's errors in our sentences, and whose fault they are: the file's or the machine's."""

from __future__ import annotations

import errno

# What the content of a file can make the system answer: a place before its beginning, a name in it that is too long.
_BY_CONTENT = frozenset((errno.EINVAL, errno.EOVERFLOW, errno.ENAMETOOLONG, errno.EILSEQ, errno.EFBIG))


def error_summary(error: BaseException) -> str:
    """The kind of an error and what it says, on one line of at most 120 code points."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:120] if text else type(error).__name__


def machine_fault(error: BaseException) -> str:
    """The fault of the machine or the installation where that, and not the file, led to `error`; "" otherwise.

    A full disk, too many open files, a broken disk, a library that cannot be loaded. Parsers put errors of their own
    in place of those, so the errors that led to this one count.
    """
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        if isinstance(cause, OSError) and cause.errno is not None and cause.errno not in _BY_CONTENT:
            return cause.strerror or error_summary(cause)
        if isinstance(cause, ImportError):
            return error_summary(cause)
        seen.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return ""


def not_the_files_fault(fault: str) -> str:
    """The reason of a Failure for which the file is not to blame; the same for all files, so that they are counted."""
    return f"was not read, since something is wrong with this computer and not with the file ({fault}): mend it and update again"


def size_in_words(size: int) -> str:
    """A number of bytes as a reader has it: "1 GB", "256 MB"."""
    return f"{size / (1 << 30):g} GB" if size >= 1 << 30 else f"{size / (1 << 20):g} MB"
