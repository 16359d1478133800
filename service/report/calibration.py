"""The page of a calibration: rates, curves and proposed bands, self-contained."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.calibration import FaceRates, Rate
from service.private_files import write_private
from service.report.calibration_curves import det_curves, rate_curves
from service.report.page import templates
from verifiers.faces.calibration_scores import Comparison

LeftOut = tuple[str, str]
"""A picture by its name, and why it was left out."""


def write_calibration(
    folder: Path,
    source: str,
    rates: Sequence[FaceRates],
    comparisons: Mapping[str, Sequence[Comparison]],
    left_out: Sequence[LeftOut],
) -> Path:
    """Write `calibration.html`, `calibration.json` and the curves as PNG; the page is returned.

    They name pictures of people, so only their owner may read them. Raises `OSError` where the
    folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    det = det_curves(comparisons)
    write_private(folder / "det.png", det)
    curves = {each.engine: rate_curves(each, comparisons[each.engine]) for each in rates}
    for engine, png in curves.items():
        name = re.sub(r"[^A-Za-z0-9.+-]+", "-", engine)
        write_private(folder / f"rates-{name}.png", png)
    said = {"source": source, "engines": [each.model_dump(mode="json") for each in rates]}
    write_private(folder / "calibration.json", json.dumps(said, indent=2).encode())
    page = folder / "calibration.html"
    write_private(page, render(source, rates, det, curves, left_out).encode())
    return page


def render(
    source: str,
    rates: Sequence[FaceRates],
    det: bytes,
    curves: Mapping[str, bytes],
    left_out: Sequence[LeftOut],
) -> str:
    """The page as HTML. All text is escaped; nothing is loaded from elsewhere."""
    return (
        templates()
        .get_template("calibration.html")
        .render(
            source=source,
            rates=rates,
            det=_uri(det),
            curves={engine: _uri(png) for engine, png in curves.items()},
            left_out=left_out,
            told=_told,
        )
    )


def _told(rate: Rate) -> str:
    if rate.value is None:
        return "nothing compared"
    return f"{rate.value:.2%} ({rate.low:.2%} to {rate.high:.2%})"


def _uri(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"
