"""The child process of one case: takes the steps it is asked for, until nobody asks any more.

It is forked from the job server with every library loaded, makes its own models, and ends with its
case, so whatever memory a case took is given back.
"""

import ctypes
import os
import resource
import signal
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from service.workflow.job_messages import Answer, Ask, Begin, Failure, Lines
from service.workflow.verifying import Engines, Verifying
from verifiers.face_engines.unusable import UnusableWeights

_ROOT = Path(__file__).resolve().parents[2]
_OURS = ("models", "verifiers", "service")
_FIRST_TO_GO = 500
"""Of 1000: where memory runs out, the system ends a job before the service that can repeat it."""


def run(connection: int, *, server: int) -> NoReturn:
    """Be a job on this socket; `server` is the process that this one was forked from."""
    try:
        _confine(connection, server=server)
        with suppress(EOFError, ConnectionError):
            _take_steps(Lines(socket.socket(fileno=0)))
        os._exit(0)
    finally:
        os._exit(70)


def _take_steps(lines: Lines) -> None:
    begin = Begin.model_validate_json(lines.receive())
    tempfile.tempdir = os.environ["TMPDIR"] = str(begin.scratch)
    verifying = Verifying(begin.order, Engines.default(begin.order.weights))
    while True:
        ask = Ask.model_validate_json(lines.receive())
        lines.send(_answer(verifying, ask).model_dump_json())


def _answer(verifying: Verifying, ask: Ask) -> Answer:
    try:
        return Answer(result=verifying.step(ask.step, ask.before))
    except MemoryError:
        return Answer(out_of_memory=True)
    except UnusableWeights as error:  # Its text names a file of models, and nobody.
        told = f"the models of faces: {error}"[:200]
        return Answer(failure=Failure(kind=type(error).__name__, where=told))
    except Exception as error:
        where = _place_of_ours(error.__traceback__)
        return Answer(failure=Failure(kind=type(error).__name__, where=where))


def _place_of_ours(trace: TracebackType | None) -> str:
    """File, line and function of the innermost frame that is our own code."""
    place = "an unknown place"
    while trace:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OURS:
            place = f"{path.relative_to(_ROOT)}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    return place


def _confine(connection: int, *, server: int) -> None:
    """Keep nothing of the server's but the one socket, and tie this life to the server's."""
    libc = ctypes.CDLL(None, use_errno=True)
    # prctl(2), PR_SET_PDEATHSIG: the kernel ends this process when the server ends, whatever it is
    # computing; the server ends when its parent does. One that ended before this line sends
    # nothing, hence the second look.
    libc.prctl(1, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != server:
        os._exit(70)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(connection, 0)  # In place of the server's own connection.
    for held in list(Path("/proc/self/fd").iterdir()):
        if int(held.name) > 2:
            with suppress(OSError):  # The listing's own is closed already.
                os.close(int(held.name))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_FIRST_TO_GO), encoding="ascii")
    # PR_SET_DUMPABLE 0: no core dump of somebody's passport, and no other process of this user may
    # look into this one. It closes /proc/self too, so it comes last.
    libc.prctl(4, 0, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
