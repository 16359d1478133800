"""A copy on paper: its dots, its missing colour, and what only looks like them."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from bench.exhibits import subject_of
from models.finding import Region, Strength
from models.forensics import Found, Sign
from samples.forgeries.attack import honest
from samples.forgeries.halftone import scattered, screened, screened_grey
from samples.forgeries.printed_copy import ATTACKS
from verifiers.documents.forensics.look import findings
from verifiers.documents.forensics.printed_copy import look_for_printed_copy
from verifiers.documents.forensics.screen_spectrum import SIDE
from verifiers.documents.forensics.subject import Looked, Subject
from verifiers.picture import Picture

SEED = 58
_PORTRAIT = Region.box(20, 20, 220, 280)
"""That there is one shows that it is a document."""


@cache
def copied(name: str, strength: str) -> Subject:
    (attack,) = (attack for attack in ATTACKS if attack.name == name)
    return subject_of(attack.make(SEED, strength))


@cache
def itself() -> Subject:
    return subject_of(honest(SEED))


def tone(colour: tuple[int, int, int]) -> np.ndarray:
    """A soft picture of one colour and its neighbours, at 600 dpi."""
    rise = np.linspace(-30, 30, 2 * 2 * SIDE)[None, :, None]
    level = np.clip(np.array(colour) + rise, 0, 255) * np.ones((2 * SIDE, 1, 1))
    return level.astype(np.uint8)


def photographed(print_: np.ndarray) -> Looked:
    """At 300 pixels an inch, a little noisy."""
    small = cv2.resize(cv2.GaussianBlur(print_, (0, 0), 1.2), None, fx=0.5, fy=0.5)
    noisy = small + 3 * np.random.default_rng(3).standard_normal(small.shape)
    pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    return look_for_printed_copy(Subject(Picture("copy.jpg", pixels), portraits=(_PORTRAIT,)))


def test_a_colour_lasers_copy_is_seen_by_its_dots_and_the_document_is_not_called_a_copy() -> None:
    forged = look_for_printed_copy(copied("colour_laser_copy", "usual")).look
    twin = look_for_printed_copy(itself()).look

    assert forged.sign is twin.sign is Sign.PRINTED_COPY
    assert forged.found is Found.CLEAR
    assert "dots" in forged.said
    assert "to the inch" in forged.said
    assert forged.where
    assert twin.found is Found.NONE


def test_a_photocopy_is_seen_by_its_missing_colour() -> None:
    subject = copied("photocopy", "far")
    look = look_for_printed_copy(subject).look

    assert look.found is Found.CLEAR
    assert "black-and-white" in look.said
    assert "document itself" in look.said
    assert subject.page
    assert look.where == (subject.page.outline,)


def test_what_cannot_be_seen_is_said() -> None:
    """Never that the document is an original."""
    said = look_for_printed_copy(itself()).look.said

    assert "would not show" in said
    assert "ink-jet" in said
    assert "original" not in said
    assert "authentic" not in said


def test_the_dots_of_both_kinds_of_laser_are_seen() -> None:
    random = np.random.default_rng(1)
    colour = photographed(screened(tone((190, 140, 120)), 600, 100, random)).look
    grey = photographed(screened_grey(tone((160, 160, 160)), 600, 100, random)).look

    assert colour.found is grey.found is Found.CLEAR


def test_plain_tones_and_scattered_dots_show_no_screen_of_dots() -> None:
    """Of ink-jets this check knows nothing; it must not take their noise for a laser's dots."""
    plain = tone((190, 140, 120))

    for print_ in (plain, scattered(plain, np.random.default_rng(2))):
        assert "several places" not in photographed(print_).look.said


def test_a_grid_along_the_page_is_not_a_laser_printers() -> None:
    """The columns and rows of a screen lie along the page that it shows."""
    subject = itself()
    down, across = np.mgrid[: subject.picture.height, : subject.picture.width]
    assert subject.page
    axis = subject.page.to_picture[:2, 0] / np.linalg.norm(subject.page.to_picture[:2, 0])
    found = []
    for turn in (0.0, np.pi / 4):
        x, y = axis * np.cos(turn) + np.array([-axis[1], axis[0]]) * np.sin(turn)
        grid = np.cos(2 * np.pi * (across * x + down * y) / 2.8)
        grid += np.cos(2 * np.pi * (down * x - across * y) / 2.8)
        pixels = np.clip(subject.picture.pixels + 5.0 * grid[..., None], 0, 255).astype(np.uint8)
        picture = Picture("grid.jpg", pixels)
        found.append(look_for_printed_copy(Subject(picture, page=subject.page)).look.found)

    assert found == [Found.NONE, Found.CLEAR]


def test_a_picture_too_small_is_unknown() -> None:
    pixels = np.full((SIDE - 1, SIDE, 3), 200, np.uint8)

    look = look_for_printed_copy(Subject(Picture("small.jpg", pixels), portraits=(_PORTRAIT,))).look
    assert look.found is Found.UNKNOWN
    assert look.score is None


def test_grey_is_missed_on_a_known_page_only() -> None:
    """Bills, diplomas and a lens cap are grey by themselves."""
    grey = cv2.cvtColor(itself().picture.pixels, cv2.COLOR_RGB2GRAY)
    bill = Picture("bill.jpg", np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8))

    for subject in (Subject(bill), Subject(bill, portraits=(_PORTRAIT,))):
        assert look_for_printed_copy(subject).look.found is Found.UNKNOWN
    assert look_for_printed_copy(placed(bill)).look.found is Found.CLEAR


def test_a_grey_scan_of_the_document_is_asked_for_again_and_no_more() -> None:
    grey = cv2.cvtColor(itself().picture.pixels, cv2.COLOR_RGB2GRAY)
    scan = Picture("scan.jpg", np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8))
    look = look_for_printed_copy(placed(scan)).look
    other = look.model_copy(update={"sign": Sign.EDITED_FILE})

    for beside in ((), (other,)):
        (finding,) = (f for f in findings((look, *beside)) if "printed_copy" in f.code)
        assert finding.strength is Strength.WEAK
        assert "set to grey" in finding.for_recruiter
        assert "set to grey" in str(finding.innocent_explanation)
        assert "in colour" in str(finding.question)


@pytest.mark.parametrize("level", [10, 200])
def test_a_dark_or_blank_page_is_not_missed_its_colour(level: int) -> None:
    noise = np.random.default_rng(4).integers(-4, 5, itself().picture.pixels.shape)
    frame = Picture("frame.jpg", (level + noise).astype(np.uint8))

    assert look_for_printed_copy(placed(frame)).look.found is Found.NONE


def placed(picture: Picture) -> Subject:
    """Another picture with the page where the document's is."""
    subject = itself()
    assert subject.page
    return replace(subject, picture=picture, page=replace(subject.page, picture=picture))
