"""Document portraits against footage: who the candidate is, and what is said about them."""

import pytest

from models.finding import Check, Finding, Status, Strength
from models.person import Band, FaceTemplate, TemplateKind
from tests.faces.conftest import a_capture, clip, picture, room, scaled
from verifiers.face_engines.dlib_weights import ENGINE
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import FaceResult, verify_faces
from verifiers.faces.matching import BANDS, FULL_FACES, PairKind
from verifiers.faces.portrait_match import Live
from verifiers.picture import Clip, Pixels


def finding(result: FaceResult, code: str) -> Finding:
    found = [each for each in result.findings if each.code == code]
    assert len(found) == 1, [each.code for each in result.findings]
    return found[0]


def codes(result: FaceResult) -> set[str]:
    return {each.code for each in result.findings}


@pytest.fixture(scope="module")
def genuine(engine: OnnxEngine, collins: Pixels) -> FaceResult:
    return verify_faces(engine, [picture(collins)], [clip(room((collins, 150)))])


def test_the_person_on_the_document_is_supported_with_the_frames_shown(genuine: FaceResult) -> None:
    match = finding(genuine, "face.match.supported")
    assert (match.status, match.strength) == (Status.SUPPORTS, Strength.STRONG)
    assert {seen.file for seen in match.seen} >= {"portrait.png", "interview.mp4"}
    assert genuine.match is not None
    assert len(genuine.match.pairs) == 5
    for pair in genuine.match.pairs:
        assert pair.portrait.chip.shape == pair.frame.chip.shape == (320, 320, 3)
    assert [t.kind for t in genuine.templates] == [TemplateKind.PORTRAIT, TemplateKind.LIVE]


def test_frames_that_all_look_alike_count_as_one_photograph(genuine: FaceResult) -> None:
    assert genuine.match is not None
    assert genuine.match.bands == BANDS[ENGINE][PairKind.PHOTO_PHOTO]


def test_who_resembles_a_whole_gallery_as_much_is_left_to_a_person(
    engine: OnnxEngine, collins: Pixels, genuine: FaceResult
) -> None:
    alike = verify_faces(
        engine,
        [picture(collins)],
        [clip(room((collins, 150)))],
        gallery=[genuine.templates[-1]] * 20,
    )
    undecided = finding(alike, "face.match.undecided")
    assert any("20 other people" in str(seen.value) for seen in undecided.seen)
    assert "the cohort test does not bear it out" in undecided.for_recruiter
    assert "as well as two people" not in undecided.for_recruiter


def test_a_turn_of_the_head_is_asked_for_where_the_frames_are_too_alike_to_be_full(
    engine: OnnxEngine, collins: Pixels, genuine: FaceResult
) -> None:
    gallery = [genuine.templates[-1]] * 20
    alike = verify_faces(engine, [picture(collins)], [clip(room((collins, 150)))], gallery=gallery)
    question = finding(alike, "face.match.undecided").question
    assert question
    assert "turn your head a little" in question
    assert alike.match
    for faces, asked in ((FULL_FACES - 1, True), (FULL_FACES, False)):
        person = alike.match.person.model_copy(update={"faces": faces})
        live = Live(frames=(), template=person, problems=(), chosen=(), doubt=None)
        assert ("turn your head" in live.may_settle) is asked


def test_another_person_is_never_supported(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    result = verify_faces(engine, [picture(collins)], [clip(room((hopper, 150)))])
    assert codes(result) == {"face.match.other_person"}
    assert result.match is not None
    assert result.match.band is Band.CONTRADICTS


@pytest.mark.parametrize("prominent", ["candidate", "interviewer"])
def test_of_two_people_in_the_picture_the_one_on_the_document_is_the_candidate(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels, prominent: str
) -> None:
    small = 0.75
    one, two = (
        (collins, scaled(hopper, small))
        if prominent == "candidate"
        else (scaled(collins, 0.9), hopper)
    )
    result = verify_faces(engine, [picture(collins)], [clip(room((one, 10), (two, 330)))])
    assert finding(result, "face.match.supported").strength is Strength.STRONG
    beside = finding(result, "face.footage.second_person")
    assert beside.status is Status.UNKNOWN
    assert "another person is in the picture" in beside.for_recruiter


def test_the_candidates_own_self_view_is_no_second_person(
    engine: OnnxEngine, collins: Pixels
) -> None:
    self_view = scaled(collins, 0.75)[:, ::-1]
    result = verify_faces(engine, [picture(collins)], [clip(room((collins, 10), (self_view, 380)))])
    assert codes(result) == {"face.match.supported"}


def test_another_face_in_the_same_place_before_the_same_wall_contradicts(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    swapped = clip(room((collins, 150)), room((hopper, 150)))
    result = verify_faces(engine, [picture(collins)], [swapped])
    change = finding(result, "face.footage.person_changed")
    assert change.status is Status.CONTRADICTS
    assert change.strength is not None
    assert change.strength >= Strength.MODERATE
    before, after = (seen.frame_seconds for seen in change.seen[:2])
    assert before is not None
    assert after is not None
    assert before < 3.0 <= after
    assert "face.footage.second_person" not in codes(result)
    # What came before the change is still the person on the document.
    assert all(face.frame.seconds < 3.0 for track in result.candidate for face in track.faces)


def test_a_view_that_switches_to_the_interviewer_is_only_asked_about(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    switched = clip(room((collins, 150)), room((hopper, 150), wall=1))
    result = verify_faces(engine, [picture(collins)], [switched])
    change = finding(result, "face.footage.person_changed")
    assert change.strength is Strength.WEAK
    assert change.question


def test_a_recording_of_someone_else_beside_ones_own_is_not_passed_over(
    engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    clips = [clip(room((collins, 150))), clip(room((hopper, 150)), file="second.mp4")]
    result = verify_faces(engine, [picture(collins)], clips)
    about = [each for each in result.findings if "second.mp4" in each.for_recruiter]
    assert [each.code for each in about] in (
        [["face.footage.person_changed"], ["face.match.undecided"]]
    )


def test_two_recordings_of_one_person_are_one_candidate(
    engine: OnnxEngine, collins: Pixels
) -> None:
    clips = [clip(room((collins, 150))), clip(room((collins, 60)), file="second.mp4")]
    result = verify_faces(engine, [picture(collins)], clips)
    assert codes(result) == {"face.match.supported"}
    assert {track.file for track in result.candidate} == {"interview.mp4", "second.mp4"}


def test_an_empty_room_and_a_page_without_portrait_are_unknown_with_a_request(
    engine: OnnxEngine,
) -> None:
    result = verify_faces(engine, [picture(room(), "page.png")], [clip(room())])
    assert codes(result) == {"face.footage.no_face", "face.portrait.not_found"}
    assert all(each.status is Status.UNKNOWN and each.question for each in result.findings)
    assert "page.png" in finding(result, "face.portrait.not_found").for_recruiter
    assert result.templates == ()


def test_a_far_away_face_is_unknown_with_the_retake_request(
    engine: OnnxEngine, hopper: Pixels
) -> None:
    result = verify_faces(engine, [picture(hopper)], [clip(room((scaled(hopper, 0.4), 250)))])
    poor = finding(result, "face.match.poor_quality")
    assert poor.question is not None
    assert "come closer" in poor.question
    assert [t.kind for t in result.templates] == [TemplateKind.PORTRAIT]


def test_nothing_sent_is_unknown(engine: OnnxEngine) -> None:
    result = verify_faces(engine, [], [])
    assert {each.status for each in result.findings} == {Status.UNKNOWN}


# Continuity with an earlier stage.


def later(engine: OnnxEngine, shown: Clip, kept: tuple[FaceTemplate, ...]) -> list[Finding]:
    result = verify_faces(engine, [], [shown], earlier=[a_capture(kept)])
    return [each for each in result.findings if each.check is Check.CONTINUITY]


def test_the_same_person_at_a_later_stage_is_supported_twice(
    engine: OnnxEngine, collins: Pixels, genuine: FaceResult
) -> None:
    found = later(engine, clip(room((collins, 300), wall=1)), genuine.templates)
    assert [(each.code, each.status) for each in found] == [
        ("continuity.id_portrait", Status.SUPPORTS),
        ("continuity.earlier_capture", Status.SUPPORTS),
    ]


def test_another_person_at_a_later_stage_is_never_supported(
    engine: OnnxEngine, hopper: Pixels, genuine: FaceResult
) -> None:
    found = later(engine, clip(room((hopper, 150))), genuine.templates)
    assert len(found) == 2
    assert all(each.status is not Status.SUPPORTS for each in found)


def test_templates_of_another_engine_are_not_compared_and_it_says_so(
    engine: OnnxEngine, collins: Pixels, genuine: FaceResult
) -> None:
    kept = tuple(t.model_copy(update={"engine": "other/1"}) for t in genuine.templates)
    found = later(engine, clip(room((collins, 150))), kept)
    assert {each.code for each in found} == {"continuity.not_compared"}
    assert "other/1" in found[0].for_recruiter


def test_an_earlier_report_without_templates_is_unknown(
    engine: OnnxEngine, collins: Pixels
) -> None:
    (only,) = later(engine, clip(room((collins, 150))), ())
    assert (only.code, only.status) == ("continuity.not_compared", Status.UNKNOWN)
    assert "No face template of the interview on 3 March 2026 was kept" in only.for_recruiter
