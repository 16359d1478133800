"""Rendered pages with a machine readable zone, photographed ever worse: the reader's stress grid.

One page has one zone with right check digits, other text above it, and a plain security pattern.
`Stress` says what happened to the photograph; every page follows from its seed.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.holder import Holder
from samples.mrz_lines import FORMATS, Format, lines

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]
Random = np.random.Generator

_OCR_B = Path("/usr/share/fonts/opentype/ocr-b")
_STATES = ("UTO", "GBR", "USA", "POL", "IND", "PHL", "NGA", "BRA", "CHN", "KOR", "D", "FRA", "UKR")
_SANS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_PITCH = 24
"""Pixels from character to character on the flat page."""


@dataclass(frozen=True)
class Stress:
    """What happened to a photograph; the defaults are a good one."""

    pitch: float = 14.0
    """Pixels from character to character, before perspective."""
    blur: float = 0.0
    """Standard deviation, as a share of the pitch."""
    motion: float = 0.0
    """Length of the trail, as a share of the pitch."""
    glare: float = 0.0
    """0 to 1, where 1 leaves white paper only."""
    keystone: float = 0.0
    """Degrees by which the camera leans away, to a side chosen at random."""
    rotation: float = 0.0
    """Degrees."""
    curvature: float = 0.0
    """By how much the lines' middle hangs through, in pitches."""
    noise: float = 0.0
    """Standard deviation in 8-bit levels."""
    contrast: float = 0.8
    jpeg: int = 92
    """Quality."""


@dataclass(frozen=True, eq=False)
class Page:
    """A photograph and the zone that is on it."""

    picture: Grey
    format: Format
    lines: tuple[str, ...]
    stress: Stress


GRID: dict[str, tuple[float, ...]] = {
    "pitch": (4, 5, 6, 7, 8, 10, 14, 20, 28),
    "blur": (0, 0.08, 0.12, 0.16, 0.2, 0.25),
    "motion": (0, 0.15, 0.3, 0.45, 0.6),
    "glare": (0, 0.3, 0.6, 0.8, 0.9, 1),
    "keystone": (0, 10, 20, 30, 35, 40, 45),
    "rotation": (0, 10, 30, 45, 90, 135, 180, 270),
    "curvature": (0, 0.25, 0.5, 1, 1.5),
    "noise": (0, 6, 12, 20, 30),
    "contrast": (0.8, 0.5, 0.3, 0.2, 0.12),
    "jpeg": (92, 60, 40, 25, 15),
}
"""One stress at a time, the others at their defaults."""


def page(stress: Stress, seed: int) -> Page:
    """Renders and photographs one page."""
    random = np.random.default_rng([seed, 40_000])
    format = FORMATS[int(random.integers(len(FORMATS)))]
    zone = lines(_holder(random), format)
    ink, box = _ink(zone, random)
    return Page(_photographed(ink, box, stress, random), format, zone, stress)


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
        **values,
    )


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
    return ImageFont.truetype(_OCR_B / name, round(100 * _PITCH / font.getlength("A")))


def _ink(zone: tuple[str, ...], random: Random) -> tuple[Plane, tuple[int, int, int, int]]:
    """A flat page's ink, 0 to 1, and the zone's box on it: left, top, right, bottom."""
    font = _font(str(random.choice(["OCRB.otf", "OCRBS.otf"])))
    step = round(2.5 * _PITCH * random.uniform(0.85, 1.1))
    width = _PITCH * (len(zone[0]) + 6)
    height = round(width * 0.66)
    image = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(image)
    left, top = 3 * _PITCH, height - step * len(zone) - _PITCH
    for i, line in enumerate(zone):
        for place, character in enumerate(line):
            pen.text((left + place * _PITCH, top + i * step), character, font=font, fill=255)
    sans = ImageFont.truetype(_SANS, _PITCH)
    for y in range(_PITCH, top - 2 * _PITCH, round(1.6 * _PITCH)):
        length = int(random.integers(5, 22))
        words = "".join(random.choice(list("abcdefgh iklmn oprstu ABC 0123"), length))
        pen.text((int(random.integers(width // 3, width // 2)), y), words, font=sans, fill=255)
    box = (left, top, width - left, top + (len(zone) - 1) * step + _PITCH)
    return np.asarray(image, np.float32) / np.float32(255), box


def _photographed(
    ink: Plane, box: tuple[int, int, int, int], stress: Stress, random: Random
) -> Grey:
    height, width = ink.shape
    x = np.arange(width, dtype=np.float32)[None]
    y = np.arange(height, dtype=np.float32)[:, None]
    wave = np.sin(x / random.uniform(4, 30) + 3 * np.sin(y / random.uniform(20, 90)))
    paper = random.uniform(170, 240) + random.uniform(2, 12) * wave
    flat = paper * (1 - stress.contrast * ink)
    if stress.glare:
        spot_x, spot_y = random.uniform(box[0], box[2]), random.uniform(box[1], box[3])
        reach = random.uniform(3, 8) * _PITCH
        spot = np.exp(-(((x - spot_x) / reach) ** 2) - ((y - spot_y) / reach) ** 2)
        flat = flat + (255 - flat) * np.minimum(1, 1.3 * spot) * stress.glare
    view, size = _view(width, height, stress, random)
    rows = np.broadcast_to(y, flat.shape)
    if stress.curvature:
        across = x / width * 2 - 1
        rows = rows - stress.curvature * _PITCH * (1 - across**2)
        columns = np.broadcast_to(x, flat.shape)
        flat = cv2.remap(
            flat.astype(np.float32), columns, rows.astype(np.float32), cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
    shrink = stress.pitch / _PITCH
    if shrink < 1:  # warpPerspective does not average over what it shrinks.
        flat = cv2.GaussianBlur(flat, (0, 0), 0.45 / shrink)
    table = random.uniform(30, 140)
    photo = cv2.warpPerspective(
        flat.astype(np.float32), view, size, flags=cv2.INTER_LINEAR, borderValue=(table,)
    )
    if stress.blur * stress.pitch > 0.2:
        photo = cv2.GaussianBlur(photo, (0, 0), stress.blur * stress.pitch)
    if stress.motion * stress.pitch > 1:
        photo = _moved(photo, stress.motion * stress.pitch, random)
    photo = photo + stress.noise * random.standard_normal(photo.shape, np.float32)
    pixels = np.clip(photo, 0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(stress.jpeg)])[1]
    decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    assert decoded is not None, "a JPEG written a moment ago"
    return np.asarray(decoded, np.uint8)


def _view(
    width: int, height: int, stress: Stress, random: Random
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Homography from the flat page to the photograph, and the photograph's width and height."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    lean = np.radians(stress.keystone)
    way = random.uniform(0, 2 * np.pi)
    centred = corners - corners.mean(axis=0)
    towards = centred @ (np.cos(way), np.sin(way))
    square = np.outer(towards * (1 - np.cos(lean)), (np.cos(way), np.sin(way)))
    distance = 1.4 * max(width, height)
    seen = (centred - square) / (1 + towards * np.sin(lean) / distance)[:, None]
    turn = np.radians(stress.rotation)
    seen = seen @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    seen *= stress.pitch / _PITCH
    seen += 2 * stress.pitch - seen.min(axis=0)
    size = np.ceil(seen.max(axis=0) + 2 * stress.pitch).astype(int)
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    return np.asarray(view, np.float64), (int(size[0]), int(size[1]))


def _moved(photo: NDArray[Any], length: float, random: Random) -> Plane:
    size = int(np.ceil(length)) | 1
    trail = np.zeros((size, size), np.float32)
    angle = random.uniform(0, np.pi)
    reach = (length / 2) * np.array([np.cos(angle), np.sin(angle)])
    middle = size / 2
    start, stop = middle - reach, middle + reach
    cv2.line(trail, (int(start[0]), int(start[1])), (int(stop[0]), int(stop[1])), (1.0,), 1)
    return np.asarray(cv2.filter2D(photo, -1, trail / trail.sum()), np.float32)


def stressed(name: str, value: float) -> Stress:
    """The good photograph with one thing wrong."""
    return replace(Stress(), **{name: type(getattr(Stress(), name))(value)})
