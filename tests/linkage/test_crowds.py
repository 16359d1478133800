"""Crowded houses and shared computers: halls, couples and offices are left alone, farms are not."""

import pytest

from models.link import LinkKind
from tests.linkage.building import Has, crowd, links_for, others

K = LinkKind
HOME, IP = (K.ADDRESS, "ln oak|12|78701"), (K.IP, "81.2.69.142")
PHONE, EMAIL = (K.PHONE, "+12125550101"), (K.EMAIL, "a@gmail.com")
REFERENCE = (K.REFERENCE_CONTACT, "maria@northwind.com")
BANK, DEVICE = (K.BANK_ACCOUNT, "DE89"), (K.DEVICE, "serial:X")


@pytest.mark.parametrize("size", [8, 9, 12, 13, 40])
def test_an_agency_at_its_office_is_not_linked_and_who_is_paid_together_there_is(size: int) -> None:
    agency: dict[str, Has] = crowd(size, HOME, PHONE, EMAIL, REFERENCE, IP)
    assert links_for("p0", agency) == ()
    agency |= {f"p{n}": (HOME, PHONE, BANK) for n in range(2)}
    assert others(links_for("p0", agency)) == {"p1"}


def test_a_couple_of_a_hall_is_not_linked_and_several_with_one_telephone_there_are() -> None:
    hall: dict[str, Has] = {f"h{n}": (HOME, IP) for n in range(38)}
    couple: dict[str, Has] = crowd(2, HOME, IP, PHONE, EMAIL, DEVICE)
    assert links_for("p1", hall | couple) == ()
    assert len(links_for("p5", hall | crowd(6, HOME, IP, PHONE))) == 5


def test_a_hall_without_room_numbers_is_not_linked_by_its_network_or_its_library() -> None:
    hall: dict[str, Has] = {f"h{n}": (HOME, IP) for n in range(30)}
    hall |= {f"r{n}": (IP,) for n in range(60)}
    hall |= {f"l{n}": (HOME, IP, DEVICE) for n in range(2)}
    for one in ("h0", "r0", "l1"):
        assert links_for(one, hall) == ()
    without_network: dict[str, Has] = crowd(23, HOME) | {f"l{n}": (HOME, DEVICE) for n in range(9)}
    assert links_for("l1", without_network) == ()


@pytest.mark.parametrize("networks", [1, 12])
def test_a_house_with_several_laptops_is_linked_by_each_of_them(networks: int) -> None:
    house: dict[str, Has] = {
        f"p{n}": (HOME, (K.DEVICE, f"laptop {n % 3}"), (K.IP, f"network {n % networks}"))
        for n in range(12)
    }
    assert others(links_for("p0", house)) == {"p3", "p6", "p9"}


@pytest.mark.parametrize("strangers", [1, 6, 50, 300])
def test_a_tunnel_that_strangers_use_too_hides_no_facilitator(strangers: int) -> None:
    people: dict[str, Has] = {f"s{n}": (IP, (K.DEVICE, f"own {n}")) for n in range(strangers)}
    people |= crowd(2, HOME, IP, DEVICE)
    assert others(links_for("p1", people)) == {"p0"}
    people |= crowd(11, HOME, IP, DEVICE)
    assert others(links_for("p10", people)) == {f"p{n}" for n in range(10)}


def test_a_computer_stands_nowhere_for_a_network_of_more_than_a_campus() -> None:
    desk: dict[str, Has] = crowd(5, PHONE, IP, DEVICE)
    few, many = ({f"s{n}": (IP,) for n in range(size)} for size in (20, 100))
    assert links_for("p4", desk | few) == ()
    assert len(links_for("p4", desk | many)) == 4


def test_students_of_a_hall_at_their_librarys_computer_are_not_linked() -> None:
    people: dict[str, Has] = crowd(40, HOME, IP) | {f"s{n}": (IP,) for n in range(80)}
    people |= {f"p{n}": (HOME, IP, DEVICE) for n in range(5)}
    people |= {f"s{n}": (IP, DEVICE) for n in range(15)}
    assert links_for("p4", people) == ()
