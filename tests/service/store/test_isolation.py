"""What is another tenant's is not there: no method that takes an id answers for a stranger's."""

from uuid import UUID, uuid4

import pytest

from service.store.actor import SYSTEM
from service.store.errors import NotFound
from service.store.results import Work
from service.store.verifications import Filter
from tests.service.store.asking import (
    ASKED,
    Ask,
    Theirs,
    methods_that_take_an_id,
    something_of_each,
)
from tests.service.store.building import RECRUITER, House, an_order


def test_every_method_that_takes_an_id_is_asked_for_a_strangers() -> None:
    assert sorted(methods_that_take_an_id()) == sorted(ASKED)
    assert len(ASKED) > 30


@pytest.fixture(scope="module")
def unknown() -> Theirs:
    return Theirs(Work(uuid4(), 1), *[uuid4() for _ in range(8)])


def _answer(house: House, tenant: UUID, ask: Ask, theirs: Theirs) -> object:
    try:
        with house.acting(RECRUITER, tenant) as t:
            return ask(t, theirs)
    except NotFound:
        return NotFound


def test_another_tenants_id_is_answered_as_an_id_that_nobody_has(
    house: House, unknown: Theirs
) -> None:
    theirs = something_of_each(house)
    before = _rows_of(house, house.tenant)
    stranger = house.store.add_tenant("Globex")
    for name, ask in ASKED.items():
        answer = _answer(house, stranger, ask, theirs)
        assert answer is NotFound or not answer, name
        assert answer == _answer(house, stranger, ask, unknown), name
    assert _rows_of(house, house.tenant) == before


def test_the_owner_is_answered_by_the_same_questions(house: House) -> None:
    """The check above would pass as well if every question were a wrong one."""
    theirs = something_of_each(house)
    for name in ("verifications.get", "evidence.upload", "results.found", "decisions.list"):
        assert _answer(house, house.tenant, ASKED[name], theirs) is not NotFound
    for name in ("deliveries.open", "access.person", "results.verified", "evidence.list"):
        assert _answer(house, house.tenant, ASKED[name], theirs) not in (NotFound, [], None)
    assert _answer(house, house.tenant, ASKED["challenges.list"], theirs) not in (NotFound, [])


def test_lists_without_an_id_hold_only_the_tenants_own(house: House) -> None:
    something_of_each(house)
    stranger = house.store.add_tenant("Globex")
    with house.acting(SYSTEM, stranger) as t:
        assert t.verifications.list(Filter()) == []
        assert t.deliveries.list() == []
        assert t.audit.list() == []
        assert t.access.users() == []
        assert t.access.keys() == []
        assert t.subjects.with_reference("candidate-1") is None


def test_the_same_reference_is_another_person_at_another_tenant(house: House) -> None:
    stranger = house.store.add_tenant("Globex")
    subjects = []
    for tenant in (house.tenant, stranger):
        with house.acting(tenant=tenant) as t:
            row, new = t.verifications.order(an_order("c-7"), idempotency_key="same")
            assert new
            subjects.append(row.subject_id)
    assert subjects[0] != subjects[1]


def test_a_verification_cannot_be_opened_under_another_tenants_key(house: House) -> None:
    verification = house.ordered()
    with house.acting() as t:
        row = t.verifications.get(verification)
    with house.acting(tenant=house.store.add_tenant("Globex")) as t, pytest.raises(NotFound):
        t.verifications.order_of(row)


def _rows_of(house: House, tenant: UUID) -> dict[str, str]:
    """All that a tenant has, but the times at which it was looked at."""
    with house.acting(SYSTEM, tenant) as t:
        rows = [*t.verifications.list(Filter()), *t.deliveries.list(), *t.access.keys()]
        columns = [{c.name: getattr(r, c.name) for c in r.__table__.columns} for r in rows]
        return {
            "rows": repr(columns),
            "people": repr(t.access.users()),
            "entries": repr([(e.action, e.about) for e in t.audit.list()]),
        }
