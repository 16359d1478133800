"""The picture of a replayed stream: each scheme as it surfaces, and false links beside them."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

_LINKED, _LOOKED_AT = "#0072B2", "#D55E00"
"""Told apart by colour-blind readers too (Okabe and Ito), and by their dashes without colour."""
_COLUMNS = 3


def draw(figures: dict[str, Any], path: Path) -> None:
    """A panel a scheme, with the share of its cases linked and looked at so far; benign below."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    schemes = figures["schemes"]
    rows = ceil(len(schemes) / _COLUMNS)
    figure = plt.figure(figsize=(12, 3.1 * rows + 2.9))
    grid = figure.add_gridspec(rows + 1, _COLUMNS)
    for place, (name, told) in enumerate(schemes.items()):
        axis = figure.add_subplot(grid[place // _COLUMNS, place % _COLUMNS])
        for held, label, colour, dashes in (
            ("linked one by one", "linked to another of them", _LINKED, "-"),
            ("looked at one by one", "sent to a person", _LOOKED_AT, "--"),
        ):
            shares = _so_far(told[held])
            axis.plot(told["arrived"], shares, dashes, color=colour, label=label, linewidth=2.2)
        axis.set_title(f"{name.capitalize()}, {told['cases']} cases", loc="left", fontsize=11)
        axis.set_xlim(0, figures["cases"])
        axis.set_ylim(-4, 104)
        axis.xaxis.set_major_locator(plt.MaxNLocator(4))
        axis.grid(alpha=0.25)
        if place % _COLUMNS == 0:
            axis.set_ylabel("% of its cases so far")
        if place == 0:
            axis.legend(loc="lower right", fontsize=9)
    axis = figure.add_subplot(grid[rows, :])
    numbers, tied = zip(*figures["over time"], strict=True)
    axis.plot(numbers, tied, color="black", linewidth=2.2)
    axis.axhline(1, color="grey", linestyle=":", linewidth=1.5)
    axis.annotate("aim: at most 1", (figures["cases"], 1), ha="right", va="bottom", color="grey")
    axis.set_xlim(0, figures["cases"])
    axis.set_ylim(0, max(2.0, 1.1 * max(tied)))
    axis.grid(alpha=0.25)
    axis.set_title("Benign people linked to a stranger", loc="left", fontsize=11)
    axis.set_ylabel("per 1,000 so far")
    axis.set_xlabel(f"cases that have arrived; {figures['benign']:,} of them are benign")
    figure.tight_layout()
    figure.savefig(path, dpi=90)
    plt.close(figure)


def _so_far(held: Sequence[bool]) -> list[float]:
    return [100 * sum(held[:place]) / place for place in range(1, len(held) + 1)]
