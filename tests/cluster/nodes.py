"""Nodes of OpenSearch on this machine, of small memory, which a test stops, kills and starts again; loopback only."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import opensearchpy

NODE = Path(__file__).parents[1] / "engines" / "opensearch" / "node"
LOG = """status = error
appender.c.type = Console
appender.c.name = c
appender.c.layout.type = PatternLayout
appender.c.layout.pattern = [%d{ISO8601}][%p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.c.ref = c
"""
NOBODY = 65534


class Nodes:
    """A cluster. Its nodes are told by their numbers, from 0 on."""

    def __init__(self, folder: Path, count: int = 3, port: int = 19700, heap: str = "384m") -> None:
        self._folder = folder
        self._port = port
        self._heap = heap
        self.count = count
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        environment = {**os.environ, "RUN": str(folder)}
        done = subprocess.run([str(NODE), "download"], env=environment, check=False)
        if done.returncode:
            raise SystemExit("There is no server to be tried.")

    def address(self, node: int = 0) -> str:
        """Where a node is to be asked."""
        return f"http://127.0.0.1:{self._port + node}"

    def client(self, node: int = 0) -> Any:
        """To look after the cluster."""
        return opensearchpy.OpenSearch(self.address(node), timeout=60, max_retries=0)

    def start(self, node: int) -> None:
        """Start a node, with the data that it has."""
        folder = self._folder / f"node{node}"
        (folder / "config").mkdir(parents=True, exist_ok=True)
        (folder / "tmp").mkdir(exist_ok=True)
        (folder / "config" / "log4j2.properties").write_text(LOG)
        seeds = ", ".join(f'"127.0.0.1:{self._port + 50 + other}"' for other in range(self.count))
        names = ", ".join(f'"node{other}"' for other in range(self.count))
        (folder / "config" / "opensearch.yml").write_text(
            f"""cluster.name: searchkit-faults
node.name: node{node}
path.data: {folder / "data"}
path.logs: {folder / "logs"}
network.host: 127.0.0.1
http.port: {self._port + node}
transport.port: {self._port + 50 + node}
discovery.seed_hosts: [{seeds}]
cluster.initial_cluster_manager_nodes: [{names}]
cluster.fault_detection.follower_check.interval: 1s
cluster.fault_detection.follower_check.timeout: 3s
cluster.fault_detection.leader_check.interval: 1s
cluster.fault_detection.leader_check.timeout: 3s
cluster.info.update.interval: 10s
bootstrap.system_call_filter: false
action.auto_create_index: false
"""
        )
        user = {}
        if os.getuid() == 0:  # OpenSearch does not run as root
            user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        home = self._folder / "server"
        command = [
            *("java", f"-Xms{self._heap}", f"-Xmx{self._heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            *("-Djava.security.manager=allow", f"-Dopensearch.path.home={home}"),
            *(f"-Dopensearch.path.conf={folder / 'config'}", f"-Djava.io.tmpdir={folder / 'tmp'}"),
            *("-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8", "-Djava.awt.headless=true", "-Djna.nosys=true"),
            *("-Dio.netty.noUnsafe=true", "-cp", f"{home / 'lib'}/*", "org.opensearch.bootstrap.OpenSearch"),
        ]
        with (folder / "out.log").open("ab") as log:
            self._running[node] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **user)  # type: ignore[call-overload]

    def signal(self, node: int, number: int) -> None:
        """Send a signal to a node."""
        self._running[node].send_signal(number)
        if number == signal.SIGKILL:
            self._running.pop(node).wait()

    def wait(self, status: str = "green", node: int = 0, seconds: float = 600.0) -> None:
        """Wait until all nodes are there, with all copies of all documents. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                found = self.client(node).cluster.health()
                if found["number_of_nodes"] == self.count and found["status"] == status:
                    return
                # A copy that could not be made five times is not tried again without being told to.
                self.client(node).cluster.reroute(params={"retry_failed": "true"})
            except opensearchpy.exceptions.TransportError:
                pass
            if time.monotonic() > deadline:
                raise TimeoutError(f"the cluster is not {status}")
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop all nodes."""
        for process in self._running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self._running.values():
            process.wait()
        self._running.clear()
