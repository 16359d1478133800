"""What rules hear of others: how many of other names, from links that are shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.circumstances import Shared, SharedKind
from models.link import LinkKind
from tests.linkage.building import Has, a_book, crowd, having, links_for
from verifiers.linkage.shared_facts import shared_of
from verifiers.same_person import same_person_name

K = LinkKind
HOME, BANK, PHONE = (K.ADDRESS, "ln oak|12|78701"), (K.BANK_ACCOUNT, "DE89"), (K.PHONE, "+1")
DEVICE, DOCUMENT = (K.DEVICE, "serial:X"), (K.DOCUMENT_NUMBER, "UTO:L8")


def _other(_: str) -> bool:
    return False


def _of(shared: tuple[Shared, ...]) -> dict[SharedKind, Shared]:
    return {one.kind: one for one in shared}


def test_what_was_looked_for_and_nobody_has_is_told_as_nobody() -> None:
    told = shared_of((), _other, looked_for=(K.PHONE, K.BANK_ACCOUNT))
    assert [(one.kind, one.others) for one in told] == [
        (SharedKind.PHONE, 0),
        (SharedKind.BANK_ACCOUNT, 0),
    ]


def test_people_of_another_name_are_counted_and_others_never() -> None:
    names = {"p0": False, "p1": True, "p2": None, "p3": False}
    links = links_for("p4", crowd(5, BANK, DEVICE))
    told = _of(shared_of(links, names.__getitem__))
    assert (told[SharedKind.BANK_ACCOUNT].others, told[SharedKind.DEVICE].others) == (2, 2)
    assert told[SharedKind.PHONE].others == 0


def test_one_thing_alone_is_not_told_but_a_document_number_is() -> None:
    people: dict[str, Has] = crowd(2, PHONE, HOME)
    assert all(one.others == 0 for one in shared_of(links_for("p1", people), _other))
    people = crowd(2, DOCUMENT)
    held = a_book(people).held("p1", having([DOCUMENT]))
    told = _of(shared_of(links_for("p1", people), _other, document_numbers=held))
    assert told[SharedKind.DOCUMENT_NUMBER].others == 1
    twice = _of(shared_of(links_for("p1", people), lambda _: True, document_numbers=held))
    assert twice[SharedKind.DOCUMENT_NUMBER].others == 0


def test_what_is_damped_is_not_told() -> None:
    links = links_for("p1", crowd(2, HOME, PHONE, BANK))
    told = _of(shared_of(links, _other))
    assert (told[SharedKind.ADDRESS].others, told[SharedKind.PHONE].others) == (1, 0)


def test_a_declared_home_is_heard_for_a_house_and_not_for_a_farm() -> None:
    for size, heard in ((6, True), (20, False)):
        links = links_for("p0", crowd(size, HOME, BANK), shares_home=True)
        told = _of(shared_of(links, _other, household_declared=True))
        assert told[SharedKind.ADDRESS].others == size - 1
        assert told[SharedKind.ADDRESS].household_declared is heard


def test_a_declared_home_says_nothing_of_those_who_live_elsewhere() -> None:
    links = links_for("p0", crowd(2, DEVICE, BANK), shares_home=True)
    told = _of(shared_of(links, _other, household_declared=True))
    assert told[SharedKind.BANK_ACCOUNT].others == 1
    assert not told[SharedKind.BANK_ACCOUNT].household_declared


def test_a_familys_computer_is_shown_and_not_told_and_a_crowds_is_told() -> None:
    for size, others in ((4, 0), (5, 4)):
        links = links_for("p0", crowd(size, HOME, DEVICE))
        assert len(links) == size - 1
        assert _of(shared_of(links, _other))[SharedKind.DEVICE].others == others
    links = links_for("p0", crowd(2, HOME, DEVICE, BANK))
    assert _of(shared_of(links, _other))[SharedKind.DEVICE].others == 1


def test_documents_and_faces_are_held_to_a_stricter_comparison_of_names() -> None:
    held = a_book(crowd(2, DOCUMENT, PHONE)).held("p1", having([DOCUMENT, PHONE]))
    links = links_for("p1", crowd(2, DOCUMENT, PHONE))
    told = _of(
        shared_of(links, lambda _: True, document_numbers=held[:1], same_person=lambda _: False)
    )
    assert told[SharedKind.DOCUMENT_NUMBER].others == 1
    assert told[SharedKind.PHONE].others == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Michael Chen", "Michael Rivera", None),
        ("Chen Michael", "Michael Rivera", False),
        ("Kim Jisoo", "Kim Minho", None),
        ("Jisoo Kim", "Minho Kim", None),
        ("Anna Smith", "Anna Jones", None),
        ("Anna Smith", "Ben Jones", False),
        ("Example, Anna", "Anna Maria Example", True),
        ("Bob Smith", "Robert Smith", True),
        ("Wei Chen", "Kevin Chen", None),
        ("Noh Moohyun", "Roh Mu-hyeon", None),
        ("Anna", "Anna Smith", True),
    ],
)
def test_one_part_in_common_does_not_make_two_names_one_persons(
    one: str, other: str, same: bool | None
) -> None:
    assert same_person_name(one, other) is same


_NAMES = st.lists(
    st.sampled_from(
        ("Anna", "Jones", "Kim", "Jisoo", "Ji-soo", "Minho", "Michael", "Mike", "Chen", "Nguyen",
         "Van", "Noh", "Roh", "Moohyun", "Mu-hyeon", "Müller", "Mueller", "J.", "王", "Anna-Lena")
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(_NAMES, _NAMES)
def test_whether_the_family_name_stands_first_changes_no_answer(
    one: list[str], other: list[str]
) -> None:
    turned = same_person_name(" ".join(one[::-1]), " ".join(other[::-1]))
    assert same_person_name(" ".join(one), " ".join(other)) is turned


def test_texts_tell_how_alike_they_are() -> None:
    text = tuple((K.RESUME_TEXT, f"b{n:02d}:aa") for n in range(20))
    links = links_for("a", {"a": (*text, PHONE), "b": (*text[:16], PHONE)})
    told = _of(shared_of(links, _other))
    assert told[SharedKind.RESUME_TEXT].others == 1
    assert (told[SharedKind.RESUME_TEXT].similarity or 0) > 0.9
