"""The same photograph under two names: found across candidates, never across one's own stages."""

import io

import pytest
from PIL import Image

from samples.capture import Capture
from samples.forgeries import reused
from tests.service.api.conftest import Service
from tests.service.api.test_requests import verify

SEED = 3


@pytest.fixture(scope="module")
def first() -> Capture:
    return reused.alone(SEED).capture


@pytest.fixture(scope="module")
def with_other_text() -> Capture:
    (attack,) = (one for one in reused.ATTACKS if one.name == "picture")
    return attack.make(SEED, "saved again").capture


def verified(service: Service, capture: Capture, reference: str) -> str:
    """A verified order of this candidate with this picture."""
    verification = service.order(candidate={"reference": reference})
    small = Image.open(io.BytesIO(capture.data))
    small.thumbnail((1400, 1400))
    jpeg = io.BytesIO()
    small.save(jpeg, "JPEG", quality=90)
    assert service.send(verification, ("id.jpg", jpeg.getvalue())).status_code == 201
    verify(service, verification)
    return verification


def of_reuse(service: Service, verification: str) -> list[dict[str, object]]:
    """What is said of pictures that were sent before."""
    verdict = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    return [each for each in verdict["findings"] if each["code"].startswith("document.reused")]


def test_a_photograph_with_another_persons_data_edited_in_names_the_verification_it_was_sent_for(
    service: Service, first: Capture, with_other_text: Capture
) -> None:
    earlier = verified(service, first, "candidate-1")
    again = verified(service, first, "candidate-1")
    assert of_reuse(service, earlier) == of_reuse(service, again) == []

    other = verified(service, with_other_text, "candidate-2")
    told = of_reuse(service, other)
    assert {finding["status"] for finding in told} == {"contradicts"}
    for before in (earlier, again):
        assert any(before in str(finding["for_recruiter"]) for finding in told)
    assert all(finding["evidence_class"] == "linkage" for finding in told)
    assert service.client.get(f"/v1/verifications/{other}").json()["outcome"] == "review"


def test_a_deleted_verification_leaves_no_picture_to_be_found(
    service: Service, first: Capture, with_other_text: Capture
) -> None:
    earlier = verified(service, first, "candidate-1")
    assert service.client.delete(f"/v1/verifications/{earlier}").status_code == 204
    other = verified(service, with_other_text, "candidate-2")
    assert of_reuse(service, other) == []
