"""Two short documents, indexed, and a way to run commands on them."""

import pytest
from click.testing import CliRunner

from searchkit import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in a folder with two documents in papers/."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    for name in ("XDG_CONFIG_HOME", "APPDATA", "HOME"):  # where the last search is kept
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text(
        "A memorandum was signed by Gaziza Nurgaliyeva on July 27, 2023.", encoding="utf-8"
    )
    (tmp_path / "papers" / "two.txt").write_text(
        "2026 жылғы 21 қаңтарда Ғазиза Нұрғалиева меморандумға қол қойды.", encoding="utf-8"
    )

    def invoke(*arguments, **settings):
        return CliRunner().invoke(cli.main, arguments, **settings)

    return invoke


@pytest.fixture
def indexed(run):
    assert run("index", "papers").exit_code == 0
    return run
