"""An index of the seeds behind the application, asked without a socket."""

import json
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("fastapi", reason="the page needs pip install 'searchkit[web]'")

import lxml.html

import searchkit
from searchkit.web import ServerSettings, app
from searchkit.web.offline import request

SEEDS = Path(__file__).parents[2] / "seeds"


class Reply(NamedTuple):
    """An answer of the application."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def lines(self):
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def html(self):
        return lxml.html.fromstring(self.text)


class Asker:
    """Asks an application."""

    def __init__(self, application):
        self.application = application

    def __call__(self, address, method="GET", body=b"", **headers):
        given = {"host": "127.0.0.1", **{name.replace("_", "-"): value for name, value in headers.items()}}
        given = {name: value for name, value in given.items() if value is not None}
        return Reply(*request(self.application, address, given.items(), method, body))


def made(index, **settings):
    """Asks an application that has counted what it counts when it starts."""
    asker = Asker(app(index, ServerSettings(**settings)))
    for thread in threading.enumerate():
        if thread.name == "searchkit-warm":
            thread.join(30)
    return asker


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory):
    """The seeds, copied and indexed."""
    base = tmp_path_factory.mktemp("web")
    import shutil

    shutil.copytree(SEEDS, base / "seeds")
    with searchkit.open(base / "index", create=True) as index:
        index.sync([base / "seeds"], jobs=1)
        yield index


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Lists show when all of their places are found, however slow this machine is; test_streams has them show before."""
    monkeypatch.setattr("searchkit.web.pages.lines.PATIENCE", 60.0)


@pytest.fixture
def ask(seeds_index, tmp_path):
    """Asks the application of the seeds, its judgements in a folder of the test's own."""
    return made(seeds_index, notes=tmp_path / "notes.sqlite")


@pytest.fixture
def by_name(seeds_index):
    """The id of a seed by the name of its file."""
    return {id.rpartition("/")[2].partition("#")[0]: id for id in seeds_index.ids()}
