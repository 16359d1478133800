"""What a job and the one who ordered it say to each other: one JSON object a line, over a socket.

Nothing is pickled, every line is bounded and checked against its type, and waiting always ends: a
child that hostile evidence has taken over can answer wrongly, but run nothing in its parent and not
keep it waiting.
"""

import socket
import time
from pathlib import Path
from typing import Annotated

from pydantic import Field

from models.base import Model
from service.workflow.pipeline import Order, Step, StepResult

LONGEST_BYTES = 100_000_000
"""Of one line. The pictures of a page take 0.2 MB."""

Word = Annotated[str, Field(max_length=200, pattern=r"^[\x20-\x7e]*$")]


class Begin(Model):
    """The first line to a job."""

    order: Order
    scratch: Path
    """The private folder of the case: for what libraries write to disk in passing."""


class Ask(Model):
    """Take this step."""

    step: Step
    before: tuple[StepResult, ...]


class Failure(Model):
    """A defect of ours: an exception's kind and the place in our code, never its message."""

    kind: Word
    where: Word


class Answer(Model):
    """What came of a step: its result, or why there is none."""

    result: StepResult | None = None
    failure: Failure | None = None
    out_of_memory: bool = False


class Lines:
    """Lines over a connected socket, each way within a time limit."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._unread = bytearray()

    def send(self, line: str, *, seconds: float | None = None) -> None:
        """Send one line; raises `TimeoutError`, or `OSError` where nobody is at the other end."""
        self._socket.settimeout(seconds)
        self._socket.sendall(line.encode() + b"\n")

    def receive(self, *, seconds: float | None = None) -> bytes:
        """The next line.

        Raises:
            TimeoutError: it did not end in time.
            EOFError: the other end is closed.
            ValueError: it is longer than `LONGEST_BYTES`.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        looked = 0
        while (end := self._unread.find(b"\n", looked)) < 0:
            looked = len(self._unread)
            if looked > LONGEST_BYTES:
                raise ValueError("a line without an end")
            # A timeout of 0 would mean not to block, and raise another error.
            left = None if deadline is None else max(0.001, deadline - time.monotonic())
            self._socket.settimeout(left)
            piece = self._socket.recv(1 << 20)
            if not piece:
                raise EOFError
            self._unread += piece
        line = bytes(self._unread[:end])
        del self._unread[: end + 1]
        return line

    def close(self) -> None:
        self._socket.close()
