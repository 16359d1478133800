"""Texture, borders, surroundings, learned figures: weak at most, and silent on people."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from models.finding import EvidenceClass, Finding, Status, Strength
from models.weights import LiveFrom
from samples.portraits import RgbImage
from tests.liveness.conftest import Recording, shrunk
from verifiers.face_engine import Face, TrackedFace
from verifiers.liveness.passive import passive_signs
from verifiers.liveness.passive_border import measure_border
from verifiers.liveness.passive_learned import learned_signs
from verifiers.liveness.passive_surroundings import measure_surroundings
from verifiers.liveness.passive_texture import measure_texture
from verifiers.picture import Frame, Pixels


def as_seen(faces: Sequence[TrackedFace], look: object) -> tuple[TrackedFace, ...]:
    """The frames as something else makes of them."""
    assert callable(look)
    return tuple(
        TrackedFace(f.file, Frame(f.frame.seconds, look(f.frame.pixels)), f.face) for f in faces
    )


def on_a_screen(pixels: RgbImage) -> RgbImage:
    """Through a lattice of coloured stripes 2.6 pixels wide, at 4 degrees, and JPEG."""
    rows, columns = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    along = (columns + 0.07 * rows) / 2.6
    stripes = np.stack([np.cos(2 * np.pi * (along + n / 3)) for n in range(3)], axis=2)
    seen = np.clip(pixels * (1 + 0.06 * stripes), 0, 255).astype(np.uint8)
    return compressed(seen, 80)


def compressed(pixels: RgbImage, quality: int) -> RgbImage:
    packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def codes(findings: Sequence[Finding]) -> set[str]:
    return {found.code.removeprefix("presence.passive.") for found in findings}


def test_a_person_shows_neither_pattern_nor_border(genuine: Recording) -> None:
    signs = passive_signs(genuine.faces)
    assert signs.findings == ()
    assert len(signs.measures) >= 10


@pytest.mark.parametrize("quality", [90, 40])
def test_a_webcams_compression_is_no_pattern(genuine: Recording, quality: int) -> None:
    seen = as_seen(genuine.faces[::3], lambda pixels: compressed(pixels, quality))
    texture = measure_texture(seen)
    assert texture
    assert not texture.patterned


def test_the_lattice_of_a_screen_is_a_weak_sign(genuine: Recording) -> None:
    (sign,) = passive_signs(as_seen(genuine.faces, on_a_screen)).findings
    assert sign.code == "presence.passive.pattern"
    assert (sign.status, sign.strength) == (Status.CONTRADICTS, Strength.WEAK)
    assert sign.question is None
    assert sign.innocent_explanation


def test_a_face_too_small_for_a_spectrum_is_not_judged(genuine: Recording) -> None:
    assert measure_texture(shrunk(genuine, 0.4).faces) is None


def framed(tracked: TrackedFace, middle: tuple[float, float], unit: float) -> Pixels:
    """The frame with dark bars about a point, `unit` pixels to the eye distance."""
    corners = [
        (round(middle[0] + x * unit), round(middle[1] + y * unit))
        for x, y in ((-2.2, -2.0), (2.2, 2.6))
    ]
    pixels = tracked.frame.pixels.copy()
    cv2.rectangle(pixels, corners[0], corners[1], (20, 20, 24), 9)
    return pixels


def before_a_door(recording: Recording) -> tuple[TrackedFace, ...]:
    """Bars around the place where the head usually is, which stay there."""
    across, down = np.median([np.mean(t.face.eyes, axis=0) for t in recording.faces], axis=0)
    unit = float(np.median([t.face.inter_eye_distance for t in recording.faces]))
    return tuple(
        TrackedFace(
            t.file,
            Frame(t.frame.seconds, framed(t, (float(across), float(down)), unit)),
            t.face,
        )
        for t in recording.faces
    )


def moved_about(recording: Recording, shifts: Sequence[int]) -> tuple[TrackedFace, ...]:
    """The first frame as a framed picture, moved sideways by these many pixels."""
    first = recording.faces[0]
    across, down = np.mean(first.face.eyes, axis=0)
    picture = framed(first, (float(across), float(down)), first.face.inter_eye_distance)
    faces = []
    for i, shift in enumerate(shifts):
        old, right = first.face, np.array([shift, 0])
        face = Face(old.left + shift, old.top, old.right + shift, old.bottom, old.landmarks + right)
        frame = Frame(i / 4, np.roll(picture, shift, axis=1))
        faces.append(TrackedFace("moved.mp4", frame, face))
    return tuple(faces)


def test_a_border_that_moves_with_the_face_is_a_weak_sign(genuine: Recording) -> None:
    found = {f.code: f for f in passive_signs(moved_about(genuine, range(-66, 66, 11))).findings}
    sign = found["presence.passive.border"]
    assert (sign.status, sign.strength) == (Status.CONTRADICTS, Strength.WEAK)
    assert sign.evidence_class is EvidenceClass.PRESENCE


def test_a_door_behind_a_person_stays_where_it_is(genuine: Recording) -> None:
    assert "border" not in codes(passive_signs(before_a_door(genuine)).findings)


def test_whoever_sits_still_before_a_door_holds_up_nothing(genuine: Recording) -> None:
    assert not measure_border(moved_about(genuine, [0] * 12)).held_up


def test_a_room_stays_behind_a_person(genuine: Recording) -> None:
    around = measure_surroundings(genuine.faces[::2])
    assert around.pairs >= 4
    assert around.along < 0.1


def test_a_whole_picture_that_is_moved_takes_its_room_along(genuine: Recording) -> None:
    faces = moved_about(genuine, [0, 14, 28, 42] * 2)
    assert measure_surroundings(faces).along > 0.8


def test_few_frames_are_not_judged(genuine: Recording) -> None:
    assert passive_signs(genuine.faces[:5]).measures == ()


class Unsure:
    """A detector that gives every face 0.3."""

    name = "unsure/0"

    def __init__(self, live_from: LiveFrom | None) -> None:
        self.live_from = live_from

    def look(self, pixels: Pixels, face: Face) -> float:
        assert pixels.size > face.area > 0
        return 0.3


def test_a_learned_figure_without_a_threshold_says_nothing(genuine: Recording) -> None:
    signs = learned_signs([Unsure(None)], genuine.faces)
    assert signs.findings == ()
    assert signs.measures[0].value == 0.3


def test_a_learned_figure_below_the_deployments_threshold_is_weak(genuine: Recording) -> None:
    measured = LiveFrom(score=0.4, source="our 200 recordings of May 2026")
    (sign,) = learned_signs([Unsure(measured)], genuine.faces).findings
    assert (sign.status, sign.strength) == (Status.CONTRADICTS, Strength.WEAK)
    assert any(seen.source == measured.source for seen in sign.seen)
    assert learned_signs([Unsure(LiveFrom(score=0.2, source="ours"))], genuine.faces).findings == ()
