"""When each act was shown, by the page's own word, and what may count as an answer to it.

A browser shows a step a little late, never early and never another one. A page that reports
anything else did not show the challenge that was given, or reports what suits a recording made
before.
"""

from dataclasses import dataclass
from itertools import pairwise

from models.challenge import Act, AnsweredChallenge, ChallengeStep, Origin

PAGE_LAG = 1.0
"""Seconds after the schedule that a page may report, at most: computers are busy."""
_ROUNDED = 0.05
"""Seconds before the schedule that it may: no page shows a step early, but clocks are rounded."""
FASTEST = 0.12
"""Seconds that a person takes at least to answer to what they see; sprinters start by 0.1."""
_BACK = 2.0
"""Seconds to come back in where nothing says when: an interviewer asks for no looks between."""
_NOTED = 1.0
"""Seconds by which an interviewer who notes when they asked may be late."""
_OVER = 0.3
"""Seconds after the prompt has gone in which what was begun may still be seen."""


@dataclass(frozen=True)
class Window:
    """One step and the time it was shown, in seconds after the first frame."""

    step: ChallengeStep
    begins: float
    ends: float
    rest: float
    """Until then the person has time to come back: the end of the look that follows."""
    earliest: float
    """What begins before is no answer: it was prepared, or is something else."""

    @property
    def latest(self) -> float:
        """What is seen later came too late."""
        return self.ends + _OVER


def windows_of(answered: AnsweredChallenge) -> tuple[Window, ...] | None:
    """A window for each step, looks among them; `None` where the page showed another schedule."""
    steps = answered.challenge.steps
    shown = tuple(step.begins for step in steps)
    if answered.answer is not None:
        shown = answered.answer.shown
        late = [at - step.begins for at, step in zip(shown, steps, strict=False)]
        in_order = all(one < following for one, following in pairwise(shown))
        as_given = all(-_ROUNDED <= by <= PAGE_LAG for by in late)
        if len(shown) != len(steps) or not in_order or not as_given:
            return None
    ends = [at + step.seconds for at, step in zip(shown, steps, strict=True)]
    rests = [
        ends[n + 1] if n + 1 < len(steps) and steps[n + 1].act is Act.LOOK else end + _BACK
        for n, end in enumerate(ends)
    ]
    fastest = FASTEST if answered.challenge.origin is Origin.SERVER else -_NOTED
    return tuple(
        Window(step, at, end, rest, at + fastest)
        for step, at, end, rest in zip(steps, shown, ends, rests, strict=True)
    )
