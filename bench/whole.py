"""The whole job on one sample candidate, beside a developer's usual tools, in one run."""

import tempfile
from pathlib import Path
from typing import Any

from bench.measure import measure as in_a_process
from samples.candidates import write


def measure() -> dict[str, Any]:
    """Both sides on the genuine candidate's document and footage, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="bonafide-bench-") as folder:
        (files,) = write(Path(folder), names=["genuine"])
        arguments = [str(files.documents[0]), str(files.footage[0])]
        ours = in_a_process("bench.ours", arguments)
        peer = in_a_process("bench.peer", arguments)
    return {
        "ours": ours,
        "peer": peer,
        "ratios": {
            "CPU time": ours.cpu_seconds / peer.cpu_seconds,
            "wall time": ours.wall_seconds / peer.wall_seconds,
            "peak memory": ours.peak_megabytes / peer.peak_megabytes,
        },
    }


def print_table(figures: dict[str, Any]) -> None:
    """What each side answered and took, then ours over theirs."""
    for name in ("ours", "peer"):
        side = figures[name]
        print(
            f"{name:5} {side.wall_seconds:7.1f} s wall {side.cpu_seconds:7.1f} s CPU "
            f"{side.peak_megabytes:7.0f} MB: {side.answer}"
        )
    for name, ratio in figures["ratios"].items():
        print(f"ours over peer, {name}: {ratio:.2f}")


if __name__ == "__main__":
    print_table(measure())
