"""Colours of the screen on the skin: in the order that was shown, and more where a face is near.

What the skin sends back, in linear light, is compared with the quiet logarithm of itself and of the
room behind, so that neither skin colour nor the camera's exposure and white balance count. The
response is then held against every order of colours that could have been shown: a recording made
under other ones fits another better. A head answers more in its middle, which faces the screen and
is nearest to it, than at its rim on both sides; a picture answers everywhere alike.
"""

from functools import cache
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from models.challenge import Colour, StepOutcome
from models.finding import Seen
from verifiers.face_engine import Landmarks, TrackedFace
from verifiers.liveness.challenges.making import may_follow
from verifiers.liveness.challenges.measured import (
    FEWEST_FRAMES,
    StepMeasured,
    missed,
    not_judged,
    seen,
)
from verifiers.liveness.challenges.watched import Series, Watched
from verifiers.liveness.challenges.windows import Window
from verifiers.picture import Pixels

_SCREEN: dict[Colour, tuple[float, float, float]] = {
    Colour.RED: (1, 0, 0),
    Colour.GREEN: (0, 1, 0),
    Colour.BLUE: (0, 0, 1),
    Colour.WHITE: (1, 1, 1),
    Colour.BLACK: (0, 0, 0),
}
_LINEAR = ((np.arange(256) + 0.5) / 255.5) ** 2.2
"""Light of each level of a picture (about sRGB)."""
_LAGS = np.arange(0.0, 0.41, 0.05)
"""Seconds from what the page reports to what the camera shows."""
_FITS = 0.6
"""Correlation of the response with the colours shown."""
_SURELY = 0.75
"""Correlation with other colours, from which on those were shown."""
_BETTER = 0.02
"""Share of all orders that may fit as well as the one shown; those that differ in one colour do."""
_FEWEST_SHARE = 0.7
"""Of the frames that the window should have."""
_RIM = 0.9
"""The rim's response over the middle's, up to which there is a head: a flat picture has 1."""
_SURE = 2.3
"""Standard errors by which the rim answers less: 1 of 100 pictures would by chance."""

_BRIGHTNESS = 0.3
_INWARD = 0.1
"""From the rim of the jaw to the tip of the nose: surely skin, and steep."""
_REACH = 0.12
"""Eye distances to each side of a place."""
_BRIGHT = 250
"""Levels, from which on the camera may show no more."""

Points = NDArray[np.float64]


def measure_colours(watched: Watched, window: Window) -> StepMeasured:
    """The colours in their order, told apart from all other orders."""
    inside = np.flatnonzero(watched.within(window.begins, window.ends + _LAGS[-1]))
    count = len(window.step.colours)
    if len(inside) < max(FEWEST_FRAMES, 2 * count * _FEWEST_SHARE):
        return not_judged(window, "the face was not seen for long enough")
    faces = [watched.faces[place] for place in inside]
    times = watched.times[inside] - window.begins
    room = np.array([_room(face) for face in faces])
    middle, rims = _skin(faces, room)
    judged = np.isfinite(middle).all(axis=0) & np.isfinite(rims).all(axis=0)
    if judged.sum() < 2:
        return not_judged(window, "the face is too bright for the camera")
    middle, rims = _weighed(middle[:, judged]), _weighed(rims[:, judged])
    response = _steady(middle)
    orders = _orders(count)
    screens = _weighed(_screens(orders)[:, :, judged])
    fits, lags = _correlations(screens, response, times, window.step.seconds)
    shown = orders.index(window.step.colours) if window.step.colours in orders else None
    if shown is None:
        return not_judged(window, "these colours cannot be told apart")
    mine, best = float(fits[shown]), int(np.argmax(fits))
    better = float((fits > mine).mean())
    strength = float(response.std())
    face = faces[len(faces) // 2]
    measured: tuple[Seen, ...] = (
        seen(f"response of the skin fits the colours shown (from {_FITS})", mine, None, face),
        seen(f"share of other orders that fit better (up to {_BETTER})", better, None),
        seen("strength of the response", strength, None),
    )
    if fits[best] < _FITS:
        return not_judged(window, "the screen's light hardly shows on the face", measured)
    if mine < _FITS or better > _BETTER:
        if fits[best] < _SURELY:
            return not_judged(window, "the light on the face cannot be read surely", measured)
        return missed(window, "the light on the face is of other colours", measured, face)
    lag = float(lags[shown])
    screen = _steady(_shown(screens[shown], times - lag, window.step.seconds))
    volume = _falls_off(screen, middle, rims)
    measured += (seen(f"rim's response over the middle's (a head up to {_RIM})", volume[0], None),)
    return StepMeasured(
        window.step,
        StepOutcome.DONE,
        "the face answered in the colours that were shown",
        measured,
        round(lag, 2),
        face,
        "light that falls off from the middle of the face to its rim" if volume[1] else None,
    )


def _falls_off(screen: Points, middle: Points, rims: Points) -> tuple[float, bool]:
    """The rim's gain over the middle's, and whether it is surely a head's."""
    in_middle, _ = _gain(screen, _steady(middle))
    # Of the difference: what moves both, a lamp or the exposure, is not in it.
    less, error = _gain(screen, _steady(middle - rims))
    ratio = 1 - less / max(in_middle, 1e-6)
    return ratio, bool(ratio <= _RIM and less >= _SURE * error)


def _gain(screen: Points, response: Points) -> tuple[float, float]:
    """How strongly something answers to the screen, and the standard error of that."""
    x, y = screen.ravel(), response.ravel()
    gain = float(x @ y / (x @ x))
    left = y - gain * x
    return gain, float(np.sqrt((left @ left) / max(len(x) - 7, 1) / (x @ x)))


def _weighed(series: Points) -> Points:
    """Brightness by less than colour: a cloud or a lamp beside the head changes that alone."""
    brightness = series.mean(axis=-1, keepdims=True)
    return np.asarray(series - (1 - _BRIGHTNESS) * brightness)


def _steady(series: Points) -> Points:
    """Without its mean and its steady drift, `(frames, channels)`."""
    drift = np.column_stack([np.ones(len(series)), np.linspace(-1, 1, len(series))])
    return np.asarray(series - drift @ np.linalg.lstsq(drift, series, rcond=None)[0])


def _shown(screen: Points, times: Series, seconds: float) -> Points:
    """What the screen showed at these times after it began: `(frames, 3)`."""
    place = np.clip(times / seconds * len(screen), 0, len(screen) - 1).astype(int)
    return np.asarray(screen[place])


def _correlations(
    screens: Points, response: Points, times: Series, seconds: float
) -> tuple[Series, Series]:
    """Of the response with each order of colours, at the lag that fits it best; and that lag."""
    count = screens.shape[1]
    drift = np.linalg.qr(np.column_stack([np.ones(len(times)), times]))[0]
    length = float(np.linalg.norm(response))
    best = np.full(len(screens), -1.0)
    lags = np.zeros(len(screens))
    for lag in _LAGS:
        place = np.clip((times - lag) / seconds * count, 0, count - 1).astype(int)
        # Each colour's frames, without mean and drift: an order's response is their sum.
        frames = np.eye(count)[place]
        frames -= drift @ (drift.T @ frames)
        fit = np.einsum("tc,oci,ti->o", frames, screens, response, optimize=True)
        gram = frames.T @ frames
        size = np.einsum("oci,cd,odi->o", screens, gram, screens, optimize=True)
        correlation = fit / np.sqrt(np.maximum(size, 1e-9)) / max(length, 1e-9)
        lags[correlation > best] = lag
        best = np.maximum(best, correlation)
    return best, lags


@cache
def _screens(orders: tuple[tuple[Colour, ...], ...]) -> Points:
    return np.array([[_SCREEN[colour] for colour in order] for order in orders], np.float64)


@cache
def _orders(count: int) -> tuple[tuple[Colour, ...], ...]:
    """Every order of so many colours that could be shown."""
    return tuple(
        order
        for order in product(Colour, repeat=count)
        if all(may_follow(one, following) for one, following in pairwise(order))
    )


def _skin(faces: list[TrackedFace], room: Points) -> tuple[Points, Points]:
    """Logarithms of linear light against the room's, `(frames, 3)`: middle and rim of the face.

    NaN for a colour that was too bright for the camera in all places.
    """
    landmarks = _calm(np.array([face.face.landmarks for face in faces]))
    both = []
    for places in zip(*map(_places, landmarks), strict=True):
        light = [_light(face, at) for face, at in zip(faces, places, strict=True)]
        both.append(np.array(light) - room[:, None])
    middle, rims = both
    sides = rims.shape[1] // 2
    # Both sides alike: a lamp that wanders brightens one and darkens the other.
    return _together(middle), (_together(rims[:, :sides]) + _together(rims[:, sides:])) / 2


def _together(places: Points) -> Points:
    """What several places show alike, `(frames, 3)`: one that slips onto hair does not count."""
    together = np.full((len(places), 3), np.nan)
    for channel in range(3):
        series = places[:, :, channel]
        series = series[:, np.isfinite(series).all(axis=0)]
        if series.shape[1]:
            together[:, channel] = np.median(_steady(series), axis=1)
    return together


def _calm(landmarks: Points) -> Points:
    """The landmarks of a face that keeps still, by the median of nine frames: they jump by some
    pixels, and nostrils or hair are of another brightness than skin.
    """
    reach = range(len(landmarks))
    return np.array([np.median(landmarks[max(0, n - 4) : n + 5], axis=0) for n in reach])


def _places(landmarks: Landmarks) -> tuple[Points, Points]:
    """Of skin in the middle of the face; at its rim, half of them on each side."""
    eyes = float(np.linalg.norm(landmarks[36:42].mean(axis=0) - landmarks[42:48].mean(axis=0)))
    nose = landmarks[27] - landmarks[33]
    up = eyes * nose / max(float(np.linalg.norm(nose)), 1e-6)
    brow = landmarks[[21, 22]].mean(axis=0)
    beside_nose = [(31, 40), (31, 41), (31, 48), (35, 47), (35, 46), (35, 54)]
    middle = [
        brow + 0.3 * up,
        brow + 0.15 * up,
        *landmarks[[28, 29, 30]],
        *(landmarks[[one, other]].mean(axis=0) for one, other in beside_nose),
    ]
    jaw = landmarks[[1, 2, 3, 4, 12, 13, 14, 15]]
    return np.array(middle), np.asarray(jaw + _INWARD * (landmarks[30] - jaw))


def _light(tracked: TrackedFace, places: Points) -> Points:
    """The logarithm of linear light of small squares there, `(places, 3)`; NaN if too bright."""
    reach = max(2, round(_REACH * tracked.face.inter_eye_distance))
    height, width = tracked.frame.pixels.shape[:2]
    corners = np.clip(places.round().astype(int) - reach, 0, (width - 2, height - 2))
    squares = [
        tracked.frame.pixels[y : y + 2 * reach + 1, x : x + 2 * reach + 1].reshape(-1, 3)
        for x, y in corners
    ]
    bright = np.array([(square >= _BRIGHT).mean(axis=0) > 0.05 for square in squares])
    return np.where(bright, np.nan, np.array([_linear(square) for square in squares]))


def _room(tracked: TrackedFace) -> Points:
    """The same of the picture beside the head and its shoulders."""
    pixels, face = tracked.frame.pixels, tracked.face
    width = face.right - face.left
    left, right = int(max(0, face.left - width)), int(face.right + width)
    rows = slice(0, int(max(8, face.bottom)), 4)
    beside = [pixels[rows, :left:4].reshape(-1, 3), pixels[rows, right::4].reshape(-1, 3)]
    around: Pixels = np.concatenate(beside)
    if len(around) < 50:
        around = pixels[::8, ::8].reshape(-1, 3)
    return _linear(around)


def _linear(colours: Pixels) -> Points:
    return np.asarray(np.log(_LINEAR[colours].mean(axis=0)))
