"""Does footage come back? One period, or one moment from which it runs backwards.

A loop shows at every moment what it showed one period before, and footage played to and fro shows,
mirrored about its turning point, what it showed on the way there. Frames are sampled at moments of
their own, so the frame of one period before was mostly not seen: it is taken to lie on the straight
line between the two that were. What is left over is told as a share of what a straight line between
a frame's own neighbours leaves over *of it*: footage that is sampled more finely leaves less of
both.

Measured as that share, two filmed people, pieces of 8, 12 and 20 s at 2.5 and 5 frames a second:
1.19 and more for a period, 0.85 and more for a turning point. Rendered loops and footage played to
and fro, of periods that are no multiple of the frames' interval, in noise and JPEG at quality 70:
0.05 to 0.36, and 0.15 to 0.46 about a turning point.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHORTEST_PERIOD = 0.8
SEEN_AGAIN_SECONDS = 2.5
"""So much of the footage must come back, as it was, one period later."""
SEEN_BACKWARDS_SECONDS = 4.0
"""So much must run backwards: whoever turns the head and comes back does so as well, for 2 s."""
_FEWEST_FRAMES = 8
SLOWEST_SECONDS = 0.6
"""Between frames: a straight line between a person's looks 8 s apart explains anything."""
STILL_DIFFERENCE = 0.045
"""Between thumbnails: below it is what sensors and encoders make of a still."""
_TRIED_PER_FRAME = 10
"""Periods tried in the time from one frame to the next: at five frames a second 0.02 s apart, in
which a head that turns moves by half a degree."""

Differences = NDArray[np.float64]
Times = NDArray[np.float64]


@dataclass(frozen=True)
class Return:
    """The period, or the turning point, that explains the footage best."""

    share: float
    """What is left over, of what a line between its neighbours leaves over of a frame."""
    moved: float
    """That neighbours' part: how much is there to come back, as a difference of thumbnails."""
    seconds: float
    """The period; of footage played backwards, until its middle frame comes back."""
    backwards: bool


def nearest_return(difference: Differences, times: Times) -> Return | None:
    """What comes nearest to a loop; `None` where the footage is too short, or seen too seldom.

    `difference` is `(n, n)`, root mean squares between frames; `times` their seconds, rising.
    """
    squares = difference**2
    own = _between_neighbours(squares, times)
    between = float(np.median(np.diff(times))) if len(times) > 1 else np.inf
    if between > SLOWEST_SECONDS:
        return None
    step = between / _TRIED_PER_FRAME
    start, end, half = times[0], times[-1], SEEN_BACKWARDS_SECONDS
    periods = np.arange(SHORTEST_PERIOD, end - start - SEEN_AGAIN_SECONDS, step)[:, None]
    turns = np.arange(start + half, end - half, step)[:, None]
    forwards, backwards = times + periods, 2 * turns - times
    found = [
        *_best(squares, times, own, forwards, forwards <= end),
        *_best(squares, times, own, backwards, (times < turns) & (times >= turns - half)),
    ]
    seconds = [*periods[:, 0], *[half] * len(turns)]
    best = min(range(len(found)), key=lambda i: found[i][0], default=None)
    if best is None or not np.isfinite(found[best][0]):
        return None
    share, moved = found[best]
    return Return(share, moved, float(seconds[best]), backwards=best >= len(periods))


def _best(
    squares: Differences,
    times: Times,
    own: NDArray[np.float64],
    partners: NDArray[np.float64],
    compared: NDArray[np.bool_],
) -> list[tuple[float, float]]:
    """Share and movement, for each row of `partners`, of the frames that are `compared` in it.

    Only what moves can come back: a still does at every moment, and as often as its encoder makes
    keyframes. So most frames compared must move, and they alone are counted.
    """
    compared = compared & np.isfinite(own)
    moving = compared & (np.nan_to_num(own) > STILL_DIFFERENCE)
    after = np.clip(np.searchsorted(times, partners), 1, len(times) - 1)
    rows = np.broadcast_to(np.arange(len(times)), partners.shape)
    left = _medians(_off_the_line(squares, times, rows, after - 1, after, partners), moving)
    moved = _medians(np.broadcast_to(own, partners.shape), moving)
    count = moving.sum(axis=1)
    enough = (count >= _FEWEST_FRAMES) & (2 * count >= compared.sum(axis=1))
    shares = np.where(enough, left, np.inf) / np.where(enough, moved, 1.0)
    return list(zip(shares.tolist(), moved.tolist(), strict=True))


def _medians(values: NDArray[np.float64], counted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of the values counted in each row; infinite in a row with none."""
    ordered = np.sort(np.where(counted, values, np.inf), axis=1)
    middle = counted.sum(axis=1) // 2
    return np.asarray(ordered[np.arange(len(ordered)), middle], np.float64)


def _between_neighbours(squares: Differences, times: Times) -> NDArray[np.float64]:
    """How far each frame is from the line between its neighbours; not a number at both ends."""
    off = np.full(len(times), np.nan)
    rows = np.arange(1, len(times) - 1)
    off[rows] = _off_the_line(squares, times, rows, rows - 1, rows + 1, times[rows])
    return off


def _off_the_line(
    squares: Differences,
    times: Times,
    rows: NDArray[np.intp],
    before: NDArray[np.intp],
    after: NDArray[np.intp],
    moments: Times,
) -> NDArray[np.float64]:
    """From frames to the points that lie, at these moments, between two others each.

    By Stewart's theorem: only distances are needed, not the frames.
    """
    part = np.clip((moments - times[before]) / (times[after] - times[before]), 0, 1)
    square = (
        (1 - part) * squares[rows, before]
        + part * squares[rows, after]
        - part * (1 - part) * squares[before, after]
    )
    return np.asarray(np.sqrt(np.maximum(square, 0)), np.float64)
