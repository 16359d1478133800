"""One new case linked among a million candidates, in SQLite and in PostgreSQL."""

import time
from pathlib import Path
from statistics import median
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.link import Identifier, LinkKind
from service.store.actor import SYSTEM
from tests.service.store.building import House, an_order
from verifiers.linkage.graph import links_of

PEOPLE = 1_000_000
EACH = 8
"""Identifiers of one person of the crowd."""
CASES = 40

HELD_BY = {
    (LinkKind.IP, 1): 80_000,
    (LinkKind.IP, 2): 5_000,
    (LinkKind.ADDRESS, 1): 800,
    (LinkKind.REFERENCE_CONTACT, 1): 300,
    (LinkKind.PHONE, 1): 60,
    (LinkKind.BANK_ACCOUNT, 1): 12,
    (LinkKind.DEVICE, 1): 3,
    (LinkKind.SHIP_TO, 1): 2,
}
"""What the new cases share with the crowd: carriers, campuses and agencies among it."""

RANDOM = {
    "sqlite": ("lower(hex(randomblob(16)))", "randomblob(16)"),
    "postgresql": ("gen_random_uuid()", "uuid_send(gen_random_uuid())"),
}
"""An id and a digest."""


def identifier(kind: LinkKind, number: int) -> Identifier:
    return Identifier(kind=kind, canonical=f"{kind.value} {number}", masked="…")


def crowd(house: House) -> None:
    """A million candidates with one verification each, written past the store."""
    engine = house.store._engine
    id, digest = RANDOM[engine.dialect.name]
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    sqlite = engine.dialect.name == "sqlite"
    tenant = house.tenant.hex if sqlite else house.tenant
    at, none = "'2026-05-01 09:00:00.000000'", "''" if sqlite else "''::bytea"
    with house.acting() as t:
        digests = [t.identifiers._digest(identifier(*one)).hex() for one in HELD_BY]
    keys = "INSERT INTO identifier_keys (verification_id, digest, tenant_id, subject_id, seen_at) "
    with engine.begin() as connection:

        def run(statement: str) -> None:
            connection.execute(sa.text(statement), {"tenant": tenant})

        indexes = sa.inspect(connection).get_indexes("identifier_keys")
        for index in indexes:  # Made once at the end, which is many times faster.
            run(f"DROP INDEX {index['name']}")
        run(
            "INSERT INTO subjects (id, tenant_id, wrapped_key, created_at) "
            f"{numbers.format(PEOPLE)} SELECT {id}, :tenant, {none}, {at} FROM n"
        )
        run(
            "INSERT INTO verifications (id, tenant_id, subject_id, stage, state, generation, "
            "ordered_by, created_at, updated_at, sealed_order) "
            f"SELECT {id}, :tenant, id, 'interview', 'completed', 1, 'x', {at}, {at}, {none} "
            "FROM subjects"
        )
        run(
            f"{keys}{numbers.format(EACH)} SELECT id, {digest}, :tenant, subject_id, {at} "
            "FROM verifications, n"
        )
        for shared, people in zip(digests, HELD_BY.values(), strict=True):
            blob = f"x'{shared}'" if sqlite else f"'\\x{shared}'::bytea"
            run(
                f"{keys}SELECT id, {blob}, :tenant, subject_id, {at} "
                f"FROM verifications ORDER BY id LIMIT {people}"
            )
        for index in indexes:
            columns = ", ".join(str(name) for name in index["column_names"])
            run(f"CREATE INDEX {index['name']} ON identifier_keys ({columns})")
        run("ANALYZE")


def a_case(number: int) -> tuple[Identifier, ...]:
    """Twenty identifiers: eight that others have, the rest one's own."""
    own = range(1000 * (number + 1), 1000 * (number + 1) + 20 - len(HELD_BY))
    return (
        *(identifier(kind, n) for kind, n in HELD_BY),
        *(identifier(list(LinkKind)[n % len(LinkKind)], n) for n in own),
    )


def linked(house: House, verification: UUID, own: tuple[Identifier, ...]) -> int:
    """One new case, from the look-up to the commit; how many links it has."""
    with house.store.tenant(house.tenant, SYSTEM) as t:
        held = t.identifiers.held(verification, own)
        found = links_of(held, t.identifiers.people())
        t.identifiers.remember(verification, own)
    told = [one.people for one in held if one.people]
    assert all(a >= b for a, b in zip(told, [200, 200, 200, 200, 60, 12, 3, 2], strict=False))
    return len(found)


@pytest.mark.soak
def test_a_new_case_is_linked_in_50_ms_at_a_million_people(
    database_url: str, tmp_path: Path
) -> None:
    house = House(database_url, tmp_path)
    began = time.perf_counter()
    crowd(house)
    filled = time.perf_counter() - began
    wall, cpu = [], []
    for number in range(CASES):
        verification = house.ordered(an_order(f"new-{number}"))
        own = a_case(number)
        began, worked = time.perf_counter(), time.thread_time()
        count = linked(house, verification, own)
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.thread_time() - worked))
        assert count
    with house.acting() as t:
        people = t.identifiers.people()
    print(
        f"\n{house.store._engine.dialect.name}: {PEOPLE:,} people, {PEOPLE * EACH:,} identifiers "
        f"(filled in {filled:.0f} s, counted as {people:,}); a case of 20 linked in "
        f"{median(wall):.1f} ms (longest {max(wall):.1f}), {median(cpu):.1f} ms of it CPU here"
    )
    house.store.close()
    assert PEOPLE * 0.75 < people < PEOPLE * 1.25
    assert median(cpu) < 50
