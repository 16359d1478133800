"""Looks for a part of the picture with another history of JPEG compression than the rest.

An editor opens the camera's JPEG, something is drawn or pasted over a part of it, and the whole is
saved again. What was untouched has been compressed twice on one grid of blocks, what was put in has
not; saved without loss, what was put in has not been compressed on that grid at all. Both are
judged by likelihood, block by block (Bianchi and Piva, "Image forgery localization via
block-grained analysis of JPEG artifacts", 2012), and summed over windows. A picture that was
compressed twice as a whole, or cropped, is alike all over and shows nothing.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Region
from models.forensics import Look, Sign
from verifiers.documents.forensics.local_resave_history import (
    Floats,
    History,
    apart_from_earlier,
    apart_from_last,
    history_of,
)
from verifiers.documents.forensics.subject import HeatMap, Looked, Subject, not_looked
from verifiers.documents.forensics.tones import are_combed
from verifiers.picture import Picture

_WINDOWS = ((9, 5), (5, 9), (4, 4))
"""Blocks across and down, summed: about a printed date where a page is 1,400 pixels wide, lying
and standing, and a few letters."""
_THRESHOLDS = (26.0, 37.0)
"""Reached by 3 and none of 117 of `honest(seed, with_portrait=True)`, seeds 0 to 59 and 100,000 to
100,056, after they were saved once more as a whole (libjpeg quality 68 to 96, by the seed), since a
picture compressed once says too little to alarm: of those none reached 16."""
_MOST_PIXELS = 6_000_000
_FEWEST_BLOCKS = 600
_LEAST_KEEN = 0.85
"""Of `History.keenness`: renders, forged or saved again as a whole, have 0.88 and more, sharpened
ones at most 0.75, those of evened local contrast 0.4 (five seeds below 50,000 and two above)."""
_FEWEST_TOLD = 15
"""Blocks of a window that say anything."""
_HEAT_SIDE = 256

_NO_TRACE = (
    "The picture shows no steps of JPEG compression (it was never compressed, very finely, or made"
    " smaller since), so parts of it could not be held against each other."
)
_CHANGED = (
    "The whole picture was sharpened, brightened or put on fewer colours since it was compressed,"
    " so parts of it could not be held against each other."
)


def look_for_local_resave(subject: Subject) -> Looked:
    """How much likelier the likeliest part was compressed apart from the rest than with it.

    The score is the natural logarithm of that ratio.
    """
    picture = subject.picture
    left, top, right, bottom = _looked_at(subject)
    if are_combed(picture.pixels[top:bottom, left:right]):
        return not_looked(subject, Sign.LOCAL_RESAVE, _CHANGED)
    history = history_of(picture.pixels[top:bottom, left:right])
    if not history.is_seen or history.blocks.sound.sum() < _FEWEST_BLOCKS:
        return not_looked(subject, Sign.LOCAL_RESAVE, _NO_TRACE)
    if history.keenness < _LEAST_KEEN:
        return not_looked(subject, Sign.LOCAL_RESAVE, _CHANGED)
    corner = left + history.blocks.left, top + history.blocks.top
    evidence = _on_page(subject, _greatest(apart_from_last(history), _sums), corner)
    said = "was not compressed as JPEG on the grid of the rest"
    if history.is_double:
        lacking = _greatest(apart_from_earlier(history), _as_evidence)
        earlier = _on_page(subject, lacking, corner)
        if earlier.max() > evidence.max():
            said = "lacks the first of the two compressions that the rest went through"
        evidence = np.maximum(evidence, earlier)
    # An altered part shows in windows beside each other, chance in single ones.
    beside = np.ones((3, 3), np.uint8)
    evidence = np.asarray(cv2.morphologyEx(evidence, cv2.MORPH_OPEN, beside), np.float32)
    score = float(evidence.max())
    where = _around_peak(evidence, corner)
    look = Look.graded(
        Sign.LOCAL_RESAVE,
        picture.file,
        picture.page,
        score,
        _THRESHOLDS,
        _said(history, score, said),
        (where,) if score >= _THRESHOLDS[0] else (),
    )
    return Looked(look, _heat(picture, evidence, corner))


def _said(history: History, score: float, what: str) -> str:
    times = "twice on one grid" if history.is_double else "once, as far as can be seen"
    said = f"Most of the picture was compressed as JPEG {times}. "
    if score < _THRESHOLDS[0]:
        return said + "No part of it has another history."
    return said + f"A part of it {what}: it may have been put in on a computer afterwards."


def _looked_at(subject: Subject) -> tuple[int, int, int, int]:
    """Left, top, right, bottom: the whole picture, or of a large one the middle of the page."""
    picture = subject.picture
    if picture.width * picture.height <= _MOST_PIXELS:
        return 0, 0, picture.width, picture.height
    box = 0.0, 0.0, float(picture.width), float(picture.height)
    if subject.page:
        box = subject.page.outline.bounds
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(float(picture.width), box[2]), min(float(picture.height), box[3])
    shrink = min(1.0, float(np.sqrt(_MOST_PIXELS / max(1.0, (right - left) * (bottom - top)))))
    across, down = (right - left) * shrink / 2, (bottom - top) * shrink / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    return int(x - across), int(y - down), int(x + across), int(y + down)


def _greatest(blocks: Floats, told: Callable[[Floats, tuple[int, int]], Floats]) -> Floats:
    """By block: what the window around it that says most says."""
    return np.asarray(np.max([told(blocks, window) for window in _WINDOWS], axis=0), np.float32)


def _sums(blocks: Floats, window: tuple[int, int]) -> Floats:
    """Over the window around each block, beyond the edge nothing."""
    return np.asarray(
        cv2.boxFilter(blocks, -1, window, normalize=False, borderType=cv2.BORDER_CONSTANT),
        np.float32,
    )


def _on_page(subject: Subject, evidence: Floats, corner: tuple[int, int]) -> Floats:
    """Without the table around the page, where the page is known: nobody alters a table."""
    if subject.page is None:
        return evidence
    page = np.zeros(evidence.shape, np.uint8)
    outline = (np.array(subject.page.outline.corners) - corner) / 8
    cv2.fillPoly(page, [np.rint(outline).astype(np.int32)], 1)
    return np.where(page > 0, evidence, min(0.0, float(evidence.min()))).astype(np.float32)


def _as_evidence(deviations: Floats, window: tuple[int, int]) -> Floats:
    """How much likelier windows are to differ as they do than to be alike, natural logarithm."""
    told = _sums((deviations != 0).astype(np.float32), window)
    together = _sums(deviations, window) / np.sqrt(np.maximum(told, 1))
    together[told < _FEWEST_TOLD] = 0
    return np.asarray(np.maximum(together, 0) ** 2 / 2, np.float32)


def _around_peak(evidence: Floats, corner: tuple[int, int]) -> Region:
    """The part about the highest window where evidence is at least a third as high."""
    peak = np.unravel_index(int(evidence.argmax()), evidence.shape)
    level = max(float(evidence[peak]) / 3, 1e-6)
    _, labels = cv2.connectedComponents((evidence >= level).astype(np.uint8))
    rows, columns = np.nonzero(labels == labels[peak])
    (x, y), size = corner, 8
    return Region.box(
        x + size * float(columns.min()),
        y + size * float(rows.min()),
        x + size * float(columns.max() + 1),
        y + size * float(rows.max() + 1),
    )


def _heat(picture: Picture, evidence: Floats, corner: tuple[int, int]) -> HeatMap:
    """Evidence over the whole picture: 0 for none, 1 from twice what is clear."""
    shrink = min(1.0, _HEAT_SIDE / max(picture.width, picture.height))
    size = max(1, round(picture.width * shrink)), max(1, round(picture.height * shrink))
    scale = 8 * shrink
    place: NDArray[np.float64] = np.array(
        [[scale, 0, (corner[0] + 4) * shrink], [0, scale, (corner[1] + 4) * shrink]]
    )
    share = np.clip(evidence / (2 * _THRESHOLDS[1]), 0, 1).astype(np.float32)
    return np.asarray(cv2.warpAffine(share, place, size, flags=cv2.INTER_LINEAR), np.float32)
