"""Strips of a picture -> log-probabilities of characters, column by column.

The classifier is a small convolutional network over strips of one text line, brought to a fixed
size: capitals 15 px high, one character every 16 px. It answers for every second column: one of the
37 characters of ICAO 9303-3 §4.3 centred here, or none. `training/` makes its weights.
"""

import os
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.documents.mrz_fields import CHARACTERS

# From 1.29 on it reports home from a thread of its own, unless told not to before its import.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import onnxruntime

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

STRIP_HEIGHT = 24
"""Pixels."""
CAPITAL_HEIGHT = 15
"""Pixels of a strip."""
PITCH = 16
"""Pixels of a strip from one character to the next; OCR-B prints 2.54 mm."""
STRIDE = 2
"""Pixels of a strip for each column of the answer."""
COLUMNS_PER_CHARACTER = PITCH / STRIDE
BLANK = len(CHARACTERS)
"""The class of columns on which no character is centred."""

WEIGHTS = Path(__file__).with_name("ocrb.onnx")


class Recogniser:
    """The network, loaded once; safe to use from several threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The arena keeps the largest strip's working memory for good: 60 MB for nothing.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, strips: Grey) -> Floats:
        """(lines, 24, width) grey -> (lines, 38, width / 2) log-probabilities, `BLANK` last."""
        (scores,) = self._session.run(None, {"strips": normalise(strips)[:, None]})
        return log_softmax(np.asarray(scores, np.float32), axis=1)


def normalise(strips: Grey) -> Floats:
    """Local contrast taken out: each column by mean and deviation of the three characters around.

    Glare, shadow and a fading print then look like an even one; +8 keeps empty paper empty.
    """
    pixels = strips.astype(np.float32)
    window = (3 * PITCH + 1, 1)
    mean = cv2.blur(pixels.mean(axis=1), window, borderType=cv2.BORDER_REPLICATE)
    pixels -= mean[:, None]
    spread = cv2.blur((pixels * pixels).mean(axis=1), window, borderType=cv2.BORDER_REPLICATE)
    pixels /= np.sqrt(np.maximum(spread, 0))[:, None] + 8
    return pixels


def log_softmax(scores: Floats, axis: int) -> Floats:
    """Logarithms of the probabilities that these scores stand for."""
    scores = scores - scores.max(axis=axis, keepdims=True)
    total = np.exp(scores).sum(axis=axis, keepdims=True)
    return np.asarray(scores - np.log(total), np.float32)
