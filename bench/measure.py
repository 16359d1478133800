"""One piece of work in a process of its own: its answer, wall and CPU time, and peak memory.

Both sides of a comparison run like this, one after the other in the same run, so that a machine's
mood falls on both; figures are quoted as ratios.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """What a process answered (its last line of output, as JSON) and what it took."""

    answer: Any
    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float


def measure(module: str, arguments: Sequence[str]) -> Measured:
    """Run `python -m module arguments…` once, its children included.

    Raises `RuntimeError` with the end of its standard error where it fails.
    """
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "bench.watched", module, *arguments]
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-2000:]}")
    *_, answer, usage = done.stdout.strip().splitlines()
    told = json.loads(usage)
    return Measured(json.loads(answer), wall, told["cpu_seconds"], told["peak_megabytes"])


def usage_so_far() -> dict[str, float]:
    """CPU seconds and peak memory of this process and of the children it has waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "cpu_seconds": sum(usage.ru_utime + usage.ru_stime for usage in usages),
        "peak_megabytes": max(usage.ru_maxrss for usage in usages) / 1024,
    }
