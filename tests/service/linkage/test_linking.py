"""Two candidates who have things in common are linked, by what is masked; others are not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from models.circumstances import Shared, SharedKind
from models.document import FieldStatus, Mrz, MrzFormat, MrzText
from models.finding import Region
from models.history import Claims
from models.link import LinkKind
from models.order import Candidate, Choice, Consent, VerificationOrder
from models.surroundings import Surroundings
from models.verdict import Outcome
from service.linkage.faces import FaceIndexes
from service.store.actor import SYSTEM, Actor
from service.store.tables import Verification
from service.workflow.linking import linkage_step
from service.workflow.pipeline import DocumentFound, Step, StepResult, ZoneFound
from tests.service.store.building import PROGRAM, RECRUITER, House, a_verdict
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build

IBAN = "GB33 BUKB 2020 1555 5555 55"
BROWSER = "5f2c0f4e-8d7b-4c55-9c0e-1f8f6f0a7b21"
FARM: dict[str, Any] = {"iban": IBAN, "browser": BROWSER}


@pytest.fixture
def quick(new_sqlite_database: str, tmp_path: Path) -> Iterator[House]:
    """A store for what is the same in every database."""
    built = House(new_sqlite_database, tmp_path)
    yield built
    built.store.close()


def an_order(
    name: str,
    *,
    iban: str | None = None,
    browser: str | None = None,
    ip: str = "81.2.69.142",
    claims: dict[str, Any] | None = None,
    **surroundings: Any,
) -> VerificationOrder:
    """Of a candidate who visited, and is paid to an account."""
    visit = {"at": "2026-05-01T09:00:00Z", "ip": ip, "device": browser}
    seen = {"visits": [visit], "payroll": {"iban": iban}, **surroundings}
    return VerificationOrder(
        candidate=Candidate(reference=name, name=name),
        claims=Claims.model_validate(claims) if claims else None,
        surroundings=Surroundings.model_validate(seen),
        consent=Consent(verification=True),
    )


def linked(
    house: House, order: VerificationOrder, *documents: Mrz, tenant: UUID | None = None
) -> tuple[UUID, StepResult]:
    """A new verification, and what its step of linkage found."""
    with house.acting(tenant=tenant) as t:
        verification = t.verifications.order(order)[0].id
    house.clock.pass_by(timedelta(minutes=1))
    return verification, step(house, verification, order, *documents, tenant=tenant)


def step(
    house: House,
    verification: UUID,
    order: VerificationOrder,
    *documents: Mrz,
    tenant: UUID | None = None,
) -> StepResult:
    before = (
        StepResult(
            step=Step.DOCUMENTS,
            findings=(),
            claims=order.claims,
            documents=tuple(DocumentFound(pictures=(0,), pages=(), zone=one) for one in documents),
            zones=tuple(ZoneFound(picture=0, text=read(one)) for one in documents),
        ),
        *(StepResult(step=each, findings=()) for each in Step.LINKAGE.needs[1:]),
    )
    faces = FaceIndexes(house.store)
    with house.acting(SYSTEM, tenant) as t:
        return linkage_step(t, faces, verification, order, before, ())


def of(result: StepResult, kind: SharedKind) -> Shared:
    (fact,) = (one for one in result.shared or () if one.kind is kind)
    return fact


def test_a_second_candidate_with_the_same_account_and_browser_is_linked_to_the_first(
    house: House,
) -> None:
    first, alone = linked(house, an_order("Ada Adams", **FARM))
    assert (alone.links, of(alone, SharedKind.BANK_ACCOUNT).others) == ((), 0)
    second, found = linked(house, an_order("Boris Brown", **FARM, ip="89.160.20.112"))
    (link,) = found.links
    assert link.other.case == str(first)
    assert {tie.kind for tie in link.ties} == {LinkKind.BANK_ACCOUNT, LinkKind.DEVICE}
    assert all(tie.innocent_explanation and tie.people == 1 for tie in link.ties)
    assert of(found, SharedKind.BANK_ACCOUNT).others == 1
    assert found.findings == ()
    (shown,) = found.shown.links.links
    assert shown.verification == str(first)
    again = step(house, second, an_order("Boris Brown", **FARM))
    assert [each.other.case for each in again.links] == [str(first)]


def test_what_is_told_of_a_tie_is_masked(quick: House) -> None:
    linked(quick, an_order("Ada Adams", **FARM))
    _, found = linked(quick, an_order("Boris Brown", **FARM))
    for said in (found.links[0].model_dump_json(), found.shown.model_dump_json()):
        for secret in (IBAN, IBAN.replace(" ", ""), "15555555", BROWSER, "Adams", "81.2.69.142"):
            assert secret not in said


def test_who_shares_a_network_address_alone_is_not_linked(quick: House) -> None:
    linked(quick, an_order("Ada Adams", iban=IBAN))
    _, found = linked(quick, an_order("Boris Brown"))
    assert found.links == ()
    assert {fact.others for fact in found.shared or ()} == {0}


def test_one_who_changed_the_name_or_applies_again_is_not_counted_among_others(
    quick: House,
) -> None:
    linked(quick, an_order("Ada Adams", **FARM))
    married = {"basics": {"name": "Ada Brown"}, "identity": {"formerNames": ["Ada Adams"]}}
    order = an_order("Ada Brown", **FARM, claims=married)
    _, found = linked(quick, order)
    assert len(found.links) == 1
    assert of(found, SharedKind.BANK_ACCOUNT).others == 0


def test_where_a_name_is_not_known_nobody_counts_as_another(quick: House) -> None:
    nameless = an_order("x", **FARM).model_copy(update={"candidate": Candidate(reference="x")})
    linked(quick, nameless)
    _, found = linked(quick, an_order("Boris Brown", **FARM))
    assert len(found.links) == 1
    assert of(found, SharedKind.BANK_ACCOUNT).others == 0


def test_of_another_whose_order_is_damaged_no_name_is_known_and_the_case_goes_on(
    quick: House,
) -> None:
    first, _ = linked(quick, an_order("Ada Adams", **FARM))
    with quick.store._transaction() as session:
        row = session.get_one(Verification, first)
        row.sealed_order = row.sealed_order[:-1] + bytes([row.sealed_order[-1] ^ 1])
    _, found = linked(quick, an_order("Boris Brown", **FARM))
    assert [link.other.case for link in found.links] == [str(first)]
    assert of(found, SharedKind.BANK_ACCOUNT).others == 0


def test_candidates_of_another_company_are_never_linked(quick: House) -> None:
    other = quick.store.add_tenant("Globex")
    linked(quick, an_order("Ada Adams", **FARM), tenant=other)
    _, found = linked(quick, an_order("Boris Brown", **FARM))
    assert found.links == ()


def test_a_forgotten_candidate_is_linked_no_more(house: House) -> None:
    first, _ = linked(house, an_order("Ada Adams", **FARM))
    with house.acting() as t:
        t.subjects.forget(t.verifications.get(first).subject_id)
    _, found = linked(house, an_order("Boris Brown", **FARM))
    assert found.links == ()


def test_of_two_who_come_at_once_the_second_sees_the_first(house: House) -> None:
    orders = [an_order(name, **FARM) for name in ("Ada Adams", "Boris Brown")]
    with house.acting() as t:
        ids = [t.verifications.order(order)[0].id for order in orders]
    start = Barrier(2)

    def at_once(place: int) -> StepResult:
        start.wait()
        return step(house, ids[place], orders[place])

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(at_once, range(2)))
    assert sorted(len(result.links) for result in found) == [0, 1]


def test_a_passports_number_under_another_name_is_counted_by_itself(quick: House) -> None:
    linked(quick, an_order("Ada Adams"), a_zone("NX4R71K62"))
    _, found = linked(quick, an_order("Boris Brown", ip="89.160.20.112"), a_zone("NX4R71K62"))
    assert found.links == ()
    assert of(found, SharedKind.DOCUMENT_NUMBER).others == 1


@pytest.mark.parametrize("unfit", ["a specimen's", "one with a wrong check digit"])
def test_a_number_that_says_nothing_is_not_looked_for(quick: House, unfit: str) -> None:
    good = a_zone("NX4R71K62")
    zone = (
        good.model_copy(update={"specimen": True})
        if unfit == "a specimen's"
        else invalid(good, "document_number")
    )
    for shown, looked in ((good, True), (zone, False)):
        _, found = linked(quick, an_order("Ada Adams"), shown)
        kinds = {one.kind for one in found.identifiers}
        assert (LinkKind.DOCUMENT_NUMBER in kinds) is looked


def test_colleagues_who_name_one_manager_are_of_the_same_employer(quick: House) -> None:
    assert _with_one_manager(quick, "Initech", "Initech").same_employer


def test_one_contact_that_speaks_for_people_of_other_employers_is_counted(quick: House) -> None:
    fact = _with_one_manager(quick, "Initech", "Globex")
    assert (fact.others, fact.same_employer) == (1, False)


def _with_one_manager(house: House, *employers: str) -> Shared:
    for name, employer in zip(("Ada Adams", "Boris Brown"), employers, strict=True):
        claims = {
            "work": [{"name": employer, "position": "Engineer"}],
            "references": [{"name": "M", "email": "manager@mail.example"}],
        }
        _, found = linked(house, an_order(name, **FARM, claims=claims))
    return of(found, SharedKind.REFERENCE_CONTACT)


@pytest.mark.parametrize(
    ("outcome", "choice", "actor", "counts"),
    [
        (Outcome.HOLD, Choice.DO_NOT_PROCEED, RECRUITER, True),
        (Outcome.HOLD, Choice.DO_NOT_PROCEED, PROGRAM, False),
        (Outcome.HOLD, Choice.ASK_CANDIDATE, RECRUITER, False),
        (Outcome.VERIFIED, Choice.DO_NOT_PROCEED, RECRUITER, False),
    ],
    ids=["a person on a hold", "a program", "still asked", "not chosen"],
)
def test_a_referrer_counts_where_a_person_stopped_their_own_case(
    quick: House, outcome: Outcome, choice: Choice, actor: Actor, *, counts: bool
) -> None:
    order = an_order("Ada Adams", claims={"basics": {"name": "Ada Adams"}})
    with quick.acting() as t:
        verification = t.verifications.order(order)[0].id
    quick.concluded(a_verdict(outcome), quick.submitted(verification))
    with quick.acting(actor) as t:
        t.decisions.add(verification, choice, "Because.")
    _, found = linked(quick, an_order("Boris Brown", referred_by="Ada Adams"))
    assert of(found, SharedKind.REFERRER).confirmed_fraud is counts
    _, nobody = linked(quick, an_order("Cid Clark", referred_by="Somebody else"))
    assert not of(nobody, SharedKind.REFERRER).confirmed_fraud
    _, unreferred = linked(quick, an_order("Dora Dean"))
    assert SharedKind.REFERRER not in {fact.kind for fact in unreferred.shared or ()}


def a_zone(number: str) -> Mrz:
    """A passport's zone, every character of it read."""
    fields = {
        "document_code": "P",
        "issuing_state": "NLD",
        "nationality": "NLD",
        "primary_identifier": "ADAMS",
        "secondary_identifier": "ADA",
        "document_number": number,
        "birth_date": "900101",
        "sex": "F",
        "expiry_date": "310101",
    }
    return understand(build(MrzFormat.TD3, fields), today=date(2026, 5, 4))


def invalid(zone: Mrz, name: str) -> Mrz:
    """The same, with a field whose check digit is wrong."""
    field = zone.fields[name].model_copy(update={"status": FieldStatus.INVALID})
    return zone.model_copy(update={"fields": zone.fields | {name: field}})


def read(zone: Mrz) -> MrzText:
    """As it was read, all of it surely."""
    rows = tuple((1.0,) * len(line) for line in zone.lines)
    region = Region.box(0, 0, 1, 1)
    return MrzText(format=zone.format, lines=zone.lines, confidence=rows, region=region)
