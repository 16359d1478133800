"""A copy of a document on paper, photographed instead of the document.

Copies are drawn as 600 dpi printers make them, on white paper that is cut out along the document or
left around it. What a picture shows of their dots depends on how many of its pixels a dot gets.
"""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from samples.capture import Camera
from samples.captured_documents import drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.forgeries.halftone import scattered, screened, screened_grey, toned
from samples.forgeries.substrate import Sheet, scaled, taken
from samples.portraits import RgbImage

_FINER = 2
_DPI = 300 * _FINER

_PIXELS = {"far": (0.7, 0.9), "usual": (0.9, 1.25), "near": (1.25, 1.6)}
"""Pixels of the picture to 1/300 inch: some 240, 320 and 420 to the inch."""

_Print = Callable[[RgbImage, np.random.Generator], RgbImage]


def _colour_laser(page: RgbImage, random: np.random.Generator) -> RgbImage:
    return screened(page, _DPI, float(random.uniform(100, 150)), random)


def _grey_laser(page: RgbImage, random: np.random.Generator) -> RgbImage:
    return screened_grey(page, _DPI, float(random.uniform(85, 120)), random)


def _copied(seed: int, strength: str, print_: _Print) -> Exhibit:
    document = drawn(seed)
    random = np.random.default_rng([seed, 81_000])
    flat = document.side.image
    size = flat.shape[1] * _FINER, flat.shape[0] * _FINER
    # The copier's own scan is a little softer than the document.
    soft = cv2.GaussianBlur(cv2.resize(flat, size, interpolation=cv2.INTER_CUBIC), (0, 0), 1.0)
    page = print_(np.asarray(soft, np.uint8), random)
    rim = round(size[0] * random.uniform(0.05, 0.2)) if random.random() < 0.5 else 0
    sheet = cv2.copyMakeBorder(page, *(rim,) * 4, cv2.BORDER_CONSTANT, value=(242, 242, 242))
    camera = _from_here(document.camera, strength, random)
    return taken(document, Sheet(np.asarray(sheet, np.uint8), scaled(_FINER, rim, rim)), camera)


def _from_here(own: Camera, strength: str, random: np.random.Generator) -> Camera:
    """The document's camera at the distance of this strength; from afar it is sent on as well."""
    scale = float(random.uniform(*_PIXELS[strength]))
    return replace(own, scale=scale, sent="messenger" if strength == "far" else own.sent)


def _attack(name: str, story: str, print_: _Print) -> Attack:
    return Attack(
        name, story, tuple(_PIXELS), lambda seed, strength: _copied(seed, strength, print_)
    )


ATTACKS = (
    _attack("colour_laser_copy", "A colour laser's copy, in four screens of dots.", _colour_laser),
    _attack("ink_jet_copy", "An ink-jet's copy, in scattered dots.", scattered),
    _attack("grey_laser_copy", "A black-and-white laser's copy, in one screen.", _grey_laser),
    _attack("photocopy", "A hard black-and-white photocopy.", toned),
)
