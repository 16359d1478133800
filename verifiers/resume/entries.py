"""Positions and courses: what stands beside each period.

The entries of one section are set alike, so the first says how: how many lines stand above the
date, and whether the employer comes before the position. Which text is which, words tell
("engineer", "Ltd"); where none does, the order of the section's other entries; where they say
nothing either, the value is left out and the line is listed as unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from verifiers.resume.dates import StatedPeriod, is_all_date, periods, without_duration
from verifiers.resume.lines import Line

_LONGEST_HEAD = 110
"""Characters of a line that names a position; longer ones describe it."""
_INDENT = 8.0
"""Points."""
_MOST_ABOVE = 3
_MOST_BELOW = 3
_APART = re.compile(r"\s+[|·•‖¦/–—-]\s+|\s*[|·•‖¦]\s*|\s+[–—]|[–—]\s+|\s{2,}|\t")
_ENDS = " ,;:|·•–—-/()[]"
_LABELS = re.compile(
    r"^(?:expected|graduated?|graduation(?: date)?|class of|from|since|von|vom|seit|desde|depuis|de"
    r"|dates?|period|zeitraum|anticipated|completed|awarded)\b[\s:]*|"
    r"[\s,(]+(?:expected|graduated|graduation|from|since|von|seit|desde|depuis|de|in)$",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b\w{1,4}|[A-Z]\.\s?[A-Z])\.$")


@dataclass(frozen=True)
class Piece:
    """A text between wide gaps, dashes or bars, and its line."""

    text: str
    line: Line
    below: bool = False
    """It stands below the line of the date."""


@dataclass
class Entry:
    """What stands around one period."""

    period: StatedPeriod
    anchor: Line
    above: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    """All lines until the next entry begins."""

    @property
    def head(self) -> list[Piece]:
        """What stands above the date and beside it."""
        pieces = [piece for line in self.above for piece in _pieces(line)]
        return pieces + list(_pieces(_without(self.anchor, self.period), self.anchor))

    def beneath(self) -> list[Piece]:
        """What stands below the date, as far as it looks like a name and not like a story."""
        found: list[Piece] = []
        for line in self.below[:_MOST_BELOW]:
            if not names_something(line) or len(line.text) > 80 or line.bullet:
                break
            found += (replace(piece, below=True) for piece in _pieces(line))
        return found


def names_something(line: Line) -> bool:
    """Whether a line may name a position, rather than describe one."""
    text = line.text
    return not (
        line.bullet
        or len(text) > _LONGEST_HEAD
        or (text.endswith(".") and len(text) > 25 and not _ABBREVIATED.search(text))
        or text[:1].islower()
        or text.endswith(":")
    )


def entries(lines: Sequence[Line]) -> tuple[list[Entry], list[Line]]:
    """The entries of a section, and the lines above the first."""
    lines = _stories_marked(lines)
    anchors = _anchors(lines)
    if not anchors:
        return [], list(lines)
    first = anchors[0][0]
    above = 0
    while above < min(first, _MOST_ABOVE) and names_something(lines[first - 1 - above]):
        above += 1
    own_head = lines[first - above + 1 : first + 1]
    gaps_tell = above > 0 and not any(line.after_gap for line in own_head)
    found: list[Entry] = []
    ended = 0
    for index, period in anchors:
        begin = index
        while begin > ended and index - begin < above:
            if gaps_tell and begin < index and lines[begin].after_gap:
                break
            if not names_something(lines[begin - 1]):
                break
            begin -= 1
        if found:
            found[-1].below = list(lines[ended:begin])
        entry = Entry(period, lines[index], above=list(lines[begin:index]))
        found.append(entry)
        ended = index + 1
    found[-1].below = list(lines[ended:])
    unused = list(lines[: first - above])
    return found, unused


def _stories_marked(lines: Sequence[Line]) -> Sequence[Line]:
    """What is set in from the lines that carry dates describes, with or without a bullet."""
    dated = [line for line in lines if not line.bullet and (p := _anchor(line)) and not p.alone]
    base = min((line.x for line in lines), default=0.0)
    tabular = any(len(line.cells) > 1 and is_all_date(line.cells[0]) for line in dated)
    if not dated or tabular or any(line.x > base + _INDENT for line in dated):
        return lines
    return [replace(line, bullet=line.bullet or line.x > base + _INDENT) for line in lines]


def _anchors(lines: Sequence[Line]) -> list[tuple[int, StatedPeriod]]:
    """The lines that carry an entry's dates. Bullets only where nothing else does."""
    found = [(index, p) for index, line in enumerate(lines) if (p := _anchor(line))]
    plain = [(index, p) for index, p in found if not lines[index].bullet]
    chosen = plain or found
    ranges = [one for one in chosen if not one[1].alone]
    if len(ranges) >= max(1, len(chosen) - len(ranges)):
        # Beside ranges, a lone year is mostly an award or a title; at the edge of a line it counts.
        return [one for one in chosen if not one[1].alone or _at_the_edge(lines[one[0]], one[1])]
    return chosen


def _anchor(line: Line) -> StatedPeriod | None:
    text = line.text
    found = periods(text)
    ranges = [one for one in found if not one.alone]
    if ranges:
        period = ranges[0]
    elif len(found) == 1:
        period = found[0]
    else:
        return None
    rest = _rest(text, period)
    if len(rest) > _LONGEST_HEAD or (rest.endswith(".") and len(rest) > 60):
        return None
    if not rest:
        return period
    if period.alone and rest[:1].islower():
        return None  # A sentence that a date begins.
    own_cell = any(_rest(cell, one) == "" for cell in line.cells for one in periods(cell)[:1])
    return period if own_cell or _at_the_edge(line, period) or not period.alone else None


def _at_the_edge(line: Line, period: StatedPeriod) -> bool:
    before, after = line.text[: period.begins], without_duration(line.text[period.ends :])
    return not before.strip(_ENDS) or not after.strip(_ENDS) or "|" in after[:3]


def _rest(text: str, period: StatedPeriod) -> str:
    rest = text[: period.begins] + " " + without_duration(text[period.ends :])
    return rest.strip(_ENDS)


def _without(line: Line, period: StatedPeriod) -> Line:
    """The line without its date; what was parted by it stays apart."""
    before = _LABELS.sub("", line.text[: period.begins].strip(" ,;:|·•–—-/(["))
    after = without_duration(line.text[period.ends :]).strip(_ENDS)
    return replace(line, cells=tuple(text for text in (before.strip(_ENDS + " "), after) if text))


def _pieces(line: Line, stands: Line | None = None) -> Iterator[Piece]:
    for cell in line.cells:
        for text in _APART.split(without_duration(cell)):
            text = text.strip(" ,;:|·•–—-/")
            if text.startswith("(") and text.endswith(")"):
                text = text[1:-1]
            if len(text) > 1 and any(c.isalnum() for c in text):
                yield Piece(text, stands or line)
