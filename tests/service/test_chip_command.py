"""`bonafide chip`: one object a chip, honest about what could not be checked."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from models.chip import ChipReading
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import Chip, a_zone, dg1
from tests.service.conftest import Bonafide, Ran


def _objects(ran: Ran) -> list[dict[str, Any]]:
    assert "Traceback" not in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture
def chip(tmp_path: Path) -> Path:
    """An honest chip in a folder."""
    folder = tmp_path / "passport"
    folder.mkdir()
    for name, data in Chip().files().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def master_list(tmp_path: Path) -> Path:
    """The list of the state that signed it."""
    path = tmp_path / "nl.ml"
    path.write_bytes(signed.master_list(pki.csca(), pki.csca("UT")))
    return path


def test_a_chip_is_checked_against_the_list_and_its_json_is_the_whole_reading(
    bonafide: Bonafide, chip: Path, master_list: Path, tmp_path: Path
) -> None:
    crl = tmp_path / "nl.crl"
    crl.write_bytes(signed.revocation_list(pki.csca(), 4711, reason="key_compromise"))
    whole = tmp_path / "card.json"
    files = Chip().files().items()
    whole.write_text(json.dumps({name: base64.b64encode(data).decode() for name, data in files}))
    ran = bonafide("chip", "--json", "--master-list", master_list, "--crl", crl, chip, whole)
    assert ran.status == 0
    first, second = _objects(ran)
    assert [answer["file"] for answer in (first, second)] == [str(chip), str(whole)]
    for answer in (first, second):
        assert (answer["valid"], answer["authentic"], answer["problem"]) == (True, True, None)
        assert answer["hashes"] == {"DG1": "done", "DG2": "not_possible", "DG12": "done"}
        assert answer["lines"] == list(a_zone())
        assert answer["fields"]["birth_date"]["value"] == "1965-03-10"
        assert [c["role"] for c in answer["chip"]["chain"]] == ["document_signer", "csca"]
        ChipReading.model_validate(answer["chip"])
        codes = {finding["code"] for finding in answer["findings"]}
        assert "document.chip.signer_revoked" in codes


def test_a_changed_chip_and_a_folder_without_one_are_told(
    bonafide: Bonafide, chip: Path, tmp_path: Path
) -> None:
    (chip / "DG1.bin").write_bytes(dg1(a_zone(primary_identifier="JANSEN")))
    empty = tmp_path / "empty"
    empty.mkdir()
    ran = bonafide("chip", "--json", chip, empty, tmp_path / "nothing")
    assert ran.status == 2
    changed, none, missing = _objects(ran)
    assert (changed["valid"], changed["hashes"]["DG1"]) == (False, "failed")
    assert "DG1" in changed["problem"]
    assert "no elementary file" in none["problem"]
    assert "does not exist" in missing["problem"]
    assert none.keys() == changed.keys()


def test_without_json_the_steps_and_the_chain_are_plain_lines(
    bonafide: Bonafide, chip: Path, master_list: Path
) -> None:
    ran = bonafide("chip", "--master-list", master_list, chip)
    assert ran.status == 0
    assert "signature: done" in ran.out
    assert "chip authentication: not possible" in ran.out
    assert "csca: CN=CSCA, O=Tests, C=NL" in ran.out


def test_a_list_that_cannot_be_used_is_said(bonafide: Bonafide, chip: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.ml"
    path.write_bytes(signed.master_list(pki.csca())[:-20])
    ran = bonafide("chip", "--json", "--master-list", path, chip)
    assert (ran.status, ran.out) == (2, "")
    assert "list.ml" in ran.err
    assert "Traceback" not in ran.err
