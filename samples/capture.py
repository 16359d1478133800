"""How a document becomes a file: photographed by a phone, scanned, sent on by a messenger, cropped.

All of these are honest. A forger's work can be put in at each stage: into the flat artwork (a
reprinted or glued page), into the developed picture (an editor on a computer), or between the
document and the camera (a copy on paper, a screen).
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from samples.photograph import Photograph, Table, photograph
from samples.portraits import RgbImage
from samples.specimen import Side

Sent = Literal["camera", "messenger", "scan", "cropped"]
"""As it left the camera; made smaller and compressed again on the way; from a flatbed scanner;
cropped on the phone, which compresses it again too."""

_MESSENGER_SIDE = 1600
"""Pixels: what messengers leave of a picture's longer side."""

Forge = Callable[[RgbImage], RgbImage]


def _unchanged(image: RgbImage) -> RgbImage:
    return image


@dataclass(frozen=True)
class Camera:
    """One camera and one way to the recipient."""

    sent: Sent = "camera"
    scale: float = 1.0
    """Pixels of the picture per pixel of the flat document."""
    tilt: float = 0.0
    keystone: float = 0.0
    background: Table = "wood"
    blur: float = 0.6
    """Of the lens, standard deviation in pixels."""
    noise: float = 3.0
    """Of the sensor at middle grey, 8-bit levels."""
    denoise: float = 0.4
    """Share of the noise that the camera's own processing takes out."""
    sharpen: float = 0.4
    glare: float = 0.0
    quality: int = 90
    """Of the camera's JPEG."""
    sent_quality: int = 78
    """Of the last JPEG, where it was compressed twice."""
    chroma: Literal["4:4:4", "4:2:0"] = "4:2:0"
    seed: int = 0

    @classmethod
    def drawn(cls, seed: int) -> "Camera":
        """One of many honest ones."""
        random = np.random.default_rng([seed, 70_000])
        sent: Sent = random.choice(
            np.array(["camera", "messenger", "scan", "cropped"]), p=[0.5, 0.25, 0.12, 0.13]
        ).item()
        scan = sent == "scan"
        return cls(
            sent=sent,
            scale=float(np.exp(random.uniform(np.log(0.7), np.log(1.6)))),
            tilt=0.0 if scan else float(random.normal(0, 5)),
            keystone=0.0 if scan else float(random.uniform(0, 16)),
            background=random.choice(np.array(["wood", "slate", "cloth"])).item(),
            blur=float(random.uniform(0.3, 1.1)),
            noise=float(random.uniform(0.5, 1.5) if scan else random.uniform(1.5, 7)),
            denoise=float(random.uniform(0, 0.7)),
            sharpen=float(random.uniform(0, 0.8)),
            glare=float(random.uniform(0, 0.5)) if random.random() < 0.25 and not scan else 0.0,
            quality=int(random.integers(80, 98)),
            sent_quality=int(random.integers(68, 92)),
            chroma="4:4:4" if random.random() < 0.25 else "4:2:0",
            seed=seed,
        )


@dataclass(frozen=True, eq=False)
class Capture:
    """A file as it was sent, its pixels, and where the flat document lies on them."""

    data: bytes
    """JPEG."""
    pixels: RgbImage
    homography: npt.NDArray[np.float64] = field(repr=False)
    """From the flat document's pixels to those of the picture."""

    def quadrilateral(self, box: tuple[float, float, float, float]) -> npt.NDArray[np.float64]:
        """Where a box (left, top, width, height) of the flat document lies: 4 x 2, clockwise."""
        left, top, width, height = box
        corners = np.array(
            [[[left, top], [left + width, top], [left + width, top + height], [left, top + height]]]
        )
        return np.asarray(cv2.perspectiveTransform(corners, self.homography)[0])


def capture(
    side: Side | RgbImage,
    camera: Camera,
    *,
    artwork: Forge = _unchanged,
    developed: Callable[[RgbImage, npt.NDArray[np.float64]], RgbImage] | None = None,
) -> Capture:
    """Take the picture and send it.

    `artwork` alters the flat document before the camera. `developed` alters the camera's finished
    picture, given where the document lies on it; what it makes is compressed again as any editor
    does (`sent_quality`).
    """
    random = np.random.default_rng([camera.seed, 71_000])
    flat = artwork(side if isinstance(side, np.ndarray) else side.image)
    shot = _scanned(flat, camera) if camera.sent == "scan" else _photographed(flat, camera)
    place = shot.homography
    data = jpeg(_sensor(shot.image, camera, random), camera.quality, camera.chroma)
    if developed is not None:
        data = jpeg(developed(jpeg_decoded(data), place), camera.sent_quality, camera.chroma)
    if camera.sent == "cropped":
        top, left = (int(value) for value in random.integers(1, 30, 2))
        place = np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]) @ place
        data = jpeg(jpeg_decoded(data)[top:, left:], camera.sent_quality, camera.chroma)
    if camera.sent == "messenger":
        picture = jpeg_decoded(data)
        shrink = min(1.0, _MESSENGER_SIDE / max(picture.shape[:2]))
        size = round(picture.shape[1] * shrink), round(picture.shape[0] * shrink)
        place = np.diag([size[0] / picture.shape[1], size[1] / picture.shape[0], 1.0]) @ place
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        data = jpeg(np.asarray(small, np.uint8), camera.sent_quality, camera.chroma)
    return Capture(data, jpeg_decoded(data), place)


def jpeg(image: RgbImage, quality: int, chroma: str = "4:2:0") -> bytes:
    """The picture as the bytes of a JPEG file, by libjpeg's tables."""
    sink = io.BytesIO()
    Image.fromarray(image).save(sink, "JPEG", quality=quality, subsampling=chroma)
    return sink.getvalue()


def jpeg_decoded(data: bytes) -> RgbImage:
    """The pixels of a JPEG file."""
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.uint8)


def _photographed(flat: RgbImage, camera: Camera) -> Photograph:
    return photograph(
        flat,
        tilt_degrees=camera.tilt,
        keystone_degrees=camera.keystone,
        scale=camera.scale,
        blur=camera.blur,
        glare=camera.glare,
        background=camera.background,
        seed=camera.seed,
    )


def _scanned(flat: RgbImage, camera: Camera) -> Photograph:
    """Flat on the glass, a white lid around it."""
    size = round(flat.shape[1] * camera.scale), round(flat.shape[0] * camera.scale)
    rim = round(0.05 * size[0])
    sheet = cv2.resize(flat, size, interpolation=cv2.INTER_AREA)
    sheet = cv2.copyMakeBorder(sheet, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=(250,) * 3)
    if camera.blur:
        sheet = cv2.GaussianBlur(sheet, (0, 0), camera.blur)
    place = np.array([[camera.scale, 0, rim], [0, camera.scale, rim], [0, 0, 1]])
    return Photograph(np.asarray(sheet, np.uint8), place)


def _sensor(scene: RgbImage, camera: Camera, random: np.random.Generator) -> RgbImage:
    """Through the Bayer mosaic of a sensor with noise, and the camera's processing.

    A scanner has a full line of each colour: no mosaic.
    """
    light = scene.astype(np.float32)
    if camera.sent == "scan":
        noisy = light + camera.noise * random.standard_normal(light.shape, dtype=np.float32)
        return np.clip(noisy, 0, 255).astype(np.uint8)
    height, width = (side - side % 2 for side in light.shape[:2])
    mosaic = np.empty((height, width), np.float32)
    for row, column, colour in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        mosaic[row::2, column::2] = light[row:height:2, column:width:2, colour]
    # Shot noise grows with the root of the light, a quarter of the variance is the read-out's.
    spread = camera.noise * np.sqrt(0.25 + 0.75 * mosaic / 128)
    mosaic += spread * random.standard_normal(mosaic.shape, dtype=np.float32)
    raw = np.clip(mosaic, 0, 255).astype(np.uint8)
    picture = np.asarray(cv2.cvtColor(raw, cv2.COLOR_BayerRGGB2RGB), np.float32)
    if camera.denoise:
        smooth = cv2.bilateralFilter(picture, 5, 4 * camera.noise, 1.5)
        picture += camera.denoise * (smooth - picture)
    if camera.sharpen:
        picture += camera.sharpen * (picture - cv2.GaussianBlur(picture, (0, 0), 1.2))
    developed = np.clip(picture, 0, 255).astype(np.uint8)
    right, low = light.shape[1] - width, light.shape[0] - height
    return np.asarray(
        cv2.copyMakeBorder(developed, 0, low, 0, right, cv2.BORDER_REPLICATE), np.uint8
    )
