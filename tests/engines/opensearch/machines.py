"""A machine that updates an index named by its address: a process with a folder of its own for the user's data.

    python -m tests.engines.opensearch.machines ADDRESS PATH...

Prints the report as JSON. SEARCHKIT_HOME is the folder; a process of the same computer is told from others by HOST, so that only its
lease tells whether it lives.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def start(home: Path, address: str, *paths: Path, seconds: float = 60.0, batch: int = 0) -> subprocess.Popen[str]:
    """Start an update of these paths by a machine of its own, whose leases hold for so many seconds and whose batches have so many
    documents (0: the usual)."""
    environment = {
        **os.environ,
        "SEARCHKIT_HOME": str(home),
        "LEASE": str(seconds),
        "HOST": home.name,
        "BATCH": str(batch),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.engines.opensearch.machines", address, *map(str, paths)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def main(address: str, *paths: str) -> None:
    import searchkit
    from searchkit.collection import batch
    from searchkit.engines.opensearch import lease

    lease.SECONDS = float(os.environ["LEASE"])
    lease._machine = lambda: os.environ["HOST"]  # type: ignore[assignment]
    batch.DOCUMENTS = int(os.environ["BATCH"]) or batch.DOCUMENTS
    with searchkit.open(address, create=True) as index:
        report = index.sync(paths or None, jobs=1)
    print(json.dumps({name: getattr(report, name) for name in ("added", "updated", "removed", "unchanged", "failed")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
