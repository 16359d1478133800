"""Small files that are made to keep a reader busy: each is answered, and soon."""

import json

import pytest

from models.chip import Cause, Step
from models.finding import Status
from tests.documents.chip import pki
from tests.documents.chip.chips import TODAY, Chip, trusting
from verifiers.documents.chip.certificates import read_certificate
from verifiers.documents.chip.check import check_chip
from verifiers.documents.chip.curves import CURVES, described_by
from verifiers.documents.chip.files import sort_files
from verifiers.documents.chip.tlv import Malformed, read_values, refuse_unbounded, wrap

_OID = bytes.fromhex("2a864886f70d010702")


@pytest.mark.parametrize(
    ("tag", "most"), [(0x06, 64), (0x02, 4096)], ids=["object identifier", "integer"]
)
def test_a_number_is_refused_beyond_the_longest_of_any_document(tag: int, most: int) -> None:
    refuse_unbounded(wrap(0x30, wrap(tag, b"\x01" * most)))
    with pytest.raises(Malformed, match=f"a number of {most + 1} bytes"):
        refuse_unbounded(wrap(0x30, wrap(tag, b"\x01" * (most + 1))))


_HOSTILE = {
    "one long identifier": wrap(0x30, wrap(0x06, b"\x2a" + b"\x81" * 3_000_000 + b"\x01")),
    "many values": wrap(0x30, wrap(0x06, _OID) + wrap(0xA0, b"\x30\x00" * 1_500_000)),
}


@pytest.mark.parametrize("what", _HOSTILE)
def test_a_hostile_security_object_is_malformed(what: str) -> None:
    files = Chip(beside={"EF_SOD.bin": wrap(0x77, _HOSTILE[what])}).files()
    result = check_chip(sort_files("chip", files), trusting(), today=TODAY)
    assert result.reading.step(Step.SECURITY_OBJECT).cause is Cause.MALFORMED
    assert {f.status for f in result.findings} == {Status.UNKNOWN}


def test_values_without_end_are_refused() -> None:
    with pytest.raises(Malformed, match="too many parts"):
        list(read_values(b"\x01\x00" * 1_000_000))


def test_a_field_that_no_curve_has_is_not_computed_with() -> None:
    class Untouched(int):
        def __mod__(self, other: int) -> int:
            raise AssertionError("divided by a number of a stranger's choosing")

    known = CURVES["secp256r1"]
    assert described_by(known.p + 2, Untouched(known.a), known.b, b"", known.n, 1) is None


def test_a_purpose_of_any_length_within_an_extension_is_not_read() -> None:
    arc = 2 ** (7 * 100)
    holder = pki.certify(
        pki.name("NL", "DS"), pki.key("SECP256R1", 5), pki.csca(), scheme="ecdsa sha256",
        purposes=(f"1.3.{arc}",),
    )  # fmt: skip
    certificate = read_certificate(holder.der)
    assert certificate.purposes == ()
    assert "its extended key usage cannot be read" in certificate.oddities


def test_a_json_with_values_without_end_is_told_in_a_few_lines() -> None:
    data = json.dumps({"a": ["AAAAAAAAAAA="] * 100_000}).encode()
    chip = sort_files("chip", Chip().files() | {"x.json": data})
    assert len(chip.files) < 20
    assert any("more than 500 values" in file.what for file in chip.files)
    assert check_chip(chip, trusting(), today=TODAY).reading.authentic
