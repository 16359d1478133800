"""Everything that is measured of the service, on each database, in one run of some minutes."""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.service import asking, evidence, memory, overhead, pipeline, recovery, throughput
from bench.service.asking import Answers
from bench.service.evidence import Sample
from bench.service.memory import Held
from bench.service.overhead import Overhead
from bench.service.pipeline import Pipeline
from bench.service.postgresql import cluster, programs
from bench.service.recovery import Recovery
from bench.service.running import Service
from bench.service.throughput import Rate

TURNS, SMALL_TURNS = 3, 12
QUEUED, ASKED, SMALL = 10, 8, 500
"""Cases: through a full queue, through another while questions are asked, and with claims alone."""
IDLE_SECONDS = 12.0
KILLS = 3


@dataclass(frozen=True)
class Figures:
    """Of the service on one database."""

    database: str
    overhead: Overhead
    small_overhead: Overhead
    rate: Rate
    small_rate: Rate
    peak_megabytes: float | None
    idle: Answers
    busy: Answers
    held: list[Held]
    recoveries: list[Recovery]


def measure(tell: Callable[[Figures], None]) -> None:
    """SQLite, then PostgreSQL where it is installed; `tell` hears of each when it is done."""
    with tempfile.TemporaryDirectory(prefix="bonafide-bench-") as name, pipeline.running() as plain:
        folder = Path(name)
        sample = evidence.genuine(folder / "samples")
        print(
            f"A case: a passport, footage of six seconds ({sample.megabytes:.1f} MB), a résumé; "
            f"load {os.getloadavg()[0]:.1f} at the beginning",
            flush=True,
        )
        for way in pipeline.WAYS:
            plain.run(way, sample)  # Loads the models, and the server of jobs.
        (folder / "sqlite").mkdir()
        tell(_measure(Service(folder / "sqlite", None), plain, sample))
        bin = programs()
        if bin is None:
            print("\nPostgreSQL was not measured: it is not installed (Debian: postgresql).")
            return
        (folder / "postgresql").mkdir()
        with cluster(bin) as running:
            tell(_measure(Service(folder / "postgresql", running), plain, sample))


def _measure(service: Service, plain: Pipeline, sample: Sample) -> Figures:
    with service:
        small = sample.claims_only
        held = [memory.held(service, "started", 0)]
        first = service.client.order(sample)
        service.client.wait(first)
        with asking.asked(service.url, service.secret, first) as idle:
            time.sleep(IDLE_SECONDS)
        over = overhead.measure(service, plain, sample, TURNS)
        with memory.peak(service) as peak:
            rate = throughput.measure(service, sample, QUEUED)
        with asking.asked(service.url, service.secret, first) as busy:
            throughput.measure(service, sample, ASKED)
        real = 1 + TURNS + QUEUED + ASKED
        held.append(memory.held(service, f"{real} real cases", real))
        small_over = overhead.measure(service, plain, small, SMALL_TURNS)
        small_rate = throughput.measure(service, small, SMALL)
        few = SMALL_TURNS + SMALL
        held.append(memory.held(service, f"and {few} with claims alone", few))
        kills = recovery.measure(service, sample, KILLS)
    return Figures(
        database=service.database,
        overhead=over,
        small_overhead=small_over,
        rate=rate,
        small_rate=small_rate,
        peak_megabytes=peak.megabytes,
        idle=idle,
        busy=busy,
        held=held,
        recoveries=kills,
    )
