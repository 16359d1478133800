"""Who is asked about a candidate, what becomes of a stop meanwhile, and of cases begun before."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.history import Claims
from models.order import Consent, State, VerificationOrder
from models.outside import Outside
from models.stage import Stage
from service.linkage.faces import FaceIndexes
from service.settings import Settings
from service.store.actor import SYSTEM
from service.workflow.cases import VERDICT, StoredCases
from service.workflow.pipeline import Step, StepResult
from service.workflow.sources import Interrupted, Sources, sources_of, sources_step
from tests.service.store.building import House
from verifiers.history.sources import SourceSettings

CAREER = Claims.model_validate(
    {
        "identity": {"birthDate": "1990-04-01"},
        "basics": {"profiles": [{"network": "GitHub", "username": "ann"}]},
        "work": [{"name": "Mill Ltd", "startDate": "2012-01", "endDate": "2019-06"}],
    }
)
PROOF = "bonafide-of-this-candidate"


def now() -> datetime:
    return datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


class _Github(BaseHTTPRequestHandler):
    """An account whose gists are those of the class, and a registry that is slow."""

    gists: dict[str, str]
    reached: threading.Event
    end: threading.Event

    def do_GET(self) -> None:
        self.reached.set()
        path = self.path.partition("?")[0]
        if path == "/search/companies":
            self.end.wait(60)
        elif path == "/users/ann":
            self._answer({"login": "ann", "id": 7, "created_at": "2015-01-01T00:00:00Z"})
        elif path == "/users/ann/gists":
            self._answer([{"id": id, "description": text} for id, text in self.gists.items()])
        elif path.startswith("/gists/"):
            self._answer({"files": {}})
        else:
            self._answer([])

    def _answer(self, said: object) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def github() -> Iterator[tuple[str, type[_Github]]]:
    """Its address, and what it shows."""

    class Shown(_Github):
        gists: dict[str, str] = {}  # noqa: RUF012 - of one test
        reached = threading.Event()
        end = threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shown)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", Shown
    Shown.end.set()
    server.shutdown()
    thread.join()
    server.server_close()


def asking(name: str, address: str) -> Sources:
    settings = SourceSettings.model_validate(
        {
            "enabled": (name,),
            "base_urls": {name: address},
            "companies_house_key": "a-key",
            "seconds": 300,
        }
    )
    return Sources(settings, now)


def test_nobody_is_asked_until_the_operator_names_somebody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BONAFIDE_SOURCES", raising=False)
    settings = Settings(folder=tmp_path)
    assert settings.outside is None
    result = sources_step(sources_of(settings, now), CAREER, PROOF)
    assert result == StepResult(step=Step.SOURCES, findings=(), outside=Outside())


def test_the_environment_names_sources_and_a_wrong_one_is_told_by_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDE_SOURCES", "rdap, companies-house")
    outside = Settings(folder=tmp_path).outside
    assert outside is not None
    assert outside.enabled == ("rdap", "companies-house")
    monkeypatch.setenv("BONAFIDE_SOURCES", "rdap,the-neighbours")
    monkeypatch.setenv("BONAFIDE_SOURCE_URLS", '{"rdap": "http://user:word@far.example"}')
    with pytest.raises(ValueError, match="the-neighbours") as wrong:
        Settings(folder=tmp_path)
    assert "word@far" not in str(wrong.value)
    errors = wrong.value.errors()  # type: ignore[attr-defined]
    assert [error["loc"] for error in errors] == [("sources",), ("source_urls",)]


@pytest.mark.parametrize(("text", "proven"), [(PROOF, True), ("notes", None)])
def test_control_of_an_account_is_shown_or_not_known(
    github: tuple[str, type[_Github]], text: str, proven: bool | None
) -> None:
    address, shown = github
    shown.gists = {"1a": text}
    result = sources_step(asking("github", address), CAREER, PROOF)
    (answer,) = result.outside.github
    assert answer.value is not None
    assert answer.value.proven is proven
    assert result.findings == ()


def test_a_stop_of_the_service_waits_for_no_source(github: tuple[str, type[_Github]]) -> None:
    address, shown = github
    asked = asking("companies-house", address)
    ended: list[BaseException] = []

    def ask() -> None:
        try:
            asked.ask(CAREER, PROOF)
        except Interrupted as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert shown.reached.wait(60)
    asked.interrupt()
    thread.join(60)
    assert len(ended) == 1
    with pytest.raises(Interrupted):
        asked.ask(CAREER, PROOF)


@pytest.mark.parametrize("done", [tuple(Step)[:4], tuple(s for s in Step if s is not Step.SOURCES)])
def test_a_case_begun_before_there_were_sources_goes_on_to_its_verdict(
    new_sqlite_database: str, tmp_path: Path, done: tuple[Step, ...]
) -> None:
    house = House(new_sqlite_database, tmp_path)
    order = VerificationOrder(
        stage=Stage.PERIODIC, claims=CAREER, consent=Consent(verification=True)
    )
    work = house.submitted(house.ordered(order))
    for step in done:
        before = StepResult(step=step, findings=()).model_dump(mode="json")
        for added in ("outside", "judged"):
            del before[added]
        with house.acting(SYSTEM) as t:
            assert t.results.begin(work, step)
            t.results.finish(work, step, json.dumps(before).encode())
    settings = Settings(folder=house.folder)
    cases = StoredCases(house.store, settings, FaceIndexes(house.store))
    for step in (*Step, VERDICT):
        cases.perform(f"{work.verification}/{work.generation}", step)
    with house.acting() as t:
        assert t.verifications.get(work.verification).state == State.COMPLETED
    house.store.close()
