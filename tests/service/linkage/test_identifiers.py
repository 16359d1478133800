"""Identifiers are found again under other candidates of the same company, and nowhere else."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from models.link import Held, Identifier, LinkKind
from service.store import identifiers as kept
from service.store.actor import SYSTEM
from service.store.errors import NotFound
from service.store.linkage_tables import IdentifierKey
from service.store.tables import Tenant
from tests.service.store.building import House, an_order
from tests.service.store.test_privacy import everything_in_columns

BANK = Identifier(kind=LinkKind.BANK_ACCOUNT, canonical="GB33BUKB20201555555555", masked="GB…5555")
PHONE = Identifier(kind=LinkKind.PHONE, canonical="+442079460001", masked="+44…001")


def remembered(
    house: House,
    reference: str | None,
    *identifiers: Identifier,
    tenant: UUID | None = None,
) -> UUID:
    """A new verification of this candidate, who has these."""
    with house.acting(tenant=tenant) as t:
        verification = t.verifications.order(an_order(reference))[0].id
        t.identifiers.remember(verification, identifiers)
    house.clock.pass_by(timedelta(minutes=1))
    return verification


def held(house: House, verification: UUID, *identifiers: Identifier) -> tuple[Held, ...]:
    with house.acting() as t:
        return t.identifiers.held(verification, identifiers)


def cases(found: Held) -> list[UUID]:
    return [UUID(holder.case) for holder in found.holders]


def rows(house: House) -> Sequence[IdentifierKey]:
    with house.store._transaction(reads_only=True) as session:
        return session.scalars(sa.select(IdentifierKey)).all()


def test_others_who_have_the_same_are_told_the_newest_first_and_oneself_never(
    house: House,
) -> None:
    first = remembered(house, "ada", BANK, PHONE)
    second = remembered(house, "bob", BANK)
    own = remembered(house, "eve", BANK, PHONE)
    bank, phone = held(house, own, BANK, PHONE)
    assert (cases(bank), bank.people) == ([second, first], 2)
    assert (cases(phone), phone.people) == ([first], 1)
    assert (bank.identifier, phone.identifier) == (BANK, PHONE)


def test_a_person_at_several_stages_is_one_and_told_by_their_latest(house: House) -> None:
    remembered(house, "ada", BANK)
    latest = remembered(house, "ada", BANK)
    own = remembered(house, "bob", BANK)
    (bank,) = held(house, own, BANK)
    assert (cases(bank), bank.people) == ([latest], 1)
    (of_ada,) = held(house, latest, BANK)
    assert cases(of_ada) == [own]


def test_the_same_text_of_another_kind_is_something_else(house: House) -> None:
    remembered(house, "ada", BANK)
    own = remembered(house, "bob")
    other = BANK.model_copy(update={"kind": LinkKind.ACCOUNT})
    (found,) = held(house, own, other)
    assert (found.holders, found.people) == ((), 0)


def test_what_is_remembered_anew_replaces_what_was(house: House) -> None:
    first = remembered(house, "ada", BANK, BANK, PHONE)
    with house.acting() as t:
        t.identifiers.remember(first, [PHONE])
    own = remembered(house, "bob")
    bank, phone = held(house, own, BANK, PHONE)
    assert (bank.people, phone.people) == (0, 1)
    with house.acting() as t:
        t.identifiers.remember(first, [])
    assert rows(house) == []


def test_of_what_very_many_have_the_newest_are_told_and_the_rest_counted_so_far(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_HOLDERS", 5)
    others = [remembered(house, f"c-{n}", PHONE) for n in range(7)]
    (found,) = held(house, remembered(house, "ada"), PHONE)
    assert cases(found) == others[:-6:-1]
    assert found.people == 5


def test_candidates_of_another_company_are_never_found_and_their_digests_are_other_ones(
    house: House,
) -> None:
    other = house.store.add_tenant("Globex")
    theirs = remembered(house, "ada", BANK, tenant=other)
    own = remembered(house, "bob", BANK)
    (found,) = held(house, own, BANK)
    assert found.people == 0
    assert len({row.digest for row in rows(house)}) == 2
    with house.acting() as t:
        assert t.identifiers.people() == 1
        for ask in (
            lambda: t.identifiers.remember(theirs, [BANK]),
            lambda: t.identifiers.held(theirs, [BANK]),
            lambda: t.identifiers.note_view(theirs),
        ):
            with pytest.raises(NotFound):
                ask()


def test_nothing_of_an_identifier_can_be_read_in_the_database(house: House) -> None:
    remembered(house, "ada", BANK, PHONE)
    everything = everything_in_columns(house)
    for one in (BANK, PHONE):
        assert one.canonical.encode() not in everything
        assert one.masked.encode() not in everything


def test_whoever_was_deleted_or_forgotten_leaves_no_digest(house: House) -> None:
    first = remembered(house, "ada", BANK)
    second = remembered(house, "bob", BANK)
    third = remembered(house, "bob", PHONE)
    own = remembered(house, "eve")
    with house.acting() as t:
        t.verifications.delete(first)
    assert cases(held(house, own, BANK)[0]) == [second]
    with house.acting() as t:
        t.subjects.forget(t.verifications.get(third).subject_id)
    assert [one.people for one in held(house, own, BANK, PHONE)] == [0, 0]
    assert rows(house) == []


def test_a_few_candidates_are_counted_and_many_are_estimated(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_SAMPLE", 64)
    verification = remembered(house, "ada", BANK)
    remembered(house, "ada", PHONE)
    remembered(house, "nobody")
    count = 3000

    def crowd(people: int) -> None:
        with house.acting() as t:
            rows = [
                {
                    "verification_id": verification,
                    "digest": n.to_bytes(16, "big"),
                    "tenant_id": house.tenant,
                    "subject_id": uuid4(),
                    "seen_at": t.now,
                }
                for n in range(people)
            ]
            t._scope.session.execute(sa.insert(IdentifierKey), rows)

    with house.acting() as t:
        assert t.identifiers.people() == 1
    crowd(62)
    with house.acting() as t:
        assert t.identifiers.people() == 63
    with house.acting() as t:
        t.identifiers.remember(verification, [])
    crowd(count)
    with house.acting() as t:
        # A sample of 64 is within 12 % in two of three draws; by chance never so far off.
        assert count / 2 < t.identifiers.people() < count * 2


def test_looking_may_be_done_where_nothing_can_be_written(house: House) -> None:
    first = remembered(house, "ada", BANK)
    own = remembered(house, "bob")
    with house.store.tenant(house.tenant, SYSTEM, reads_only=True) as t:
        assert cases(t.identifiers.held(own, [BANK])[0]) == [first]
        assert t._scope.session.get(Tenant, house.tenant) is not None
