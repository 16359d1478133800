"""Portraits with something in front of the face, in another light, or of another complexion.

What is drawn becomes part of the portrait, so that it turns with the head (`samples.head`). Beside
each thing that hides a face stands what only looks like it: a beard beside a mask, clear glasses
beside dark ones, dark skin beside a dark picture.
"""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from samples.portraits import Plane, Portrait, RgbImage

_LINEAR = 2.2
"""Light is added and taken away in linear light, pictures hold its 2.2nd root (about sRGB)."""


def sunglasses(portrait: Portrait, seed: int = 0) -> Portrait:
    """Two dark lenses that let a twentieth of the light through, with a faint reflection."""
    random = np.random.default_rng(seed)
    tint = random.uniform(8, 34, 3)
    sheen = np.linspace(random.uniform(0, 26), 0, portrait.image.shape[0])[:, None, None]
    return _laid(portrait, _lenses(portrait), tint + 0.04 * portrait.image + sheen)


def clear_glasses(portrait: Portrait, seed: int = 0) -> Portrait:
    """Thin frames; the eyes are seen as without."""
    thick = _unit(portrait) * np.random.default_rng(seed).uniform(0.03, 0.07)
    lenses = _lenses(portrait)
    inner = cv2.erode(lenses, np.ones((3, 3), np.uint8), iterations=max(1, round(thick)))
    return _laid(portrait, lenses - inner, np.full(3, 35.0))


def glaring_glasses(portrait: Portrait, seed: int = 0) -> Portrait:
    """A window reflected in both lenses hides most of each eye."""
    random = np.random.default_rng(seed)
    unit, spots = _unit(portrait), np.zeros(portrait.image.shape[:2], np.float32)
    for x, y in _eyes(portrait):
        left = x + unit * random.uniform(-0.22, -0.16), y - unit * random.uniform(0.10, 0.16)
        right = x + unit * random.uniform(0.16, 0.22), y + unit * random.uniform(0.08, 0.14)
        cv2.rectangle(spots, _pixel(left), _pixel(right), 1.0, -1)
    soft = np.asarray(cv2.GaussianBlur(spots, (0, 0), unit / 40), np.float32)
    return _laid(clear_glasses(portrait, seed), soft, np.full(3, 255.0))


def face_mask(portrait: Portrait, seed: int = 0) -> Portrait:
    """A pleated mask from the bridge of the nose to below the chin."""
    random = np.random.default_rng(seed)
    colour = np.array(
        [(170, 200, 220), (225, 228, 230), (40, 42, 48), (150, 60, 70)][seed % 4], np.float32
    )
    features, unit = portrait.features, _unit(portrait)
    (x, tip), low = features.nose_tip, features.chin[1]
    half = 0.86 * features.head_half_width
    top = tip - unit * random.uniform(0.25, 0.4)
    shape = [
        (x - half, top + 0.3 * unit), (x - 0.3 * unit, top), (x + 0.3 * unit, top),
        (x + half, top + 0.3 * unit), (x + 0.8 * half, low - 0.1 * unit),
        (x, low + 0.15 * unit), (x - 0.8 * half, low - 0.1 * unit),
    ]  # fmt: skip
    rows = np.arange(portrait.image.shape[0])[:, None, None]
    pleats = 1 - 0.12 * (np.sin(rows / unit * 2 * np.pi / 0.35) > 0.7)
    columns = np.arange(portrait.image.shape[1])[None, :, None]
    round_ = 1 - 0.25 * np.abs(columns - x) / half
    return _laid(portrait, _filled(portrait, shape), colour * pleats * round_)


def hand(portrait: Portrait, seed: int = 0) -> Portrait:
    """Four fingers of the person's own skin laid across the mouth."""
    random = np.random.default_rng(seed)
    features, unit = portrait.features, _unit(portrait)
    mouth = features.nose_tip[1] + 0.42 * (features.chin[1] - features.nose_tip[1])
    skin = _skin_colour(portrait)
    result = portrait
    for finger in range(4):
        y = mouth + unit * (0.2 * (finger - 1.5) + random.uniform(-0.02, 0.02))
        start = features.nose_tip[0] - unit * random.uniform(0.65, 0.75), y + 0.1 * unit
        end = features.nose_tip[0] + features.head_half_width * 1.1, y
        line = np.zeros(portrait.image.shape[:2], np.float32)
        cv2.line(line, _pixel(start), _pixel(end), 1.0, max(2, round(0.19 * unit)))
        round_ = 0.75 + 0.25 * cv2.GaussianBlur(line, (0, 0), 0.07 * unit)[..., None]
        result = _laid(result, line, skin * round_)
    return result


def beard(portrait: Portrait, seed: int = 0) -> Portrait:
    """A dark full beard; the lips stay bare."""
    random = np.random.default_rng(seed)
    features, unit = portrait.features, _unit(portrait)
    (x, tip), low = features.nose_tip, features.chin[1]
    mouth = tip + 0.42 * (low - tip)
    half = 0.8 * features.head_half_width
    shape = [
        (x - half, tip), (x - 0.5 * unit, tip + 0.25 * unit), (x, tip + 0.2 * unit),
        (x + 0.5 * unit, tip + 0.25 * unit), (x + half, tip), (x + 0.7 * half, low),
        (x, low + 0.2 * unit), (x - 0.7 * half, low),
    ]  # fmt: skip
    cover = cv2.GaussianBlur(_filled(portrait, shape), (0, 0), 0.06 * unit)
    lips = np.zeros_like(cover)
    size = round(0.42 * unit), round(0.19 * unit)
    cv2.ellipse(lips, _pixel((x, mouth)), size, 0, 0, 360, 1.0, -1)
    bare = cv2.GaussianBlur(lips, (0, 0), 0.03 * unit)
    hairs = random.normal(0, 12, portrait.image.shape[:2]).astype(np.float32)
    return _laid(portrait, 0.85 * cover * (1 - bare), np.array([48, 38, 32]) + hairs[..., None])


def dark_skin(portrait: Portrait, seed: int = 0) -> Portrait:
    """The same person in the same light with skin that gives back about a quarter of the light.

    Only what has the colour of the person's skin is changed: eyes, teeth and clothes stay.
    """
    share = np.array([0.28, 0.22, 0.18]) * np.random.default_rng(seed).uniform(0.8, 1.2)
    light = (portrait.image / 255.0) ** _LINEAR * share
    return _laid(portrait, _skin(portrait), 255 * light ** (1 / _LINEAR))


def side_lit(portrait: Portrait, share: float) -> Portrait:
    """The light falls off across the face: the right of the picture gets `share` of the left."""
    features = portrait.features
    columns = np.arange(portrait.image.shape[1], dtype=np.float32)
    across = (columns - features.head_centre[0]) / (0.5 * features.head_half_width)
    # 1 at the left cheek, `share` at the right one, an exponential between them and beyond.
    light = np.clip(share ** ((across + 1) / 2), share**2, 1 / share)
    pixels = 255 * ((portrait.image / 255.0) ** _LINEAR * light[None, :, None]) ** (1 / _LINEAR)
    return replace(portrait, image=np.clip(pixels, 0, 255).astype(np.uint8))


OCCLUSIONS: dict[str, Callable[[Portrait, int], Portrait]] = {
    "sunglasses": sunglasses,
    "glaring glasses": glaring_glasses,
    "mask": face_mask,
    "hand": hand,
}
LOOK_ALIKES: dict[str, Callable[[Portrait, int], Portrait]] = {
    "clear glasses": clear_glasses,
    "beard": beard,
    "dark skin": dark_skin,
}
"""Change how a face looks and hide nothing that tells people apart."""


def _laid(portrait: Portrait, cover: Plane, over: Plane) -> Portrait:
    """The portrait with `over` on it where `cover` is 1."""
    share = cover[..., None]
    pixels = portrait.image * (1 - share) + np.clip(over, 0, 255) * share
    return replace(portrait, image=np.asarray(pixels, np.float32).round().astype(np.uint8))


def _lenses(portrait: Portrait) -> Plane:
    unit, shape = _unit(portrait), np.zeros(portrait.image.shape[:2], np.float32)
    for x, y in _eyes(portrait):
        middle = _pixel((x, y + 0.06 * unit))
        size = round(0.42 * unit), round(0.31 * unit)
        cv2.ellipse(shape, middle, size, 0, 0, 360, 1.0, -1)
    left, right = _eyes(portrait)
    cv2.line(shape, _pixel(left), _pixel(right), 1.0, max(1, round(0.06 * unit)))
    return shape


def _filled(portrait: Portrait, shape: list[tuple[float, float]]) -> Plane:
    cover = np.zeros(portrait.image.shape[:2], np.float32)
    cv2.fillPoly(cover, [np.array(shape).round().astype(np.int32)], 1.0)
    return np.asarray(cv2.GaussianBlur(cover, (0, 0), _unit(portrait) / 60), np.float32)


def _skin_colour(portrait: Portrait) -> Plane:
    """The median colour between the eyes and the tip of the nose."""
    bridge, tip, unit = portrait.features.nose_bridge, portrait.features.nose_tip, _unit(portrait)
    left, right = round(bridge[0] - 0.2 * unit), round(bridge[0] + 0.2 * unit)
    patch: RgbImage = portrait.image[round(bridge[1]) : round(tip[1]), left:right]
    return np.asarray(np.median(patch.reshape(-1, 3), axis=0))


def _skin(portrait: Portrait) -> Plane:
    """1 where the colour is within the person's own skin's: hue as at the nose, whatever light."""
    colour = np.maximum(portrait.image.astype(np.float32), 1)
    hue = np.log(colour[..., :2] / colour[..., 2:])
    skin = np.log(_skin_colour(portrait)[:2] / _skin_colour(portrait)[2])
    near = np.exp(-(((hue - skin) / 0.6) ** 2).sum(axis=2))
    head = np.zeros(portrait.image.shape[:2], np.float32)
    features = portrait.features
    half = (features.chin[1] - features.crown[1]) / 2
    size = round(1.15 * features.head_half_width), round(1.4 * half)
    cv2.ellipse(head, _pixel(features.head_centre), size, 0, 0, 360, 1.0, -1)
    bright = np.clip((colour.max(axis=2) - 40) / 40, 0, 1)
    return np.asarray(cv2.GaussianBlur(near * head * bright, (0, 0), 1.5), np.float32)


def _eyes(portrait: Portrait) -> tuple[tuple[float, float], tuple[float, float]]:
    features = portrait.features
    left, right = (np.mean(eye, axis=0) for eye in (features.left_eye, features.right_eye))
    return (float(left[0]), float(left[1])), (float(right[0]), float(right[1]))


def _unit(portrait: Portrait) -> float:
    return portrait.features.eye_distance


def _pixel(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])
