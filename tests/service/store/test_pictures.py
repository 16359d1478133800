"""The same picture under another candidate: found in any order, also by two at the same moment."""

import threading
from uuid import UUID

from service.store.actor import SYSTEM
from service.store.results import Work
from tests.service.store.building import House, an_order


def concluded(house: House, verification: UUID, ready: threading.Barrier) -> int:
    """How many others with the same picture there were as it was concluded."""
    ready.wait()
    with house.acting(SYSTEM) as t:
        others = list(t.pictures.of_others(verification, {"picture:1:beef"}, "forensics"))
        t.pictures.remember(verification, {"picture:1:beef"})
        return len(others)


def test_of_two_that_are_concluded_at_once_the_second_sees_the_first(house: House) -> None:
    pair = [house.ordered(an_order(reference)) for reference in ("one", "two")]
    for verification in pair:
        house.sent(verification)
        with house.acting(SYSTEM) as t:
            row = t.verifications.submit(verification)
            work = Work(row.id, row.generation)
            assert t.results.begin(work, "forensics")
            t.results.finish(work, "forensics", b"{}")
    ready, seen = threading.Barrier(2), []
    threads = [
        threading.Thread(target=lambda v=v: seen.append(concluded(house, v, ready))) for v in pair
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [0, 1]


def test_a_candidates_own_pictures_are_not_found_for_them(house: House) -> None:
    first, again = (house.ordered(an_order("one")) for _ in range(2))
    with house.acting(SYSTEM) as t:
        t.pictures.remember(first, {"picture:1:beef"})
        assert list(t.pictures.of_others(again, {"picture:1:beef"}, "forensics")) == []
