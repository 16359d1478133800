"""What was measured of one act, and how a movement is told from rest."""

from dataclasses import dataclass

import numpy as np

from models.challenge import ChallengeStep, StepOutcome
from models.finding import Seen
from verifiers.face_engine import TrackedFace
from verifiers.liveness.challenges.watched import Series, Watched
from verifiers.liveness.challenges.windows import Window

FEWEST_FRAMES = 5
"""In a window, with the face: fewer show neither that something was done nor that it was not."""


@dataclass(frozen=True, eq=False)
class StepMeasured:
    """One step, how far the recording answers it, and the frame that shows it best."""

    step: ChallengeStep
    outcome: StepOutcome
    why: str
    """In words that follow "because"."""
    measured: tuple[Seen, ...] = ()
    responded_after: float | None = None
    """Seconds from the moment the step was shown until the person began."""
    shown: TrackedFace | None = None
    proves_volume: str | None = None
    """What about it no flat picture could do, in words, where there is such."""


@dataclass(frozen=True, eq=False)
class Movement:
    """The largest change of a measure within a window, against the person's quiet moments."""

    size: float
    """Held in two neighbouring frames: one frame alone is what slips of landmarks look like."""
    place: int
    """Of the face that shows it."""
    began: float
    """Seconds after the first frame."""
    returned: bool
    """It fell to less than half before the person was asked for something else."""


def movement(watched: Watched, window: Window, change: Series) -> Movement | None:
    """The largest held change; `None` on too few frames."""
    inside = np.flatnonzero(watched.within(min(window.begins, window.earliest), window.latest))
    if len(inside) < FEWEST_FRAMES:
        return None
    held = np.minimum(change[inside[:-1]], change[inside[1:]])
    at = int(np.argmax(held))
    size = float(held[at])
    place = int(inside[at])
    after = np.flatnonzero(watched.within(watched.times[place], window.rest + 0.5))
    return Movement(
        size=size,
        place=place if change[place] <= change[inside[at + 1]] else int(inside[at + 1]),
        began=_began(watched, change, place, size),
        returned=bool((change[after] < size / 2).any()),
    )


def _began(watched: Watched, change: Series, place: int, size: float) -> float:
    """When the change passed a third of its size on the way there, between two frames."""
    third = size / 3
    first = place
    while first > 0 and change[first - 1] > third:
        first -= 1
    if first == 0:
        return float(watched.times[0])
    before, after = change[first - 1], change[first]
    share = float((third - before) / max(after - before, 1e-9))
    step = watched.times[first] - watched.times[first - 1]
    # Over a gap, in which the face was not found, the change may have begun at its end.
    return float(watched.times[first] - min(step, 0.3) * (1 - np.clip(share, 0, 1)))


def against_quiet(watched: Watched, window: Window, series: Series) -> Series:
    """The series as its difference to the median of the quiet moments around."""
    return series - float(np.median(series[watched.quiet_around(window)]))


def done(
    window: Window,
    why: str,
    *,
    began: float,
    measured: tuple[Seen, ...] = (),
    shown: TrackedFace | None = None,
    proves_volume: str | None = None,
) -> StepMeasured:
    """Done, if a person can have begun so early; a recording that was prepared does not wait."""
    after = round(began - window.begins, 2)
    if began < window.earliest:
        why = (
            f"it had begun {abs(after):.1f} s {'before' if after < 0 else 'after'} it was asked for"
        )
        return StepMeasured(window.step, StepOutcome.MISSED, why, measured, after, shown)
    return StepMeasured(window.step, StepOutcome.DONE, why, measured, after, shown, proves_volume)


def missed(
    window: Window,
    why: str,
    measured: tuple[Seen, ...] = (),
    shown: TrackedFace | None = None,
) -> StepMeasured:
    """It was not seen, or not in its time."""
    return StepMeasured(window.step, StepOutcome.MISSED, why, measured, None, shown)


def not_judged(window: Window, why: str, measured: tuple[Seen, ...] = ()) -> StepMeasured:
    """The recording does not allow to say."""
    return StepMeasured(window.step, StepOutcome.NOT_JUDGED, why, measured)


def seen(what: str, value: float, unit: str | None, tracked: TrackedFace | None = None) -> Seen:
    """A figure, at a face's place and time where there is one."""
    return Seen(
        what=what,
        value=round(float(value), 3),
        unit=unit,
        file=tracked.file if tracked else None,
        frame_seconds=tracked.frame.seconds if tracked else None,
    )
