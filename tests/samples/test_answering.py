"""The rendered person does what the challenge asks, as a face engine sees it on the frames."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np
import pytest

from models.challenge import Act, Challenge, ChallengeStep, Colour
from samples.answering import TAIL, Manner, answer, performance
from samples.footage import Clip
from samples.portraits import Plane, RgbImage, identity_one
from verifiers.face_engines.served import served_engine
from verifiers.head_pose import head_pose

FPS, SIZE = 5, (400, 300)
NOW = datetime(2025, 1, 1, tzinfo=UTC)
ACTS = Act.LOOK, Act.TURN_LEFT, Act.MOVE_CLOSER, Act.READ_DIGITS, Act.BLINK_TWICE


def challenge(acts: Sequence[Act], seconds: float = 2.4) -> Challenge:
    steps = [
        ChallengeStep(
            act=act,
            begins=i * seconds,
            seconds=seconds,
            degrees=20 if act in (Act.TURN_LEFT, Act.TURN_RIGHT) else None,
            digits="407" if act is Act.READ_DIGITS else None,
            colours=(Colour.RED, Colour.BLUE) if act is Act.COLOURS else (),
        )
        for i, act in enumerate(acts)
    ]
    return Challenge(
        nonce="0" * 32,
        issued_at=NOW,
        expires_at=NOW + timedelta(minutes=3),
        steps=tuple(steps),
    )


def small(asked: Challenge, seed: int) -> Clip:
    return answer(identity_one(), asked, seed=seed, fps=FPS, size=(160, 120), eye_distance=16)


@pytest.fixture(scope="module")
def clip() -> Clip:
    return answer(identity_one(), challenge(ACTS), seed=1, fps=FPS, size=SIZE, eye_distance=40)


def landmarks(clip: Clip, seconds: float) -> Plane:
    (face,) = served_engine().detect(clip.frames[round(seconds * FPS)])
    return np.asarray(face.landmarks)


def during(act: Act) -> Plane:
    """Every moment of the act at the clip's rate."""
    return ACTS.index(act) * 2.4 + np.arange(0.6, 2.8, 1 / FPS)


def eye_distance(points: Plane) -> float:
    return float(np.linalg.norm(points[36:42].mean(axis=0) - points[42:48].mean(axis=0)))


def eyes_open(points: Plane) -> float:
    """The eye aspect ratio: lids apart, as a share of the corners' distance."""
    tall = np.linalg.norm(points[[37, 38, 43, 44]] - points[[41, 40, 47, 46]], axis=1).mean()
    wide = np.linalg.norm(points[[36, 42]] - points[[39, 45]], axis=1).mean()
    return float(tall / wide)


def lips_apart(points: Plane) -> float:
    return float(np.linalg.norm(points[62] - points[66])) / eye_distance(points)


def test_the_same_seed_gives_the_same_frames_and_another_seed_others() -> None:
    asked = challenge([Act.LOOK, Act.HAND_ACROSS], seconds=1.25)
    once, again, other = (small(asked, seed).frames for seed in (4, 4, 5))
    assert len(once) == (2.5 + TAIL) * FPS
    assert all(np.array_equal(*pair) for pair in zip(once, again, strict=True))
    assert not any(np.array_equal(*pair) for pair in zip(once, other, strict=True))


def test_who_is_asked_to_turn_left_turns_to_the_right_of_the_picture(clip: Clip) -> None:
    yaws = [
        head_pose(landmarks(clip, at).astype(np.float64), *SIZE).yaw
        for at in during(Act.TURN_LEFT)[3:6]
    ]
    assert max(yaws) > 20  # What was asked, as the landmarks measure it.


def test_who_comes_closer_grows_and_the_room_behind_does_not(clip: Clip) -> None:
    closer = max(during(Act.MOVE_CLOSER)[4:8], key=lambda at: eye_distance(landmarks(clip, at)))
    grown = eye_distance(landmarks(clip, closer)) / eye_distance(landmarks(clip, 0.4))
    assert 1.3 < grown < 1.7
    before, after = clip.frames[2], clip.frames[round(closer * FPS)]
    nearer = cv2.resize(before, None, fx=1.4, fy=1.4)[60:360, 80:480]
    assert shelf_found(before, after) > 0.9
    assert shelf_found(before, np.asarray(nearer, np.uint8)) < 0.7


def shelf_found(before: RgbImage, after: RgbImage) -> float:
    """How alike the shelf is somewhere within the camera's sway: 1 for the same."""
    patch, where = before[30:130, 20:80], after[10:150, 0:110]
    return float(cv2.matchTemplate(where, patch, cv2.TM_CCOEFF_NORMED).max())


def test_who_is_asked_to_blink_shuts_both_eyes_for_all_to_see(clip: Clip) -> None:
    openness = [eyes_open(landmarks(clip, at)) for at in during(Act.BLINK_TWICE)]
    assert min(openness) < 0.6 * max(openness)


def test_who_reads_aloud_opens_the_mouth(clip: Clip) -> None:
    gaps = [lips_apart(landmarks(clip, at)) for at in during(Act.READ_DIGITS)]
    assert max(gaps) > lips_apart(landmarks(clip, 0.4)) + 0.08


def test_colours_light_the_face_more_than_the_wall() -> None:
    frames = small(challenge([Act.COLOURS]), seed=2).frames
    red, blue = (frames[i].astype(float) for i in (4, 10))

    def turned(rows: slice, columns: slice) -> float:
        """How much redder than blue the first colour makes this place."""
        a, b = (image[rows, columns].mean(axis=(0, 1)) for image in (red, blue))
        return float(np.log(a[0] / a[2]) - np.log(b[0] / b[2]))

    face, wall = turned(slice(50, 70), slice(72, 88)), turned(slice(5, 20), slice(60, 100))
    assert face > 0.06
    assert face > 3 * abs(wall)


def test_manners_are_late_skip_and_confuse_sides() -> None:
    asked, seconds = challenge([Act.LOOK, Act.TURN_LEFT, Act.LOOK]), np.arange(0, 9, 0.05)

    def yaw(manner: Manner) -> Plane:
        return performance(asked, seconds, np.random.default_rng(3), manner)["yaw"]

    def half_way(curve: Plane) -> float:
        return float(seconds[np.argmax(np.abs(curve) > np.abs(curve).max() / 2)])

    usual, mirrored = yaw(Manner()), yaw(Manner(confuses_sides=True))
    assert usual.max() > 20
    assert mirrored.min() < -20
    assert np.abs(yaw(Manner(skips=frozenset({Act.TURN_LEFT})))).max() < 3
    assert half_way(yaw(Manner(late=2))) == pytest.approx(half_way(usual) + 2, abs=0.2)
    assert yaw(Manner(ease=0.5)).max() == pytest.approx(usual.max() / 2, abs=2)


def test_a_hand_is_before_the_face_only_while_it_is_asked_for() -> None:
    asked, seconds = (
        challenge([Act.LOOK, Act.HAND_ACROSS, Act.LOOK], seconds=3),
        np.arange(0, 9, 0.1),
    )
    curves = performance(asked, seconds, np.random.default_rng(0))
    raised = seconds[curves["raised"] > 0.9]
    assert 3.3 < raised.min() < raised.max() < 7.5
    across = curves["palm"][curves["raised"] > 0.99]
    assert np.ptp(across) > 1.8  # From one side of the face to the other.
