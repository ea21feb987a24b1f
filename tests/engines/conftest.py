from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines


@pytest.fixture(params=engines.names())
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    try:
        engines.load(name)
    except ImportError as error:
        pytest.skip(f"{name}: {error}")
    return name


@pytest.fixture
def engine(engine_name: str, tmp_path: Path) -> Iterator[Any]:
    opened = engines.open(engine_name, tmp_path)
    yield opened
    opened.close()
