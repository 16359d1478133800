"""One person through one footage: gaps, cuts, and the same recording handed in twice.

Who is who is told by descriptors, which the face check has; here it is only told when the face was
gone, whether the picture was cut, and what somebody should look at. Leaving is nothing to hold
against anyone: people get up to close a door.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from models.finding import Finding, Seen
from models.footage_print import FootagePrint
from verifiers.face_engine import TrackedFace
from verifiers.liveness.footage_reused import footage_sent_before
from verifiers.liveness.signs import Signs, told
from verifiers.picture import Clip, Pixels

GONE_SECONDS = 1.5
"""A turned head, a hand before it or a sneeze hide a face for less."""
_FEWEST_MISSED = 2

_WIDE, _HIGH = 32, 24
_CUT_DIFFERENCE = 1.18
"""Root mean square between thumbnails of mean 0 and deviation 1; unrelated pictures have 1.2 to
1.6, a man who throws himself about before a plain wall up to 1.12 in a fifth of a second."""
_CUT_SECONDS = 0.35
"""Between frames; in longer ones people leave the picture, and others come."""
_CUT_TIMES = 4.0
"""By which the difference must stand above the clip's usual one: nobody's own movement does."""

Looks = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Gap:
    """A time in which the face was not seen, between two in which it was."""

    before: TrackedFace
    after: TrackedFace

    @property
    def seconds(self) -> float:
        return self.after.frame.seconds - self.before.frame.seconds


def gaps(faces: Sequence[TrackedFace], searched: Sequence[float]) -> tuple[Gap, ...]:
    """Where the candidate's face leaves one clip for over 1.5 s and comes back.

    `faces` are in order of time; `searched` are the seconds of all frames in which faces were
    looked for. A single frame without one is a miss of the detector, and frames in which nobody
    looked say nothing.
    """
    return tuple(
        Gap(one, other)
        for one, other in pairwise(faces)
        if other.frame.seconds - one.frame.seconds > GONE_SECONDS
        and sum(one.frame.seconds < at < other.frame.seconds for at in searched) >= _FEWEST_MISSED
    )


def scene_cuts(clip: Clip) -> tuple[float, ...]:
    """The seconds at which the whole picture becomes another from one frame to the next."""
    if len(clip.frames) < 3:
        return ()
    looks = np.array([_look(frame.pixels) for frame in clip.frames])
    apart = np.sqrt(((looks[1:] - looks[:-1]) ** 2).mean(axis=1))
    bound = max(_CUT_DIFFERENCE, _CUT_TIMES * float(np.median(apart)))
    return tuple(
        frame.seconds
        for before, frame, difference in zip(clip.frames[:-1], clip.frames[1:], apart, strict=True)
        if difference > bound and frame.seconds - before.seconds <= _CUT_SECONDS
    )


def continuity_signs(
    clip: Clip, found: Sequence[Gap], cuts: Sequence[float], *, compared: bool
) -> Signs:
    """Gaps and cuts of one clip in sentences.

    `found` are its `gaps`, `cuts` its `scene_cuts`; `compared`, whether who came back is known to
    be the same person. Where it is not, nothing is held against anybody here: the face check says
    who it is.
    """
    seen = (
        Seen(what="times the face was gone and came back", value=len(found), file=clip.file),
        Seen(what="cuts to another picture", value=len(cuts), file=clip.file),
    )
    findings = [_came_back(clip.file, gap, same=compared) for gap in found]
    if cuts:
        findings.append(_cut(clip.file, cuts))
    return Signs(tuple(findings), seen)


def handed_in_twice(prints: Sequence[FootagePrint]) -> tuple[Finding, ...]:
    """Recordings of one verification that are the same footage, though asked for anew.

    `prints` are of the rounds' recordings, in order of time, each of another request: a file that
    was only sent again for the same request is none of the caller's to give.
    """
    found = []
    for n, later in enumerate(prints):
        earlier = (footage_sent_before(later, one, reference="this case") for one in prints[:n])
        found += [finding for finding in earlier if finding is not None][:1]
    return tuple(found)


def _look(pixels: Pixels) -> Looks:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_WIDE, _HIGH), interpolation=cv2.INTER_AREA).astype(np.float64)
    return np.asarray((small - small.mean()) / max(4.0, float(small.std())), np.float64).ravel()


def _gap_seen(gap: Gap) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            what=what,
            value=round(tracked.frame.seconds, 2),
            unit="s",
            file=tracked.file,
            frame_seconds=tracked.frame.seconds,
        )
        for what, tracked in (
            ("the face was last seen at", gap.before),
            ("it was seen again at", gap.after),
        )
    )


def _came_back(file: str, gap: Gap, *, same: bool) -> Finding:
    when = f"from {gap.before.frame.seconds:.1f} to {gap.after.frame.seconds:.1f} s"
    who = (
        "the same face came back"
        if same
        else "whether the same person came back could not be compared"
    )
    return told(
        "presence.continuity.left_and_back",
        seen=_gap_seen(gap),
        for_recruiter=f"In {file} no face is seen {when}; {who}.",
        for_candidate=f"Your face is not seen {when}.",
        innocent="Someone at the door, a cable, a dropped pen, or a face turned away.",
    )


def _cut(file: str, cuts: Sequence[float]) -> Finding:
    times = ", ".join(f"{seconds:.1f}" for seconds in cuts[:6])
    return told(
        "presence.continuity.cut",
        seen=tuple(
            Seen(
                what="another picture from",
                value=round(seconds, 2),
                unit="s",
                file=file,
                frame_seconds=seconds,
            )
            for seconds in cuts[:6]
        ),
        for_recruiter=f"The picture of {file} becomes another one at {times} s.",
        for_candidate=f"Your recording changes its picture at {times} s.",
        innocent="The meeting's view switched to another speaker or a shared screen, or the camera "
        "was moved.",
    )
