"""Looks for forged print in the machine readable zone: 9303-3 §4 has it all in one OCR-B, even.

Whoever changes a date or a number must set letters into the zone anew. Every letter is measured
(`zone_print_cells`) and each field, and each single letter, is held against the rest of its own
zone (`zone_print_odd`): real zones come in many cuts of OCR-B, by many printers, but each in one.
Only a zone that is altogether more like another face is held against OCR-B itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import MrzText
from models.finding import Region
from models.forensics import Found, Look, Sign
from verifiers.documents import mrz_fields
from verifiers.documents.forensics.subject import HeatMap, Looked, Subject, not_looked
from verifiers.documents.forensics.tones import are_few
from verifiers.documents.forensics.zone_print_cells import (
    MEASURES,
    Measured,
    likeness_to_sans,
    measured,
)
from verifiers.documents.forensics.zone_print_lines import CutLines, cut_lines
from verifiers.documents.forensics.zone_print_odd import (
    Part,
    line_pitch,
    oddness,
    parts_of,
)
from verifiers.documents.forensics.zone_print_words import in_words

FAINT, CLEAR = 1.2, 1.45
"""Scores that 5 % and 1 % reach of 87 honest renders: `forgeries.attack.honest`, seeds 0 to 59, and
the more varied `forgeries.zone_print.printed_otherwise`, seeds 0 to 26 (1.15 and 1.40, rounded up;
of the first alone 0.92 and 1.02). The limits below come from 28 of them."""

_FIELD = {
    "right": 2.1,
    "down": 1.6,
    "width": 1.5,
    "height": 1.5,
    "lean": 1.5,
    "weight": 2.0,
    "softness": 1.5,
    "darkness": 4.3,
    "misfit": 2.5,
    "grain": 1.6,
}
_LETTER = {
    "right": 2.6,
    "down": 3.1,
    "width": 2.5,
    "height": 2.5,
    "lean": 2.5,
    "weight": 2.5,
    "softness": 2.5,
    "darkness": 3.3,
    "misfit": 2.8,
    "grain": 2.8,
}
"""Standard errors that the oddest field, and the oddest letter, of 2 in 100 renders reach, and no
less than 1.5 and 2.5: prints are less alike than renders."""
_PITCH = 1.5
"""The same for a line's letters against its pitch."""
_WIDTH = 0.07
"""Natural logarithm: real OCR-B and all renders keep within 0.06 of the width at this pitch."""
_SANS = 1.0
"""Natural logarithm: OCR-B then fits 2.7 times worse than a common sans serif face. Wide on
purpose: rendered OCR-B keeps below -1.5, but some issuers print zones in faces of their own."""

_COARSEST = 18.0
"""Pixels from character to character below which letters are too coarse to measure: the renders on
which the limits were set have 20 and more."""
_UNLIKE = 0.55
"""Correlation with the text in OCR-B below which the letters were not found."""
_BESIDE, _BESIDE_SHARE = 0.25, 0.05
"""Pitches beside its line from which a letter counts as lost, and the share of lost letters from
which the line was not followed, for instance a filler further on."""
_DOUBTFUL = 0.15
"""Share of letters not read surely above which the text is no ground to stand on."""
_MAP = 256


@dataclass(frozen=True)
class Oddity:
    """One thing that may be odd about the print."""

    measure: str
    """One of `MEASURES`, or `pitch`, `size`, `font`."""
    part: Part | None
    """`None` for the whole zone."""
    step: float
    """By how much it differs, in the measure's unit."""
    score: float
    """1 is what one in a hundred honest renders reach by this measure alone."""


def look_for_zone_print(subject: Subject) -> Looked:
    """Letters of the zone that are not OCR-B, or set apart from the rest of the zone."""
    text = subject.text
    if text is None:
        return not_looked(
            subject, Sign.ZONE_PRINT, "No machine readable zone was read on this picture."
        )
    pixels = _pitch(text)
    if pixels < _COARSEST:
        why = (
            f"The letters of the zone are {pixels:.0f} pixels apart; their print can be measured "
            f"from {_COARSEST:.0f}."
        )
        return not_looked(subject, Sign.ZONE_PRINT, why)
    if len(text.unsure) > _DOUBTFUL * sum(map(len, text.lines)):
        why = "Too many letters of the zone were not read surely for their print to be judged."
        return not_looked(subject, Sign.ZONE_PRINT, why)
    if are_few(subject.picture.pixels):
        why = "The picture has only a few tones, which leave the letters' edges to chance."
        return not_looked(subject, Sign.ZONE_PRINT, why)
    grey = np.asarray(cv2.cvtColor(subject.picture.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    cut = cut_lines(grey, text)
    letters = measured(cut, text.lines)
    if cut.likeness < _UNLIKE or not _followed(letters):
        why = "The letters of the zone were not found again where they should stand."
        return not_looked(subject, Sign.ZONE_PRINT, why)
    return _looked(subject, text, cut, list(oddities(cut, letters, text)))


def _followed(letters: Measured) -> bool:
    """Whether hardly a letter is far beside its line."""
    beside = np.abs(letters.values[:, MEASURES.index("right")]) > _BESIDE
    return bool(beside.mean() < _BESIDE_SHARE)


def oddities(cut: CutLines, letters: Measured, text: MrzText) -> Iterator[Oddity]:
    """Everything that was measured, each beside what honest zones show of it."""
    parts = parts_of(mrz_fields.layout_of(text.format, text.lines), text.lines)
    odd = oddness(letters, parts)
    for place, part in enumerate(odd.parts):
        if part.single and (part.line, part.start) in text.unsure:
            continue
        limits = _LETTER if part.single else _FIELD
        for row, measure in enumerate(MEASURES):
            step, surprise = float(odd.steps[row, place]), float(odd.surprise[row, place])
            yield Oddity(measure, part, step, surprise / limits[measure])
    line, step, surprise = line_pitch(letters)
    whole = Part("line", line, 0, len(text.lines[line]))
    yield Oddity("pitch", whole, step, surprise / _PITCH)
    inked = np.array([character != mrz_fields.FILLER for character in letters.character])
    width = float(np.median(letters.values[inked, MEASURES.index("width")]))
    yield Oddity("size", None, width, abs(width) / _WIDTH)
    sans = likeness_to_sans(cut, text.lines, letters)
    yield Oddity("font", None, sans, max(0.0, sans) / _SANS)


def _looked(subject: Subject, text: MrzText, cut: CutLines, found: list[Oddity]) -> Looked:
    worst = max(found, key=lambda one: one.score)
    grade = Look.graded(Sign.ZONE_PRINT, "", 1, worst.score, (FAINT, CLEAR), "-").found
    # What is set apart makes its neighbours look a little odd as well.
    least = max(FAINT, 0.6 * worst.score)
    seen = sorted((one for one in found if one.score >= least), key=lambda one: -one.score)
    named = _named(seen)
    where = tuple(_region(cut, one.part) for one in named if one.part) or (text.region,)
    look = Look.graded(
        Sign.ZONE_PRINT,
        subject.picture.file,
        subject.picture.page,
        worst.score,
        (FAINT, CLEAR),
        in_words([(one.measure, one.part, one.step) for one in named], grade is Found.CLEAR),
        where,
    )
    return Looked(look, _heat(subject.picture.pixels.shape, text, cut, found))


def _named(seen: list[Oddity]) -> list[Oddity]:
    """The strongest oddities, at most three, none within a part that was already named."""
    named: list[Oddity] = []
    for one in seen:
        if len(named) < 3 and not any(_overlap(one.part, other.part) for other in named):
            named.append(one)
    return named


def _overlap(one: Part | None, other: Part | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.line == other.line and one.start < other.end and other.start < one.end


def _heat(shape: tuple[int, ...], text: MrzText, cut: CutLines, found: list[Oddity]) -> HeatMap:
    """Each letter as warm as the oddest thing about it, or about a part that it belongs to."""
    warm = [np.zeros(len(line)) for line in text.lines]
    for one in found:
        if one.part:
            there = warm[one.part.line][one.part.start : one.part.end]
            np.maximum(there, min(1.0, one.score / (2 * CLEAR)), out=there)
    shrink = _MAP / max(shape[:2])
    size = max(1, round(shape[0] * shrink)), max(1, round(shape[1] * shrink))
    heat: NDArray[np.float32] = np.zeros(size, np.float32)
    for line, row in enumerate(warm):
        for at in [place for place in np.argsort(row) if row[place] > 0.2]:
            corners = np.array(_region(cut, Part("", line, int(at), int(at) + 1)).corners) * shrink
            cv2.fillConvexPoly(heat, np.rint(corners).astype(np.int32), float(row[at]))
    return heat


def _region(cut: CutLines, part: Part) -> Region:
    ends = [float(part.start), float(part.end)]
    top = cut.lines.on_picture(part.line, ends, down=-0.65)
    bottom = cut.lines.on_picture(part.line, ends[::-1], down=0.65)
    corners = [(float(x), float(y)) for x, y in np.concatenate([top, bottom])]
    return Region(corners=(corners[0], corners[1], corners[2], corners[3]))


def _pitch(text: MrzText) -> float:
    """Pixels of the picture from character to character."""
    corners = np.array(text.region.corners)
    long = np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])
    return float(long) / 2 / text.format.shape[1]
