"""`--candidate-at`: what may be written, and what is said of anything else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.named_face import FramePoint, NamedFace
from service.commands.candidate_at import named_face
from tests.service.conftest import Bonafide

FOOTAGE = (Path("one/call.mp4"), Path("two/call.mp4"), Path("a@b.mp4"))
SHARE = st.integers(0, 100).map(lambda percent: percent / 100)
POINT = st.none() | st.builds(FramePoint, x=SHARE, y=SHARE)


@given(st.integers(0, 864_000).map(lambda tenths: tenths / 10), POINT)
def test_what_a_report_writes_can_be_typed_as_it_stands(
    seconds: float, point: FramePoint | None
) -> None:
    for file in ("call.mp4 (2)", "a@b.mp4"):
        named = NamedFace(file=file, seconds=seconds, point=point)
        assert named_face(str(named), FOOTAGE) == named


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("a@b.mp4@3", "a@b.mp4"),
        ("one/call.mp4@3:0.5,0.25", "call.mp4"),
        ("two/call.mp4@3.25", "call.mp4 (2)"),
    ],
)
def test_a_recording_is_given_by_its_path_or_by_a_name_that_it_alone_has(
    text: str, file: str
) -> None:
    assert named_face(text, FOOTAGE).file == file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it is written FILE@SECONDS"),
        ("a@b.mp4", "such as call.mp4@12.5:0.25,0.4"),
        ("a@b.mp4@3:0.5", "such as call.mp4@12.5:0.25,0.4"),
        ("a@b.mp4@nan", "it is written"),
        ("a@b.mp4@3:320,240", "shares of the frame's width and height"),
        ("a@b.mp4@-3", "from 0"),
        ("other.mp4@3", r"other.mp4 is not among the --footage \(one/call.mp4, two"),
        ("call.mp4@3", "several recordings are called call.mp4; give its whole path"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        named_face(text, FOOTAGE)


def test_the_command_says_it_and_verifies_nothing(bonafide: Bonafide) -> None:
    ran = bonafide("verify", "--footage", "call.mp4", "--candidate-at", "cal.mp4@3")
    assert ran.status == 2
    assert "cal.mp4 is not among the --footage (call.mp4)" in ran.err
    assert "Traceback" not in ran.err
