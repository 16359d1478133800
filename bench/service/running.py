"""A service of the benchmark's own: its processes, started, killed, and started again.

On SQLite `bonafide serve` does everything; on PostgreSQL `serve --no-worker` answers and two
`bonafide worker` verify. Either way as many cases are verified at once as there are cores.
"""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from bench.service import usage
from bench.service.client import Client
from bench.service.postgresql import Cluster, free_port
from service.access.tenants import create_tenant
from service.runtime import open_store
from service.settings import Settings
from service.store.actor import OPERATOR

CORES = os.cpu_count() or 1
_READY = {"serve": "Bonafide listens on", "worker": "Ready to verify"}
_PATIENCE_SECONDS = 120.0


class Service:
    """The service on one database."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        """Make the tenant and its key; nothing runs yet. `cluster` in place of SQLite."""
        self.cluster = cluster
        self.database = "PostgreSQL" if cluster else "SQLite"
        self._folder = folder
        self._home = folder / "home"
        self._port = free_port()
        settings = Settings(folder=self._home, database_url=cluster.url if cluster else None)
        store = open_store(settings)
        with store.tenant(create_tenant(store, "default"), OPERATOR) as t:
            _, self.secret = t.access.add_key("bench")
        store.close()
        self.url = f"http://127.0.0.1:{self._port}"
        self.client = Client(self.url, self.secret)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        names = ("serve", "worker-1", "worker-2") if self.cluster else ("serve",)
        for name in names:
            self.start(name)
        for name in names:
            self.wait_until_ready(name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(_PATIENCE_SECONDS)

    @property
    def pids(self) -> list[int]:
        """Of its own processes, without the database's."""
        return [process.pid for process in self._processes.values()]

    @property
    def cpu_seconds(self) -> float:
        """Of its processes, their children and PostgreSQL's, since they began."""
        return usage.cpu_seconds([*self.pids, *([self.cluster.pid] if self.cluster else [])])

    @property
    def workers(self) -> list[str]:
        """The processes that verify."""
        return ["worker-1", "worker-2"] if self.cluster else ["serve"]

    def start(self, name: str) -> None:
        """Start one process."""
        at_once = max(1, CORES // len(self.workers))
        command = ["serve", "--port", str(self._port)] if name == "serve" else ["worker"]
        if name == "serve" and self.cluster:
            command.append("--no-worker")
        ours = {name: value for name, value in os.environ.items() if name[:9] != "BONAFIDE_"}
        ours |= {"BONAFIDE_FOLDER": str(self._home), "BONAFIDE_CONCURRENCY": str(at_once)}
        if self.cluster:
            ours["BONAFIDE_DATABASE_URL"] = self.cluster.url
        with self._log(name).open("wb") as log:
            self._processes[name] = subprocess.Popen(
                [str(Path(sys.executable).with_name("bonafide")), *command],
                cwd=self._folder,  # Where no `.env` file is.
                env=ours | {"PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """`kill -9`."""
        self._processes[name].kill()
        self._processes[name].wait()

    def wait_until_ready(self, name: str) -> None:
        """Until it answers (`/readyz`), or says that it verifies."""
        patience = time.monotonic() + _PATIENCE_SECONDS
        said = _READY[name.partition("-")[0]]
        while said not in self._log(name).read_text() or (
            name == "serve" and not self.client.ready()
        ):
            if self._processes[name].poll() is not None or time.monotonic() > patience:
                raise RuntimeError(f"{name}: {self._log(name).read_text()[-2000:]}")
            time.sleep(0.02)

    def working(self) -> str | None:
        """A process that has a case under way: its server of jobs has a child then."""
        for name in self.workers:
            if len(usage.descendants(self._processes[name].pid)) > 1:
                return name
        return None

    def wait_until_idle(self) -> None:
        """Until the children of the last cases are gone, and their CPU time is accounted for."""
        patience = time.monotonic() + _PATIENCE_SECONDS
        while self.working():
            if time.monotonic() > patience:
                raise RuntimeError("a case's process does not end")
            time.sleep(0.02)

    def database_megabytes(self) -> float:
        """What the store and the workflow take, without the evidence."""
        if self.cluster:
            with psycopg.connect(self.cluster.url) as connection:
                row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            assert row
            return float(row[0]) / 1e6
        return sum(map(_sqlite_megabytes, self._home.glob("*.sqlite")))

    def evidence_megabytes(self) -> float:
        """What the sealed evidence takes."""
        return usage.folder_megabytes(self._home / "blobs")

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"


def _sqlite_megabytes(file: Path) -> float:
    """Its pages, those that are still in the write-ahead log included, that log itself not."""
    with closing(sqlite3.connect(file)) as connection:
        ((pages,),) = connection.execute("PRAGMA page_count")
        ((page_bytes,),) = connection.execute("PRAGMA page_size")
    return float(pages * page_bytes) / 1e6
