"""A recruiter names the candidate: whose face that is, and that it changes nothing else."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.finding import Status
from models.named_face import FramePoint, NamedFace
from tests.faces.conftest import clip, picture, room, scaled
from tests.faces.test_verify import codes, finding
from verifiers.face_engine import Face, TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import FaceResult, verify_faces
from verifiers.faces.naming import (
    LOOKED_AT_WITHIN,
    FaceNamed,
    NobodyNamed,
    face_named,
    frame_named,
    place_of,
)
from verifiers.picture import Clip, Frame, Pixels

FRAME = Frame(5.0, np.zeros((360, 640, 3), dtype=np.uint8))


def named(seconds: float = 5.0, *point: float, file: str = "interview.mp4") -> NamedFace:
    at = FramePoint(x=point[0], y=point[1]) if point else None
    return NamedFace(file=file, seconds=seconds, point=at)


def a_face(left: float, top: float, size: float = 60) -> TrackedFace:
    face = Face(left, top, left + size, top + size, np.zeros((68, 2)))
    return TrackedFace("interview.mp4", FRAME, face)


def nobody(answer: object) -> NobodyNamed:
    assert isinstance(answer, NobodyNamed)
    assert answer.finding.status is Status.UNKNOWN
    assert answer.problem in answer.finding.for_recruiter
    return answer


# Which frame

SHORT = Clip("interview.mp4", tuple(Frame(i / 4, FRAME.pixels) for i in range(40)), 10.0, 30.0)
LONG = Clip("long.mp4", tuple(Frame(30.0 * i, FRAME.pixels) for i in range(120)), 3600.0, 30.0)
PHOTOGRAPH = Clip("photo.jpg", (Frame(0.0, FRAME.pixels),), 0.0, None)
CLIPS = (SHORT, LONG, PHOTOGRAPH)


@given(st.floats(0, 10))
def test_every_moment_of_a_short_recording_is_looked_at_where_it_is_named(seconds: float) -> None:
    found = frame_named(CLIPS, named(seconds))
    assert isinstance(found, tuple)
    assert found[0] is SHORT
    assert abs(SHORT.frames[found[1]].seconds - seconds) <= 0.25


@given(st.floats(0, 3600))
def test_of_a_long_recording_a_moment_not_looked_at_is_never_taken_for_another(
    seconds: float,
) -> None:
    found = frame_named(CLIPS, named(seconds, file="long.mp4"))
    apart = min(abs(frame.seconds - seconds) for frame in LONG.frames)
    if apart <= LOOKED_AT_WITHIN:
        assert isinstance(found, tuple)
        assert abs(LONG.frames[found[1]].seconds - seconds) == apart
    else:
        assert f"{30 * (seconds // 30):.1f}" in nobody(found).problem


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (named(file="other.mp4"), "those that could: interview.mp4, long.mp4, photo.jpg"),
        (named(60.0), "ends at 9.8 s"),
        (named(3.0, file="photo.jpg"), "ends at 0.0 s"),
    ],
)
def test_a_slip_of_whoever_names_asks_the_candidate_nothing(where: NamedFace, told: str) -> None:
    clips = (Clip("interview.mp4", SHORT.frames, 9.75, 30.0), LONG, PHOTOGRAPH)
    answer = nobody(frame_named(clips, where))
    assert told in answer.problem
    assert answer.finding.question is None


def test_a_photograph_is_named_at_its_start() -> None:
    assert frame_named(CLIPS, named(0, file="photo.jpg")) == (PHOTOGRAPH, 0)


# Whose face

SPOTS = [(40.0 + 150 * i, 30.0 + 150 * j) for i in range(4) for j in range(2)]
FACES = st.lists(st.sampled_from(SPOTS), min_size=1, unique=True).map(
    lambda spots: [a_face(*spot) for spot in spots]
)


@given(FACES, st.data())
def test_a_point_on_a_face_names_it_among_any_others(
    faces: Sequence[TrackedFace], data: st.DataObject
) -> None:
    wanted = data.draw(st.sampled_from(faces))
    x = data.draw(st.floats(wanted.face.left + 1, wanted.face.right - 1)) / 640
    y = data.draw(st.floats(wanted.face.top + 1, wanted.face.bottom - 1)) / 360
    found = face_named(faces, FRAME, named(5.0, x, y))
    assert isinstance(found, FaceNamed)
    assert found.face is wanted


@given(FACES)
def test_what_a_report_writes_beside_a_face_names_it(faces: Sequence[TrackedFace]) -> None:
    for each in faces:
        found = face_named(faces, FRAME, place_of(each))
        assert isinstance(found, FaceNamed)
        assert found.face is each


@given(FACES, st.floats(0, 1), st.floats(0, 1))
def test_a_point_never_names_a_face_that_is_further_than_its_own_width(
    faces: Sequence[TrackedFace], x: float, y: float
) -> None:
    found = face_named(faces, FRAME, named(5.0, x, y))
    apart = [np.hypot(f.face.left + 30 - 640 * x, f.face.top + 30 - 360 * y) / 60 for f in faces]
    if isinstance(found, FaceNamed):
        assert apart[faces.index(found.face)] == min(apart) <= 1
    else:
        assert min(apart) > 0.5
        assert len(nobody(found).faces) == len(faces)


def test_a_point_on_the_shirt_still_names_who_wears_it() -> None:
    face = a_face(300, 100)
    found = face_named([face], FRAME, named(5.0, 330 / 640, 185 / 360))
    assert isinstance(found, FaceNamed)


def test_between_two_faces_nobody_is_picked_and_both_places_are_told() -> None:
    faces = [a_face(240, 100), a_face(320, 100)]
    answer = nobody(face_named(faces, FRAME, named(5.0, 310 / 640, 130 / 360)))
    assert "more than one face" in answer.problem
    assert all(str(place_of(face)).split(":")[1] in answer.problem for face in faces)
    assert answer.finding.question


def test_without_a_point_one_person_is_enough_and_two_need_one() -> None:
    alone = face_named([a_face(300, 100)], FRAME, named())
    assert isinstance(alone, FaceNamed)
    two = nobody(face_named([a_face(100, 100), a_face(400, 100)], FRAME, named()))
    assert "2 faces; name one by its place" in two.problem


def test_where_nobody_is_seen_another_moment_is_asked_for() -> None:
    assert "another moment" in nobody(face_named([], FRAME, named())).problem


# Who is compared

LEFT, RIGHT = (0.23, 0.6), (0.75, 0.6)


@pytest.fixture(scope="module")
def call(collins: Pixels, hopper: Pixels) -> Clip:
    """The one called Collins at the left, Hopper at the right."""
    return clip(room((scaled(collins, 0.9), 10), (scaled(hopper, 0.8), 360)))


@pytest.fixture(scope="module")
def unnamed(engine: OnnxEngine, collins: Pixels, call: Clip) -> FaceResult:
    return verify_faces(engine, [picture(collins)], [call])


def test_how_the_candidate_was_told_from_others_is_said(unnamed: FaceResult) -> None:
    said = "agrees best with the document's portrait"
    assert unnamed.how_chosen == f"The candidate is the one who {said}."
    seen = finding(unnamed, "face.match.supported").seen
    assert [each.value for each in seen if each.what == "the candidate"] == [said]


def test_a_name_does_not_make_another_person_the_one_on_the_document(
    engine: OnnxEngine, collins: Pixels, call: Clip, unnamed: FaceResult
) -> None:
    result = verify_faces(engine, [picture(collins)], [call], candidate_at=named(3.0, *RIGHT))
    assert all(face.face.left > 320 for track in result.candidate for face in track.faces)
    match = finding(result, "face.match.other_person")
    (told,) = (seen for seen in match.seen if seen.what == "the candidate")
    assert (told.value, told.file) == ("was named by the recruiter", "interview.mp4")
    assert "named by the recruiter, at 3.0 s of interview.mp4" in result.how_chosen
    assert "Someone else, in interview.mp4, is more like the reference" in result.how_chosen
    assert unnamed.match
    assert result.match
    assert result.match.distance > unnamed.match.distance


def test_who_is_named_and_is_the_one_on_the_document_is_supported_as_without_a_name(
    engine: OnnxEngine, collins: Pixels, call: Clip, unnamed: FaceResult
) -> None:
    result = verify_faces(engine, [picture(collins)], [call], candidate_at=named(3.0, *LEFT))
    assert codes(result) == codes(unnamed)
    strengths = [finding(each, "face.match.supported").strength for each in (result, unnamed)]
    assert strengths[0] == strengths[1]


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (named(3.0, 0.5, 0.05), "nobody is near 0.5,0.05"),
        (named(3.0), "2 faces; name one by its place"),
        (named(30.0, *RIGHT), "ends at 6.0 s"),
    ],
)
def test_where_nobody_is_told_by_a_name_it_goes_on_as_without_one_and_says_so(
    engine: OnnxEngine,
    collins: Pixels,
    call: Clip,
    unnamed: FaceResult,
    where: NamedFace,
    told: str,
) -> None:
    result = verify_faces(engine, [picture(collins)], [call], candidate_at=where)
    assert codes(result) == codes(unnamed) | {"face.footage.named_nobody"}
    assert told in finding(result, "face.footage.named_nobody").for_recruiter
    assert told in result.how_chosen
    assert "agrees best with the document's portrait" in result.how_chosen


def test_somebody_small_who_is_seen_for_a_moment_can_be_named(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    alone, both = room((collins, 10)), room((collins, 10), (scaled(hopper, 0.6), 400))
    frames = tuple(Frame(i / 4, both if i == 31 else alone) for i in range(60))
    film = Clip("interview.mp4", frames, 15.0, 4.0)
    result = verify_faces(engine, [picture(hopper)], [film], candidate_at=named(7.75, 0.77, 0.8))
    assert [face.frame.seconds for track in result.candidate for face in track.faces] == [7.75]
    assert "named by the recruiter, at 7.8 s" in result.how_chosen


def test_without_a_document_the_one_named_goes_before_the_most_prominent(
    engine: OnnxEngine, call: Clip
) -> None:
    prominent = verify_faces(engine, [], [call])
    assert "most prominent" in prominent.how_chosen
    assert all(face.face.left > 320 for track in prominent.candidate for face in track.faces)
    other = verify_faces(engine, [], [call], candidate_at=named(3.0, *LEFT))
    assert all(face.face.right < 320 for track in other.candidate for face in track.faces)


def test_another_face_for_a_single_frame_in_somebodys_place_names_neither(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    own, other = room((collins, 150)), room((scaled(hopper, 0.8), 180))
    frames = tuple(Frame(i / 4, other if i == 20 else own) for i in range(40))
    film = Clip("interview.mp4", frames, 10.0, 4.0)
    result = verify_faces(engine, [picture(hopper)], [film], candidate_at=named(5.0))
    assert "face.footage.named_nobody" in codes(result)
    assert "does not clearly belong" in result.how_chosen
