"""A picture of a screen: its grid and its coloured moiré, and what only looks like them."""

from functools import cache

import numpy as np
import pytest

from bench.exhibits import subject_of
from models.finding import Region
from models.forensics import Found, Sign
from samples.forgeries.attack import honest
from samples.forgeries.screen import ATTACKS
from samples.licence import render_licence
from samples.licence_payload import Cardholder
from samples.portraits import identity_one
from verifiers.documents.forensics.printed_copy import look_for_printed_copy
from verifiers.documents.forensics.screen import THRESHOLDS, look_for_screen
from verifiers.documents.forensics.screen_spectrum import SIDE, patches
from verifiers.documents.forensics.subject import Looked, Subject
from verifiers.picture import Picture, Pixels

SEED = 58
"""A small sharp picture, quick to render."""
_PORTRAIT = Region.box(20, 20, 220, 280)
"""That there is one shows that it is a document."""


@cache
def shown(strength: str) -> Subject:
    (attack,) = ATTACKS
    return subject_of(attack.make(SEED, strength))


@cache
def itself() -> Subject:
    return subject_of(honest(SEED))


def paper(*, noise: float = 4.0, side: int = 2 * SIDE) -> np.ndarray:
    random = np.random.default_rng(5)
    return 170 + noise * random.standard_normal((side, side, 3))


def wave(length: float, degrees: float, side: int = 2 * SIDE) -> np.ndarray:
    down, across = np.mgrid[:side, :side]
    turn = np.radians(degrees)
    along = across * np.cos(turn) + down * np.sin(turn)
    return np.asarray(np.cos(2 * np.pi * along / length))


def look(picture: np.ndarray) -> Looked:
    pixels: Pixels = np.clip(picture, 0, 255).astype(np.uint8)
    return look_for_screen(Subject(Picture("picture.jpg", pixels), portraits=(_PORTRAIT,)))


def test_a_document_photographed_from_a_monitor_is_seen_and_the_document_itself_is_not() -> None:
    forged, twin = look_for_screen(shown("monitor")).look, look_for_screen(itself()).look

    assert forged.sign is twin.sign is Sign.SCREEN
    assert forged.found is Found.CLEAR
    assert twin.found is Found.NONE
    assert forged.where
    assert "document itself" in forged.said


def test_the_places_and_the_heat_lie_on_the_document() -> None:
    subject = shown("monitor")
    looked = look_for_screen(subject)

    assert subject.page
    assert looked.heat is not None
    left, top, right, bottom = subject.page.outline.bounds
    for place in looked.look.where:
        middle = np.mean(place.corners, axis=0)
        assert left < middle[0] < right
        assert top < middle[1] < bottom
    assert looked.heat.max() > 0.5
    assert looked.heat[0, 0] < looked.heat.max()


@pytest.mark.parametrize("degrees", [4, 30, 61])
def test_waves_of_colour_below_the_noise_are_seen(degrees: float) -> None:
    moire = 2.0 * wave(2.9, degrees)[..., None] * [1, -1, 1]

    assert look(paper() + moire).look.found is Found.CLEAR
    assert look(paper()).look.found is Found.NONE


def test_a_grid_is_seen_and_parallel_lines_alone_are_not() -> None:
    """Security print has dense parallel lines; a screen has columns and rows."""
    columns, rows = (4.0 * wave(2.7, degrees)[..., None] for degrees in (12, 102))

    assert look(paper() + columns + rows).look.found is Found.CLEAR
    assert look(paper() + columns).look.found is Found.NONE


def test_coarse_crossed_colours_are_security_print_and_not_a_screen() -> None:
    """Rosettes and small letters repeat from 0.4 mm on, here every millimetre."""
    crossed = sum(6.0 * wave(9.5, degrees)[..., None] * [1, -1, 1] for degrees in (33, 123))

    assert look(paper() + crossed).look.found is Found.NONE


def test_the_blocks_of_a_jpeg_are_not_a_screen() -> None:
    blocks = np.zeros((2 * SIDE, 2 * SIDE, 1))
    blocks[::8], blocks[:, ::8] = 6, 6

    assert look(paper() + blocks).look.found is Found.NONE


def test_a_pattern_in_one_place_is_not_a_screen() -> None:
    moire = 6.0 * wave(2.9, 30)[..., None] * [1, -1, 1]
    moire[SIDE:], moire[:, SIDE:] = 0, 0
    pixels = np.clip(paper() + moire, 0, 255).astype(np.uint8)
    places = patches(Picture("picture.jpg", pixels), None)

    assert max(place.colour.height for place in places) > 10
    outer = [place for place in places if place.left >= SIDE or place.top >= SIDE]
    assert outer
    assert max(place.colour.height for place in outer) < THRESHOLDS[0]


def test_a_turned_picture_gives_the_same_outcome() -> None:
    moire = paper() + 3.0 * wave(2.9, 25)[..., None] * [1, -1, 1]

    upright, turned = look(moire).look, look(np.rot90(moire)).look
    assert upright.found is turned.found is Found.CLEAR


def test_a_picture_too_small_or_too_smooth_is_unknown() -> None:
    small = look(paper(side=SIDE - 1)).look
    smooth = look(paper(noise=0.0)).look

    assert small.found is smooth.found is Found.UNKNOWN
    assert small.score is smooth.score is None
    assert "smaller" in small.said
    assert "compressed" in smooth.said


def test_the_bars_of_a_licences_back_are_not_a_screens_grid() -> None:
    back = Picture("back.png", render_licence(Cardholder(), identity_one(), dpi=600).back)
    barcode = Region.box(190, 210, 1820, 640)
    scanned = (Subject(back), Subject(back, barcodes=(barcode,)))

    for subject in scanned:
        assert look_for_screen(subject).look.found in (Found.NONE, Found.UNKNOWN)
        assert look_for_printed_copy(subject).look.found in (Found.NONE, Found.UNKNOWN)
    everywhere, elsewhere = patches(back, None), patches(back, None, (barcode,))
    assert 0 < len(elsewhere) < len(everywhere)
