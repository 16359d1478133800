"""Cases through a full queue, on all cores: how many a minute, and what each costs."""

from dataclasses import dataclass

from bench.service.evidence import Sample
from bench.service.running import Service


@dataclass(frozen=True)
class Rate:
    """What a number of cases took, from the first order to the last verdict."""

    cases: int
    seconds: float
    cpu_seconds: float
    """PostgreSQL's included."""

    @property
    def a_minute(self) -> float:
        return 60 * self.cases / self.seconds

    @property
    def cpu_seconds_a_case(self) -> float:
        return self.cpu_seconds / self.cases


def measure(service: Service, sample: Sample, cases: int) -> Rate:
    """Order them all as fast as the service takes them, then wait for all."""
    cpu = service.cpu_seconds
    ordered = [service.client.order(sample) for _ in range(cases)]
    decided = [service.client.wait(case) for case in ordered]
    service.wait_until_idle()
    first, last = min(d.created_at for d in decided), max(d.finished_at for d in decided)
    return Rate(cases, (last - first).total_seconds(), service.cpu_seconds - cpu)
