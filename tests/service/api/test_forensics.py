"""A sign of tampering through the API: found, stored, weighed, shown where it is."""

from samples.forgeries import local_resave
from samples.forgeries.attack import honest
from tests.service.api.conftest import Service
from tests.service.api.test_chip import findings
from tests.service.api.test_requests import verify

SEED = 49


def verified(service: Service, name: str, data: bytes) -> str:
    """A verified order with this file."""
    verification = service.order()
    assert service.send(verification, (name, data)).status_code == 201
    verify(service, verification)
    return verification


def test_a_value_altered_on_a_computer_is_shown_as_heat_where_it_was(service: Service) -> None:
    (attack,) = (one for one in local_resave.ATTACKS if one.name == "drawn")
    verification = verified(service, "id.png", attack.make(SEED, "png").capture.data)
    found = findings(service, verification)["document.forensics.local_resave"]
    assert (found["status"], found["strength"]) == ("contradicts", "weak")
    assert found["seen"][0]["region"]
    assert found["innocent_explanation"]

    address = f"/v1/verifications/{verification}"
    heat = service.client.get(f"{address}/pictures/sign-1-local_resave")
    assert heat.headers["content-type"] == "image/jpeg"
    report = service.client.get(f"{address}/report").text
    assert "Signs of tampering" in report
    assert "never shows that a document is authentic" in report
    assert "clearly seen" in report
    assert "not seen" in report


def test_the_same_document_as_it_is_shows_what_was_looked_for_and_is_held_against_nobody(
    service: Service,
) -> None:
    twin = honest(SEED, with_portrait=True).capture
    verification = verified(service, "id.jpg", twin.data)
    assert not [c for c in findings(service, verification) if c.startswith("document.forensics")]
    names = service.client.get(f"/v1/verifications/{verification}/pictures").json()["items"]
    assert not any(picture["name"].startswith("sign") for picture in names)
