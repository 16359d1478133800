"""Prints of footage, and how alike two of them are: `footage_print` and `compare`.

The place is a square of four eye distances about the face, the same in all frames, set by the
median of the landmarks: crops and other sizes move it along. A moment's print are the signs of the
64 lowest frequencies of the square's change within a second; two recordings are compared moment by
moment at every shift in time, plain and mirrored.

Measured on seven pieces of 20 s of two filmed people, encoded anew at H.264 quality 30 and 32, made
smaller, cropped by 3 and 5 %, cut 0.1 to 6 s later: 0.00 to 0.09 of the bits differ (0.12 with less
than 20 moments in common), and 0.37 or more in 148 pairs of other pieces of the same people in the
same room. Two rendered people who make the same movements at the same time differ in 0.48. A person
rendered anew by the same programme of movements, as no person can repeat them, differs in 0.09 to
0.16: too near to be told apart.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from models.footage_print import FootageLikeness, FootageMoment, FootagePrint
from verifiers.face_engine import TrackedFace
from verifiers.picture import Clip, Pixels

ALIKE_TO = 0.1
"""Share of common bits, between the same footage (0.09) and other footage (0.37)."""
FEWEST_MOMENTS = 20
"""In common: with ten, other footage of the same person came to 0.05 where it hardly moved."""
FEWEST_COMMON = 24
"""Bits of 64 that must be sure in both for a moment to count."""
SLOWEST_SECONDS = 0.35
"""Between frames: what happens in longer gaps is not known."""

_STEP = 0.2
_WITHIN = 1.0
"""Seconds within which a change is measured: long beside the shift between two samplings."""
_SIDE, _BITS = 32, 64
_SURE = 4.0
"""Six times what a webcam's noise makes of a coefficient, averaged over a small face's square."""
_WORST = 0.75
_BAND = 32
"""Bits of a key. Of other people none of 80 pairs shared one, of the same person 5 of 68."""

Coefficients = NDArray[np.float64]
Words = NDArray[np.uint64]


def _lowest() -> NDArray[np.intp]:
    """Places in the transform of the frequencies that are kept, the lowest first, without 0."""
    down, across = np.mgrid[0:_SIDE, 0:_SIDE]
    return np.lexsort((across.ravel(), (down + across).ravel()))[1 : _BITS + 1]


_KEPT = _lowest()
_MIRROR = int("".join("1" if place % _SIDE % 2 else "0" for place in _KEPT), 2)
"""A mirrored picture turns the sign of every frequency that is odd across."""


def footage_print(clip: Clip, faces: Sequence[TrackedFace]) -> FootagePrint:
    """The print of a clip at the candidate's face; `faces` are those of the clip, at least one."""
    times = np.array([frame.seconds for frame in clip.frames])
    if not faces or len(times) < FEWEST_MOMENTS:
        return FootagePrint(file=clip.file, absent="Too few frames show the face.")
    if float(np.median(np.diff(times))) > SLOWEST_SECONDS:
        return FootagePrint(
            file=clip.file, absent="Its frames lie too far apart to tell how anybody moves."
        )
    place = _place(faces)
    seen = np.array([_frequencies(frame.pixels, place) for frame in clip.frames])
    moments = tuple(
        FootageMoment(seconds=round(seconds, 3), bits=_hex(change > 0), sure=_hex(sure))
        for seconds, change in _changes(seen, times)
        if (sure := np.abs(change) >= _SURE).sum() >= FEWEST_COMMON
    )
    if len(moments) < FEWEST_MOMENTS:
        return FootagePrint(file=clip.file, absent="Too little moves in it.")
    return FootagePrint(file=clip.file, moments=moments)


def compare(one: FootagePrint, other: FootagePrint) -> FootageLikeness | None:
    """How alike they are where they fit best; `None` where they have too little in common."""
    if one.version != other.version or not (one.moments and other.moments):
        return None
    found = [
        likeness
        for mirrored in (False, True)
        if (likeness := _at_best_shift(one, other, mirrored=mirrored)) is not None
    ]
    return min(found, key=lambda likeness: likeness.distance, default=None)


def lookup_keys(print_: FootagePrint) -> frozenset[str]:
    """Keys of which two prints of the same footage nearly always share one: an index.

    Each is the number of a band and its 32 bits ("footage:1:9f02aa10").
    """
    return _keys(print_, 0)


def lookup_queries(print_: FootagePrint) -> frozenset[str]:
    """The keys to ask for: those of the mirrored footage too."""
    return _keys(print_, 0) | _keys(print_, _MIRROR)


def _keys(print_: FootagePrint, mirror: int) -> frozenset[str]:
    digits = _BAND // 4
    words = (f"{int(moment.bits, 16) ^ mirror:016x}" for moment in print_.moments)
    return frozenset(
        f"footage:{at // digits}:{word[at : at + digits]}"
        for word in words
        for at in range(0, len(word), digits)
    )


def _place(faces: Sequence[TrackedFace]) -> tuple[float, float, float]:
    """Left, top and side of the square."""
    eyes = np.array([np.mean(tracked.face.eyes, axis=0) for tracked in faces])
    across, down = np.median(eyes, axis=0)
    # Turned heads have their eyes nearer to each other: the distance is that of the frontal ones.
    unit = float(np.quantile([tracked.face.inter_eye_distance for tracked in faces], 0.75))
    return float(across) - 2 * unit, float(down) - 1.6 * unit, 4 * unit


def _frequencies(pixels: Pixels, place: tuple[float, float, float]) -> Coefficients:
    left, top, side = place
    scale = 2 * _SIDE / side
    # Shrunk by area first: sampled sparsely, a large face's square would alias.
    shrink = min(1.0, 2 * scale)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if shrink < 1:
        grey = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    to_square = np.array([[scale / shrink, 0, -left * scale], [0, scale / shrink, -top * scale]])
    twice = (2 * _SIDE, 2 * _SIDE)
    square = cv2.warpAffine(grey, to_square, twice, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(square, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.dct(small.astype(np.float64)).ravel()[_KEPT], np.float64)


def _changes(
    seen: Coefficients, times: NDArray[np.float64]
) -> Iterator[tuple[float, Coefficients]]:
    """Moments a fifth of a second apart, each with the change within the second that follows."""
    for moment in np.arange(times[0], times[-1] - _WITHIN + 1e-6, _STEP):
        start, end = (_at(seen, times, seconds) for seconds in (moment, moment + _WITHIN))
        if start is not None and end is not None:
            yield float(moment), end - start


def _at(seen: Coefficients, times: NDArray[np.float64], seconds: float) -> Coefficients | None:
    """Between the two frames about a moment; `None` where these lie too far apart."""
    after = int(np.clip(np.searchsorted(times, seconds), 1, len(times) - 1))
    apart = times[after] - times[after - 1]
    if apart > SLOWEST_SECONDS:
        return None
    part = (seconds - times[after - 1]) / apart
    return np.asarray((1 - part) * seen[after - 1] + part * seen[after], np.float64)


def _at_best_shift(
    one: FootagePrint, other: FootagePrint, *, mirrored: bool
) -> FootageLikeness | None:
    first, second = _words(one, "bits"), _words(other, "bits")
    if mirrored:
        second = second ^ np.uint64(_MIRROR)
    common = _words(one, "sure")[:, None] & _words(other, "sure")[None]
    count = np.bitwise_count(common)
    share = np.bitwise_count((first[:, None] ^ second[None]) & common) / np.maximum(count, 1)
    rows, columns = np.nonzero(count >= FEWEST_COMMON)
    starts = [np.array([moment.seconds for moment in each.moments]) for each in (one, other)]
    shifts = np.round((starts[1][columns] - starts[0][rows]) / _STEP).astype(int)
    best: FootageLikeness | None = None
    for shift in np.unique(shifts):
        here = shifts == shift
        if here.sum() < FEWEST_MOMENTS:
            continue
        distance = float(np.quantile(share[rows[here], columns[here]], _WORST))
        if best is None or distance < best.distance:
            best = FootageLikeness(
                later=round(float(shift) * _STEP, 2),
                mirrored=mirrored,
                moments=int(here.sum()),
                distance=distance,
                alike_to=ALIKE_TO,
            )
    return best


def _words(print_: FootagePrint, field: str) -> Words:
    return np.array([int(getattr(moment, field), 16) for moment in print_.moments], np.uint64)


def _hex(bits: NDArray[np.bool_]) -> str:
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
