"""Addresses of indexes, and where passwords come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.engines.opensearch import cluster_address
from searchkit.engines.opensearch.cluster_address import Address
from searchkit.errors import BrokenIndexError, SearchkitError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("", "_USER", "_PASSWORD"):
        monkeypatch.delenv(f"SEARCHKIT_OPENSEARCH{name}", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://host:9200/name", Address("https://host:9200", "name")),
        # the port of OpenSearch where none is named
        ("https://host/archive-2", Address("https://host:9200", "archive-2")),
        ("http://127.0.0.1:19200/a_b/", Address("http://127.0.0.1:19200", "a_b")),
        # as a path of the file system has made it
        ("https:/host:9200/name", Address("https://host:9200", "name")),
        ("http://[::1]:9200/name", Address("http://[::1]:9200", "name")),
    ],
)
def test_an_address(text: str, expected: Address) -> None:
    assert cluster_address.is_address(text)
    assert cluster_address.parsed(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://host:9200", "no name of an index"),
        ("https://host:9200/Name", "small Latin letters"),
        ("https://host:9200/one/two", "no name of an index"),
        ("https://host:99999/name", "no address"),
        ("https://user:secret@host:9200/name", "password"),
        ("https://host:9200/name?pretty", "no address"),
    ],
)
def test_what_is_no_address(text: str, said: str) -> None:
    with pytest.raises(SearchkitError, match=said) as raised:
        cluster_address.parsed(text)
    assert "secret" not in str(raised.value)


def test_a_folder_is_no_address() -> None:
    assert not any(map(cluster_address.is_address, ("index", "/https/x", Path("http"), "https")))


def test_the_address_is_written_and_read(tmp_path: Path) -> None:
    assert not cluster_address.is_written(tmp_path)
    cluster_address.write(tmp_path, Address("https://host:9200", "name"))
    assert cluster_address.is_written(tmp_path)
    assert cluster_address.read(tmp_path) == Address("https://host:9200", "name")


@pytest.mark.parametrize("content", ["", "{}", '{"format": 2, "server": "x", "index": "y"}'])
def test_a_damaged_file_is_an_error_that_says_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / cluster_address.FILE_NAME).write_text(content)
    with pytest.raises(BrokenIndexError, match="backup|newer searchkit"):
        cluster_address.read(tmp_path)


def test_a_new_index_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SearchkitError, match="set SEARCHKIT_OPENSEARCH"):
        cluster_address.chosen(tmp_path / "opensearch-1")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH", "https://host:9200/name")
    assert cluster_address.chosen(tmp_path) == Address("https://host:9200", "name")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH", "https://host:9200")
    names = {cluster_address.chosen(tmp_path).name for _ in range(5)}
    assert len(names) == 5, "indexes without a name of their own never meet"


def test_an_index_that_is_made_anew_stays_in_its_cluster(tmp_path: Path) -> None:
    before = tmp_path / "opensearch-00000001"
    before.mkdir()
    cluster_address.write(before, Address("https://host:9200", "name"))
    server, name = cluster_address.chosen(tmp_path / "opensearch-00000002")
    assert server == "https://host:9200"
    assert name.startswith("name-")


def test_credentials_come_from_the_environment_or_a_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = Address("https://host:9200", "name")
    assert cluster_address.credentials(address) is None
    file = tmp_path / "netrc"
    file.write_text("machine host login reader password one\nmachine other login reader password two\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    assert cluster_address.credentials(address) == ("reader", "one")
    assert cluster_address.credentials(Address("https://elsewhere:9200", "name")) is None
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_USER", "writer")
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_PASSWORD", "three")
    assert cluster_address.credentials(address) == ("writer", "three")
    cluster_address.write(tmp_path, address)
    assert "three" not in (tmp_path / cluster_address.FILE_NAME).read_text()
