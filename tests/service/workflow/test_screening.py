"""The step that looks on sanctions lists: an installed list, a match API, and the queue."""

import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import stamina
from pydantic import ValidationError

from models.finding import EvidenceClass, Status
from models.history import Claims
from models.order import Candidate, Consent, VerificationOrder
from models.sanctions import Hit, Party
from models.surroundings import Payroll, Surroundings
from service.lists.folder import ListsFolder
from service.lists.updating import add_list
from service.settings import Settings
from service.store.actor import SYSTEM
from service.workflow.pipeline import Step, StepResult
from service.workflow.screening import SearchesLists, screening_step
from tests.history_sources.local_server import local_server, says
from tests.screening.lists.made import eu_export
from tests.service.store.building import COMPLIANCE, House
from verifiers.screening.matching import ListIndex
from verifiers.screening.person_names import PersonName

NAME, BORN = "Jiho Beispiel", date(1969, 4, 28)
"""Of somebody on the list that these tests make."""


@pytest.fixture
def house(new_sqlite_database: str, tmp_path: Path) -> Iterator[House]:
    built = House(new_sqlite_database, tmp_path)
    yield built
    built.store.close()


@pytest.fixture
def listed(house: House) -> House:
    """The same with a list in its folder."""
    file = house.folder / "new.xml"
    file.write_text(eu_export())
    add_list(file, ListsFolder(house.folder / "lists"))
    return house


def an_order(**more: object) -> VerificationOrder:
    return VerificationOrder.model_validate(
        {
            "candidate": Candidate(name=NAME),
            "claims": Claims(),
            "consent": Consent(verification=True),
            **more,
        }
    )


def step(
    house: House, order: VerificationOrder, birth: date | None, **settings: str
) -> tuple[UUID, StepResult]:
    verification = house.submitted(house.ordered(order)).verification
    lists = SearchesLists(Settings.model_validate({"folder": house.folder, **settings}))
    documents = StepResult(step=Step.DOCUMENTS, findings=(), birth_date=birth)
    searched = lists.search(order, documents)
    with house.acting(SYSTEM) as t:
        first = screening_step(t, verification, searched)
    with house.acting(SYSTEM) as t:  # As after a crash: it queues nothing twice.
        assert screening_step(t, verification, searched) == first
    return verification, first


def waiting(house: House) -> list[UUID]:
    with house.acting(COMPLIANCE) as t:
        return [one.verification for one in t.screening.list()]


def test_a_name_and_a_birth_date_are_found_and_queued_once_for_compliance(listed: House) -> None:
    verification, result = step(listed, an_order(), BORN)
    assert result.listed
    assert [one.agrees_in for one in result.listed] == [("birth date",)]
    assert (result.findings, waiting(listed)) == ((), [verification])


def test_the_same_name_with_another_birth_date_or_with_none_is_nobody(listed: House) -> None:
    for birth in (date(1991, 7, 9), None):
        assert step(listed, an_order(), birth)[1].listed == ()
    assert waiting(listed) == []


def test_without_lists_it_is_unknown_and_queues_nothing(house: House) -> None:
    assert step(house, an_order(), BORN)[1].listed is None
    assert waiting(house) == []


def test_whoever_is_paid_by_another_name_is_looked_for_without_the_candidates_birth_date(
    listed: House,
) -> None:
    paid = Surroundings(payroll=Payroll(holder=NAME))
    order = an_order(candidate=Candidate(name="Ada Adams"), surroundings=paid)
    assert step(listed, order, BORN)[1].listed == ()


def _remembered() -> set[str]:
    """Names that are in memory, made ready to be compared."""
    return {one.text for one in gc.get_objects() if isinstance(one, PersonName)}


def test_payrolls_account_reaches_the_search_and_whoever_was_looked_for_is_forgotten(
    listed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Party] = []
    remembered: set[str] = set()
    search = ListIndex.search

    def searched(index: ListIndex, party: Party) -> tuple[Hit, ...]:
        asked.append(party)
        hits = search(index, party)
        remembered.update(_remembered())
        return hits

    monkeypatch.setattr(ListIndex, "search", searched)
    paid = Surroundings(payroll=Payroll(holder="Otto Other", account="BANK 123456"))
    step(listed, an_order(surroundings=paid), BORN)
    assert ("payout", ("BANK 123456",)) in [(party.role, party.accounts) for party in asked]
    assert NAME in remembered
    assert NAME not in _remembered()


@pytest.mark.parametrize(
    "address",
    [
        "yente.example", "ftp://yente.example", "http://yente.example", "https://[bad",
        "https://host:abc", "https://exa mple", "https://host:99999", "https://",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_asked_safely_is_told_at_the_start(address: str) -> None:
    with pytest.raises(ValidationError, match="yente_url"):
        Settings.model_validate({"yente_url": address})


def test_a_match_api_may_be_on_this_machine_or_while_developing_anywhere() -> None:
    for address in ("http://127.0.0.1:8000", "http://[::1]:8000", "https://yente.example/api"):
        assert Settings.model_validate({"yente_url": address}).yente_url == address
    assert Settings.model_validate({"yente_url": "http://yente:8000", "development": True})


def test_a_match_api_is_asked_beside_the_lists_and_its_silence_is_unknown(house: House) -> None:
    found = {
        "id": "NK-1",
        "caption": NAME,
        "schema": "Person",
        "properties": {"name": [NAME], "birthDate": [BORN.isoformat()]},
        "datasets": ["elsewhere"],
        "score": 1.0,
        "match": True,
    }
    with local_server() as server, stamina.set_testing(True, attempts=1):
        address = {"yente_url": server.url, "yente_key": "a-key"}
        server.answers["/match/sanctions"] = says({"responses": {"q0": {"results": [found]}}})
        _, result = step(house, an_order(), BORN, **address)
        assert result.listed
        assert result.listed[0].list_name == "elsewhere"
        server.answers["/match/sanctions"] = says({}, 503)
        _, result = step(house, an_order(), BORN, **address)
    assert result.listed is None
    (silent,) = result.findings
    assert (silent.status, silent.evidence_class) == (Status.UNKNOWN, EvidenceClass.SCREENING)
