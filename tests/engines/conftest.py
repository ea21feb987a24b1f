from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines

LIBRARIES = {"tantivy": "tantivy", "opensearch": "opensearchpy"}
"""What must be installed for an engine that is an extra."""


@pytest.fixture(params=engines.names())
def engine_name(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    name: str = request.param
    library = LIBRARIES.get(name)
    if library and find_spec(library) is None:
        pytest.skip(f"{name}: the library {library} is not installed")
    if name == "opensearch":
        if not os.environ.get("SEARCHKIT_OPENSEARCH"):
            pytest.skip("opensearch: no node runs (tests/engines/opensearch/node starts one)")
        if request.node.get_closest_marker("in_files"):
            pytest.skip("opensearch: keeps its documents in a cluster, not in files of the folder")
    yield name
    if name == "opensearch":
        from .opensearch.cluster import delete_indexes

        delete_indexes(tmp_path)


@pytest.fixture
def engine(engine_name: str, tmp_path: Path) -> Iterator[Any]:
    opened = engines.open(engine_name, tmp_path)
    yield opened
    opened.close()
