"""Faces that leave, pictures that are cut, recordings sent twice, and what is none of it."""

import numpy as np

from models.finding import Status, Strength
from samples import footage
from tests.liveness.conftest import Recording, a_clip
from verifiers.liveness.continuity import continuity_signs, gaps, handed_in_twice, scene_cuts
from verifiers.liveness.footage_print import footage_print
from verifiers.liveness.swap_signals import swap_signals


def without(recording: Recording, first: int, last: int) -> Recording:
    """The same, no face found in the frames `first` to `last` - 1."""
    hidden = {frame.seconds for frame in recording.clip.frames[first:last]}
    return Recording(
        recording.clip, tuple(f for f in recording.faces if f.frame.seconds not in hidden)
    )


def searched(recording: Recording) -> list[float]:
    return [frame.seconds for frame in recording.clip.frames]


def test_a_face_that_leaves_for_two_seconds_and_comes_back_is_told(genuine: Recording) -> None:
    left = without(genuine, 8, 16)
    (gap,) = found = gaps(left.faces, searched(left))
    assert gap.seconds == 2.25
    (finding,) = continuity_signs(left.clip, found, (), compared=True).findings
    assert finding.code == "presence.continuity.left_and_back"
    assert finding.status is Status.UNKNOWN
    assert finding.question is None


def test_a_hand_before_the_face_for_a_second_is_no_gap(genuine: Recording) -> None:
    left = without(genuine, 8, 12)
    assert gaps(left.faces, searched(left)) == ()


def test_frames_in_which_nobody_looked_for_a_face_are_no_gap(genuine: Recording) -> None:
    seldom = Recording(genuine.clip, genuine.faces[::8])
    assert gaps(seldom.faces, [face.frame.seconds for face in seldom.faces]) == ()


def test_who_came_back_uncompared_is_told_so_and_held_against_nobody(genuine: Recording) -> None:
    left = without(genuine, 8, 16)
    found = gaps(left.faces, searched(left))
    (finding,) = continuity_signs(left.clip, found, (), compared=False).findings
    assert finding.status is Status.UNKNOWN
    assert "could not be compared" in finding.for_recruiter


def test_a_cut_to_another_room_is_told_and_turning_the_head_is_none(genuine: Recording) -> None:
    assert scene_cuts(genuine.clip) == ()
    room = footage.no_face(seed=3, seconds=1).frames[0]
    other = np.ascontiguousarray(255 - room[:, ::-1])
    pictures = [frame.pixels for frame in genuine.clip.frames[:12]]
    clip = a_clip([*pictures, *[other] * 8], "cut.mp4")
    cuts = scene_cuts(clip)
    assert cuts == (3.0,)
    (finding,) = continuity_signs(clip, (), cuts, compared=True).findings
    assert (finding.code, finding.status) == ("presence.continuity.cut", Status.UNKNOWN)


def test_one_recording_for_two_rounds_is_found_and_two_recordings_are_not(
    genuine: Recording, flat: Recording
) -> None:
    first, other = (footage_print(each.clip, each.faces) for each in (genuine, flat))
    (finding,) = handed_in_twice([first, other, first])
    assert finding.code == "presence.reused.sent_before"
    assert (finding.status, finding.strength) == (Status.CONTRADICTS, Strength.MODERATE)
    assert handed_in_twice([first, other]) == ()


def test_signals_of_a_swapped_face_are_figures_and_nothing_more(genuine: Recording) -> None:
    signs = swap_signals(genuine.clip, genuine.faces)
    assert signs.findings == ()
    figures = {seen.what: seen.value for seen in signs.measures}
    assert 0 < float(figures["landmarks off the texture under them, eye distances"]) < 0.05
    assert swap_signals(genuine.clip, ()).findings == ()
