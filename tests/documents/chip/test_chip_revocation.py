"""Signers that their issuer took back, and why: a broken key, or one that was only replaced."""

from datetime import datetime

import pytest

from models.chip import Cause, Step, StepStatus
from models.finding import Status, Strength
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import Chip, codes, trusting
from verifiers.documents.chip.check import ChipResult

SIGNER = 4711
"""Its serial number."""
UNTIL = "2024-06-01"
"""The day of its revocation."""
HARMLESS = ("superseded", "cessation_of_operation", "affiliation_changed")
COMPROMISED = ("key_compromise", "ca_compromise", "privilege_withdrawn", "unspecified", None)


def taken_back(reason: str | None, signed_at: str | None) -> ChipResult:
    """A chip of this day, whose signer was revoked on `UNTIL`."""
    crl = signed.revocation_list(pki.csca(), SIGNER, reason=reason, on=UNTIL)
    return _chip(pki.day(signed_at) if signed_at else None).checked(trusting(revocations=[crl]))


def _chip(signed_at: datetime | None) -> Chip:
    # Without DG12 nothing else states a day.
    return Chip(signed_at=signed_at, not_hashed=(12,))


def contradictions(result: ChipResult) -> dict[str, Strength | None]:
    found = codes(result).items()
    return {code: f.strength for code, f in found if f.status is Status.CONTRADICTS}


@pytest.mark.parametrize("reason", COMPROMISED)
@pytest.mark.parametrize("signed_at", ["2024-03-15", None, "2024-09-01"])
def test_a_signer_whose_key_is_in_doubt_is_named_whenever_it_signed(
    reason: str | None, signed_at: str | None
) -> None:
    result = taken_back(reason, signed_at)
    assert contradictions(result) == {"signer_revoked": Strength.STRONG}
    said = codes(result)["signer_revoked"].for_recruiter
    assert (reason or "unspecified").replace("_", " ") in said


@pytest.mark.parametrize("reason", HARMLESS)
@pytest.mark.parametrize("signed_at", ["2024-03-15", None, UNTIL])
def test_a_signer_that_was_only_replaced_is_unknown_with_an_innocent_explanation(
    reason: str, signed_at: str | None
) -> None:
    result = taken_back(reason, signed_at)
    step = result.reading.step(Step.REVOCATION)
    assert (step.status, step.cause) == (StepStatus.NOT_POSSIBLE, Cause.REPLACED)
    assert contradictions(result) == {}
    told = codes(result)["signer_replaced"]
    assert told.status is Status.UNKNOWN
    assert reason.replace("_", " ") in told.for_recruiter
    assert "as a matter of routine" in told.for_recruiter
    assert (signed_at or "a day that is not known") in told.for_recruiter
    assert codes(result)["authentic"].strength is Strength.MODERATE


def test_what_was_signed_with_a_replaced_key_after_its_end_is_named() -> None:
    result = taken_back("superseded", "2024-09-01")
    assert contradictions(result) == {"signer_revoked": Strength.STRONG}
    assert "still signed on 2024-09-01" in codes(result)["signer_revoked"].for_recruiter


def test_a_graver_reason_of_another_list_counts_wherever_it_stands() -> None:
    lists = [
        signed.revocation_list(pki.csca(), SIGNER, reason=reason, issued=issued)
        for reason, issued in (("superseded", "2026-05-01"), ("key_compromise", "2026-05-20"))
    ]
    for revocations in (lists, lists[::-1]):
        result = Chip().checked(trusting(revocations=revocations))
        assert contradictions(result) == {"signer_revoked": Strength.STRONG}


def test_a_revocation_list_that_its_issuer_did_not_sign_says_nothing() -> None:
    forger = pki.Holder(pki.key("rsa", 1), b"")
    crl = signed.revocation_list(pki.csca(), SIGNER, signed_by=forger)
    result = Chip().checked(trusting(revocations=[crl]))
    assert result.reading.step(Step.REVOCATION).cause is Cause.NO_REVOCATION_LIST
    assert contradictions(result) == {}


def test_an_outdated_revocation_list_without_the_signer_is_no_clearance() -> None:
    crl = signed.revocation_list(pki.csca(), 5, issued="2025-01-01", next="2025-04-01")
    result = Chip().checked(trusting(revocations=[crl]))
    assert result.reading.step(Step.REVOCATION).cause is Cause.OUTDATED_LIST
    assert codes(result)["revocation_unknown"].status is Status.UNKNOWN
