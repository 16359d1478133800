"""The claimed history as a picture: one bar an entry, solid where sure, pale where not."""

from collections.abc import Sequence
from datetime import date

from models.finding import Finding, Status
from service.report.shown import TIMELINE_WIDTH, Bar, Timeline
from verifiers.history.timeline import TimelineEntry


def lay_out(entries: Sequence[TimelineEntry], findings: Sequence[Finding], today: date) -> Timeline:
    """Place the entries on one axis, from the year of the first date to the year of the last."""
    contradicted = {f.code for f in findings if f.status is Status.CONTRADICTS}
    dated = [entry for entry in entries if entry.start or entry.end]
    undated = tuple(entry.label for entry in entries if not (entry.start or entry.end))
    if not dated:
        return Timeline(undated=undated)
    spans = [_span(entry, today) for entry in dated]
    first = date(min(span[0] for span in spans).year, 1, 1)
    last = date(min(max(span[3] for span in spans).year + 1, date.max.year), 1, 1)
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        return round((day - first).days / days * TIMELINE_WIDTH, 1)

    bars = []
    for entry, (start, sure_start, sure_end, end) in zip(dated, spans, strict=True):
        left, right = x(start), x(end)
        bars.append(
            Bar(
                label=entry.label,
                dates=_dates(entry),
                kind=entry.kind.value,
                left=left,
                width=max(3.0, right - left),
                open_start=max(0.0, min(x(sure_start), right) - left),
                open_end=max(0.0, right - max(x(sure_end), left)),
                troubled=bool(contradicted & set(entry.codes)),
            )
        )
    step = max(1, (last.year - first.year) // 10)
    years = tuple((year, x(date(year, 1, 1))) for year in range(first.year, last.year + 1, step))
    return Timeline(bars=tuple(bars), years=years, undated=undated)


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
