"""Does the footage move as a recording of a person does? Still, repeated, blinking.

Every frame is reduced to a thumbnail of the place where the face is, without its mean and contrast,
so that sensor noise and a lamp that flickers average away. The difference of two frames is the root
mean square between thumbnails: 0 for the same picture, 1.4 for unrelated ones. Measured on two
filmed people at four frames a second, and on attacks made from them with sensor noise, flicker and
H.264 at quality 26:

- A still: every frame within 0.042 of its middle one. People: at least 0.12 over 3 seconds.
- A loop, or one played to and fro: `motion_returns`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifiers.face_engine import Landmarks, TrackedFace
from verifiers.liveness.motion_returns import STILL_DIFFERENCE, Return, nearest_return
from verifiers.picture import Clip, Pixels

FEWEST_FRAMES = 8
SHORTEST_SECONDS = 2.5
STALL_SECONDS = 2.0
"""A stretch without motion worth saying; the stillest 2 s of the people filmed differed by 0.07."""
RETURN_DIFFERENCE = 0.55
"""Of what its neighbours leave over of a frame. Filmed people 0.85 and more, loops to 0.46."""
EYES_CLOSED = 0.65
"""Of the usual eye opening. Photographs tilted by 40 degrees kept 0.8, blinks 0.4 to 0.6."""
EYES_OPEN = 0.8
BLINK_SECONDS = 1.5
"""Frames are a quarter of a second apart and more: open, closed, open within so long is a blink."""
_SIDE = 48

Thumbnails = NDArray[np.float64]


@dataclass(frozen=True)
class Motion:
    """How one clip moves, at the place of the face."""

    frames: int
    seconds: float
    """Between the first and the last frame sampled."""
    step: float
    """Median difference of neighbouring frames."""
    spread: float
    """Difference to the middle frame that 95 % of the frames stay within."""
    returns: Return | None
    """What comes nearest to a loop; `None` where the clip is too short, or seen too seldom."""
    stalled: tuple[float, float] | None
    """Start and end of the longest stretch without motion, in seconds, where there is one."""
    blinks: tuple[float, ...]
    """When the eyes were closed between two frames with open ones, in seconds."""

    @property
    def judged(self) -> bool:
        """Whether the clip is long enough to be called still or moving."""
        return self.frames >= FEWEST_FRAMES and self.seconds >= SHORTEST_SECONDS

    @property
    def frozen(self) -> bool:
        return self.judged and self.spread <= STILL_DIFFERENCE

    @property
    def looped(self) -> bool:
        return (
            self.judged
            and not self.frozen
            and self.returns is not None
            and self.returns.share <= RETURN_DIFFERENCE
        )

    @property
    def return_difference(self) -> float:
        return self.returns.share if self.returns else float("inf")

    @property
    def return_seconds(self) -> float:
        """Until a frame comes back; 0 where the clip is too short to say."""
        return self.returns.seconds if self.returns else 0.0


def measure_motion(clip: Clip, faces: Sequence[TrackedFace]) -> Motion:
    """How the clip moves where the candidate's face (at least one, in this clip) is."""
    thumbnails = thumbnails_of([frame.pixels for frame in clip.frames], faces)
    times = np.array([frame.seconds for frame in clip.frames])
    difference = differences_between(thumbnails)
    steps = np.diag(difference, 1)
    middle = difference[int(np.argmin(difference.sum(axis=0)))]
    return Motion(
        frames=len(times),
        seconds=float(times[-1] - times[0]),
        step=float(np.median(steps)) if len(steps) else 0.0,
        spread=float(np.quantile(middle, 0.95)),
        returns=nearest_return(difference, times),
        stalled=_longest_stall(difference, times),
        blinks=_blinks(faces),
    )


def thumbnails_of(pictures: Sequence[Pixels], faces: Sequence[TrackedFace]) -> Thumbnails:
    """`(n, side * side)`, each of mean 0 and standard deviation 1, all of the same place."""
    boxes = [
        (*tracked.face.landmarks.min(axis=0), *tracked.face.landmarks.max(axis=0))
        for tracked in faces
    ]
    left, top, right, bottom = np.median(boxes, axis=0)
    reach = 0.6 * max(right - left, bottom - top)
    thumbnails = []
    for pixels in pictures:
        height, width = pixels.shape[:2]
        x, y = (left + right) / 2, (top + bottom) / 2
        rows = slice(max(0, int(y - reach)), min(height, int(y + reach) + 1))
        columns = slice(max(0, int(x - reach)), min(width, int(x + reach) + 1))
        gray = cv2.cvtColor(np.ascontiguousarray(pixels[rows, columns]), cv2.COLOR_RGB2GRAY)
        small = cv2.resize(gray, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float64)
        # One grey level of contrast, so that a black frame divides by something.
        thumbnails.append(((small - small.mean()) / max(1.0, float(small.std()))).ravel())
    return np.array(thumbnails)


def differences_between(thumbnails: Thumbnails) -> NDArray[np.float64]:
    """Root mean square differences, `(n, n)`."""
    squares = (thumbnails**2).mean(axis=1)
    products = thumbnails @ thumbnails.T / thumbnails.shape[1]
    between = np.maximum(0.0, squares[:, None] + squares[None, :] - 2 * products)
    return np.asarray(np.sqrt(between), dtype=np.float64)


def _longest_stall(
    difference: NDArray[np.float64], times: NDArray[np.float64]
) -> tuple[float, float] | None:
    longest = None
    start = 0
    for end in range(len(times)):
        while difference[start : end + 1, end].max() > STILL_DIFFERENCE:
            start += 1
        length = times[end] - times[start]
        if length >= STALL_SECONDS and (longest is None or length > longest[1] - longest[0]):
            longest = (float(times[start]), float(times[end]))
    return longest


def _blinks(faces: Sequence[TrackedFace]) -> tuple[float, ...]:
    """Times of frames with both eyes closed between frames in which they are open."""
    if not faces:
        return ()
    openings = np.array([eye_openings(tracked.face.landmarks) for tracked in faces])
    # The wider eye: in a half profile the landmarks of the far one collapse.
    opening = (openings / np.maximum(np.median(openings, axis=0), 1e-6)).max(axis=1)
    times = np.array([tracked.frame.seconds for tracked in faces])
    blinks: list[float] = []
    closed_since: float | None = None
    last_open: float | None = None
    for seconds, wide in zip(times, opening, strict=True):
        if wide >= EYES_OPEN:
            in_time = last_open is not None and seconds - last_open <= BLINK_SECONDS
            if closed_since is not None and in_time:
                blinks.append(closed_since)
            closed_since, last_open = None, float(seconds)
        elif wide <= EYES_CLOSED and closed_since is None:
            closed_since = float(seconds)
    return tuple(blinks)


def eye_openings(landmarks: Landmarks) -> tuple[float, float]:
    """Eye aspect ratio (Soukupová and Čech 2016) of both eyes: height over width."""
    left, right = (_eye_opening(landmarks[first : first + 6]) for first in (36, 42))
    return left, right


def _eye_opening(eye: Landmarks) -> float:
    heights = np.linalg.norm(eye[1] - eye[5]) + np.linalg.norm(eye[2] - eye[4])
    return float(heights / 2 / max(1e-6, float(np.linalg.norm(eye[0] - eye[3]))))
