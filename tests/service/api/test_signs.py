"""Every sign of tampering through the API: found, stored, weighed, shown, asked about.

One document, forged in several ways, beside the document as it is. What was saved apart from the
rest of a picture is told in `test_forensics`, a picture sent before in `test_reused`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from samples.forgeries import portrait, printed_copy, screen, zone_print
from samples.forgeries.attack import Attack, honest
from samples.forgeries.edited_file import in_app11, manifest_of
from service.store.actor import SYSTEM
from tests.service.api.conftest import Service, a_service
from tests.service.api.test_requests import DOCUMENT_ONLY, status, verify
from verifiers.documents.forensics.look import DETECTORS

SEED = 92
"""Of a small picture on which each forger's work shows, and nothing where nobody forged."""


@dataclass(frozen=True)
class Told:
    """What the API says of a verification."""

    status: dict[str, Any]
    findings: dict[tuple[str, str], dict[str, Any]]
    """Signs of tampering, by file and sign."""
    report: str
    pictures: dict[str, bytes]

    def asked(self, code: str) -> str:
        """What the candidate is asked to do about this finding."""
        (request,) = (one for one in self.status["requests"] if one["code"] == code)
        return str(request["action"])

    def of_picture(self, file: str) -> str:
        """The report's section on the signs looked for on this picture."""
        after = self.report.partition('id="forensics"')[2].partition(f"<h3>{file}</h3>")[2]
        return after.partition("</section>")[0].partition("<h3>")[0]


def told(service: Service, **files: bytes) -> Told:
    """What is said of these pictures, sent for one candidate."""
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(DOCUMENT_ONLY)
    verification = service.order()
    for name, data in files.items():
        assert service.send(verification, (f"{name}.jpg", data)).status_code == 201
    verify(service, verification)
    address = f"/v1/verifications/{verification}"
    listed = service.client.get(f"{address}/pictures").json()["items"]
    names = [picture["name"] for picture in listed]
    verdict = service.client.get(f"{address}/verdict").json()
    start = "document.forensics."
    return Told(
        status=status(service, verification),
        findings={
            (finding["seen"][0]["file"], finding["code"].removeprefix(start)): finding
            for finding in verdict["findings"]
            if finding["code"].startswith(start)
        },
        report=service.client.get(f"{address}/report").text,
        pictures={name: service.client.get(f"{address}/pictures/{name}").content for name in names},
    )


def made(attacks: tuple[Attack, ...], name: str, strength: str) -> bytes:
    """The document forged in this way."""
    (attack,) = (attack for attack in attacks if attack.name == name)
    return attack.make(SEED, strength).capture.data


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Of one candidate, the document with another portrait and with another birth date."""
    editor = manifest_of("App/1", [{"action": "c2pa.placed"}])
    with a_service(Path(tmp_path_factory.mktemp("forged"))) as service:
        yield told(
            service,
            portrait=in_app11(made(portrait.ATTACKS, "pasted", "plain"), editor),
            date=made(zone_print.ATTACKS, "date_in_another_font", "plain"),
        )


def test_a_date_of_another_face_in_the_zone_is_marked_and_alone_asks_nothing(forged: Told) -> None:
    found = forged.findings["date.jpg", "zone_print"]
    assert (found["status"], found["strength"]) == ("contradicts", "weak")
    assert "birth date" in found["for_recruiter"]
    assert found["seen"][0]["region"]
    assert found["innocent_explanation"]
    assert found["question"] is None
    where = "Letters of the machine readable zone, where it was seen"
    assert where in forged.of_picture("date.jpg")
    assert where not in forged.of_picture("portrait.jpg")
    assert "sign-2-zone_print" in forged.pictures


def test_a_portrait_put_in_and_an_editor_that_the_file_names_ask_together_for_a_new_picture(
    forged: Told,
) -> None:
    for sign in ("portrait", "edited_file"):
        found = forged.findings["portrait.jpg", sign]
        assert (found["status"], found["strength"]) == ("contradicts", "moderate")
        assert "as the camera saved it" in forged.asked(f"document.forensics.{sign}")
    assert "c2pa.placed" in forged.findings["portrait.jpg", "edited_file"]["for_recruiter"]
    assert "c2pa.placed" in forged.of_picture("portrait.jpg")
    assert not any(file == "date.jpg" for file, sign in forged.findings if sign != "zone_print")


def test_where_a_portrait_was_put_in_is_shown_beside_the_portrait_itself(forged: Told) -> None:
    where = "Portrait against the page around it, where it was seen"
    assert where in forged.of_picture("portrait.jpg")
    assert forged.pictures["sign-1-portrait"] != forged.pictures["portrait-1"]


def test_a_screen_and_a_copy_ask_for_the_document_itself_though_that_was_sent_beside_them(
    service: Service,
) -> None:
    all_of_it = told(
        service,
        screen=made(screen.ATTACKS, "screen", "laptop"),
        copy=made(printed_copy.ATTACKS, "photocopy", "far"),
        itself=honest(SEED, with_portrait=True).capture.data,
    )
    shown = {"screen": "Picture taken of a screen", "printed_copy": "Picture taken of a copy"}
    seen = [("screen.jpg", "screen"), ("copy.jpg", "printed_copy")]
    assert set(all_of_it.findings) == set(seen)
    for number, (file, sign) in enumerate(seen, start=1):
        found = all_of_it.findings[file, sign]
        assert (found["status"], found["strength"]) == ("contradicts", "weak")
        assert "photograph the document itself" in all_of_it.asked(found["code"])
        assert shown[sign] in all_of_it.of_picture(file)
        assert "where it was seen" in all_of_it.of_picture(file)
        assert f"sign-{number}-{sign}" in all_of_it.pictures
    assert all_of_it.status["outcome"] == "needs_info"


def test_the_document_as_it_is_from_a_phone_that_signs_is_verified_and_asked_nothing(
    service: Service,
) -> None:
    phone = manifest_of("Google Camera", [{"action": "c2pa.created"}])
    twin = honest(SEED, with_portrait=True).capture.data
    itself = told(service, sent=in_app11(twin, phone))
    assert (itself.status["outcome"], itself.status["requests"]) == ("verified", [])
    assert itself.findings == {}
    assert not any(name.startswith("sign") for name in itself.pictures)
    assert itself.of_picture("sent.jpg").count(">not seen<") == len(DETECTORS)
    assert "never shows that a document is authentic" in itself.report
