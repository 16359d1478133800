"""The face on paper: held up flat, bent around, or cut out and worn as a mask with eye holes."""

import cv2
import numpy as np

from samples import motion
from samples.card import Card
from samples.footage import before_room, filmed
from samples.forgeries.halftone import scattered, screened
from samples.hand import Hand
from samples.head import Pose
from samples.portraits import Plane, RgbImage
from samples.presentations.take import Frames, Take, cut_out, eyes, skin_colour

_REACH = 4.2, 5.6
"""Of the printed picture, in eye distances."""
_MARGIN = 0.22
"""White paper around it."""
_FINE = 3
"""Printed dots are drawn this many times finer than the picture."""
_INKS = 0.5
_SHARE = 0.125
"""Eye distance of a held print, of the frame's height: about a live face's."""
_CAMERA = 9.0
_TIMES_OPEN = np.array([2.0, 3.2])
"""An eye hole's width and height in those of the eye."""


def flat_print(take: Take, seed: int) -> Frames:
    """A print held up, moved, turned to both sides and tilted."""
    return _held(take, seed, None)


def bent_print(take: Take, seed: int) -> Frames:
    """A print bent around an upright cylinder, to give it depth where a plane has none."""
    random = np.random.default_rng([seed, 91_000])
    return _held(take, seed, float(random.uniform(1.6, 4.0)))


def cut_out_mask(take: Take, seed: int, worn: Take | None = None) -> Frames:
    """A printed face with holes for the eyes before a living head; `worn` is whose face it is."""
    random = np.random.default_rng([seed, 92_000])
    frame, points = (worn or take).still()
    print_ = _printed(frame, random)
    shape, slack = _mask_shape(frame.shape[:2], points), np.zeros(2)
    made, last = [], None
    for place, scene in enumerate(take.frames):
        seen = take.face(place)
        last = last if seen is None else seen
        if last is None:
            made.append(scene)
            continue
        # Paper is stiff: it goes with the head as a plane and slips a little.
        slack = 0.8 * slack + random.normal(0, 0.02, 2)
        rigid = [*range(0, 17, 2), 27, 28, 29, 30, 31, 35, 36, 39, 42, 45]
        worn_on, _ = cv2.estimateAffine2D(points[rigid], last[rigid], method=cv2.LMEDS)
        if worn_on is None:
            made.append(scene)
            continue
        worn_on = worn_on + np.array([[0, 0, 1]]) * (slack * eyes(last)[1])[:, None]
        paper = cv2.warpAffine(print_, worn_on, take.size).astype(np.float32)
        cover = cv2.warpAffine(shape, worn_on, take.size)
        # It stands off the skin: its rim throws a shadow on what is behind.
        shadow = cv2.GaussianBlur(cover, (0, 0), 0.06 * eyes(last)[1])
        behind = scene * (1 - 0.35 * shadow * (1 - cover))[..., None]
        laid = behind + (paper - behind) * cover[..., None]
        made.append(np.clip(laid, 0, 255).astype(np.uint8))
    return tuple(made)


def _held(take: Take, seed: int, radius: float | None) -> Frames:
    random = np.random.default_rng([seed, 91_000 if radius is None else 91_001])
    unit = _SHARE * take.size[1]
    frame, points = take.still()
    paper = _sheet(frame, points, unit, random)
    card = Card(paper, np.ones(paper.shape[:2], np.float32), gloss=float(random.uniform(0, 0.35)))
    skin = skin_colour(frame, points)
    arm, thumb = (make(skin, 1.15 * unit, random) for make in (Hand.of, Hand.thumb))
    count = len(take.frames)
    poses = motion.turning(count, round(take.fps), seed, yaw=24, pitch=18)
    tremor = motion.hand(count, seed)
    light = float(random.uniform(0.75, 0.95))
    scenes = before_room((), count, seed, take.size)

    def laid(place: int, scene: Plane) -> Plane:
        pose, shake = poses[place], tremor[place]
        middle = card.middle(take.size, pose, shake)
        grip = middle + unit * np.array([0.1, 0.5 * (_REACH[1] + 2 * _MARGIN)])
        palm = float(grip[0]), float(grip[1] + 0.2 * unit)
        _over(scene, *arm.pose(take.size, palm, 4 * float(shake[0])))
        if radius is None:
            _over(scene, *card.pose(take.size, pose, shake), light)
        else:
            _over(scene, *_bent(card, pose, middle, radius, unit, take.size), light)
        _over(scene, *thumb.pose(take.size, (palm[0], palm[1] - 0.5 * unit), 14))
        return scene

    return filmed((laid(i, scene) for i, scene in enumerate(scenes)), seed).frames


def _over(scene: Plane, colour: Plane, alpha: Plane, light: float = 1.0) -> None:
    scene += (light * colour - scene) * alpha[..., None]


def _sheet(frame: RgbImage, points: Plane, unit: float, random: np.random.Generator) -> RgbImage:
    """The cut-out picture in printed dots with white paper around."""
    picture = _printed(cut_out(frame, points, unit, _REACH), random)
    rim = round(_MARGIN * unit)
    return np.asarray(
        cv2.copyMakeBorder(picture, *(rim,) * 4, cv2.BORDER_CONSTANT, value=(242, 242, 240)),
        np.uint8,
    )


def _printed(picture: RgbImage, random: np.random.Generator) -> RgbImage:
    """As a laser or an ink-jet printer puts it on paper, seen from where dots just run together."""
    large = cv2.resize(picture, None, fx=_FINE, fy=_FINE, interpolation=cv2.INTER_LINEAR)
    fine = np.asarray(large, np.uint8)
    if random.random() < 0.5:
        dots = screened(fine, 300, float(random.uniform(75, 150)), random)
    else:
        dots = scattered(fine, random)
    seen = cv2.resize(dots, picture.shape[1::-1], interpolation=cv2.INTER_AREA)
    # Drivers know their inks and correct for most of what these do to the colours.
    return np.asarray(cv2.addWeighted(seen, _INKS, picture, 1 - _INKS, 0), np.uint8)


def _bent(
    card: Card, pose: Pose, middle: Plane, radius: float, unit: float, size: tuple[int, int]
) -> tuple[Plane, Plane]:
    """The sheet around an upright cylinder of `radius` eye distances, by casting rays on it."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    focal = _CAMERA * unit
    rays = np.stack(
        [(columns - middle[0]) / focal, (rows - middle[1]) / focal, np.ones_like(rows)], axis=-1
    )
    angles = np.radians([-pose.pitch, pose.yaw, pose.roll])
    turn = np.eye(3)
    for axis, angle in enumerate(angles):
        turn = turn @ cv2.Rodrigues(np.eye(3)[axis] * angle)[0]
    towards = rays @ turn.astype(np.float32)
    start = np.array([0, 0, -_CAMERA]) @ turn
    # Its axis stands `radius` behind the paper's middle, which is nearest to the camera.
    a = towards[..., 0] ** 2 + towards[..., 2] ** 2
    b = start[0] * towards[..., 0] + (start[2] - radius) * towards[..., 2]
    c = start[0] ** 2 + (start[2] - radius) ** 2 - radius**2
    root = b**2 - a * c
    far = (-b - np.sqrt(np.maximum(root, 0))) / a
    x, y, z = (start[i] + far * towards[..., i] for i in range(3))
    along = radius * np.arctan2(x, radius - z)
    height, width = card.shape.shape
    sources = (
        np.asarray(along * unit + width / 2, np.float32),
        np.asarray(y * unit + height / 2, np.float32),
    )
    colour = cv2.remap(card.picture, *sources, cv2.INTER_LINEAR).astype(np.float32)
    alpha = cv2.remap(card.shape, *sources, cv2.INTER_LINEAR)
    shade = 0.9 + 0.1 * np.cos(along / radius - 0.5)
    return colour * shade[..., None], np.asarray(alpha * (root > 0), np.float32)


def _mask_shape(size: tuple[int, ...], points: Plane) -> Plane:
    """1 on the paper: the face without the eyes, cut with scissors."""
    _, apart = eyes(points)
    brow = points[17:27] - [0, 0.75 * apart]
    rim = cv2.convexHull(np.vstack([points[:17], brow]).astype(np.float32))[:, 0]
    cover = np.zeros(size[:2], np.float32)
    cv2.fillPoly(cover, [rim.round().astype(np.int32)], 1.0)
    for eye in (points[36:42], points[42:48]):
        half = _TIMES_OPEN * np.maximum(np.ptp(eye, axis=0), 0.1 * apart) / 2
        hole = half.round().astype(int).tolist()
        cv2.ellipse(cover, eye.mean(axis=0).round().astype(int).tolist(), hole, 0, 0, 360, 0.0, -1)
    return np.asarray(cv2.GaussianBlur(cover, (0, 0), 0.8), np.float32)
