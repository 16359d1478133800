"""The 68 points of a face as MediaPipe's face landmarker finds them, in place of dlib's.

dlib's model of 68 points was trained on iBUG 300-W, whose terms exclude commercial use. MediaPipe's
is under the Apache licence; it places 478 points, of which those are taken that iBUG's 68 stand
for. Its bundle, `face_landmarker.task`, is a ZIP archive of three networks; only the one of the
points is used, and run by LiteRT, which `pip install 'bonafide[landmarks]'` brings.
"""

import io
import threading
import zipfile
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.weights import FaceMeshOutput, ModelWeights
from verifiers.face_engine import Transform, cut
from verifiers.face_engines.alignment import back
from verifiers.face_engines.shape_predictor import Box, Points
from verifiers.face_engines.unusable import UnusableWeights, first_line
from verifiers.picture import Pixels

_NETWORK = "face_landmarks_detector.tflite"
_POINTS = 478
_SIDE = 256
"""Of the network's input, `(1, 256, 256, 3)` in RGB from 0 to 1."""
_AROUND = 1.5
"""Side of the square that the network is shown over the face's extent: as MediaPipe shows it."""
_EYE_CORNERS = (33, 263)
"""The outer ones, left and right on the picture."""

IBUG = np.array(
    [
        *(162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389),  # jaw
        *(71, 63, 105, 66, 107, 336, 296, 334, 293, 301),  # brows
        *(168, 197, 5, 4, 75, 97, 2, 326, 305),  # nose
        *(33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380),  # eyes
        *(61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181),  # lips, outside
        *(78, 82, 13, 312, 308, 317, 14, 87),  # lips, inside
    ]
)
"""Of the 478 points, those at the places of the 68, in iBUG's order."""


class FaceMesh:
    """Safe to use from several threads, which take turns.

    Raises `UnusableWeights` where the data is no such bundle, or LiteRT is not installed.
    """

    def __init__(self, model: ModelWeights, data: bytes) -> None:
        if not isinstance(model.output, FaceMeshOutput):
            raise UnusableWeights(model.file, f"is for {model.use}, not for landmarks")
        self._file = model.file
        self._network = _unpacked(model.file, data)
        self._turn = threading.Lock()

    def __call__(self, pixels: Pixels, box: Box) -> Points:
        """The 68 points of the face in the box, `(68, 2)`, in whole pixels as dlib's are."""
        left, top, right, bottom = box
        middle, angle = np.array([left + right, top + bottom]) / 2, 0.0
        extent = float(right - left + 1)
        points = np.zeros((_POINTS, 2))
        # A detector's box tells neither how the head leans nor where the chin ends: the second
        # look goes by the points of the first.
        for _ in range(2):
            points = self._at(pixels, _square(middle, extent * _AROUND, angle))
            left_eye, right_eye = points[list(_EYE_CORNERS)]
            angle = float(np.arctan2(*(right_eye - left_eye)[::-1]))
            upright = points @ _turned(angle).T
            low, high = upright.min(axis=0), upright.max(axis=0)
            middle, extent = (low + high) / 2 @ _turned(angle), float((high - low).max())
        return np.asarray(points[IBUG].round(), dtype=np.int64)

    def load(self) -> None:
        """Read the network now, and run it once."""
        self._at(np.zeros((_SIDE, _SIDE, 3), np.uint8), np.eye(2, 3))

    def _at(self, pixels: Pixels, transform: Transform) -> NDArray[np.float64]:
        chip = cut(pixels, transform, _SIDE)
        with self._turn:
            interpreter, put, answer = self._interpreter
            interpreter.set_tensor(put, (chip[None] / 255).astype(np.float32))
            interpreter.invoke()
            points = interpreter.get_tensor(answer).reshape(_POINTS, 3)[:, :2]
        return back(transform, points.astype(np.float64))

    @cached_property
    def _interpreter(self) -> tuple[Any, int, int]:
        """With the numbers of its input and of the points."""
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError:
            raise UnusableWeights(
                self._file, "needs LiteRT: pip install 'bonafide[landmarks]' brings it"
            ) from None
        try:
            interpreter = Interpreter(model_content=self._network, num_threads=1)
            interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise UnusableWeights(self._file, f"cannot be run: {first_line(error)}") from None
        (put,) = interpreter.get_input_details()
        answers = [
            d for d in interpreter.get_output_details() if np.prod(d["shape"]) == 3 * _POINTS
        ]
        if tuple(put["shape"]) != (1, _SIDE, _SIDE, 3) or len(answers) != 1:
            raise UnusableWeights(self._file, f"has no network of {_POINTS} points")
        return interpreter, put["index"], answers[0]["index"]


def _unpacked(file: str, data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            return bundle.read(_NETWORK)
    except (zipfile.BadZipFile, KeyError):
        raise UnusableWeights(file, f"is no bundle with {_NETWORK} in it") from None


def _turned(angle: float) -> NDArray[np.float64]:
    """Turns points by which the eyes lean so that they are level."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, sin], [-sin, cos]])


def _square(middle: NDArray[np.float64], side: float, angle: float) -> Transform:
    """From a leaning square of the picture to the network's input."""
    turn = _turned(angle) * _SIDE / side
    return np.hstack([turn, (_SIDE / 2 - turn @ middle)[:, None]])
