"""What the sweeper brings over from an older version, it brings once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from service.linkage.faces import FaceIndexes
from service.store.actor import SYSTEM
from service.store.tables import Verdict
from service.workflow.sweeper import Sweeper
from tests.service.store.building import House, a_template, an_order


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    built = House(database_url, tmp_path)
    yield built
    built.store.close()


def test_verdicts_of_before_are_looked_through_by_and_by(house: House) -> None:
    work = house.concluded()
    with house.store._transaction() as session:
        session.get_one(Verdict, (work.verification, work.generation)).bare = False
    sweeper = Sweeper(house.store, cast(Any, None), FaceIndexes(house.store))
    for left in (True, False, False):
        sweeper.sweep()
        assert sweeper._templates_left is left
    with house.store._transaction() as session:
        assert session.get_one(Verdict, (work.verification, work.generation)).bare


def test_what_was_deleted_leaves_memory_whatever_else_fails(house: House) -> None:
    verification = house.ordered(an_order(keep_template=True))
    with house.acting(SYSTEM) as t:
        t.faces.remember(verification, [a_template()])
    faces, elsewhere = FaceIndexes(house.store), house.open()
    with house.acting(SYSTEM) as t:
        assert faces.search(t, a_template(), 1)
    with elsewhere.tenant(house.tenant, SYSTEM) as t:
        t.verifications.delete(verification)
    house.submitted()
    with pytest.raises(AttributeError):
        Sweeper(house.store, cast(Any, None), faces).sweep()  # Without an engine to hand it to.
    assert [len(index.nearest) for index in faces._indexes.values()] == [0]
    elsewhere.close()
