"""Portraits on pages that lie anyhow: found, upright, told from whoever else is in the picture."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from samples.holder import ANNA
from samples.mrz_lines import Format
from samples.portraits import identity_one
from samples.specimen import Side, render
from tests.faces.conftest import picture, scaled
from tests.faces.pages import a_page, page_on, pasted
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import CutFace, Portrait
from verifiers.faces.cutout import CROP_SIZE
from verifiers.faces.portraits import find_portrait, find_portraits
from verifiers.page import Page
from verifiers.picture import Picture, Pixels


@cache
def the_side(format: Format = "TD3", *, back: bool = False) -> Side:
    """Anna's document as it would be scanned at 200 dpi."""
    return render(ANNA, format, identity_one(), dpi=200).sides[-1 if back else 0]


def on_page(engine: OnnxEngine, page: Page) -> Portrait:
    (found,) = find_portraits(engine, page.picture, [page])
    return found


def centre(corners: object) -> NDArray[np.float64]:
    middle: NDArray[np.float64] = np.asarray(corners, dtype=np.float64).mean(axis=0)
    return middle


def likeness(one: Pixels, other: Pixels) -> float:
    """Correlation of the middles of two crops, where the faces are."""
    parts = [cv2.GaussianBlur(p, (0, 0), 4)[100:340, 90:270].astype(float) for p in (one, other)]
    return float(np.corrcoef(parts[0].ravel(), parts[1].ravel())[0, 1])


@pytest.fixture(scope="module")
def upright(engine: OnnxEngine) -> CutFace:
    """The portrait of the page as it was drawn."""
    side = the_side()
    cut = on_page(engine, page_on(side.image, np.eye(3), side, "TD3")).cut
    assert cut
    return cut


@pytest.mark.parametrize(("tilt", "keystone"), [(30, 25), (-120, 15)])
def test_the_portrait_of_a_page_that_lies_anyhow_is_cut_out_upright(
    engine: OnnxEngine, upright: CutFace, tilt: float, keystone: float
) -> None:
    side = the_side()
    page, photo = a_page(side, "TD3", tilt=tilt, keystone=keystone)
    portrait = on_page(engine, page)
    assert portrait.cut
    assert portrait.page is page
    assert portrait.cut.crop.shape == (CROP_SIZE[1], CROP_SIZE[0], 3)
    assert portrait.cut.quality.good
    assert likeness(portrait.cut.crop, upright.crop) > 0.9
    same = np.linalg.norm(portrait.cut.described.descriptor - upright.described.descriptor)
    assert same < 0.2
    # On the sender's picture the box lies in the photograph, and its top is where its head is.
    true = photo.corners_of(side.boxes["portrait"])
    x, y = centre(portrait.cut.box.corners)
    assert cv2.pointPolygonTest(true.astype(np.float32), (float(x), float(y)), False) > 0
    top, bottom = centre(portrait.cut.box.corners[:2]), centre(portrait.cut.box.corners[2:])
    down = centre(true[2:]) - centre(true[:2])
    assert (bottom - top) @ down > 0.9 * np.linalg.norm(bottom - top) * np.linalg.norm(down)


@pytest.mark.parametrize("tilt", [180, -35])
def test_a_front_without_a_zone_is_turned_until_its_portrait_is_upright(
    engine: OnnxEngine, upright: CutFace, tilt: float
) -> None:
    page, _ = a_page(the_side("TD1"), "TD1", tilt=tilt)
    portrait = find_portrait(engine, page.picture)
    assert portrait.cut
    assert likeness(portrait.cut.crop, upright.crop) > 0.9


def test_a_portrait_of_seventy_pixels_is_found_and_its_size_is_told(engine: OnnxEngine) -> None:
    side = the_side()
    small = scaled(side.image, 72 / side.boxes["portrait"].width)
    factor = small.shape[1] / side.image.shape[1]
    portrait = on_page(engine, page_on(small, np.diag([factor, factor, 1.0]), side, "TD3"))
    assert portrait.cut
    assert portrait.cut.quality.inter_eye_distance == pytest.approx(18, abs=3)
    assert any(
        "18 pixels" in p or "pixels between the eyes" in p for p in portrait.cut.quality.problems
    )


def test_a_portrait_in_black_and_white_is_found(engine: OnnxEngine, upright: CutFace) -> None:
    side = the_side()
    grey = cv2.cvtColor(cv2.cvtColor(side.image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    cut = on_page(engine, page_on(np.asarray(grey, np.uint8), np.eye(3), side, "TD3")).cut
    assert cut
    assert np.linalg.norm(cut.described.descriptor - upright.described.descriptor) < 0.24


def test_a_larger_face_beside_the_page_is_not_the_portrait(
    engine: OnnxEngine, upright: CutFace, hopper: Pixels
) -> None:
    side = the_side()
    height = side.image.shape[0]
    face = np.asarray(cv2.resize(hopper, (height, height)), np.uint8)
    picture_of_both = np.hstack([side.image, face])
    portrait = on_page(engine, page_on(picture_of_both, np.eye(3), side, "TD3"))
    assert portrait.cut
    assert likeness(portrait.cut.crop, upright.crop) > 0.9


def test_the_front_beside_its_back_gives_the_portrait_and_whoever_holds_the_card_does_not(
    engine: OnnxEngine, hopper: Pixels
) -> None:
    front, back = the_side("TD1"), the_side("TD1", back=True)
    both = np.vstack([back.image, front.image])
    (portrait,) = find_portraits(engine, (sent := Picture("both.png", both)), [_on(sent, back)])
    assert portrait.cut
    assert portrait.page is None
    assert centre(portrait.cut.box.corners)[1] > back.image.shape[0]

    face = np.asarray(cv2.resize(hopper, (1000, 1000)), np.uint8)
    shown = np.vstack([face, np.full((400, 1000, 3), 90, np.uint8)])
    held = Picture("held.png", pasted(shown, back.image, 160, 960))
    (nobody,) = find_portraits(
        engine, held, [_on(held, back, np.array([[1.0, 0, 160], [0, 1, 960], [0, 0, 1]]))]
    )
    assert nobody.cut is None
    assert nobody.problem
    assert "held.png" in nobody.problem


def test_a_page_of_print_without_a_portrait_has_none_whichever_way_it_lies(
    engine: OnnxEngine,
) -> None:
    # Turned like this the detector takes three lines of the zone for a face, hardly surely.
    sent = picture(np.rot90(the_side("TD1", back=True).image), "back.png")
    portrait = find_portrait(engine, sent)
    assert portrait.cut is None
    assert portrait.problem
    assert "back.png" in portrait.problem


def _on(sent: Picture, side: Side, place: np.ndarray | None = None) -> Page:
    page = page_on(sent.pixels, np.eye(3) if place is None else place, side, "TD1")
    return replace(page, picture=sent)
