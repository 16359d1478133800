"""The curves of a calibration as PNG: distances and rates over the threshold, and the DET curve.

The DET curve (ISO/IEC 19795-1 §10) shows FNMR over FMR, both on logarithmic axes; the shaded part
is what the sample is too small to show.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np

from models.calibration import FaceRates
from verifiers.faces.calibration import by_group
from verifiers.faces.calibration_intervals import shown_by
from verifiers.faces.calibration_scores import Comparison, Scores

_DPI = 110
_GENUINE, _IMPOSTOR = "#2f7d4f", "#b03a5b"


def rate_curves(rates: FaceRates, comparisons: Sequence[Comparison]) -> bytes:
    """Distances of genuine and impostor comparisons, above both rates with their intervals."""
    scores = Scores(tuple(comparisons))
    figure, (above, below) = _figure(2, (7.2, 6.4), sharex=True)
    bins = np.linspace(scores.distances[0], scores.distances[-1], 60)
    kinds = ((scores.genuine, "one person", _GENUINE), (scores.impostor, "two people", _IMPOSTOR))
    for distances, label, colour in kinds:
        weights = np.full(len(distances), 1 / len(distances))
        above.hist(distances, bins, weights=weights, label=label, color=colour, alpha=0.6)
    above.set_ylabel("share of comparisons")
    above.legend()
    at = [row.threshold for row in rates.thresholds]
    overall = [row.overall for row in rates.thresholds]
    lines = (
        ("FNMR", [o.fnmr for o in overall], _GENUINE),
        ("FMR", [o.fmr for o in overall], _IMPOSTOR),
    )
    for label, line, colour in lines:
        below.plot(at, [r.value for r in line], color=colour, label=label)
        below.fill_between(
            at, [r.low for r in line], [r.high for r in line], color=colour, alpha=0.15
        )
    bands = rates.bands
    for name, end in (("strong", bands.strong), ("moderate", bands.moderate)):
        if end is not None:
            below.axvline(end, color="grey", linestyle=":", linewidth=1)
            below.text(end, 1.02, name, rotation=60, fontsize=8)
    below.set_ylim(-0.02, 1.02)
    below.set_xlabel("threshold: distances up to it match")
    below.set_ylabel("rate, 95 % interval")
    below.legend()
    return _png(figure)


def det_curves(comparisons: Mapping[str, Sequence[Comparison]]) -> bytes:
    """One curve an engine; of a single engine also one a group that has both kinds."""
    figure, axis = _figure(1, (6.4, 5.6))
    curves = {name: Scores(tuple(each)) for name, each in comparisons.items()}
    if len(comparisons) == 1:
        groups = by_group(next(iter(comparisons.values())))
        both = {n: s for n, s in groups.items() if len(s.genuine) and len(s.impostor)}
        curves |= {f"group {name}": scores for name, scores in both.items()}
    least = min(1 / len(s.impostor) for s in curves.values())
    floor = min(1 / len(s.genuine) for s in curves.values())
    for name, scores in curves.items():
        _, fmr, fnmr = scores.curve()
        axis.step(np.maximum(fmr, least / 2), np.maximum(fnmr, floor / 2), where="post", label=name)
    shown = max(shown_by(s.size.pairs_of_people) for s in curves.values())
    axis.axvspan(least / 2, min(shown, 1), color="grey", alpha=0.12, label="too few people to show")
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_xlim(least / 2, 1)
    axis.set_ylim(floor / 2, 1)
    axis.set_xlabel("FMR: two people accepted as one")
    axis.set_ylabel("FNMR: one person not accepted")
    axis.legend(fontsize=8)
    return _png(figure)


def _figure(rows: int, size: tuple[float, float], *, sharex: bool = False) -> tuple[Any, Any]:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(rows, figsize=size, sharex=sharex)
    return figure, axes


def _png(figure: Any) -> bytes:
    from matplotlib import pyplot as plt

    written = BytesIO()
    figure.tight_layout()
    figure.savefig(written, dpi=_DPI, format="png")
    plt.close(figure)
    return written.getvalue()
