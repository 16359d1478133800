"""Was the picture taken of a copy on paper? The dots of a laser printer, and grey.

Colour lasers print four screens of dots, turned against each other, of 100 to 200 an inch; grey
ones a single screen at 45 degrees. Documents are printed in lines and full inks; some have a
portrait in dots. Without dots a copy may show by having no colour. What neither tells: ink-jet
copies in colour, whose scattered dots look like noise, and any dots finer than two pixels.
"""

import cv2
import numpy as np

from models.forensics import Look, Sign
from verifiers.documents import quality_measures
from verifiers.documents.forensics.screen_spectrum import (
    NO_DOCUMENT,
    SIDE,
    Patch,
    Peak,
    heat,
)
from verifiers.documents.forensics.subject import Looked, Subject, not_looked
from verifiers.page import Page, through

THRESHOLDS = (3.1, 3.6)
"""Of 98 honest renders (seeds 0 to 97) 5 in 100 reach 2.6 and the highest 2.7; set above that for
the portraits in dots of `samples.fine_print`, which reach 3 where a portrait fills two places."""
GREY = 6.0
"""Lab chroma of a page that scores as a clear one: renders of grey copies have up to 6.1 (their
own none, the sensor's noise the rest), of documents 16 and more."""

_UPRIGHT = 7.0
"""Degrees from the page's own directions within which a grid is a screen's, or cloth."""
_PER_MM = 4.0
"""Pixels to a millimetre at which colour is measured: noise is averaged out."""
_RIM = 2.0
"""Millimetres at the page's edge that are not looked at, where its place is a little off."""
_INCH = 25.4
_DARK, _BLANK = 70.0, 25.0
"""Grey levels of a page: of its middle tone, below which colours sink into black, and from there to
its print, below which there is none."""
_NO_PAGE = (
    "No page of a document is known on the picture, and no screen of dots stands out: whether "
    "colour is missing cannot be told."
)


def look_for_printed_copy(subject: Subject) -> Looked:
    """Dots across the page in at least two places, or no colour on it.

    The score is the higher of two: of the second highest place's dots, in standard deviations of
    the spectrum, and of missing colour, in the same measure of how rare it is. Colour is only
    missed on a page whose place is known: bills and certificates are grey by themselves.
    """
    picture, page = subject.picture, subject.page
    if not subject.shows_document:
        return not_looked(subject, Sign.PRINTED_COPY, NO_DOCUMENT)
    places = subject.patches
    if not places:
        return not_looked(
            subject,
            Sign.PRINTED_COPY,
            f"The picture is smaller than {SIDE} pixels across, too small to show printed dots, or "
            "barcodes fill it.",
        )
    scored = tuple((place, _dots(place.dots, page)) for place in places)
    ordered = sorted(scored, key=lambda pair: -pair[1])
    _, dots = ordered[min(1, len(ordered) - 1)]
    if page is None and dots < THRESHOLDS[0]:
        return not_looked(subject, Sign.PRINTED_COPY, _NO_PAGE)
    colour = _colour(page)
    grey = 0.0 if colour is None else THRESHOLDS[1] * GREY / max(colour, 1.0)
    if dots >= max(grey, THRESHOLDS[0]):
        said = _said_dots(ordered[0][0], page)
        where = tuple(place.region for place, value in ordered if value >= THRESHOLDS[0])
    elif grey >= THRESHOLDS[0]:
        said = (
            f"The page has hardly any colour (Lab chroma {colour:.1f}, documents in colour have "
            f"{2 * GREY:.0f} and more), as of a black-and-white copy, and just as well of the "
            f"document itself where scanner or camera are set to grey. {_INNOCENT}"
        )
        where = (page.outline,) if page else ()
    else:
        said, where = _nothing(page), ()
    look = Look.graded(
        Sign.PRINTED_COPY,
        picture.file,
        picture.page,
        max(dots, grey),
        THRESHOLDS,
        said,
        where,
    )
    return Looked(look, heat(picture.pixels.shape[:2], scored, 2 * THRESHOLDS[1]))


_INNOCENT = (
    "It may be a certified copy, or one kept because the document is elsewhere; ask for a "
    "photograph of the document itself."
)


def _colour(page: Page | None) -> float | None:
    """Of a page that is light enough to show it and not blank, else `None`."""
    if page is None:
        return None
    size = page.width - 2 * _RIM, page.height - 2 * _RIM
    pixels = page.flat(_PER_MM, (_RIM, _RIM, *size)).pixels
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    darkest, middle = np.percentile(grey, (1, 50))
    if middle < _DARK or middle - darkest < _BLANK:
        return None
    return quality_measures.colour(pixels)


def _dots(peak: Peak, page: Page | None) -> float:
    """How far dots stand out; 0 for a grid that lies along the page."""
    if page is not None:
        (x, y), (right, low) = (through(page.to_picture, point) for point in ((0, 0), (10, 0)))
        turn = np.degrees(np.arctan2(peak.down, peak.across) - np.arctan2(low - y, right - x))
        if abs((turn + 45) % 90 - 45) < _UPRIGHT:
            return 0.0
    return peak.height


def _said_dots(place: Patch, page: Page | None) -> str:
    size = f"{place.dots.length:.1f} pixels"
    if page is not None:
        size += f", {page.pixels_per_mm * _INCH / place.dots.length:.0f} to the inch,"
    return (
        f"The page shows a screen of dots ({size} from one to the next) in several places, as a "
        "laser printer makes them. A screen photographed at an angle and offset print in dots can "
        f"look alike. {_INNOCENT}"
    )


def _nothing(page: Page | None) -> str:
    said = "The page has colour, and no screen of dots stands out on it."
    if page is not None:
        finest = page.pixels_per_mm * _INCH / 2
        said += f" Dots finer than {finest:.0f} to the inch would not show on this picture,"
        return said + " nor those of an ink-jet."
    return said + " Fine dots and those of an ink-jet would not show."
