"""A supervised child process for work that may crash, hang or eat memory: one process a job.

The parent opens the file and hands it over as standard input, so the child learns no path. The
child gets a small environment without the parent's secrets, and answers with two things only: a
short JSON reply through a pipe, and bytes (pixels) in an anonymous memory file. Nothing is pickled,
so a child that hostile data has taken over can return wrong pixels but run nothing in its parent.

A new interpreter rather than `multiprocessing`: spawn would import the caller's main module, and
with it everything the decoder has no use for. Linux only (`memfd_create`, `prctl`).
"""

import ctypes
import json
import mmap
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from verifiers.unusable import Refusal

LONGEST_REPLY_BYTES = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What one job may use before it is ended."""

    seconds: float
    memory_bytes: int
    """Address space (RLIMIT_AS), the interpreter's own ~40 MB included."""
    output_bytes: int
    """Of the memory file; without this a hostile child could fill the machine through it."""


class Ended(StrEnum):
    """Why a job ended without an answer."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


class ChildFailed(Exception):
    """The child ended without an answer; `detail` names the signal or the kind of exception."""

    def __init__(self, ended: Ended, detail: str) -> None:
        super().__init__(ended, detail)
        self.ended = ended
        self.detail = detail


class Task(Protocol):
    """What the module that runs in the child must offer."""

    def perform(self, job: Mapping[str, Any], source: BinaryIO, sink: BinaryIO) -> dict[str, Any]:
        """Do the job; the reply is JSON, everything large goes into the sink."""
        ...


def run(
    task: str, job: Mapping[str, Any], source: BinaryIO, limits: Limits
) -> tuple[dict[str, Any], mmap.mmap | bytes]:
    """Run `perform` of the module named `task` in a child of its own.

    Returns:
        Its reply, and what it wrote to its sink (a private, writable mapping).

    Raises:
        Refusal: the task refused its input.
        ChildFailed: it did not answer.
    """
    sink = os.memfd_create("decoded", os.MFD_CLOEXEC)
    try:
        order = json.dumps({"job": job, "limits": asdict(limits), "sink": sink, "for": os.getpid()})
        process = subprocess.Popen(
            # -P: the working directory is no place to import from.
            [sys.executable, "-P", "-s", "-m", "verifiers.child", task, order],
            stdin=source,
            stdout=subprocess.PIPE,
            # Decoders complain on stderr as they like, in any amount. What matters is in the reply.
            stderr=subprocess.DEVNULL,
            pass_fds=(sink,),
            cwd="/",
            env=_environment(),
        )
        try:
            reply = _reply_of(process, time.monotonic() + limits.seconds)
        finally:
            process.kill()
            process.wait()
            assert process.stdout
            process.stdout.close()
        return _answer(reply, process.returncode), _written_to(sink)
    finally:
        os.close(sink)


def _environment() -> dict[str, str]:
    one_thread = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS")
    return {
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "LANG": "C.UTF-8",
        # glibc reserves 64 MB of address space an arena, which would count against the limit.
        "MALLOC_ARENA_MAX": "1",
        **dict.fromkeys(one_thread, "1"),
    }


def _reply_of(process: "subprocess.Popen[bytes]", deadline: float) -> bytes:
    """Everything the child says before it closes its pipe."""
    assert process.stdout
    pipe = process.stdout.fileno()
    reply = b""
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise ChildFailed(Ended.TIME, "it was ended at its time limit")
        piece = os.read(pipe, 65536)
        reply += piece
        if len(reply) > LONGEST_REPLY_BYTES:
            raise ChildFailed(Ended.CRASH, "its reply has no end")
        if not piece:
            # The pipe closes as the process ends; only one that closed it by itself lingers.
            try:
                process.wait(max(0.01, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                raise ChildFailed(Ended.TIME, "it was ended at its time limit") from None
            return reply


def _answer(reply: bytes, status: int) -> dict[str, Any]:
    if status == -signal.SIGKILL:
        raise ChildFailed(Ended.MEMORY, "the system killed it")
    if status < 0:
        raise ChildFailed(Ended.CRASH, signal.Signals(-status).name)
    try:
        said = json.loads(reply)
        if "refusal" in said:
            problem, action = said["refusal"]
            raise Refusal(_printable(problem), _printable(action))
        if "ended" in said:
            raise ChildFailed(Ended(said["ended"]), _printable(said["detail"]))
        answer = said["answer"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ChildFailed(Ended.CRASH, f"exit status {status} without a reply") from None
    if not isinstance(answer, dict):
        raise ChildFailed(Ended.CRASH, "a reply of the wrong shape")
    return answer


def _printable(text: object) -> str:
    return "".join(c for c in str(text)[:500] if c.isprintable())


def _written_to(sink: int) -> mmap.mmap | bytes:
    if os.fstat(sink).st_size == 0:
        return b""
    return mmap.mmap(sink, 0, access=mmap.ACCESS_COPY)


def _main(task: str, order: Mapping[str, Any]) -> None:
    """The child: confine itself, then import and run the task."""
    _confine(Limits(**order["limits"]), parent=order["for"])
    # Standard output is the reply; a library that prints must not write into it.
    reply = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    said: dict[str, Any]
    try:
        module: Task = import_module(task)
        with os.fdopen(0, "rb") as source, os.fdopen(order["sink"], "wb") as sink:
            said = {"answer": module.perform(order["job"], source, sink)}
    except Refusal as refusal:
        said = {"refusal": [refusal.problem, refusal.action]}
    except MemoryError:
        said = {"ended": Ended.MEMORY, "detail": "MemoryError"}
    except Exception as error:
        # The kind only: a decoder's own words may quote the file.
        said = {"ended": Ended.CRASH, "detail": type(error).__name__}
    reply.write(json.dumps(said))
    reply.flush()
    os._exit(0)  # Nothing is left to tidy up, and tidying up costs 20 ms.


def _confine(limits: Limits, *, parent: int) -> None:
    """Bound what this process can use, and tie its life to its parent's."""
    libc = ctypes.CDLL(None, use_errno=True)
    # prctl(2), PR_SET_PDEATHSIG: the kernel sends SIGKILL when the *thread* that started us ends.
    # `run` waits in that thread, so this is when the parent dies. A parent that died before this
    # line sends nothing, hence the second look.
    libc.prctl(1, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    # PR_SET_DUMPABLE 0: no core dump of somebody's passport. RLIMIT_CORE alone does not do it,
    # because a core_pattern that is a pipe ignores it (core(5)).
    libc.prctl(4, 0, 0, 0, 0)
    for which, bound in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
    ):
        hard = resource.getrlimit(which)[1]
        lower = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(which, (lower, lower))


if __name__ == "__main__":
    _main(sys.argv[1], json.loads(sys.argv[2]))
