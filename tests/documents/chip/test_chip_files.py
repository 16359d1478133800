"""Files as apps save them: under any name, in a folder or a JSON, whole or not."""

import base64
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.chip import Cause, Step, StepStatus
from models.finding import Status
from tests.documents.chip.chips import (
    CHALLENGE,
    TODAY,
    Chip,
    a_zone,
    codes,
    dg1,
    dg2,
    dg12,
    face_picture,
    printed,
    trusting,
)
from verifiers.documents.chip.check import ChipResult, check_chip
from verifiers.documents.chip.files import ChipFiles, read_chips, read_together, sort_files
from verifiers.unusable import UnusableInput

_STYLES = {
    "by the names of 9303": {"EF_COM.bin": "EF.COM", "EF_SOD.bin": "EF.SOD", "DG1.bin": "EF.DG1"},
    "by identifier": {"EF_COM.bin": "ef011E.bin", "EF_SOD.bin": "ef011D", "DG1.bin": "ef0101"},
    "in words": {"EF_SOD.bin": "sod.bin", "DG1.bin": "Datagroup1.bin"},
    "misleading": {"EF_SOD.bin": "DG1.bin", "DG1.bin": "photo.jpg"},
}


def _check(files: dict[str, bytes]) -> ChipResult:
    return check_chip(sort_files("chip", files), trusting(), today=TODAY, printed=printed())


def _saved(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("style", _STYLES)
def test_files_are_told_by_their_tags_not_by_their_names(style: str, tmp_path: Path) -> None:
    names = _STYLES[style]
    files = {names.get(name, name): data for name, data in Chip().files().items()}
    (chip,) = read_chips(_saved(tmp_path / "chip", files))
    assert check_chip(chip, trusting(), today=TODAY).reading.authentic


def test_a_chip_in_one_json_is_read_like_one_in_files(tmp_path: Path) -> None:
    files = Chip().files()
    encoded = {name: base64.b64encode(data).decode() for name, data in files.items()}
    whole = {
        "sod": encoded["EF_SOD.bin"],
        "dataGroups": {"dg1": encoded["DG1.bin"], "12": files["DG12.bin"].hex()},
        "activeAuthentication": {"challenge": CHALLENGE.hex()},
        "app": "an app, 1.0",
    }
    path = tmp_path / "chip.json"
    path.write_text(json.dumps(whole))
    (chip,) = read_chips(path)
    assert (sorted(chip.groups), chip.challenge) == ([1, 12], CHALLENGE)
    assert check_chip(chip, trusting(), today=TODAY).reading.authentic


def test_chips_side_by_side_in_one_folder_are_kept_apart(tmp_path: Path) -> None:
    anna = Chip(groups={1: dg1(a_zone(primary_identifier="ANNA")), 2: b"\x75\x00"}).files()
    bert = Chip(groups={1: dg1(a_zone(primary_identifier="BERT")), 2: b"\x75\x00"}).files()
    files = {f"anna_{n}": d for n, d in anna.items()} | {f"bert_{n}": d for n, d in bert.items()}
    chips = read_chips(_saved(tmp_path / "chips", files))
    readings = [check_chip(chip, trusting(), today=TODAY).reading for chip in chips]
    assert [r.zone and r.zone.primary_identifier for r in readings] == ["ANNA", "BERT"]
    assert all(reading.authentic for reading in readings)


def test_two_different_files_of_one_kind_are_not_chosen_between() -> None:
    other = dg1(a_zone(primary_identifier="JANSEN"))
    result = _check(Chip().files() | {"other.bin": other})
    assert "is there twice" in codes(result)["unreadable"].for_recruiter
    assert "authentic" not in codes(result)


def test_the_same_file_twice_is_no_matter() -> None:
    files = Chip().files()
    assert _check(files | {"copy.bin": files["DG1.bin"]}).reading.authentic


@pytest.mark.parametrize("padding", [b"\x00" * 7, b"\xff" * 300])
def test_what_a_card_fills_a_file_up_with_is_no_part_of_it(padding: bytes) -> None:
    files = {name: data + padding for name, data in Chip().files().items()}
    assert _check(files).reading.authentic


def test_a_data_group_that_is_cut_off_is_asked_for_again_and_is_no_forgery() -> None:
    files = Chip().files()
    files["DG1.bin"] = files["DG1.bin"][:50]
    result = _check(files)
    group = result.reading.data_groups[0]
    assert (group.status, group.cause) == (StepStatus.NOT_POSSIBLE, Cause.MALFORMED)
    assert "50 of 93 bytes" in group.reason
    assert {f.status for f in result.findings} == {Status.UNKNOWN}
    assert codes(result)["unreadable"].question


def test_a_data_group_that_goes_on_is_not_taken() -> None:
    files = Chip().files()
    files["DG1.bin"] += b"more"
    assert "goes on for 4 bytes" in _check(files).reading.data_groups[0].reason


def test_missing_files_are_named() -> None:
    files = Chip().files()
    del files["EF_SOD.bin"]
    result = _check(files)
    assert "EF.SOD" in codes(result)["missing"].for_recruiter
    assert result.reading.step(Step.SIGNATURE).cause is Cause.MISSING
    assert {f.status for f in result.findings} == {Status.UNKNOWN}


def test_a_security_object_without_its_tag_is_taken() -> None:
    files = Chip().files()
    files["EF_SOD.bin"] = files["EF_SOD.bin"][4:]
    assert files["EF_SOD.bin"].startswith(b"0\x82")
    assert _check(files).reading.authentic


def test_a_damaged_face_image_is_said_and_contradicts_nothing() -> None:
    picture = face_picture()
    broken = picture[:400] + bytes(len(picture) - 400)
    chip = Chip(groups={1: dg1(), 2: dg2(broken[:300])}, not_sent=())
    result = chip.checked()
    assert result.face is None
    assert result.reading.step(Step.PORTRAIT).cause is Cause.MALFORMED
    assert "damaged" in codes(result)["unreadable"].for_recruiter
    assert codes(result)["authentic"]


def test_a_zone_with_characters_that_no_zone_has_is_said() -> None:
    lines = a_zone()
    chip = Chip(groups={1: dg1((lines[0], lines[1][:-1] + "_")), 2: b"\x75\x00"})
    result = chip.checked()
    assert "no machine readable zone has" in result.reading.step(Step.PRINTED_ZONE).reason
    assert "authentic" not in codes(result)


def test_what_ef_com_leaves_out_is_a_remark() -> None:
    files = Chip().files()
    files["EF_COM.bin"] = files["EF_COM.bin"].replace(
        b"\x5c\x03\x61\x75\x6c", b"\x5c\x03\x61\x75\x6b"
    )
    reading = _check(files).reading
    assert reading.remarks == (
        "EF.COM lists DG11, EF.SOD does not",
        "EF.SOD lists DG12, EF.COM does not",
    )
    assert reading.authentic


@pytest.mark.parametrize("content", [{}, {"readme.txt": b"abcdef"}, {"a.json": b'{"a": "b"}'}])
def test_a_folder_without_a_chip_is_said(content: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no elementary file"):
        read_chips(_saved(tmp_path / "empty", content))


def test_a_json_of_any_depth_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000 + "]" * 100_000)
    with pytest.raises(UnusableInput):
        read_chips(path)


def test_two_chips_under_the_same_names_are_read_apart(tmp_path: Path) -> None:
    anna = Chip(groups={1: dg1(a_zone(primary_identifier="ANNA")), 2: b"\x75\x00"}).files()
    # Only the second one has the file of the first's place: it must not be held against the first.
    whole = Chip(groups={1: dg1(a_zone(primary_identifier="BERT")), 2: b"\x75\x00", 12: dg12()})
    bert = whole.files()
    paths = [
        _saved(tmp_path / who, files) / name
        for who, files in (("anna", anna), ("bert", bert))
        for name in files
    ]
    chips = read_together("upload", paths)
    readings = [check_chip(chip, trusting(), today=TODAY).reading for chip in chips]
    assert [r.zone and r.zone.primary_identifier for r in readings] == ["ANNA", "BERT"]
    assert [12 in chip.groups for chip in chips] == [False, True]
    assert all(reading.authentic for reading in readings)


def test_a_second_copy_of_one_file_makes_no_second_chip() -> None:
    files = {f"{who}_{n}": d for who in "ab" for n, d in _chip_of(who).items()}
    chips = _chips_of(files | {"a_DG1 (2).bin": files["a_DG1.bin"]})
    assert [sorted(chip.groups) for chip in chips] == [[1, 12], [1, 12]]


def test_an_answer_belongs_to_the_chip_that_its_name_begins_like() -> None:
    files = {f"{who}_{n}": d for who in "ab" for n, d in _chip_of(who).items()}
    named = _chips_of(files | {"b_response.bin": bytes(256)})
    assert [chip.response is None for chip in named] == [True, False]
    alone = _chips_of(files | {"response.bin": bytes(256)})
    assert [chip.response is None for chip in alone] == [True, True]


@pytest.mark.parametrize("key", ["EF_SOD.bin", "response"])
def test_a_json_is_opened_whatever_it_is_called(key: str) -> None:
    files = Chip().files()
    encoded = {
        key if n == "EF_SOD.bin" else n: base64.b64encode(d).decode() for n, d in files.items()
    }
    chip = sort_files("chip", {"response.json": json.dumps(encoded).encode()})
    assert chip.sod is not None
    assert chip.response is None
    assert sorted(chip.groups) == [1, 12]


def test_a_file_is_what_its_bytes_are_also_where_it_is_called_a_response() -> None:
    files = Chip().files()
    moved = {f"response_{name}": data for name, data in files.items()} | {"aa.response": bytes(256)}
    chip = sort_files("chip", moved | {"AAResponse.bin": bytes(256)})
    assert chip.sod is not None
    assert sorted(chip.groups) == [1, 12]
    assert chip.response == bytes(256)


def _chip_of(who: str) -> dict[str, bytes]:
    zone = a_zone(primary_identifier=who.upper() * 4)
    return Chip(groups={1: dg1(zone), 2: b"\x75\x00", 12: dg12()}).files()


def _chips_of(files: dict[str, bytes]) -> tuple[ChipFiles, ...]:
    with TemporaryDirectory() as folder:
        return read_chips(_saved(Path(folder), files))
