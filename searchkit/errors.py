"""The exceptions that users of searchkit meet. Each message is one sentence that says what to do."""

from __future__ import annotations


class SearchkitError(Exception):
    """The base of all searchkit errors."""


class QueryError(SearchkitError):
    """A query that cannot be understood. Never raised for `plain=True`."""


class BrokenIndexError(SearchkitError):
    """An index that cannot be opened: damaged, of another format, or not an index."""


class OutdatedIndexError(BrokenIndexError):
    """An index of an earlier format: it can be searched, but not written to before it is brought up."""


class StorageError(SearchkitError, OSError):
    """The disk or the system refused to read or write: full, failing, not permitted, too many files; not damage.

    `errno` says which, as for any OSError.
    """


class EngineError(SearchkitError):
    """A library of an engine failed although the index is whole: a fault to report."""


class NotReachableError(SearchkitError):
    """The cluster that keeps the index does not answer: not running, not reachable, or too busy."""


class LockedIndexError(SearchkitError):
    """Another process is updating the index."""


class DocumentError(SearchkitError):
    """A file or record that cannot be read as a document; the message is the reason."""


class MissingReaderError(DocumentError):
    """A file whose format needs a library or a program that is not installed: it is tried again at each update."""


class WorkerError(SearchkitError):
    """No process can be started to read files: a matter of the machine or of the installation, not of a file."""
