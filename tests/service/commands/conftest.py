"""A folder of its own for the service of each test, and the command line on it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from service.access.passwords import hash_new_password
from service.access.tenants import create_tenant
from service.runtime import open_store
from service.settings import Settings
from service.store.actor import OPERATOR, Role
from service.store.store import OfTenant
from tests.service.conftest import Bonafide

OWNER = "owner@example.com"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the service keeps its files; not there yet."""
    for name in ("DATABASE_URL", "MASTER_KEY", "URL", "CONCURRENCY", "DEVELOPMENT"):
        monkeypatch.delenv(f"BONAFIDE_{name}", raising=False)
    monkeypatch.setenv("BONAFIDE_FOLDER", str(tmp_path / "bonafide"))
    return tmp_path / "bonafide"


@contextmanager
def default_tenant() -> Iterator[OfTenant]:
    """A look at what the commands stored."""
    store = open_store(Settings())
    with store.tenant(store.tenants()["default"], OPERATOR) as t:
        yield t
    store.close()


@pytest.fixture
def operator(folder: Path, bonafide: Bonafide) -> Bonafide:
    """The command line of a service that has an owner, and so the tenant `default`."""
    store = open_store(Settings(folder=folder))
    with store.tenant(create_tenant(store, "default"), OPERATOR) as t:
        digest, hashed = store.email_digest(OWNER), hash_new_password(PASSWORD, OWNER)
        t.access.add_user(OWNER, digest, hashed, Role.OWNER)
    store.close()
    return bonafide


@dataclass
class Running:
    """A command that runs until it is told to end."""

    process: "subprocess.Popen[str]"
    log: Path
    """Its standard error."""
    said: list[str] = field(default_factory=list)
    status: int | None = None
    err: str = ""

    def wait_for(self, words: str) -> str:
        """The first line of its standard output with these words."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if words in line:
                return self.said[-1]
        raise AssertionError(f"it ended without {words!r}: {self.said} {self._end()}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end, and wait."""
        self.process.send_signal(number)
        self._end()

    def _end(self) -> str:
        assert self.process.stdout
        self.said += self.process.stdout.read().splitlines()
        self.status = self.process.wait()
        self.err = self.log.read_text()
        return self.err


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start a command that goes on; what still runs at the end of the test is killed."""
    started: list[Running] = []

    def run(*arguments: str) -> Running:
        command = [str(Path(sys.executable).with_name("bonafide")), *arguments]
        log = tmp_path / f"{len(started)}.log"
        with log.open("w") as err:
            process = subprocess.Popen(
                command,
                env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
            )
        started.append(Running(process, log))
        return started[-1]

    yield run
    for running in started:
        if running.status is None:
            running.process.kill()
            running.process.wait()
