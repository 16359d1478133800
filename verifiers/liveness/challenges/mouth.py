"""Digits read aloud, told by lips that open and close; what is said is not listened to."""

import numpy as np

from verifiers.liveness.challenges.measured import (
    FEWEST_FRAMES,
    StepMeasured,
    done,
    missed,
    not_judged,
    seen,
)
from verifiers.liveness.challenges.watched import Series, Watched
from verifiers.liveness.challenges.windows import Window

_OPEN = 0.045
"""Eye distances (3 mm) beyond a quiet mouth; landmarks on a closed one wander by 0.01 to 0.02."""
_OPENINGS = 2
"""Three words open the mouth three times; a picture every 0.2 s misses one now and then."""
_NOISY = 0.03
"""A mouth that moves so much in quiet moments is talking anyway, or is hard to see."""


def measure_digits(watched: Watched, window: Window) -> StepMeasured:
    """Lips that open at least twice, where they were quiet otherwise."""
    inside = np.flatnonzero(watched.within(min(window.begins, window.earliest), window.latest))
    if len(inside) < FEWEST_FRAMES:
        return not_judged(window, "the face was not seen for long enough")
    quiet = watched.gape[watched.quiet_around(window)]
    usual = float(np.median(quiet))
    spread = 1.4826 * float(np.median(np.abs(quiet - usual)))
    least = max(_OPEN, 4 * spread)
    peaks = _peaks(watched.gape[inside] - usual, least)
    openings = [at for at in peaks if watched.times[inside[at]] >= window.earliest]
    widest = int(inside[np.argmax(watched.gape[inside])])
    face = watched.faces[widest]
    measured = (
        seen("times the lips opened", len(openings), None, face),
        seen(
            f"widest opening (counts from {least:.3f})",
            watched.gape[widest] - usual,
            "eye distances",
            face,
        ),
    )
    if spread > _NOISY:
        return not_judged(window, "the lips moved all the time", measured)
    if len(openings) < _OPENINGS:
        return missed(window, "the lips did not move as in three words", measured, face)
    return done(
        window,
        f"the lips opened {len(openings)} times",
        began=float(watched.times[inside[openings[0]]]),
        measured=measured,
        shown=face,
    )


def _peaks(gape: Series, least: float) -> list[int]:
    """Where the mouth was widest each time it opened by `least` and closed by half of that."""
    peaks: list[int] = []
    widest, closed = -1, True
    lowest = float("inf")
    for at, wide in enumerate(gape):
        lowest = min(lowest, float(wide))
        if closed and wide - max(lowest, 0.0) >= least:
            peaks.append(at)
            widest, closed = at, False
        elif not closed and wide > gape[widest]:
            peaks[-1] = widest = at
        elif not closed and gape[widest] - wide >= least / 2:
            closed, lowest = True, float(wide)
    return peaks
