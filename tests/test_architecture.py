"""The pages name files that exist, and ARCHITECTURE.md every folder of the package."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|/))`", TEXT)) - {"languages/xx/"})
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_exists(name):
    places = [ROOT / "searchkit" / name, ROOT / name, *(ROOT / "searchkit").glob(f"**/{name}")]
    assert any(place.exists() for place in places), f"ARCHITECTURE.md names {name}: where is it now?"


def test_every_folder_is_named():
    folders = {path.name for path in (ROOT / "searchkit").iterdir() if (path / "__init__.py").exists()}
    assert folders - {re.match("[a-z_]+", name)[0] for name in NAMED} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_by_their_whole_path_exist(page):
    named = re.findall(r"`((?:searchkit|tests|benchmarks|docs)/[\w/.]*)", page.read_text(encoding="utf-8"))
    examples = {name for name in named if "/xx/" in name or name.endswith("/name.py")}
    assert [name for name in named if name not in examples and not (ROOT / name).exists()] == []
