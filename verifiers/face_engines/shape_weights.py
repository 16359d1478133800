"""dlib's shape predictors, which place landmarks on a face, read without dlib.

Such a model is a cascade of forests of regression trees (Kazemi and Sullivan, "One Millisecond Face
Alignment", CVPR 2014). Their two files hold 18 million numbers of varying length; dlib reads them
for 0.8 s at every start. What is made of them here is mapped from the cache as it lies there.
"""

from dataclasses import dataclass, fields
from math import prod
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from verifiers.face_engines.dlib_format import Floats, Parts, unpacked
from verifiers.face_engines.unusable import UnusableWeights

Places = NDArray[np.int64]
_SIZES = Struct("<5q")


@dataclass(frozen=True, eq=False)
class ShapeWeights:
    """The numbers of a model with `n` landmarks and `c` forests of `t` trees with `s` splits each.

    A forest looks at `p` pixels. All coordinates are in sides of the box that a face was found in.
    """

    mean: Floats
    """`(2 n,)`: the mean face, x and y in turn."""
    anchors: Places
    """`(c, p)`: the landmark that each pixel stands beside."""
    beside: Floats
    """`(c, 2, p)`: where it stands from there, on the mean face."""
    compared: Places
    """`(c, 2, t s)`: the two pixels that each split compares, its trees one after the other."""
    thresholds: Floats
    """`(c, t s)`: a split goes to its first side where the difference of both is above this."""
    moves: Floats
    """`(c, t (s + 1), 2 n)`: by what each leaf moves the landmarks."""

    @property
    def trees(self) -> int:
        """Each has one leaf more than splits."""
        return int(self.moves.shape[1] - self.thresholds.shape[1])

    def to_bytes(self) -> bytes:
        """For `from_bytes`."""
        (forests, pixels), trees = self.anchors.shape, self.trees
        splits = self.thresholds.shape[1] // trees
        sizes = _SIZES.pack(self.mean.size // 2, forests, trees, splits, pixels)
        return b"".join([sizes, *(getattr(self, field.name).tobytes() for field in fields(self))])

    @classmethod
    def from_bytes(cls, data: memoryview) -> "ShapeWeights":
        """What `to_bytes` gave; no copy is made, so of a mapped file only what is used is read."""
        n, c, t, s, p = _SIZES.unpack_from(data)
        at = _SIZES.size

        def array(kind: DTypeLike, *shape: int) -> NDArray[Any]:
            nonlocal at
            found = np.frombuffer(data, kind, prod(shape), at)
            at += found.nbytes
            return found.reshape(shape)

        return cls(
            mean=array(np.float32, 2 * n),
            anchors=array(np.int64, c, p),
            beside=array(np.float32, c, 2, p),
            compared=array(np.int64, c, 2, t * s),
            thresholds=array(np.float32, c, t * s),
            moves=array(np.float32, c, t * (s + 1), 2 * n),
        )


def read_shape_weights(file: str, data: bytes) -> ShapeWeights:
    """The model in this data; raises `UnusableWeights` where it is not one, whole, nothing else."""
    parts = Parts(file, data)
    parts.expect("version", parts.integer(), 1)
    length = -parts.integer()  # Negative sizes mark the newer of dlib's two ways.
    parts.expect("columns of the mean face", parts.integer(), -1)
    mean = parts.packed_reals(length)
    forests = [_forest(parts, length) for _ in range(parts.integer())]
    parts.expect("lists of landmarks", parts.integer(), len(forests))
    anchors = [[parts.integer() for _ in range(parts.integer())] for _ in forests]
    parts.expect("lists of pixels", parts.integer(), len(forests))
    beside = [parts.packed_reals(2 * parts.integer()) for _ in forests]
    parts.end()
    try:
        found = ShapeWeights(
            mean=unpacked(mean),
            anchors=np.array(anchors, np.int64),
            beside=np.stack([unpacked(each).reshape(-1, 2).T for each in beside]),
            compared=np.stack([compared for compared, _, _ in forests]),
            thresholds=np.stack([thresholds for _, thresholds, _ in forests]),
            moves=np.stack([moves for _, _, moves in forests]),
        )
    except ValueError:
        raise UnusableWeights(file, "has forests that differ in size") from None
    if found.anchors.shape != found.beside[:, 0].shape:
        raise UnusableWeights(file, "has landmarks and pixels that differ in number")
    if found.anchors.max() >= length // 2 or found.compared.max() >= found.anchors.shape[1]:
        raise UnusableWeights(file, "speaks of landmarks or pixels that it does not have")
    return found


def _forest(parts: Parts, length: int) -> tuple[Places, Floats, Floats]:
    """What its splits compare, `(2, t s)`, their thresholds, `(t s,)`, its leaves' moves."""
    compared, thresholds, moves = [], [], []
    trees = parts.integer()
    for _ in range(trees):
        splits = parts.integer()
        for _ in range(splits):
            compared.append((parts.integer(), parts.integer()))
            thresholds.append(parts.packed_reals(1))
        parts.expect("leaves of a tree", parts.integer(), splits + 1)
        for _ in range(splits + 1):
            parts.expect("length of a move", parts.integer(), -length)
            parts.expect("columns of a move", parts.integer(), -1)
            moves.append(parts.packed_reals(length))
    return (
        np.array(compared, np.int64).reshape(-1, 2).T,
        unpacked(b"".join(thresholds)),
        unpacked(b"".join(moves)).reshape(-1, length),
    )
