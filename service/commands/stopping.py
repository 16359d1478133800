"""SIGTERM and Ctrl-C as a request to end in order."""

import signal
from queue import SimpleQueue


class Stopping:
    """Notes such a request, from the moment it is made on; the process goes on until it looks."""

    def __init__(self) -> None:
        # Its `put` may interrupt its `get` anywhere; the one of an Event would wait for itself.
        self._asked: SimpleQueue[int] = SimpleQueue()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _frame: self._asked.put(number))

    @property
    def asked(self) -> bool:
        """Whether the process is to end."""
        return not self._asked.empty()

    def wait(self) -> None:
        """Until the process is to end."""
        self._asked.get()
