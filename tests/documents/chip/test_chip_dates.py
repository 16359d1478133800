"""Days that a chip states, and what in doubt makes its support no more than moderate."""

from models.chip import Cause, Step
from models.finding import Strength
from tests.documents.chip import pki, signed
from tests.documents.chip.chips import TODAY, Chip, a_zone, codes, dg1, dg2, dg12, trusting
from tests.documents.zones import read_unsurely
from verifiers.documents.mrz import understand

_RUN_OUT = {"expiry_date": "210309"}


def test_a_chip_that_has_run_out_is_said_where_the_print_was_not_read_surely() -> None:
    chip = Chip(groups={1: dg1(a_zone(**_RUN_OUT)), 2: dg2(b"")})
    for printed in (a_zone(**_RUN_OUT), a_zone(expiry_date="310309")):
        unsure = understand(read_unsurely(printed, (1, 21)), today=TODAY)
        assert codes(chip.checked(print=unsure))["expired"].strength is Strength.MODERATE


def test_what_nobody_vouches_for_says_nothing_of_the_holder_or_of_the_day() -> None:
    changed = Chip(signed_at=None, instead={12: dg12("20240401")}).checked().reading
    unsigned = Chip(signed_at=None, not_hashed=(12,)).checked().reading
    for reading in (changed, unsigned):
        assert reading.details == {}
        assert reading.issued_on is None
        assert reading.step(Step.SIGNED_IN_TIME).cause is Cause.UNKNOWN_TIME
        assert any("DG12" in remark for remark in reading.remarks)
    assert Chip(signed_at=None).checked().reading.issued_on


def test_support_is_moderate_where_the_time_of_signing_is_not_known() -> None:
    found = codes(Chip(signed_at=None, not_hashed=(12,)).checked())
    assert found["authentic"].strength is Strength.MODERATE
    assert "when they were signed" in found["authentic"].for_recruiter


def test_support_is_moderate_where_the_revocation_list_leaves_a_doubt() -> None:
    outdated = signed.revocation_list(pki.csca(), 5, issued="2025-01-01", next="2025-04-01")
    replaced = signed.revocation_list(pki.csca(), 4711, reason="superseded")
    for crl, why in ((outdated, "taken back is not sure"), (replaced, "was replaced")):
        authentic = codes(Chip().checked(trusting(revocations=[crl])))["authentic"]
        assert authentic.strength is Strength.MODERATE
        assert why in authentic.for_recruiter


def test_without_any_revocation_list_support_stays_strong() -> None:
    result = Chip().checked()
    assert result.reading.step(Step.REVOCATION).cause is Cause.NO_REVOCATION_LIST
    assert codes(result)["authentic"].strength is Strength.STRONG
