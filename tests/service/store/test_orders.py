"""Orders: the same one twice is one, a list can be paged, a candidate is found again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.answer import MOST_ANSWERS, CandidateAnswer
from models.history import Claims
from models.named_face import NamedFace
from models.order import Candidate, Consent, State, VerificationOrder
from models.policy import DEFAULT_POLICY, DEMO_POLICY
from models.surroundings import Surroundings
from models.verdict import Outcome
from models.verification import EvidenceKind
from service.api.surroundings import add_surroundings
from service.store.errors import Conflict
from service.store.tables import Idempotency
from service.store.verifications import Filter
from tests.service.store.building import House, a_verdict, an_order


def order_under(house: House, key: str | None, order: VerificationOrder) -> tuple[UUID, bool]:
    with house.acting() as t:
        row, new = t.verifications.order(order, idempotency_key=key)
        return row.id, new


def test_the_same_order_under_the_same_key_is_one_verification(house: House) -> None:
    first, new = order_under(house, "k", an_order())
    assert new
    assert order_under(house, "k", an_order()) == (first, False)
    assert order_under(house, "other", an_order())[0] != first
    assert order_under(house, None, an_order())[0] != first


def test_another_order_under_the_same_key_is_refused(house: House) -> None:
    order_under(house, "k", an_order())
    with pytest.raises(Conflict) as refused:
        order_under(house, "k", an_order("somebody-else"))
    assert refused.value.name == "idempotency-key-reused"


def test_an_order_repeated_after_claims_gained_fields_is_the_same_and_another_is_not(
    house: House,
) -> None:
    first, _ = order_under(house, "k", an_order(claims=True))
    with house.store._transaction() as session:  # As a digest of fewer fields would stand there.
        session.execute(sa.update(Idempotency).values(request_digest=b"of an earlier version"))
    assert order_under(house, "k", an_order(claims=True)) == (first, False)
    with pytest.raises(Conflict) as refused:
        order_under(house, "k", an_order())
    assert refused.value.name == "idempotency-key-reused"


def test_a_key_whose_verification_was_deleted_orders_nothing_again(house: House) -> None:
    verification, _ = order_under(house, "k", an_order())
    with house.acting() as t:
        t.verifications.delete(verification)
    with pytest.raises(Conflict) as refused:
        order_under(house, "k", an_order())
    assert refused.value.name == "order-deleted"


@pytest.mark.parametrize("key", ["the-same-key", None])
def test_orders_for_one_candidate_at_the_same_moment_are_all_taken(
    house: House, key: str | None
) -> None:
    start = Barrier(4)

    def order(_: int) -> UUID:
        start.wait()
        return order_under(house, key, an_order())[0]

    for _ in range(3):
        with ThreadPoolExecutor(4) as threads:
            made = set(threads.map(order, range(4)))
        assert len(made) == (1 if key else 4)
    with house.acting() as t:
        rows = t.verifications.list(Filter())
    assert len({row.subject_id for row in rows}) == 1
    assert len(rows) == (1 if key else 12)


def test_a_verification_that_follows_another_is_of_the_same_person(house: House) -> None:
    first = house.ordered(an_order(reference=None))
    with house.acting() as t:
        second, _ = t.verifications.order(an_order("emp-1", follows=first))
        third, _ = t.verifications.order(an_order("emp-1"))
        unrelated, _ = t.verifications.order(an_order(reference=None))
        assert second.subject_id == third.subject_id == t.verifications.get(first).subject_id
        assert unrelated.subject_id != second.subject_id


def test_an_order_that_names_two_people_is_refused(house: House) -> None:
    ada = house.ordered(an_order("ada"))
    house.ordered(an_order("bob"))
    with house.acting() as t, pytest.raises(Conflict) as refused:
        t.verifications.order(an_order("bob", follows=ada))
    assert refused.value.name == "follows-somebody-else"


def test_a_list_is_filtered_by_all_that_is_asked(house: House) -> None:
    held = house.concluded(a_verdict(Outcome.HOLD)).verification
    house.clock.pass_by(timedelta(hours=1))
    waiting = house.ordered(an_order("candidate-2"))

    def found(which: Filter) -> list[UUID]:
        with house.acting() as t:
            return [row.id for row in t.verifications.list(which)]

    assert found(Filter()) == [waiting, held]
    assert found(Filter(state=State.AWAITING_EVIDENCE)) == [waiting]
    assert found(Filter(outcome=Outcome.HOLD)) == [held]
    assert found(Filter(reference="candidate-2")) == [waiting]
    assert found(Filter(reference="nobody")) == []
    assert found(Filter(created_from=house.clock.now)) == [waiting]
    assert found(Filter(created_before=house.clock.now)) == [held]
    assert found(Filter(state=State.COMPLETED, reference="candidate-2")) == []


def test_paging_shows_each_once_while_new_orders_arrive(house: House) -> None:
    """Several were ordered at the same moment, so time alone does not tell them apart."""
    there = set()
    for number in range(7):
        there.add(house.ordered(an_order(None)))
        if number % 3 == 0:
            house.clock.pass_by(timedelta(seconds=1))
    seen: list[UUID] = []
    after = None
    while True:
        with house.acting() as t:
            page = [row.id for row in t.verifications.list(Filter(), after=after, limit=2)]
        if not page:
            break
        seen += page
        after = page[-1]
        house.clock.pass_by(timedelta(seconds=1))
        house.ordered(an_order(None))
    assert set(seen) == there
    assert len(seen) == len(there)


def test_an_order_can_be_amended_until_a_worker_has_it(house: House) -> None:
    verification = house.ordered()
    with house.acting() as t:
        t.verifications.amend_order(verification, claims=Claims())
    house.submitted(verification)
    with house.acting() as t, pytest.raises(Conflict):
        t.verifications.amend_order(verification, claims=None)
    with house.acting() as t:
        assert t.verifications.open_order(verification).claims is not None


def test_what_could_not_be_read_again_is_never_sealed(house: House) -> None:
    verification = house.ordered()
    one = CandidateAnswer(code="document.expired", text="It is not.")
    with pytest.raises(ValidationError), house.acting() as t:
        t.verifications.amend_order(verification, answers=(one,) * (MOST_ANSWERS + 1))
    with house.acting() as t:
        assert t.verifications.open_order(verification).answers == ()


def test_two_amendments_at_the_same_moment_both_stand(
    new_postgresql_database: str, tmp_path: Path
) -> None:
    house = House(new_postgresql_database, tmp_path)
    verification = house.ordered()
    named = NamedFace(file="call.mp4", seconds=1)

    def name() -> None:
        with house.acting() as t:
            t.verifications.amend_order(verification, candidate_at=named)

    with ThreadPoolExecutor() as pool:
        with house.acting() as t:
            t.verifications.amend_order(verification, claims=Claims())
            naming = pool.submit(name)
            while not waiting(house):
                assert not naming.done()
        naming.result()
    with house.acting() as t:
        order = t.verifications.open_order(verification)
    assert (order.claims, order.candidate_at) == (Claims(), named)
    house.store.close()


def test_of_two_who_tell_of_surroundings_at_the_same_moment_both_are_heard(
    new_postgresql_database: str, tmp_path: Path
) -> None:
    house = House(new_postgresql_database, tmp_path)
    verification = house.ordered()

    def tell(ip: str) -> None:
        visit = {"at": "2026-05-04T09:00:00Z", "ip": ip}
        with house.acting() as t:
            add_surroundings(t, verification, Surroundings.model_validate({"visits": [visit]}))

    with ThreadPoolExecutor() as pool:
        with house.acting() as t:
            t.verifications.hold(verification)
            telling = [pool.submit(tell, ip) for ip in ("198.51.100.7", "198.51.100.8")]
            while waiting(house) < len(telling):
                assert not any(one.done() for one in telling)
        for one in telling:
            one.result()
    with house.acting() as t:
        assert len(t.verifications.open_order(verification).surroundings.visits) == 2
    house.store.close()


def waiting(house: House) -> int:
    """How many transactions of this PostgreSQL wait for another."""
    with house.store._transaction(reads_only=True) as session:
        return int(session.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")) or 0)


def test_a_person_has_one_reference(house: House) -> None:
    first = house.ordered(an_order("r-1"))
    with pytest.raises(Conflict) as refused, house.acting() as t:
        t.verifications.order(an_order("r-2", follows=first))
    assert refused.value.name == "follows-somebody-else"


@pytest.mark.parametrize("blank", [" ", "\u2003 ", "\u00a0"])
def test_a_name_of_spaces_is_refused_rather_than_stored_as_nothing(blank: str) -> None:
    with pytest.raises(ValidationError):
        Candidate(name=blank)


@given(st.text(max_size=20))
def test_an_order_that_was_taken_can_be_read_back(name: str) -> None:
    try:
        candidate = Candidate(name=name, reference=name)
    except ValidationError:
        return
    order = VerificationOrder(candidate=candidate, consent=Consent(verification=True))
    assert VerificationOrder.model_validate_json(order.model_dump_json()) == order


def test_a_case_is_decided_under_the_policy_that_it_was_submitted_under(house: House) -> None:
    work = house.submitted()
    with house.acting() as t:
        t.access.set_policy(DEMO_POLICY)
    with house.acting() as t:
        assert t.verifications.policy_of(t.verifications.get(work.verification)) == DEFAULT_POLICY
    again = house.submitted(house.concluded(work=work).verification)
    with house.acting() as t:
        assert t.verifications.policy_of(t.verifications.get(again.verification)) == DEMO_POLICY


def test_a_file_that_a_crash_cut_off_holds_up_nothing_for_long(house: House) -> None:
    verification = house.ordered(an_order(claims=True))
    with house.acting() as t:
        t.evidence.announce(verification, EvidenceKind.DOCUMENT, "half.jpg", 0)
        resumed = t.evidence.announce(verification, EvidenceKind.FOOTAGE, "long.mp4", 500).id
    house.clock.pass_by(timedelta(hours=2))
    house.store.tidy()
    with house.acting() as t:
        assert [file.id for file in t.evidence.list(verification)] == [resumed]
