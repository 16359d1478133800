"""The same case without the service, for the comparison: plainly, or in a child process.

`python -m bench.service.pipeline` loads the models once, then reads one line of JSON a case (`way`,
`documents`, `footage`, `claims`) and answers each with one line: its outcome and seconds.

plain      all steps in this process, as `bonafide verify` does, the models warm
in_a_child the steps in a child of the case's own, as the service does, without store and queue
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

import cv2

from bench.service import usage
from bench.service.evidence import Sample
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from service.workflow.conclusion import conclude
from service.workflow.job import Job
from service.workflow.pipeline import Order, Step, StepResult, Submitted
from service.workflow.verifying import Engines, verify

Way = Literal["plain", "in_a_child"]
WAYS: tuple[Way, ...] = ("plain", "in_a_child")


@dataclass(frozen=True)
class Run:
    """One case through it."""

    outcome: str
    seconds: float
    cpu_seconds: float


class Pipeline:
    """The process, as the benchmark sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, way: Way, sample: Sample) -> Run:
        """One case."""
        assert self._process.stdin
        assert self._process.stdout
        before = usage.cpu_seconds([self._process.pid])
        order = {
            "way": way,
            "documents": [str(path) for path in sample.documents],
            "footage": [str(path) for path in sample.footage],
            "claims": str(sample.claims),
        }
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer = json.loads(self._process.stdout.readline())
        taken = usage.cpu_seconds([self._process.pid]) - before
        return Run(answer["outcome"], answer["seconds"], taken)


@contextmanager
def running() -> Iterator[Pipeline]:
    """The process, with one thread as a case of the service has."""
    one_thread = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | one_thread,
    ) as process:
        yield Pipeline(process)
        process.communicate()


def main() -> None:
    """Take cases until standard input ends."""
    cv2.setNumThreads(1)
    engines = Engines.default(None)
    for line in sys.stdin:
        asked = json.loads(line)
        order = Order(
            submitted=Submitted(
                documents=tuple(map(Path, asked["documents"])),
                footage=tuple(map(Path, asked["footage"])),
                claims=Path(asked["claims"]),
            ),
            stage=Stage.INTERVIEW,
            policy=DEFAULT_POLICY,
            now=datetime.now(UTC),
        )
        began = time.perf_counter()
        outcome = _plainly(order, engines) if asked["way"] == "plain" else _in_a_child(order)
        taken = time.perf_counter() - began
        print(json.dumps({"outcome": outcome, "seconds": taken}), flush=True)


def _plainly(order: Order, engines: Engines) -> str:
    verification, _ = verify(order, engines, lambda _: None)
    return verification.verdict.outcome.value


def _in_a_child(order: Order) -> str:
    results: list[StepResult] = []
    with tempfile.TemporaryDirectory() as scratch, Job(order, Path(scratch)) as job:
        for step in Step:
            needed = [result for result in results if result.step in step.needs]
            results.append(job.step(step, needed, seconds=600))
        verification = conclude(
            results, id=uuid4(), now=order.now, stage=order.stage, policy=order.policy
        )
    return verification.verdict.outcome.value


if __name__ == "__main__":
    main()
