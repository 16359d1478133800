"""A part of a picture with another history of compression is found; a whole one is no sign."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from bench.exhibits import subject_of
from models.forensics import Found
from samples.capture import jpeg, jpeg_decoded
from samples.captured_documents import drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.forgeries.local_resave import ATTACKS, saved_as, taken
from verifiers.documents.forensics.local_resave import look_for_local_resave
from verifiers.documents.forensics.subject import Looked, Subject
from verifiers.picture import Picture, Pixels

SEED = 49
"""A small picture by a camera of quality 86."""


@cache
def honest() -> Exhibit:
    document = drawn(SEED, with_portrait=True)
    return Exhibit(document, taken(document))


def look(subject: Subject) -> Looked:
    return look_for_local_resave(subject)


def with_pixels(pixels: Pixels) -> Subject:
    """The honest document's picture, shown otherwise: nothing of where things lie on it."""
    return Subject(Picture("turned.jpg", pixels))


@pytest.mark.parametrize(
    ("attack", "strength"),
    [(ATTACKS[0], "png"), *((attack, "q95") for attack in ATTACKS[1:])],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_an_altered_value_is_found_where_it_is(attack: Attack, strength: str) -> None:
    exhibit = attack.make(SEED, strength)
    looked = look(subject_of(exhibit))
    assert looked.look.found is Found.CLEAR
    left, top, right, bottom = looked.look.where[0].bounds
    x, y = (left + right) / 2, (top + bottom) / 2
    changed = exhibit.capture.quadrilateral(exhibit.changed[0])
    assert (changed.min(axis=0) < (x, y)).all()
    assert (changed.max(axis=0) > (x, y)).all()
    assert looked.heat is not None
    shrink = looked.heat.shape[1] / exhibit.capture.pixels.shape[1]
    assert looked.heat[round(y * shrink), round(x * shrink)] > 0.5
    assert np.median(looked.heat) == 0


def test_the_same_picture_unaltered_shows_nothing() -> None:
    assert look(subject_of(honest())).look.found is Found.NONE


@pytest.mark.parametrize("quality", [70, 96])
def test_a_picture_saved_again_as_a_whole_is_no_sign(quality: int) -> None:
    pixels = jpeg_decoded(jpeg(honest().capture.pixels, quality))
    assert look(with_pixels(pixels)).look.found in (Found.NONE, Found.UNKNOWN)


def test_a_crop_on_another_grid_is_no_sign() -> None:
    pixels = jpeg_decoded(jpeg(np.ascontiguousarray(honest().capture.pixels[13:, 5:]), 85))
    assert look(with_pixels(pixels)).look.found is Found.NONE


@pytest.mark.parametrize("turns", [1])
def test_a_picture_turned_by_its_orientation_is_seen_as_well(turns: int) -> None:
    forged = ATTACKS[0].make(SEED, "png")
    turned = np.ascontiguousarray(np.rot90(forged.capture.pixels, turns))
    assert look(with_pixels(turned)).look.found is Found.CLEAR
    plain = np.ascontiguousarray(np.rot90(honest().capture.pixels, turns))
    assert look(with_pixels(plain)).look.found is Found.NONE


def test_a_crop_of_an_altered_picture_saved_without_loss_is_seen_on_its_own_grid() -> None:
    forged = ATTACKS[0].make(SEED, "png")
    crop = np.ascontiguousarray(forged.capture.pixels[3:, 6:])
    assert look(with_pixels(crop)).look.found is Found.CLEAR


def test_a_picture_without_jpeg_steps_is_unknown() -> None:
    small = np.ascontiguousarray(honest().capture.pixels[::2, ::2])
    looked = look(with_pixels(small))
    assert looked.look.found is Found.UNKNOWN
    assert looked.heat is None


@pytest.mark.parametrize("change", ["sharpened", "brightened", "smaller and larger"])
def test_a_picture_changed_as_a_whole_is_unknown(change: str) -> None:
    pixels = honest().capture.pixels
    half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    changed = {
        "sharpened": cv2.addWeighted(pixels, 3, cv2.GaussianBlur(pixels, (0, 0), 1.2), -2, 0),
        "brightened": np.clip(1.2 * pixels + 8, 0, 255).astype(np.uint8),
        "smaller and larger": cv2.resize(half, pixels.shape[1::-1], interpolation=cv2.INTER_CUBIC),
    }
    looked = look(with_pixels(np.asarray(changed[change], np.uint8)))
    assert looked.look.found is Found.UNKNOWN


def test_a_tiny_picture_is_unknown() -> None:
    tiny = np.ascontiguousarray(honest().capture.pixels[:90, :90])
    assert look(with_pixels(tiny)).look.found is Found.UNKNOWN


def test_a_huge_picture_is_looked_at_in_part() -> None:
    exhibit = honest()
    wide = np.tile(exhibit.capture.pixels, (3, 3, 1))
    subject = replace(subject_of(exhibit), picture=Picture("huge.jpg", wide))
    looked = look(subject)
    assert looked.look.found is not Found.CLEAR


def test_what_a_messenger_made_smaller_is_not_called() -> None:
    exhibit = honest()
    camera = exhibit.document.camera
    sent = saved_as(exhibit.capture.pixels, exhibit.capture.homography, camera, "messenger")
    assert look(subject_of(replace(exhibit, capture=sent))).look.found is Found.NONE
