"""Faces of labelled people: our bands beside face_recognition's tolerance.

`BONAFIDE_DATA=… python -m bench.faces` compares photographs with photographs, which is the hardest
case: a verification compares a portrait with several frames. Nothing was tuned on these pictures;
the bands come from other people, see `verifiers/faces/matching.py`.
"""

import csv
import json
import os
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measure import measure as in_a_process
from models.person import Band

Pair = tuple[Path, Path, bool]
"""Two pictures, and whether they show one person."""

TOLERANCE = 0.6
"""face_recognition's default."""


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
    from verifiers.face_engine import DlibEngine
    from verifiers.faces.matching import BANDS, PairKind
    from verifiers.faces.portraits import find_portrait
    from verifiers.imaging import load_pictures

    engine = DlibEngine()
    bands = BANDS[engine.name.split("/")[0]][PairKind.PHOTO_PHOTO]

    def describe(path: Path) -> NDArray[np.float64] | None:
        found = find_portrait(engine, load_pictures(path)[0]).face
        return found.descriptor if found and found.rated.quality.good else None

    told = {}
    for name, pairs in sets(data).items():
        bands_of: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for same, distance in _distances(pairs, describe):
            band = bands.band(distance) if distance is not None else Band.UNKNOWN
            bands_of[same][band.value] = bands_of[same].get(band.value, 0) + 1
        told[name] = {"same person": bands_of[True], "two people": bands_of[False]}
    return told


def _face_recognition(data: Path) -> dict[str, Any]:
    import face_recognition

    def describe(path: Path) -> NDArray[np.float64] | None:
        encodings = face_recognition.face_encodings(face_recognition.load_image_file(path))
        return encodings[0] if encodings else None

    told = {}
    for name, pairs in sets(data).items():
        answers: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for same, distance in _distances(pairs, describe):
            if distance is None:
                answer = "no face"
            else:
                answer = "accepted" if distance <= TOLERANCE else "rejected"
            answers[same][answer] = answers[same].get(answer, 0) + 1
        told[name] = {"same person": answers[True], "two people": answers[False]}
    return told


def _distances(pairs: list[Pair], describe: Any) -> Iterator[tuple[bool, float | None]]:
    known = {path: describe(path) for path in sorted({p for a, b, _ in pairs for p in (a, b)})}
    for one, other, same in pairs:
        a, b = known[one], known[other]
        apart = None if a is None or b is None else float(np.linalg.norm(a - b))
        yield same, apart


def print_table(figures: dict[str, Any]) -> None:
    """The answers by set and engine, then the ratios."""
    for engine in ("ours", "face_recognition"):
        for name, truths in figures[engine].items():
            for truth, answers in truths.items():
                total = sum(answers.values())
                shares = ", ".join(
                    f"{answer} {count} ({count / total:.1%})" for answer, count in answers.items()
                )
                print(f"{engine:17} {name:15} {truth:12} {total:5} pairs: {shares}")
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
