"""Photographs of specimens whose place is known exactly, and what may lie on the table beside."""

import cv2
import numpy as np

from samples.layout import LAYOUTS, MRZ_ZONE_HEIGHT
from samples.mrz_lines import Format
from samples.photograph import Photograph, photograph
from samples.portraits import document_photo, identity_one, identity_two
from samples.specimen import Side
from verifiers.page import Page
from verifiers.picture import Picture, Pixels


def a_page(
    side: Side, format: Format, *, tilt: float = 0, keystone: float = 0, seed: int = 0
) -> tuple[Page, Photograph]:
    """The side photographed from a hand's distance, and where its page lies."""
    photo = photograph(
        side.image, tilt_degrees=tilt, keystone_degrees=keystone, blur=0.5, noise=2, seed=seed
    )
    return page_on(photo.image, photo.homography, side, format), photo


def page_on(pixels: Pixels, side_to_picture: np.ndarray, side: Side, format: Format) -> Page:
    """The page of a side that `side_to_picture` has put somewhere on a picture."""
    plan = LAYOUTS[format]
    pixels_per_mm = side.image.shape[1] / plan.width
    zone = MRZ_ZONE_HEIGHT if "mrz" in side.boxes else 0.0
    return Page(
        picture=Picture("page.png", pixels),
        width=plan.width,
        height=plan.height,
        zone_top=plan.height - zone,
        to_picture=side_to_picture @ np.diag([pixels_per_mm, pixels_per_mm, 1.0]),
    )


def a_stranger(width: int, height: int, *, of_the_first: bool = False) -> Pixels:
    """A face that is surely neither sample person's: one of them as seen through a strong lens."""
    photo = document_photo(identity_one() if of_the_first else identity_two(), 420, 540)
    down, across = np.mgrid[0:540, 0:420].astype(np.float32)
    x, y = (across - 210) / 210, (down - 270) / 270
    from_middle = np.hypot(x, y)
    bent = np.where(from_middle < 1, from_middle**0.7 / np.maximum(from_middle, 1e-6), 1)
    lens = cv2.remap(
        photo,
        (210 + 210 * x * bent).astype(np.float32),
        (270 + 270 * y * bent).astype(np.float32),
        cv2.INTER_LINEAR,
    )
    return np.asarray(cv2.resize(lens, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def pasted(pixels: Pixels, shown: Pixels, left: float, top: float) -> Pixels:
    """The picture with another laid over a part of it."""
    changed = pixels.copy()
    height, width = shown.shape[:2]
    changed[round(top) : round(top) + height, round(left) : round(left) + width] = shown
    return changed
