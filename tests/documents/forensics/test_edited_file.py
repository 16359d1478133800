"""What a file admits is found; what honest files lack or carry is not held against them."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from models.forensics import Found
from samples.forgeries.edited_file import (
    HONEST,
    Traces,
    manifest_of,
    saved,
    thumbnail_of,
    xmp_of,
)
from samples.portraits import RgbImage, identity_one, identity_two
from verifiers.documents.forensics.edited_file import look_for_edited_file
from verifiers.documents.forensics.subject import Looked, Subject
from verifiers.imaging import load_pictures
from verifiers.picture import Picture

_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@cache
def _photograph() -> RgbImage:
    return identity_one().image[:400]


def _look(data: bytes, tmp_path: Path) -> Looked:
    path = tmp_path / "document.bin"
    path.write_bytes(data)
    return look_for_edited_file(Subject(load_pictures(path)[0]))


@pytest.mark.parametrize(
    ("traces", "told"),
    [
        (Traces(software="GIMP 2.10.36"), "GIMP"),
        (Traces(xmp=xmp_of("Canva (Renderer)")), "Canva"),
        (Traces(software="Adobe Photoshop 25.7"), "Adobe Photoshop"),
        (Traces(manifest=manifest_of("App/1", [{"action": "c2pa.placed"}])), "c2pa.placed"),
    ],
)
def test_a_file_that_names_an_editor_or_its_work_is_clear(
    traces: Traces, told: str, tmp_path: Path
) -> None:
    look = _look(saved(_photograph(), traces), tmp_path).look
    assert look.found is Found.CLEAR
    assert told in look.said


def test_a_phones_own_ai_and_a_covered_number_are_named_as_innocent(tmp_path: Path) -> None:
    declared = Traces(xmp=xmp_of("", source_type="compositeWithTrainedAlgorithmicMedia"))
    assert "noise reduction" in _look(saved(_photograph(), declared), tmp_path).look.said
    edited = _look(saved(_photograph(), Traces(software="GIMP 2.10.36")), tmp_path).look
    assert "cover numbers" in edited.said
    assert "noise reduction" not in edited.said


def test_what_an_algorithm_drew_without_having_learned_is_no_ai(tmp_path: Path) -> None:
    drawn = {"action": "c2pa.created", "digitalSourceType": _AI.replace("trainedA", "a")}
    look = _look(saved(_photograph(), Traces(manifest=manifest_of("S/1", [drawn]))), tmp_path).look
    assert look.found is Found.NONE


@pytest.mark.parametrize(
    "traces",
    [
        Traces(manifest=manifest_of("S/1", [{"action": "c2pa.created", "digitalSourceType": _AI}])),
        Traces(xmp=xmp_of("", source_type="trainedAlgorithmicMedia")),
        Traces(software="Midjourney"),
    ],
)
def test_a_file_declared_as_made_by_an_ai_outranks_every_edit(
    traces: Traces, tmp_path: Path
) -> None:
    look = _look(saved(_photograph(), traces), tmp_path).look
    assert look.found is Found.CLEAR
    assert look.score == 4.0


def test_what_credentials_say_is_told_with_their_signature_left_unchecked(tmp_path: Path) -> None:
    traces = Traces(manifest=manifest_of("App/1", [{"action": "c2pa.placed"}]))
    assert "signature not validated" in _look(saved(_photograph(), traces), tmp_path).look.said


@pytest.mark.parametrize("kind", HONEST)
def test_files_of_phones_messengers_and_scanners_are_not_called(kind: str, tmp_path: Path) -> None:
    look = _look(saved(_photograph(), HONEST[kind]), tmp_path).look
    assert look.found is Found.NONE


def test_missing_camera_data_is_said_and_weighs_nothing(tmp_path: Path) -> None:
    look = _look(saved(_photograph(), Traces()), tmp_path).look
    assert look.score == 0
    assert "no camera data" in look.said


def test_a_picture_developed_for_light_and_colour_is_told_and_not_called(tmp_path: Path) -> None:
    look = _look(saved(_photograph(), Traces(software="Adobe Lightroom 7.4")), tmp_path).look
    assert look.found is Found.NONE
    assert "Adobe Lightroom" in look.said


def test_a_history_of_edits_without_an_editor_is_faint(tmp_path: Path) -> None:
    traces = Traces(xmp=xmp_of("Adobe Lightroom 7.4", steps=3))
    assert _look(saved(_photograph(), traces), tmp_path).look.found is Found.FAINT


def _phone(thumbnail: RgbImage) -> Traces:
    return Traces("Apple", "iPhone 13", "17.5.1", thumbnail=thumbnail)


def test_a_thumbnail_of_what_was_there_before_is_clear_and_shows_where(tmp_path: Path) -> None:
    before = _photograph()
    after = before.copy()
    after[:200, :256] = identity_two().image[100:300, 100:356]
    looked = _look(saved(after, _phone(thumbnail_of(before))), tmp_path)
    assert looked.look.found is Found.CLEAR
    (where,) = looked.look.where
    left, top, right, bottom = where.bounds
    assert right <= 256 + 1
    assert bottom <= 200 + 1
    assert (right - left, bottom - top) == (64, 50)


def test_a_thumbnail_of_the_same_picture_brightened_is_not_called(tmp_path: Path) -> None:
    before = _photograph()
    after = np.clip(before * 1.15 + 5, 0, 255).astype(np.uint8)
    assert _look(saved(after, _phone(thumbnail_of(before))), tmp_path).look.found is Found.NONE


@pytest.mark.parametrize("turn", ["quarter", "half", "mirrored"])
def test_a_picture_turned_by_a_program_that_left_the_thumbnail_is_not_called(
    turn: str, tmp_path: Path
) -> None:
    before = _photograph()
    turned = {"quarter": np.rot90(before), "half": before[::-1, ::-1], "mirrored": before[:, ::-1]}
    after = np.ascontiguousarray(turned[turn])
    look = _look(saved(after, _phone(thumbnail_of(before))), tmp_path).look
    assert look.found is Found.NONE
    assert "cropped" not in look.said


def test_a_picture_cropped_on_the_phone_is_told_and_not_called(tmp_path: Path) -> None:
    before = _photograph()
    look = _look(saved(before[50:300], _phone(thumbnail_of(before))), tmp_path).look
    assert look.found is Found.NONE
    assert "cropped" in look.said


def test_a_picture_that_comes_from_no_file_cannot_be_looked_at() -> None:
    look = look_for_edited_file(Subject(Picture("frame", _photograph()))).look
    assert look.found is Found.UNKNOWN
