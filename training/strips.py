"""Strips of rendered OCR-B text, as the reader cuts them from photographs, with their truth.

A line is printed on a patterned paper, photographed badly, and cut out with the errors that finding
it leaves. The ranges are wider than what the reader should meet: where a person could not tell the
characters, the network is to learn that it cannot either.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from verifiers.documents.mrz_fields import CHARACTERS, FILLER
from verifiers.documents.recognise import BLANK, CAPITAL_HEIGHT, PITCH, STRIDE, STRIP_HEIGHT

Plane = NDArray[Any]
"""Floating-point pixels; OpenCV's annotations do not say which."""
Random = np.random.Generator

STRIP_WIDTH = 16 * PITCH
IGNORED = -1
"""Label of columns between a character's centre and its edge, which may answer either way."""

_CELL = 28
"""Pixels from character to character on the printed page."""
_LINE = 50
_MARGIN = 12
_LENGTH = 20
"""Characters printed; the strip shows about 16."""

_OCR_B = Path("/usr/share/fonts/opentype/ocr-b")
_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FONTS: tuple[tuple[Path, float], ...] = (
    (_OCR_B / "OCRB.otf", 0.52),
    (_OCR_B / "OCRBS.otf", 0.36),
    (_OCR_B / "OCRBL.otf", 0.06),
    (_DEJAVU / "DejaVuSansMono.ttf", 0.04),
    (_DEJAVU / "DejaVuSansMono-Bold.ttf", 0.02),
)
"""Debian's fonts-ocr-b, and a little of fonts-dejavu-core: some issuers print no true OCR-B."""

_SYLLABLES = """AN MAR ER IK SON KO WAL SKI LEE QU VZ XI ZH JO HN BER TH DU PONT GARC IA OV YU FER
WE HUB CZ NGO PHI LJ EKS AY BOG WI TW RM OO ODO II LI IL BB SS ZZ""".split()  # noqa: SIM905


@dataclass(frozen=True)
class _Typeface:
    glyphs: dict[str, NDArray[np.uint8]]
    capital_height: int


def strips(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """(count, 24, 256) strips and (count, 128) labels: a character's index, `BLANK`, `IGNORED`."""
    random = np.random.default_rng(seed)
    pixels = np.empty((count, STRIP_HEIGHT, STRIP_WIDTH), np.uint8)
    labels = np.empty((count, STRIP_WIDTH // STRIDE), np.int16)
    for i in range(count):
        pixels[i], labels[i] = _strip(random)
    return pixels, labels


def _strip(random: Random) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    weights = [weight for _, weight in FONTS]
    face = _typeface(int(random.choice(len(FONTS), p=weights)))
    text = _text(_LENGTH, random)
    ink = _printed_page(text, face, random)
    pitch = float(np.exp(random.uniform(np.log(4.2), np.log(27))))
    photo, scale_x, scale_y = _photographed(_inked(ink, random), pitch / _CELL, random)
    return _cut_out(photo, (scale_x, scale_y), text, face, random)


def _text(length: int, random: Random) -> str:
    """Characters as zones hold them, and often at random, so that no neighbour tells a character.

    Blanks stand where a line begins or ends inside the strip.
    """
    style = random.random()
    if style < 0.35:
        text = "".join(random.choice(list(CHARACTERS), length))
    elif style < 0.55:
        mostly = 0.75 * np.array([c.isdigit() for c in CHARACTERS]) / 10 + 0.25 / len(CHARACTERS)
        text = "".join(random.choice(list(CHARACTERS), length, p=mostly))
    else:
        text = ""
        while len(text) < length + 20:
            text += _fragment(random)
        start = int(random.integers(16))
        text = text[start : start + length]
    blank = int(random.integers(1, 9))
    side = random.random()
    if side < 0.22:
        return " " * blank + text[blank:]
    if side < 0.44:
        return text[:-blank] + " " * blank
    return text


def _fragment(random: Random) -> str:
    style = random.random()
    if style < 0.5:
        return "".join(random.choice(_SYLLABLES, int(random.integers(1, 4))))
    if style < 0.7:
        return FILLER * int(random.choice([1, 1, 2, 2, 3, 6]))
    if style < 0.85:
        return "".join(random.choice(list("0123456789"), int(random.integers(2, 9))))
    if style < 0.92:
        return FILLER * int(random.integers(5, 15))
    return "".join(random.choice(list(CHARACTERS), int(random.integers(1, 6))))


@cache
def _typeface(index: int) -> _Typeface:
    """Every character of one font, centred in a cell with `_MARGIN` on both sides."""
    font = ImageFont.truetype(FONTS[index][0], 100)
    font = ImageFont.truetype(FONTS[index][0], round(100 * _CELL / font.getlength("A")))

    def drawn(character: str) -> NDArray[np.uint8]:
        image = Image.new("L", (_CELL + 2 * _MARGIN, 200), 0)
        ImageDraw.Draw(image).text((_MARGIN, 60), character, font=font, fill=255)
        return np.asarray(image)

    rows = np.flatnonzero(drawn("H").max(axis=1) > 128)
    top = (int(rows[0]) + int(rows[-1])) // 2 - _LINE // 2
    glyphs = {c: drawn(c)[top : top + _LINE] for c in CHARACTERS}
    return _Typeface(glyphs, int(rows[-1] - rows[0] + 1))


def _line(text: str, face: _Typeface) -> NDArray[np.uint8]:
    ink = np.zeros((_LINE, _CELL * len(text) + 2 * _MARGIN), np.uint8)
    for place, character in enumerate(text):
        if character != " ":
            cell = ink[:, place * _CELL : (place + 1) * _CELL + 2 * _MARGIN]
            np.maximum(cell, face.glyphs[character], out=cell)
    return ink


_PAGE_HEIGHT = int(_CELL * 3.2)
_TOP = (_PAGE_HEIGHT - _LINE) // 2


def _printed_page(text: str, face: _Typeface, random: Random) -> NDArray[np.uint8]:
    """The line with what stands near it: neighbouring lines, the edge of the card, a frame."""
    ink = _line(text, face)
    weight = random.random()
    if weight < 0.4:
        size = int(random.integers(2, 5 if weight < 0.25 else 4))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        ink = (cv2.dilate if weight < 0.25 else cv2.erode)(ink, kernel)  # type: ignore[assignment]
    page = np.zeros((_PAGE_HEIGHT, ink.shape[1] + 2 * _CELL), np.uint8)
    page[_TOP : _TOP + _LINE, _CELL : _CELL + ink.shape[1]] = ink
    for side in (-1, 1):
        if random.random() < 0.6:
            top = _TOP + int(side * _CELL * random.uniform(1.5, 2.6))
            first, last = max(0, top), min(_PAGE_HEIGHT, top + _LINE)
            if last > first:
                other = _line(_text(_LENGTH, random), face)[first - top : last - top]
                place = page[first:last, _CELL : _CELL + other.shape[1]]
                np.maximum(place, other, out=place)
    if random.random() < 0.08:
        y = _PAGE_HEIGHT // 2 + int(random.choice([-1, 1]) * _CELL * random.uniform(0.75, 1.2))
        end = (page.shape[1], y + int(random.integers(-6, 7)))
        shade = int(random.integers(80, 256))
        cv2.line(page, (0, y), end, (shade,), int(random.integers(2, 9)))
    return page


def _inked(ink: NDArray[np.uint8], random: Random) -> Plane:
    """The page on its paper: patterned, unevenly lit, printed strongly or faintly."""
    height, width = ink.shape
    contrast = random.uniform(0.3, 0.95) if random.random() < 0.85 else random.uniform(0.15, 0.3)
    pattern = 0.3 + contrast  # Security print is fainter where the text is.
    paper = np.full((height, width), random.uniform(110, 250), np.float32)
    paper += np.linspace(0, random.uniform(-50, 50), width, dtype=np.float32)[None]
    paper += np.linspace(0, random.uniform(-25, 25), height, dtype=np.float32)[:, None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(int(random.choice([0, 0, 1, 2, 4]))):
        wavelength, angle = random.uniform(0.15, 1.5) * _CELL, random.uniform(0, np.pi)
        bend = random.uniform(0, 3) * np.sin(x[0] * (2 * np.pi / (random.uniform(2, 8) * _CELL)))
        wave = np.sin(
            (x * np.cos(angle) + y * np.sin(angle)) * (2 * np.pi / wavelength) + bend[None]
        )
        if random.random() < 0.4:
            wave = np.sign(wave - 0.6)
        paper += pattern * random.uniform(1, 18) * wave
    if random.random() < 0.4:
        grain = int(random.choice([8, 16, 30]))
        clouds: Plane = random.normal(0, 1, (max(2, height // grain), max(2, width // grain)))
        clouds = cv2.resize(
            clouds.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
        paper += pattern * clouds * random.uniform(2, 20)
    page = paper * (1 - ink.astype(np.float32) * (contrast / 255))
    if random.random() < 0.12:
        strokes = np.zeros((height, width), np.uint8)
        for _ in range(int(random.integers(1, 4))):
            ends = random.integers(0, width, 2)
            thick = int(random.integers(3, 15))
            cv2.line(strokes, (int(ends[0]), 0), (int(ends[1]), height), (255,), thick)
        page -= strokes * np.float32(random.uniform(15, 70) / 255)
    if random.random() < 0.18:
        page += _glare((height, width), random)
    return page.astype(np.float32)


def _glare(shape: tuple[int, int], random: Random) -> Plane:
    """A reflection: a soft spot or stripe that lifts ink and paper alike, up to saturation."""
    height, width = shape
    x = np.arange(width, dtype=np.float32) - random.uniform(0, width)
    y = np.arange(height, dtype=np.float32) - random.uniform(0, height)
    reach = random.uniform(1, 7) * _CELL
    slope = random.uniform(-1, 1)
    distance = (x[None] + slope * y[:, None]) / reach
    if random.random() < 0.6:
        distance = np.hypot(distance, y[:, None] / (reach * random.uniform(0.3, 1)))
    return np.asarray(random.uniform(20, 190) * np.exp(-(distance**2)), np.float32)


def _photographed(page: Plane, scale: float, random: Random) -> tuple[Plane, float, float]:
    """The page through a camera: small, out of focus, moved, sharpened, noisy, compressed."""
    height, width = page.shape
    if random.random() < 0.5:
        page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.15, 0.5) / scale)
    size = (
        max(8, int(width * scale * random.uniform(0.86, 1.16))),
        max(6, int(height * scale)),
    )
    shrink = int(random.choice([cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
    photo: Plane = cv2.resize(page, size, interpolation=shrink)
    pitch = _CELL * scale
    if random.random() < 0.4:
        photo = cv2.GaussianBlur(photo, (0, 0), random.uniform(0.3, max(0.95, 0.11 * pitch)))
    if random.random() < 0.15:
        photo = _moved(photo, random.uniform(1, max(2.5, 0.42 * pitch)), random)
    if random.random() < 0.15:
        blurred = cv2.GaussianBlur(photo, (0, 0), 1.2)
        photo = photo + random.uniform(0.4, 1.2) * (photo - blurred)
    photo = photo + random.normal(0, random.choice([0.01, 2, 4, 9]), photo.shape)
    photo = np.clip(photo, 0, 255)
    if random.random() < 0.7:
        photo = _compressed(photo, int(random.integers(22, 96)))
    if pitch < 12 and random.random() < 0.25:
        # Digital zoom: enlarged by the camera, then compressed once more.
        zoom = random.uniform(1.4, 3)
        photo = cv2.resize(photo, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
        photo = _compressed(np.clip(photo, 0, 255), int(random.integers(30, 96)))
    return photo, photo.shape[1] / width, photo.shape[0] / height


def _moved(photo: Plane, length: float, random: Random) -> Plane:
    """Motion blur of `length` pixels in any direction."""
    size = int(np.ceil(length)) | 1
    trail = np.zeros((size, size), np.float32)
    angle = random.uniform(0, np.pi)
    for t in np.linspace(-0.5, 0.5, 4 * size):
        at = size / 2 + t * (length - 1) * np.array([np.sin(angle), np.cos(angle)])
        trail[tuple(np.clip(at.astype(int), 0, size - 1))] += 1
    return cv2.filter2D(photo, -1, trail / trail.sum())


def _compressed(photo: Plane, quality: int) -> Plane:
    data = cv2.imencode(".jpg", photo.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    image: NDArray[np.uint8] = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)  # type: ignore[assignment]
    return image.astype(np.float32)


def _cut_out(
    photo: Plane, scale: tuple[float, float], text: str, face: _Typeface, random: Random
) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """The strip with the errors of finding it: size, slope, slant, height, a bend and a taper."""
    scale_x, scale_y = scale
    zoom_y = CAPITAL_HEIGHT / (face.capital_height * scale_y) * random.uniform(0.82, 1.2)
    zoom_x = PITCH / (_CELL * scale_x) * random.uniform(0.88, 1.14)
    pitch = _CELL * scale_x * zoom_x
    page_width = photo.shape[1] * zoom_x
    start = random.uniform(0, max(1.0, page_width - STRIP_WIDTH))
    taper = random.normal(0, 0.02)  # Perspective left along the line: the pitch changes.
    slope, slant = np.tan(np.deg2rad(random.uniform(-1.2, 1.2))), random.normal(0, 0.09)
    height = random.uniform(-2.0, 2.0)
    bend, phase = abs(random.normal(0, 0.5)), random.uniform(0, 2 * np.pi)

    x = np.arange(STRIP_WIDTH, dtype=np.float32)
    across = (x - STRIP_WIDTH / 2) / (STRIP_WIDTH / 2)

    def strip_to_page(columns: Plane) -> Plane:
        """Columns of the strip -> pixels along the page, before its zoom."""
        middle = STRIP_WIDTH / 2
        from_middle = columns - middle
        return np.asarray(start + middle + from_middle * (1 + taper * from_middle / middle))

    y = np.arange(STRIP_HEIGHT, dtype=np.float32)[:, None] - STRIP_HEIGHT / 2 + 0.5
    down = y + height + (slope * (x - STRIP_WIDTH / 2) + bend * np.sin(2.5 * across + phase))[None]
    middle_y = (_TOP + _LINE / 2) * scale_y
    map_y = (middle_y + down / zoom_y - 0.5).astype(np.float32)
    map_x = ((strip_to_page(x)[None] + slant * y) / zoom_x - 0.5).astype(np.float32)
    step = max(1.0, 1 / zoom_x, 1 / zoom_y)
    if step > 1.3:  # The reader shrinks large pictures before it cuts strips.
        photo = cv2.GaussianBlur(photo, (0, 0), 0.35 * step)
    way = cv2.INTER_CUBIC if random.random() < 0.3 else cv2.INTER_LINEAR
    cut = cv2.remap(photo, map_x, map_y, way, borderMode=cv2.BORDER_REPLICATE)
    pixels = np.clip(cut, 0, 255).astype(np.uint8)

    labels = np.full(STRIP_WIDTH // STRIDE, BLANK, np.int16)
    columns = strip_to_page(np.arange(len(labels), dtype=np.float32) * STRIDE + 0.5)
    for place, character in enumerate(text):
        if character != " ":
            centre = (_CELL + _MARGIN + (place + 0.5) * _CELL) * scale_x * zoom_x
            distance = np.abs(columns - centre) / pitch
            labels[distance < 0.36] = IGNORED
            labels[distance < 0.19] = CHARACTERS.index(character)
    if random.random() < 0.04:
        # Upside down the filler looks like >, 6 like 9: all of it must read as nothing.
        pixels, labels = pixels[::-1, ::-1], np.full_like(labels, BLANK)
    return pixels, labels
