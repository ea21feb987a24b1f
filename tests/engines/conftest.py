from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines

LIBRARIES = {"tantivy": "tantivy"}
"""What must be installed for an engine that is an extra."""


@pytest.fixture(params=engines.names())
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    library = LIBRARIES.get(name)
    if library and find_spec(library) is None:
        pytest.skip(f"{name}: the library {library} is not installed")
    return name


@pytest.fixture
def engine(engine_name: str, tmp_path: Path) -> Iterator[Any]:
    opened = engines.open(engine_name, tmp_path)
    yield opened
    opened.close()
