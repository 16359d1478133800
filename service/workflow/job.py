"""A case at work in a child process of its own: one process a case, ended with it.

The child decodes and computes; this side sends orders and takes answers as bounded, typed JSON. A
child may crash, hang, eat memory or fall to hostile evidence: whoever ordered the step learns how
it ended, and the step can be taken again in a new job, which decodes again what it needs.

JobEnded
├── JobDied      the process is gone: by a signal, by itself, for want of memory
├── JobTimedOut  it took too long, and was ended
├── JobFailed    a defect of ours; the process lives on
└── NoJobs       none could be started
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from service.report.shown import Shown
from service.workflow.job_messages import Answer, Ask, Begin, Lines
from service.workflow.job_server import READY
from service.workflow.pipeline import Order, Step, StepResult
from verifiers.face_engines.converted import cache_folder

_START_SECONDS = 120.0
"""For the server to load its libraries: 2 s on an idle machine."""
_BEGIN_SECONDS = 30.0
_END_SECONDS = 30.0
"""For the system to end a process that was killed."""
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
"""Of the environment; settings and their secrets are not among them."""
_SET = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",  # Tesseract's own name for it.
    "OPENBLAS_NUM_THREADS": "1",
    # onnxruntime 1.29 and later report home from a thread of their own, which no fork survives.
    "ORT_DISABLE_TELEMETRY": "1",
}


class JobEnded(Exception):
    """A step ended without a result; its text is for operators and holds no personal data."""


class JobDied(JobEnded):
    """The process of the case is gone."""

    def __init__(self, how: str) -> None:
        super().__init__(f"its process died ({how})")
        self.how = how
        """The signal, the exit status or "out of memory"."""


class NoJobs(JobEnded):
    """No process could be started at all: this machine's trouble, not the case's."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the server of jobs did not start: {why}")


class JobTimedOut(JobEnded):
    """The step took too long; its process was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it took longer than {seconds:g} seconds")
        self.seconds = seconds


class JobFailed(JobEnded):
    """The step raised an exception, which is a defect of ours; the process lives on."""

    def __init__(self, kind: str, where: str) -> None:
        super().__init__(f"it failed with {kind} at {where}")
        self.kind = kind
        """The exception's type."""
        self.where = where
        """File, line and function in our code."""


class Job:
    """One case in one child process; used by one thread, though any thread may close it."""

    def __init__(self, order: Order, scratch: Path) -> None:
        """`scratch` is a private folder: libraries write parts of pictures there in passing."""
        self._begin: Begin | None = Begin(order=order, scratch=scratch)
        self._in_step = threading.Lock()
        self._ending = threading.Lock()
        self._how: str | None = None

    def __enter__(self) -> Self:
        # It holds templates of others, which only the child needs from now on.
        begin, self._begin = self._begin, None
        if begin is None:
            raise RuntimeError("a job is entered once")
        with ExitStack() as unless_forked:
            self._connection, theirs = map(unless_forked.enter_context, socket.socketpair())
            self._lifeline, lifeline = map(unless_forked.enter_context, socket.socketpair())
            _SERVER.fork_job(theirs, lifeline, begin.order.weights)
            unless_forked.pop_all()
        # From here on the child's ends are the child's alone: where it ends, ours read the end.
        theirs.close()
        lifeline.close()
        self._lines = Lines(self._connection)
        with suppress(OSError):  # Where it is dead already, the first step says how.
            self._lines.send(begin.model_dump_json(), seconds=_BEGIN_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def step(self, step: Step, before: Sequence[StepResult], *, seconds: float) -> StepResult:
        """Take a step, given the results of those before it.

        Raises:
            JobDied: the process is gone, or `close` was called from another thread.
            JobTimedOut: it took longer than `seconds`; the process was ended.
            JobFailed: a defect of ours.
        """
        # No step needs the pictures that an earlier one made for the report.
        needed = tuple(result.model_copy(update={"shown": Shown()}) for result in before)
        ask = Ask(step=step, before=needed)
        with self._in_step:
            if self._how is not None:
                raise JobDied(self._how)
            answer = self._answer(ask, seconds)
        if answer.out_of_memory:
            raise JobDied(self._end("out of memory"))
        if answer.failure:
            raise JobFailed(answer.failure.kind, answer.failure.where)
        if answer.result is None or answer.result.step is not step:
            raise JobDied(self._end("an answer to another question"))
        return answer.result

    def close(self) -> None:
        """End the process, whatever it is doing; it is gone when this returns."""
        self._end("it was closed")
        with self._in_step:
            self._connection.close()

    def _answer(self, ask: Ask, seconds: float) -> Answer:
        try:
            self._lines.send(ask.model_dump_json(), seconds=seconds)
            return Answer.model_validate_json(self._lines.receive(seconds=seconds))
        except TimeoutError:
            self._end("it was ended at its time limit")
            raise JobTimedOut(seconds) from None
        except (ValidationError, ValueError):
            raise JobDied(self._end("an answer of the wrong shape")) from None
        except (EOFError, OSError):
            raise JobDied(self._end(None)) from None

    def _end(self, because: str | None) -> str:
        """Have the process killed and wait until it is gone; how it ended.

        `because` is why we end it; `None` where it went by itself.
        """
        with self._ending:
            if self._how is None:
                with suppress(OSError):
                    self._lifeline.shutdown(socket.SHUT_WR)
                self._lifeline.settimeout(_END_SECONDS)
                status = b""
                with suppress(OSError):
                    status = self._lifeline.recv(16)
                self._lifeline.close()
                self._how = because or _in_words(status)
            return self._how


def _in_words(status: bytes) -> str:
    if not status:
        return "the server of jobs died"
    code = int(status)
    if code == -signal.SIGKILL:
        return "killed by the system, most likely out of memory"
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


class _JobServer:
    """The process that jobs are forked from: started for the first, and again should it die."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def fork_job(
        self, connection: socket.socket, lifeline: socket.socket, weights: Path | None
    ) -> None:
        """Make these two the ends of a new job."""
        fds = [connection.fileno(), lifeline.fileno()]
        with self._lock:
            if self._control:
                with suppress(OSError):
                    socket.send_fds(self._control, [b"job"], fds)
                    return
            socket.send_fds(self._start(weights), [b"job"], fds)

    def start(self, weights: Path | None) -> None:
        """Start it where it does not run, so that the first job need not wait for it.

        `weights`: the folder of installed models, by which it is told what to load.
        """
        with self._lock:
            if self._control is None:
                self._start(weights)

    def _start(self, weights: Path | None) -> socket.socket:
        if self._control and self._process:
            self._control.close()
            self._process.kill()
            self._process.wait()
            self._control = None
        # Messages, not a stream: two file descriptors belong to each.
        folder = [str(weights.absolute())] if weights else []
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                # -P: the working directory is no place to import from.
                [sys.executable, "-P", "-s", "-m", "service.workflow.job_server", *folder],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                # Libraries complain on stderr as they like, perhaps quoting the evidence.
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_environment(),
                # Ctrl+C at the terminal is for the service, which ends its jobs in order.
                start_new_session=True,
            )
        ours.settimeout(_START_SECONDS)
        try:
            said = ours.recv(200)
        except TimeoutError:
            said = b"it did not get ready in time"
        if said != READY:
            ours.close()
            self._process.kill()
            self._process.wait()
            raise NoJobs(said.decode() or "it ended")
        self._control = ours
        return ours


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # As it is told here: a job has no home, and another working directory.
    if (cache := cache_folder()) is not None:
        kept["BONAFIDE_CACHE"] = str(cache)
    root = str(Path(__file__).resolve().parents[2])
    return kept | {"PYTHONPATH": root} | _SET


_SERVER = _JobServer()
start_server = _SERVER.start
