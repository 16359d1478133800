"""Every species of attack keeps time, is the same twice, and shows what its name says."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from models.challenge import Act, Challenge, ChallengeStep, Origin
from samples import footage
from samples.portraits import Portrait, identity_one, identity_two
from samples.presentations.injections import cuts_to_answer
from samples.presentations.reenactment import portrait_of
from samples.presentations.species import SPECIES
from samples.presentations.take import Cut, Take
from verifiers.face_engines.served import served_engine

FPS = 5


def filmed(portrait: Portrait, seed: int) -> Take:
    """Six frames, small; its landmarks those of the first frame in every one."""
    frames = footage.genuine(portrait, seed=seed, seconds=0.6).frames
    (face,) = served_engine().detect(frames[0])
    small = tuple(
        np.asarray(cv2.resize(frame, (320, 240), interpolation=cv2.INTER_AREA), np.uint8)
        for frame in frames
    )
    cuts = Cut(0, 0.6), Cut(0.6, 0.2)
    return Take(small, FPS, np.stack([np.asarray(face.landmarks) / 2] * len(small)), cuts)


@pytest.fixture(scope="module")
def take() -> Take:
    return filmed(identity_one(), 3)


@pytest.fixture(scope="module")
def other() -> Take:
    return filmed(identity_two(), 4)


@pytest.mark.parametrize("name", SPECIES)
def test_a_species_keeps_length_and_size_and_is_the_same_twice(
    name: str, take: Take, other: Take
) -> None:
    once, again = (SPECIES[name].over(take, 1, other) for _ in range(2))
    assert len(once) == len(take.frames)
    assert {(frame.shape, frame.dtype) for frame in once} == {((240, 320, 3), np.dtype(np.uint8))}
    assert all(np.array_equal(*pair) for pair in zip(once, again, strict=True))
    assert not all(np.array_equal(*pair) for pair in zip(once, take.frames, strict=True))


@pytest.mark.parametrize("name", [name for name, one in SPECIES.items() if one.landmarks])
def test_what_needs_landmarks_says_so(name: str, take: Take, other: Take) -> None:
    with pytest.raises(ValueError, match="landmarks"):
        SPECIES[name].over(replace(take, landmarks=None), 1, replace(other, landmarks=None))


@pytest.mark.parametrize("name", [name for name, one in SPECIES.items() if one.other])
def test_what_needs_another_person_says_so(name: str, take: Take) -> None:
    with pytest.raises(ValueError, match="another person"):
        SPECIES[name].over(take, 1)


@pytest.mark.parametrize("name", [name for name, one in SPECIES.items() if one.cuts])
def test_what_needs_to_know_what_is_asked_says_so(name: str, take: Take) -> None:
    with pytest.raises(ValueError, match="when it is asked"):
        SPECIES[name].over(replace(take, cuts=None), 1)


def test_what_is_spliced_goes_on_from_every_cut(take: Take) -> None:
    shown = SPECIES["spliced"].over(take, 1)
    for frame, source in zip(shown, (3, 4, 5, 1, 2, 3), strict=True):
        assert frame is take.frames[source]


def test_a_recording_is_cut_where_each_act_is_shown() -> None:
    recorded = _challenge(Act.NOD, Act.TURN_LEFT)
    asked = _challenge(Act.TURN_LEFT, Act.NOD)
    assert cuts_to_answer(asked, recorded) == (Cut(0, 0), Cut(2, 7), Cut(7, 2))
    with pytest.raises(ValueError, match="look_up"):
        cuts_to_answer(_challenge(Act.LOOK_UP), recorded)


def _challenge(*acts: Act) -> Challenge:
    """Two seconds of looking before each act, which takes three."""
    steps = []
    for n, act in enumerate(acts):
        steps.append(ChallengeStep(act=Act.LOOK, begins=5 * n, seconds=2))
        steps.append(ChallengeStep(act=act, begins=5 * n + 2, seconds=3))
    return Challenge(origin=Origin.INTERVIEWER, steps=tuple(steps))


def test_a_loop_repeats_exactly_and_a_ping_pong_comes_back(take: Take) -> None:
    loop = SPECIES["loop"].over(take, 1)
    assert np.array_equal(loop[0], loop[len(loop) // 2])
    assert not np.array_equal(loop[0], loop[1])
    back = SPECIES["ping_pong_loop"].over(take, 1)
    turn = len(back) // 2
    assert np.array_equal(back[turn - 1], back[turn + 1])
    assert not np.array_equal(back[turn - 1], back[turn])


def test_a_frozen_stretch_stands_still_and_the_rest_moves(take: Take) -> None:
    frames = SPECIES["freeze_stretches"].over(take, 1)
    still = [np.array_equal(frames[i], frames[i + 1]) for i in range(len(frames) - 1)]
    assert any(still)
    assert not all(still)


def test_in_the_wrong_order_no_part_stays_and_none_is_lost(take: Take) -> None:
    frames = SPECIES["wrong_order"].over(take, 1)
    assert not any(np.array_equal(*pair) for pair in zip(frames, take.frames, strict=True))
    assert {frame.tobytes() for frame in frames} == {frame.tobytes() for frame in take.frames}


def test_a_swap_loses_the_face_behind_a_hand_and_shows_the_persons_own(
    take: Take, other: Take
) -> None:
    assert take.landmarks is not None
    seen = take.landmarks.copy()
    seen[2] = np.nan
    frames = SPECIES["face_swap"].over(replace(take, landmarks=seen), 1, other)
    own = [np.array_equal(*pair) for pair in zip(frames, take.frames, strict=True)]
    assert own == [False] * 2 + [True] * 2 + [False] * 2


def test_a_mask_leaves_the_eyes_and_covers_the_cheeks(take: Take, other: Take) -> None:
    assert take.landmarks is not None
    frame = SPECIES["cut_out_mask"].over(take, 1, other)[0].astype(int)
    points = take.landmarks[0]
    changed = np.abs(frame - take.frames[0]).mean(axis=2)

    def around(place: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        x, y = place.round().astype(int)
        return float(changed[y - 1 : y + 2, x - 1 : x + 2].mean())

    eyes = max(around(points[36:42].mean(axis=0)), around(points[42:48].mean(axis=0)))
    cheeks = min(around((points[2] + points[31]) / 2), around((points[14] + points[35]) / 2))
    assert eyes < 12 < cheeks


def test_a_frame_with_landmarks_is_a_portrait_to_animate(take: Take) -> None:
    frame, points = take.still()
    features = portrait_of(frame, points).features
    assert features.crown[1] < features.nose_bridge[1] < features.nose_tip[1] < features.chin[1]
    assert features.eye_distance == pytest.approx(41, abs=4)  # 82 at twice the size.
