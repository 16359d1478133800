"""Generated streams: one seed, one stream; each kind of applicant shares what it says."""

from collections import Counter
from itertools import islice

import pytest

from models.link import Identifier, LinkKind
from samples.campaigns.benign import KINDS, STAGES
from samples.campaigns.case import CampaignCase
from samples.campaigns.schemes import SCHEMES, SIZES
from samples.campaigns.stream import stream
from verifiers.linkage.identifiers import identifiers_of

SEED = 11
FEW = ("alone", "household", "mover")
"""Kinds whose groups are small."""


def test_a_seed_gives_the_same_stream_and_another_seed_another() -> None:
    first = list(stream(6, SEED, share=0.01, kinds=FEW))
    assert first == list(stream(6, SEED, share=0.01, kinds=FEW))
    assert [case.name for case in first] != [
        case.name for case in stream(6, 12, share=0.01, kinds=FEW)
    ]


def test_cases_are_made_as_they_are_asked_for() -> None:
    endless = stream(2000, SEED, schemes=(), kinds=("alone",))
    assert next(endless).person == "benign-0"
    assert next(endless).person == "benign-1"


def test_every_case_is_a_person_of_its_own_and_only_some_humans_come_twice() -> None:
    kinds = ("applies twice", "name changer")
    cases = [case for kind in kinds for case in stream(6, SEED, schemes=(), kinds=(kind,))]
    cases += stream(6, SEED, schemes=(), kinds=("alone",))
    times = Counter(case.human for case in cases)
    assert set(times.values()) == {1, 2}
    assert {case.kind for case in cases if times[case.human] == 2} == set(kinds)


def test_the_shares_that_are_assumed_are_whole_and_each_says_why() -> None:
    assert sum(kind.share for kind in KINDS.values()) == pytest.approx(100)
    assert sum(STAGES.values()) == 100
    assert all(kind.why.endswith(".") for kind in KINDS.values())
    assert set(SIZES) == set(SCHEMES)


def test_strangers_who_apply_alone_share_at_most_a_network() -> None:
    held: dict[tuple[LinkKind, str], set[str]] = {}
    for case in stream(60, SEED, schemes=(), kinds=("alone", "thin file")):
        for one in _identifiers(case):
            held.setdefault((one.kind, one.canonical), set()).add(case.person)
    shared = {kind for (kind, _), people in held.items() if len(people) > 1}
    assert shared <= {LinkKind.IP}


@pytest.mark.parametrize(
    ("kind", "shares"),
    [
        ("household", {LinkKind.ADDRESS}),
        ("campus", {LinkKind.IP}),
        ("number handed on", {LinkKind.PHONE}),
        ("mover", {LinkKind.ADDRESS}),
    ],
)
def test_members_of_a_group_share_what_their_kind_says(kind: str, shares: set[LinkKind]) -> None:
    cases = list(islice(stream(4, SEED, schemes=(), kinds=(kind,)), 4))
    group = [case for case in cases if case.group == cases[0].group][:2]
    one, other = ({(i.kind, i.canonical) for i in _identifiers(case)} for case in group)
    assert shares <= {found for found, _ in one & other}


def test_nothing_of_the_first_day_is_known_of_an_application() -> None:
    for case in stream(25, SEED, schemes=(), kinds=("alone",)):
        if case.stage.value == "application":
            assert not case.claims.ship_to
            assert not case.surroundings.inventories
            assert case.surroundings.payroll is None
            assert not case.document_numbers


def _identifiers(case: CampaignCase) -> tuple[Identifier, ...]:
    return identifiers_of(
        case.claims,
        case.surroundings,
        document_numbers=case.document_numbers,
        files=case.files,
    )
