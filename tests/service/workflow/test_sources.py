"""A claimed job held against registries, from the order to the verdict: API, worker, sources."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.runtime import running
from service.settings import Settings
from service.store.actor import OPERATOR

BEFORE = "history.employed_before_the_employer"
UNANSWERED = "history.sources.unanswered"
PATIENCE_SECONDS = 120

COMPANIES: dict[str, dict[str, Any]] = {
    "01": {"company_name": "MILLRACE SOFTWARE LTD", "date_of_creation": "2019-03-04"},
    "02": {
        "company_name": "WEIR HOLDINGS LIMITED",
        "date_of_creation": "2008-06-02",
        "previous_company_names": [{"name": "MILLPOND SYSTEMS LTD"}],
    },
}
"""As Companies House tells them, by number."""
DOMAINS = {"millrace.co.uk": "2011-05-01T00:00:00Z", "millpond.co.uk": "2008-05-01T00:00:00Z"}


def a_career(*work: dict[str, str]) -> dict[str, Any]:
    """The claims of somebody who held these positions."""
    return {
        "identity": {"birthDate": "1985-04-17"},
        "work": [{"countryCode": "GB", **held} for held in work],
    }


class _Registries(BaseHTTPRequestHandler):
    """Companies House and RDAP, as far as they are asked. "Silent" makes the first one busy."""

    asked: list[str]

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        self.asked.append(where.path)
        if where.path == "/search/companies":
            (name,) = parse_qs(where.query)["q"]
            self._search(name)
        elif where.path.startswith("/company/"):
            number = where.path.rpartition("/")[2]
            self._answer(COMPANIES[number] | {"company_number": number})
        elif (domain := where.path.rpartition("/")[2]) in DOMAINS:
            registered = {"eventAction": "registration", "eventDate": DOMAINS[domain]}
            self._answer(
                {"objectClassName": "domain", "ldhName": domain, "events": [registered]},
                "application/rdap+json",
            )
        else:
            self._answer({"errorCode": 404}, status=404)

    def _search(self, name: str) -> None:
        if "Silent" in name:
            self._answer({}, status=503)
            return
        found = [
            {
                "company_number": number,
                "title": company["company_name"],
                "snippet": " ".join(f["name"] for f in company.get("previous_company_names", ())),
            }
            for number, company in COMPANIES.items()
            if name.upper() in json.dumps(company)
        ]
        self._answer({"items": found})

    def _answer(self, said: object, kind: str = "application/json", status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if status == 503:
            self.send_header("retry-after", "3600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Office:
    """The API with a worker behind it, and registries of the tests' own."""

    client: TestClient
    asked: list[str]
    """What the registries were asked for, in order."""

    def order(self, **work: str) -> str:
        """The id of a verification of somebody who claims this position."""
        order = {
            "consent": {"verification": True},
            "stage": "application",
            "claims": a_career(work),
        }
        answer = self.client.post("/v1/verifications", json=order)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def put(self, verification: str, what: str, said: Any) -> None:
        answer = self.client.put(f"/v1/verifications/{verification}/{what}", json=said)
        assert answer.status_code == 200, answer.text

    def verified(self, verification: str) -> dict[str, Any]:
        """Submit it, wait for the verdict, and read where it stands."""
        address = f"/v1/verifications/{verification}"
        assert self.client.post(f"{address}/submit").status_code == 202
        until = time.monotonic() + PATIENCE_SECONDS
        while (told := self.client.get(address).json())["state"] in ("queued", "running"):
            assert time.monotonic() < until, told
            time.sleep(0.05)
        assert told["state"] == "completed", told
        return dict(told)

    def findings(self, verification: str) -> dict[str, dict[str, Any]]:
        """The findings of its latest verdict, by code."""
        verdict = self.client.get(f"/v1/verifications/{verification}/verdict").json()
        return {finding["code"]: finding for finding in verdict["findings"]}


@contextmanager
def registries() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that speaks as they do, and what it is asked."""

    class Registries(_Registries):
        asked: list[str] = []  # noqa: RUF012 - of these tests

    server = ThreadingHTTPServer(("127.0.0.1", 0), Registries)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", Registries.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with registries() as (address, asked):
        settings = Settings.model_validate(
            {
                "folder": tmp_path_factory.mktemp("office"),
                "concurrency": 1,
                "sources": "companies-house,rdap",
                "companies_house_key": "a-key",
                "source_urls": {"companies-house": address, "rdap": address},
            }
        )
        with running(settings, verifies=True, delivers=False) as runtime:
            tenant = runtime.store.add_tenant("ours")
            with runtime.store.tenant(tenant, OPERATOR) as t:
                _, key = t.access.add_key("test")
            headers = {"Authorization": f"Bearer {key}"}
            yield Office(TestClient(create_app(runtime), headers=headers), asked)


def test_a_job_before_its_employer_was_founded_is_asked_about_answered_and_read_by_a_person(
    office: Office,
) -> None:
    job = {"name": "Millrace Software Ltd", "position": "Engineer", "url": "https://millrace.co.uk"}
    verification = office.order(**job, startDate="2012-02", endDate="2020-06")
    told = office.verified(verification)
    assert told["outcome"] == "needs_info"
    assert [request["code"] for request in told["requests"]] == [BEFORE]
    against = office.findings(verification)[BEFORE]
    registry = next(one for one in against["seen"] if one["source"] == "Companies House")
    assert registry["value"] == "2019-03-04"
    assert registry["fetched_at"]
    assert UNANSWERED not in office.findings(verification)

    said = "I was hired by the founders, three years before they made a company of it."
    office.put(verification, "answers", {"items": [{"code": BEFORE, "text": said}]})
    told = office.verified(verification)
    assert told["outcome"] == "review"
    answered = office.findings(verification)["history.answered"]
    assert {BEFORE, said} <= {one["value"] for one in answered["seen"]}
    assert BEFORE in office.findings(verification), "an answer clears nothing by itself"

    corrected = job | {"startDate": "2019-04", "endDate": "2020-06"}
    office.put(verification, "claims", a_career(corrected))
    assert office.verified(verification)["outcome"] == "verified"
    assert not {BEFORE, "history.answered"} & office.findings(verification).keys()


def test_a_job_under_the_employers_former_name_is_no_contradiction(office: Office) -> None:
    verification = office.order(
        name="Millpond Systems Ltd",
        url="https://millpond.co.uk",
        startDate="2012-02",
        endDate="2016-06",
    )
    assert office.verified(verification)["outcome"] == "verified"
    assert "/company/02" in office.asked


def test_a_source_that_does_not_answer_is_told_and_changes_no_outcome(office: Office) -> None:
    verification = office.order(name="Silent Ltd", startDate="2012-02", endDate="2016-06")
    assert office.verified(verification)["outcome"] == "verified"
    finding = office.findings(verification)[UNANSWERED]
    assert (finding["status"], finding["question"]) == ("unknown", None)
    (seen,) = finding["seen"]
    assert seen["source"] == "Companies House"
    assert "Silent Ltd" in seen["what"]
    assert seen["value"]
    assert seen["fetched_at"]
