"""Another person's portrait put in the place of the holder's: on the computer, or with glue.

Digital work comes after the camera, so what is put in never went through its lens and sensor. A
glued photograph did, as the rest of the page, and shows by its edge at most.
"""

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from samples.capture import Camera, capture
from samples.captured_documents import drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.layout import Box
from samples.portraits import (
    Portrait,
    RgbImage,
    document_photo,
    identity_one,
    identity_two,
)

STRENGTHS = ("blended", "matched", "plain")
"""Blur and noise like the picture's, with a soft edge; noise alone; neither."""
GLUED = ("careful", "plain")

_FACE = (0.27, 0.2, 0.46, 0.52)
"""Left, top, width, height of the face in the portrait, as shares."""


def _pasted(seed: int, strength: str) -> Exhibit:
    return _digital(seed, strength, whole=True)


def _swapped(seed: int, strength: str) -> Exhibit:
    return _digital(seed, strength, whole=False)


def _digital(seed: int, strength: str, *, whole: bool) -> Exhibit:
    document = drawn(seed, with_portrait=True)
    box = document.side.boxes["portrait"]
    photo = document_photo(_other(document.specimen.portrait), int(box.width), int(box.height))
    changed = box if whole else _part(box)

    def developed(picture: RgbImage, homography: npt.NDArray[np.float64]) -> RgbImage:
        size = picture.shape[1], picture.shape[0]
        place = homography @ np.array([[1, 0, box.left], [0, 1, box.top], [0, 0, 1.0]])
        put = cv2.warpPerspective(photo, place, size, flags=cv2.INTER_CUBIC).astype(np.float32)
        put = _like(put, document.camera, strength, seed)
        share = _selection(size, homography, changed, oval=not whole, strength=strength)
        mixed = picture * (1 - share) + put * share
        return np.clip(np.where(share > 0, mixed, picture), 0, 255).astype(np.uint8)

    camera = document.camera
    if camera.sent == "camera":
        # What an editor saves at is no camera's business: mostly fine.
        camera = replace(camera, sent_quality=int(np.random.default_rng(seed).integers(80, 97)))
    shot = capture(document.side, camera, developed=developed)
    return Exhibit(document, shot, (changed,))


def _like(
    put: npt.NDArray[np.float32], camera: Camera, strength: str, seed: int
) -> npt.NDArray[np.float32]:
    """As soft and as noisy as the forger takes the picture to be."""
    if strength == "blended":
        put = np.asarray(cv2.GaussianBlur(put, (0, 0), camera.blur + 0.4), np.float32)
    if strength != "plain":
        random = np.random.default_rng([seed, 74_000])
        noise = random.standard_normal(put.shape, dtype=np.float32)
        put = put + camera.noise * (1 - 0.6 * camera.denoise) * noise
    return np.asarray(put, np.float32)


def _selection(
    size: tuple[int, int],
    homography: npt.NDArray[np.float64],
    box: Box,
    *,
    oval: bool,
    strength: str,
) -> npt.NDArray[np.float32]:
    """How much of each pixel is taken: height x width x 1."""
    left, top, width, height = box
    turn = np.linspace(0, 2 * np.pi, 60)
    outline = np.array(
        [[left, top], [left + width, top], [left + width, top + height], [left, top + height]]
    )
    if oval:
        middle = left + width / 2, top + height / 2
        outline = np.column_stack(
            [middle[0] + width / 2 * np.cos(turn), middle[1] + height / 2 * np.sin(turn)]
        )
    on_picture = cv2.perspectiveTransform(outline[None].astype(np.float64), homography)[0]
    mask = np.zeros((size[1], size[0]), np.float32)
    cv2.fillConvexPoly(mask, np.rint(on_picture).astype(np.int32), 1.0, lineType=cv2.LINE_AA)
    feather = 6.0 if oval else 2.5 if strength == "blended" else 0.0
    if feather:
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), feather), np.float32)
    return np.asarray(mask[..., None], np.float32)


def _glued(seed: int, strength: str) -> Exhibit:
    """A print on photographic paper, laid over the portrait before the camera."""
    document = drawn(seed, with_portrait=True)
    box = document.side.boxes["portrait"]
    random = np.random.default_rng([seed, 75_000])
    low, high = (0.1, 0.4) if strength == "careful" else (0.5, 2.0)
    angle = float(random.uniform(low, high) * random.choice([-1, 1]))
    off = random.uniform(-1, 1, 2) * (2 if strength == "careful" else 6)
    photo = document_photo(_other(document.specimen.portrait), int(box.width), int(box.height))

    def artwork(flat: RgbImage) -> RgbImage:
        size = flat.shape[1], flat.shape[0]
        turn = cv2.getRotationMatrix2D((box.width / 2, box.height / 2), angle, 1.0)
        turn = turn + np.array([[0, 0, box.left + off[0]], [0, 0, box.top + off[1]]])
        put = cv2.warpAffine(
            photo, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        sheet = np.ones(photo.shape[:2], np.float32)
        mask = cv2.warpAffine(sheet, turn, size, flags=cv2.INTER_LINEAR)
        thickness = 1 if strength == "careful" else 3
        lower = np.roll(mask, (thickness, thickness), axis=(0, 1))
        shadow = 1 - 0.35 * cv2.GaussianBlur(lower, (0, 0), thickness)[..., None]
        share = mask[..., None]
        return np.clip(flat * shadow * (1 - share) + put * share, 0, 255).astype(np.uint8)

    shot = capture(document.side, document.camera, artwork=artwork)
    return Exhibit(document, shot, (box,))


def _other(portrait: Portrait) -> Portrait:
    return identity_two() if portrait.name == identity_one().name else identity_one()


def _part(box: Box) -> Box:
    left, top, width, height = _FACE
    return Box(
        box.left + left * box.width,
        box.top + top * box.height,
        width * box.width,
        height * box.height,
    )


ATTACKS: tuple[Attack, ...] = (
    Attack(
        name="pasted",
        story="Another portrait is laid over the holder's in the finished picture.",
        strengths=STRENGTHS,
        make=_pasted,
    ),
    Attack(
        name="face swapped",
        story="Another face with a soft edge is laid over the holder's in the finished picture.",
        strengths=STRENGTHS,
        make=_swapped,
    ),
    Attack(
        name="glued",
        story="Another photograph is glued over the portrait before the picture is taken.",
        strengths=GLUED,
        make=_glued,
    ),
)
