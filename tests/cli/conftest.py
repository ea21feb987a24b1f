"""Two short documents, indexed, and a way to run commands on them."""

import shutil

import pytest
from click.testing import CliRunner

from searchkit import cli

PAPERS = {
    "one.txt": "A memorandum was signed by Gaziza Nurgaliyeva on July 27, 2023.",
    "two.txt": "2026 жылғы 21 қаңтарда Ғазиза Нұрғалиева меморандумға қол қойды.",
}


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """A folder with the documents in papers/ and their index. Tests work on copies."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "papers").mkdir()
    for name, text in PAPERS.items():
        (folder / "papers" / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert CliRunner().invoke(cli.main, ["index", "papers"], env={"SEARCHKIT_INDEX": "index"}).exit_code == 0
    return folder


@pytest.fixture
def run(library, tmp_path, monkeypatch):
    """Run a command in a folder with two documents in papers/."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEARCHKIT_INDEX", raising=False)
    for name in ("XDG_CONFIG_HOME", "APPDATA", "HOME"):  # where the last search is kept
        monkeypatch.setenv(name, str(tmp_path / "home"))
    shutil.copytree(library / "papers", tmp_path / "papers")

    def invoke(*arguments, **settings):
        return CliRunner().invoke(cli.main, arguments, **settings)

    return invoke


@pytest.fixture
def indexed(run, library, tmp_path):
    """As `run`, with the documents indexed."""
    shutil.copytree(library / "index", tmp_path / "index")
    return run
