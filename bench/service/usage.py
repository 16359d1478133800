"""What the processes of a service use, children included, as Linux tells it in /proc (proc(5)).

CPU time of a child that has ended is its parent's (`cutime`), so the sum over the living ones is
the whole. Memory is PSS: a page that several processes share counts once, in parts; sums of RSS
would count it once a process, and forked children share most of theirs.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(roots: Iterable[int]) -> float:
    """Of these processes and all that came of them, since they began; in ticks of 10 ms."""
    return sum(stat.cpu_seconds for stat in _trees(roots))


def megabytes(roots: Iterable[int]) -> float:
    """PSS of these processes and their descendants.

    Raises `PermissionError` for a case's child, unless by root: nobody may look into that one.
    """
    return sum(_pss_megabytes(stat.pid) for stat in _trees(roots))


def descendants(root: int) -> list[int]:
    """The processes below this one, those next to it first."""
    return [stat.pid for stat in _trees([root])][1:]


def folder_megabytes(folder: Path) -> float:
    """Of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


@dataclass(frozen=True)
class _Stat:
    pid: int
    parent: int
    cpu_seconds: float


def _trees(roots: Iterable[int]) -> list[_Stat]:
    stats = {stat.pid: stat for stat in _all()}
    children: dict[int, list[_Stat]] = {}
    for stat in stats.values():
        children.setdefault(stat.parent, []).append(stat)
    found = [stats[root] for root in roots if root in stats]
    for stat in found:  # Grows while it is walked.
        found += children.get(stat.pid, [])
    return found


def _all() -> Iterator[_Stat]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # It has just ended.
        # The name, in parentheses, may hold anything; what follows it are numbers.
        fields = text.rpartition(")")[2].split()
        ticks = sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime
        yield _Stat(int(folder.name), int(fields[1]), ticks / _TICKS)


def _pss_megabytes(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # It has just ended.
    return next(
        int(line.split()[1]) * 1024 / 1e6 for line in text.splitlines() if line.startswith("Pss:")
    )
