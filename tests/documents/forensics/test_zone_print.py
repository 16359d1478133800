"""The sign zone_print: letters set into a zone, beside honest zones that only look odd."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from bench.exhibits import subject_of
from models.document import MrzText
from models.finding import Region
from models.forensics import Found
from samples.forgeries.attack import Exhibit, honest
from samples.forgeries.zone_print import ATTACKS, printed_otherwise
from verifiers.documents.forensics.subject import Subject
from verifiers.documents.forensics.zone_print import look_for_zone_print

SEED = 45
"""Of a small picture, which is drawn quickly."""


@cache
def forged(name: str, strength: str) -> Exhibit:
    """The document of this seed, forged so."""
    attack = next(attack for attack in ATTACKS if attack.name == name)
    return attack.make(SEED, strength)


@cache
def untouched() -> Exhibit:
    """Its honest twin."""
    return honest(SEED)


def middle(corners: object) -> np.ndarray:
    return np.asarray(np.asarray(corners, np.float64).mean(axis=0))


def within(region: Region, point: np.ndarray) -> bool:
    corners = np.array(region.corners, np.float32)
    return cv2.pointPolygonTest(corners, (float(point[0]), float(point[1])), False) >= 0


def test_an_honest_zone_shows_nothing() -> None:
    looked = look_for_zone_print(subject_of(untouched()))
    assert looked.look.found is Found.NONE, looked.look.said
    assert "none stands out" in looked.look.said


def test_an_issuer_with_another_cut_of_ocr_b_and_an_uneven_printer_is_not_called() -> None:
    looked = look_for_zone_print(subject_of(printed_otherwise(SEED)))
    assert looked.look.found is Found.NONE, looked.look.said


@pytest.mark.parametrize(
    ("name", "strength", "words"),
    [
        ("date_in_another_font", "plain", "birth date"),
        ("date_off_baseline", "0.2 mm", "the birth date stands 0.2"),
        ("digit_pasted", "0.2 mm", "(in the birth date) stands 0."),
    ],
)
def test_letters_set_into_a_zone_are_found_and_shown_where_they_are(
    name: str, strength: str, words: str
) -> None:
    exhibit = forged(name, strength)
    looked = look_for_zone_print(subject_of(exhibit))
    assert looked.look.found is Found.CLEAR, looked.look.said
    assert words in looked.look.said
    changed = middle(exhibit.capture.quadrilateral(exhibit.changed[0]))
    assert any(within(region, changed) for region in looked.look.where)
    assert looked.heat is not None
    shrink = max(looked.heat.shape) / max(exhibit.capture.pixels.shape[:2])
    x, y = np.rint(changed * shrink).astype(int)
    assert looked.heat[y - 1 : y + 2, x - 1 : x + 2].max() > 0.6
    assert np.median(looked.heat) == 0


def test_a_zone_in_a_sans_serif_face_is_found() -> None:
    looked = look_for_zone_print(subject_of(forged("zone_in_another_font", "plain")))
    assert looked.look.found is Found.CLEAR
    assert "sans serif" in looked.look.said


def test_a_picture_on_its_side_gives_the_same_answer() -> None:
    upright = subject_of(forged("date_off_baseline", "0.2 mm"))
    assert upright.text is not None
    height = upright.picture.height
    turned_corners = tuple((height - 1 - y, x) for x, y in upright.text.region.corners)
    turned = Subject(
        replace(upright.picture, pixels=np.rot90(upright.picture.pixels, -1).copy()),
        text=upright.text.model_copy(
            update={"region": Region.model_validate({"corners": turned_corners})}
        ),
    )
    one, other = look_for_zone_print(upright).look, look_for_zone_print(turned).look
    assert one.score is not None
    assert other.score == pytest.approx(one.score, rel=0.1)


def test_a_region_that_begins_two_letters_early_does_not_mislead() -> None:
    """Readers find lines by their strokes, and a frame beside the zone is one."""
    subject = subject_of(forged("date_off_baseline", "0.2 mm"))
    assert subject.text is not None
    corners = np.array(subject.text.region.corners)
    along = (corners[1] - corners[0]) / len(subject.text.lines[0])
    corners[[0, 3]] -= 2 * along
    region = Region.model_validate({"corners": [tuple(corner) for corner in corners.tolist()]})
    early = replace(subject, text=subject.text.model_copy(update={"region": region}))
    look = look_for_zone_print(early).look
    assert look.found is Found.CLEAR
    assert "the birth date stands 0." in look.said


def test_a_letter_that_was_not_read_surely_is_not_held_against_the_zone() -> None:
    subject = subject_of(untouched())
    assert subject.text is not None
    line, column = 1, 1
    old = subject.text.lines[line]
    misread = "8" if old[column] != "8" else "1"
    lines = list(subject.text.lines)
    lines[line] = old[:column] + misread + old[column + 1 :]

    def read(unsure: tuple[tuple[int, int], ...]) -> MrzText:
        assert subject.text is not None
        return subject.text.model_copy(update={"lines": tuple(lines), "unsure": unsure})

    surely = look_for_zone_print(replace(subject, text=read(()))).look
    unsurely = look_for_zone_print(replace(subject, text=read(((line, column),)))).look
    assert surely.score is not None
    assert unsurely.score is not None
    assert unsurely.score < surely.score


def test_a_picture_in_black_and_white_is_unknown() -> None:
    subject = subject_of(untouched())
    grey = cv2.cvtColor(subject.picture.pixels, cv2.COLOR_RGB2GRAY)
    two = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[1]
    toned = np.asarray(cv2.cvtColor(two, cv2.COLOR_GRAY2RGB), np.uint8)
    picture = replace(subject.picture, pixels=toned)
    assert look_for_zone_print(replace(subject, picture=picture)).look.found is Found.UNKNOWN


def test_letters_too_small_to_measure_are_unknown() -> None:
    subject = subject_of(untouched())
    assert subject.text is not None
    small = cv2.resize(subject.picture.pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    corners = tuple((x / 4, y / 4) for x, y in subject.text.region.corners)
    text = subject.text.model_copy(update={"region": Region.model_validate({"corners": corners})})
    picture = replace(subject.picture, pixels=np.asarray(small, np.uint8))
    looked = look_for_zone_print(Subject(picture, text=text))
    assert looked.look.found is Found.UNKNOWN
    assert "pixels apart" in looked.look.said


def test_a_zone_that_is_not_where_it_is_said_to_be_is_unknown() -> None:
    subject = subject_of(untouched())
    blank = np.full_like(subject.picture.pixels, 200)
    looked = look_for_zone_print(replace(subject, picture=replace(subject.picture, pixels=blank)))
    assert looked.look.found is Found.UNKNOWN


def test_a_picture_without_a_zone_is_unknown() -> None:
    looked = look_for_zone_print(replace(subject_of(untouched()), text=None))
    assert looked.look.found is Found.UNKNOWN
