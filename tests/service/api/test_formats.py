"""What issuers publish, through the API: numbers that break its rules, and its specimens."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from samples import specimen
from samples.holder import ANNA, Holder
from samples.portraits import identity_one
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service
from tests.service.api.test_chip import findings
from tests.service.api.test_requests import DOCUMENT_ONLY, status, verify

NO_SPECIMENS = DOCUMENT_ONLY.model_copy(update={"allow_specimens": False})
HOLDER = replace(
    ANNA, number="XR8K2L4M7", issuer="NLD", nationality="NLD", personal_number="999999990"
)
"""By the Dutch rules: 999999990 passes their test of eleven and is given to nobody."""


def sent(service: Service, holder: Holder) -> str:
    """A verified order with a picture of this passport, where specimens do not count."""
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(NO_SPECIMENS)
    page = io.BytesIO()
    image = specimen.render(holder, "TD3", identity_one(), dpi=250).face_side.image
    Image.fromarray(image).save(page, "JPEG", quality=92)
    verification = service.order()
    assert service.send(verification, ("passport.jpg", page.getvalue())).status_code == 201
    verify(service, verification)
    return verification


@pytest.fixture
def without_overprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our renderer marks every page as a specimen; an issued one is not marked."""
    monkeypatch.setattr(specimen, "_overprint", lambda *_, **__: None)


@pytest.mark.usefixtures("without_overprint")
def test_a_personal_number_against_its_issuers_rule_is_told_with_the_rule_and_asked_about(
    service: Service,
) -> None:
    verification = sent(service, replace(HOLDER, personal_number="999999991"))
    found = findings(service, verification)["document.format.personal_number"]
    assert (found["status"], found["strength"]) == ("contradicts", "moderate")
    assert found["seen"][0]["value"].startswith("999999991")
    assert found["innocent_explanation"]
    told = status(service, verification)
    assert told["outcome"] == "needs_info"
    assert [r["code"] for r in told["requests"]] == ["document.format.personal_number"]
    report = service.client.get(f"/v1/verifications/{verification}/report").text
    assert "999999991 does not fit the check digit within it as BSN" in report


@pytest.mark.usefixtures("without_overprint")
def test_numbers_by_the_rules_on_a_page_without_a_mark_are_shown_as_such_and_held_against_nobody(
    service: Service,
) -> None:
    verification = sent(service, HOLDER)
    told = findings(service, verification)
    assert "document.specimen" not in told
    assert not any(code.startswith("document.format") for code in told)
    assert status(service, verification)["outcome"] == "verified"
    report = service.client.get(f"/v1/verifications/{verification}/report").text
    assert "999999990 fits the check digit" in report


def test_specimen_printed_across_a_page_makes_it_one_whatever_its_zone_says(
    service: Service,
) -> None:
    verification = sent(service, HOLDER)
    found = findings(service, verification)["document.specimen"]
    assert (found["status"], found["strength"]) == ("contradicts", "strong")
    (seen,) = found["seen"]
    assert seen["what"] == "printed across the page"
    assert seen["value"] in "SPECIMEN"
    assert seen["region"]
    told = status(service, verification)
    assert told["outcome"] == "review"
    assert "document.specimen" in {request["code"] for request in told["requests"]}
    report = service.client.get(f"/v1/verifications/{verification}/report").text
    assert f"printed across it: {seen['value']}" in report
