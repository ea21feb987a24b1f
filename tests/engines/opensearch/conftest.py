from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .cluster import delete_indexes


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for engines that keep their documents in the cluster of the tests."""
    pytest.importorskip("opensearchpy", reason="the library opensearch-py is not installed")
    if not os.environ.get("SEARCHKIT_OPENSEARCH"):
        pytest.skip("no OpenSearch node runs (tests/engines/opensearch/node starts one)")
    yield tmp_path
    delete_indexes(tmp_path)
