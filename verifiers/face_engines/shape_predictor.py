"""Landmarks of a face by dlib's shape predictors, run by numpy: the very same whole pixels.

Everything that dlib does in floats of 32 bits is done so here, and in its order, because landmarks
are rounded to whole pixels and one split that goes the other way moves them.
"""

import numpy as np
from numpy.typing import NDArray

from verifiers.face_engines.dlib_format import Floats
from verifiers.face_engines.shape_weights import Places, ShapeWeights
from verifiers.picture import Pixels

Box = tuple[int, int, int, int]
"""Left, top, right, bottom: whole pixels, borders included."""
Points = NDArray[np.int64]
"""`(n, 2)`: x and y in whole pixels."""


class ShapePredictor:
    """Safe to use from several threads."""

    def __init__(self, weights: ShapeWeights) -> None:
        self._weights = weights
        splits = weights.thresholds.shape[1] // weights.trees
        self._roots = np.arange(weights.trees) * splits
        """Of each tree, among all splits of its forest."""
        # A tree is complete; its splits are numbered from the root row by row, then its leaves.
        self._depth = splits.bit_length()
        self._first_leaves = np.arange(weights.trees) * (splits + 1) - splits
        mean = weights.mean.astype(np.float64).reshape(-1, 2)
        self._centred = mean - mean.mean(axis=0)
        self._spread = float((self._centred**2).sum())

    def __call__(self, pixels: Pixels, box: Box) -> Points:
        """Of the face in the box, which may reach beyond the picture (`(height, width, 3)`)."""
        weights = self._weights
        shape = weights.mean
        # One row for where the landmarks are, one for each tree's move; numpy adds rows in order.
        rows = np.empty((1 + weights.trees, shape.size), np.float32)
        for forest in range(len(weights.moves)):
            leaves = self._leaves(forest, self._seen(forest, shape, pixels, box))
            rows[0] = shape
            np.take(weights.moves[forest], leaves, axis=0, out=rows[1:], mode="clip")
            shape = np.add.reduce(rows, axis=0)
        x, y = _on_picture(shape[0::2], shape[1::2], box)
        return np.stack([x, y], axis=1)

    def _seen(self, forest: int, shape: Floats, pixels: Pixels, box: Box) -> Floats:
        """How bright the pixels are that a forest looks at; those beyond the picture are black."""
        weights, anchors = self._weights, self._weights.anchors[forest]
        a, b = self._turn(shape)
        right, down = weights.beside[forest]
        x, y = _on_picture(
            a * right - b * down + shape[0::2][anchors],
            b * right + a * down + shape[1::2][anchors],
            box,
        )
        height, width = pixels.shape[:2]
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        colours = pixels.reshape(-1, 3)[(y * width + x) * inside].astype(np.int32)
        # Not `sum`: over rows of three it takes five times as long.
        grey = (colours[:, 0] + colours[:, 1] + colours[:, 2]) // 3
        return np.asarray(grey * inside, dtype=np.float32)

    def _turn(self, shape: Floats) -> tuple[np.float32, np.float32]:
        """Cosine and sine, times the scale, of what lays the mean face best on this one."""
        # The mean face is centred, so this one need not be.
        along, across = self._centred.T
        x, y = shape[0::2].astype(np.float64), shape[1::2].astype(np.float64)
        a, b = along @ x + across @ y, along @ y - across @ x
        return np.float32(a / self._spread), np.float32(b / self._spread)

    def _leaves(self, forest: int, seen: Floats) -> Places:
        """Where each tree ends, among all leaves of its forest."""
        one, other = self._weights.compared[forest]
        first_side = seen[one] - seen[other] > self._weights.thresholds[forest]
        node: Places = np.zeros_like(self._roots)
        for _ in range(self._depth):
            node = 2 * node + 2 - first_side[self._roots + node]
        leaves: Places = self._first_leaves + node
        return leaves


def _on_picture(x: Floats, y: Floats, box: Box) -> tuple[Points, Points]:
    """Whole pixels; halves go up."""
    left, top, right, bottom = box
    across = np.floor(left + (right - left) * x.astype(np.float64) + 0.5)
    down = np.floor(top + (bottom - top) * y.astype(np.float64) + 0.5)
    return across.astype(np.int64), down.astype(np.int64)
