"""What can be measured of a face from its pixels and 68 landmarks, component by component.

Most is measured on the face cut out upright with its eyes 56 pixels apart (`aligned_chip`), so that
a limit means the same for every size. Exposure is what the sensor lost, and everything else about
light is a ratio within the face: the same light gives dark and light skin the same values, but for
the little and the much light in which a sensor loses the one or the other first.

Inter-eye distance, pose, opening of eyes and mouth, and burnt-out share are measured as ISO/IEC
29794-5 does. For sharpness, occlusion and compression the standard uses trained models, and for
uniformity histograms; ours are named for what they are. Its dynamic range (entropy of luminance)
and mean luminance are left out: both fall with darker skin in the same light.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Face, Landmarks, aligned_chip
from verifiers.head_pose import HeadPose, head_pose
from verifiers.picture import Pixels

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SIDE = 160
_EYES = 0.35 * _SIDE
"""Pixels between the eyes on the chip."""
_MIDDLE = np.array([_SIDE / 2, 0.42 * _SIDE])
"""Between the eyes, on the chip."""
_BURNT = 247
"""Luminance that ISO/IEC 29794-5 counts as over-exposed."""
_DARK, _FLAT = 25, 2.5
"""Luminance that it counts as under-exposed; we, only where less than so many grey levels of local
change are left: dark skin that is seen is not lost."""
_GAMMA = 2.2


@dataclass(frozen=True, eq=False)
class FaceSeen:
    """A face on a picture of any size, upright and at a fixed scale."""

    pixels: Pixels
    face: Face

    @cached_property
    def chip(self) -> Pixels:
        return aligned_chip(self.pixels, self.face, _SIDE)

    @cached_property
    def grey(self) -> Plane:
        return np.asarray(cv2.cvtColor(self.chip, cv2.COLOR_RGB2GRAY), dtype=np.float32)

    @cached_property
    def points(self) -> Landmarks:
        """The landmarks on the chip."""
        left, right = self.face.eyes
        across = (right - left) / max(self.face.inter_eye_distance, 1.0)
        turn = np.array([[across[0], across[1]], [-across[1], across[0]]])
        scale = _EYES / max(self.face.inter_eye_distance, 1.0)
        placed = scale * (self.face.landmarks - (left + right) / 2) @ turn.T + _MIDDLE
        return np.asarray(placed, dtype=np.float64)

    @cached_property
    def region(self) -> Mask:
        """From the brows to the jaw, without the outermost pixels."""
        hull = cv2.erode(_hull(self.points), np.ones((5, 5), np.uint8)) > 0
        # Landmarks gone astray may enclose nothing; something must be looked at.
        return np.asarray(hull | _disc(self.points[30], 8, 8))

    @cached_property
    def cheeks(self) -> tuple[float, float]:
        """Median luminance of both, left on the picture first."""
        left, right = (self.points[list(three)].mean(axis=0) for three in _CHEEKS)
        return self.median(_disc(left, 7, 7)), self.median(_disc(right, 7, 7))

    @cached_property
    def change(self) -> Plane:
        """How steeply luminance changes at each place, in grey levels a pixel."""
        slopes = [cv2.Sobel(self.grey, cv2.CV_32F, *way, ksize=3) / 8 for way in ((1, 0), (0, 1))]
        return np.asarray(np.hypot(*slopes), dtype=np.float32)

    @cached_property
    def t_metric(self) -> float:
        """From between the eyes to the chin, on the chip: the T of ISO/IEC 29794-5."""
        return max(float(np.hypot(*(self.points[8] - _MIDDLE))), 1.0)

    def median(self, mask: Mask) -> float:
        return float(np.median(self.grey[mask]))

    def structure(self, mask: Mask) -> float:
        """Change within, as a share of the brightness there: the same in any light."""
        return float(self.change[mask].mean() / max(float(self.grey[mask].mean()), 8.0))


_CHEEKS = (2, 31, 41), (14, 35, 46)
"""Jaw, wing of the nose, lower lid: the middle of a cheek lies between them at any turn."""
_EYE_POINTS = range(36, 42), range(42, 48)
_MOUTH_POINTS, _INNER_MOUTH = range(48, 60), ((61, 67), (62, 66), (63, 65))
_BESIDE_MOUTH = (4, 48), (12, 54)


def pose(face: Face) -> HeadPose:
    """Relative to the line from camera to face, wherever on the picture it is."""
    low, high = face.landmarks.min(axis=0), face.landmarks.max(axis=0)
    side = 2 * float((high - low).max())
    return head_pose(face.landmarks - (low + high) / 2 + side / 2, side, side)


def sharpness(seen: FaceSeen) -> float:
    """0 (no detail) to 1: the share of local change that a further blur would take away.

    Crete et al., "The blur effect" (SPIE 2007): of the differences between neighbours, the share
    that a 9-pixel blur along the same direction removes; the worse direction counts.
    """
    grey = seen.grey[20:150, 20:140]
    shares = []
    for axis, kernel in ((0, (1, 9)), (1, (9, 1))):
        before = np.abs(np.diff(grey, axis=axis))
        after = np.abs(np.diff(cv2.blur(grey, kernel), axis=axis))
        shares.append(np.maximum(0, before - after).sum() / max(float(before.sum()), 1e-9))
    return float(min(shares))


def burnt_out(seen: FaceSeen) -> float:
    """Share of the face whose luminance the sensor could not tell from white."""
    return float((seen.grey[seen.region] >= _BURNT).mean())


def lost_in_the_dark(seen: FaceSeen) -> float:
    """Share of the face that is nearly black and shows nothing."""
    smooth = cv2.blur(seen.grey, (3, 3))
    mean = cv2.blur(smooth, (9, 9))
    spread = np.sqrt(np.maximum(cv2.blur(smooth * smooth, (9, 9)) - mean * mean, 0))
    return float(((mean <= _DARK) & (spread < _FLAT))[seen.region].mean())


def contrast(seen: FaceSeen) -> float:
    """Standard deviation of luminance over the face, as a share of its mean."""
    inside = seen.grey[seen.region]
    return float(inside.std() / max(float(inside.mean()), 1.0))


def light_from_one_side(seen: FaceSeen) -> float:
    """Light on the darker cheek over light on the brighter one: 1 is even.

    Negative where the left of the picture is the darker one.
    """
    left, right = ((max(cheek, 1.0) / 255) ** _GAMMA for cheek in seen.cheeks)
    return float(right / left if left >= right else -left / right)


def eyes_open(seen: FaceSeen) -> float:
    """The widest gap between the lids of the narrower eye, as a share of T."""
    gaps = []
    for first in (36, 42):
        outer, inner = (first + 1, first + 5), (first + 2, first + 4)
        gaps.append(max(_apart(seen.points, *pair) for pair in (outer, inner)))
    return min(gaps) / seen.t_metric


def mouth_open(seen: FaceSeen) -> float:
    """The widest gap between the lips, as a share of T."""
    return max(_apart(seen.points, *pair) for pair in _INNER_MOUTH) / seen.t_metric


def eyes_seen(seen: FaceSeen) -> float:
    """How much structure the less visible eye shows; dark lenses and reflections leave little."""
    return min(seen.structure(_eye(seen.points, eye)) for eye in _EYE_POINTS)


def glare_on_eyes(seen: FaceSeen) -> float:
    """Share of the lens before the more hidden eye that is burnt out: light reflected by glasses.

    The lens is wider than the eye, whose landmarks wander off where glare hides it.
    """
    lenses = (_disc(seen.points[list(eye)].mean(axis=0), 20, 13) for eye in _EYE_POINTS)
    return max(float((seen.grey[lens] >= _BURNT).mean()) for lens in lenses)


def mouth_seen(seen: FaceSeen) -> float:
    """How much the lips differ from what is beside them, in structure and in colour.

    A mask or a hand has neither lips nor the line between them; on a grey picture structure alone
    must tell.
    """
    hull = _hull(seen.points[list(_MOUTH_POINTS)]) > 0
    beside = np.zeros_like(hull)
    for pair in _BESIDE_MOUTH:
        beside |= _disc(seen.points[list(pair)].mean(axis=0), 6, 6)
    apart = _hue(seen.chip[hull]) - _hue(seen.chip[beside])
    return seen.structure(hull) + float(np.hypot(*apart))


def _hue(colours: Pixels) -> NDArray[np.float32]:
    """Of red and of blue beside green: the median of the logarithms of the ratios."""
    light = np.log(np.maximum(colours.astype(np.float32), 8))
    return np.asarray(np.median(light[:, [0, 2]] - light[:, [1]], axis=0), dtype=np.float32)


def blockiness(pixels: Pixels, face: Face) -> float:
    """How much steeper the picture changes every 8th pixel than beside it; 1 is not at all.

    Blocks of JPEG and of older video codecs; measured on the picture's own pixels, because any
    scaling or turning hides them. The less blocky direction counts.
    """
    height, width = pixels.shape[:2]
    left, right = (round(min(max(x, 0), width)) for x in (face.left, face.right))
    top, bottom = (round(min(max(y, 0), height)) for y in (face.top, face.bottom))
    grey = pixels[top:bottom, left:right].astype(np.float32).mean(axis=2)
    if min(grey.shape) < _LEAST_BLOCKS * 8:
        return 1.0
    return min(_steps(np.abs(np.diff(g, axis=1)).mean(axis=0)) for g in (grey, grey.T))


_LEAST_BLOCKS = 5
"""On fewer, one edge of the face can look like the edge of blocks."""


def _steps(change: NDArray[np.float32]) -> float:
    beside = (np.roll(change, 1) + np.roll(change, -1)) / 2
    inner = np.arange(1, change.size - 1)
    return max(
        float(change[at].sum() / max(float(beside[at].sum()), 1e-6))
        for at in (inner[inner % 8 == phase] for phase in range(8))
    )


def _eye(points: Landmarks, eye: range) -> Mask:
    return _disc(points[list(eye)].mean(axis=0), 13, 7)


def _apart(points: Landmarks, one: int, other: int) -> float:
    return float(np.hypot(*(points[one] - points[other])))


def _disc(middle: Landmarks, across: float, down: float) -> Mask:
    rows, columns = np.ogrid[0:_SIDE, 0:_SIDE]
    # A landmark may lie beside the chip, at the edge of a picture; its disc never does.
    x, y = np.clip(middle, 8, _SIDE - 8)
    return np.asarray(((columns - x) / across) ** 2 + ((rows - y) / down) ** 2 <= 1)


def _hull(points: Landmarks) -> NDArray[np.uint8]:
    hull = np.zeros((_SIDE, _SIDE), np.uint8)
    inside = np.clip(points, 0, _SIDE - 1).round().astype(np.int32)
    cv2.fillConvexPoly(hull, np.asarray(cv2.convexHull(inside)), 1)
    return hull
