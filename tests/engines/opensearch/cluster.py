"""The cluster that the tests run on, where there is one."""

from __future__ import annotations

from pathlib import Path

from searchkit.engines.opensearch import cluster_address
from searchkit.engines.opensearch.connection import connect


def delete_indexes(folder: Path) -> None:
    """Delete what the engines in and below a folder keep in the cluster."""
    for file in folder.rglob(cluster_address.FILE_NAME):
        connection = connect(cluster_address.read(file.parent))
        names = [connection.address.name + end for end in ("", "-state", "-log", "-shared")]
        connection.client.indices.delete(index=",".join(names), params={"ignore_unavailable": "true"})
        connection.client.close()
