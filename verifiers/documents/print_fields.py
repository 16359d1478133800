"""Lines of print -> fields: each label on a sheet with what is printed beside or below it.

Distances are measured in heights of print, so that no scale has to be known. A label may have
several values that could be its own; which one is, only their meaning tells (`agreement`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifiers.documents.print_labels import Label, labels_in
from verifiers.documents.print_lines import PrintLine, Sheet, joined

_BELOW = 1.2
"""Of a value's height, between it and its label at most; the next row's value lies twice as far."""
_OVERLAP = 0.9
"""Of a height, by which boxes of print may reach into each other: they are drawn generously."""
_NEXT_LINE = 0.6
_LIKE_HEIGHT = 0.68
_LINES = 3
"""Of one value: names and nationalities run over."""
_ALIGNED = 2.5
"""Label heights between the beginnings of a label and its value."""
_BEGINS_EARLIER = 12.0
_RIGHT = 15.0
"""Label heights from a label to the value on its right."""
_TRANSLATES = "/\\|(-–—•·"
"""What follows a label in another language, and never a value."""


@dataclass(frozen=True)
class Labelled:
    """A label, and what may be its value, the likeliest first."""

    field: str
    label: PrintLine
    values: tuple[PrintLine, ...]


@dataclass(frozen=True)
class _Row:
    """A line of print taken apart: its labels, and what is none."""

    line: PrintLine
    labels: tuple[tuple[str, PrintLine, PrintLine | None], ...]
    """Field, the label itself, and what follows it on its line."""


def labelled(sheet: Sheet) -> tuple[Labelled, ...]:
    """Every label on this sheet with its possible values; labels without any are left out."""
    rows = [_taken_apart(line) for line in sheet.lines]
    plain = [row.line for row in rows if not row.labels]
    labels = [label for row in rows for _, label, _ in row.labels]
    found = []
    for row in rows:
        for field, label, rest in row.labels:
            values = [rest] if rest else []
            others = [other for other in labels if other is not label]
            values += _below(label, plain, others)
            if not values:
                values = list(_right(label, plain, others))
            if values:
                found.append(Labelled(field, label, tuple(values)))
    return tuple(found)


def _taken_apart(line: PrintLine) -> _Row:
    groups = _grouped(line.text, labels_in(line.text))
    labels = []
    for place, (field, start, end) in enumerate(groups):
        until = groups[place + 1][1] if place + 1 < len(groups) else len(line.text)
        labels.append((field, line.part(start, end), _rest(line, end, until)))
    return _Row(line, tuple(labels))


def _grouped(text: str, labels: Sequence[Label]) -> list[tuple[str, int, int]]:
    """One label in several languages is one: `Surname/Nom`, `Vorname/Given names/Prénoms`."""
    groups: list[tuple[str, int, int]] = []
    for label in labels:
        if groups:
            field, start, end = groups[-1]
            between = text[end : label.start]
            if field == label.field or "name" in (field, label.field):
                # A slash is often read as a letter: `Date of issue l Date de délivrance`.
                letters = sum(c.isalnum() for c in between)
                translated = letters <= 2 or between.strip()[:1] in "/|("
                if translated:
                    told = label.field if field == "name" else field
                    groups[-1] = (told, start, label.end)
                    continue
        groups.append((label.field, label.start, label.end))
    return groups


def _rest(line: PrintLine, start: int, end: int) -> PrintLine | None:
    """What stands on the label's own line behind it, unless that is the label once more."""
    rest = line.text[start:end]
    if rest.strip()[:1] and rest.strip()[0] in _TRANSLATES:
        return None
    while start < end and not line.text[start].isalnum():
        start += 1
    part = line.part(start, end)
    told = sum(c.isalnum() for c in part.text)
    translates = part.text.endswith("/") and not any(c.isdigit() for c in part.text)
    return part if told and not translates else None


def _below(
    label: PrintLine, plain: Sequence[PrintLine], others: Sequence[PrintLine]
) -> Iterator[PrintLine]:
    """The nearest value below the label, then with the lines that go on below it."""
    row = [o for o in others if _same_row(o, label)]
    until = min((o.box[0] for o in row if o.box[0] > label.box[0]), default=float("inf"))
    # Without a neighbour on the left, the label's own beginning may be what was not read.
    alone = all(o.box[0] > label.box[0] for o in row)
    since = label.box[0] - (_BEGINS_EARLIER if alone else _ALIGNED) * label.height
    near = []
    for line in plain:
        gap = line.box[1] - label.box[3]
        lower = _middle(line) > _middle(label) + 0.4 * label.height
        if not lower or not -_OVERLAP * label.height <= gap <= _BELOW * line.height:
            continue
        piece = _within(line, since, until - 0.5 * label.height)
        if piece is None or piece.box[0] > max(label.box[2], label.box[0] + 6 * label.height):
            continue
        if not any(_between(label, other, piece) for other in others):
            near.append((gap + 0.3 * abs(piece.box[0] - label.box[0]), piece))
    if not near:
        return
    first = min(near, key=lambda pair: pair[0])[1]
    yield first
    run = [first]
    while len(run) < _LINES and (more := _next_line(run[-1], plain, others, since, until)):
        run.append(more)
        yield joined(run)


def _next_line(
    above: PrintLine,
    plain: Sequence[PrintLine],
    others: Sequence[PrintLine],
    since: float,
    until: float,
) -> PrintLine | None:
    for line in plain:
        gap = line.box[1] - above.box[3]
        alike = min(line.height, above.height) >= _LIKE_HEIGHT * max(line.height, above.height)
        if not alike or not -_OVERLAP * above.height <= gap <= _NEXT_LINE * above.height:
            continue
        if _middle(line) < _middle(above) + 0.6 * above.height:
            continue
        piece = _within(line, since, until)
        if piece is None or abs(piece.box[0] - above.box[0]) > 1.5 * above.height:
            continue
        if not any(_between(above, other, piece) for other in others):
            return piece
    return None


def _right(
    label: PrintLine, plain: Sequence[PrintLine], others: Sequence[PrintLine]
) -> Iterator[PrintLine]:
    """The nearest value on the label's row."""
    row = [o for o in others if _same_row(o, label) and o.box[0] > label.box[0]]
    until = min((o.box[0] for o in row), default=label.box[2] + _RIGHT * label.height)
    near = [
        line
        for line in plain
        if _same_row(line, label) and label.box[2] - 0.5 * label.height <= line.box[0] < until
    ]
    if near:
        yield min(near, key=lambda line: line.box[0])


def _within(line: PrintLine, since: float, until: float) -> PrintLine | None:
    """The words of this line between these two places of the flat page."""
    start, end = 0, len(line.text)
    places = [line.x_of(i) for i in range(end)]
    while start < end and places[start] < since:
        start += 1
    while end > start and places[end - 1] >= until:
        end -= 1
    # A word is cut off as a whole, or not at all.
    while 0 < start < end and line.text[start - 1] != " ":
        start += 1
    while start < end < len(line.text) and line.text[end] != " " and line.text[end - 1] != " ":
        end -= 1
    part = line.part(start, end)
    return part if part.text.strip() else None


def _middle(line: PrintLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _same_row(one: PrintLine, other: PrintLine) -> bool:
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared >= 0.5 * min(one.height, other.height)


def _between(label: PrintLine, other: PrintLine, value: PrintLine) -> bool:
    """Whether another label stands between a label and a value below it."""
    across = min(other.box[2], value.box[2]) - max(other.box[0], value.box[0])
    lower = _middle(label) + 0.5 * label.height < _middle(other) < _middle(value)
    return lower and across > 0 and not _same_row(other, label)
