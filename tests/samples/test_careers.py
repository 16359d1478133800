"""Generated lives: the same from the same seed, whole, and of every kind that is promised."""

from collections import Counter
from itertools import islice

import pytest

from models.circumstances import SharedKind
from models.history import Claims
from models.stage import Stage
from samples.careers import coherent, contradicting
from samples.careers.frauds import FRAUD
from samples.careers.honest import HONEST
from samples.careers.names import ORIGINS
from samples.careers.population import SampleLife, frauds, honest, of_kind
from samples.holder import ANNA

KINDS = (*HONEST, *FRAUD)


def test_a_seed_always_gives_the_same_lives_and_another_seed_others() -> None:
    assert list(honest(5, 3)) == list(honest(5, 3))
    assert list(frauds(5, 3)) == list(frauds(5, 3))
    assert list(honest(5, 3)) != list(honest(5, 4))


def test_a_life_does_not_depend_on_how_many_are_drawn() -> None:
    assert list(islice(honest(500, 3), 3)) == list(honest(3, 3))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_lives_whose_claims_survive_the_way_through_json(kind: str) -> None:
    for life in of_kind(kind, 3, seed=8):
        assert (life.kind, life.honest) == (kind, kind in HONEST)
        assert life.claims.identity.full_name
        assert life.claims.tells_history or kind in HONEST
        text = life.claims.model_dump_json(by_alias=True)
        assert Claims.model_validate_json(text) == life.claims


def test_all_kinds_and_origins_come_up_and_the_careful_are_a_seventh_of_the_made_up() -> None:
    good, bad = list(honest(400, 5)), list(frauds(300, 5))
    assert {life.kind for life in good} == HONEST.keys()
    assert {life.origin for life in good} == ORIGINS.keys()
    kinds = Counter(life.kind for life in bad)
    assert kinds.keys() == FRAUD.keys()
    assert 0.10 < kinds["careful"] / len(bad) < 0.20


def test_nothing_but_the_name_follows_from_its_origin() -> None:
    one, other = ([_without_names(life) for life in _named(o)] for o in ("Korean", "English"))
    assert one == other
    assert [life.claims.full_name for life in _named("Korean")] != [
        life.claims.full_name for life in _named("English")
    ]


def test_a_company_knows_at_each_stage_only_what_it_can_have_by_then() -> None:
    (life,) = of_kind("laptop farm", 1, seed=2)
    application, offer, onboarding = (
        life.at(stage) for stage in (Stage.APPLICATION, Stage.OFFER, Stage.ONBOARDING)
    )
    assert application.claims.references == ()
    assert application.claims.ship_to == ()
    assert application.document_birth_date is None
    assert (application.seen.shipment, offer.seen.shipment) == (None, None)
    assert SharedKind.SHIP_TO not in {one.kind for one in offer.seen.shared or ()}
    assert offer.claims.references
    assert offer.claims.payout == ()
    assert onboarding.seen.shipment
    assert onboarding.claims.ship_to
    assert all(session.at.date() <= offer.today for session in offer.seen.sessions)


def test_the_lives_of_the_demo_are_as_they_were() -> None:
    good = Claims.model_validate(coherent(ANNA))
    assert [work.name for work in good.work] == [
        "Halvorsen Freight",
        "Nordlys Energy",
        "Kestrel Maps",
    ]
    bad = Claims.model_validate(contradicting(ANNA))
    assert str(bad.work[0].start) == f"{ANNA.birth_date.year + 5}-09"


def _named(origin: str) -> list[SampleLife]:
    return [*honest(20, 6, origin=origin), *frauds(20, 6, origin=origin)]


def _without_names(life: SampleLife) -> tuple[object, ...]:
    claims, seen = life.claims, life.seen
    shops = tuple((work.position, work.start, work.end, work.full_time) for work in claims.work)
    return (
        life.kind,
        life.days,
        shops,
        claims.education,
        claims.skills,
        claims.references,
        claims.ship_to,
        life.document_birth_date,
        life.outside.companies,
        life.outside.institutions,
        life.outside.line_types,
        seen.sessions,
        seen.shipment,
        seen.bank,
        seen.shared,
        seen.face_pairs,
    )
