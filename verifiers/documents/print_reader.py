"""Pixels -> lines of print: PP-OCRv6 small (Apache-2.0), whose two models `rapidocr` carries.

The detector marks text (Differentiable Binarization), the recogniser spells a line column by column
(CTC). They are run here by onnxruntime on one thread, straight from the installed package: its own
code would log, may download models, and does not tell where on a line each character stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from verifiers.picture import Pixels

Quads = NDArray[np.float32]
"""`(n, 4, 2)`, pixels: corners clockwise, from the top left of the box as the picture has it."""

_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"

_TEXT = 0.3
"""Share of certainty from which a pixel counts as text, and 0.5 for a box on the whole: the
model's published settings, as is the growth below."""
_BOX = 0.5
_GROWTH = 1.6
"""A box is grown on all sides by its area times this over its circumference, since the map marks
the core of the text only."""
_BENT, _APART = 0.65, 0.75
"""A box less full than this may hold two lines that ran together (a value and the SPECIMEN across
it), and does where two boxes take less than this share of its area."""
_LEAST_CORE = 3
"""Pixels of a core's shorter side."""

_LINE_HEIGHT = 48
"""Pixels, as the recogniser was trained."""
_NARROWEST, _WIDEST = 96, 2400


class UnusableReader(RuntimeError):
    """The models of the reader of print are not installed on this machine."""


@dataclass(frozen=True)
class Spelled:
    """One line of print as spelled out."""

    text: str
    confidence: tuple[float, ...]
    """For each character, 0 to 1."""
    across: tuple[float, ...]
    """Where each character's middle stands, as a share of the line's length."""


class PrintReader(Protocol):
    """What finds lines of print on a picture and spells them."""

    def find(self, pixels: Pixels, /) -> Quads:
        """Every line of print, upright or turned; `pixels` is RGB."""
        ...

    def spell(self, line: Pixels, /) -> Spelled:
        """The characters of one line that fills this RGB picture and reads from left to right."""
        ...


class OcrReader:
    """The reader by PP-OCRv6; models are loaded on first use. Serves any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: dict[str, onnxruntime.InferenceSession] = {}

    def find(self, pixels: Pixels) -> Quads:
        """Raises `UnusableReader` where the models are missing."""
        height, width = pixels.shape[:2]
        size = max(32, round(width / 32) * 32), max(32, round(height / 32) * 32)
        planes = _planes(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
        text: NDArray[np.float32] = self._run(_DETECTOR, planes)[0, 0]
        quads = list(_boxes(text))
        found = np.array(quads, dtype=np.float32).reshape(-1, 4, 2)
        return found * np.array([width / size[0], height / size[1]], dtype=np.float32)

    def spell(self, line: Pixels) -> Spelled:
        """Raises `UnusableReader` where the models are missing."""
        height, width = line.shape[:2]
        wide = min(max(round(_LINE_HEIGHT * width / height), 8), _WIDEST)
        shrinks = height > _LINE_HEIGHT
        scaled = cv2.resize(
            line,
            (wide, _LINE_HEIGHT),
            interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC,
        )
        padded = max(_NARROWEST, -(-wide // 8) * 8)
        planes = np.zeros((1, 3, _LINE_HEIGHT, padded), np.float32)
        planes[..., :wide] = _planes(scaled)
        columns: NDArray[np.float32] = self._run(_RECOGNISER, planes)[0]
        return _decode(columns, self._characters, padded / wide)

    def _run(self, model: str, planes: NDArray[np.float32]) -> Any:
        session = self._session(model)
        return session.run(None, {session.get_inputs()[0].name: planes})[0]

    def _session(self, model: str) -> onnxruntime.InferenceSession:
        with self._lock:
            if model not in self._loaded:
                self._loaded[model] = _load(model)
            return self._loaded[model]

    @property
    def _characters(self) -> Sequence[str]:
        return _alphabet(self._session(_RECOGNISER))


@cache
def ocr_reader() -> OcrReader:
    """The reader of this process: its models take 31 MB on disk and are worth loading once."""
    return OcrReader()


def _load(model: str) -> onnxruntime.InferenceSession:
    package = find_spec("rapidocr")
    places = package.submodule_search_locations if package else None
    path = Path(places[0]) / "models" / model if places else None
    if path is None or not path.is_file():
        raise UnusableReader(f"the package rapidocr with its model {model} is not installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # Sizes differ from line to line; an arena keeps them all.
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@cache
def _alphabet(session: onnxruntime.InferenceSession) -> tuple[str, ...]:
    """What each class of the recogniser means; the first is CTC's blank, the last a space."""
    listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *listed, " ")


def _planes(rgb: NDArray[Any]) -> NDArray[np.float32]:
    """(1, 3, H, W) from -1 to 1, blue first, as the models were trained."""
    scaled = rgb[..., ::-1].astype(np.float32) / 127.5 - 1
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])


def _boxes(text: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    core = cv2.dilate((text > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for outline in outlines:
        for (x, y), (one, other), angle in _straight(np.asarray(outline, np.int32)):
            corners = np.asarray(cv2.boxPoints(((x, y), (one, other), angle)), np.float32)
            if min(one, other) < _LEAST_CORE or _certainty(text, corners) < _BOX:
                continue
            grow = one * other * _GROWTH / (2 * (one + other))
            grown = (x, y), (one + 2 * grow, other + 2 * grow), angle
            boxes.append(_clockwise(np.asarray(cv2.boxPoints(grown), np.float32)))
    return boxes


def _straight(outline: NDArray[np.int32]) -> list[cv2.typing.RotatedRect]:
    """The outline's box, or two where it is bent: cut where both together are smallest."""
    whole = cv2.minAreaRect(outline)
    area = whole[1][0] * whole[1][1]
    if min(whole[1]) < 4 * _LEAST_CORE or cv2.contourArea(outline) > _BENT * area:
        return [whole]
    left, top, wide, high = cv2.boundingRect(outline)
    mask = np.zeros((high, wide), np.uint8)
    cv2.drawContours(mask, [outline - (left, top)], -1, (1.0,), cv2.FILLED)
    points = np.argwhere(mask)[:, ::-1] + np.array([left, top])
    along = points[:, 0] if wide >= high else points[:, 1]
    pairs = []
    for cut in np.linspace(along.min(), along.max(), 34)[4:-4]:
        sides = points[along < cut], points[along >= cut]
        if all(len(side) for side in sides):
            boxes = [cv2.minAreaRect(side.astype(np.int32)) for side in sides]
            pairs.append((sum(b[1][0] * b[1][1] for b in boxes), boxes))
    smallest, boxes = min(pairs, key=lambda pair: pair[0], default=(area, [whole]))
    return boxes if smallest < _APART * area else [whole]


def _certainty(text: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    """The mean of the map within these corners."""
    height, width = text.shape
    low = np.clip(np.floor(corners.min(axis=0)), 0, (width - 1, height - 1)).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)), 0, (width - 1, height - 1)).astype(int)
    mask = np.zeros((high[1] - low[1] + 1, high[0] - low[0] + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - low).astype(np.int32)], (1.0,))
    return float(cv2.mean(text[low[1] : high[1] + 1, low[0] : high[0] + 1], mask)[0])


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the top left of the box as it lies: the two leftmost corners are its left side."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    left, right = left[np.argsort(left[:, 1])], right[np.argsort(right[:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], dtype=np.float32)


def _decode(columns: NDArray[np.float32], alphabet: Sequence[str], padding: float) -> Spelled:
    """CTC: the likeliest class of each column, repetitions once, blanks dropped."""
    best = columns.argmax(axis=1)
    characters, confidence, across = [], [], []
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start] != 0 and best[start] < len(alphabet):
            characters.append(alphabet[best[start]])
            confidence.append(float(columns[start:end, best[start]].max()))
            across.append(min(1.0, (start + end) / 2 / len(best) * padding))
        start = end
    return Spelled("".join(characters), tuple(confidence), tuple(across))
