"""One picture brought to life: a head in the round moved like a puppet (`samples.head`)."""

import numpy as np

from samples import motion
from samples.footage import before_room, filmed, lay_over
from samples.head import head_of
from samples.portraits import Features, Plane, Points, Portrait, RgbImage
from samples.presentations.take import Frames, Take, eyes


def reenacted(take: Take, seed: int) -> Frames:
    """The first frame's face turns, nods and blinks.

    It is what `samples.footage.genuine` shows, made of a stolen picture instead of a portrait.
    """
    frame, points = take.still()
    head = head_of(portrait_of(frame, points), take.size, eye_distance=eyes(points)[1])
    count = len(take.frames)
    poses = motion.turning(count, round(take.fps), seed)

    def scene(place: int, behind: Plane) -> Plane:
        lay_over(behind, *head.pose(poses[place]))
        return behind

    scenes = before_room((), count, seed, take.size)
    return filmed((scene(i, behind) for i, behind in enumerate(scenes)), seed).frames


def portrait_of(frame: RgbImage, points: Plane) -> Portrait:
    """A picture with 68 landmarks as something to animate: `samples.answering.answer` takes it too.

    Crown and silhouette are guessed from the face: an ellipse on shoulders.
    """
    middle, unit = eyes(points)
    chin, jaw = points[8], float(points[16, 0] - points[0, 0]) / 2
    crown = middle - 1.25 * (chin - middle)
    half = 1.12 * jaw
    centre = (crown + chin) / 2
    return Portrait(
        name="somebody's picture",
        provenance="a frame of footage",
        image=frame,
        features=Features(
            left_eye=_points(points[36:42]),
            right_eye=_points(points[42:48]),
            nose_bridge=_point(points[27]),
            nose_tip=_point(points[30]),
            mouth=_points(points[[60, 67, 66, 65, 64]]),
            crown=_point(crown),
            chin=_point(chin),
            head_half_width=half,
            outline=_silhouette(frame, centre, chin, 1.25 * half, 1.12, unit),
            core=_silhouette(frame, centre, chin, 0.85 * half, 0.85, unit),
        ),
    )


def _silhouette(
    frame: RgbImage, centre: Plane, chin: Plane, half: float, grown: float, unit: float
) -> Points:
    """Head and shoulders as a polygon, down to the foot of the frame."""
    tall = grown * float(chin[1] - centre[1])
    angles = np.radians(np.arange(150, 391, 15))
    head = np.stack([centre[0] + half * np.cos(angles), centre[1] + tall * np.sin(angles)], axis=1)
    foot = float(frame.shape[0] - 1)
    wide = grown * 2.6 * unit
    right = [(chin[0] + 0.6 * half, chin[1] + 0.3 * unit), (chin[0] + wide, chin[1] + 1.3 * unit)]
    left = [(2 * chin[0] - x, y) for x, y in reversed(right)]
    body = [*right, (chin[0] + wide, foot), (chin[0] - wide, foot), *left]
    polygon = np.clip(np.vstack([head, body]), 0, [frame.shape[1] - 1, foot])
    return _points(polygon)


def _points(points: Plane) -> Points:
    return tuple(_point(point) for point in points)


def _point(point: Plane) -> tuple[float, float]:
    return float(point[0]), float(point[1])
