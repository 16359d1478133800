"""Quality of faces: does leaving out the worst make fewer mistakes, and is what is wrong told?

`python -m bench.face_quality` measures rendered heads; with `BONAFIDE_DATA=…` also labelled people.
Error versus discard (ISO/IEC 29794-1): the threshold is set so that a tenth of the genuine pairs is
rejected; then the pairs of lowest quality are discarded, a pair being as good as its worse side.
Limits were set on seeds 1 to 3 of the rendered heads, that of the dark on 11 to 13 as well; the
figures are of seeds that nothing was set on. Labelled people are measured as photographed, and with
every other photograph spoilt as poor cameras do.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.portraits import Portrait, RgbImage, identity_one, identity_two
from samples.spoilt_faces import LOOK_ALIKES, OCCLUSIONS, side_lit
from verifiers.face_engine import FaceEngine
from verifiers.face_engines.served import ServedEngine
from verifiers.faces.quality import FaceQuality, assess
from verifiers.imaging import UnusableInput, load_pictures

SEEDS = (41, 42, 43, 44, 45, 46)
DISCARDED = (0.0, 0.05, 0.10, 0.20)
START = 0.10
"""False non-match rate before anything is discarded."""
_SIDE = 800
"""Real pictures are looked at with at most this many pixels a side."""


@dataclass(frozen=True, eq=False)
class Rated:
    """One face of a known person."""

    person: str
    what: str
    """What was done to it, or its file."""
    descriptor: NDArray[np.float64]
    quality: FaceQuality


@dataclass(frozen=True)
class Curve:
    """False non-match rates as the pairs of lowest quality are discarded."""

    pairs: int
    threshold: float
    rates: dict[float, float]
    by_chance: dict[float, tuple[float, float]]
    """Where nine tenths of 1,000 discards by chance lie."""
    good_pairs: int
    """Pairs that the product compares: neither side is unusable."""
    good_rate: float


def rendered(engine: FaceEngine, seeds: Sequence[int] = SEEDS) -> list[Rated]:
    """Two heads: as they are, behind things, looking otherwise, and photographed badly."""
    faces = []
    for portrait in (identity_one(), identity_two()):
        for seed in seeds:
            for what, pixels in _pictures(portrait, seed):
                found = engine.detect(pixels)
                if found:
                    descriptor = engine.describe(pixels, found[:1])[0]
                    faces.append(Rated(portrait.name, what, descriptor, assess(pixels, found[0])))
    return faces


def real(engine: FaceEngine, data: Path, *, spoilt: bool = False) -> list[Rated]:
    """Every picture with a labelled person, and exactly one face.

    `spoilt`: every other one blurred, shrunk, dimmed, over-exposed, hazy or compressed, from hardly
    to badly.
    """
    random = np.random.default_rng(SEEDS[0])
    folder = data / "faces"
    faces = []
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"].startswith("identity")]
    for number, row in enumerate(rows):
        try:
            pixels = load_pictures(folder / row["file"])[0].pixels
        except UnusableInput:
            continue
        pixels = _at_most(pixels, _SIDE)
        if spoilt and number % 2:
            pixels = _spoilt(pixels, random)
        found = engine.detect(pixels)
        if len(found) == 1:
            descriptor = engine.describe(pixels, found)[0]
            person = row["label"] if row["kind"] == "identity" else row["file"]
            faces.append(Rated(person, row["file"], descriptor, assess(pixels, found[0])))
    return faces


def genuine_pairs(faces: Sequence[Rated]) -> list[tuple[int, int]]:
    """Every two faces of one person."""
    return [
        (one, other)
        for one, other in combinations(range(len(faces)), 2)
        if faces[one].person == faces[other].person
    ]


def listed_pairs(faces: Sequence[Rated], data: Path) -> list[tuple[int, int]]:
    """The genuine ones of deepface's own list."""
    place = {Path(face.what).name: i for i, face in enumerate(faces) if "deepface" in face.what}
    listed = data / "faces/serengil+deepface/tests/unit/dataset/master.csv"
    with listed.open(newline="", encoding="utf-8") as file:
        same = [r for r in csv.DictReader(file) if r["Decision"] == "Yes"]
    files = [(row["file_x"], row["file_y"]) for row in same]
    return [(place[x], place[y]) for x, y in files if x in place and y in place]


def error_versus_discard(faces: Sequence[Rated], pairs: Sequence[tuple[int, int]]) -> Curve:
    """How many genuine pairs are rejected as the worst are discarded; at least ten pairs."""
    apart = np.array([np.linalg.norm(faces[a].descriptor - faces[b].descriptor) for a, b in pairs])
    worth = np.array([min(faces[a].quality.rank, faces[b].quality.rank) for a, b in pairs])
    threshold = float(np.quantile(apart, 1 - START))
    random = np.random.default_rng(1)

    def rate(order: NDArray[np.int64], share: float) -> float:
        kept = order[round(share * len(order)) :]
        return float((apart[kept] > threshold).mean())

    chance = {
        share: np.quantile(
            [rate(random.permutation(len(apart)), share) for _ in range(1000)], [0.05, 0.95]
        )
        for share in DISCARDED
    }
    worst_first = np.argsort(worth, kind="stable")
    good = np.array([faces[a].quality.good and faces[b].quality.good for a, b in pairs])
    return Curve(
        pairs=len(pairs),
        threshold=threshold,
        rates={share: rate(worst_first, share) for share in DISCARDED},
        by_chance={share: (float(low), float(high)) for share, (low, high) in chance.items()},
        good_pairs=int(good.sum()),
        good_rate=float((apart[good] > threshold).mean()) if good.any() else 0.0,
    )


def _pictures(portrait: Portrait, seed: int) -> Iterable[tuple[str, RgbImage]]:
    random = np.random.default_rng(seed)
    eyes = random.uniform(55, 75)
    changed = {"as it is": portrait}
    changed |= {name: put(portrait, seed) for name, put in (OCCLUSIONS | LOOK_ALIKES).items()}
    changed["lit from one side"] = side_lit(portrait, random.uniform(0.05, 0.12))
    for name, other in changed.items():
        yield name, _taken(other, eyes, random)
    plain = _taken(portrait, eyes, random)
    yield "small", _taken(portrait, random.uniform(16, 24), random)
    yield "blurred", _u8(cv2.GaussianBlur(plain, (0, 0), eyes / 56 * random.uniform(2.2, 3.5)))
    yield "in the dark", _u8(plain * random.uniform(0.05, 0.09))
    yield "too bright", _u8(plain * random.uniform(2.2, 3.0))
    yield "without contrast", _u8(plain * 0.12 + random.uniform(90, 150))
    yield "compressed", jpeg(plain, int(random.integers(4, 9)))


def _spoilt(pixels: RgbImage, random: np.random.Generator) -> RgbImage:
    """One way of six, as bad as chance has it."""
    amount = random.uniform()
    match random.integers(6):
        case 0:
            return _u8(cv2.GaussianBlur(pixels, (0, 0), 0.3 + 3 * amount * max(pixels.shape) / 250))
        case 1:
            by = 1 - 0.6 * amount
            return _u8(cv2.resize(pixels, None, fx=by, fy=by, interpolation=cv2.INTER_AREA))
        case 2:
            return _u8(pixels * 0.06**amount)
        case 3:
            return _u8(pixels * (1 + 1.5 * amount))
        case 4:
            return _u8(pixels * (1 - 0.9 * amount) + 110 * amount)
        case _:
            return jpeg(pixels, round(60 - 55 * amount))


def _taken(portrait: Portrait, eyes: float, random: np.random.Generator) -> RgbImage:
    """As photographed: so many pixels between the eyes, tilted a little, with grain."""
    scale = eyes / portrait.features.eye_distance
    height, width = portrait.image.shape[:2]
    small = cv2.resize(portrait.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    turn = cv2.getRotationMatrix2D(
        (width * scale / 2, height * scale / 2), random.uniform(-8, 8), 1
    )
    size = (small.shape[1], small.shape[0])
    tilted = cv2.warpAffine(small, turn, size, borderMode=cv2.BORDER_REPLICATE)
    return _u8(tilted + random.normal(0, 2.0, tilted.shape))


def jpeg(pixels: RgbImage, quality: int) -> RgbImage:
    """Compressed and back; quality from 1 to 100."""
    _, data = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if decoded is None:
        raise RuntimeError("a JPEG that was just made does not decode")
    return np.ascontiguousarray(decoded[..., ::-1], dtype=np.uint8)


def _u8(pixels: NDArray[Any]) -> RgbImage:
    return np.ascontiguousarray(np.clip(pixels, 0, 255), dtype=np.uint8)


def _at_most(pixels: RgbImage, side: int) -> RgbImage:
    scale = side / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    return _u8(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def print_levels(faces: Sequence[Rated]) -> None:
    """What was done, how far it moved the descriptor, and what quality said of it."""
    clean = {
        person: np.mean(
            [f.descriptor for f in faces if f.person == person and f.what == "as it is"], axis=0
        )
        for person in {face.person for face in faces}
    }
    for what in dict.fromkeys(face.what for face in faces):
        group = [face for face in faces if face.what == what]
        moved = np.median([np.linalg.norm(f.descriptor - clean[f.person]) for f in group])
        print(f"{what:20} {len(group):3} found, moved {moved:.2f}; {_told(group)}")


def _told(faces: Sequence[Rated]) -> str:
    levels = Counter(face.quality.level.value for face in faces)
    components = Counter(
        f"{measure.component.value} {measure.level.value}"
        for face in faces
        for measure in face.quality.measures
        if measure.reason
    )
    return ", ".join(f"{name} {count}" for name, count in [*levels.items(), *components.items()])


def print_curve(name: str, curve: Curve) -> None:
    """The rates, each beside what discarding by chance would give."""
    print(f"{name}: {curve.pairs} genuine pairs, threshold {curve.threshold:.2f}")
    for share, rate in curve.rates.items():
        low, high = curve.by_chance[share]
        print(f"  {share:4.0%} discarded: {rate:5.1%} rejected (by chance {low:.1%} to {high:.1%})")
    print(f"  without the unusable: {curve.good_pairs} pairs, {curve.good_rate:.1%} rejected")


def main() -> None:
    """Measures and prints."""
    engine = ServedEngine()
    faces = rendered(engine)
    print_levels(faces)
    print_curve("rendered heads", error_versus_discard(faces, genuine_pairs(faces)))
    if data := os.environ.get("BONAFIDE_DATA"):
        for how, spoilt in (("as photographed", False), ("every other one spoilt", True)):
            people = real(engine, Path(data), spoilt=spoilt)
            print(f"{len(people)} photographs of people, {how}: {_told(people)}")
            news = [face for face in people if "krasserm" in face.what]
            print_curve("LFW subset", error_versus_discard(news, genuine_pairs(news)))
            print_curve("deepface", error_versus_discard(people, listed_pairs(people, Path(data))))


if __name__ == "__main__":
    main()
