"""A résumé by the API: a draft of claims comes back, and nothing of it stays."""

from contextlib import ExitStack

import pytest

from samples.resumes import LAYOUTS, as_docx, as_pdf
from service.api import resumes
from tests.resume.careers import ANNA
from tests.service.api.conftest import Service

PDF = "application/pdf"


def test_a_resume_comes_back_as_draft_claims_and_is_not_stored(service: Service) -> None:
    sent = {"file": ("cv.docx", as_docx(ANNA, LAYOUTS[0]))}
    answer = service.client.post("/v1/resumes", files=sent)
    assert answer.status_code == 200, answer.text
    draft = answer.json()
    first = draft["claims"]["work"][0]
    assert (first["name"], first["position"]) == ("Kestrel Maps", "Principal Engineer")
    assert first["startDate"] == "2016-02"
    assert "endDate" not in first
    where = {one["field"]: one["at"]["text"] for one in draft["read"]}
    assert "Kestrel Maps" in where["work[0].name"]
    assert any("Kestrel Maps" in line["text"] for line in draft["text"])
    assert service.blob_files == []


def test_the_file_itself_may_be_the_body(service: Service) -> None:
    headers = {"Content-Type": PDF}
    data = as_pdf(ANNA, LAYOUTS[1])
    answer = service.client.post("/v1/resumes", content=data, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["claims"]["basics"]["email"] == ANNA["basics"]["email"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"Dear all", "is plain text"), (b"", "is empty"), (b"%PDF-1.4 and no more", "damaged")],
)
def test_what_is_no_resume_is_a_problem_that_says_what_to_do(
    service: Service, data: bytes, problem: str
) -> None:
    answer = service.client.post("/v1/resumes", files={"file": ("cv.pdf", data)})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["type"] == "urn:bonafide:problem:unusable-file"
    assert said["file"] == "cv.pdf"
    assert problem in said["problem"]
    assert said["action"]


def test_a_resume_above_ten_megabytes_is_refused(service: Service) -> None:
    answer = service.client.post("/v1/resumes", files={"file": ("cv.pdf", b"x" * 10_000_001)})
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:bonafide:problem:too-large"


def test_one_file_in_the_field_file_and_no_other_media_type(service: Service) -> None:
    two = [("file", ("a.pdf", b"x")), ("file", ("b.pdf", b"x"))]
    assert service.client.post("/v1/resumes", files=two).status_code == 422
    answer = service.client.post("/v1/resumes", json={"file": "x"})
    assert answer.status_code == 415


def test_a_stranger_hears_nothing(service: Service) -> None:
    answer = service.client.post(
        "/v1/resumes", content=b"x", headers={"Authorization": "", "Content-Type": PDF}
    )
    assert answer.status_code == 401


def test_who_comes_when_enough_others_wait_is_told_at_once_to_come_back(service: Service) -> None:
    with ExitStack() as busy:
        for place in [resumes._reading] * resumes.AT_ONCE + [resumes._waiting] * resumes.WAITING:
            busy.enter_context(place)
        answer = service.client.post("/v1/resumes", content=b"x", headers={"Content-Type": PDF})
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:bonafide:problem:not-ready"
    assert int(answer.headers["Retry-After"]) > 0
