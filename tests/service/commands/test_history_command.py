"""A claimed life judged from the command line, with nobody asked and with a registry asked."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from service.workflow.rules import ALL_RULES
from tests.service.conftest import Bonafide

TOLD = {
    "identity": {"birthDate": "1990-06-01"},
    "work": [
        {"name": "Halvorsen Freight", "startDate": "2012-09", "endDate": "2016-02"},
        {"name": "Kestrel Maps", "startDate": "2016-05", "url": "https://www.example.org"},
    ],
}


def claims(folder: Path, told: Any) -> Path:
    path = folder / "claims.json"
    path.write_text(json.dumps(told), "utf-8")
    return path


@pytest.fixture
def registry() -> Iterator[str]:
    """The address of a registry of domains that knows one (RFC 9083, 5.3)."""

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/domain/example.org"
            events = [{"eventAction": "registration", "eventDate": "2015-08-31T04:00:00Z"}]
            domain = {"objectClassName": "domain", "ldhName": "EXAMPLE.ORG", "events": events}
            self.send_response(200 if known else 404)
            self.send_header("content-type", "application/rdap+json")
            self.end_headers()
            self.wfile.write(json.dumps(domain if known else {"errorCode": 404}).encode())

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_offline_nobody_is_asked_and_a_life_that_fits_is_verified(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    ran = bonafide("history", "--offline", "--json", claims(tmp_path, TOLD))
    assert ran.status == 0, ran.err
    told = json.loads(ran.out)
    assert told.keys() == {"file", "outcome", "findings", "rules", "outside", "problem"}
    assert (told["outcome"], told["problem"]) == ("verified", None)
    assert [finding["code"] for finding in told["findings"]] == ["history.timeline.consistent"]
    assert {rule["rule"] for rule in told["rules"]} == {rule.id for rule in ALL_RULES}
    assert not any(told["outside"].values())
    assert "Asking" not in ran.err


def test_a_life_that_does_not_fit_is_told_with_what_would_explain_it_and_what_to_ask(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    child = {"name": "Halvorsen Freight", "startDate": "1999-09", "endDate": "2016-02"}
    page = tmp_path / "report.html"
    told = TOLD | {"work": [child]}
    ran = bonafide("history", "--offline", "--report", page, claims(tmp_path, told))
    assert ran.status == 0, ran.err
    (rule,) = (rule for rule in ALL_RULES if rule.code == "history.employed_before_fourteen")
    for said in ("needs_info", rule.code, f"could be: {rule.benign}", f"ask: {rule.question}"):
        assert said in ran.out
    assert "nobody was asked" in ran.out
    assert "for want of a company registry's answer" in ran.out
    assert "Nobody outside was asked" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o077 == 0


def test_who_is_asked_and_who_cannot_be_is_said_before_and_answers_are_told_and_drawn(
    bonafide: Bonafide, tmp_path: Path, registry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDE_SOURCE_URLS", json.dumps({"rdap": registry}))
    monkeypatch.delenv("BONAFIDE_EDGAR_CONTACT", raising=False)
    page = tmp_path / "report.html"
    named = ("--source", "rdap", "--source", "edgar")
    ran = bonafide("history", *named, "--report", page, claims(tmp_path, TOLD))
    assert ran.status == 0, ran.err
    assert "edgar is not asked: BONAFIDE_EDGAR_CONTACT is not set." in ran.err
    assert "Asking outside, up to 10 seconds: RDAP (1)." in ran.err
    assert "outside   1 found" in ran.out
    assert "RDAP, domain example.org: Registered on 2015-08-31." in ran.out
    assert "example.org (RDAP)" in page.read_text("utf-8")


def test_a_source_that_there_is_not_is_refused(bonafide: Bonafide, tmp_path: Path) -> None:
    ran = bonafide("history", "--source", "oracle", claims(tmp_path, TOLD))
    assert ran.status == 2
    assert "There is no source 'oracle'. They are: rdap," in ran.err
    assert ran.out == ""


def test_a_resume_as_pdf_is_sent_to_the_command_that_reads_it(
    bonafide: Bonafide, tmp_path: Path
) -> None:
    path = tmp_path / "resume.pdf"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    ran = bonafide("history", "--json", path)
    assert ran.status == 2
    told = json.loads(ran.out)
    assert told["outcome"] is None
    assert "`bonafide resume FILE` makes claims of it" in told["problem"]
