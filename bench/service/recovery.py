"""`kill -9` in the middle of a case: how long until the service is back, and until the verdict."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.service.evidence import Sample
from bench.service.running import Service

IN_STEP = "faces"
"""The longest one; it is lost and done again."""


@dataclass(frozen=True)
class Recovery:
    """Seconds from the kill."""

    ready: float
    """Until the killed process, started again at once, could work."""
    verdict: float


def measure(service: Service, sample: Sample, times: int) -> list[Recovery]:
    """Kill the process that verifies in the middle of a case, and start it again at once."""
    return [_kill_once(service, sample) for _ in range(times)]


def _kill_once(service: Service, sample: Sample) -> Recovery:
    service.wait_until_idle()
    case = service.client.order(sample)
    while service.client.state(case)["step"] != IN_STEP:
        time.sleep(0.02)
    time.sleep(0.3)
    name = service.working()
    if name is None:
        raise RuntimeError("no process has the case")
    killed, clock = datetime.now(UTC), time.perf_counter()
    service.kill(name)
    service.start(name)
    service.wait_until_ready(name)
    ready = time.perf_counter() - clock
    decided = service.client.wait(case)
    return Recovery(ready, (decided.finished_at - killed).total_seconds())
