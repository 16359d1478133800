"""What came out: as data, as a page, as pictures, of each submission; every view recorded."""

from uuid import UUID

import pytest

from models.person import FaceTemplate, TemplateKind
from models.verdict import Outcome
from models.verification import Verification
from service.store.actor import SYSTEM
from service.store.results import Work
from tests.service.api.conftest import Service, a_jpeg


def _two_verdicts(service: Service) -> str:
    verification = service.completed(Outcome.HOLD)
    service.send(verification, ("b.jpg", a_jpeg()))
    service.client.post(f"/v1/verifications/{verification}/submit")
    service.conclude(verification, Outcome.NEEDS_INFO)
    return verification


def test_the_verdict_is_the_whole_verification(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    answer = service.client.get(f"/v1/verifications/{verification}/verdict")
    told = Verification.model_validate_json(answer.text)
    assert told.verdict.outcome is Outcome.HOLD
    assert {f.code for f in told.findings} == {"document.chip.signature", "face.match"}
    assert answer.headers["cache-control"] == "no-store"


def test_face_templates_never_leave_by_the_api(service: Service) -> None:
    verification = service.completed()
    template = FaceTemplate(kind=TemplateKind.LIVE, engine="x", vector=(0.125,) * 64, faces=3)
    service.send(verification, ("b.jpg", a_jpeg()))
    service.client.post(f"/v1/verifications/{verification}/submit")
    with service.store.tenant(service.tenant, SYSTEM) as t:
        verified = t.results.verified(UUID(verification), 1)
        kept = verified.model_copy(update={"templates": (template,)})
        assert t.results.conclude(Work(UUID(verification), 2), kept)
    answer = service.client.get(f"/v1/verifications/{verification}/verdict")
    assert answer.json()["templates"] == []
    assert "0.125" not in answer.text


def test_each_submission_keeps_its_own_verdict_report_and_pictures(service: Service) -> None:
    verification = _two_verdicts(service)
    base = f"/v1/verifications/{verification}"
    for generation, outcome in ((None, "needs_info"), (1, "hold"), (2, "needs_info")):
        which = {"generation": generation} if generation else {}
        verdict = service.client.get(f"{base}/verdict", params=which).json()["verdict"]
        assert verdict["outcome"] == outcome
        pictures = service.client.get(f"{base}/pictures", params=which).json()["items"]
        caption = f"Frame of submission {generation or 2}"
        assert pictures == [{"name": "presence-1", "caption": caption}]
        assert caption in service.client.get(f"{base}/report", params=which).text


def test_while_it_is_verified_anew_the_last_verdict_is_there(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    service.client.post(f"/v1/verifications/{verification}/submit")
    for what in ("verdict", "report", "pictures", "pictures/presence-1"):
        answer = service.client.get(f"/v1/verifications/{verification}/{what}")
        assert answer.status_code == 200, what


def test_the_report_is_one_page_that_can_load_and_run_nothing(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    answer = service.client.get(f"/v1/verifications/{verification}/report")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["cache-control"] == "no-store"
    assert "On hold" in answer.text


def test_a_picture_is_fetched_by_its_name(service: Service) -> None:
    verification = service.completed()
    answer = service.client.get(f"/v1/verifications/{verification}/pictures/presence-1")
    assert answer.content == a_jpeg()
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["presence-2", "..%2f..%2fetc%2fpasswd", "%00", "x" * 3000])
def test_a_picture_that_is_not_there_is_not_found(service: Service, name: str) -> None:
    verification = service.completed()
    answer = service.client.get(f"/v1/verifications/{verification}/pictures/{name}")
    assert answer.status_code == 404


@pytest.mark.parametrize("what", ["verdict", "report", "pictures", "pictures/presence-1"])
def test_without_a_verdict_there_is_nothing_to_read(service: Service, what: str) -> None:
    waiting, done = service.order(), service.completed()
    assert service.client.get(f"/v1/verifications/{waiting}/{what}").status_code == 404
    for generation, status in ((2, 404), (2**31 - 1, 404), (0, 422), (2**31, 422), (10**40, 422)):
        answer = service.client.get(
            f"/v1/verifications/{done}/{what}", params={"generation": generation}
        )
        assert answer.status_code == status


@pytest.mark.parametrize("what", ["verdict", "report", "pictures", "pictures/presence-1"])
def test_every_view_is_recorded(service: Service, what: str) -> None:
    verification = service.completed()
    before = service.actions().count("verdict.viewed")
    service.client.get(f"/v1/verifications/{verification}/{what}")
    assert service.actions().count("verdict.viewed") == before + 1
