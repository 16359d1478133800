"""The figures of the service, printed."""

import os
from statistics import median

from bench.service.asking import LIVEZ, STATUS
from bench.service.overhead import DURABLE_STEPS, Overhead
from bench.service.running import CORES
from bench.service.whole import Figures


def print_table(figures: Figures) -> None:
    """All of one database."""
    print(f"\n{figures.database} (load {os.getloadavg()[0]:.1f} at the end)")
    _print_rates(figures)
    alone, small = figures.overhead, figures.small_overhead
    _print_ways("A case, nothing else to do", alone)
    print(f"  service over plain: wall {alone.wall_ratio:.2f}, CPU {alone.cpu_ratio:.2f}")
    # With so little to verify the difference is not lost in a machine's mood.
    _print_ways("A case with claims alone", small)
    print(
        f"  added by the child {small.added(small.in_a_child, small.plain):.3f} s, by store and "
        f"queue {small.added(small.served, small.in_a_child):.3f} s: "
        f"{small.step_milliseconds:.0f} ms for each of {DURABLE_STEPS} durable steps"
    )
    _print_answers(figures)
    _print_held(figures)
    _print_recoveries(figures)


def _print_rates(figures: Figures) -> None:
    alone = figures.overhead
    print("\ncases a minute, sending included   CPU a case")
    wall, cpu = median(alone.whole_seconds), median(run.cpu_seconds for run in alone.served)
    print(f"  one after another  {60 / wall:7.1f}         {cpu:7.2f} s")
    for label, rate in (
        (f"{CORES} at once", figures.rate),
        ("claims alone", figures.small_rate),
    ):
        print(
            f"  {label:17}  {rate.a_minute:7.1f}         {rate.cpu_seconds_a_case:7.2f} s"
            f"  ({rate.cases} cases)"
        )


def _print_ways(title: str, found: Overhead) -> None:
    print(f"\n{title} (medians of {len(found.plain)})")
    for label, runs in (
        ("plain pipeline, models warm", found.plain),
        ("in a child of its own", found.in_a_child),
        ("through the service", found.served),
    ):
        wall = median(run.seconds for run in runs)
        cpu = median(run.cpu_seconds for run in runs)
        print(f"  {label:27} {wall:7.3f} s wall {cpu:7.3f} s CPU")


def _print_answers(figures: Figures) -> None:
    print("\nmilliseconds to an answer       idle p50     p99 | verifying p50     p99     max")
    for asked in (LIVEZ, STATUS):
        idle, busy = figures.idle, figures.busy
        print(
            f"  {asked:28} {idle.percentile(asked, 0.5):9.1f} {idle.percentile(asked, 0.99):7.1f}"
            f" | {busy.percentile(asked, 0.5):13.1f} {busy.percentile(asked, 0.99):7.1f}"
            f" {busy.percentile(asked, 1.0):7.1f}"
            f"  ({len(idle.milliseconds[asked])}, {len(busy.milliseconds[asked])} answers)"
        )


def _print_held(figures: Figures) -> None:
    print("\nheld, in MB                     memory  (database's own)  database  evidence")
    for held in figures.held:
        print(
            f"  {held.when:28} {held.memory_megabytes:8.0f} {held.database_memory_megabytes:12.0f}"
            f" {held.database_megabytes:15.1f} {held.evidence_megabytes:9.1f}"
        )
    print("  a case leaves, in kB:")
    for before, after in zip(figures.held, figures.held[1:], strict=False):
        database = 1000 * (after.database_megabytes - before.database_megabytes) / after.cases
        blobs = 1000 * (after.evidence_megabytes - before.evidence_megabytes) / after.cases
        print(f"  {after.when:28} database {database:7.1f}, evidence {blobs:8.1f}")
    if figures.peak_megabytes is None:
        print("  memory while verifying: only root may look into the process of a case")
    else:
        print(f"  most while verifying {CORES} at once {figures.peak_megabytes:7.0f}")


def _print_recoveries(figures: Figures) -> None:
    ready = sorted(recovery.ready for recovery in figures.recoveries)
    verdict = sorted(recovery.verdict for recovery in figures.recoveries)
    print(
        f"\nkill -9 in the middle of a case: back after {median(ready):.1f} s (at most "
        f"{ready[-1]:.1f}), the case decided after {median(verdict):.1f} s (at most "
        f"{verdict[-1]:.1f}), of {len(ready)}",
        flush=True,
    )
