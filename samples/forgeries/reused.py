"""One picture used for several candidates: other text edited in, another document laid in it, or
its portrait printed on another document.

Each attack makes the second picture; `alone` with the same seed is the first. The samples have two
faces only, and honest documents of two people bear two portraits: `person` bends and relights them
into as many as there are seeds. These are nobody, and
bent from two photographs they are more alike than people are.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from samples.capture import Camera, Capture, capture, jpeg, jpeg_decoded
from samples.captured_documents import Drawn, drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.holder import Holder
from samples.mrz_lines import FORMATS, Format
from samples.portraits import Portrait, RgbImage, identity_one, identity_two
from samples.specimen import Side, Specimen, render

_TEXT = ("surname", "given_names", "document_number", "birth_date", "personal_number", "mrz")
_DPI = 150
"""Half of the others' exhibits: what is compared is coarse, and pairs need many."""
_OTHER = 7_000_000
"""Added to a seed: the second holder's, or the second camera's."""


def person(seed: int) -> Portrait:
    """A portrait of its own for each seed: one of the two, bent, mirrored and lit otherwise."""
    random = np.random.default_rng([seed, 73_000])
    base = identity_one() if random.random() < 0.5 else identity_two()
    height, width = base.image.shape[:2]
    unit = base.features.eye_distance
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    bend = random.normal(0, 0.16 * unit, (2, 7, 6)).astype(np.float32)
    shifts = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_CUBIC) for plane in bend]
    image = cv2.remap(
        base.image,
        np.asarray(across + shifts[0], np.float32),
        np.asarray(down + shifts[1], np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    light = np.exp(random.normal(0, 0.28, (7, 6))).astype(np.float32)
    lit = np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC))
    tone = 255 * (image / 255.0) ** float(random.uniform(0.6, 1.6)) * lit[..., None]
    tone = tone * random.uniform(0.9, 1.1, 3)
    return replace(base, image=np.clip(tone, 0, 255).astype(np.uint8))


@lru_cache(maxsize=2)  # All strengths of an attack begin with it.
def alone(seed: int) -> Exhibit:
    """The honest document of this number, with a portrait that no other number has."""
    like = drawn(seed, with_portrait=True)
    document = replace(like, specimen=_issued(like.specimen, portrait=person(seed)))
    return Exhibit(document, capture(document.side, document.camera))


def _issued(
    like: Specimen,
    *,
    holder: Holder | None = None,
    format: Format | None = None,
    portrait: Portrait | None = None,
) -> Specimen:
    ghost = "ghost" in like.face_side.boxes
    return render(
        holder or like.holder,
        format or like.format,
        portrait or like.portrait,
        dpi=_DPI,
        ghost=ghost,
    )


def _second_holder(seed: int, first: Holder) -> Holder:
    """Another person's data, of the same issuer."""
    random = np.random.default_rng([seed, 74_000])
    letters = np.array(list("ABCDEFGHJKLMNPRSTVWXYZ0123456789"))
    return replace(
        first,
        primary=str(random.choice(["MARTIN", "OYELARAN", "PETROV", "TANAKA", "DE SOUZA"])),
        secondary=str(random.choice(["CLARA", "JONAS", "AMIR", "YUKI ANN", "TOMASZ"])),
        number="".join(random.choice(letters, 9)),
        birth_date=first.birth_date - timedelta(days=int(random.integers(500, 5000))),
    )


@dataclass(frozen=True)
class _Handling:
    """What was done to the second picture before it was sent."""

    crop: float = 0.0
    """Share of the width and height cut off in all, unevenly from both sides."""
    scale: float = 1.0
    light: float = 1.0
    turn: float = 0.0
    """Degrees; what this leaves empty is cut off."""
    quality: int = 85


_HANDLINGS = {
    "cropped 10 %, half the size": _Handling(crop=0.10, scale=0.5, quality=75),
    "turned by 2 degrees": _Handling(turn=2.0),
    "cropped 10 %": _Handling(crop=0.10),
    "cropped 3 %": _Handling(crop=0.03),
    "cropped 1 %": _Handling(crop=0.01),
    "brighter by 20 %": _Handling(light=1.2),
    "half the size": _Handling(scale=0.5),
    "saved again": _Handling(),
}


def _handled(picture: RgbImage, place: npt.NDArray[np.float64], how: _Handling) -> Capture:
    height, width = picture.shape[:2]
    middle = width / 2, height / 2
    turn = np.vstack([cv2.getRotationMatrix2D(middle, how.turn, 1.0), [0.0, 0.0, 1.0]])
    cut = how.crop + 2 * abs(np.sin(np.radians(how.turn))) * max(width, height) / min(width, height)
    left, top = 0.35 * cut * width, 0.6 * cut * height
    size = round((1 - cut) * width * how.scale), round((1 - cut) * height * how.scale)
    move = np.diag([how.scale, how.scale, 1.0]) @ np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]])
    move = move @ turn
    soft = cv2.GaussianBlur(picture, (0, 0), 0.45 / how.scale) if how.scale < 1 else picture
    image = cv2.warpPerspective(soft, move, size, flags=cv2.INTER_CUBIC).astype(np.float32)
    data = jpeg(np.clip(image * how.light, 0, 255).astype(np.uint8), how.quality)
    return Capture(data, jpeg_decoded(data), move @ place)


def _laid_in(
    picture: RgbImage,
    place: npt.NDArray[np.float64],
    side: RgbImage,
    cover: npt.NDArray[np.float32],
    instead_of: RgbImage,
) -> RgbImage:
    """The picture with parts of the flat `side` where `cover` is 1, in the light that lies there.

    The light is what the picture shows against the flat artwork that was photographed.
    """
    size = picture.shape[1], picture.shape[0]
    old, new = (
        cv2.warpPerspective(flat, place, size, flags=cv2.INTER_AREA).astype(np.float32)
        for flat in (instead_of, side)
    )
    over = cv2.GaussianBlur(cv2.warpPerspective(cover, place, size), (0, 0), 0.8)[..., None]
    wide = max(size) / 60
    shown, flat = (
        cv2.GaussianBlur(part, (0, 0), wide) for part in (picture.astype(np.float32), old)
    )
    lit = new * np.clip(shown / np.maximum(flat, 20), 0.5, 1.5)
    return np.clip(picture * (1 - over) + lit * over, 0, 255).astype(np.uint8)


def _other_text(seed: int, strength: str) -> Exhibit:
    """The same photograph; name, numbers and zone are another person's."""
    first = alone(seed)
    old = first.document.specimen
    new = _issued(old, holder=_second_holder(seed, old.holder))
    side = new.mrz_side
    boxes = tuple(side.boxes[name] for name in _TEXT if name in side.boxes)
    cover = np.zeros(side.image.shape[:2], np.float32)
    for left, top, width, height in boxes:
        cover[int(top) : int(top + height), int(left) : int(left + width)] = 1
    return _replaced(first, new, side, cover, strength)


def _other_document(seed: int, strength: str) -> Exhibit:
    """The same photograph of a table; another person's whole document lies on it."""
    first = alone(seed)
    old = first.document.specimen
    new = _issued(old, holder=_second_holder(seed, old.holder), portrait=person(seed + _OTHER))
    side = new.mrz_side
    return _replaced(first, new, side, np.ones(side.image.shape[:2], np.float32), strength)


def _replaced(
    first: Exhibit,
    new: Specimen,
    side: Side,
    cover: npt.NDArray[np.float32],
    strength: str,
) -> Exhibit:
    shot = first.capture
    picture = _laid_in(shot.pixels, shot.homography, side.image, cover, first.document.side.image)
    made = _handled(picture, shot.homography, _HANDLINGS[strength])
    return Exhibit(replace(first.document, specimen=new), made)


_PORTRAITS: dict[str, Callable[[Format], Format]] = {
    "on a document of another format": lambda format: next(
        other for other in FORMATS if other not in ("TD1", format)
    ),
    "on the same kind of document": lambda format: format,
}


def _other_holder(seed: int, strength: str) -> Exhibit:
    """The portrait of one document on another person's, photographed by another camera."""
    old = alone(seed).document.specimen
    new = _issued(
        old,
        holder=_second_holder(seed, old.holder),
        format=_PORTRAITS[strength](old.format),
        portrait=old.portrait,
    )
    document = Drawn(new, Camera.drawn(seed + _OTHER))
    return Exhibit(document, capture(document.side, document.camera))


def _flat_template(seed: int, strength: str) -> Exhibit:
    """Another person's data in the same drawn template, sent as it was drawn, never photographed.

    Its honest twin is two scans of two people's documents: only the data differ in both.
    """
    old = alone(seed).document.specimen
    new = _issued(old, holder=_second_holder(seed, old.holder), portrait=person(seed + _OTHER))
    quality = int(strength.split()[-1])
    data = jpeg(new.mrz_side.image, quality)
    shot = Capture(data, jpeg_decoded(data), np.eye(3))
    return Exhibit(Drawn(new, Camera(sent="scan", seed=seed)), shot)


ATTACKS: tuple[Attack, ...] = (
    Attack(
        "picture",
        "Another person's name, numbers and zone edited into the same photograph.",
        tuple(_HANDLINGS),
        _other_text,
    ),
    Attack(
        "portrait",
        "The portrait of one document on another person's, photographed anew.",
        tuple(_PORTRAITS),
        _other_holder,
    ),
    Attack(
        "surroundings",
        "Another person's document laid into the same photograph of a table.",
        tuple(_HANDLINGS),
        _other_document,
    ),
    Attack(
        "flat template",
        "Another person's data in the same drawn template, never photographed.",
        ("JPEG 80", "JPEG 95"),
        _flat_template,
    ),
)
