"""The peer of the forgery signs: error level analysis, the usual tool for altered pictures.

Krawetz 2007: save the picture once more as JPEG and look at how much each part changes. People look
at the map; for a rate it is made a number here, by how far its most changed parts lie from the
rest.
"""

import io

import numpy as np
from PIL import Image

from verifiers.picture import Pixels

_QUALITY = 90
_BLOCK = 16
_MOST = 0.995
"""The share of blocks below the one that counts: a changed field is a hundredth of a page."""


def error_level(pixels: Pixels) -> float:
    """How many typical deviations the most changed blocks lie above the middle one."""
    again = io.BytesIO()
    Image.fromarray(pixels).save(again, "JPEG", quality=_QUALITY)
    saved = np.asarray(Image.open(again).convert("RGB"), np.float32)
    change = np.abs(saved - pixels).mean(axis=2)
    rows, columns = (side // _BLOCK for side in change.shape)
    blocks = change[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    levels = blocks.mean(axis=(1, 3)).ravel()
    middle = np.median(levels)
    spread = float(np.median(np.abs(levels - middle))) + 1e-3
    return float((np.quantile(levels, _MOST) - middle) / spread)
