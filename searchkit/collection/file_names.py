"""How files are named in the index: relative to the folder that holds the index, where they lie below it, so that a collection
can be moved together with its index; else absolute. There is "/" between the parts."""

from __future__ import annotations

import os
from pathlib import Path

from searchkit.documents import real_paths


class Names:
    """The names of files for the index in a folder."""

    def __init__(self, index: Path) -> None:
        self.index = real_paths.real_path(os.fspath(index))
        self._base = os.path.dirname(self.index)
        self._composed_base = real_paths.composed(self._base)

    def of(self, path: str) -> str:
        """The name of an absolute path, real and composed (see `documents.names`); "" for the folder with the index."""
        if path == self._composed_base:
            return ""
        return path.removeprefix(self._composed_base.rstrip(os.sep) + os.sep).replace(os.sep, "/")

    def as_given(self, path: str) -> str:
        """The name of a path with its links kept, as names were made before."""
        return self.of(os.path.abspath(path))

    def path(self, name: str) -> str:
        """Where the file of a name is, or would be."""
        return real_paths.existing(os.path.join(self._base, *name.split("/")) if not os.path.isabs(name) else name)

    def is_mount(self, name: str) -> bool:
        """Whether a folder is there and the root of another file system than the folder around it."""
        path = self.path(name)
        try:
            return device(path) != device(os.path.dirname(path))
        except OSError:
            return False


def device(folder: str) -> int:
    """The number of the file system that a folder stands on. Raises OSError."""
    return os.stat(folder).st_dev
