"""The claimed history as a picture: one bar an entry, solid where sure, pale where not.

Below stands what sources outside said, on the same axis.
"""

from collections.abc import Sequence
from datetime import date

from models.finding import Status
from models.history import Claims, Education, Work
from models.outside import Outside
from service.report.asked import who_was_asked
from service.report.outside import Axis, Numbered, lanes_of
from service.report.rules_shown import rules_shown
from service.report.timeline_shown import TIMELINE_WIDTH, Bar, Timeline
from verifiers.history.timeline import HistoryResult, TimelineEntry

_YEARS_WRITTEN = 8
"""At most about so many, which a telephone has room for."""


def lay_out(history: HistoryResult, outside: Outside, today: date, claims: Claims) -> Timeline:
    """Place the entries on one axis, from the year of the first date to today or the last date.

    `claims` are those that the history was judged from; by their names and addresses the answers
    of `outside` are told apart.
    """
    contradicted = {f.code for f in history.findings if f.status is Status.CONTRADICTS}
    told: tuple[Work | Education, ...] = (*claims.work, *claims.education)
    both = list(zip(history.timeline, told, strict=True))
    both.sort(key=lambda pair: not _dated(pair[0]))  # Those without dates are listed after them.
    numbered = [
        Numbered(number, entry, claim, frozenset(contradicted & set(entry.codes)))
        for number, (entry, claim) in enumerate(both, start=1)
    ]
    dated = [one for one in numbered if _dated(one.entry)]
    axis = _axis([_span(one.entry, today) for one in dated], today)
    bars = tuple(_bar(one, axis) for one in dated)
    lanes = lanes_of(outside, numbered, bars, history.findings, axis)
    return Timeline(
        bars=bars,
        years=_years(axis) if bars or lanes else (),
        undated=tuple(one.entry.label for one in numbered[len(bars) :]),
        today=axis.x(today),
        lanes=lanes,
        asked=who_was_asked(outside, numbered, history.findings),
        rules=rules_shown(history.judged),
    )


def _axis(spans: Sequence[tuple[date, date, date, date]], today: date) -> Axis:
    first = date(min([today, *(span[0] for span in spans)]).year, 1, 1)
    # Up to the end of this year: what goes on, and what sources say of now, ends at today.
    year = max([today, *(span[3] for span in spans)]).year
    return Axis(first, date(min(year + 1, date.max.year), 1, 1), today)


def _bar(one: Numbered, axis: Axis) -> Bar:
    start, sure_start, sure_end, end = _span(one.entry, axis.today)
    left, right = axis.x(start), axis.x(end)
    return Bar(
        label=one.entry.label,
        dates=_dates(one.entry),
        kind=one.entry.kind.value,
        left=left,
        width=min(max(3.0, right - left), max(3.0, TIMELINE_WIDTH - left)),
        open_start=max(0.0, min(axis.x(sure_start), right) - left),
        open_end=max(0.0, right - max(axis.x(sure_end), left)),
        troubled=bool(one.contradicted),
    )


def _years(axis: Axis) -> tuple[tuple[int, float], ...]:
    first, last = axis.first.year, axis.last.year
    least = (last - first) / _YEARS_WRITTEN
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if step >= least)
    marked = range(first, last + 1, step)
    return tuple((year, axis.x(date(year, 1, 1))) for year in marked)


def _dated(entry: TimelineEntry) -> bool:
    return bool(entry.start or entry.end)


def _span(entry: TimelineEntry, today: date) -> tuple[date, date, date, date]:
    """Earliest start, surest start, surest end, latest end; in order even where they clash."""
    start, end = entry.start or entry.end, entry.end
    assert start is not None
    if end is None:
        stops = (today, today) if entry.ongoing else (start.latest, start.latest)
    else:
        stops = (end.earliest, end.latest)
    if stops[1] < start.earliest:  # It ends before it starts: draw from the end to the start.
        return stops[0], stops[1], start.earliest, start.latest
    return start.earliest, start.latest, stops[0], stops[1]


def _dates(entry: TimelineEntry) -> str:
    start = str(entry.start) if entry.start else "?"
    end = str(entry.end) if entry.end else ("today" if entry.ongoing else "?")
    return f"{start} to {end}"
