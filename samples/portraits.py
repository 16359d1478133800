"""The two faces of the samples: public-domain portraits inside installed Python packages.

Identity one is NASA's portrait of Eileen Collins in `skimage.data.astronaut()`; identity two the US
Navy's portrait of Grace Hopper in matplotlib's sample data. Works of the United States government,
in the public domain. Neither person has to do with the invented holders they stand for.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

RgbImage = npt.NDArray[np.uint8]
"""Height x width x 3, red first."""
Plane = npt.NDArray[np.floating[Any]]
"""Real numbers, most often one for each pixel."""
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Features:
    """Places in the portrait, in its pixels; found once with dlib's 68 points and written down.

    Eyes are six points each: outer to inner corner above, back below, as seen from left to right.
    `mouth` is the upper edge of the lower lip, from left corner to right: where lips part.
    `outline` is a rough silhouette that contains the person; `core` lies surely inside.
    """

    left_eye: Points
    right_eye: Points
    nose_bridge: tuple[float, float]
    nose_tip: tuple[float, float]
    mouth: Points
    crown: tuple[float, float]
    chin: tuple[float, float]
    head_half_width: float
    outline: Points
    core: Points

    @property
    def eye_distance(self) -> float:
        """Between the eyes' centres, pixels."""
        left, right = (np.mean(eye, axis=0) for eye in (self.left_eye, self.right_eye))
        return float(np.linalg.norm(right - left))

    @property
    def head_centre(self) -> tuple[float, float]:
        """Midway between crown and chin, below the bridge of the nose."""
        return self.nose_bridge[0], (self.crown[1] + self.chin[1]) / 2


@dataclass(frozen=True, eq=False)
class Portrait:
    """A face to print on a document or to animate."""

    name: str
    provenance: str
    image: RgbImage
    features: Features


@cache
def identity_one() -> Portrait:
    """Eileen Collins, NASA, about 1992."""
    import skimage.data

    return Portrait(
        name="identity one",
        provenance="NASA portrait of Eileen Collins (public domain), skimage.data.astronaut",
        image=np.asarray(skimage.data.astronaut(), dtype=np.uint8),
        features=_ONE,
    )


@cache
def identity_two() -> Portrait:
    """Grace Hopper, US Navy, 1984."""
    from matplotlib import get_data_path

    path = Path(get_data_path()) / "sample_data" / "grace_hopper.jpg"
    bgr = cv2.imdecode(np.frombuffer(path.read_bytes(), dtype=np.uint8), cv2.IMREAD_COLOR)
    if bgr is None:
        raise RuntimeError("matplotlib's sample picture grace_hopper.jpg does not decode")
    return Portrait(
        name="identity two",
        provenance="US Navy portrait of Grace Hopper (public domain), matplotlib sample data",
        image=np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8),
        features=_TWO,
    )


@cache
def matte(portrait: Portrait) -> Plane:
    """How much of each pixel is the person, 0 to 1, in the portrait's own size."""
    features = portrait.features
    mask = np.full(portrait.image.shape[:2], cv2.GC_BGD, dtype=np.uint8)
    cv2.fillPoly(mask, [np.array(features.outline, np.int32)], cv2.GC_PR_FGD)
    cv2.fillPoly(mask, [np.array(features.core, np.int32)], cv2.GC_FGD)
    cv2.setRNGSeed(1)
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(
        portrait.image, mask, (0, 0, 0, 0), background, foreground, 4, cv2.GC_INIT_WITH_MASK
    )
    person = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    smooth = cv2.morphologyEx(person, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    soft = cv2.GaussianBlur(smooth, (0, 0), features.eye_distance / 40)
    return np.asarray(np.clip((soft - 0.35) / 0.6, 0, 1), np.float32)


def document_photo(portrait: Portrait, width: int, height: int) -> RgbImage:
    """The person before a plain light background, framed as ICAO 9303-3 §3.9 and ISO/IEC 39794-5.

    Chin to crown takes 76 % of the height, the head stands in the middle.
    """
    features = portrait.features
    scale = 0.76 * height / (features.chin[1] - features.crown[1])
    move = np.array(
        [
            [scale, 0, width / 2 - scale * features.head_centre[0]],
            [0, scale, 0.10 * height - scale * features.crown[1]],
        ]
    )
    size = (width, height)
    alpha = cv2.warpAffine(matte(portrait), move, size, flags=cv2.INTER_CUBIC)
    alpha = np.clip(alpha, 0, 1)[..., None]
    person = cv2.warpAffine(
        portrait.image, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    plain = np.linspace(222, 206, height)[:, None, None] * np.array([0.97, 0.99, 1.0])
    return np.asarray(person * alpha + plain * (1 - alpha), dtype=np.uint8)


_ONE = Features(
    left_eye=((195, 101), (200, 98), (207, 98), (212, 104), (206, 104), (199, 104)),
    right_eye=((237, 106), (243, 100), (250, 100), (255, 105), (250, 107), (244, 107)),
    nose_bridge=(226, 102),
    nose_tip=(225, 130),
    mouth=((203, 140), (217, 149), (223, 150), (229, 149), (244, 142)),
    crown=(228, 14),
    chin=(220, 178),
    head_half_width=74,
    outline=(
        (160, 60), (175, 30), (205, 10), (240, 8), (275, 28), (300, 60), (308, 100), (290, 130),
        (272, 140), (260, 158), (257, 174), (276, 186), (299, 208), (309, 236), (350, 260),
        (370, 340), (372, 512), (10, 512),
        (15, 420), (30, 290), (70, 235), (108, 210), (108, 170), (130, 148), (170, 145),
        (172, 132), (150, 105),
    ),
    core=(
        (172, 60), (190, 32), (215, 22), (245, 22), (270, 40), (288, 70), (290, 100), (270, 125),
        (261, 150), (256, 176), (280, 206), (297, 238), (330, 270), (345, 350), (350, 512),
        (40, 512), (40, 400), (50, 300), (85, 250), (125, 225), (122, 190), (140, 162),
        (185, 158), (183, 130), (168, 105),
    ),
)  # fmt: skip

_TWO = Features(
    left_eye=((210, 195), (218, 187), (228, 187), (238, 194), (229, 195), (219, 196)),
    right_eye=((291, 192), (300, 184), (310, 184), (319, 190), (311, 192), (301, 193)),
    nose_bridge=(265, 188),
    nose_tip=(266, 245),
    mouth=((236, 278), (258, 280), (267, 280), (276, 279), (305, 274)),
    crown=(264, 22),
    chin=(269, 333),
    head_half_width=112,
    outline=(
        (170, 80), (185, 45), (225, 25), (265, 18), (302, 24), (308, 40), (345, 52), (357, 85),
        (377, 95),
        (377, 165), (382, 200), (378, 230), (362, 265), (362, 300), (335, 315), (345, 325),
        (400, 350), (490, 385), (511, 430), (511, 599), (10, 599), (15, 480), (35, 410),
        (80, 372), (150, 350), (200, 330), (203, 318), (195, 310), (165, 290), (155, 235),
        (147, 200),
        (147, 110),
    ),
    core=(
        (182, 85), (195, 55), (230, 35), (265, 30), (294, 34), (302, 55), (338, 70), (345, 92),
        (364, 105),
        (362, 160), (368, 200), (362, 225), (348, 262), (345, 290), (325, 312), (335, 335),
        (390, 362), (470, 395), (495, 430), (500, 599), (32, 599), (32, 500), (48, 420),
        (85, 388), (155, 362), (205, 335), (210, 312), (185, 285), (170, 235), (160, 200),
        (156, 115),
    ),
)  # fmt: skip
