"""Which moments of footage are looked at: spread evenly, and never more than asked for.

Where something happens that takes a closer look, a prompt and the answer to it, more are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Shown = TypeVar("Shown")
Span = tuple[float, float]
"""From, to, in seconds since the first moment."""

CLOSE_STEP = 0.2
MOST_CLOSELY = 240
"""Moments within all spans: 48 seconds."""


@dataclass(frozen=True)
class Sampling:
    """What is wanted of one recording."""

    frames_per_second: float
    max_frames: int
    closely: tuple[Span, ...] = ()
    """Where moments are `CLOSE_STEP` apart, as long as these come to `MOST_CLOSELY`."""

    def step(self, seconds: float) -> float:
        """Between moments outside of the spans, of a recording of so many seconds."""
        return max(1 / self.frames_per_second, seconds / self.max_frames)

    def of(
        self, moments: Iterable[tuple[float, Shown]], seconds: float
    ) -> Iterator[tuple[float, Shown]]:
        """The first moment at or after each multiple of the step, and those looked at closely.

        `moments` are seconds since the first one, in order, each with what is shown then.
        """
        step = self.step(seconds)
        spread, close = _Due(step, self.max_frames), _Due(min(step, CLOSE_STEP), MOST_CLOSELY)
        last = max((end for _, end in self.closely), default=0.0)
        for moment, shown in moments:
            within = any(start <= moment < end for start, end in self.closely)
            # Both are asked, so that a span takes nothing from the rest.
            if spread.take(moment) | (within and close.take(moment)):
                yield moment, shown
            if spread.over and (moment >= last or close.over):
                return


class _Due:
    """When the next moment is due, and how many may still come."""

    def __init__(self, step: float, most: int) -> None:
        self._step, self._left, self._due = step, most, 0.0

    @property
    def over(self) -> bool:
        return self._left == 0

    def take(self, seconds: float) -> bool:
        # Times are rounded to the container's clock, often to whole milliseconds.
        if self.over or seconds + 0.002 < self._due:
            return False
        self._left -= 1
        self._due += self._step * max(1, int((seconds - self._due) / self._step) + 1)
        return True
