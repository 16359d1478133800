"""Published chips and master lists, where `BONAFIDE_DATA` names a folder of them."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest

from models.chip import Cause, Step, StepStatus
from models.finding import Status
from verifiers.documents.chip.check import ChipResult, check_chip
from verifiers.documents.chip.files import ChipFiles, read_chips
from verifiers.documents.chip.keys import UnusableKey
from verifiers.documents.chip.lists import load_trust
from verifiers.documents.chip.trust import TrustStore

pytestmark = pytest.mark.skipif(
    "BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA names no folder of published chips"
)
TODAY = date(2026, 6, 1)


def _folder(name: str) -> Path:
    return Path(os.environ["BONAFIDE_DATA"]) / "chips" / name


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    """The German and the Dutch list."""
    return load_trust(sorted(_folder("master_lists").glob("*.ml")))


def test_every_certificate_of_both_master_lists_loads(trust: TrustStore) -> None:
    told = {f.what: (f.certificates, f.problem) for f in trust.files}
    assert told == {"master list of DE": (588, None), "master list of NL": (411, None)}
    certificates = [t.certificate for t in trust]
    assert not [c.key for c in certificates if isinstance(c.key, UnusableKey)]
    assert not [c.scheme for c in certificates if isinstance(c.scheme, str)]
    assert all(c.may_certify for c in certificates)


def test_every_certificate_that_signed_itself_bears_its_own_signature(trust: TrustStore) -> None:
    roots = [t.certificate for t in trust if t.certificate.self_issued]
    assert len(roots) > 300
    assert {c.signed_by(c).status for c in roots} == {StepStatus.DONE}


def _by_source(name: str) -> dict[str, ChipFiles]:
    return {chip.files[-1].name: chip for chip in read_chips(_folder(name))}


_SETS = {
    "bsi2008": ("JMRTD", "bsi2008", {1, 2, 3, 14}, "ECDSA, SHA-1", True),
    "loes2006": ("JMRTD", "loes2006", {1, 2, 15}, "RSA PKCS#1 v1.5, SHA-256", False),
    "TR-03105": ("worldfnd-icao-9303", "EF_SOD", {1, 2, 3, 4, 14}, "RSA-PSS, SHA-256", False),
}


@pytest.mark.parametrize("name", _SETS)
def test_the_hashes_and_signatures_of_published_chips_hold(name: str, trust: TrustStore) -> None:
    folder, part, numbers, scheme, old = _SETS[name]
    (chip,) = (c for last, c in _by_source(folder).items() if part in last)
    result = check_chip(chip, trust, today=TODAY)
    reading = result.reading
    done = {g.number for g in reading.data_groups if g.status is StepStatus.DONE}
    assert done == numbers
    assert reading.intact
    assert scheme in {a.name for a in reading.algorithms}
    assert any(a.old for a in reading.algorithms) is old
    assert reading.step(Step.TRUST_CHAIN).cause is Cause.UNKNOWN_SIGNER
    assert result.face is not None
    assert reading.step(Step.COUNTRY).status is StepStatus.DONE
    assert not [f for f in result.findings if f.status is Status.SUPPORTS]


def test_a_signature_in_indefinite_lengths_holds(trust: TrustStore) -> None:
    (chip,) = (c for last, c in _by_source("JMRTD").items() if "NZ2013" in last)
    reading = check_chip(chip, trust, today=TODAY).reading
    assert reading.step(Step.SIGNATURE).status is StepStatus.DONE
    assert reading.step(Step.SIGNED_IN_TIME).status is StepStatus.DONE
    assert reading.step(Step.DATA_GROUPS).cause is Cause.MISSING


@pytest.mark.parametrize("person", ["john", "mary"])
def test_a_chip_kept_as_json_without_its_tag_holds(person: str, tmp_path: Path) -> None:
    """The zones of these chips hold underscores, which no zone may; their hashes hold."""
    folder = _folder("zkpassport")
    source = next(folder.glob("*passports.ts")).read_text()
    found = re.search(rf'const {person}MRZ =\s+"([^"]+)"', source)
    assert found
    encoded = json.loads(next(folder.glob(f"*{person}-*.json")).read_text())["encoded"]
    whole = {"sod": encoded, "dg1": "615B5F1F58" + found[1].encode().hex()}
    path = tmp_path / "chip.json"
    path.write_text(json.dumps(whole))
    (chip,) = read_chips(path)
    result: ChipResult = check_chip(chip, TrustStore(), today=TODAY)
    assert result.reading.intact
    assert result.reading.step(Step.PRINTED_ZONE).status is StepStatus.NOT_POSSIBLE
