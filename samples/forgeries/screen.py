"""A document shown on a screen and photographed from it.

The screen is a liquid crystal panel: every pixel is a red, a green and a blue upright stripe with
black between them. What the lens leaves of that lattice the sensor samples with its Bayer mosaic:
the coloured moiré comes from there. Panels of phones with other layouts (PenTile) are not drawn.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from samples.captured_documents import drawn
from samples.forgeries.attack import Attack, Exhibit
from samples.forgeries.substrate import FINER, Sheet, scaled, spread, taken
from samples.portraits import RgbImage

STRIPE, ROW = 0.26, 0.9
"""Widths of a stripe of colour and height of a pixel that shine, in pixels of the panel."""
_HARMONICS = 8
_GAMMA = 2.2
_FILTERS = np.array([[0.85, 0.12, 0.03], [0.10, 0.80, 0.10], [0.03, 0.12, 0.85]], np.float32)
"""What the sensor's red, green and blue filters let through of the panel's."""


@dataclass(frozen=True)
class _Panel:
    pitch: tuple[float, float]
    """Pixels of the picture to one of the panel, from and to."""
    sent: tuple[str, ...]


_PANELS = {
    "phone_resent": _Panel((0.6, 1.0), ("messenger",)),
    "phone": _Panel((0.8, 1.3), ("camera",)),
    "laptop_resent": _Panel((1.3, 2.4), ("messenger", "cropped")),
    "laptop": _Panel((1.3, 2.4), ("camera",)),
    "monitor": _Panel((2.4, 6.0), ("camera", "messenger")),
}
"""Some 450, 200 and 96 pixels an inch, near enough that the document fills the picture."""


def _shown(seed: int, strength: str) -> Exhibit:
    document = drawn(seed)
    random = np.random.default_rng([seed, 80_000])
    panel = _PANELS[strength]
    pitch = float(np.exp(random.uniform(*np.log(panel.pitch))))
    own = document.camera
    camera = replace(
        own,
        sent=panel.sent[int(random.integers(len(panel.sent)))],  # type: ignore[arg-type]
        tilt=float(random.normal(0, 3)),
        keystone=float(random.uniform(0, 10)),
        noise=max(own.noise, 1.5),
    )
    return taken(
        document, _lit(document.side.image, pitch, camera.scale, spread(camera), random), camera
    )


def _lit(
    flat: RgbImage, pitch: float, scale: float, blur: float, random: np.random.Generator
) -> Sheet:
    """The panel with the document on it, as lens and sensor blur it."""
    shrink = scale / pitch
    shown = np.asarray(
        cv2.resize(flat, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8
    )
    aside, above = (round(side * random.uniform(0.03, 0.15)) for side in shown.shape[1::-1])
    ground = int(random.choice([24, 60, 128, 236, 255]))
    desktop = cv2.copyMakeBorder(
        shown, above, above, aside, aside, cv2.BORDER_CONSTANT, value=(ground,) * 3
    )
    fine = FINER * pitch
    size = round(desktop.shape[1] * fine), round(desktop.shape[0] * fine)
    light = (desktop.astype(np.float32) / 255) ** _GAMMA
    large = cv2.resize(light, size, interpolation=cv2.INTER_NEAREST)
    light = np.asarray(cv2.GaussianBlur(large, (0, 0), FINER * blur), np.float32)
    across, down = (np.asarray(np.arange(side) / fine, np.float32) for side in size)
    rows = lattice(down, ROW, 0.5, pitch, blur)[:, None]
    stripes = [lattice(across, STRIPE, (n + 0.5) / 3, pitch, blur) for n in range(3)]
    light *= rows[..., None] * np.stack(stripes, axis=1)[None]
    glow = 0.004 + 0.02 * random.random()
    seen = random.uniform(0.55, 0.85) * (light @ _FILTERS.T) + glow
    picture = (255 * np.clip(seen, 0, 1) ** (1 / _GAMMA)).astype(np.uint8)
    left, top = aside * fine, above * fine
    if random.random() < 0.5:
        bezel = round(0.02 * size[0])
        picture = np.asarray(
            cv2.copyMakeBorder(picture, *(bezel,) * 4, cv2.BORDER_CONSTANT, value=(14, 14, 15)),
            np.uint8,
        )
        left, top = left + bezel, top + bezel
    return Sheet(picture, scaled(fine * shrink, left, top), blurred=True)


def lattice(
    at: npt.NDArray[np.float32],
    width: float,
    middle: float,
    pitch: float,
    blur: float,
    finest: float = FINER / 2,
) -> npt.NDArray[np.float32]:
    """Light along one way of the panel (`at` in its pixels), 1 in the mean.

    The lens leaves exp(-2 (pi blur frequency)^2) of each harmonic; those over `finest` cycles in a
    pixel of the picture are left out.
    """
    light = np.ones_like(at)
    for harmonic in range(1, _HARMONICS + 1):
        frequency = harmonic / pitch
        left = 2 * np.sinc(harmonic * width) * np.exp(-2 * (np.pi * blur * frequency) ** 2)
        if frequency < finest:
            light += np.float32(left) * np.cos(2 * np.pi * harmonic * (at - np.float32(middle)))
    return light


ATTACKS = (
    Attack(
        "screen",
        "The document is shown on a screen and photographed from it.",
        tuple(_PANELS),
        _shown,
    ),
)
