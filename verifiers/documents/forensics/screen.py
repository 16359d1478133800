"""Was the picture taken of a screen? The lattice of a screen's pixels, and its moiré.

A sensor with coloured filters turns a lattice of red, green and blue stripes into waves of colour,
where paper has smooth colour. Where the picture resolves the lattice, its columns and rows cross at
right angles. Either is looked for on the document, in places apart from each other.
"""

from models.forensics import Look, Sign
from verifiers.documents.forensics.screen_spectrum import NO_DOCUMENT, SIDE, Patch, heat
from verifiers.documents.forensics.subject import Looked, Subject, not_looked

THRESHOLDS = (4.3, 5.4)
"""Of 98 honest renders (seeds 0 to 97) 5 in 100 reach 3.6 and the highest 3.8; of 9 with dense
lines, dots or cloth (`samples.fine_print`) most reach 4. Set above both, since real security print
is denser than any rendered here."""
LEAST_GRAIN = 0.3
"""Grey levels: below that compression has taken what is fine from the picture."""

_CROSSED = 1.4
"""Crossed waves stand out less than waves of colour where there are none: as 3.0 to 4.5."""
_LINES, _LEAK = 4.0, 0.25
"""What waves of luma higher than this leave in colour: dense grey lines are no screen."""


def look_for_screen(subject: Subject) -> Looked:
    """Waves of colour and crossed waves on the document, or on the picture without a page.

    The score is the second highest of up to six places, in standard deviations of the spectrum.
    """
    picture = subject.picture
    if not subject.shows_document:
        return not_looked(subject, Sign.SCREEN, NO_DOCUMENT)
    places = subject.patches
    if not places:
        return not_looked(
            subject,
            Sign.SCREEN,
            f"The picture is smaller than the {SIDE} pixels across in which the grid of a screen "
            "could be told from chance, or barcodes fill it.",
        )
    if max(place.grain for place in places) < LEAST_GRAIN:
        return not_looked(
            subject,
            Sign.SCREEN,
            "The picture is smoothed or compressed so much that the grid of a screen would not "
            "have survived.",
        )
    scored = tuple((place, _score(place)) for place in places)
    ordered = sorted(scored, key=lambda pair: -pair[1])
    _, score = ordered[min(1, len(ordered) - 1)]
    found = score >= THRESHOLDS[0]
    seen = tuple(place for place, value in ordered if value >= THRESHOLDS[0]) if found else ()
    look = Look.graded(
        Sign.SCREEN,
        picture.file,
        picture.page,
        score,
        THRESHOLDS,
        _said(ordered[0][0]) if found else _NOTHING,
        tuple(place.region for place in seen),
    )
    return Looked(look, heat(picture.pixels.shape[:2], scored, 2 * THRESHOLDS[1]))


_NOTHING = (
    "No regular grid or coloured moiré stands out. A screen whose pixels are finer than those of "
    "the picture leaves none."
)


def _score(place: Patch) -> float:
    leak = _LEAK * max(0.0, place.luma.height - _LINES)
    return max(place.colour.height - leak, _CROSSED * place.dots.height)


def _said(place: Patch) -> str:
    in_colour = place.colour.height >= _CROSSED * place.dots.height
    what = "coloured waves" if in_colour else "a grid of crossing waves"
    wave = place.colour if in_colour else place.dots
    return (
        f"The picture shows {what}, {wave.length:.1f} pixels from one to the next, in several "
        "places of the document, as a picture of a screen does. Cloth, dense lines and the dots of "
        "a print can look alike. It may be a photograph of a document that is kept on a phone; ask "
        "for a photograph of the document itself."
    )
