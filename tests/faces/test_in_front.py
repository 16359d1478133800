"""The face that agrees is not the one in front: a picture on the wall, or an interviewer's tile."""

from collections.abc import Callable

import numpy as np
import pytest

from models.finding import Status
from models.named_face import FramePoint, NamedFace
from models.person import Band, TemplateKind
from tests.faces.conftest import a_capture, lit, picture, room, scaled, tilted
from tests.faces.test_verify import codes, finding
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import FaceResult, verify_faces
from verifiers.picture import Clip, Frame, Pixels

SMALL = 0.72
Place = Callable[[int], tuple[Pixels, int]]


def filmed(small: Place, large: Place) -> Clip:
    """Two people for six seconds: in light that wanders, with a camera's noise."""
    noise = np.random.default_rng(1)
    frames = []
    for i in range(14):
        shown = lit(room(small(i), large(i)), 1 + 0.1 * np.sin(i / 3))
        noisy = np.clip(shown + noise.normal(0, 2, shown.shape), 0, 255).astype(np.uint8)
        frames.append(Frame(i * 6 / 14, noisy))
    return Clip("interview.mp4", tuple(frames), 6.0, 14 / 6)


def still(person: Pixels, left: int = 10) -> Place:
    """A photograph on the wall."""
    small = scaled(person, SMALL)
    return lambda _: (small, left)


def alive(person: Pixels, left: int, scale: float = 1.0) -> Place:
    """Who sways by a tenth of their eye distance, and nods to the side."""
    shown = scaled(person, scale)
    return lambda i: (tilted(shown, 4 * np.sin(i)), left + round(5 * np.sin(i / 2)))


@pytest.fixture(scope="module")
def on_the_wall(engine: OnnxEngine, collins: Pixels, hopper: Pixels) -> FaceResult:
    clip = filmed(still(collins), alive(hopper, 330))
    earlier = verify_faces(engine, [picture(collins)], []).templates
    return verify_faces(engine, [picture(collins)], [clip], earlier=[a_capture(earlier)])


def test_a_picture_on_the_wall_speaks_for_nobody_who_sits_before_it(
    on_the_wall: FaceResult,
) -> None:
    match = finding(on_the_wall, "face.match.undecided")
    assert "not the one in front" in match.for_recruiter
    assert "has to be named" in match.for_recruiter
    assert match.question == "Please send a recording in which only you are seen."
    assert on_the_wall.match
    assert on_the_wall.match.band is Band.UNKNOWN
    assert on_the_wall.match.judgement
    assert on_the_wall.match.judgement.band is Band.STRONG


def test_a_picture_on_the_wall_is_neither_the_person_of_before_nor_kept(
    on_the_wall: FaceResult,
) -> None:
    assert "not the one in front" in finding(on_the_wall, "continuity.not_compared").for_recruiter
    assert [each.kind for each in on_the_wall.templates] == [TemplateKind.PORTRAIT]


def test_a_candidate_beside_an_interviewers_large_tile_is_supported_and_both_are_told(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    clip = filmed(alive(collins, 10, SMALL), alive(hopper, 330))
    result = verify_faces(engine, [picture(collins)], [clip])
    assert finding(result, "face.match.supported").status is Status.SUPPORTS
    beside = finding(result, "face.footage.second_person")
    assert "larger than the candidate's: look who is the candidate" in beside.for_recruiter
    assert any("larger than the candidate" in seen.what for seen in beside.seen)


def test_a_still_candidate_whom_the_recruiter_names_is_supported(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    clip = filmed(still(collins), alive(hopper, 330))
    named = NamedFace(file=clip.file, seconds=3.0, point=FramePoint(x=0.18, y=0.75))
    result = verify_faces(engine, [picture(collins)], [clip], candidate_at=named)
    assert "named by the recruiter" in result.how_chosen
    assert finding(result, "face.match.supported").status is Status.SUPPORTS


def test_a_picture_of_oneself_on_the_wall_changes_nothing(
    engine: OnnxEngine, collins: Pixels
) -> None:
    clip = filmed(still(collins), alive(collins, 330))
    result = verify_faces(engine, [picture(collins)], [clip])
    assert codes(result) == {"face.match.supported"}


def test_somebody_smaller_behind_leaves_a_candidate_who_keeps_still_supported(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    clip = filmed(alive(hopper, 10, SMALL), lambda _: (collins, 330))
    result = verify_faces(engine, [picture(collins)], [clip])
    assert finding(result, "face.match.supported").status is Status.SUPPORTS
    beside = finding(result, "face.footage.second_person")
    assert not any("larger" in seen.what for seen in beside.seen)
