"""Specimen documents say what their holder says, and a tampering changes what it names only."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from samples import tampering
from samples.holder import ANNA, MARTHA
from samples.mrz_lines import FORMATS, Format, check_digit, lines
from samples.photograph import photograph
from samples.portraits import identity_one, identity_two
from samples.specimen import Specimen, render
from samples.tampering import Tampering

PUBLISHED = replace(ANNA, expiry=date(2012, 4, 15))
"""The holder of the specimens printed in ICAO 9303-4 to -7."""


def an_altered_passport(*alterations: Tampering) -> Specimen:
    return render(ANNA, "TD3", identity_one(), dpi=100, tampering=alterations)


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("L898902C3", "6"),
        ("740812", "2"),
        ("120415", "9"),
        ("ZE184226B<<<<<", "1"),
        ("520727", "3"),
    ],
)
def test_check_digits_are_those_of_the_published_specimens(text: str, digit: str) -> None:
    assert check_digit(text) == digit


def test_the_passport_has_the_lines_that_icao_9303_4_prints() -> None:
    assert lines(PUBLISHED, "TD3") == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


def test_the_identity_card_has_the_lines_that_icao_9303_5_prints() -> None:
    holder = replace(PUBLISHED, number="D23145890", personal_number="")
    assert lines(holder, "TD1") == (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )


def test_the_td2_card_has_the_lines_that_icao_9303_6_prints() -> None:
    holder = replace(PUBLISHED, number="D23145890", personal_number="")
    assert lines(holder, "TD2") == (
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    )


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_shows_its_boxes_inside_its_sides(format: Format) -> None:
    document = render(MARTHA, format, identity_two(), dpi=150)
    assert document.printed["surname"] == "VAN DER MEER"
    assert {"portrait", "surname", "birth_date"} <= set(document.face_side.boxes)
    assert "mrz" in document.mrz_side.boxes
    for side in document.sides:
        height, width = side.image.shape[:2]
        for box in side.boxes.values():
            assert 0 <= box.left < box.left + box.width <= width
            assert 0 <= box.top < box.top + box.height <= height


@pytest.mark.parametrize("format", FORMATS)
def test_the_mrz_has_its_ink_in_its_box_and_none_around_it(format: Format) -> None:
    side = render(ANNA, format, identity_one()).mrz_side
    left, top, width, height = (round(value) for value in side.boxes["mrz"])
    dark = side.image.max(axis=2) < 90
    assert dark[top : top + height, left : left + width].mean() > 0.08
    band = dark[top - height // 4 :].copy()
    band[height // 4 - 3 : height // 4 + height + 3, left - 3 : left + width + 3] = False
    assert not band.any()


def test_the_same_document_is_drawn_the_same_twice() -> None:
    once, again = (render(ANNA, "TD3", identity_one(), dpi=100) for _ in range(2))
    assert np.array_equal(once.face_side.image, again.face_side.image)


@pytest.mark.parametrize(
    ("alteration", "changed"),
    [
        (tampering.printed_birth_date(date(1979, 8, 12)), {"birth_date"}),
        (tampering.printed_name("ERICSON", "ANNE"), {"surname", "given_names"}),
        (tampering.printed_number("L898902C8"), {"document_number"}),
    ],
    ids=lambda value: value.kind if isinstance(value, Tampering) else "",
)
def test_reprinting_changes_the_named_fields_and_not_the_mrz(
    alteration: Tampering, changed: set[str]
) -> None:
    honest, altered = an_altered_passport(), an_altered_passport(alteration)
    assert altered.mrz == honest.mrz
    differing = {name for name in honest.printed if altered.printed[name] != honest.printed[name]}
    assert differing == changed
    touched = np.abs(altered.face_side.image.astype(int) - honest.face_side.image).sum(axis=2) > 0
    for name in changed:
        left, top, width, height = (int(value) for value in honest.face_side.boxes[name])
        patch = touched[top - 2 : top + height + 2, left - 2 : left + width + 2]
        assert patch.any()
        patch[:] = False
    assert not touched.any()


@pytest.mark.parametrize("format", FORMATS)
def test_a_wrong_check_digit_is_the_birth_dates_and_nothing_else(format: Format) -> None:
    honest = lines(ANNA, format)
    altered = render(
        ANNA, format, identity_one(), dpi=72, tampering=[tampering.wrong_check_digit()]
    )
    places = [
        (before[:i], before[i], after[i])
        for before, after in zip(honest, altered.mrz, strict=True)
        for i in range(len(before))
        if before[i] != after[i]
    ]
    assert len(places) == 1
    before, right, wrong = places[0]
    assert before.endswith("740812")
    assert (right, wrong) == ("2", "3")


def test_an_altered_mrz_has_fitting_check_digits_and_the_print_keeps_the_truth() -> None:
    altered = an_altered_passport(tampering.mrz_birth_date(date(1979, 8, 12)))
    assert altered.mrz == lines(replace(ANNA, birth_date=date(1979, 8, 12)), "TD3")
    assert altered.printed["birth_date"] == "12 AUG 1974"


def test_a_swapped_portrait_changes_the_picture_and_no_word() -> None:
    honest = an_altered_passport()
    altered = an_altered_passport(tampering.swapped_portrait(identity_two()))
    assert (altered.mrz, altered.printed) == (honest.mrz, honest.printed)
    assert not np.array_equal(altered.face_side.image, honest.face_side.image)


@pytest.mark.parametrize("format", FORMATS)
def test_a_ghost_portrait_stands_clear_of_the_printed_words_and_of_the_zone(format: Format) -> None:
    plain, side = (
        render(ANNA, format, identity_one(), dpi=100, ghost=ghost).face_side
        for ghost in (False, True)
    )
    touched = np.abs(side.image.astype(int) - plain.image).sum(axis=2) > 0
    left, top, width, height = (round(value) for value in side.boxes["ghost"])
    inked = touched[top : top + height, left : left + width]
    assert inked.mean() > 0.5
    inked[:] = False
    assert not touched.any()
    for name in ("document_number", "birth_date", "portrait"):
        box = side.boxes[name]
        beside = box.left + box.width <= left or left + width <= box.left
        assert beside or box.top + box.height <= top + 1 or top + height <= box.top + 1


@pytest.mark.parametrize("ghost", [True, False])
def test_whoever_swaps_the_portrait_leaves_the_ghost_as_it_was(*, ghost: bool) -> None:
    swap = tampering.swapped_portrait(identity_two())
    honest, forged = (
        render(ANNA, "TD3", identity_one(), dpi=100, ghost=ghost, tampering=alterations).face_side
        for alterations in ((), (swap,))
    )
    assert ("ghost" in forged.boxes) is ghost
    changed = np.abs(forged.image.astype(int) - honest.image).sum(axis=2) > 0
    left, top, width, height = (round(value) for value in honest.boxes["portrait"])
    assert changed[top : top + height, left : left + width].mean() > 0.5
    changed[top : top + height, left : left + width] = False
    assert not changed.any()


def test_an_expired_document_says_so_in_both_zones() -> None:
    expired = an_altered_passport(tampering.expired(date(2019, 5, 3)))
    assert expired.printed["expiry_date"] == "03 MAY 2019"
    assert expired.mrz[1][21:27] == "190503"


def test_a_photograph_knows_where_the_document_lies() -> None:
    side = an_altered_passport().face_side
    picture = photograph(side.image, tilt_degrees=20, keystone_degrees=25, background="slate")
    corners = picture.corners_of(side.boxes["mrz"])
    height, width = picture.image.shape[:2]
    assert (corners >= 0).all()
    assert (corners <= (width, height)).all()
    assert picture.image[tuple(corners.mean(axis=0).astype(int)[::-1])].mean() > 120
    assert picture.image[2, 2].mean() < 120


def test_a_holder_whose_name_has_no_place_in_an_mrz_is_refused() -> None:
    with pytest.raises(ValueError, match="primary"):
        replace(ANNA, primary="MÜLLER")
