"""The same room is found again behind a person; another room, a wall and a blur are not."""

import os
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from verifiers.linkage.room import Box, prints_of

Picture = NDArray[np.uint8]

HIGH, WIDE = 480, 640
BOX: Box = (260, 150, 380, 300)


def a_room(seed: int) -> Picture:
    """Furniture of any size and shade before a wall, as a webcam sees it."""
    random = np.random.default_rng(seed)
    picture = np.full((HIGH, WIDE, 3), random.integers(120, 220), np.uint8)
    for _ in range(40):
        left, top = int(random.integers(0, WIDE)), int(random.integers(0, HIGH))
        across, down = (int(side) for side in random.integers(20, 120, 2))
        shade = tuple(int(value) for value in random.integers(20, 240, 3))
        cv2.rectangle(picture, (left, top), (left + across, top + down), shade, -1)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5), np.uint8)


def with_person(room: Picture, seed: int, box: Box = BOX) -> Picture:
    """Somebody of any colours before it."""
    left, top, right, bottom = (round(value) for value in box)
    wide, tall = right - left, bottom - top
    shade = tuple(int(value) for value in np.random.default_rng(seed).integers(20, 240, 3))
    picture = room.copy()
    middle = ((left + right) // 2, (top + bottom) // 2)
    cv2.ellipse(picture, middle, (wide // 2, round(0.7 * tall)), 0, 0, 360, shade, -1)
    shoulders = (left - wide // 2, bottom), (right + wide // 2, HIGH)
    cv2.rectangle(picture, *shoulders, shade, -1)
    return picture


def compressed(picture: Picture, quality: int) -> Picture:
    """As JPEG, and back."""
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def cropped(picture: Picture, part: float) -> Picture:
    """Without its edges."""
    down, across = round(part * picture.shape[0]), round(part * picture.shape[1])
    return picture[down : picture.shape[0] - down, across : picture.shape[1] - across]


def prints(picture: Picture, box: Box = BOX) -> set[str]:
    """Of one frame."""
    return set(prints_of([(picture, box)]))


def test_another_person_before_the_same_room_is_found() -> None:
    room = a_room(1)
    other = (250.0, 170.0, 360.0, 310.0)
    assert prints(with_person(room, 1)) & prints(with_person(room, 2, other), other)


@pytest.mark.parametrize("quality", [80, 30])
def test_compression_size_and_light_hide_nothing(quality: int) -> None:
    picture = with_person(a_room(2), 1)
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    darker = compressed(np.asarray(small * 0.8 + 10, np.uint8), quality)
    half: Box = (130, 75, 190, 150)
    assert prints(picture) & prints(darker, half)


def test_most_rooms_are_found_again_in_a_crop() -> None:
    rooms = [with_person(a_room(seed), 1) for seed in range(12)]
    inner: Box = (BOX[0] - 13, BOX[1] - 10, BOX[2] - 13, BOX[3] - 10)
    found = [bool(prints(room) & prints(cropped(room, 0.02), inner)) for room in rooms]
    assert sum(found) >= 10


def test_other_rooms_share_nothing() -> None:
    found = [prints(with_person(a_room(seed), 1)) for seed in range(20)]
    assert all(found)
    assert not any(one & other for one, other in combinations(found, 2))


def test_what_the_person_hides_in_one_frame_is_taken_from_another() -> None:
    room = a_room(3)
    aside: Box = (40, 120, 160, 280)
    moved = prints_of([(with_person(room, 1), BOX), (with_person(room, 1, aside), aside)])
    assert set(moved) & prints(with_person(room, 1))


@pytest.mark.parametrize(
    "behind",
    [
        np.full((HIGH, WIDE, 3), 200, np.uint8),
        np.asarray(200 + np.random.default_rng(1).normal(0, 3, (HIGH, WIDE, 3)), np.uint8),
        np.asarray(cv2.GaussianBlur(a_room(4), (0, 0), 25), np.uint8),
    ],
    ids=["a wall", "a wall and a camera's noise", "a room blurred on purpose"],
)
def test_what_shows_no_room_has_no_print(behind: Picture) -> None:
    assert prints(with_person(behind, 1)) == set()


def test_a_face_that_fills_the_frame_leaves_no_room() -> None:
    assert prints(a_room(5), (60, 20, 580, 460)) == set()
    assert prints_of([]) == ()


def test_real_photographs_are_found_again_and_not_taken_for_each_other() -> None:
    if "BONAFIDE_DATA" not in os.environ:
        pytest.skip("BONAFIDE_DATA is not set: photographs are not part of the project")
    folder = Path(os.environ["BONAFIDE_DATA"], "faces/krasserm+face-recognition/images")
    pictures = [cv2.imread(str(path)) for path in sorted(folder.glob("*/*.jpg"))[::4]]
    if not pictures:
        pytest.skip("the data have no such photographs")
    found, again_found = [], 0
    for picture in pictures:
        assert picture is not None
        high, wide = picture.shape[:2]
        box = (0.4 * wide, 0.3 * high, 0.6 * wide, 0.6 * high)
        again = compressed(np.asarray(picture, np.uint8), 50)
        first = prints(np.asarray(picture, np.uint8), box)
        again_found += bool(first & prints(again, box))
        found.append(first)
    shown = sum(map(bool, found))
    assert shown > len(found) / 2
    assert again_found >= 0.9 * shown
    assert not any(one & other for one, other in combinations(found, 2))
