"""Rates of face engines on labelled people: EER and TAR at a FAR, with intervals.

`BONAFIDE_DATA=… python -m bench.face_rates` compares photographs with photographs as
`bonafide calibrate` does: every two pictures of the labelled people (the same picture filed twice
counts once), and deepface's own pairs. Beside our engines `face_recognition` as its README uses it;
the rates are of the pictures that all of them can use. Nothing was tuned on these pictures. What so
few people can show is printed as `bonafide calibrate` gives it; TAR at FARs that they cannot show
(rule of three) is printed as seen, and marked.
"""

import csv
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.commands.calibration_pairs import Pair, comparisons, describe_pictures, pictures_of
from verifiers.face_engine import FaceEngine
from verifiers.face_engines.dlib_engine import DlibEngine
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.calibration_intervals import shown_by
from verifiers.faces.calibration_scores import Scores, scores_of

Known = Mapping[str, NDArray[np.float64]]

FARS = (0.01, 0.001)


def labelled_people(faces: Path) -> tuple[Pair, ...]:
    """Every two pictures in `labels.csv` of which it names the one person."""
    people: dict[str, str] = {}
    seen = set()
    with (faces / "labels.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] != "identity":
                continue
            digest = hashlib.sha256((faces / row["file"]).read_bytes()).digest()
            if digest not in seen:
                seen.add(digest)
                people[row["file"]] = row["label"]
    return tuple(
        Pair(line, people[a] == people[b], a, b)
        for line, (a, b) in enumerate(combinations(people, 2), start=1)
    )


def deepface_pairs(faces: Path) -> tuple[Pair, ...]:
    """The 300 pairs of deepface's own test."""
    folder = "serengil+deepface/tests/unit/dataset"
    with (faces / folder / "master.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            Pair(
                line,
                row["Decision"] == "Yes",
                f"{folder}/{row['file_x']}",
                f"{folder}/{row['file_y']}",
            )
            for line, row in enumerate(csv.DictReader(file), start=2)
        )


def scores_on(name: str, faces: Path, pairs: Sequence[Pair]) -> Iterator[tuple[str, Scores]]:
    """Each engine's name with its distances on the pictures that every engine can use."""
    pictures = pictures_of(pairs)
    described: dict[str, Known] = {
        "onnx": _ours(OnnxEngine(), faces, pictures),
        "dlib": _ours(DlibEngine(), faces, pictures),
        "face_recognition": _peer(faces, pictures),
    }
    for engine, known in described.items():
        print(f"{name}: {engine} describes {len(known)} of {len(pictures)} pictures")
    usable = set.intersection(*(set(known) for known in described.values()))
    for engine, known in described.items():
        apart = _apart(known, usable)
        (found,) = comparisons(Path(name), pairs, apart).values()
        yield engine, scores_of(found)


def _apart(known: Known, usable: set[str]) -> Callable[[Pair], float | None]:
    def apart(pair: Pair) -> float | None:
        if not {pair.one, pair.other} <= usable:
            return None
        return float(np.linalg.norm(known[pair.one] - known[pair.other]))

    return apart


def _ours(engine: FaceEngine, faces: Path, pictures: Sequence[str]) -> Known:
    return describe_pictures(engine, faces, pictures, lambda _: None)[0]


def _peer(faces: Path, pictures: Sequence[str]) -> Known:
    import face_recognition

    found = {}
    for picture in pictures:
        loaded = face_recognition.load_image_file(faces / picture)
        if encodings := face_recognition.face_encodings(loaded):
            found[picture] = np.asarray(encodings[0], dtype=np.float64)
    return found


def main(arguments: list[str]) -> None:
    """Measures and prints."""
    if arguments:
        raise SystemExit(__doc__)
    if "BONAFIDE_DATA" not in os.environ:
        raise SystemExit("BONAFIDE_DATA names no folder of labelled faces to measure on")
    faces = Path(os.environ["BONAFIDE_DATA"]) / "faces"
    sets = {"labelled people": labelled_people(faces), "deepface pairs": deepface_pairs(faces)}
    for name, pairs in sets.items():
        for engine, scores in scores_on(name, faces, pairs):
            print_rates(f"{name}, {engine}", scores)


def print_rates(what: str, scores: Scores) -> None:
    """EER, and TAR at each of `FARS` and at the least FAR that the sample can show."""
    eer, least = scores.equal_error_rate(), shown_by(scores.size.pairs_of_people)
    print(f"{what}: {scores.size}")
    print(f"  EER {eer.rate:.2%} ({eer.low:.2%}-{eer.high:.2%}) at {eer.threshold:.3f}")
    for far in sorted({*FARS, least}, reverse=True):
        threshold = scores.below(scores.beyond(far))
        tar, fmr = scores.tar(threshold), scores.fmr(threshold)
        print(
            f"  TAR {tar.value or 0:.1%} ({tar.low:.1%}-{tar.high:.1%}) at FAR {far:.2%}, "
            f"threshold {threshold:.3f}, {fmr.hits} of {fmr.comparisons} impostors"
            f"{'' if far >= least else '; as seen, so few people cannot show it'}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
