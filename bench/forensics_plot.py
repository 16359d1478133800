"""ROC curves: how often each attack is seen, over how often an honest document is accused."""

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path

import numpy as np

from models.forensics import Sign


def roc(
    honest: Mapping[Sign, Sequence[float]],
    forged: Mapping[tuple[Sign, str, str], Sequence[float]],
    path: Path,
) -> None:
    """One panel a sign, one curve an attack with all its strengths; a logarithmic axis below."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    columns = 2
    rows = ceil(len(honest) / columns)
    figure, axes = plt.subplots(rows, columns, figsize=(13, 4.6 * rows), squeeze=False)
    for axis in axes.ravel()[len(honest) :]:
        axis.set_visible(False)
    for axis, (sign, scores) in zip(axes.ravel(), honest.items(), strict=False):
        least = 1 / max(len(scores), 1)
        for attack in dict.fromkeys(name for of, name, _ in forged if of is sign):
            seen = [
                score
                for (of, name, _), each in forged.items()
                if (of, name) == (sign, attack)
                for score in each
            ]
            rates, found = _curve(np.array(scores), np.array(seen))
            label = f"{attack.replace('_', ' ')} ({len(seen)})"
            axis.plot(np.maximum(rates, least / 2), found, label=label, linewidth=1.3)
        axis.set_xscale("log")
        axis.set_xlim(least / 2, 1)
        axis.set_ylim(-0.02, 1.02)
        for rate in (0.01, 0.05):
            axis.axvline(rate, color="grey", linewidth=0.7, linestyle=":")
        axis.set_title(sign.value.replace("_", " "))
        axis.set_xlabel("honest renders accused")
        axis.set_ylabel("seen")
        axis.legend(fontsize=7, loc="lower right")
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    plt.close(figure)


def _curve(honest: np.ndarray, forged: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    limits = np.unique(np.concatenate([honest, forged, [np.inf]]))[::-1]
    limits = limits[limits > -np.inf]
    return (
        np.array([(honest >= limit).mean() for limit in limits]),
        np.array([(forged >= limit).mean() for limit in limits]),
    )
