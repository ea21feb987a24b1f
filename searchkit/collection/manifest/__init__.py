"""The files that the index was made from: a small SQLite database beside the engine's files.

It says which files were read, in which state, and which documents each gave, so that the next update reads only what
changed. It is a cache. The engine is the truth about documents: `Engine.ids` gives each with its hash and its file. The
manifest names the generation of the engine that it describes, and every row has a checksum. Where the generation is
another (a kill between the engine's commit and the manifest's, a backup that was put back, documents that were
added without files) or a checksum does not fit, it is built anew: its documents are those of the engine, and a file
counts as read only if the documents recorded for it are the very ones that the engine holds; all other files are read
again. So neither losing it nor finding it damaged is an error, and nothing that it says has to be believed.

A file beside it has its checksum, so that a flipped bit shows wherever it is, even where SQLite reads nothing. It is deleted
before the first change and written when the manifest is closed: without it, the last run did not come to its end, and the
manifest is built anew as well. While it fits, the rows need not be looked at one by one.

Files go by their names (see `names`). Whoever opens a manifest holds the write lock of the index.
"""

from searchkit.collection.manifest.database import Manifest
from searchkit.collection.manifest.file_states import Changes, FileState
from searchkit.collection.manifest.reading import documents_without_file, failures, known_files, sound_files
from searchkit.collection.manifest.seal import forget, is_sealed, seal, unseal

__all__ = [
    "Changes",
    "FileState",
    "Manifest",
    "documents_without_file",
    "failures",
    "forget",
    "is_sealed",
    "known_files",
    "seal",
    "sound_files",
    "unseal",
]
