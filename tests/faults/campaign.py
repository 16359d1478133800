"""Cases through a service whose processes are killed all the while, and what became of them."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx
import sqlalchemy as sa

from service.access.tenants import create_tenant
from service.runtime import open_store
from service.settings import Settings
from service.store.access import Hooks
from service.store.actor import OPERATOR
from service.store.database import open_database
from service.workflow.scratch import Scratch
from tests.faults.receiver import Receiver

CLAIMS = {
    "basics": {"name": "Ada Adams"},
    "identity": {"birthDate": "1990-04-01"},
    "work": [{"name": "Mill Ltd", "startDate": "2012-01", "endDate": "2019-06"}],
}
PATIENCE_SECONDS = 120.0
"""For one thing to happen. Machines may be slow; a case that is lost never comes."""

Boundary = tuple[str, str, int]
"""Point, when, and at which call: see `dying`."""
SERVING = frozenset({"order", "announce", "received", "submit", "enqueue", "post", "record"})


@dataclass
class Outcome:
    """What became of all cases of a campaign."""

    cases: int = 0
    kills: int = 0
    finished: int = 0
    parked: int = 0
    lost: list[str] = field(default_factory=list)
    decided_twice: list[str] = field(default_factory=list)
    effects_wrong: list[str] = field(default_factory=list)
    """Cases of which the receiver saw another number of verdicts than one."""
    parked_otherwise: list[str] = field(default_factory=list)
    """Parked for another reason than that it met three deaths."""
    left_open: list[str] = field(default_factory=list)
    """Evidence on the scratch, or blobs without a row, after everything was done and stopped."""
    forged: int = 0
    """Events whose signature did not hold."""
    recovery_seconds: list[float] = field(default_factory=list)
    """From each kill to the next time that the service answered or a step was done."""

    def __str__(self) -> str:
        ordered = sorted(self.recovery_seconds) or [0.0]
        median, longest = ordered[len(ordered) // 2], ordered[-1]
        return (
            f"{self.cases} cases, {self.kills} kills: {self.finished} finished, "
            f"{self.parked} parked, {len(self.lost)} lost, {len(self.decided_twice)} decided "
            f"twice, {len(self.effects_wrong)} with another number of effects than one, "
            f"{self.forged} events with a bad signature; a process was back "
            f"{median:.1f} s after its kill (median), {longest:.1f} s at most"
        )


class Process:
    """One process of the service, started again whenever it is killed."""

    def __init__(
        self,
        name: str,
        command: list[str],
        folder: Path,
        env: dict[str, str],
        boundaries: Iterable[Boundary],
    ) -> None:
        self.name = name
        self.boundaries = deque(boundaries)
        self._command = command
        self._log = folder / f"{name}.log"
        self._env = env
        self.deaths = 0
        self._ready = 0
        self.back_after: list[float] = []
        self._died_at: float | None = None
        self.start()

    def start(self) -> None:
        """Start it, to die at the next boundary where one is left."""
        how = ["-c", "from service.cli import main; main()"]
        if self.boundaries:
            point, when, nth = self.boundaries[0]
            how = ["-m", "tests.faults.dying", point, when, str(nth)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *how, *self._command], env=self._env, stdout=log, stderr=log
            )

    @property
    def ready(self) -> bool:
        """Whether this life of it has said that it is ready."""
        return self._lines() > self._ready

    def kill(self) -> None:
        """`kill -9`, now."""
        self._process.send_signal(signal.SIGKILL)

    def look_after(self) -> None:
        """Start it again where it is gone; an end of another kind than SIGKILL is a failure."""
        status = self._process.poll()
        if status is None:
            if self._died_at is not None and self._lines() > self._ready:
                self.back_after.append(time.monotonic() - self._died_at)
                self._died_at = None
            return
        assert status == -signal.SIGKILL, f"{self.name} ended with {status}; see {self._log}"
        self.deaths += 1
        self._died_at = time.monotonic()
        self._ready = self._lines()
        if self.boundaries:
            self.boundaries.popleft()
        self.start()

    def _lines(self) -> int:
        """How often it said that it is ready."""
        text = self._log.read_text(errors="replace")
        return text.count("Bonafide listens on") + text.count("Ready to verify")

    def stop(self) -> int:
        """End it in order, once it is ready to be; its exit status."""
        patience = time.monotonic() + PATIENCE_SECONDS
        while not self.ready and self._process.poll() is None and time.monotonic() < patience:
            time.sleep(0.05)
        self._process.terminate()
        try:
            return self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return -1


class Campaign:
    """A service on a database of its own, with a receiver and somebody who orders cases."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._folder = folder
        self._settings = Settings(
            folder=folder / "home", database_url=database_url, development=True, concurrency=2
        )
        store = open_store(self._settings)
        tenant = create_tenant(store, "default")
        with store.tenant(tenant, OPERATOR) as t:
            hooks = t.access.hooks()
            self.receiver = Receiver(hooks.outgoing[0])
            t.access.set_hooks(Hooks(hooks.incoming, hooks.outgoing, self.receiver.url))
            _, secret = t.access.add_key("campaign")
        store.close()
        self._client = httpx.Client(headers={"authorization": f"Bearer {secret}"}, timeout=20)
        self._accepted: list[str] = []
        self.processes: list[Process] = []
        self.pace_seconds = 0.0
        """What the first case took from order to verdict, in a process that had just started."""

    def run(
        self,
        boundaries: Iterable[Boundary] = (),
        *,
        cases: int = 0,
        kill: Callable[["Campaign"], None] | None = None,
        kills: int = 0,
    ) -> Outcome:
        """Order cases until every boundary was met, and at least so many; then wait for all.

        `kill` is called from a thread of its own until `kills` deaths were seen.
        """
        with self.receiver:
            self._start(list(boundaries))
            ending = threading.Event()
            failures: list[BaseException] = []
            keeper = threading.Thread(target=self._keep, args=(ending, failures), daemon=True)
            keeper.start()
            if kill:
                began = time.monotonic()
                self._order_one(failures)
                self.pace_seconds = time.monotonic() - began
            killer = threading.Thread(target=self._kill_often, args=(kill, kills), daemon=True)
            killer.start()
            try:
                while not failures and (
                    len(self._accepted) < cases
                    or any(p.boundaries for p in self.processes)
                    or killer.is_alive()
                ):
                    self._order_one(failures)
                self._settle(failures)
            finally:
                ending.set()
                keeper.join()
                statuses = [process.stop() for process in self.processes]
            assert not failures, failures[0]
            assert statuses == [0] * len(statuses), f"ended with {statuses}"
        return self._judge()

    def _start(self, boundaries: list[Boundary]) -> None:
        port = _free_port()
        self._client.base_url = httpx.URL(f"http://127.0.0.1:{port}")
        env = os.environ | {
            "BONAFIDE_FOLDER": str(self._settings.folder),
            "BONAFIDE_DATABASE_URL": self._settings.database,
            "BONAFIDE_DEVELOPMENT": "true",
            "BONAFIDE_CONCURRENCY": "2",
            "PYTHONUNBUFFERED": "1",
        }
        serve = ["serve", "--port", str(port)]
        if self._settings.on_sqlite:
            self.processes = [Process("serve", serve, self._folder, env, boundaries)]
            return
        at_serve = [boundary for boundary in boundaries if boundary[0] in SERVING]
        at_worker = [boundary for boundary in boundaries if boundary[0] not in SERVING]
        self.processes = [
            Process("serve", [*serve, "--no-worker"], self._folder, env, at_serve),
            Process("worker-1", ["worker"], self._folder, env, at_worker),
            Process("worker-2", ["worker"], self._folder, env, ()),
        ]

    def _keep(self, ending: threading.Event, failures: list[BaseException]) -> None:
        while not ending.wait(0.02):
            try:
                for process in self.processes:
                    process.look_after()
            except BaseException as error:
                failures.append(error)
                return

    def _kill_often(self, kill: Callable[["Campaign"], None] | None, kills: int) -> None:
        while kill and self._deaths() < kills:
            kill(self)

    def _order_one(self, failures: list[BaseException]) -> None:
        """Order and submit a case as a careful client does: each request until it is answered."""
        order = {
            "candidate": {"reference": f"c-{uuid4().hex[:8]}"},
            "stage": "application",
            "claims": CLAIMS,
            "consent": {"verification": True},
        }
        key = {"idempotency-key": uuid4().hex}
        answer = self._until_answered(
            failures, lambda: self._client.post("/v1/verifications", json=order, headers=key)
        )
        if answer is None:
            return
        assert answer.status_code in (200, 201), answer.text
        case = answer.json()["id"]
        self._send_file(case, failures)
        answer = self._until_answered(
            failures, lambda: self._client.post(f"/v1/verifications/{case}/submit")
        )
        if answer is None:
            return
        # A submission whose answer was lost is in work, or done, when it is sent again; one that
        # came after the verdict makes a second submission, which is decided once as well.
        assert answer.status_code in (202, 409), answer.text
        self._accepted.append(case)
        self._wait_for(case, failures)

    def _wait_for(self, case: str, failures: list[BaseException]) -> None:
        """Until the case is through or somebody died, so that every death has a case of its own."""
        deaths = self._deaths()
        patience = time.monotonic() + PATIENCE_SECONDS
        while not failures and self._deaths() == deaths and time.monotonic() < patience:
            status = self._until_answered(
                failures, lambda: self._client.get(f"/v1/verifications/{case}")
            )
            if status is None or status.json()["state"] not in ("queued", "running"):
                return
            time.sleep(0.05)

    def _deaths(self) -> int:
        return sum(process.deaths for process in self.processes)

    def _send_file(self, case: str, failures: list[BaseException]) -> None:
        """A file that is no picture: quick to verify, and stored like every other."""
        while not failures:
            sent = self._until_answered(
                failures,
                lambda: self._client.post(
                    f"/v1/verifications/{case}/documents",
                    files={"files": ("scan.jpg", os.urandom(3000), "image/jpeg")},
                ),
            )
            assert sent is None or sent.status_code in (201, 409), sent.text
            listed = self._until_answered(
                failures, lambda: self._client.get(f"/v1/verifications/{case}/evidence")
            )
            if listed is None:
                return
            files = listed.json()["items"]
            for file in files:
                if not file["ready"]:
                    half = f"/v1/evidence/{file['id']}"
                    self._until_answered(failures, partial(self._client.delete, half))
            if any(file["ready"] for file in files):
                return

    def _until_answered(
        self, failures: list[BaseException], ask: Callable[[], httpx.Response]
    ) -> httpx.Response | None:
        patience = time.monotonic() + PATIENCE_SECONDS
        while not failures and time.monotonic() < patience:
            try:
                answer = ask()
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code < 500:
                return answer
            time.sleep(0.05)
        if not failures:
            failures.append(AssertionError("the service did not answer in time"))
        return None

    def _settle(self, failures: list[BaseException]) -> None:
        """Wait until nothing is left to do."""
        patience = time.monotonic() + PATIENCE_SECONDS
        engine = open_database(self._settings.database)
        left = sa.text(
            "SELECT (SELECT count(*) FROM verifications WHERE state IN ('queued', 'running'))"
            " + (SELECT count(*) FROM deliveries WHERE state = 'pending')"
        )
        while not failures and time.monotonic() < patience:
            with engine.connect() as connection:
                if connection.scalar(left) == 0:
                    break
            time.sleep(0.2)
        engine.dispose()

    def _judge(self) -> Outcome:
        outcome = Outcome(
            cases=len(self._accepted),
            kills=self._deaths(),
            forged=self.receiver.refused,
            recovery_seconds=[s for process in self.processes for s in process.back_after],
        )
        engine = open_database(self._settings.database)
        with engine.connect() as connection:
            states = {
                str(row.id).replace("-", ""): (row.state, row.generation, row.problem or "")
                for row in connection.execute(
                    sa.text("SELECT id, state, generation, problem FROM verifications")
                )
            }
            decided = [
                (row.about, row.count)
                for row in connection.execute(
                    sa.text(
                        "SELECT about, count(*) AS count FROM audit "
                        "WHERE action = 'verification.decided' GROUP BY about"
                    )
                )
            ]
            doomed = connection.scalar(sa.text("SELECT count(*) FROM doomed_blobs"))
        engine.dispose()
        opened = [d for place in Scratch(self._settings.home).places for d in place.glob("case-*")]
        outcome.left_open = [str(folder) for folder in opened] + ["a blob"] * (doomed or 0)
        effects = self.receiver.completed()
        for case in self._accepted:
            state, generation, problem = states.get(case.replace("-", ""), ("missing", 0, ""))
            outcome.finished += state == "completed"
            outcome.parked += state == "parked"
            if state == "parked" and "ended the process" not in problem:
                outcome.parked_otherwise.append(problem)
            if state not in ("completed", "parked"):
                outcome.lost.append(f"{case} {state}")
            elif state == "completed":
                outcome.effects_wrong += [
                    f"{case} submission {n}: {effects[case, n]}"
                    for n in range(1, generation + 1)
                    if effects[case, n] != 1
                ]
        for about, count in decided:
            _, generation, _ = states[about.removeprefix("verification:").replace("-", "")]
            if count > generation:
                outcome.decided_twice.append(about)
        return outcome


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
