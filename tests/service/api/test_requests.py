"""What the candidate is asked for: told with the status until it has come, and then no more."""

import io
import json
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from PIL import Image

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.policy import Policy, Requirement
from models.request import CandidateRequest, requests_of
from models.stage import Stage
from models.verdict import CheckResult, Outcome, Reason, Verdict
from models.verification import Verification
from samples.holder import ANNA
from samples.portraits import identity_one
from samples.specimen import render
from service.linkage.faces import FaceIndexes
from service.store.actor import SYSTEM
from service.workflow.cases import StoredCases
from tests.service.api.conftest import NOW, Service

CALLBACK = "https://93.184.215.14/hook"
DOCUMENT_ONLY = Policy(
    name="document only",
    required={Stage.INTERVIEW: (Requirement(check=Check.DOCUMENT, strength=Strength.MODERATE),)},
    allow_specimens=True,
)


def status(service: Service, verification: str) -> dict[str, Any]:
    answer = service.client.get(f"/v1/verifications/{verification}")
    assert answer.status_code == 200
    return dict(answer.json())


def a_passport(width: int) -> bytes:
    """A specimen's data page as a JPEG of this many pixels across."""
    page = np.asarray(render(ANNA, "TD3", identity_one(), dpi=300).face_side.image)
    image = Image.fromarray(page)
    image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.BOX)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def verify(service: Service, verification: str) -> None:
    """Submit it and do what a worker does, in earnest."""
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202
    case = service.parts.engine.names[-1]
    cases = StoredCases(service.store, service.parts.settings, FaceIndexes(service.store))
    for step in cases.steps:
        cases.perform(case, step)


def test_a_tiny_passport_is_asked_for_again_by_its_name_and_a_better_one_ends_that(
    service: Service,
) -> None:
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.access.set_policy(DOCUMENT_ONLY)
    verification = service.order(callback=CALLBACK)
    service.send(verification, ("kitchen-table.jpg", a_passport(170)))
    verify(service, verification)

    told = status(service, verification)
    assert told["outcome"] == "needs_info"
    (request,) = told["requests"]
    assert request["code"] == "document.picture.too_small"
    assert (request["check"], request["file"], request["page"]) == (
        "document",
        "kitchen-table.jpg",
        1,
    )
    assert "pixels" in request["problem"]
    assert "original" in request["action"]
    (event,) = service.client.get("/v1/deliveries").json()["items"]
    with service.store.tenant(service.tenant, SYSTEM) as t:
        body = t.deliveries.open(UUID(event["id"])).body
    assert json.loads(body)["data"]["requests"] == ["document.picture.too_small"]
    assert b"kitchen-table" not in body

    service.send(verification, ("scanned.jpg", a_passport(1200)))
    verify(service, verification)
    told = status(service, verification)
    assert (told["outcome"], told["generation"], told["requests"]) == ("verified", 2, [])


def test_while_it_is_verified_anew_nothing_is_asked(service: Service) -> None:
    verification = service.completed()
    service.client.post(f"/v1/verifications/{verification}/submit")
    assert status(service, verification)["requests"] == []


def test_lists_open_nothing_and_say_so(service: Service) -> None:
    service.completed()
    before = service.actions()
    (item,) = service.client.get("/v1/verifications").json()["items"]
    assert item["requests"] is None
    assert service.actions() == before


def test_to_read_what_is_asked_is_a_view_of_the_verdict_and_recorded(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    before = service.actions().count("verdict.viewed")
    assert status(service, verification)["requests"] == []
    assert service.actions().count("verdict.viewed") == before + 1


# What becomes a request


def finding(code: str, **more: Any) -> Finding:
    """An `unknown` of the document check with a question about a.jpg, but for what is named."""
    return Finding.model_validate(
        {
            "code": code,
            "check": Check.DOCUMENT,
            "status": Status.UNKNOWN,
            "evidence_class": EvidenceClass.DOCUMENT,
            "seen": (Seen(what="x", value=1, file="a.jpg", page=1),),
            "for_recruiter": "It is so.",
            "for_candidate": f"{code} is so.",
            "question": "Please do it.",
        }
        | more
    )


def requests(*findings: Finding, supported: Strength | None = None, **more: Any) -> list[str]:
    """The codes of what is asked for."""
    return [one.code for one in _requests(*findings, supported=supported, **more)]


def _requests(
    *findings: Finding,
    supported: Strength | None = None,
    outcome: Outcome = Outcome.NEEDS_INFO,
) -> tuple[CandidateRequest, ...]:
    check = CheckResult(check=Check.DOCUMENT, asked=Strength.MODERATE, supported=supported)
    verdict = Verdict(
        outcome=outcome,
        reasons=(Reason(rule="test", text="It came out so."),),
        checks=(check,),
        policy="test v1",
    )
    return requests_of(
        Verification.model_validate(
            {
                "id": "6a1f0c52-5a0e-4d0e-9d3f-7f1d8f6d2b11",
                "stage": Stage.INTERVIEW,
                "created_at": NOW,
                "software": "test",
                "evidence": (),
                "findings": findings,
                "verdict": verdict,
            }
        )
    )


CONTRADICTS = {
    "status": Status.CONTRADICTS,
    "strength": Strength.MODERATE,
    "innocent_explanation": "A slip.",
}


def test_nothing_is_asked_once_all_is_verified() -> None:
    assert requests(finding("a.b"), outcome=Outcome.VERIFIED) == []


def test_what_could_not_be_judged_is_asked_for_only_where_support_is_lacking() -> None:
    assert requests(finding("a.b")) == ["a.b"]
    assert requests(finding("a.b"), supported=Strength.WEAK) == ["a.b"]
    assert requests(finding("a.b"), supported=Strength.MODERATE) == []
    assert requests(finding("a.b", check=Check.LINKAGE)) == []


def test_a_contradiction_is_always_asked_about_and_a_finding_without_a_question_never() -> None:
    assert requests(finding("a.b", **CONTRADICTS), supported=Strength.STRONG) == ["a.b"]
    assert requests(finding("a.b", question=None)) == []


def test_screening_is_never_asked_about() -> None:
    hit = finding("a.b", **CONTRADICTS | {"evidence_class": EvidenceClass.SCREENING})
    assert requests(hit, outcome=Outcome.HOLD) == []


def test_a_bad_picture_is_asked_for_once_and_not_again_for_what_could_not_be_read_on_it() -> None:
    blurred, unsure = finding("document.picture.blurred"), finding("document.mrz.unsure")
    assert requests(unsure, blurred) == ["document.picture.blurred"]
    other = finding("document.mrz.unsure", seen=(Seen(what="x", value=1, file="b.jpg", page=1),))
    assert requests(other, blurred) == ["document.mrz.unsure", "document.picture.blurred"]
    assert requests(finding("document.expired", **CONTRADICTS), blurred) == [
        "document.expired",
        "document.picture.blurred",
    ]


def test_the_same_thing_is_asked_once() -> None:
    assert requests(finding("a.b"), finding("a.b")) == ["a.b"]


@pytest.mark.parametrize(
    ("places", "about"),
    [
        ([("a.jpg", 1)], "a.jpg"),
        ([("a.pdf", 3)], "a.pdf, page 3"),
        ([("a.pdf", 1), ("a.pdf", 2)], "a.pdf"),
        ([("a.jpg", 1), ("b.mp4", None)], None),
        ([], None),
    ],
)
def test_a_request_names_the_one_file_it_is_about(
    places: list[tuple[str, int | None]], about: str | None
) -> None:
    seen = tuple(Seen(what="x", value=1, file=file, page=page) for file, page in places)
    (request,) = _requests(finding("a.b", seen=seen))
    assert request.about == about
