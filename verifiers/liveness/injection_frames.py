"""The very same frame again: what a sensor never gives, and a played file does.

No two exposures share their noise, so no two frames of a camera are equal in every pixel of a face.
Equal neighbours are a camera, a browser or a network that had nothing new: they are told, no more.
Equal frames with others between them, in the same order or backwards, are a recording that runs
again. Only the place of the face is compared: a clock or a name laid over the picture changes
nothing, and an animation beside a still profile picture is no loop. What comes again must move: a
call that stands still gives the same few nearly equal frames after every keyframe of its encoder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.face_engine import TrackedFace
from verifiers.liveness.findings import FEED_SOFTWARE
from verifiers.liveness.motion import differences_between, thumbnails_of
from verifiers.liveness.motion_returns import STILL_DIFFERENCE
from verifiers.liveness.signs import Signs, told
from verifiers.picture import Clip, Pixels

SAME_ORDER_FRAMES = 3
"""So many different frames that come again in order: single ones are a driver's old buffers."""
STOOD_SECONDS = 1.0
"""A stretch of equal frames worth telling."""
_PLAIN = 3.0
"""Grey levels of contrast; a covered lens has less, and may well give equal frames."""


@dataclass(frozen=True)
class Repetitions:
    """Equal frames of one clip, by what the place of the face shows."""

    frames: int
    """Compared."""
    different: int
    stood: tuple[float, float] | None
    """Start and end of the longest stretch of equal frames, in seconds."""
    again: tuple[float, float, float] | None
    """Of the longest part that comes again: its start, its end, and the start of the repetition."""
    again_frames: int
    backwards: bool


def look_for_repetitions(clip: Clip, faces: Sequence[TrackedFace]) -> Signs:
    """Exact repetitions at the place of the face; nothing without a face."""
    found = find_repetitions(clip, faces)
    if found is None:
        return Signs()
    seen = _seen(clip.file, found)
    findings = []
    if found.again and found.again_frames >= SAME_ORDER_FRAMES:
        findings.append(_exact_loop(clip.file, found, seen))
    if found.stood and found.stood[1] - found.stood[0] >= STOOD_SECONDS:
        findings.append(_stood(clip.file, *found.stood, seen))
    return Signs(tuple(findings), seen)


def find_repetitions(clip: Clip, faces: Sequence[TrackedFace]) -> Repetitions | None:
    """The equal frames of a clip; `None` where nothing can be compared."""
    if not faces or len(clip.frames) < 2:
        return None
    where = _place(clip, faces)
    digests = [_digest(frame.pixels[where]) for frame in clip.frames]
    times = [frame.seconds for frame in clip.frames]
    runs: list[tuple[bytes | None, float, float]] = []
    for digest, seconds in zip(digests, times, strict=True):
        if runs and digest is not None and runs[-1][0] == digest:
            runs[-1] = (digest, runs[-1][1], seconds)
        else:
            runs.append((digest, seconds, seconds))
    longest = max(((start, end) for _, start, end in runs), key=lambda run: run[1] - run[0])
    first, again, count, backwards = _longest_again([run[0] for run in runs])
    if count and not _moves(clip, faces, runs[first][1], runs[first + count - 1][1]):
        count = 0
    start = [run[1] for run in runs]
    return Repetitions(
        frames=len(digests),
        different=len({digest for digest in digests if digest is not None}),
        stood=longest if longest[1] > longest[0] else None,
        again=(start[first], start[first + count - 1], start[again]) if count else None,
        again_frames=count,
        backwards=backwards,
    )


def _place(clip: Clip, faces: Sequence[TrackedFace]) -> tuple[slice, slice]:
    boxes = [(f.face.left, f.face.top, f.face.right, f.face.bottom) for f in faces]
    left, top, right, bottom = np.median(boxes, axis=0)
    height, width = clip.frames[0].pixels.shape[:2]
    rows = slice(max(0, int(top)), max(1, min(height, int(bottom))))
    return rows, slice(max(0, int(left)), max(1, min(width, int(right))))


def _moves(clip: Clip, faces: Sequence[TrackedFace], start: float, end: float) -> bool:
    """Whether the frames between these moments show more than what encoders make of a still."""
    pixels = [frame.pixels for frame in clip.frames if start <= frame.seconds <= end]
    difference = differences_between(thumbnails_of(pixels, faces))
    return float(difference.max()) > STILL_DIFFERENCE


def _digest(pixels: Pixels) -> bytes | None:
    """Of every pixel; `None` of a plain picture, which equals others by chance."""
    if pixels.size == 0 or float(pixels[::4, ::4].std()) < _PLAIN:
        return None
    return blake2b(pixels.tobytes(), digest_size=16).digest()


def _longest_again(frames: Sequence[bytes | None]) -> tuple[int, int, int, bool]:
    """Where the longest part begins that comes again later, where the repetition begins, how many
    frames it has, and whether it comes backwards; 0 frames where none does.
    """
    places: dict[bytes, list[int]] = {}
    for at, digest in enumerate(frames):
        if digest is not None:
            places.setdefault(digest, []).append(at)
    best = (0, 0, 0, False)
    for at, digest in enumerate(frames):
        for later in places.get(digest, []) if digest is not None else []:
            if later <= at:
                continue
            for backwards, step in ((False, 1), (True, -1)):
                count = _same(frames, at, later, step)
                if count > best[2]:
                    # Backwards it is met from its end on: the repetition begins that much earlier.
                    best = (at, later - count + 1 if backwards else later, count, backwards)
    return best


def _same(frames: Sequence[bytes | None], at: int, later: int, step: int) -> int:
    """How many different frames from `at` on equal those from `later` on, in steps of `step`."""
    count = 0
    while (
        at + count < (later if step > 0 else later - count)
        and later + step * count < len(frames)
        and frames[at + count] is not None
        and frames[at + count] == frames[later + step * count]
    ):
        count += 1
    return count


def _exact_loop(file: str, found: Repetitions, seen: tuple[Seen, ...]) -> Finding:
    assert found.again is not None
    start, end, again = found.again
    how = "backwards" if found.backwards else "in the same order"
    return Finding(
        code="presence.injection.exact_loop",
        check=Check.PRESENCE,
        status=Status.CONTRADICTS,
        strength=Strength.STRONG,
        evidence_class=EvidenceClass.PRESENCE,
        seen=seen,
        indicators=(FEED_SOFTWARE,),
        for_recruiter=f"{file} shows {found.again_frames} frames of {start:.1f} to {end:.1f} s "
        f"again from {again:.1f} s on, {how} and equal in every pixel of the face. No camera gives "
        "the same frame twice.",
        for_candidate="A part of your recording comes again, exactly.",
        innocent_explanation="An editing program repeated a part, or an effect of the camera's "
        "software showed an animated picture in the person's place.",
        question="Please make a new recording with your own camera, without effects.",
    )


def _stood(file: str, start: float, end: float, seen: tuple[Seen, ...]) -> Finding:
    return told(
        "presence.injection.same_frames",
        seen=seen,
        for_recruiter=f"From {start:.1f} to {end:.1f} s of {file} every frame is the same.",
        for_candidate=f"Your recording stands still from {start:.1f} to {end:.1f} s.",
        innocent="A camera, a browser in the background or a connection that had no new picture.",
    )


def _seen(file: str, found: Repetitions) -> tuple[Seen, ...]:
    seen = [
        Seen(what="frames compared for equality", value=found.frames, file=file),
        Seen(what="different frames among them", value=found.different, file=file),
    ]
    if found.stood:
        start, end = found.stood
        seen.append(
            Seen(
                what="longest stretch of equal frames",
                value=round(end - start, 2),
                unit="s",
                file=file,
                frame_seconds=start,
            )
        )
    if found.again:
        seen.append(
            Seen(
                what="frames that come again in order" + (", backwards" * found.backwards),
                value=found.again_frames,
                file=file,
                frame_seconds=found.again[0],
            )
        )
    return tuple(seen)
