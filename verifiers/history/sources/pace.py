"""How often a host may be asked: all calls of this process count, whoever makes them.

The generic cell rate algorithm: every call moves on the moment at which the host's next turn is,
and a call waits only where that lies further ahead than a burst.
"""

import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """Calls a second in the long run, and how many at once."""

    per_second: float
    burst: int


RATES = {
    "rdap.org": Rate(1, 10),
    "api.github.com": Rate(8, 20),
    "api.company-information.service.gov.uk": Rate(2, 20),
    "www.sec.gov": Rate(5, 5),
    "data.sec.gov": Rate(5, 5),
    "api.gleif.org": Rate(1, 10),
    "api.ror.org": Rate(6, 20),
}
"""Under what each host says that it allows."""
_OTHERS = Rate(20, 40)
"""Hosts of the operator's own, and registries that RDAP leads to."""


class Pace:
    """When each host may be asked next. Threads share one."""

    def __init__(self, rates: dict[str, Rate] | None = None) -> None:
        self._rates = RATES if rates is None else rates
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def seconds_until_turn(self, host: str) -> float:
        """Take a turn, and say how long to wait for it."""
        rate = self._rates.get(host, _OTHERS)
        with self._lock:
            now = time.monotonic()
            turn = max(self._next.get(host, 0.0), now)
            self._next[host] = turn + 1 / rate.per_second
        return max(0.0, turn - now - (rate.burst - 1) / rate.per_second)


OF_THIS_PROCESS = Pace()
