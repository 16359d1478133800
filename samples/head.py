"""A portrait as a head in the round: a generic head's depth under the picture.

Nobody's real shape: an ellipsoid from crown to chin, a nose and eye sockets, seen by a camera about
nine eye distances (0.6 m) away, or nearer. Below the chin the turn fades out along the neck, so the
shoulders stay. Depths are in eye distances (63 mm in an adult) above the plane of the ears.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from samples.easing import smooth
from samples.mouth import parted
from samples.portraits import Features, Plane, Portrait, RgbImage, matte

CAMERA = 9.0
"""Eye distances from the camera to the plane of the ears when the portrait is seen as it is."""
_CHEEK = 1.0
"""Depth, in eye distances, at which the screen's light is measured."""
_GAMMA = 2.2
"""Pictures hold this root of light (about sRGB)."""
_GRID = 5
"""The picture is bent on a grid this many times coarser than its pixels: depth is smooth."""
_STEPS = 16
"""Fixed-point steps that invert the bending: it contracts by 0.7 a step at 25 degrees."""
_BELOW = 60
"""Rows of picture kept below the frame, so that a head that moves up shows no edge."""


@dataclass(frozen=True)
class Pose:
    """Where the head is and how it is lit.

    Angles in degrees: yaw positive to the picture's right, pitch positive down. `across` and `down`
    are movements in eye distances, `near` a share of growth without perspective. `distance` is the
    camera's from the plane of the ears, in eye distances. `lids` is 0 for open eyes, 1 for shut,
    `gape` how far the lips are apart, in eye distances. `light` is where the lamp stands, -1 left
    to 1 right, `exposure` a factor. `screen` is what light beside the camera adds to red, green and
    blue on a cheek that faces it, as a share of the room's (linear) light there.
    """

    yaw: float = 0
    pitch: float = 0
    roll: float = 0
    across: float = 0
    down: float = 0
    near: float = 0
    distance: float = CAMERA
    lids: float = 0
    gape: float = 0
    light: float = 0
    exposure: float = 1
    screen: tuple[float, float, float] = (0, 0, 0)


@dataclass(frozen=True, eq=False)
class Head:
    """A portrait laid over its depth, ready to be posed in frames of `size` (width, height).

    All planes reach `_BELOW` rows below the frame; `centre` and `unit` (one eye distance) are in
    its pixels.
    """

    size: tuple[int, int]
    picture: RgbImage
    alpha: Plane
    depth: Plane
    turning: Plane
    normals: tuple[Plane, Plane]
    features: Features
    centre: tuple[float, float]
    unit: float

    def pose(self, pose: Pose) -> tuple[Plane, Plane]:
        """The person in this pose: colour (height x width x 3, 0 to 255) and matte (0 to 1)."""
        across, down = self._sources(pose)
        picture = self._blinking(pose.lids) if pose.lids > 0.02 else self.picture
        if pose.gape > 0.005:
            picture = parted(picture, self.features.mouth, pose.gape * self.unit, self.unit)
        colour = cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        alpha = cv2.remap(
            self.alpha, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        shade = pose.exposure * cv2.resize(self._shade(pose, across, down), self.size)
        lit = np.asarray(colour * shade[..., None], np.float32)
        if any(pose.screen):
            lit *= cv2.resize(self._screen_light(pose, across, down), self.size)
        return lit, np.asarray(alpha, np.float32)

    def _shade(self, pose: Pose, across: Plane, down: Plane) -> Plane:
        """How brightly each point of the grid is lit: shading is as smooth as the depth."""
        points = (across[::_GRID, ::_GRID], down[::_GRID, ::_GRID])
        slope, tilt = (cv2.remap(plane, *points, cv2.INTER_LINEAR) for plane in self.normals)
        return np.asarray(1 + 0.20 * pose.light * slope - 0.05 * tilt)

    def _screen_light(self, pose: Pose, across: Plane, down: Plane) -> Plane:
        """The factors, for points of the grid, by which a screen beside the camera brightens.

        Lambert's cosine of a surface that faces it, and the inverse square of the distance.
        """
        points = (across[::_GRID, ::_GRID], down[::_GRID, ::_GRID])
        planes = (*self.normals, self.depth)
        slope, tilt, depth = (cv2.remap(plane, *points, cv2.INTER_LINEAR) for plane in planes)
        facing = np.sqrt(np.clip(1 - slope**2 - tilt**2, 0, 1))
        yaw, pitch = np.radians(pose.yaw), np.radians(pose.pitch)
        facing = facing * np.cos(yaw) - slope * np.sin(yaw)
        facing = facing * np.cos(pitch) - tilt * np.sin(pitch)
        received = np.clip(facing, 0, 1) * ((CAMERA - _CHEEK) / (pose.distance - depth)) ** 2
        share = received[..., None] * np.array(pose.screen, np.float32)
        return np.asarray((1 + share) ** (1 / _GAMMA), np.float32)

    def _sources(self, pose: Pose) -> tuple[Plane, Plane]:
        """For every pixel of the frame the place in the picture it shows.

        The forward bending is easy (turn each point of the surface); its inverse is the fixed point
        of p -> q - (bend(p) - p).
        """
        width, height = self.size
        small = width // _GRID, height // _GRID
        rows, columns = np.mgrid[0 : small[1], 0 : small[0]].astype(np.float32)
        moved_across = pose.across * self.unit / _GRID
        moved_down = pose.down * self.unit / _GRID
        middle = self.centre[0] / _GRID, self.centre[1] / _GRID
        roll, grown = np.radians(pose.roll), (1 + pose.near) * (CAMERA / pose.distance)
        right = (columns - middle[0] - moved_across) / grown
        low = (rows - middle[1] - moved_down) / grown
        target_across = middle[0] + np.cos(roll) * right + np.sin(roll) * low
        target_down = middle[1] - np.sin(roll) * right + np.cos(roll) * low
        shift_across, shift_down = self._bending(pose)
        target_across = target_across.astype(np.float32)
        target_down = target_down.astype(np.float32)
        across, down = target_across, target_down
        for _ in range(_STEPS):
            step_across = cv2.remap(shift_across, across, down, cv2.INTER_LINEAR)
            step_down = cv2.remap(shift_down, across, down, cv2.INTER_LINEAR)
            across, down = target_across - step_across, target_down - step_down
        return (
            cv2.resize(across * _GRID, (width, height), interpolation=cv2.INTER_LINEAR),
            cv2.resize(down * _GRID, (width, height), interpolation=cv2.INTER_LINEAR),
        )

    def _bending(self, pose: Pose) -> tuple[Plane, Plane]:
        """How far, in grid pixels, the turn moves each point of the picture."""
        small = self.depth.shape[1] // _GRID, self.depth.shape[0] // _GRID
        depth = cv2.resize(self.depth, small, interpolation=cv2.INTER_AREA)
        turning = cv2.resize(self.turning, small, interpolation=cv2.INTER_AREA)
        rows, columns = np.mgrid[0 : small[1], 0 : small[0]].astype(np.float32)
        unit = self.unit / _GRID
        across = (columns - self.centre[0] / _GRID) / unit
        down = (rows - self.centre[1] / _GRID) / unit
        x, y = across * (CAMERA - depth) / CAMERA, down * (CAMERA - depth) / CAMERA
        yaw, pitch = np.radians(pose.yaw) * turning, np.radians(pose.pitch) * turning
        x, z = x * np.cos(yaw) + depth * np.sin(yaw), depth * np.cos(yaw) - x * np.sin(yaw)
        y, z = y * np.cos(pitch) + z * np.sin(pitch), z * np.cos(pitch) - y * np.sin(pitch)
        # What the distance makes of all of it alike is growth; this is the rest.
        seen = pose.distance / (pose.distance - z)
        seen_across, seen_down = x * seen, y * seen
        return (
            np.asarray((seen_across - across) * unit, np.float32),
            np.asarray((seen_down - down) * unit, np.float32),
        )

    def _blinking(self, lids: float) -> RgbImage:
        """The picture with its upper lids drawn down: the lid's skin stretches over the eye."""
        picture = self.picture.copy()
        for eye in (self.features.left_eye, self.features.right_eye):
            _draw_lid(picture, np.asarray(eye), min(lids, 1.0), self.unit)
        return picture


def head_of(
    portrait: Portrait, size: tuple[int, int], *, eye_distance: float, chin: float = 1.1
) -> Head:
    """Lay the portrait into a frame so that the eyes are this many pixels apart.

    `chin` is how far the ellipsoid reaches below its middle, in halves of the face: 1.1 rounds the
    chin off (a face that looks 17 degrees down is measured at 40), 2.4 puts it forward.
    """
    features = portrait.features
    scale = eye_distance / features.eye_distance
    middle = features.head_centre
    place = np.array(
        [
            [scale, 0, size[0] / 2 - scale * middle[0]],
            [0, scale, 0.43 * size[1] - scale * middle[1]],
        ]
    )
    flags = cv2.INTER_CUBIC
    layer = size[0], size[1] + _BELOW
    picture = cv2.warpAffine(
        portrait.image, place, layer, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    alpha = cv2.warpAffine(
        matte(portrait), place, layer, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    above = int(max(0, place[1, 2]))
    alpha[:above] = 0
    placed = _placed(features, place)
    depth, turning = _depth(placed, layer, chin)
    # Light is soft: shading follows the broad shape, not every bump.
    broad = cv2.GaussianBlur(depth * placed.eye_distance, (0, 0), 0.12 * placed.eye_distance)
    slope_down, slope_across = np.gradient(broad)
    length = np.sqrt(1 + slope_down**2 + slope_across**2)
    return Head(
        size=size,
        picture=np.asarray(picture, np.uint8),
        alpha=np.asarray(alpha, np.float32),
        depth=depth,
        turning=turning,
        normals=(
            np.asarray(-slope_across / length, np.float32),
            np.asarray(-slope_down / length, np.float32),
        ),
        features=placed,
        centre=placed.head_centre,
        unit=placed.eye_distance,
    )


def _depth(features: Features, size: tuple[int, int], reach: float) -> tuple[Plane, Plane]:
    """The generic head's depth, and how much of the head's turn each place takes part in."""
    unit = features.eye_distance
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    centre = features.head_centre
    half_width = features.head_half_width / unit
    half_height = (features.chin[1] - features.crown[1]) / 2 / unit
    across, down = (columns - centre[0]) / unit, (rows - centre[1]) / unit
    above, below = np.float32(1.1 * half_height), np.float32(reach * half_height)
    reaches = np.where(down > 0, below, above)
    radius = np.sqrt((across / half_width) ** 2 + (down / reaches) ** 2)
    # A cosine meets the ears' plane at a finite slope; an ellipse's is infinite and would fold.
    depth = 0.7 * half_width * np.cos(np.pi / 2 * np.minimum(radius, 1))
    bridge, tip = features.nose_bridge[1], features.nose_tip[1]
    along = (rows - bridge) / (tip - bridge)
    profile = np.where(along < 1, np.clip(along, 0, 1), np.clip(1 - (along - 1) / 0.45, 0, 1))
    ridge = features.nose_bridge[0] + along * (features.nose_tip[0] - features.nose_bridge[0])
    depth += 0.36 * profile * np.exp(-(((columns - ridge) / (0.22 * unit)) ** 2))
    for eye in (features.left_eye, features.right_eye):
        middle = np.mean(eye, axis=0)
        gap = ((columns - middle[0]) ** 2 + (rows - middle[1]) ** 2) / (0.27 * unit) ** 2
        depth -= 0.10 * np.exp(-gap)
    depth = cv2.GaussianBlur(depth.astype(np.float32), (0, 0), 0.04 * unit)
    chin = (rows - features.chin[1]) / unit
    aside = np.maximum(np.abs(across) / half_width - 1.15, 0)
    turning = smooth(1 - (chin - 0.1) / 1.1) * smooth(1 - aside / 0.9)
    return np.asarray(depth, np.float32), np.asarray(turning, np.float32)


def _draw_lid(picture: RgbImage, eye: Plane, lids: float, unit: float) -> None:
    """Bend the columns above one eye so that the upper lid's edge reaches down by `lids`."""
    left, right = eye[0, 0] - 0.03 * unit, eye[3, 0] + 0.03 * unit
    columns = np.arange(int(left), int(right) + 1, dtype=np.float32)
    upper = _lid(eye[[0, 1, 2, 3]], columns)
    lower = _lid(eye[[0, 5, 4, 3]], columns)
    ease = np.sin(np.pi * np.clip((columns - left) / (right - left), 0, 1)) ** 0.5
    top = upper - 0.13 * unit
    edge = upper + lids * ease * (lower - upper)
    first, last = int(top.min()), int(lower.max()) + 2
    rows = np.arange(first, last)[:, None]
    stretch = top + (rows - top) * (upper - top) / (edge - top)
    source = np.where((rows > top) & (rows < edge), stretch, rows).astype(np.float32)
    across = np.broadcast_to(columns, source.shape)
    picture[first:last, int(left) : int(right) + 1] = cv2.remap(
        picture, np.ascontiguousarray(across), source, cv2.INTER_LINEAR
    )


def _lid(points: Plane, columns: Plane) -> Plane:
    """The lid's height at each column: a parabola through its four points."""
    curve = np.polynomial.Polynomial.fit(points[:, 0], points[:, 1], 2)
    return np.asarray(curve(columns))


def _placed(features: Features, place: Plane) -> Features:
    def move(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        moved = np.asarray(points) @ place[:, :2].T + place[:, 2]
        return tuple((float(x), float(y)) for x, y in moved)

    return Features(
        left_eye=move(features.left_eye),
        right_eye=move(features.right_eye),
        nose_bridge=move((features.nose_bridge,))[0],
        nose_tip=move((features.nose_tip,))[0],
        mouth=move(features.mouth),
        crown=move((features.crown,))[0],
        chin=move((features.chin,))[0],
        head_half_width=features.head_half_width * float(place[0, 0]),
        outline=move(features.outline),
        core=move(features.core),
    )
