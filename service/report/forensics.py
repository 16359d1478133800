"""The section on signs of tampering: what was looked for on each picture, and where it was seen."""

from collections.abc import Sequence

import cv2
import numpy as np

from models.finding import Region
from models.forensics import Found
from service.report.field_rows import caption
from service.report.figures import marked_picture
from service.report.shown import LookShown, MarkedPicture, PictureLooks
from verifiers.documents.forensics.look import SIGN_NAMES
from verifiers.documents.forensics.subject import HeatMap, Looked
from verifiers.picture import Picture, Pixels

_TONES = {
    Found.CLEAR: ("clearly seen", "bad"),
    Found.FAINT: ("faintly seen", "unknown"),
    Found.NONE: ("not seen", "plain"),
    Found.UNKNOWN: ("could not be looked for", "unknown"),
}
_SHOWN = 1000
"""Pixels of the longer side of a heat map's picture."""
_HEAT = 0.65
"""How much of the colour covers the picture where the heat is greatest."""


def looks_shown(looked: Sequence[Looked], pages: Sequence[Picture]) -> tuple[PictureLooks, ...]:
    """By picture, in the order they were sent."""
    return tuple(
        PictureLooks(
            caption=caption(page),
            looks=tuple(
                _shown(one, page)
                for one in looked
                if (one.look.file, one.look.page) == (page.file, page.page)
            ),
        )
        for page in pages
    )


def _shown(one: Looked, page: Picture) -> LookShown:
    words, tone = _TONES[one.look.found]
    seen = one.look.found in (Found.CLEAR, Found.FAINT)
    return LookShown(
        name=SIGN_NAMES[one.look.sign],
        look=one.look,
        result=words,
        tone=tone,
        picture=_where(one, page) if seen else None,
    )


def _where(one: Looked, page: Picture) -> MarkedPicture | None:
    if one.heat is None and not one.look.where:
        return None
    pixels = page.pixels if one.heat is None else _heated(page.pixels, one.heat)
    scale = pixels.shape[1] / page.pixels.shape[1]
    marks = [(_scaled(region, scale), "", "bad") for region in one.look.where]
    said = f"{SIGN_NAMES[one.look.sign]}, where it was seen"
    return marked_picture(pixels, said[0].upper() + said[1:], marks)


def _scaled(region: Region, scale: float) -> Region:
    return Region.model_validate({"corners": [(x * scale, y * scale) for x, y in region.corners]})


def _heated(pixels: Pixels, heat: HeatMap) -> Pixels:
    """The picture in grey with the heat over it, from yellow to red."""
    scale = min(1.0, _SHOWN / max(pixels.shape[:2]))
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    small = cv2.cvtColor(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    over = np.clip(cv2.resize(heat, size, interpolation=cv2.INTER_LINEAR), 0, 1)[..., None]
    red_to_yellow = np.concatenate(
        [np.full_like(over, 214), 190 * (1 - over), np.full_like(over, 30)], axis=2
    )
    share = _HEAT * over
    return np.asarray(small[..., None] * (1 - share) + red_to_yellow * share, dtype=np.uint8)
