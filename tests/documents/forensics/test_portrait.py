"""A portrait that did not go through the picture's camera is found; a grainy or soft one is not."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from bench.exhibits import subject_of
from models.forensics import Found
from samples.capture import Camera, capture
from samples.captured_documents import drawn
from samples.forgeries.attack import Exhibit, honest
from samples.forgeries.portrait import ATTACKS
from samples.portraits import RgbImage
from verifiers.documents.forensics.portrait import look_for_portrait
from verifiers.documents.forensics.subject import Subject
from verifiers.picture import Picture

SEED = 19
"""A small, noisy picture."""
PASTED = next(attack for attack in ATTACKS if attack.name == "pasted")


@cache
def twin() -> Exhibit:
    return honest(SEED, with_portrait=True)


@cache
def pasted(strength: str) -> Exhibit:
    return PASTED.make(SEED, strength)


@pytest.mark.parametrize("strength", ["plain"])
def test_a_portrait_pasted_into_the_picture_is_found(strength: str) -> None:
    exhibit = pasted(strength)
    looked = look_for_portrait(subject_of(exhibit))
    assert looked.look.found is Found.CLEAR
    assert looked.heat is not None
    shrink = looked.heat.shape[1] / exhibit.capture.pixels.shape[1]
    x, y = exhibit.capture.quadrilateral(exhibit.changed[0]).mean(axis=0) * shrink
    assert looked.heat[round(y), round(x)] > 0.3
    assert looked.heat[:3].max() == 0


def test_its_honest_twin_is_not() -> None:
    looked = look_for_portrait(subject_of(twin()))
    assert looked.look.found is Found.NONE
    assert "grainier" in looked.look.said


@pytest.mark.parametrize("print_", ["grainy", "soft"])
def test_a_grainier_or_softer_print_than_the_page_is_no_sign(print_: str) -> None:
    document = drawn(SEED, with_portrait=True)
    left, top, width, height = (int(value) for value in document.side.boxes["portrait"])
    place = np.s_[top : top + height, left : left + width]

    def printed(flat: RgbImage) -> RgbImage:
        other = flat.copy()
        if print_ == "soft":
            other[place] = cv2.GaussianBlur(flat[place], (0, 0), 2.5)
        else:
            grain = 9 * np.random.default_rng(1).standard_normal(flat[place].shape)
            other[place] = np.clip(flat[place] + grain, 0, 255).astype(np.uint8)
        return other

    shot = capture(document.side, document.camera, artwork=printed)
    assert look_for_portrait(subject_of(Exhibit(document, shot))).look.found is Found.NONE


def test_a_picture_turned_by_a_quarter_gives_the_same() -> None:
    subject = subject_of(pasted("plain"))
    there = look_for_portrait(Subject(subject.picture, portraits=subject.portraits)).look
    height = subject.picture.height
    turned = Picture("t.jpg", np.ascontiguousarray(np.rot90(subject.picture.pixels, -1)))
    corners = subject.portraits[0].corners
    moved = tuple((height - 1 - y, x) for x, y in corners)
    portrait = type(subject.portraits[0]).model_validate({"corners": moved})
    here = look_for_portrait(Subject(turned, portraits=(portrait,))).look
    assert here.found is there.found is Found.CLEAR


def test_without_a_portrait_it_is_unknown() -> None:
    subject = subject_of(twin())
    looked = look_for_portrait(replace(subject, portraits=()))
    assert looked.look.found is Found.UNKNOWN


def test_where_compression_left_no_noise_it_is_unknown() -> None:
    document = drawn(SEED, with_portrait=True)
    camera = Camera(noise=0.5, denoise=0.9, sharpen=0, blur=1.2, quality=30, chroma="4:2:0")
    shot = capture(document.side, camera)
    assert look_for_portrait(subject_of(Exhibit(document, shot))).look.found is Found.UNKNOWN


@pytest.mark.parametrize("change", ["palette", "evened contrast"])
def test_a_picture_enhanced_or_on_few_colours_is_unknown(change: str) -> None:
    subject = subject_of(twin())
    pixels = subject.picture.pixels
    if change == "palette":
        changed = np.array(Image.fromarray(pixels).quantize(64).convert("RGB"))
    else:
        grey = cv2.createCLAHE(4, (8, 8)).apply(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
        changed = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
    picture = replace(subject.picture, pixels=changed)
    assert look_for_portrait(replace(subject, picture=picture)).look.found is Found.UNKNOWN


def test_a_portrait_of_a_few_pixels_is_unknown() -> None:
    subject = subject_of(twin())
    shrunk = cv2.resize(subject.picture.pixels, None, fx=0.12, fy=0.12)
    small = [tuple(0.12 * value for value in corner) for corner in subject.portraits[0].corners]
    portrait = type(subject.portraits[0]).model_validate({"corners": small})
    tiny = Subject(Picture("s.jpg", np.asarray(shrunk, np.uint8)), portraits=(portrait,))
    assert look_for_portrait(tiny).look.found is Found.UNKNOWN
