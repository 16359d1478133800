"""A verification on its way: followed, listed, submitted, cancelled, deleted."""

from typing import Any

import pytest

from models.verdict import Outcome
from tests.service.api.conftest import Service, a_jpeg, an_order


def _type(answer: Any) -> str:
    return str(answer.json()["type"]).removeprefix("urn:bonafide:problem:")


def _status(service: Service, verification: str) -> dict[str, Any]:
    answer = service.client.get(f"/v1/verifications/{verification}")
    assert answer.status_code == 200
    return dict(answer.json())


def test_the_status_tells_where_it_stands(service: Service) -> None:
    verification = service.completed(Outcome.HOLD)
    told = _status(service, verification)
    assert (told["state"], told["outcome"], told["label"]) == ("completed", "hold", "On hold")
    assert told["generation"] == 1
    assert told["policy"] == "default v2"
    base = f"https://bonafide.example/v1/verifications/{verification}"
    assert told["links"]["verdict"] == f"{base}/verdict"
    assert told["links"]["page"] == f"https://bonafide.example/verifications/{verification}"


def test_to_ask_for_the_status_opens_nothing_and_records_nothing(service: Service) -> None:
    verification = service.order(candidate={"reference": "a-1", "name": "Anna"})
    before = service.actions()
    assert "Anna" not in str(_status(service, verification))
    assert "a-1" not in str(_status(service, verification))
    assert service.actions() == before


def test_a_parked_one_says_why(service: Service) -> None:
    verification = service.submitted()
    service.park(verification)
    told = _status(service, verification)
    assert (told["state"], told["problem"]) == ("parked", "It stopped three times.")


def test_what_is_submitted_is_enqueued_after_it_was_committed(service: Service) -> None:
    seen = []

    class Looking:
        def enqueue(self, case: str) -> None:
            seen.append((case, [work.generation for work in service.store.queued_work()]))

    verification = service.order()
    service.send(verification, ("a.jpg", a_jpeg()))
    object.__setattr__(service.parts, "engine", Looking())
    answer = service.client.post(f"/v1/verifications/{verification}/submit")
    assert answer.status_code == 202
    assert answer.json()["state"] == "queued"
    assert seen == [(f"{verification}/1", [1])]


def test_submit_before_evidence_is_refused(service: Service) -> None:
    answer = service.client.post(f"/v1/verifications/{service.order()}/submit")
    assert answer.status_code == 409
    assert _type(answer) == "no-evidence"
    assert service.parts.engine.names == []


def test_claims_alone_can_be_submitted(service: Service) -> None:
    verification = service.order(claims={"basics": {"name": "Anna"}})
    assert service.client.post(f"/v1/verifications/{verification}/submit").status_code == 202


def test_submit_with_a_half_upload_is_refused(service: Service) -> None:
    verification = service.order()
    service.send(verification, ("a.jpg", a_jpeg()))
    service.client.post(
        f"/v1/verifications/{verification}/uploads",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": "10"},
    )
    answer = service.client.post(f"/v1/verifications/{verification}/submit")
    assert answer.status_code == 409
    assert _type(answer) == "upload-unfinished"


def test_submit_twice_is_one_submission(service: Service) -> None:
    verification = service.submitted()
    again = service.client.post(f"/v1/verifications/{verification}/submit")
    assert again.status_code == 409
    assert _type(again) == "in-work"
    assert service.parts.engine.names == [f"{verification}/1"]


def test_after_a_verdict_more_evidence_makes_the_next_generation(service: Service) -> None:
    verification = service.completed()
    assert service.send(verification, ("b.jpg", a_jpeg())).status_code == 201
    answer = service.client.post(f"/v1/verifications/{verification}/submit")
    assert answer.json()["generation"] == 2
    assert service.parts.engine.names[-1] == f"{verification}/2"


def test_a_cancelled_one_takes_nothing_more_and_tells_the_orderer_once(service: Service) -> None:
    verification = service.submitted(callback="https://93.184.215.14/hook")
    for _ in range(2):
        answer = service.client.post(f"/v1/verifications/{verification}/cancel")
        assert answer.json()["state"] == "cancelled"
    deliveries = service.client.get("/v1/deliveries").json()["items"]
    assert [d["event"] for d in deliveries] == ["verification.updated"]
    assert service.send(verification, ("b.jpg", a_jpeg())).status_code == 409
    submitted = service.client.post(f"/v1/verifications/{verification}/submit")
    assert _type(submitted) == "cancelled"


def test_a_completed_one_cannot_be_cancelled(service: Service) -> None:
    answer = service.client.post(f"/v1/verifications/{service.completed()}/cancel")
    assert answer.status_code == 409


def test_to_delete_removes_rows_bytes_and_the_only_key(service: Service) -> None:
    verification = service.completed()
    assert service.blob_files
    assert service.client.delete(f"/v1/verifications/{verification}").status_code == 204
    assert service.client.get(f"/v1/verifications/{verification}").status_code == 404
    assert service.blob_files == []


def test_one_in_work_is_not_deleted_under_its_worker(service: Service) -> None:
    verification = service.submitted()
    answer = service.client.delete(f"/v1/verifications/{verification}")
    assert answer.status_code == 409
    assert _type(answer) == "in-work"


def test_to_forget_a_candidate_removes_every_verification_of_theirs(service: Service) -> None:
    ours = [service.completed(candidate={"reference": "a-1"}) for _ in range(2)]
    another = service.completed(candidate={"reference": "b-2"})
    candidate = _status(service, ours[0])["candidate_id"]
    assert service.client.delete(f"/v1/candidates/{candidate}").status_code == 204
    for verification in ours:
        assert service.client.get(f"/v1/verifications/{verification}").status_code == 404
    assert _status(service, another)["state"] == "completed"
    assert len(service.blob_files) == 1


def test_pages_of_the_list_follow_each_other_without_gap_or_repetition(service: Service) -> None:
    made = [service.order() for _ in range(7)]
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = service.client.get("/v1/verifications", params={"limit": 3} | after).json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == made[::-1]


def test_the_list_is_filtered(service: Service) -> None:
    first = service.completed(Outcome.HOLD, candidate={"reference": "a-1"}, stage="offer")
    second = service.order(candidate={"reference": "b-2"})

    def found(**which: str) -> list[str]:
        page = service.client.get("/v1/verifications", params=which)
        assert page.status_code == 200, page.text
        return [item["id"] for item in page.json()["items"]]

    assert found(state="completed") == found(outcome="hold") == found(stage="offer") == [first]
    assert found(reference="b-2") == [second]
    assert found(reference="nobody") == []
    assert found(candidate=_status(service, first)["candidate_id"]) == [first]
    assert found(created_from="2000-01-01T00:00:00Z") == [second, first]
    assert found(created_before="2000-01-01T00:00:00+14:00") == []


@pytest.mark.parametrize(
    "which",
    [
        {"stat": "completed"},
        {"state": "done"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "9" * 5000},
        {"after": "1"},
        {"reference": "a\x00b"},
        {"reference": "x" * 201},
        {"created_from": "0001-01-01T00:00:00+14:00"},
        {"created_from": "2026-01-01T00:00:00"},
    ],
)
def test_a_filter_that_means_nothing_is_refused(service: Service, which: dict[str, str]) -> None:
    answer = service.client.get("/v1/verifications", params=which)
    assert answer.status_code == 422
    assert _type(answer) == "invalid"


def test_the_list_after_somebody_elses_verification_is_not_found(service: Service) -> None:
    theirs = service.client.post(
        "/v1/verifications",
        json=an_order(),
        headers={"Authorization": f"Bearer {service.other_key}"},
    ).json()["id"]
    answer = service.client.get("/v1/verifications", params={"after": theirs})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("path", "known"),
    [("", "after, candidate, created_before"), ("/{0}", "none"), ("/{0}/verdict", "generation")],
)
def test_a_misspelt_parameter_is_refused_and_not_passed_over(
    service: Service, path: str, known: str
) -> None:
    path = "/v1/verifications" + path.format(service.completed())
    answer = service.client.get(path, params={"genration": "1"})
    assert (answer.status_code, _type(answer)) == (422, "invalid")
    assert "query.genration: There is no such parameter here; there are: " in answer.text
    assert known in answer.text
    assert service.client.get(path).status_code == 200


def test_a_stranger_is_not_told_which_parameters_there_are(service: Service) -> None:
    answer = service.client.get(
        "/v1/verifications", params={"x": "1"}, headers={"Authorization": ""}
    )
    assert (answer.status_code, _type(answer)) == (401, "unauthenticated")
