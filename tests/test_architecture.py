"""ARCHITECTURE.md names files that exist, and every folder of the package."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|/))`", TEXT)) - {"languages/xx/"})


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_exists(name):
    places = [ROOT / "searchkit" / name, ROOT / name, *(ROOT / "searchkit").glob(f"**/{name}")]
    assert any(place.exists() for place in places), f"ARCHITECTURE.md names {name}: where is it now?"


def test_every_folder_is_named():
    folders = {path.name for path in (ROOT / "searchkit").iterdir() if (path / "__init__.py").exists()}
    assert folders - {re.match("[a-z_]+", name)[0] for name in NAMED} == set()
