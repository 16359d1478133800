"""Portraits as documents spoil them, against photographs of the same people.

`BONAFIDE_DATA=… python -m bench.face_portraits`: every photograph of LFW's five people is taken for
the portrait, as it is and spoiled, and compared as the product does with a template of five others
as they are, drawn at random ten times. Bands are the product's, with those for print without colour
where it sees none. Nothing was tuned on these spoilers but the step for print without colour, which
was chosen on the same people (`verifiers/faces/matching.py`).
"""

import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench.face_quality import jpeg
from bench.faces import DRAWS, IN_TEMPLATE
from models.person import Band, FaceTemplate, TemplateKind
from verifiers.face_engine import FaceEngine
from verifiers.face_engines.served import ServedEngine
from verifiers.faces.matching import bands_for, distance
from verifiers.faces.portraits import find_portrait
from verifiers.faces.templates import DescribedFace, template
from verifiers.imaging import load_pictures
from verifiers.picture import Picture, Pixels

EYES = 36
"""Pixels between the eyes of a small portrait; below 30 none counts."""

Spoil = Callable[[Pixels, float], Pixels]
"""A picture and the pixels between its eyes, to the picture spoiled."""


@dataclass(frozen=True)
class Spoiled:
    """What became of the portraits spoiled in one way."""

    portraits: int
    compared: int
    """Those that were found and good enough."""
    genuine: tuple[tuple[float, Band], ...]
    impostors: tuple[tuple[float, Band], ...]


def measure(data: Path) -> dict[str, Spoiled]:
    """By how the portraits were spoiled."""
    engine = ServedEngine()
    pictures = {
        person: [load_pictures(path)[0] for path in sorted(person.glob("*.jpg"))]
        for person in sorted((data / "faces/krasserm+face-recognition/images").iterdir())
    }
    clean = {
        person: [found for picture in taken if (found := _face(engine, picture))]
        for person, taken in pictures.items()
    }
    return {name: _spoiled(engine, clean, spoil) for name, spoil in SPOILERS.items()}


def _spoiled(
    engine: FaceEngine, clean: Mapping[Path, Sequence[DescribedFace]], spoil: Spoil
) -> Spoiled:
    told: dict[bool, list[tuple[float, Band]]] = {True: [], False: []}
    portraits = compared = 0
    for person, faces in clean.items():
        for face in faces:
            seen, eyes = face.rated.seen, face.rated.quality.inter_eye_distance
            spoiled = _face(engine, Picture(seen.file, spoil(seen.frame.pixels, eyes)))
            portraits += 1
            if spoiled is None:
                continue
            compared += 1
            portrait = template(engine, TemplateKind.PORTRAIT, [spoiled])
            for same, other in _templates(engine, clean, person, face):
                apart = distance(portrait, other)
                told[same].append((apart, bands_for(portrait, other).band(apart)))
    return Spoiled(portraits, compared, tuple(told[True]), tuple(told[False]))


def _templates(
    engine: FaceEngine,
    clean: Mapping[Path, Sequence[DescribedFace]],
    person: Path,
    but: DescribedFace,
) -> Iterator[tuple[bool, FaceTemplate]]:
    """Of the person and of everyone else, without this photograph."""
    drawn = random.Random(but.rated.seen.file)
    for other, faces in clean.items():
        left = [face for face in faces if face is not but]
        if len(left) >= IN_TEMPLATE:
            for _ in range(DRAWS):
                five = drawn.sample(left, IN_TEMPLATE)
                yield other == person, template(engine, TemplateKind.LIVE, five)


def _face(engine: FaceEngine, picture: Picture) -> DescribedFace | None:
    face = find_portrait(engine, picture).face
    return face if face and face.rated.quality.good else None


def _lines(pixels: Pixels, eyes: float) -> Pixels:
    """Wavy lines in a light colour all over it, as a hologram or a security print has them."""
    height, width = pixels.shape[:2]
    layer, across = np.zeros((height, width), np.uint8), np.arange(width)
    for first in range(-height, 2 * height, max(3, round(eyes / 5))):
        down = first + 0.4 * eyes * np.sin(2 * across / eyes) + 0.3 * across
        line = np.stack([across, down], axis=1).astype(np.int32)
        cv2.polylines(layer, [line], False, (255.0,), max(1, round(eyes / 40)), cv2.LINE_AA)
    share = 0.35 * layer[..., None] / 255
    return np.asarray(pixels * (1 - share) + np.array([200, 230, 210]) * share, dtype=np.uint8)


def _grey(pixels: Pixels, _: float) -> Pixels:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.repeat(np.asarray(grey, np.uint8)[..., None], 3, axis=2)


def _small(pixels: Pixels, eyes: float) -> Pixels:
    by = min(1.0, EYES / eyes)
    small = cv2.resize(pixels, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


SPOILERS: dict[str, Spoil] = {
    "as it is": lambda pixels, _: pixels,
    "compressed (JPEG 25)": lambda pixels, _: jpeg(pixels, 25),
    "lines of a hologram over it": _lines,
    "grey": _grey,
    f"small, {EYES} pixels between the eyes": _small,
    "all of these": lambda pixels, eyes: jpeg(_grey(_small(_lines(pixels, eyes), eyes), eyes), 50),
}


def print_table(figures: Mapping[str, Spoiled]) -> None:
    """A line for each way to spoil a portrait."""
    for name, told in figures.items():
        far = [apart for apart, _ in told.impostors]
        print(
            f"{name:32} {told.compared} of {told.portraits} compared; genuine: "
            f"{_shares(told.genuine)}, at most {max(a for a, _ in told.genuine):.3f}; two people: "
            f"{_shares(told.impostors)}, first per cent {np.quantile(far, 0.01):.3f}, "
            f"nearest {min(far):.3f}"
        )


def _shares(told: Sequence[tuple[float, Band]]) -> str:
    counts = {band: sum(of is band for _, of in told) for band in Band}
    return ", ".join(f"{band.value} {n / len(told):.1%}" for band, n in counts.items() if n)


def main(arguments: list[str]) -> None:
    """Measures and prints."""
    if arguments:
        raise SystemExit(__doc__)
    if "BONAFIDE_DATA" not in os.environ:
        raise SystemExit("BONAFIDE_DATA names no folder of labelled faces to measure on")
    print_table(measure(Path(os.environ["BONAFIDE_DATA"])))


if __name__ == "__main__":
    main(sys.argv[1:])
