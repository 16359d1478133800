"""A driver licence through the API: its barcode beside its front, findings, report."""

import io

from PIL import Image

from samples import licence_tampering
from samples.licence import render_licence
from samples.licence_payload import Cardholder
from samples.portraits import identity_one
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service
from tests.service.api.test_chip import findings
from tests.service.api.test_requests import DOCUMENT_ONLY, verify


def sent(service: Service, *tampering: licence_tampering.LicenceTampering) -> str:
    """A verified order with both sides of a licence."""
    licence = render_licence(Cardholder(), identity_one(), tampering=tampering)
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(DOCUMENT_ONLY)
    verification = service.order()
    for name, image in (("front.jpg", licence.front), ("back.jpg", licence.back)):
        jpeg = io.BytesIO()
        Image.fromarray(image).save(jpeg, "JPEG", quality=92)
        assert service.send(verification, (name, jpeg.getvalue())).status_code == 201
    verify(service, verification)
    return verification


def test_a_licence_shows_its_barcode_beside_its_front(service: Service) -> None:
    verification = sent(service)
    (card,) = service.client.get(f"/v1/verifications/{verification}/fields").json()["items"]
    assert card["title"].startswith("Driver licence or card")
    fields = {field["name"]: field for field in card["fields"]}
    assert fields["family_name"]["result"] == "agrees"
    assert fields["birth_date"]["zone"] == Cardholder().birth_date.isoformat()
    found = findings(service, verification)
    assert found["document.barcode.consistent"]["strength"] == "weak"
    assert "document.mrz.not_found" not in found
    report = service.client.get(f"/v1/verifications/{verification}/report").text
    assert "Barcode and print, field by field" in report


def test_a_front_printed_anew_is_told_by_the_barcode_it_does_not_match(service: Service) -> None:
    holder = Cardholder()
    forged = licence_tampering.printed_as(holder, document_number="Q9999999")
    verification = sent(service, forged)
    found = findings(service, verification)
    (code,) = [code for code in found if code.startswith("document.barcode_print")]
    assert found[code]["status"] == "contradicts"
    assert service.client.get(f"/v1/verifications/{verification}").json()["outcome"] == "review"
