"""What is in common with others, as it stands when somebody asks."""

from typing import Any
from uuid import UUID, uuid4

from models.link import Identifier, LinkKind
from models.policy import DEFAULT_POLICY
from models.stage import Stage
from service.store.actor import SYSTEM
from service.store.results import Work
from service.store.tables import Verification
from service.workflow.conclusion import conclude
from service.workflow.pipeline import Step, StepResult
from tests.service.api.conftest import NOW, Service

BANK = Identifier(kind=LinkKind.BANK_ACCOUNT, canonical="GB33BUKB20201555555555", masked="GB…55")
DEVICE = Identifier(kind=LinkKind.DEVICE, canonical="serial PF2X9Q1", masked="serial …Q1")
PHONE = Identifier(kind=LinkKind.PHONE, canonical="+442079460001", masked="+44…01")
PORTFOLIO = Identifier(kind=LinkKind.PORTFOLIO, canonical="ada.example/work", masked="ada…")


def linked(service: Service, reference: str, *has: Identifier, looked: bool = True) -> str:
    """A verification with a verdict, whose candidate has these."""
    verification = service.submitted(candidate={"reference": reference, "name": "Xylo Phone"})
    work = Work(UUID(verification), 1)
    looking = StepResult(step=Step.LINKAGE, findings=(), identifiers=has, shared=())
    results = [
        looking if looked and step is Step.LINKAGE else StepResult(step=step, findings=())
        for step in Step
    ]
    with service.store.tenant(service.tenant, SYSTEM) as t:
        t.identifiers.remember(work.verification, has)
        for result in results:
            assert t.results.begin(work, result.step.value)
            t.results.finish(work, result.step.value, result.model_dump_json().encode())
        verified = conclude(
            results, id=work.verification, now=NOW, stage=Stage.INTERVIEW, policy=DEFAULT_POLICY
        )
        assert t.results.conclude(work, verified)
    return verification


def told(service: Service, verification: str) -> dict[str, Any]:
    answer = service.client.get(f"/v1/verifications/{verification}/links")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_an_earlier_case_learns_of_one_that_came_later(service: Service) -> None:
    first = linked(service, "ada", BANK, DEVICE, PHONE)
    assert told(service, first)["links"] == []
    second = linked(service, "bob", BANK, DEVICE)
    said = told(service, first)
    assert said["looked"]
    (link,) = said["links"]
    assert link["verification"] == second
    assert {(tie["kind"], tie["masked"]) for tie in link["ties"]} == {
        ("bank_account", BANK.masked),
        ("device", DEVICE.masked),
    }
    assert all(tie["innocent_explanation"] for tie in link["ties"])
    assert said["neighbourhood"]["verifications"] == [first, second]
    (edge,) = said["neighbourhood"]["edges"]
    assert {edge["one"], edge["other"]} == {first, second}


def test_one_thing_in_common_is_no_link(service: Service) -> None:
    first = linked(service, "ada", BANK, DEVICE)
    linked(service, "bob", BANK, PHONE)
    said = told(service, first)
    assert (said["looked"], said["links"]) == (True, [])
    assert said["neighbourhood"] == {"verifications": [first], "edges": [], "cut_off": False}


def test_whoever_is_tied_to_those_is_around_but_not_linked(service: Service) -> None:
    first = linked(service, "ada", BANK, DEVICE)
    second = linked(service, "bob", BANK, DEVICE, PHONE, PORTFOLIO)
    third = linked(service, "eve", PHONE, PORTFOLIO)
    said = told(service, first)
    assert [link["verification"] for link in said["links"]] == [second]
    assert said["neighbourhood"]["verifications"] == [first, second, third]
    assert len(said["neighbourhood"]["edges"]) == 2


def test_nothing_but_masked_values_and_verifications_is_told(service: Service) -> None:
    first = linked(service, "ada", BANK, DEVICE)
    linked(service, "bob", BANK, DEVICE)
    text = service.client.get(f"/v1/verifications/{first}/links").text
    for secret in (BANK.canonical, DEVICE.canonical, "Xylo", "bob"):
        assert secret not in text


def test_a_forgotten_candidate_is_linked_no_more(service: Service) -> None:
    first = linked(service, "ada", BANK, DEVICE)
    second = linked(service, "bob", BANK, DEVICE)
    candidate = service.client.get(f"/v1/verifications/{second}").json()["candidate_id"]
    assert service.client.delete(f"/v1/candidates/{candidate}").status_code == 204
    assert told(service, first)["links"] == []


def test_one_whose_order_is_damaged_costs_only_what_lies_beyond_them(service: Service) -> None:
    first = linked(service, "ada", BANK, DEVICE)
    second = linked(service, "bob", BANK, DEVICE, PHONE, PORTFOLIO)
    linked(service, "eve", PHONE, PORTFOLIO)
    with service.store._transaction() as session:
        row = session.get_one(Verification, UUID(second))
        row.sealed_order = row.sealed_order[:-1] + bytes([row.sealed_order[-1] ^ 1])
    said = told(service, first)
    assert [link["verification"] for link in said["links"]] == [second]
    assert said["neighbourhood"]["verifications"] == [first, second]


def test_of_a_case_of_before_it_is_said_that_nobody_looked(service: Service) -> None:
    old = linked(service, "ada", looked=False)
    linked(service, "bob", BANK, DEVICE)
    said = told(service, old)
    assert (said["looked"], said["links"]) == (False, [])


def test_the_view_is_recorded_and_without_a_verdict_there_is_none(service: Service) -> None:
    first = linked(service, "ada", BANK)
    told(service, first)
    assert service.actions()[-1] == "links.viewed"
    waiting = service.submitted()
    before = service.actions()
    for verification in (waiting, str(uuid4())):
        assert service.client.get(f"/v1/verifications/{verification}/links").status_code == 404
    assert service.actions() == before
