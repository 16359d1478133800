"""The claimed history as data for its picture: claims above, what sources said below, one axis.

Everything is laid out in pixels of a picture `TIMELINE_WIDTH` wide. The page draws them as shares
of the width that there is, so that text keeps its size on a telephone.
"""

from collections import Counter
from collections.abc import Iterable

from models.base import Model

TIMELINE_WIDTH = 640
"""Pixels, of the timeline."""
_ROW = 36
"""Pixels from one bar to the next: a line of text, and the bar under it."""
_AXIS = 22
"""Pixels of a line of years."""
_HEADING = 24
_SEVERAL = {"does not fit": "do not fit", "has nothing to say": "have nothing to say"}
_ROWS_AN_AXIS = 15
"""After so many bars the years are written again, so that a long life can be read on a screen."""


class Bar(Model):
    """One entry of the claimed history, laid out in pixels."""

    label: str
    dates: str
    kind: str
    left: float
    width: float
    open_start: float
    """Pixels by which the start is uncertain: a month or a year was given, not a day."""
    open_end: float
    troubled: bool
    """A contradiction is about this entry."""

    @property
    def sure_width(self) -> float:
        """Of the stretch that is surely claimed."""
        return max(self.width - self.open_start - self.open_end, 2.0)


class Gap(Model):
    """The stretch by which a claim lies outside what a source says, where a finding says so."""

    claim: int
    """Its number."""
    left: float
    width: float
    words: str
    """What the claim does beyond it: "begins 2 years 8 months earlier"."""


class Lane(Model):
    """The life of one thing, as a source tells it, on the axis of the claims."""

    about: tuple[int, ...]
    """The numbers of the claims that it speaks of."""
    kind: str
    """`company`, `domain`, `institution`, `account` or `employment`."""
    label: str
    dates: str
    source: str
    left: float
    width: float
    cut_left: bool = False
    """It began before the axis does."""
    begins: bool = True
    """Its beginning is known."""
    ends: bool = False
    """Its end is known; otherwise it goes on, as far as the source tells."""
    marks: tuple[float, ...] = ()
    """The first commits of an account's repositories."""
    troubled: bool = False
    """A contradiction rests on it."""
    gaps: tuple[Gap, ...] = ()


class Asked(Model):
    """One question to a source, and what became of it."""

    source: str
    question: str
    answer: str
    tone: str
    """`bad` where a contradiction rests on it, `unknown` where nothing was answered."""
    result: str
    asked_on: str
    about: tuple[int, ...] = ()


class RuleShown(Model):
    """One rule of the registry, and what it came to."""

    id: str
    about: str
    came_to: str
    wanting: str
    """What was not known, whatever it came to otherwise."""
    tone: str


class Timeline(Model):
    """All entries that have a date, the names of those that have none, and what others said."""

    bars: tuple[Bar, ...] = ()
    """Numbered from 1."""
    years: tuple[tuple[int, float], ...] = ()
    """Each year that is marked, with its place."""
    undated: tuple[str, ...] = ()
    """Numbered on from the bars."""
    today: float | None = None
    """The place of the day that it was judged on."""
    lanes: tuple[Lane, ...] = ()
    asked: tuple[Asked, ...] | None = None
    """Empty: nobody outside was asked. `None` in reports from before that was kept."""
    rules: tuple[RuleShown, ...] = ()

    @property
    def width(self) -> int:
        """Pixels."""
        return TIMELINE_WIDTH

    @property
    def claims_top(self) -> int:
        """Where the first claim's row begins, under the heading and the years."""
        return _HEADING + _AXIS

    @property
    def claims_bottom(self) -> int:
        return _bottom(self.claims_top, len(self.bars))

    @property
    def lanes_top(self) -> int:
        """Where the first source's row begins."""
        return self.claims_bottom + _HEADING + _AXIS

    @property
    def height(self) -> int:
        """Pixels of the whole picture."""
        if not self.lanes:
            return self.claims_bottom
        return _bottom(self.lanes_top, len(self.lanes))

    def claim_y(self, number: int) -> int:
        """Where the row of the claim of this number begins."""
        return _row_y(self.claims_top, number - 1)

    def lane_y(self, place: int) -> int:
        """Where the row of the source at this place, from 0, begins."""
        return _row_y(self.lanes_top, place)

    @property
    def axes(self) -> tuple[int, ...]:
        """Where the years are written: over the claims, over the sources, and along the way."""
        tops = [(self.claims_top, len(self.bars))]
        tops += [(self.lanes_top, len(self.lanes))] if self.lanes else []
        return tuple(
            _row_y(top, row) - _AXIS for top, rows in tops for row in range(0, rows, _ROWS_AN_AXIS)
        )

    @property
    def answered(self) -> str:
        """How the questions to sources ended, counted in words."""
        return _counted(asked.result for asked in self.asked or ())

    @property
    def judged(self) -> str:
        """What the rules came to, counted in words."""
        return _counted(rule.came_to for rule in self.rules)

    def about(self, number: int) -> tuple[Asked, ...]:
        """What was asked outside of the claim of this number."""
        return tuple(asked for asked in self.asked or () if number in asked.about)


def _counted(results: Iterable[str]) -> str:
    counts = Counter(results).items()
    return ", ".join(f"{n} {_SEVERAL.get(one, one) if n > 1 else one}" for one, n in counts)


def _row_y(top: int, row: int) -> int:
    return top + row * _ROW + row // _ROWS_AN_AXIS * _AXIS


def _bottom(top: int, rows: int) -> int:
    return _row_y(top, rows - 1) + _ROW if rows else top
