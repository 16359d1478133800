"""Two public-domain faces, photographed and filmed in one line each."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import cv2
import numpy as np
import pytest

from models.person import EarlierCapture, FaceTemplate
from models.stage import Stage
from samples.portraits import identity_one, identity_two
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.picture import Clip, Frame, Picture, Pixels

Change = Callable[[Pixels], Pixels]


@pytest.fixture(scope="session")
def engine() -> OnnxEngine:
    cv2.setNumThreads(1)
    return OnnxEngine()


@pytest.fixture(scope="session")
def collins() -> Pixels:
    """The head and shoulders of the astronaut; 300 x 300."""
    return np.ascontiguousarray(identity_one().image[20:320, 70:370])


@pytest.fixture(scope="session")
def hopper() -> Pixels:
    """The head and shoulders of the admiral, at the same scale; 300 x 300."""
    image = identity_two().image[40:540, 0:500]
    return np.asarray(cv2.resize(image, (300, 300), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def picture(pixels: Pixels, file: str = "portrait.png") -> Picture:
    return Picture(file, np.ascontiguousarray(pixels))


def tilted(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    size = (width, height)
    turned = cv2.warpAffine(pixels, turn, size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)


def lit(pixels: Pixels, gain: float) -> Pixels:
    return np.asarray(np.clip(pixels * gain, 0, 255), dtype=np.uint8)


def blurred(pixels: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), dtype=np.uint8)


def scaled(pixels: Pixels, factor: float) -> Pixels:
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def room(*people: tuple[Pixels, int], width: int = 640, wall: int = 0) -> Pixels:
    """A striped wall, and people (300 pixels high at most) before it, each with their left edge."""
    stripes = 120 + 60 * ((np.arange(width) // 40 + wall) % 2)
    scene = np.repeat(np.tile(stripes, (480, 1))[..., None], 3, axis=2).astype(np.uint8)
    for pixels, left in people:
        height, across = pixels.shape[:2]
        oval = np.zeros((height, across, 1), dtype=np.float32)
        cv2.ellipse(
            oval, (across // 2, height // 2), (across // 3, height // 2), 0, 0, 360, (1.0,), -1
        )
        place = scene[480 - height :, left : left + across]
        place[:] = (oval * pixels + (1 - oval) * place).astype(np.uint8)
    return scene


def clip(*scenes: Pixels, file: str = "interview.mp4", seconds: float = 6.0) -> Clip:
    """The scenes one after the other, in equal shares of the time, in 14 slightly moving frames."""
    frames = []
    for i in range(14):
        shown = scenes[i * len(scenes) // 14]
        moved = np.roll(shown, round(6 * np.sin(i / 2)), axis=1)
        frames.append(Frame(i * seconds / 14, lit(moved, 1 + 0.15 * np.sin(i / 4))))
    return Clip(file, tuple(frames), seconds, 14 / seconds)


def a_capture(
    templates: Sequence[FaceTemplate], stage: Stage = Stage.INTERVIEW, day: int = 3
) -> EarlierCapture:
    """What was kept of a stage in March 2026; its verification is numbered by the day."""
    return EarlierCapture(
        verification=UUID(int=day),
        stage=stage,
        captured_at=datetime(2026, 3, day, 9, 30, tzinfo=UTC),
        templates=tuple(templates),
    )
