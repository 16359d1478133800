"""What the service adds to a case: the plain pipeline, in a child of its own, and through it all.

The three take turns, so that a machine's mood falls on each, with nothing else to do: no other
case, no queue. A case with claims alone shows what is added whatever the evidence.
"""

from dataclasses import dataclass
from statistics import median

from bench.service.evidence import Sample
from bench.service.pipeline import Pipeline, Run
from bench.service.running import Service
from service.workflow.cases import VERDICT
from service.workflow.pipeline import Step

DURABLE_STEPS = len(Step) + len([VERDICT])


@dataclass(frozen=True)
class Overhead:
    """Each way in turn, the same case."""

    plain: list[Run]
    in_a_child: list[Run]
    served: list[Run]
    """From accepted to verdict; CPU time from the order on, PostgreSQL's included."""
    whole_seconds: list[float]
    """Of the served ones, with the ordering and sending before."""

    def added(self, over: list[Run], under: list[Run]) -> float:
        """Wall seconds: the median of the differences within a turn."""
        return median(a.seconds - b.seconds for a, b in zip(over, under, strict=True))

    @property
    def wall_ratio(self) -> float:
        """Served over plain; the median over the turns."""
        pairs = zip(self.served, self.plain, strict=True)
        return median(served.seconds / plain.seconds for served, plain in pairs)

    @property
    def cpu_ratio(self) -> float:
        """The same of CPU time."""
        pairs = zip(self.served, self.plain, strict=True)
        return median(served.cpu_seconds / plain.cpu_seconds for served, plain in pairs)

    @property
    def step_milliseconds(self) -> float:
        """Store and queue (with the wait until it is looked into), for one durable step."""
        return 1000 * self.added(self.served, self.in_a_child) / DURABLE_STEPS


def measure(service: Service, pipeline: Pipeline, sample: Sample, turns: int) -> Overhead:
    """Turns of the three ways; the models and the server of jobs are warm already."""
    found = Overhead([], [], [], [])
    for _ in range(turns):
        found.plain.append(pipeline.run("plain", sample))
        found.in_a_child.append(pipeline.run("in_a_child", sample))
        before = service.cpu_seconds
        decided = service.client.wait(service.client.order(sample))
        service.wait_until_idle()
        taken = service.cpu_seconds - before
        found.served.append(Run(decided.outcome, decided.seconds, taken))
        found.whole_seconds.append((decided.finished_at - decided.created_at).total_seconds())
    outcomes = {run.outcome for run in (*found.plain, *found.in_a_child, *found.served)}
    if len(outcomes) != 1:
        raise RuntimeError(f"the same case came to {outcomes}")
    return found
