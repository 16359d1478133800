"""Two independent kinds make a link; homes, agencies and networks of many make none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.link import Hub, LinkKind
from tests.linkage.building import Has, a_book, a_holder, crowd, having, links_for, others
from verifiers.linkage.graph import MOST_LINKS, links_of, neighbourhood
from verifiers.linkage.weighing import NEVER_DAMPED

K = LinkKind
PHONE, EMAIL, IP = (K.PHONE, "+12125550101"), (K.EMAIL, "a@gmail.com"), (K.IP, "81.2.69.142")
HOME, TO = (K.ADDRESS, "ln oak|12|78701"), (K.SHIP_TO, "ln oak|12|78701")
BANK, DEVICE, FACE = (K.BANK_ACCOUNT, "DE89"), (K.DEVICE, "serial:X"), (K.FACE, "f")
DOCUMENT, PICTURE = (K.DOCUMENT_NUMBER, "UTO:L8"), (K.DOCUMENT_PICTURE, "p")
REFERENCE = (K.REFERENCE_CONTACT, "maria@northwind.com")
LETTERHEAD = (K.EMAIL, "jobs@agency.example")
TEXT = tuple((K.RESUME_TEXT, f"b{n:02d}:aa") for n in range(20))


@pytest.mark.parametrize(
    "has",
    [
        (HOME, BANK),
        (HOME, DEVICE),
        (DEVICE, BANK),
        (PHONE, BANK),
        (PHONE, *TEXT),
        (DEVICE, IP),
        (FACE, HOME),
        (FACE, PHONE),
        (FACE, IP),
        (FACE, DOCUMENT),
        (IP, BANK),
        (TO, DOCUMENT),
    ],
    ids=lambda has: " and ".join(dict.fromkeys(kind for kind, _ in has)),
)
def test_two_independent_kinds_link_two_people_at_the_second_appearance(has: Has) -> None:
    (link,) = links_for("p1", crowd(2, *has))
    assert link.other == a_holder("p0")
    assert link.weight > 0
    assert all(tie.innocent_explanation.endswith(".") for tie in link.ties)


@pytest.mark.parametrize(
    "has",
    [
        (HOME,),
        (BANK,),
        (FACE,),
        TEXT,
        (HOME, TO),
        (HOME, TO, (K.ADDRESS, "st elm|4|78702")),
        (DOCUMENT, PICTURE, (K.FILE, "00")),
        (DEVICE, (K.DEVICE, "mac:Y")),
        (PHONE, EMAIL),
        (PHONE, IP),
        (PHONE, REFERENCE),
        (*TEXT, (K.PORTFOLIO, "a.dev"), (K.ACCOUNT, "github:a")),
        ((K.FILE, "00"), (K.ROOM, "0:00")),
        (LETTERHEAD, PHONE, REFERENCE),
        (IP, REFERENCE),
        (IP, (K.ROOM, "0:00")),
    ],
    ids=lambda has: " and ".join(dict.fromkeys(kind for kind, _ in has)),
)
def test_what_follows_from_one_thing_is_one_thing_and_no_link(has: Has) -> None:
    assert links_for("p1", crowd(2, *has)) == ()


@pytest.mark.parametrize(
    "has", [(HOME, PHONE), (HOME, TO, IP), (PHONE, IP), (HOME, PHONE, EMAIL, IP)]
)
def test_a_household_is_not_linked_by_its_home(has: Has) -> None:
    assert links_for("p3", crowd(4, *has)) == ()


@pytest.mark.parametrize("size", [5, 8])
def test_a_flat_is_no_crowd(size: int) -> None:
    has = (HOME, PHONE, EMAIL, IP, (K.ROOM, "0:00"))
    assert links_for("p4", crowd(size, *has)) == ()


def test_former_tenants_who_had_one_line_are_not_linked() -> None:
    tenants = {f"t{n}": (HOME, IP, (K.PHONE, f"+1212555010{n}")) for n in range(6)}
    assert links_for("t5", tenants) == ()


def test_an_agency_of_eight_on_freemail_is_not_linked_nor_by_its_desk() -> None:
    agency: dict[str, Has] = crowd(8, PHONE, EMAIL, REFERENCE, IP)
    agency |= {f"d{n}": (PHONE, EMAIL, IP, DEVICE) for n in range(3)}
    assert links_for("p7", agency) == ()
    assert links_for("d2", agency) == ()


def test_what_goes_with_a_home_counts_nothing_beside_it_and_says_so() -> None:
    (link,) = links_for("p1", crowd(2, HOME, PHONE, IP, BANK))
    told = {tie.kind: (tie.damped_as, tie.weight > 0) for tie in link.ties}
    assert told == {
        K.BANK_ACCOUNT: (None, True),
        K.ADDRESS: (None, True),
        K.PHONE: (Hub.HOUSEHOLD, False),
        K.IP: (Hub.HOUSEHOLD, False),
    }
    assert link.weight == pytest.approx(sum(tie.weight for tie in link.ties), abs=0.02)


def test_a_declared_home_has_its_computer_and_a_declared_farm_has_none() -> None:
    flat, farm = crowd(8, HOME, PHONE, IP, DEVICE), crowd(9, HOME, PHONE, IP, DEVICE)
    assert len(links_for("p7", flat)) == 7
    assert links_for("p7", flat, shares_home=True) == ()
    assert len(links_for("p8", farm, shares_home=True)) == 8


def test_flatmates_behind_a_carriers_address_are_not_linked() -> None:
    people = {**crowd(9, IP), "anna": (HOME, PHONE, IP), "ben": (HOME, PHONE, IP)}
    assert links_for("anna", people) == ()


def test_an_agency_of_many_is_not_linked_by_its_contacts() -> None:
    agency = crowd(30, PHONE, EMAIL, REFERENCE, *TEXT)
    assert links_for("p29", agency) == ()


def test_an_agencys_candidates_who_share_an_account_are_linked_by_all_of_it() -> None:
    people = {**crowd(30, PHONE), "anna": (PHONE, BANK), "ben": (PHONE, BANK)}
    (link,) = links_for("anna", people)
    assert link.other.person == "ben"
    assert all(tie.damped_as is None for tie in link.ties)


@pytest.mark.parametrize(("size", "hub"), [(40, Hub.CAMPUS), (400, Hub.CARRIER)])
def test_a_network_of_many_carries_no_link_and_is_shown_as_what_it_is(size: int, hub: Hub) -> None:
    people = {**crowd(size, IP), "anna": (IP, PHONE), "ben": (IP, PHONE)}
    assert links_for("anna", people) == ()
    people |= {"anna": (IP, FACE, BANK), "ben": (IP, FACE, BANK)}
    (link,) = links_for("anna", people)
    assert {tie.damped_as for tie in link.ties if tie.kind is K.IP} == {hub}


@pytest.mark.parametrize(("size", "linked"), [(5, 4), (30, 29), (90, MOST_LINKS)])
def test_laptops_that_go_to_one_house_and_start_there_are_linked(size: int, linked: int) -> None:
    farm: dict[str, Has] = {
        f"p{n}": (TO, HOME, IP, (K.ADDRESS, f"st elm|{n}|78702")) for n in range(size)
    }
    links = links_for("p0", farm)
    assert len(links) == linked
    assert {tie.kind for tie in links[0].ties if tie.damped_as is None} == {K.SHIP_TO, K.IP}


def test_a_carrier_is_one_behind_a_crowded_house_as_well() -> None:
    house, street = crowd(120, TO, HOME, IP), {f"q{n}": (IP,) for n in range(400)}
    links = links_for("p0", house | street)
    assert links == ()


def test_computers_of_one_facilitator_are_linked_by_what_else_is_shared() -> None:
    people: dict[str, Has] = {f"h{n}": (DEVICE, IP) for n in range(6)}
    people |= {f"a{n}": (DEVICE, HOME) for n in range(5)}
    people |= {f"v{n}": (DEVICE,) for n in range(3)}
    assert others(links_for("h5", people)) == {f"h{n}" for n in range(5)}
    assert others(links_for("a4", people)) == {f"a{n}" for n in range(4)}
    assert links_for("v2", people) == ()


def test_a_place_is_told_once_however_it_was_found() -> None:
    town = (K.ADDRESS, "ln oak|12|austin:us"), (K.SHIP_TO, "ln oak|12|austin:us")
    (link,) = links_for("p1", crowd(2, HOME, TO, *town, BANK))
    assert sorted(tie.kind for tie in link.ties) == [K.BANK_ACCOUNT, K.SHIP_TO]


@pytest.mark.parametrize("kind", sorted(NEVER_DAMPED))
def test_a_hub_of_homes_accounts_devices_or_documents_is_never_damped(kind: LinkKind) -> None:
    beside = BANK if kind is not K.BANK_ACCOUNT else DEVICE
    links = links_for("p0", crowd(300, (kind, "x"), beside))
    assert len(links) == MOST_LINKS
    assert all(tie.damped_as is None and tie.weight > 0 for link in links for tie in link.ties)


def test_what_few_have_weighs_more_than_what_many_have() -> None:
    people = {**crowd(100, HOME), **{f"q{n}": (HOME, BANK) for n in range(2)}, "r": (BANK,)}
    (link,) = links_for("q0", people)
    assert [tie.kind for tie in link.ties] == [K.BANK_ACCOUNT, K.ADDRESS]
    assert link.ties[0].weight > link.ties[1].weight


def test_texts_that_share_one_sentence_are_no_tie_and_near_copies_are() -> None:
    one = (*TEXT, PHONE)

    def shares(bands: int) -> Has:
        other = tuple((K.RESUME_TEXT, f"b{n:02d}:bb") for n in range(bands, 20))
        return (*TEXT[:bands], *other, PHONE)

    assert links_for("a", {"a": one, "b": shares(1)}) == ()
    (link,) = links_for("a", {"a": one, "b": shares(16)})
    (tie,) = (tie for tie in link.ties if tie.kind is K.RESUME_TEXT)
    assert tie.similarity == pytest.approx(0.946, abs=0.001)


def test_the_candidates_own_earlier_case_is_nobody_else() -> None:
    book = a_book({"anna": (HOME, BANK)})
    assert links_of(book.held("anna", having((HOME, BANK))), book.people) == ()


# What holds for whatever people have.

_THINGS = st.sampled_from(
    [PHONE, EMAIL, IP, HOME, TO, BANK, DEVICE, FACE, DOCUMENT, REFERENCE, LETTERHEAD]
    + [(kind, "other") for kind in LinkKind]
)
_PEOPLE = st.dictionaries(
    st.sampled_from("abcdefgh"), st.lists(_THINGS, min_size=1, max_size=8), min_size=2
)


@settings(max_examples=50)
@given(_PEOPLE)
def test_a_stranger_never_links_two_others_nor_breaks_their_link(people: dict[str, Has]) -> None:
    stranger = {"stranger": ((K.PHONE, "+4930123456"), (K.DEVICE, "serial:Z"))}
    for one in people:
        assert others(links_for(one, people | stranger)) == others(links_for(one, people))


@settings(max_examples=50)
@given(_PEOPLE, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_what_people_have_changes_nothing(
    people: dict[str, list[tuple[LinkKind, str]]], random: st.DataObject, home: bool
) -> None:
    one = min(people)
    told = links_for(one, people, shares_home=home)
    names = list(people)
    random.shuffle(names)  # type: ignore[attr-defined]
    mixed = {name: random.sample(people[name], len(people[name])) for name in names}  # type: ignore[attr-defined]
    assert links_for(one, mixed, shares_home=home) == told


@settings(max_examples=50)
@given(_PEOPLE)
def test_links_are_mutual_and_carried_by_two_undamped_kinds(people: dict[str, Has]) -> None:
    for one in people:
        for link in links_for(one, people):
            assert one in others(links_for(link.other.person, people))
            assert len({tie.kind for tie in link.ties if tie.damped_as is None}) >= 2
            assert not any(tie.damped_as and tie.kind in NEVER_DAMPED for tie in link.ties)


@settings(max_examples=25)
@given(_PEOPLE, st.sampled_from(sorted(NEVER_DAMPED)))
def test_one_more_shared_thing_of_weight_never_takes_a_link_away(
    people: dict[str, list[tuple[LinkKind, str]]], kind: LinkKind
) -> None:
    one = min(people)
    for other in others(links_for(one, people)):
        more = {
            name: [*has, (kind, "more")] if name in (one, other) else has
            for name, has in people.items()
        }
        assert other in others(links_for(one, more))


# The neighbourhood.


def _chain(length: int) -> dict[str, Has]:
    """Each linked to the next, and to nobody else."""
    return {
        f"p{n}": [(kind, f"{at}") for kind in (K.BANK_ACCOUNT, K.DEVICE) for at in (n, n + 1)]
        for n in range(length)
    }


def test_a_neighbourhood_goes_so_far_and_says_that_there_is_more() -> None:
    people = _chain(6)
    near = neighbourhood(a_holder("p0"), lambda one: links_for(one.person, people), depth=2)
    assert [one.person for one in near.people] == ["p0", "p1", "p2"]
    assert {(edge.one, edge.other) for edge in near.edges} == {("p0", "p1"), ("p1", "p2")}
    assert near.cut_off
    whole = neighbourhood(a_holder("p0"), lambda one: links_for(one.person, people), depth=5)
    assert (len(whole.people), whole.cut_off) == (6, False)


def test_a_neighbourhood_holds_so_many_and_says_that_there_are_more() -> None:
    people = crowd(30, HOME, BANK)
    near = neighbourhood(a_holder("p0"), lambda one: links_for(one.person, people), size=10)
    assert len(near.people) == 10
    assert near.cut_off
    known = {one.person for one in near.people}
    assert all({edge.one, edge.other} <= known for edge in near.edges)
    pairs = [frozenset((edge.one, edge.other)) for edge in near.edges]
    assert len(set(pairs)) == len(pairs)
