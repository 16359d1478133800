"""What a recording shows of one person over time: pose, eyes, mouth and distance, frame by frame.

Every act is a change of one of these against the person's own quiet moments, the frames in which no
act was asked for. So neither the angle of the camera nor the width of somebody's eyes matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.challenge import Act
from verifiers.face_engine import Landmarks, TrackedFace
from verifiers.head_pose import head_pose
from verifiers.liveness.challenges.windows import Window
from verifiers.liveness.motion import eye_openings

Series = NDArray[np.float64]
"""One value for each face."""
Chosen = NDArray[np.bool_]
"""Whether each face counts."""

_AROUND = 12.0
"""Seconds before and after an act: all of a server's challenge, not all of an interview."""
_INNER_LIPS = ((61, 67), (62, 66), (63, 65))


@dataclass(frozen=True, eq=False)
class Watched:
    """One person's faces in one recording, in order of time, and what was measured on each."""

    faces: tuple[TrackedFace, ...]
    times: Series
    """Seconds after the first frame."""
    yaw: Series
    """Degrees, positive where the nose points to the right of the picture: the person's left."""
    pitch: Series
    """Degrees, positive where the face looks up."""
    eyes: Series
    """Opening of the wider eye, 1 as usual."""
    gape: Series
    """Height of the opening between the lips, in distances of the eyes."""
    eye_distance: Series
    """Pixels."""
    quiet: Chosen
    """No act was asked for then."""

    def within(self, start: float, end: float) -> Chosen:
        """The faces from `start` to `end`, in seconds."""
        return np.asarray((self.times >= start) & (self.times <= end))

    def quiet_around(self, window: Window) -> Chosen:
        """The quiet moments that a window is held against: people shift in their chairs."""
        near = self.within(window.begins - _AROUND, window.rest + _AROUND)
        return np.asarray(self.quiet & near) if (self.quiet & near).any() else self.quiet


def watch(faces: Sequence[TrackedFace], windows: Sequence[Window]) -> Watched:
    """The measures of one person's faces in one recording, in any order."""
    acts = [window for window in windows if window.step.act is not Act.LOOK]
    ordered = tuple(sorted(faces, key=lambda tracked: tracked.frame.seconds))
    poses = [
        head_pose(each.face.landmarks, each.frame.pixels.shape[1], each.frame.pixels.shape[0])
        for each in ordered
    ]
    openings = np.array([eye_openings(each.face.landmarks) for each in ordered]).reshape(-1, 2)
    usual = np.maximum(np.median(openings, axis=0), 1e-6) if ordered else np.ones(2)
    return Watched(
        faces=ordered,
        times=np.array([each.frame.seconds for each in ordered]),
        yaw=np.array([pose.yaw for pose in poses]),
        pitch=np.array([pose.pitch for pose in poses]),
        # The wider eye: in a half profile the landmarks of the far one collapse.
        eyes=(openings / usual).max(axis=1),
        gape=np.array([_gape(each.face.landmarks) for each in ordered]),
        eye_distance=np.array([each.face.inter_eye_distance for each in ordered]),
        quiet=np.array(
            [
                not any(window.begins <= each.frame.seconds <= window.ends for window in acts)
                for each in ordered
            ]
        ),
    )


def _gape(landmarks: Landmarks) -> float:
    heights = [np.linalg.norm(landmarks[upper] - landmarks[lower]) for upper, lower in _INNER_LIPS]
    eyes = landmarks[36:42].mean(axis=0) - landmarks[42:48].mean(axis=0)
    return float(np.mean(heights) / max(1e-6, float(np.linalg.norm(eyes))))
