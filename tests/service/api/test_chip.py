"""A chip through the API: the challenge, the files, the findings, the verdict, the report."""

import io
import json
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from models.finding import Check, Status, Strength
from models.policy import Policy, Requirement
from models.stage import Stage
from samples.holder import ANNA, Holder
from samples.portraits import Portrait, document_photo, identity_one, identity_two
from samples.specimen import render
from service.store.actor import SYSTEM
from tests.documents.chip import pki
from tests.documents.chip.chips import Chip, answer_rsa, dg1, dg2, dg15
from tests.service.api.conftest import Service
from tests.service.api.test_requests import verify

HOLDER = replace(
    ANNA, number="XR8K2L4M7", issuer="NLD", nationality="NLD", personal_number="", sex="F"
)
STRONG_DOCUMENT = Policy(
    name="strong document",
    required={Stage.INTERVIEW: (Requirement(check=Check.DOCUMENT, strength=Strength.STRONG),)},
    allow_specimens=True,
)


def a_chip(holder: Holder, portrait: Portrait, **more: Any) -> Chip:
    """The chip of a specimen, signed by the Dutch signer of the tests' own PKI."""
    page = render(holder, "TD3", portrait, dpi=150)
    face = io.BytesIO()
    Image.fromarray(document_photo(portrait, 360, 480)).save(face, "JPEG", quality=92)
    groups = {1: dg1(page.mrz), 2: dg2(face.getvalue()), 15: dg15(pki.key("rsa"))}
    return Chip(groups=groups, not_sent=(), **more)


def ordered(service: Service, portrait: Portrait) -> str:
    """A verification with a picture of the passport, by a policy that only a chip meets."""
    folder = service.parts.settings.chip_lists
    folder.mkdir()
    (folder / "csca.cer").write_bytes(pki.csca().der)
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(STRONG_DOCUMENT)
    page = io.BytesIO()
    image = render(HOLDER, "TD3", portrait, dpi=250).face_side.image
    Image.fromarray(image).save(page, "JPEG", quality=92)
    verification = service.order()
    assert service.send(verification, ("passport.jpg", page.getvalue())).status_code == 201
    return verification


def findings(service: Service, verification: str) -> dict[str, dict[str, Any]]:
    """By code."""
    told = service.client.get(f"/v1/verifications/{verification}/verdict").json()
    return {finding["code"]: finding for finding in told["findings"]}


def test_a_chip_that_answers_our_challenge_verifies_the_passport_it_is_in(
    service: Service,
) -> None:
    verification = ordered(service, identity_one())
    address = f"/v1/verifications/{verification}"
    asked = service.client.post(f"{address}/chip/challenge").json()["challenge"]
    assert service.client.post(f"{address}/chip/challenge").json()["challenge"] == asked
    other = service.client.post(f"/v1/verifications/{service.order()}/chip/challenge").json()
    assert other["challenge"] != asked

    key = pki.key("rsa")
    answer = {"response.bin": answer_rsa(key, bytes.fromhex(asked))}  # type: ignore[arg-type]
    files = a_chip(HOLDER, identity_one(), beside=answer).files()
    sent = service.send(verification, *files.items(), to="chip")
    assert sent.status_code == 201, sent.text
    assert {item["kind"] for item in sent.json()["items"]} == {"chip"}
    verify(service, verification)

    told = service.client.get(address).json()
    assert told["outcome"] == "verified"
    found = findings(service, verification)
    for code in ("authentic", "active_authentication"):
        assert found[f"document.chip.{code}"]["strength"] == Strength.STRONG
    assert found["document.chip.portrait"]["status"] == Status.SUPPORTS

    (chip,) = service.client.get(f"{address}/chips").json()["items"]
    assert [c["role"] for c in chip["reading"]["chain"]] == ["document_signer", "csca"]
    assert chip["pictures"] == ["chip-1"]
    portrait = service.client.get(f"{address}/pictures/chip-1")
    assert portrait.headers["content-type"] == "image/jpeg"
    report = service.client.get(f"{address}/report").text
    assert "Who vouches for whom" in report
    assert "trusted by you" in report
    assert {"chip.challenged", "evidence.received"} <= set(service.actions())


def test_a_passport_with_an_exchanged_portrait_is_told_by_the_one_on_its_chip(
    service: Service,
) -> None:
    verification = ordered(service, identity_two())
    in_one = {
        name: b64encode(data).decode()
        for name, data in a_chip(HOLDER, identity_one()).files().items()
    }
    service.send(verification, ("passport.json", json.dumps(in_one).encode()), to="chip")
    verify(service, verification)
    assert service.client.get(f"/v1/verifications/{verification}").json()["outcome"] == "review"
    assert "document.chip.other_portrait" in findings(service, verification)


def test_a_changed_chip_is_told_and_one_that_cannot_be_read_is_only_unknown(
    service: Service,
) -> None:
    verification = ordered(service, identity_one())
    young = replace(HOLDER, birth_date=HOLDER.birth_date.replace(year=1994))
    forged = dg1(render(young, "TD3", identity_one(), dpi=100).mrz)
    files = a_chip(HOLDER, identity_one(), instead={1: forged}).files()
    service.send(verification, *files.items(), to="chip")
    verify(service, verification)
    changed = findings(service, verification)["document.chip.data_group_changed"]
    assert (changed["status"], changed["strength"]) == ("contradicts", "conclusive")
    assert service.client.get(f"/v1/verifications/{verification}").json()["outcome"] == "review"

    unreadable = service.order()
    service.send(unreadable, ("notes.txt", b"these are no files of a chip"), to="chip")
    verify(service, unreadable)
    told = findings(service, unreadable)
    assert told["document.file.unusable"]["status"] == "unknown"
    assert not any(code.startswith("document.chip") for code in told)


@pytest.mark.parametrize(
    ("claimed", "strength", "told"),
    [
        ("Anna Maria Eriksson", "moderate", None),
        ("Robert Mugambi", None, "document.claims.name"),
    ],
)
def test_a_genuine_chip_counts_only_for_whom_it_was_issued_to(
    service: Service, claimed: str, strength: str | None, told: str | None
) -> None:
    folder = service.parts.settings.chip_lists
    folder.mkdir()
    (folder / "csca.cer").write_bytes(pki.csca().der)
    verification = service.order()
    claims = {"identity": {"fullName": claimed}}
    address = f"/v1/verifications/{verification}"
    assert service.client.put(f"{address}/claims", json=claims).status_code < 300
    service.send(verification, *a_chip(HOLDER, identity_one()).files().items(), to="chip")
    verify(service, verification)
    found = findings(service, verification)
    assert (found.get("document.chip.authentic") or {}).get("strength") == strength
    assert told is None or found[told]["status"] == "contradicts"


def test_an_answer_to_a_challenge_that_was_never_asked_for_is_held_against_nobody(
    service: Service,
) -> None:
    verification = ordered(service, identity_one())
    answer = {"response.bin": answer_rsa(pki.key("rsa"), bytes(8))}  # type: ignore[arg-type]
    files = a_chip(HOLDER, identity_one(), beside=answer).files()
    service.send(verification, *files.items(), to="chip")
    verify(service, verification)
    found = findings(service, verification)
    assert "document.chip.active_authentication" not in found
    assert found["document.chip.copy_possible"]["status"] == "unknown"


@pytest.mark.parametrize("size", [0, 32_000_001])
def test_a_file_that_is_no_part_of_a_chip_by_its_size_is_refused(
    service: Service, size: int
) -> None:
    sent = service.send(service.order(), ("EF_SOD.bin", bytes(size)), to="chip")
    assert sent.status_code in (400, 413, 422)
    assert sent.headers["content-type"] == "application/problem+json"
