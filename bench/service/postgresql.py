"""A PostgreSQL of the benchmark's own, with its defaults: every commit reaches the disk."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    url: str
    """Of an empty database."""
    pid: int


def programs() -> Path | None:
    """Where the newest installed version has its programs; `None` where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    return found[-1] if found else None


@contextmanager
def cluster(bin: Path) -> Iterator[Cluster]:
    """A server on a free port of the loopback, gone afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bonafide-bench-postgresql-") as folder:
        as_postgres: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
            as_postgres = ["runuser", "-u", "postgres", "--"]
            shutil.chown(folder, "postgres")
        data = f"{folder}/cluster"
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        control = [*as_postgres, str(bin / "pg_ctl"), "-D", data, "-w"]
        _run([*as_postgres, str(bin / "initdb"), "-D", data, "-A", "trust", "-U", "postgres"])
        _run([*control, "-o", options, "-l", f"{folder}/log", "start"])
        try:
            pid = int(Path(data, "postmaster.pid").read_text().splitlines()[0])
            yield Cluster(f"postgresql://postgres@127.0.0.1:{port}/postgres", pid)
        finally:
            _run([*control, "-m", "immediate", "stop"])


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
