"""Faces of labelled people: our bands beside face_recognition's tolerance.

`BONAFIDE_DATA=… python -m bench.faces` compares photographs with photographs, which is the hardest
case, and, where a person has enough of them, a photograph with templates of five and templates with
templates, as a verification does. Nothing was tuned on these pictures; the bands come from other
people, see `verifiers/faces/matching.py`. Intervals count people, not pictures: one comparison a
person, one a pair of people.
"""

import csv
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measure import measure as in_a_process
from models.person import Band
from verifiers.face_engine import unit
from verifiers.faces.calibration_intervals import measured
from verifiers.faces.matching import BANDS, PairKind

Pair = tuple[Path, Path, bool]
"""Two pictures, and whether they show one person."""

Descriptor = NDArray[np.float64]

TOLERANCE = 0.6
"""face_recognition's default."""
IN_TEMPLATE = 5
DRAWS = 10
"""Of a template for each portrait and person."""


def measure(data: Path) -> dict[str, Any]:
    """Both engines on the same pairs, each in a process of its own."""
    ours = in_a_process("bench.faces", ["ours", str(data)])
    peer = in_a_process("bench.faces", ["face_recognition", str(data)])
    return {
        "ours": ours.answer,
        "face_recognition": peer.answer,
        "ours_over_face_recognition": {
            "cpu": round(ours.cpu_seconds / peer.cpu_seconds, 2),
            "peak_memory": round(ours.peak_megabytes / peer.peak_megabytes, 2),
        },
    }


def sets(data: Path) -> dict[str, list[Pair]]:
    """The labelled pairs: news photographs of five people, and deepface's own list."""
    people = sorted((data / "faces/krasserm+face-recognition/images").glob("*/*.jpg"))
    dataset = data / "faces/serengil+deepface/tests/unit/dataset"
    with (dataset / "master.csv").open(newline="", encoding="utf-8") as file:
        listed = [
            (dataset / row["file_x"], dataset / row["file_y"], row["Decision"] == "Yes")
            for row in csv.DictReader(file)
        ]
    return {
        "LFW subset": [(a, b, a.parent == b.parent) for a, b in combinations(people, 2)],
        "deepface pairs": listed,
    }


def _ours(data: Path) -> dict[str, Any]:
    from verifiers.face_engines.served import ServedEngine
    from verifiers.faces.portraits import find_portrait
    from verifiers.imaging import load_pictures

    engine = ServedEngine()
    bands = BANDS[engine.name]

    def describe(path: Path) -> Descriptor | None:
        found = find_portrait(engine, load_pictures(path)[0]).face
        return found.descriptor if found and found.rated.quality.good else None

    told = {}
    people: dict[str, list[Descriptor]] = {}
    for name, pairs in sets(data).items():
        known = _described(pairs, describe)
        told[name] = _by_band(
            (same, bands[PairKind.PHOTO_PHOTO].band(apart) if apart is not None else Band.UNKNOWN)
            for same, apart in _distances(pairs, known)
        )
        if name == "LFW subset":
            for path, found in known.items():
                if found is not None:
                    people.setdefault(path.parent.name, []).append(found)
    for kind in (PairKind.PORTRAIT_LIVE, PairKind.LIVE_LIVE):
        drawn = _templates(people, IN_TEMPLATE if kind is PairKind.LIVE_LIVE else 1)
        told[f"LFW subset, {kind.value}"] = _by_band(
            (same, bands[kind].band(apart)) for same, apart in drawn
        )
    return told


def _by_band(answers: Iterator[tuple[bool, Band]]) -> dict[str, dict[str, int]]:
    counted = Counter(answers)
    return {
        truth: {band.value: count for band in Band if (count := counted[same, band])}
        for same, truth in ((True, "same person"), (False, "two people"))
    }


def _templates(people: Mapping[str, list[Descriptor]], in_one: int) -> Iterator[tuple[bool, float]]:
    """Means of `in_one` photographs against means of five others, drawn at random."""
    drawn = random.Random(1)
    for one, photographs in people.items():
        for portrait in photographs * DRAWS:
            others = [each for each in photographs if each is not portrait]
            drawn.shuffle(others)
            left = unit(np.mean([portrait, *others[: in_one - 1]], axis=0))
            for other, theirs in people.items():
                rest = others[in_one - 1 :] if other == one else theirs
                if len(rest) >= IN_TEMPLATE:
                    right = unit(np.mean(drawn.sample(rest, IN_TEMPLATE), axis=0))
                    yield one == other, float(np.linalg.norm(left - right))


def _face_recognition(data: Path) -> dict[str, Any]:
    import face_recognition

    def describe(path: Path) -> NDArray[np.float64] | None:
        encodings = face_recognition.face_encodings(face_recognition.load_image_file(path))
        return encodings[0] if encodings else None

    told = {}
    for name, pairs in sets(data).items():
        answers: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for same, distance in _distances(pairs, _described(pairs, describe)):
            if distance is None:
                answer = "no face"
            else:
                answer = "accepted" if distance <= TOLERANCE else "rejected"
            answers[same][answer] = answers[same].get(answer, 0) + 1
        told[name] = {"same person": answers[True], "two people": answers[False]}
    return told


def _described(pairs: list[Pair], describe: Any) -> dict[Path, Descriptor | None]:
    return {path: describe(path) for path in sorted({p for a, b, _ in pairs for p in (a, b)})}


def _distances(
    pairs: list[Pair], known: Mapping[Path, Descriptor | None]
) -> Iterator[tuple[bool, float | None]]:
    for one, other, same in pairs:
        a, b = known[one], known[other]
        apart = None if a is None or b is None else float(np.linalg.norm(a - b))
        yield same, apart


INDEPENDENT = {
    "LFW subset": {"same person": 5, "two people": 10},
    "deepface pairs": {"same person": 9, "two people": 36},
}
"""People, and pairs of people; deepface's by its genuine pairs."""


def print_table(figures: dict[str, Any]) -> None:
    """The answers by set and engine with their intervals, then the ratios."""
    for engine in ("ours", "face_recognition"):
        for name, truths in figures[engine].items():
            for truth, answers in truths.items():
                total = sum(answers.values())
                independent = INDEPENDENT[name.split(",")[0]][truth]
                shares = ", ".join(
                    f"{answer} {count} ({rate.value:.1%}, {rate.low:.1%} to {rate.high:.1%})"
                    for answer, count in answers.items()
                    if (rate := measured(count, total, independent)).value is not None
                )
                print(f"{engine:17} {name:26} {truth:12} {total:5} pairs: {shares}")
    for name, value in figures["ours_over_face_recognition"].items():
        print(f"ours over face_recognition, {name.replace('_', ' ')}: {value}")


def main(arguments: list[str]) -> None:
    """Measures and prints; with an engine's name, is that engine's process."""
    match arguments:
        case ["ours", data]:
            print(json.dumps(_ours(Path(data))))
        case ["face_recognition", data]:
            print(json.dumps(_face_recognition(Path(data))))
        case [] if "BONAFIDE_DATA" in os.environ:
            print_table(measure(Path(os.environ["BONAFIDE_DATA"])))
        case []:
            raise SystemExit("BONAFIDE_DATA names no folder of labelled faces to measure on")
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
