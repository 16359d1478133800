"""The candidate is followed through every frame, and nobody else in their place."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.faces.conftest import room
from verifiers.face_engine import TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces.following import every_face
from verifiers.faces.identity import one_person
from verifiers.picture import Clip, Frame, Pixels

FILE = "answer.zip"


def filmed(*pictures: Pixels) -> Clip:
    """Five pictures a second."""
    frames = tuple(Frame(n / 5, picture) for n, picture in enumerate(pictures))
    return Clip(FILE, frames, len(frames) / 5, None)


def known(engine: OnnxEngine, clip: Clip, *places: int) -> list[TrackedFace]:
    """The leftmost face of these frames."""
    return [
        TrackedFace(
            FILE,
            clip.frames[place],
            min(engine.detect(clip.frames[place].pixels), key=lambda face: face.left),
        )
        for place in places
    ]


def places_of(clip: Clip, faces: Sequence[TrackedFace]) -> list[int]:
    order = {id(frame): place for place, frame in enumerate(clip.frames)}
    return [order[id(face.frame)] for face in faces]


def covered(picture: Pixels, left: int) -> Pixels:
    """A sleeve before the face of whoever stands there."""
    hidden = picture.copy()
    hidden[:, left + 60 : left + 260] = (60, 66, 90)
    return hidden


def test_who_sways_and_comes_closer_is_found_in_every_frame(
    engine: OnnxEngine, collins: Pixels
) -> None:
    clip = filmed(*(room((collins, 160 + move)) for move in (0, 15, 40, 60, 30, 10)))
    faces = every_face(engine, clip, known(engine, clip, 2))
    assert places_of(clip, faces) == [0, 1, 2, 3, 4, 5]
    for tracked in faces:
        (whole,) = engine.detect(tracked.frame.pixels)
        apart = np.abs(tracked.face.landmarks - whole.landmarks).mean()
        assert apart < 0.03 * whole.inter_eye_distance


def test_who_is_hidden_for_a_moment_is_absent_and_then_found_again(
    engine: OnnxEngine, collins: Pixels
) -> None:
    seen = room((collins, 160))
    clip = filmed(seen, covered(seen, 160), covered(seen, 160), seen, seen)
    faces = every_face(engine, clip, known(engine, clip, 0))
    assert places_of(clip, faces) == [0, 3, 4]


def test_somebody_beside_who_is_hidden_is_not_taken_for_them(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    both = room((collins, 10), (hopper, 330))
    clip = filmed(both, covered(both, 10), covered(both, 10), both)
    faces = every_face(engine, clip, known(engine, clip, 0))
    assert places_of(clip, faces) == [0, 3]
    assert all(face.face.right < 330 for face in faces)


def test_a_trace_that_does_not_lead_to_the_next_known_face_is_dropped(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    # They rise, somebody else sits down in their place, and they come back on the other side.
    before, meanwhile, after = (
        room((collins, 10)),
        room((hopper, 10)),
        room((collins, 330)),
    )
    clip = filmed(before, meanwhile, meanwhile, after, after)
    faces = every_face(engine, clip, [*known(engine, clip, 0), *known(engine, clip, 3)])
    assert places_of(clip, faces) == [0, 3, 4]


def test_who_takes_the_very_place_and_leaves_it_is_followed_and_told_by_who_they_are(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    candidate, stand_in = room((collins, 160)), room((hopper, 160))
    clip = filmed(candidate, stand_in, stand_in, candidate)
    faces = every_face(engine, clip, known(engine, clip, 0, 3))
    assert places_of(clip, faces) == [0, 1, 2, 3]
    assert one_person(engine, faces).kept is False


def test_the_known_faces_stay_as_they_are_and_those_of_other_clips_are_left_out(
    engine: OnnxEngine, collins: Pixels
) -> None:
    clip = filmed(*(room((collins, 160)) for _ in range(3)))
    mine = known(engine, clip, 0, 2)
    other = TrackedFace("other.mp4", clip.frames[1], mine[0].face)
    faces = every_face(engine, clip, [*mine, other])
    assert faces[0] is mine[0]
    assert faces[2] is mine[1]
    assert {face.file for face in faces} == {FILE}
    assert every_face(engine, clip, [other]) == ()


@pytest.mark.parametrize("places", [(), (0,)])
def test_an_empty_room_has_nobody_to_follow(
    engine: OnnxEngine, collins: Pixels, places: tuple[int, ...]
) -> None:
    clip = filmed(room((collins, 160)), room(), room())
    faces = every_face(engine, clip, known(engine, clip, *places))
    assert places_of(clip, faces) == list(places)
