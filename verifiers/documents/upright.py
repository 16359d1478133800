"""Where the page lies that a machine readable zone stands on, and which way is up.

People photograph documents any way up, and cameras do not always record which. ICAO 9303-4 to -7
fix the size of a page and where on it the zone stands, so the zone tells where the rest must be.
"""

from collections.abc import Sequence

import numpy as np

from models.document import MrzFormat, MrzText
from models.finding import Region
from verifiers.page import Page, inverse, through
from verifiers.picture import Picture

_SIZES = {
    MrzFormat.TD1: (85.6, 53.98),
    MrzFormat.TD2: (105.0, 74.0),
    MrzFormat.TD3: (125.0, 88.0),
    MrzFormat.MRV_A: (120.0, 80.0),
    MrzFormat.MRV_B: (105.0, 74.0),
}
"""Width and height in millimetres (9303-5 §3, 9303-6 §3, 9303-4 §3, 9303-7 §3)."""

ZONE_HEIGHT_MM = 23.2
"""At the lower edge of every page (9303-3 §4.1)."""
_LEFT_MM = {format: 6.0 if format is MrzFormat.TD3 else 4.0 for format in MrzFormat}
"""Where its first character begins."""
_CHARACTER_MM = 2.54
"""From character to character (9303-3 §4.2)."""


_FEWEST_LINES = 4
_PRINTED_MM = (80.0, 47.0)
"""Of a card, what print takes at most, from the title's top left to the last line's end."""


def page_of(picture: Picture, text: MrzText) -> Page:
    """The page that this zone stands on, told by the zone's turn, scale and place.

    Slant and perspective are left out: a zone 9 mm high says little of a page ten times as high.
    Rendered pages from straight above are off by 1.5 mm at the worst corner (4.6 where the height
    of the zone is believed as well), leaning by 25 degrees by 20 mm.
    """
    width, height = _SIZES[text.format]
    _, columns = text.format.shape
    long = columns * _CHARACTER_MM
    middle = np.array([_LEFT_MM[text.format] + long / 2, height - ZONE_HEIGHT_MM / 2])
    corners = np.array(text.region.corners)
    across = (corners[1] + corners[2] - corners[0] - corners[3]) / 2 / long
    turn = np.array([[across[0], -across[1]], [across[1], across[0]]])
    shift = corners.mean(axis=0) - turn @ middle
    to_picture = np.vstack([np.column_stack([turn, shift]), [0.0, 0.0, 1.0]])
    return Page(picture, width, height, height - ZONE_HEIGHT_MM, to_picture)


def lies_on(page: Page, region: Region) -> bool:
    """Whether the middle of the region is on the page."""
    xs, ys = zip(*region.corners, strict=True)
    x, y = through(inverse(page.to_picture), (sum(xs) / 4, sum(ys) / 4))
    return 0 <= x <= page.width and 0 <= y <= page.height


def front_of_card(picture: Picture, print_lines: Sequence[Region]) -> Page | None:
    """Where the front of a card lies, roughly: it has no zone, but its print fills its height.

    `print_lines` are the lines of print on it; `None` where these are too few to tell. Print that
    leaves out the side with the portrait does not say which side that is, so the page reaches as
    far to both sides as a card can.
    """
    if len(print_lines) < _FEWEST_LINES:
        return None
    corners = np.array([line.corners for line in print_lines])
    across = (corners[:, 1] - corners[:, 0]).sum(axis=0)
    cos, sin = across / np.hypot(*across)
    turn = np.array([[cos, -sin], [sin, cos]])  # From the upright page to the picture.
    upright = corners.reshape(-1, 2) @ turn
    (left, top), (right, bottom) = upright.min(axis=0), upright.max(axis=0)
    width, height = _SIZES[MrzFormat.TD1]
    scale = max((bottom - top) / _PRINTED_MM[1], (right - left) / _PRINTED_MM[0])
    beside = max(0.0, width - (right - left) / scale)
    around = (height - (bottom - top) / scale) / 2
    corner = turn @ np.array([left - beside * scale, top - around * scale])
    to_picture = np.vstack([np.column_stack([turn * scale, corner]), [0.0, 0.0, 1.0]])
    return Page(picture, (right - left) / scale + 2 * beside, height, height, to_picture)


def quarter_turns(text: Region) -> int:
    """By how many quarter turns anticlockwise (0 to 3) to turn the picture to read this text."""
    top_left, top_right, *_ = np.array(text.corners)
    across, down = top_right - top_left
    return round(float(np.arctan2(down, across)) / (np.pi / 2)) % 4
