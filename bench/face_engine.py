"""The face engine that serves beside face_recognition as its README uses it, in one run.

`python -m bench.face_engine` needs no data: the face is the samples' own, the clip rendered. Every
side of every comparison is a process of its own. Figures are CPU time on one thread.
"""

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.measure import measure as in_a_process
from bench.measure import usage_so_far
from verifiers.picture import Pixels

CLIP_SECONDS = 20.0
REPEATS = 5


def measure() -> dict[str, Any]:
    """By job: milliseconds (or seconds, for the clip) and memory of both sides."""
    with tempfile.TemporaryDirectory(prefix="bonafide-bench-") as folder:
        prepared = in_a_process("bench.face_engine", ["prepare", folder])
        portrait, frame, clip = prepared.answer
        return {
            job: {
                side: in_a_process("bench.face_engine", [f"{job}-{side}", *arguments])
                for side in ("ours", "face_recognition")
            }
            for job, arguments in (("embed", [frame]), ("cnn", [frame]), ("clip", [portrait, clip]))
        }


def _prepare(folder: str) -> list[str]:
    """Writes a portrait, a frame and the clip, and converts the weights: once for a machine."""
    from samples import footage
    from samples.portraits import document_photo, identity_one

    portrait, frame, clip = (Path(folder, name) for name in ("one.png", "frame.png", "clip.mp4"))
    made = footage.genuine(identity_one(), seconds=CLIP_SECONDS)
    footage.write(made, clip)
    for path, pixels in (
        (portrait, document_photo(identity_one(), 360, 480)),
        (frame, made.frames[0]),
    ):
        cv2.imwrite(str(path), pixels[..., ::-1])
    _embed_ours(str(frame))
    _cnn_ours(str(frame))
    return [str(path) for path in (portrait, frame, clip)]


def _embed_ours(frame: str) -> dict[str, float]:
    from verifiers.face_engines.augmentation import AUGMENTATIONS
    from verifiers.face_engines.onnx_engine import OnnxEngine

    engine, pixels = OnnxEngine(), _pixels(frame)
    faces = engine.detect(pixels)
    return {
        "milliseconds": _cpu(lambda: engine.describe(pixels, faces)),
        "descriptors": len(AUGMENTATIONS),
    }


def _embed_face_recognition(frame: str) -> dict[str, float]:
    import face_recognition

    pixels = _pixels(frame)
    places = face_recognition.face_locations(pixels)
    took = _cpu(lambda: face_recognition.face_encodings(pixels, places, model="small"))
    return {"milliseconds": took, "descriptors": 1}


def _cnn_ours(frame: str) -> dict[str, Any]:
    from verifiers.face_engines.onnx_engine import OnnxEngine

    detector, pixels = OnnxEngine().cnn, _pixels(frame)
    boxes = [[box.left, box.top, box.right, box.bottom] for box in detector(pixels)]
    return {"milliseconds": _cpu(lambda: detector(pixels)), "boxes": boxes}


def _cnn_face_recognition(frame: str) -> dict[str, Any]:
    import face_recognition

    pixels = _pixels(frame)

    def find() -> Any:
        return face_recognition.face_locations(pixels, number_of_times_to_upsample=0, model="cnn")

    boxes = [[left, top, right, bottom] for top, right, bottom, left in find()]
    return {"milliseconds": _cpu(find), "boxes": boxes}


def _clip_ours(portrait: str, clip: str) -> dict[str, Any]:
    from verifiers.face_engines.served import ServedEngine
    from verifiers.faces import verify_faces
    from verifiers.imaging import load_clip, load_pictures

    engine, pictures = ServedEngine(), load_pictures(Path(portrait))
    engine.load()
    loaded = usage_so_far()["cpu_seconds"]
    match = verify_faces(engine, pictures, (load_clip(Path(clip)),), earlier=None).match
    return {
        "answer": f"{match.band.value} at {match.distance:.3f}" if match else "no match",
        "seconds": usage_so_far()["cpu_seconds"] - loaded,
    }


def _clip_face_recognition(portrait: str, clip: str) -> dict[str, Any]:
    import av
    import face_recognition

    known = face_recognition.face_encodings(face_recognition.load_image_file(portrait))
    loaded = usage_so_far()["cpu_seconds"]
    frames = matches = 0
    with av.open(clip) as container:
        for frame in container.decode(video=0):
            frames += 1
            for encoding in face_recognition.face_encodings(frame.to_ndarray(format="rgb24")):
                matches += bool(face_recognition.compare_faces(known, encoding)[0])
    return {
        "answer": f"{matches} of {frames} frames match",
        "seconds": usage_so_far()["cpu_seconds"] - loaded,
    }


def _pixels(file: str) -> Pixels:
    bgr = cv2.imread(file)
    if bgr is None:
        raise SystemExit(f"{file} is no picture")
    return np.ascontiguousarray(bgr[..., ::-1], dtype=np.uint8)


def _cpu(work: Callable[[], object]) -> float:
    """CPU milliseconds of one run when warm: the median of a few."""
    work()
    took = []
    for _ in range(REPEATS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return 1000 * sorted(took)[REPEATS // 2]


def print_table(figures: dict[str, Any]) -> None:
    """Both sides of each job, and how much less ours takes."""
    embed, cnn, clip = (figures[job] for job in ("embed", "cnn", "clip"))
    ours, theirs = (embed[side].answer for side in ("ours", "face_recognition"))
    each = [side["milliseconds"] / side["descriptors"] for side in (ours, theirs)]
    _row("a descriptor, ms", *each)
    _row("a face (ours of ten cuts), ms", ours["milliseconds"], theirs["milliseconds"])
    ours, theirs = (cnn[side].answer for side in ("ours", "face_recognition"))
    _row("CNN detector at 640x480, ms", ours["milliseconds"], theirs["milliseconds"])
    print(f"{'its boxes':36} {ours['boxes']} {theirs['boxes']}")
    ours, theirs = clip["ours"], clip["face_recognition"]
    _row(f"{CLIP_SECONDS:.0f} s clip, whole process, s", ours.cpu_seconds, theirs.cpu_seconds)
    seconds = (side.answer["seconds"] for side in (ours, theirs))
    _row("the same, once models are loaded, s", *seconds)
    print(f"{'its answer':36} {ours.answer['answer']}; {theirs.answer['answer']}")
    for job, sides in figures.items():
        peaks = [sides[side].peak_megabytes for side in ("ours", "face_recognition")]
        _row(f"peak memory, {job}, MB", *peaks)


def _row(what: str, ours: float, theirs: float) -> None:
    print(f"{what:36} {ours:9.1f} {theirs:9.1f}   {theirs / ours:6.1f} times less")


JOBS: dict[str, Callable[..., Any]] = {
    "prepare": _prepare,
    "embed-ours": _embed_ours,
    "embed-face_recognition": _embed_face_recognition,
    "cnn-ours": _cnn_ours,
    "cnn-face_recognition": _cnn_face_recognition,
    "clip-ours": _clip_ours,
    "clip-face_recognition": _clip_face_recognition,
}


def main(arguments: list[str]) -> None:
    """Measures and prints; with a job's name, is that job's process."""
    cv2.setNumThreads(1)
    warnings.simplefilter("ignore")
    if not arguments:
        print_table(measure())
    elif arguments[0] in JOBS:
        print(json.dumps(JOBS[arguments[0]](*arguments[1:])))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
