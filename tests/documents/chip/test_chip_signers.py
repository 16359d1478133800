"""Whose certificate the signer's is: by name, by its signature, by its country and purpose."""

import pytest
from asn1crypto import x509  # type: ignore[import-untyped]

from models.chip import Cause, Step, StepStatus
from models.finding import Status, Strength
from tests.documents.chip import pki
from tests.documents.chip.chips import Chip, codes, trusting
from verifiers.documents.chip.check import ChipResult


def _certified(number: int, serial: int, *purposes: str) -> pki.Holder:
    return pki.certify(
        pki.name("NL", "DS"), pki.key("SECP256R1", number), pki.csca(), scheme="ecdsa sha256",
        serial=serial, purposes=purposes,
    )  # fmt: skip


def _contradicts(result: ChipResult) -> bool:
    return any(f.status is Status.CONTRADICTS for f in result.findings)


def test_the_certificates_beside_the_signature_need_not_hold_the_signers() -> None:
    chip = Chip(signing={"with_certificate": False, "beside": (pki.csca(), _certified(55, 9))})
    result = chip.checked(trusting(pki.csca(), pki.signer()))
    assert codes(result)["authentic"].strength is Strength.STRONG


def test_a_signer_whose_certificate_nobody_has_is_unknown_and_no_forger() -> None:
    for beside in ((pki.csca(),), (_certified(55, 9),)):
        result = Chip(signing={"with_certificate": False, "beside": beside}).checked()
        assert result.reading.step(Step.SIGNATURE).cause is Cause.UNKNOWN_SIGNER
        assert not _contradicts(result)


def test_a_signer_that_is_named_otherwise_is_told_by_its_signature() -> None:
    named, sent = _certified(6, 7), _certified(6, 8)
    other = _certified(55, 9)
    chip = Chip(signer=named, signing={"with_certificate": False, "beside": (other, sent)})
    result = chip.checked()
    assert result.reading.chain[0].serial_number == "8"
    assert "the signer is named otherwise than its certificate" in result.reading.remarks
    assert codes(result)["authentic"].strength is Strength.STRONG


def _without_country(root: pki.Holder) -> Chip:
    subject = x509.Name.build({"organization_name": "Tests", "common_name": "DS"})
    return Chip(signer=pki.certify(subject, pki.key("SECP256R1", 5), root, scheme="ecdsa sha256"))


def test_a_signer_without_a_country_is_of_its_cscas() -> None:
    ours = _without_country(pki.csca()).checked()
    assert ours.reading.step(Step.COUNTRY).status is StepStatus.DONE
    other = _without_country(pki.csca("UT")).checked(trusting(pki.csca("UT")))
    assert other.reading.step(Step.COUNTRY).cause is Cause.OTHER_COUNTRY


@pytest.mark.parametrize("purpose", ["1.3.6.1.5.5.7.3.1", "2.23.136.1.1.3", "2.23.136.1.1.11.1"])
def test_a_key_for_anything_else_signs_no_documents(purpose: str) -> None:
    result = Chip(signer=_certified(56, 10, purpose)).checked()
    assert codes(result)["signer_purpose"].strength is Strength.MODERATE


@pytest.mark.parametrize("purpose", ["2.23.136.1.1.1", "2.5.29.37.0"])
def test_a_key_for_documents_or_for_anything_signs_them(purpose: str) -> None:
    assert not _contradicts(Chip(signer=_certified(56, 10, purpose)).checked())
