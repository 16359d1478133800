"""YuNet, a face detector of 75,000 parameters, by onnxruntime.

It looks at a picture in a grid of 8, 16 and 32 pixels a cell. Each cell answers how sure it is of a
face (`cls`, `obj`), where its box lies (`bbox`: the middle, from the cell's corner, and the
logarithm of its sides, in cells) and where five points of it are (`kps`, likewise).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.weights import ModelWeights
from verifiers.face_engines.alignment import FivePoints
from verifiers.face_engines.network import Network
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.picture import Pixels

STRIDES = (8, 16, 32)
OUTPUTS = tuple(f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in STRIDES)

_NUMBERS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
"""A cell."""

_SURE = 0.6
_SAME_FACE = 0.3
"""Intersection over union from which the less sure of two boxes is the same face, as in OpenCV."""
_MIN_SIDE = 16
"""Pixels of the shorter side; no face that could be compared fits into less."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class DetectedFace:
    """A face, in pixels of the picture searched."""

    box: tuple[float, float, float, float]
    """Left, top, right, bottom; from the hairline to the chin."""
    points: FivePoints
    score: float
    """0.6 hardly, 1 sure."""


class YuNet:
    """Finds faces in any picture; safe to use from several threads.

    Raises `UnusableWeights` where the data is not a network of YuNet's kind; of which shapes it
    gives, when it is first run.
    """

    def __init__(self, model: ModelWeights, data: bytes) -> None:
        self._network = Network(model, data, OUTPUTS)
        self._file = model.file
        self._size = model.input.width, model.input.height

    def __call__(self, pixels: Pixels) -> tuple[DetectedFace, ...]:
        """Every face, the surest first; from about 15 pixels as searched; of 11 not all."""
        if min(pixels.shape[:2]) < _MIN_SIDE:
            return ()
        width, height = self._size
        scale = min(1.0, width / pixels.shape[1], height / pixels.shape[0])
        if scale < 1:
            small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            pixels = np.asarray(small, dtype=np.uint8)
        # Black to the right and below; some exports of the network take one size only.
        whole = np.zeros((height, width, 3), np.uint8)
        whole[: pixels.shape[0], : pixels.shape[1]] = pixels
        answers = dict(zip(OUTPUTS, self._network.run(whole), strict=True))
        for name, answer in answers.items():
            kind, _, stride = name.partition("_")
            cells = (width // int(stride)) * (height // int(stride))
            if answer.shape != (1, cells, _NUMBERS[kind]):
                raise UnusableWeights(self._file, f"gives {answer.shape} as {name}, unlike YuNet")
        boxes, points, scores = (
            np.concatenate(parts)
            for parts in zip(*(_decoded(answers, s, width // s) for s in STRIDES), strict=True)
        )
        return tuple(
            DetectedFace(
                (left / scale, top / scale, right / scale, bottom / scale),
                points[i].astype(np.float64) / scale,
                float(scores[i]),
            )
            for i in _surest(boxes, scores)
            for left, top, right, bottom in [map(float, boxes[i])]
        )


def _decoded(answers: dict[str, Floats], stride: int, columns: int) -> tuple[Floats, ...]:
    """The cells of one stride that see a face: `(n, 4)` boxes, `(n, 5, 2)` points, scores."""
    cls, obj, bbox, kps = (answers[f"{kind}_{stride}"][0] for kind in ("cls", "obj", "bbox", "kps"))
    scores = np.sqrt(np.clip(cls[:, 0], 0, 1) * np.clip(obj[:, 0], 0, 1))
    sure = np.flatnonzero(scores >= _SURE)
    corners = np.stack([sure % columns, sure // columns], axis=1).astype(np.float32)
    middles = (bbox[sure, :2] + corners) * stride
    halves = np.exp(bbox[sure, 2:]) * stride / 2
    points = (kps[sure].reshape(-1, 5, 2) + corners[:, None]) * stride
    return np.concatenate([middles - halves, middles + halves], axis=1), points, scores[sure]


def _surest(boxes: Floats, scores: Floats) -> list[int]:
    """Which boxes are faces of their own, the surest first."""
    kept: list[int] = []
    for i in np.argsort(-scores, kind="stable").tolist():
        if all(_overlap(boxes[i], boxes[other]) <= _SAME_FACE for other in kept):
            kept.append(i)
    return kept


def _overlap(one: Floats, other: Floats) -> float:
    """Intersection over union."""
    shared = np.prod(
        np.clip(np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]), 0, None)
    )
    both = np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])
    return float(shared / (both - shared))
