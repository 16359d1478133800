"""Is a picture good enough to read a document on it? Limits, and words that help to retake it.

A defect is one of the picture and says nothing about the document or its holder. A zone that was
found is measured itself, since its type has one size (ICAO 9303-3 §4); otherwise the whole page is.
Limits are where rendered zones (`bench/mrz_pages.py`, one stress at a time) stop being read surely.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import MrzText
from models.finding import Region
from verifiers.documents import quality_measures as measures
from verifiers.documents.quality_measures import Grey, PageMeasures, ZoneMeasures
from verifiers.documents.recognise import PITCH

MIN_PITCH = 6.5
"""Pixels from character to character: rendered, 13 of 18 pages read surely at 6, 0 of 14 at 5."""
MAX_SPREAD = 0.125
"""Standard deviation of blur in pitches. Sharp pages have .08 to .12; at .14 (a Gaussian blur of
.12) 11 of 14 were read surely, at .17 none; moved by .3 pitches they have .13, and 2 of 8 were."""
MOVED = 1.4
"""Blur along its worst direction over the best: out of focus at most 1.3, moved 1.4 to 2.6."""
MIN_CONTRAST = 30.0
"""Grey levels between paper and ink; on an evenly dark page 18 still read, on a patterned 28."""
DARK_PAPER = 90.0
"""Grey level of paper below which missing contrast is missing light."""
MIN_MARGIN = 0.5
"""Characters' widths of picture beside a zone; 9303 leaves at least 2 on every document."""

MIN_SIDE = 420
"""Pixels: a passport with a usual margin of table around it has pitch 6.5 then."""
MAX_PAGE_SPREAD = 0.0016
"""Blur of the whole page as a share of its longest side: .125 pitches of a passport that fills
three fifths of the picture. Sharp pages and photographs have up to .0010."""
MIN_LIGHTEST = 60.0
"""Grey level of the lightest 1 %: pages at a quarter of the light have 56 and still read, at a
sixteenth 14 and none did."""
MAX_DARKEST = 150.0
"""Grey level of the darkest 1 %: print and table are darker on every honest page (at most 110)."""
MAX_GLARE = 0.004
"""Share of the picture in burnt spots: none on honest renders, .005 to .05 where a lamp hid parts
of the lines."""
MIN_COLOUR = 3.0
"""Lab chroma: rendered photographs have 19 and more, the palest real ones in colour 4, grey 0."""

_EDGE = 2.56
"""Width of an edge from 10 to 90 % of its height, in standard deviations of its blur."""

_TILT = "Tilt the document away from the lamp or window, or turn off the flash."
_MORE_LIGHT = "Photograph it in more light, and without casting a shadow on it."
_LESS_LIGHT = "Photograph it in softer light and without flash, and do not brighten the picture."
_FOCUS = "Wipe the lens, let the camera focus on the document, and hold still."
_HOLD_STILL = "Hold still, with both hands or leaning on something, and in more light."


class Kind(StrEnum):
    """What can be wrong with a picture, in the order in which to mend it."""

    TOO_SMALL = "too_small"
    GLARE = "glare"
    COVERED = "covered"
    CUT_OFF = "cut_off"
    TOO_DARK = "too_dark"
    WASHED_OUT = "washed_out"
    BLURRED = "blurred"
    GREY_COPY = "grey_copy"


@dataclass(frozen=True)
class Defect:
    """One thing wrong with a picture: what was measured, against which limit, and what to do."""

    kind: Kind
    what: str
    """What was measured ("length of the machine readable lines")."""
    measured: float
    limit: float
    """What it should be at least, or at most."""
    unit: str
    wrong: str
    """What is wrong, with the figures, as a clause."""
    action: str
    """What to do about it, as a sentence."""
    region: Region | None = None
    """Where on the picture; `None`: all of it."""


def assess(pixels: NDArray[np.uint8], zone: MrzText | None) -> tuple[Defect, ...]:
    """What is wrong with an RGB (H, W, 3) or grey (H, W) picture, the first to mend first.

    `zone`: the one read on it, which is judged; without it the whole page is.
    """
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = np.ascontiguousarray(grey, np.uint8)
    found = list(_of_page(grey) if zone is None else _of_zone(grey, zone))
    if pixels.ndim == 3 and (copy := grey_copy(pixels)):
        found.append(copy)
    return _in_order(found)


def of_strips(strips: Grey, pitch: float, *, cut_off: bool) -> tuple[Defect, ...]:
    """What is wrong with a zone by its strips alone, the first to mend first.

    `strips`: (lines, 24, 16 a character), from a picture with `pitch` pixels a character.
    `cut_off`: the lines seem to go on where they cannot be seen.
    """
    characters = strips.shape[2] // PITCH
    found = list(_of_print(measures.of_strips(strips, pitch), characters))
    return _in_order([*found, _cut_off(0.0)] if cut_off else found)


def grey_copy(pixels: NDArray[np.uint8]) -> Defect | None:
    """Said of an RGB picture without any colour.

    Documents without colour exist, so this is a note and a wish, never a doubt.
    """
    colour = measures.colour(pixels)
    if colour >= MIN_COLOUR:
        return None
    return Defect(
        kind=Kind.GREY_COPY,
        what="colour of the picture",
        measured=round(colour, 1),
        limit=MIN_COLOUR,
        unit="Lab chroma",
        wrong="the picture has no colour, as of a black-and-white copy",
        action="If you can, photograph the document itself in colour rather than a copy of it.",
    )


def _of_zone(grey: Grey, zone: MrzText) -> Iterator[Defect]:
    strips, pitch = measures.cut_strips(grey, zone)
    seen = measures.of_strips(strips, pitch)
    for defect in _of_print(seen, zone.format.shape[1]):
        yield replace(defect, region=zone.region)
    margin = measures.paper_beside(grey, zone)
    if margin < MIN_MARGIN:
        yield replace(_cut_off(margin), region=zone.region)
    if not seen.burnt:
        # A zone that ends in glare is found without the part that is in it.
        yield from _glare(grey, within=zone.region)


def _of_print(seen: ZoneMeasures, characters: int) -> Iterator[Defect]:
    if seen.pitch < MIN_PITCH:
        length, needed = round(seen.pitch * characters), math.ceil(MIN_PITCH * characters)
        yield Defect(
            kind=Kind.TOO_SMALL,
            what="length of the machine readable lines",
            measured=length,
            limit=needed,
            unit="pixels",
            wrong=f"the machine readable lines are too small ({length} pixels long, at least "
            f"{needed} are needed)",
            action="Go closer, so that the document fills the picture, and send the original "
            "photograph, not a preview of it.",
        )
    elif seen.spread > MAX_SPREAD:
        width, widest = (_EDGE * seen.pitch * spread for spread in (seen.spread, MAX_SPREAD))
        moved = seen.one_way > MOVED
        yield Defect(
            kind=Kind.BLURRED,
            what="width of the letters' edges",
            measured=round(width, 1),
            limit=round(widest, 1),
            unit="pixels",
            wrong=f"the machine readable lines are blurred{' by movement' if moved else ''} (edges "
            f"of letters are {width:.1f} pixels wide, at most {widest:.1f} can be read)",
            action=_HOLD_STILL if moved else _FOCUS,
        )
    if seen.burnt:
        yield _hidden(Kind.GLARE, seen.burnt, "light is reflected on", _TILT)
    if seen.covered:
        action = "Keep fingers, stickers and shadows off the lines."
        yield _hidden(Kind.COVERED, seen.covered, "something covers or shades", action)
    if seen.contrast < MIN_CONTRAST:
        dark = seen.paper < DARK_PAPER
        yield Defect(
            kind=Kind.TOO_DARK if dark else Kind.WASHED_OUT,
            what="difference between print and paper",
            measured=round(seen.contrast),
            limit=MIN_CONTRAST,
            unit="grey levels of 255",
            wrong=f"the print is too {'dark' if dark else 'pale'} (it differs from the paper by "
            f"{seen.contrast:.0f} of 255 grey levels, at least {MIN_CONTRAST:.0f} are needed)",
            action=_MORE_LIGHT if dark else _LESS_LIGHT,
        )


def _hidden(kind: Kind, share: float, how: str, action: str) -> Defect:
    per_cent = max(1, round(100 * share))
    return Defect(
        kind=kind,
        what="part of the machine readable lines that is hidden",
        measured=per_cent,
        limit=0,
        unit="%",
        wrong=f"{how} {per_cent} % of the machine readable lines",
        action=action,
    )


def _cut_off(margin: float) -> Defect:
    return Defect(
        kind=Kind.CUT_OFF,
        what="paper seen beside the machine readable lines",
        measured=round(max(margin, 0.0), 1),
        limit=MIN_MARGIN,
        unit="characters' widths",
        wrong="the machine readable lines seem to be cut off",
        action="Show the whole document, with a margin around it and nothing on it.",
    )


def _of_page(grey: Grey) -> Iterator[Defect]:
    seen = measures.of_page(grey)
    yield from _size_and_focus(seen)
    yield from _glare(grey, within=None)
    if seen.lightest < MIN_LIGHTEST:
        yield Defect(
            kind=Kind.TOO_DARK,
            what="brightness of the lightest parts",
            measured=round(seen.lightest),
            limit=MIN_LIGHTEST,
            unit="grey levels of 255",
            wrong=f"the picture is too dark (its lightest parts reach {seen.lightest:.0f} of 255 "
            f"grey levels, at least {MIN_LIGHTEST:.0f} are needed)",
            action=_MORE_LIGHT,
        )
    elif seen.darkest > MAX_DARKEST:
        yield Defect(
            kind=Kind.WASHED_OUT,
            what="brightness of the darkest parts",
            measured=round(seen.darkest),
            limit=MAX_DARKEST,
            unit="grey levels of 255",
            wrong=f"the picture is too pale (its darkest parts have {seen.darkest:.0f} of 255 grey "
            f"levels, at most {MAX_DARKEST:.0f} can be read)",
            action=_LESS_LIGHT,
        )


def _size_and_focus(seen: PageMeasures) -> Iterator[Defect]:
    if seen.side < MIN_SIDE:
        yield Defect(
            kind=Kind.TOO_SMALL,
            what="longer side of the picture",
            measured=seen.side,
            limit=MIN_SIDE,
            unit="pixels",
            wrong=f"the picture is too small ({seen.side} pixels along its longer side, at least "
            f"{MIN_SIDE} are needed)",
            action="Send the original photograph, not a preview of it.",
        )
    elif seen.spread > MAX_PAGE_SPREAD:
        width, widest = (_EDGE * seen.side * spread for spread in (seen.spread, MAX_PAGE_SPREAD))
        yield Defect(
            kind=Kind.BLURRED,
            what="width of the sharpest edges",
            measured=round(width, 1),
            limit=round(widest, 1),
            unit="pixels",
            wrong=f"the picture is blurred (its sharpest edges are {width:.1f} pixels wide, at "
            f"most {widest:.1f} can be read)",
            action=_FOCUS,
        )


def _glare(grey: Grey, *, within: Region | None) -> Iterator[Defect]:
    spots = [spot for spot in measures.glare(grey) if _touches(spot.box, within)]
    share = sum(spot.share for spot in spots)
    if share < MAX_GLARE:
        return
    per_cent = round(100 * share, 1)
    yield Defect(
        kind=Kind.GLARE,
        what="part of the picture that is burnt out",
        measured=per_cent,
        limit=100 * MAX_GLARE,
        unit="%",
        wrong=f"light is reflected on {per_cent:g} % of the picture",
        action=_TILT,
        region=Region.box(*spots[0].box),
    )


def _touches(box: measures.Box, region: Region | None) -> bool:
    """Whether a box lies on a zone, or beside it where lines may go on."""
    if region is None:
        return True
    left, top, right, bottom = region.bounds
    aside = max(right - left, bottom - top) / 2
    return (
        box[0] < right + aside
        and box[2] > left - aside
        and box[1] < bottom + aside / 4
        and box[3] > top - aside / 4
    )


def _in_order(defects: list[Defect]) -> tuple[Defect, ...]:
    return tuple(sorted(defects, key=lambda defect: list(Kind).index(defect.kind)))
