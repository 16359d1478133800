"""Which moments of footage are looked at: spread evenly, and never more than asked for."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

Shown = TypeVar("Shown")


def spread_evenly(
    moments: Iterable[tuple[float, Shown]], step: float, most: int
) -> Iterator[tuple[float, Shown]]:
    """The first moment at or after each multiple of `step` seconds, at most `most` of them.

    `moments` are seconds since the first one, in order, each with what is shown then.
    """
    taken = 0
    due = 0.0
    for seconds, shown in moments:
        # Times are rounded to the container's clock, often to whole milliseconds.
        if seconds + 0.002 < due:
            continue
        yield seconds, shown
        taken += 1
        if taken == most:
            return
        due += step * max(1, int((seconds - due) / step) + 1)
