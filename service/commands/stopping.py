"""SIGTERM and Ctrl-C as a request to end in order."""

import signal
import time


class Stopping:
    """Notes such a request, from the moment it is made on; the process goes on until it looks."""

    def __init__(self) -> None:
        self._asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)

    @property
    def asked(self) -> bool:
        """Whether the process is to end."""
        return self._asked

    def wait(self) -> None:
        """Until the process is to end."""
        # One that comes just before the main thread blocks, or to another thread, wakes nothing;
        # Python runs its handler once the main thread goes on.
        while not self._asked:
            time.sleep(0.2)

    def _note(self, _number: int, _frame: object) -> None:
        self._asked = True
