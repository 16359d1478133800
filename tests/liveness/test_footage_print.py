"""The same footage is found again; one room, or the same movements, are not the same footage."""

from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from models.finding import EvidenceClass, Status, Strength
from models.footage_print import FootagePrint
from samples import footage
from samples.portraits import identity_two
from tests.liveness.conftest import Recording, a_clip, watched
from verifiers.face_engine import Face, TrackedFace
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.imaging import load_clip
from verifiers.liveness.footage_print import compare, footage_print, lookup_keys, lookup_queries
from verifiers.liveness.footage_reused import footage_reused, footage_sent_before
from verifiers.picture import Clip, Frame, Pixels


@pytest.fixture(scope="module")
def original(genuine: Recording) -> FootagePrint:
    return footage_print(genuine.clip, genuine.faces)


@pytest.fixture(scope="module")
def sent_again(
    genuine: Recording, engine: OnnxEngine, tmp_path_factory: pytest.TempPathFactory
) -> FootagePrint:
    """Cropped, made smaller, its first second cut off, encoded anew, faces found anew."""
    file = tmp_path_factory.mktemp("again") / "again.mp4"
    _encode([frame.pixels[20:-20, 24:-24] for frame in genuine.clip.frames[4:]], file)
    again = load_clip(file)
    return footage_print(again, watched(engine, again).faces)


@pytest.fixture(scope="module")
def someone_else(engine: OnnxEngine) -> FootagePrint:
    """Another person in the same room, who moves in the same way at the same moments."""
    made = footage.genuine(identity_two())
    recording = watched(engine, a_clip(made.frames[:: made.fps // 4], "other.mp4"))
    return footage_print(recording.clip, recording.faces)


def _encode(pictures: list[Pixels], file: Path) -> None:
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.width, stream.height, stream.pix_fmt = 444, 330, "yuv420p"
        stream.options = {"crf": "30", "preset": "veryfast", "threads": "1"}
        for pixels in pictures:
            small = cv2.resize(pixels, (444, 330), interpolation=cv2.INTER_AREA)
            frame = av.VideoFrame.from_ndarray(np.asarray(small, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def mirrored(recording: Recording) -> Recording:
    width = recording.clip.frames[0].pixels.shape[1]
    frames = {
        frame.seconds: Frame(frame.seconds, np.ascontiguousarray(frame.pixels[:, ::-1]))
        for frame in recording.clip.frames
    }
    # Only the eyes' places count here, and the other eye's are as many.
    order = [*range(36), *range(42, 48), *range(36, 42), *range(48, 68)]
    faces = []
    for tracked in recording.faces:
        face = tracked.face
        points = (face.landmarks * (-1, 1) + (width - 1, 0))[order]
        turned = Face(width - face.right, face.top, width - face.left, face.bottom, points)
        faces.append(TrackedFace("mirrored.mp4", frames[tracked.frame.seconds], turned))
    clip = Clip("mirrored.mp4", tuple(frames.values()), recording.clip.duration_seconds, 4.0)
    return Recording(clip, tuple(faces))


def test_footage_encoded_anew_cropped_and_cut_is_the_same(
    original: FootagePrint, sent_again: FootagePrint
) -> None:
    likeness = compare(original, sent_again)
    assert likeness
    assert likeness.alike
    assert not likeness.mirrored
    assert likeness.later == pytest.approx(-1.0, abs=0.21)
    assert lookup_keys(original) & lookup_queries(sent_again)


def test_mirrored_footage_is_the_same(original: FootagePrint, genuine: Recording) -> None:
    other = mirrored(genuine)
    turned = footage_print(other.clip, other.faces)
    likeness = compare(original, turned)
    assert likeness
    assert likeness.alike
    assert likeness.mirrored
    assert lookup_keys(original) & lookup_queries(turned)


def test_two_people_who_move_alike_in_one_room_are_not_the_same(
    original: FootagePrint, someone_else: FootagePrint
) -> None:
    likeness = compare(original, someone_else)
    assert likeness
    assert likeness.distance > 0.3
    assert footage_reused(original, someone_else, reference="b") is None


def test_a_room_or_a_waiting_screen_has_no_print(frozen: Recording) -> None:
    still = footage_print(frozen.clip, frozen.faces)
    assert still.moments == ()
    assert still.absent == "Too little moves in it."
    assert lookup_keys(still) == frozenset()
    assert compare(still, still) is None


def test_frames_far_apart_have_no_print_and_say_so(genuine: Recording) -> None:
    slow = tuple(Frame(4 * frame.seconds, frame.pixels) for frame in genuine.clip.frames)
    print_ = footage_print(Clip("hour.mp4", slow, 24.0, None), genuine.faces)
    assert print_.absent
    assert "far apart" in print_.absent


def test_a_recording_of_two_candidates_is_a_strong_link(
    original: FootagePrint, sent_again: FootagePrint
) -> None:
    finding = footage_reused(sent_again, original, reference="case-17")
    assert finding
    assert (finding.status, finding.strength) == (Status.CONTRADICTS, Strength.STRONG)
    assert finding.evidence_class is EvidenceClass.LINKAGE
    assert "case-17" in finding.for_recruiter
    assert "case-17" not in finding.for_candidate
    assert finding.innocent_explanation


def test_a_candidates_own_recording_sent_again_later_contradicts_moderately(
    original: FootagePrint, sent_again: FootagePrint
) -> None:
    finding = footage_sent_before(sent_again, original, reference="the interview on 3 May 2026")
    assert finding
    assert finding.strength is Strength.MODERATE
    assert finding.evidence_class is EvidenceClass.PRESENCE


def test_no_picture_is_in_a_print(original: FootagePrint) -> None:
    # 64 bits a moment, of changes: a hundredth of what the smallest recognisable face takes.
    assert len(original.model_dump_json()) < 100 * len(original.moments) + 200
