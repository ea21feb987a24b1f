"""Which files are gone for good: of those that the index knows below the given paths, the ones that an update did not meet.

A disk that is not connected looks like a folder whose files were all deleted. So nothing is taken for gone (but said, with
what to do) where a given path is not there, where a given folder holds no file any more, or where a folder that was the
root of another file system is not that now; `prune` takes the files out all the same. Of folders that could not be read,
nothing is known, and nothing is taken out.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence

from searchkit.collection.file_names import Names, device
from searchkit.collection.manifest import FileState, Manifest
from searchkit.documents.real_paths import composed, is_utf8, real_path
from searchkit.documents.walk import is_hidden, not_utf8
from searchkit.model import Failure
from searchkit.text.slash_names import is_at_or_below, parents


class Vanished:
    """Files and folders that an update of some paths (`root`) has met, and those whose documents it must keep."""

    def __init__(
        self,
        names: Names,
        manifest: Manifest,
        prune: bool,
        apart: Sequence[str] = (),
        within: Collection[str] | None = None,
    ) -> None:
        """Of the folders `apart`, by name, nothing is known: they are updated by themselves. `within`: only what is at or
        below these paths is looked at."""
        self._names = names
        self._manifest = manifest
        self._prune = prune
        self._roots: list[str] = []
        self._keepers: dict[str, tuple[str, bool]] = {}
        """Name of a root or mount whose documents stay -> how it is called, and whether it is there, but empty."""
        self._kept: dict[str, int] = {}
        """Of these, how many documents stay."""
        self._failures: list[Failure] = []
        self._met: set[str] = set()
        self._within = None if within is None else sorted(names.of(composed(path)) for path in within)
        self._unknown = set(apart)
        """Names at and below which nothing is taken for gone."""
        self._may_have_moved: set[str] = set()
        """Last parts of names: no file that is called so is taken for gone."""
        self._devices: dict[str, int] = {}
        self._looked_at: set[str] = set()
        """Folders of which it is known whether they are roots of a file system."""
        self._mounts = set(manifest.mounts())
        self._lost_mounts = {mount for mount in self._mounts if not names.is_mount(mount)}

    # -------------------------------------------------------------- while the files are walked
    def root(self, path: str) -> bool:
        """Note a given path; False where there is nothing to be read."""
        if not is_utf8(real_path(path)):
            self._failures.append(not_utf8(path))
            return False
        name = self._names.of(composed(real_path(path)))
        self._roots.append(name)
        if (given := self._names.as_given(path)) != name:
            # Below a link, files once went by its name; they are found again under their own, as if they had moved.
            self._roots.append(given)
        if os.path.exists(path):
            return True
        if self._manifest.count_documents(name):
            self._keepers[name] = path, False
            return False
        if os.path.lexists(path):
            return True  # a link to nothing
        self._failures.append(Failure(path, "does not exist: check the spelling of the path"))
        return False

    def met(self, name: str) -> bool:
        """The file is there; False where it was met before."""
        before = len(self._met)
        self._met.add(name)
        return len(self._met) > before

    def unreadable(self, name: str) -> None:
        """The file or folder is there and cannot be read."""
        self._met.add(name)
        self._unknown.add(name)

    def may_be(self, name: str) -> None:
        """The file is new and cannot be read: it may be one of its name that was moved here."""
        self._may_have_moved.add(_last_part(name))

    def keep(self, name: str) -> None:
        """The file may have moved to where it cannot be read."""
        self._unknown.add(name)

    def new_mounts(self, path: str) -> Iterator[str]:
        """The names of folders around a file that was met, at a real path, that are roots of a file system and were not
        known as such."""
        folder = os.path.dirname(path)
        while folder and folder not in self._looked_at:
            self._looked_at.add(folder)
            around = os.path.dirname(folder)
            try:
                if self._device(folder) != self._device(around or os.curdir):
                    name = self._names.of(composed(folder))
                    if name not in self._mounts and self._names.is_mount(name):
                        self._mounts.add(name)
                        yield name
            except OSError:
                return
            folder = around

    def _device(self, folder: str) -> int:
        number = self._devices.get(folder)
        if number is None:
            number = self._devices[folder] = device(folder)
        return number

    # -------------------------------------------------------------- when all have been met
    def _places(self) -> list[str]:
        """The names at and below which files may be gone."""
        return self._roots if self._within is None else self._within

    def files(self) -> Iterator[FileState]:
        """The files that were read and are not where they were, be it that their disk is. In a folder that cannot be read
        they may be still."""
        for place in self._places():
            for name in self._manifest.paths(place):
                state = self._manifest.file(name)
                if name not in self._met and state and state.hash and not self._is_unknown(name):
                    yield state

    def _is_unknown(self, name: str) -> bool:
        return bool(self._unknown) and not self._unknown.isdisjoint((name, *parents(name), ""))

    def removed(self) -> Iterator[str]:
        """The names of files that are gone, each once. The caller may change the manifest in between."""
        if not self._prune:
            self._look_for_keepers()
        for place in self._places():
            for name in self._manifest.paths(place):
                if name in self._met or self._is_unknown(name):
                    continue
                if _last_part(name) in self._may_have_moved:
                    continue
                self._met.add(name)
                keeper = self._keeper(name)
                if keeper is None:
                    yield name
                else:
                    self._kept[keeper] = self._kept.get(keeper, 0) + len(self._manifest.documents(name))

    def failures(self) -> list[Failure]:
        """Failures for paths that were given and are missing, and for documents that were kept."""
        kept = (
            _still_indexed(path, is_there, self._kept[name])
            for name, (path, is_there) in self._keepers.items()
            if self._kept.get(name)
        )
        return [*self._failures, *kept]

    def pruned_mounts(self) -> list[str]:
        """The roots of file systems that are to be forgotten."""
        if not self._prune:
            return []
        return [mount for mount in self._lost_mounts if any(is_at_or_below(mount, root) for root in self._roots)]

    def _look_for_keepers(self) -> None:
        for root in self._roots:
            path = self._names.path(root)
            if root not in self._keepers and os.path.isdir(path) and self._holds_no_file(path):
                self._keepers[root] = path, True
        # Asked again: a disk may have been taken out while its files were read.
        self._lost_mounts |= {mount for mount in self._mounts if not self._names.is_mount(mount)}
        for mount in self._lost_mounts:
            self._keepers.setdefault(mount, (self._names.path(mount), True))

    def _keeper(self, name: str) -> str | None:
        if self._prune or not self._keepers:
            return None
        return next((around for around in (name, *parents(name), "") if around in self._keepers), None)

    def _holds_no_file(self, folder: str) -> bool:
        for around, folders, files in os.walk(folder):
            folders[:] = [
                name for name in folders if not is_hidden(name) and os.path.join(around, name) != self._names.index
            ]
            if any(not is_hidden(name) for name in files):
                return False
        return True


def _last_part(name: str) -> str:
    return name.rpartition("/")[2]


def _still_indexed(path: str, is_there: bool, documents: int) -> Failure:
    if is_there:
        return Failure(
            path,
            f"is empty, and the index holds documents from it ({documents:,}): connect its disk, or take them out of the index"
            " with --prune",
        )
    return Failure(
        path,
        f"is gone, and the index holds documents from it ({documents:,}): bring it back, or take them out of the index with"
        " --prune",
    )
