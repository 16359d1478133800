"""`bonafide faces` over every kind of file that people send: what is told of each, and how."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from samples import footage
from samples.head import Pose, head_of
from samples.portraits import identity_one, identity_two
from samples.spoilt_faces import face_mask, sunglasses
from tests.faces.conftest import room, scaled, tilted
from tests.service.conftest import Bonafide, Ran
from verifiers.picture import Pixels


def _shoulders(image: Pixels) -> Pixels:
    return np.ascontiguousarray(image[20:320, 70:370])


COLLINS = _shoulders(identity_one().image)
HOPPER = np.asarray(
    cv2.resize(identity_two().image[40:540, 0:500], (300, 300), interpolation=cv2.INTER_AREA),
    dtype=np.uint8,
)


def _turned(degrees: float) -> Pixels:
    head = head_of(identity_one(), (640, 480), eye_distance=82)
    colour, alpha = head.pose(Pose(yaw=degrees))
    laid = alpha[..., None] * colour + (1 - alpha[..., None]) * room()
    return np.asarray(np.clip(laid, 0, 255), dtype=np.uint8)


def _crowd() -> Pixels:
    row = np.hstack([COLLINS, HOPPER, COLLINS, HOPPER, COLLINS])
    return np.vstack([row, row[:, ::-1], row, row[:, ::-1]])


def _with_alpha(pixels: Pixels) -> Image.Image:
    image = Image.fromarray(pixels)
    image.putalpha(220)
    return image


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "one.jpg": lambda: Image.fromarray(room((COLLINS, 170))),
    "two.png": lambda: Image.fromarray(room((COLLINS, 10), (scaled(HOPPER, 0.9), 340))),
    "twenty.jpg": lambda: Image.fromarray(_crowd()),
    "nobody.png": lambda: Image.fromarray(room()),
    "profile.png": lambda: Image.fromarray(_turned(65)),
    "dark_glasses.png": lambda: Image.fromarray(_shoulders(sunglasses(identity_one()).image)),
    "masked.png": lambda: Image.fromarray(_shoulders(face_mask(identity_one(), 3).image)),
    "upside_down.png": lambda: Image.fromarray(COLLINS[::-1]),
    "on_its_side.png": lambda: Image.fromarray(tilted(COLLINS, 90)),
    "tiny.png": lambda: Image.new("RGB", (8, 8)),
    "small.png": lambda: Image.new("RGB", (16, 16)),
    "too_large.png": lambda: Image.new("1", (9000, 6000)),
    "grey.jpg": lambda: Image.fromarray(COLLINS).convert("L"),
    "alpha.png": lambda: _with_alpha(COLLINS),
    "cmyk.jpg": lambda: Image.fromarray(COLLINS).convert("CMYK"),
}


def _objects(ran: Ran) -> list[dict[str, Any]]:
    assert "Traceback" not in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files, written once."""
    place = tmp_path_factory.mktemp("faces")
    for name, image in PICTURES.items():
        image().save(place / name)
    frames = [Image.fromarray(pixels) for pixels in (COLLINS, room(), HOPPER)]
    frames[0].save(place / "animated.gif", save_all=True, append_images=frames[1:])
    pages = [Image.fromarray(pixels) for pixels in (COLLINS, room(), HOPPER)]
    pages[0].save(place / "pages.tif", save_all=True, append_images=pages[1:])
    clip = footage.two_people(identity_one(), identity_two(), seconds=4.0)
    footage.write(replace(clip, frames=clip.frames[:20]), place / "interview.mp4")
    (place / "cut_off.mp4").write_bytes((place / "interview.mp4").read_bytes()[:4000])
    (place / "letter.txt").write_text("No picture at all.\n")
    return place


@pytest.fixture(scope="module")
def ran(bonafide: Bonafide, folder: Path) -> Ran:
    """One run over all of them, and over one that does not exist."""
    files = [*sorted(folder.iterdir()), folder / "missing.png"]
    return bonafide("faces", "--json", *files, "--annotate", folder.with_name("framed"))


@pytest.fixture(scope="module")
def answers(ran: Ran) -> dict[str, dict[str, Any]]:
    """By file name."""
    return {Path(answer["file"]).name: answer for answer in _objects(ran)}


def test_every_file_has_one_object_in_the_order_given(ran: Ran, folder: Path) -> None:
    files = [answer["file"] for answer in _objects(ran)]
    assert files == [str(path) for path in (*sorted(folder.iterdir()), folder / "missing.png")]


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("one.jpg", 1),
        ("two.png", 2),
        ("twenty.jpg", 20),
        ("grey.jpg", 1),
        ("alpha.png", 1),
        ("cmyk.jpg", 1),
        ("animated.gif", 1),
    ],
)
def test_every_face_is_told_the_largest_first(
    answers: dict[str, dict[str, Any]], file: str, count: int
) -> None:
    answer = answers[file]
    assert answer["problem"] is None
    assert len(answer["faces"]) == count
    areas = []
    for face in answer["faces"]:
        left, top, right, bottom = face["box"]
        areas.append((right - left) * (bottom - top))
        width, height = face["size"]
        assert 0 <= left < right <= width
        assert top < bottom <= height
        assert face["score"] > 0.25
        assert face["quality"]["level"] in {"usable", "weak"}
        assert face["inter_eye_distance"] == face["quality"]["inter_eye_distance"] > 30
        assert (face["page"], face["frame_seconds"], face["appears"]) == (1, None, None)
    assert all(after <= 1.01 * before for before, after in pairwise(areas))


@pytest.mark.parametrize(
    "file",
    [
        *("nobody.png", "upside_down.png", "on_its_side.png"),
        *("profile.png", "masked.png", "small.png"),
    ],
)
def test_a_picture_without_a_face_that_is_shown_well_says_what_is_needed(
    answers: dict[str, dict[str, Any]], file: str
) -> None:
    assert answers[file]["faces"] == []
    assert "must be upright, turned to the camera, uncovered" in answers[file]["problem"]


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("tiny.png", "only 8 x 8 pixels"),
        ("too_large.png", "54.0 megapixels"),
        ("cut_off.mp4", "cut off"),
        ("letter.txt", "plain text"),
        ("missing.png", "does not exist"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_the_others_are_answered(
    ran: Ran, answers: dict[str, dict[str, Any]], file: str, why: str
) -> None:
    assert ran.status == 2
    assert answers[file]["faces"] == []
    assert why in answers[file]["problem"]


def test_a_face_that_is_shown_badly_is_told_with_what_to_do(
    answers: dict[str, dict[str, Any]],
) -> None:
    (face,) = answers["dark_glasses.png"]["faces"]
    quality = face["quality"]
    assert quality["level"] != "usable"
    assert any("glasses" in said for said in (*quality["problems"], *quality["hints"]))


def test_of_several_pages_each_face_names_its_own(answers: dict[str, dict[str, Any]]) -> None:
    assert [face["page"] for face in answers["pages.tif"]["faces"]] == [1, 3]


def test_of_a_recording_everyone_is_told_once_with_when_and_the_best_view(
    answers: dict[str, dict[str, Any]],
) -> None:
    candidate, onlooker = answers["interview.mp4"]["faces"]
    assert candidate["inter_eye_distance"] > onlooker["inter_eye_distance"]
    for face in (candidate, onlooker):
        appears = face["appears"]
        assert face["page"] is None
        assert face["size"] == [640, 480]
        assert 0 <= appears["from_seconds"] <= face["frame_seconds"] <= appears["to_seconds"] <= 2
        assert appears["frames"] > 2


def test_framed_pictures_show_where_the_faces_are_and_only_to_their_owner(
    answers: dict[str, dict[str, Any]], folder: Path
) -> None:
    framed = folder.with_name("framed")
    assert answers["nobody.png"]["annotated"] == []
    assert len(answers["pages.tif"]["annotated"]) == 2
    (name,) = answers["one.jpg"]["annotated"]
    assert stat.S_IMODE((framed / name).stat().st_mode) == 0o600
    before = np.array(Image.open(folder / "one.jpg").convert("RGB")).astype(int)
    after = np.array(Image.open(framed / name)).astype(int)
    left, top, right, bottom = map(round, answers["one.jpg"]["faces"][0]["box"])
    changed = np.abs(after - before).max(axis=2) > 60
    rows, columns = np.nonzero(changed)
    assert abs(columns.min() - left) < 8
    assert abs(columns.max() - right) < 8
    assert abs(rows.min() - top) < 8
    assert abs(rows.max() - bottom) < 8


def test_without_json_a_person_reads_where_how_large_and_how_good(
    bonafide: Bonafide, folder: Path
) -> None:
    ran = bonafide("faces", folder / "one.jpg", folder / "upside_down.png")
    assert ran.status == 0
    assert "1. page 1:" in ran.out
    assert "between the eyes; usable" in ran.out
    assert "No face was found" in ran.out


def test_a_folder_that_cannot_be_made_is_told(bonafide: Bonafide, tmp_path: Path) -> None:
    Image.fromarray(COLLINS).save(tmp_path / "face.png")
    in_a_file = tmp_path / "face.png" / "boxes"
    ran = bonafide("faces", tmp_path / "face.png", "--annotate", in_a_file)
    assert ran.status == 2
    assert f"{in_a_file} cannot be written: Not a directory." in ran.err
    assert "Traceback" not in ran.err
