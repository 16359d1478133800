"""Rendered pages with machine readable zones, photographed ever worse: the reader's stress grid.

A page has one zone with right check digits, other text above it, and a plain security pattern.
`Stress` says what happened to the photograph (`bench.mrz_camera` does it); every page follows from
its seed.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.mrz_camera import PITCH, Box, Grey, Plane, Random, Stress, photographed
from samples.holder import Holder
from samples.mrz_lines import FORMATS, Format, lines

__all__ = ["GRID", "Page", "Stress", "mixed_stress", "page", "stressed"]

_OCR_B = Path("/usr/share/fonts/opentype/ocr-b")
_STATES = ("UTO", "GBR", "USA", "POL", "IND", "PHL", "NGA", "BRA", "CHN", "KOR", "D", "FRA", "UKR")
_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


@dataclass(frozen=True, eq=False)
class Page:
    """A photograph and the zones that are on it."""

    picture: Grey
    format: Format
    lines: tuple[str, ...]
    """Of the zone, or of the first."""
    stress: Stress
    others: tuple[tuple[str, ...], ...] = ()
    """The lines of further zones on the same picture."""

    @property
    def zones(self) -> tuple[tuple[str, ...], ...]:
        return (self.lines, *self.others)


GRID: dict[str, tuple[float, ...]] = {
    "pitch": (4, 5, 6, 7, 8, 10, 14, 20, 28),
    "blur": (0, 0.08, 0.12, 0.16, 0.2, 0.25),
    "motion": (0, 0.15, 0.3, 0.45, 0.6),
    "glare": (0, 0.3, 0.6, 0.8, 0.9, 1),
    "keystone": (0, 15, 30, 35, 40, 45, 55, 65),
    "rotation": (0, 10, 30, 45, 90, 135, 180, 270),
    "curvature": (0, 0.5, 1, 1.5, 2.5, 4),
    "spine": (0, 0.5, 1, 2, 3, 4),
    "noise": (0, 6, 12, 20, 30),
    "contrast": (0.8, 0.5, 0.3, 0.2, 0.12, 0.06),
    "jpeg": (92, 60, 40, 25, 15, 8),
    "shadow": (0, 0.3, 0.6, 0.8, 0.9),
    "laminate": (0, 0.2, 0.4, 0.6),
    "moire": (0, 10, 20, 40),
    "light": (1, 0.5, 0.25, 0.12, 0.06),
    "finger": (0, 0.5, 1, 2, 4),
    "second_page": (0, 1, 2),
    "documents": (1, 2, 3),
    "share": (0.75, 0.5, 0.3, 0.15, 0.1),
}
"""One stress at a time, the others at their defaults."""


def page(stress: Stress, seed: int) -> Page:
    """Renders and photographs one page."""
    random = np.random.default_rng([seed, 40_000])
    newer = np.random.default_rng([seed, 60_000])
    format = FORMATS[int(random.integers(len(FORMATS)))]
    zone = lines(_holder(random), format)
    if stress.share:
        stress = replace(stress, pitch=4000 * stress.share / len(zone[0]))
    ink, box = _ink(zone, random)
    if stress.second_page:
        ink, box = _with_second_page(ink, box, stress.second_page, newer)
    others = []
    for _ in range(1, stress.documents):
        other = lines(_holder(newer), format)
        ink = np.vstack([ink, _ink(other, newer)[0]])
        others.append(other)
    picture = photographed(ink, box, stress, random, newer)
    return Page(picture, format, zone, stress, tuple(others))


def mixed_stress(seed: int) -> Stress:
    """A photograph as they come: everything a little wrong, one or two things badly."""
    random = np.random.default_rng([seed, 50_000])
    worst = {
        "blur": 0.2, "motion": 0.5, "glare": 0.9, "keystone": 38.0, "rotation": 25.0,
        "curvature": 0.8, "noise": 18.0,
    }  # fmt: skip
    names = list(worst)
    bad = set(random.choice(names, int(random.integers(0, 3)), replace=False))
    values = {
        name: float(worst[name] * random.uniform(0, 1 if name in bad else 0.15)) for name in names
    }
    return Stress(
        pitch=float(np.exp(random.uniform(np.log(4.2), np.log(26)))),
        contrast=float(random.uniform(0.25, 0.9)),
        jpeg=int(random.integers(30, 96)),
        **values,  # type: ignore[arg-type]
    )


def harder_stress(seed: int) -> Stress:
    """As `mixed_stress`, with one or two of the newer stresses in every photograph."""
    random = np.random.default_rng([seed, 55_000])
    worst = {
        "spine": 2.5, "shadow": 0.85, "laminate": 0.5, "moire": 30.0, "finger": 3.0,
        "light": 0.1, "second_page": 2.9, "documents": 3.9,
    }  # fmt: skip
    names = random.choice(list(worst), int(random.integers(1, 3)), replace=False)
    bad = {str(name): float(random.uniform(0, worst[name])) for name in names}
    for name in {"second_page", "documents"} & set(bad):
        bad[name] = max(1, int(bad[name]))
    if "light" in bad:
        bad["light"] = max(0.08, 1 - bad["light"] * 9)
    return replace(mixed_stress(seed), **bad)  # type: ignore[arg-type]


def _holder(random: Random) -> Holder:
    letters, digits = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), list("0123456789")

    def words(count: int) -> str:
        return " ".join(
            "".join(random.choice(letters, random.integers(2, 10))) for _ in range(count)
        )

    def number(length: int, letter: float) -> str:
        return "".join(
            random.choice(letters if random.random() < letter else digits) for _ in range(length)
        )

    birth = date(1940, 1, 1) + timedelta(days=int(random.integers(25_000)))
    state = str(random.choice(_STATES))
    return Holder(
        primary=words(int(random.integers(1, 3))),
        secondary=words(int(random.integers(1, 3))),
        number=number(9, 0.25),
        issuer=state,
        nationality=state,
        birth_date=birth,
        sex="FMX"[int(random.integers(3))],  # type: ignore[arg-type]
        expiry=date(2026, 1, 1) + timedelta(days=int(random.integers(3600))),
        personal_number=number(int(random.choice([0, 9, 14])), 0.15),
    )


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_OCR_B / name, 100)
    return ImageFont.truetype(_OCR_B / name, round(100 * PITCH / font.getlength("A")))


def _ink(zone: tuple[str, ...], random: Random) -> tuple[Plane, Box]:
    """A flat page's ink, 0 to 1, and the zone's box on it: left, top, right, bottom."""
    font = _font(str(random.choice(["OCRB.otf", "OCRBS.otf"])))
    step = round(2.5 * PITCH * random.uniform(0.85, 1.1))
    width = PITCH * (len(zone[0]) + 6)
    height = round(width * 0.66)
    image = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(image)
    left, top = 3 * PITCH, height - step * len(zone) - PITCH
    for i, line in enumerate(zone):
        for place, character in enumerate(line):
            pen.text((left + place * PITCH, top + i * step), character, font=font, fill=255)
    sans = ImageFont.truetype(_DEJAVU / "DejaVuSans.ttf", PITCH)
    for y in range(PITCH, top - 2 * PITCH, round(1.6 * PITCH)):
        length = int(random.integers(5, 22))
        words = "".join(random.choice(list("abcdefgh iklmn oprstu ABC 0123"), length))
        pen.text((int(random.integers(width // 3, width // 2)), y), words, font=sans, fill=255)
    box = (left, top, width - left, top + (len(zone) - 1) * step + PITCH)
    return np.asarray(image, np.float32) / np.float32(255), box


def _with_second_page(ink: Plane, box: Box, print_: int, random: Random) -> tuple[Plane, Box]:
    """The page under another one full of print, as an open passport shows them."""
    height, width = ink.shape
    face = "DejaVuSans.ttf" if print_ == 1 else "DejaVuSansMono.ttf"
    font = ImageFont.truetype(_DEJAVU / face, int(random.integers(20, 34)))
    image = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(image)
    letters = list("ABCDEFGHIJKLMNOPRSTUVWZ abcdefghilmnoprstu 0123456789 ./<")
    for y in range(PITCH, height - 2 * PITCH, round(font.size * random.uniform(1.2, 2))):
        words = "".join(random.choice(letters, 90))
        while font.getlength(words) > width - 4 * PITCH:
            words = words[:-1]
        pen.text((2 * PITCH, y), words, font=font, fill=255)
    above = np.asarray(image, np.float32) / np.float32(255)
    left, top, right, bottom = box
    return np.vstack([above, ink]), (left, top + height, right, bottom + height)


def stressed(name: str, value: float) -> Stress:
    """The good photograph with one thing wrong."""
    return replace(Stress(), **{name: type(getattr(Stress(), name))(value)})
