"""The process that jobs are forked from, its libraries loaded: a job is ready in milliseconds.

Run as a program (`-m`, with the folder of weights) with a socket as its standard input. Each
message on it brings two more: the job's own connection, and a lifeline. When the lifeline closes
the job is killed; when the job has ended its exit status goes over the lifeline. Closing the socket
ends the server and, by the kernel, all jobs.

Not `multiprocessing`'s forkserver: that one keeps its parent's environment with all its secrets,
imports its parent's main module into every child, and answers with pickles. It computes nothing
itself and runs one thread, because neither models nor locks survive a fork in the middle of their
use; models that are loaded and at rest do.
"""

import gc
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from models.weights import Use

READY = b"ready"
_NICE = 5


class Server:
    """Jobs by process id, each with its lifeline."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lifelines: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ, None)
        # A job that ends interrupts the wait: the signal writes a byte into this pipe.
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(woken, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._woken = woken
        self._selector.register(woken, selectors.EVENT_READ, None)

    def serve(self) -> None:
        """Fork and bury jobs until the socket closes."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._control:
                    if not self._begin():
                        return
                elif key.fileobj == self._woken:
                    os.read(self._woken, 4096)
                    self._bury_the_dead()
                elif key.data in self._lifelines:
                    # Not waited for yet, so the process of this id, even a dead one, is the job.
                    os.kill(key.data, signal.SIGKILL)
                    self._selector.unregister(key.fileobj)

    def _begin(self) -> bool:
        message, fds, _, _ = socket.recv_fds(self._control, 16, 2)
        if not message:
            return False
        connection, lifeline = fds
        server = os.getpid()
        child = os.fork()
        if child == 0:
            import_module("service.workflow.job_child").run(connection, server=server)
        os.close(connection)
        self._lifelines[child] = socket.socket(fileno=lifeline)
        self._selector.register(lifeline, selectors.EVENT_READ, child)
        return True

    def _bury_the_dead(self) -> None:
        for child, lifeline in list(self._lifelines.items()):
            ended, status = os.waitpid(child, os.WNOHANG)
            if not ended:
                continue
            del self._lifelines[child]
            if lifeline.fileno() in self._selector.get_map():
                self._selector.unregister(lifeline.fileno())
            with suppress(OSError):  # Its parent may be gone as well.
                lifeline.send(str(os.waitstatus_to_exitcode(status)).encode())
            lifeline.close()


def preload(weights: Path | None) -> None:
    """Load what every job needs, the face engine's models among it.

    Those may be forked because nothing runs them here, and an onnxruntime session of one thread has
    no threads that a fork would lose. Models in the folder `weights` are each job's own: what is
    installed counts from the next job on.
    """
    import_module("service.workflow.job_child")
    import_module("cv2").setNumThreads(1)
    with suppress(Exception):  # The step that needs what cannot be loaded says so.
        _load_engine(weights)
    # What is loaded stays as it is: a job's collector need not touch, and so copy, its pages.
    gc.collect()
    gc.freeze()


def _load_engine(weights: Path | None) -> None:
    engine = import_module("verifiers.face_engines.served").served_engine()
    folder = import_module("verifiers.face_engines.weights").WeightsFolder
    if weights and folder(weights).of_use(Use.LANDMARKS):
        engine.load_without_landmarks()
    else:
        engine.load()


def main() -> None:
    """Load, say so, serve."""
    # Whoever stops the service signals all its processes; this one goes when its parent has gone.
    for ignored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    os.nice(_NICE)
    control = socket.socket(fileno=0)
    try:
        preload(Path(sys.argv[1]) if sys.argv[1:] else None)
    except Exception as error:
        control.send(f"failed: {type(error).__name__}".encode())
        return
    control.send(READY)
    Server(control).serve()


if __name__ == "__main__":
    main()
