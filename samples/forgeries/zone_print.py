"""Forged machine readable zones: another type, another size or place, a digit pasted or retyped.

A forger who changes a birth date must change the zone too, check digits included. What gives it
away is the print: 9303-3 §4 has it all in one OCR-B, one pitch, one baseline.
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from samples import layout, mrz_lines
from samples.capture import capture
from samples.captured_documents import Drawn, drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.forgeries.zone_type import Setting, Type, blank, cell, ink, printed
from samples.layout import Box
from samples.portraits import RgbImage
from samples.specimen import Specimen

Place = tuple[int, int, int]
"""Line, first column, column after the last."""
Homography = npt.NDArray[np.float64]

_DATES = {"TD1": (1, 0), "TD2": (1, 13), "TD3": (1, 13), "MRV-A": (1, 13), "MRV-B": (1, 13)}
_NUMBERS = {"TD1": (0, 5), "TD2": (1, 0), "TD3": (1, 0), "MRV-A": (1, 0), "MRV-B": (1, 0)}
_OCR_B = Type()
_document = lru_cache(maxsize=1)(drawn)
"""One document is forged in many ways: the last is kept, and so is its blank (`zone_type`)."""


def printed_otherwise(seed: int) -> Exhibit:
    """Not a forgery: the document of this number from an issuer with another printer.

    Another cut of OCR-B (each letter a little wider, higher, or beside the place of ours), square
    or round ends, heavier or lighter, larger or smaller, and a printer that places no letter quite
    exactly or inks none quite evenly.
    """
    random = np.random.default_rng([seed, 73_000])
    document = _document(seed)
    face = str(random.choice(["OCR-B", "OCR-B, square ends"]))
    cut = dict(zip(_CHARACTERS, random.normal(0, 1, (len(_CHARACTERS), 4)), strict=True))
    strange = float(random.uniform(0, 0.02))
    unsteady, uneven = float(random.uniform(0, 0.03)), float(random.uniform(0, 0.06))
    size, wide = float(random.normal(1, 0.025)), float(random.normal(1, 0.015))
    weight, dark = float(random.normal(0, 0.04)), float(random.uniform(0.75, 1))

    def setting(_line: int, _column: int, character: str) -> Type:
        width, height, right, down = strange * cut[character]
        jolt = unsteady * random.normal(0, 1, 2)
        return Type(
            face,
            size * wide * (1 + width),
            size * (1 + height),
            right=1.5 * right + jolt[0],
            down=1.5 * down + jolt[1],
            weight=weight,
            ink=min(1.0, dark * (1 - abs(uneven * random.normal()))),
        )

    return _reprinted(document, document.specimen.mrz, setting, ())


_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"


def _whole_zone(seed: int, how: Type) -> Exhibit:
    document = _document(seed)
    specimen = document.specimen
    return _reprinted(document, specimen.mrz, lambda *_: how, _everywhere(specimen))


def _zone_in_another_font(seed: int, strength: str) -> Exhibit:
    hows = {
        # Letters as wide as OCR-B's; else as the face has them, which is 8 % wider.
        "fitted": Type("sans mono", width=0.92),
        "plain": Type("sans mono"),
        "proportional": Type("proportional"),
    }
    return _whole_zone(seed, hows[strength])


def _zone_of_another_size(seed: int, strength: str) -> Exhibit:
    larger = 1 + _number(strength) / 100
    return _whole_zone(seed, Type(width=larger, height=larger))


def _line_off_pitch(seed: int, strength: str) -> Exhibit:
    document, lines, (line, _, _) = _another_birth_date(seed)
    drift = _number(strength) / 100 * layout.MRZ_CHARACTER_PITCH

    def setting(at: int, column: int, _character: str) -> Type:
        return Type(right=drift * column) if at == line else _OCR_B

    return _reprinted(document, lines, setting, ((line, 0, len(lines[line])),))


def _date_set(seed: int, how: Type) -> Exhibit:
    document, lines, place = _another_birth_date(seed)
    return _reprinted(document, lines, _in_place(place, how), (place,))


def _date_in_another_font(seed: int, strength: str) -> Exhibit:
    return _date_set(seed, Type("sans mono", width=0.92 if strength == "fitted" else 1.0))


def _date_larger(seed: int, strength: str) -> Exhibit:
    larger = 1 + _number(strength) / 100
    return _date_set(seed, Type(width=larger, height=larger))


def _date_off_baseline(seed: int, strength: str) -> Exhibit:
    return _date_set(seed, Type(down=_number(strength)))


def _date_off_pitch(seed: int, strength: str) -> Exhibit:
    return _date_set(seed, Type(right=_number(strength)))


def _number_in_another_font(seed: int, strength: str) -> Exhibit:
    document = _document(seed)
    specimen = document.specimen
    random = np.random.default_rng([seed, 74_000])
    number = "".join(random.choice(list("ABCDEFGHJKLMNPRSTVWXYZ0123456789"), 9))
    lines = mrz_lines.lines(replace(specimen.holder, number=number), specimen.format)
    line, start = _NUMBERS[specimen.format]
    place = (line, start, start + 10)
    how = Type("sans mono", width=0.92 if strength == "fitted" else 1.0)
    return _reprinted(document, lines, _in_place(place, how), (place,))


def _digit_pasted(seed: int, strength: str) -> Exhibit:
    """On the picture: the year's last digit covered with another digit of the same line."""
    random = np.random.default_rng([seed, 75_000])
    document = _document(seed)
    specimen = document.specimen
    line, start = _DATES[specimen.format]
    text = specimen.mrz[line]
    target = start + 1
    others = [at for at, c in enumerate(text) if c.isdigit() and c != text[target]]
    source = int(random.choice(others))
    angle = random.uniform(0, 2 * np.pi)
    off = _number(strength) * specimen.dpi / 25.4 * np.array([np.cos(angle), np.sin(angle)])
    new = text[:target] + text[source] + text[target + 1 :]
    changed = cell(specimen, line, target, target + 1)

    def pasted(picture: RgbImage, place: Homography) -> RgbImage:
        across = np.eye(3)
        along = (target - source) * layout.MRZ_CHARACTER_PITCH * specimen.dpi / 25.4
        across[:2, 2] = (off[0] + along, off[1])
        way = place @ across @ np.linalg.inv(place)
        size = picture.shape[1], picture.shape[0]
        moved = cv2.warpPerspective(picture, way, size, flags=cv2.INTER_CUBIC)
        share = cv2.GaussianBlur(_mask(changed, place, size), (0, 0), 0.8)[..., None]
        return np.asarray(picture * (1 - share) + moved * share + 0.5).astype(np.uint8)

    forged = _with_lines(document, (*specimen.mrz[:line], new, *specimen.mrz[line + 1 :]))
    shot = capture(document.side, document.camera, developed=pasted)
    return Exhibit(forged, shot, (changed,))


def _date_retyped_on_picture(seed: int, strength: str) -> Exhibit:
    """On the picture: old digits painted over, new ones set in OCR-B at the right place."""
    document, lines, place = _another_birth_date(seed)
    specimen = document.specimen
    random = np.random.default_rng([seed, 76_000])

    def only(how: Type) -> Setting:
        places = _retyped(specimen.mrz, lines, place)
        return lambda line, column, _: how if (line, column) in places else None

    old = ink(specimen, specimen.mrz, only(Type(weight=0.12)))
    new = ink(specimen, lines, only(Type(ink=1.0 if strength == "clean" else 0.92)))

    def retyped(picture: RgbImage, way: Homography) -> RgbImage:
        size = picture.shape[1], picture.shape[0]
        gone = cv2.dilate(cv2.warpPerspective(old, way, size), np.ones((3, 3)))
        hole = np.asarray(gone > 0.1, np.uint8)
        paper = np.asarray(cv2.inpaint(picture, hole, 4, cv2.INPAINT_TELEA), np.uint8)
        fresh = cv2.warpPerspective(new, way, size)
        if strength != "clean":
            fresh = cv2.GaussianBlur(fresh, (0, 0), 0.5 + document.camera.blur)
        result = np.asarray(printed(paper, np.asarray(fresh, np.float32)), np.float32)
        if strength == "matched":
            noise = 0.7 * document.camera.noise * random.standard_normal(picture.shape[:2])
            touched = cv2.GaussianBlur(np.maximum(gone, fresh), (0, 0), 1)
            result += (noise * np.minimum(1, 2 * touched))[..., None]
        return np.asarray(np.clip(result + 0.5, 0, 255), np.uint8)

    shot = capture(document.side, document.camera, developed=retyped)
    changed = cell(specimen, *place)
    return Exhibit(_with_lines(document, lines), shot, (changed,))


def _another_birth_date(seed: int) -> tuple[Drawn, tuple[str, ...], Place]:
    """The document, its lines with another birth date, and where date and check digit stand."""
    random = np.random.default_rng([seed, 77_000])
    document = _document(seed)
    specimen = document.specimen
    born = date(
        1950 + int(random.integers(55)), int(random.integers(1, 13)), int(random.integers(1, 29))
    )
    lines = mrz_lines.lines(replace(specimen.holder, birth_date=born), specimen.format)
    line, start = _DATES[specimen.format]
    return document, lines, (line, start, start + 7)


def _retyped(old: tuple[str, ...], new: tuple[str, ...], place: Place) -> set[tuple[int, int]]:
    """What a forger sets anew: the field, and the composite check digit where it changed."""
    line, start, end = place
    beyond = {
        (row, column)
        for row, (was, is_) in enumerate(zip(old, new, strict=True))
        for column in range(len(was))
        if was[column] != is_[column]
    }
    return beyond | {(line, column) for column in range(start, end)}


def _in_place(place: Place, how: Type) -> Setting:
    line, start, end = place
    return lambda at, column, _: how if at == line and start <= column < end else _OCR_B


def _everywhere(specimen: Specimen) -> tuple[Place, ...]:
    return tuple((line, 0, len(text)) for line, text in enumerate(specimen.mrz))


def _reprinted(
    document: Drawn, lines: tuple[str, ...], setting: Setting, changed: tuple[Place, ...]
) -> Exhibit:
    """The document with its zone printed so, and photographed."""
    specimen = document.specimen
    sheet = printed(blank(specimen).image, ink(specimen, lines, setting))
    boxes = tuple(cell(specimen, *place) for place in changed)
    return Exhibit(_with_lines(document, lines), capture(sheet, document.camera), boxes)


def _with_lines(document: Drawn, lines: tuple[str, ...]) -> Drawn:
    return replace(document, specimen=replace(document.specimen, mrz=lines))


def _mask(box: Box, place: Homography, size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """1 where a box of the flat document, with a little beside it, lies on the picture."""
    left, top, width, height = box
    rim = 0.08 * height
    corners = [
        [left, top - rim],
        [left + width, top - rim],
        [left + width, top + height + rim],
        [left, top + height + rim],
    ]
    seen = cv2.perspectiveTransform(np.array([corners]), place)[0]
    mask = np.zeros((size[1], size[0]), np.float32)
    cv2.fillConvexPoly(mask, np.rint(seen).astype(np.int32), 1.0)
    return mask


def _number(strength: str) -> float:
    """Of "0.1 mm", 0.1."""
    return float(strength.split()[0])


ATTACKS = (
    Attack(
        "zone_in_another_font",
        "The whole zone is set in a sans serif face at OCR-B's pitch and height.",
        ("fitted", "plain", "proportional"),
        _zone_in_another_font,
    ),
    Attack(
        "zone_of_another_size",
        "The whole zone is set in OCR-B too large for its pitch.",
        ("3 %", "6 %", "10 %"),
        _zone_of_another_size,
    ),
    Attack(
        "line_off_pitch",
        "The line with the birth date is set again at too wide a pitch.",
        ("0.3 %", "0.7 %", "1.5 %"),
        _line_off_pitch,
    ),
    Attack(
        "date_in_another_font",
        "The birth date is set in a sans serif face.",
        ("fitted", "plain"),
        _date_in_another_font,
    ),
    Attack(
        "number_in_another_font",
        "The document number is set in a sans serif face.",
        ("fitted", "plain"),
        _number_in_another_font,
    ),
    Attack(
        "date_larger",
        "The birth date is set in OCR-B, too large.",
        ("3 %", "5 %", "8 %"),
        _date_larger,
    ),
    Attack(
        "date_off_baseline",
        "The birth date is set in OCR-B, too low.",
        ("0.1 mm", "0.2 mm", "0.3 mm"),
        _date_off_baseline,
    ),
    Attack(
        "date_off_pitch",
        "The birth date is set in OCR-B, too far right.",
        ("0.1 mm", "0.2 mm", "0.3 mm"),
        _date_off_pitch,
    ),
    Attack(
        "digit_pasted",
        "On the picture, one digit of the birth date is covered with another of the zone.",
        ("0.05 mm", "0.1 mm", "0.2 mm"),
        _digit_pasted,
    ),
    Attack(
        "date_retyped_on_picture",
        "On the picture, the birth date is painted over and typed anew in OCR-B.",
        ("matched", "smooth", "clean"),
        _date_retyped_on_picture,
    ),
)
