"""Schemes surface when their cases arrive; families, agencies and campuses do not."""

import json
from itertools import islice
from pathlib import Path

import pytest

from bench.campaigns.figures import figures
from bench.campaigns.picture import draw
from bench.campaigns.replay import Replay, Replayed
from bench.campaigns.tables import print_table
from samples.campaigns.schemes import SCHEMES
from samples.campaigns.stream import stream

SEED = 11


def replayed(scheme: str, share: float, benign: int = 6) -> list[Replayed]:
    """A small scheme among a few who apply alone."""
    return list(
        Replay().take(stream(benign, SEED, schemes=(scheme,), share=share, kinds=("alone",)))
    )


def of_scheme(cases: list[Replayed]) -> list[Replayed]:
    return [one for one in cases if one.campaign]


def test_identities_of_one_facilitator_are_linked_and_looked_at() -> None:
    cases = of_scheme(replayed("facilitator", 0.03))
    own = {one.person for one in cases}
    linked = [one for one in cases if any(person in own for person, _ in one.links)]
    assert len(linked) > len(cases) / 4
    # Two at one address with one computer may be a couple: linked, and left to whoever looks.
    assert sum(one.looked_at for one in linked) > len(linked) / 2


def test_laptops_in_one_house_are_found_by_the_address_and_by_what_runs_on_them() -> None:
    cases = of_scheme(replayed("laptop farm", 0.12))
    assert cases[0].looked_at
    assert not cases[0].links
    assert cases[-1].links
    assert "HIST-37" in cases[-1].because


def test_another_person_on_the_first_day_is_held() -> None:
    cases = of_scheme(replayed("stand-in", 0.2))
    assert {one.outcome.value for one in cases} == {"hold"}


def test_a_real_document_number_under_another_name_is_found_by_whoever_comes_second() -> None:
    cases = replayed("forged passport", 0.2)
    for group in {one.group for one in cases if one.campaign}:
        first, second = (one for one in cases if one.group == group)
        assert not first.looked_at
        assert second.because == {"HIST-51"} or not second.looked_at
    assert any("HIST-51" in one.because for one in cases)


def test_pay_into_an_account_of_another_name_is_looked_at() -> None:
    cases = of_scheme(replayed("payout accounts", 0.1))
    assert all(one.looked_at for one in cases)


def test_a_listed_employer_is_held_by_its_web_site_and_a_namesake_is_not() -> None:
    cases = replayed("front company", 0.3)
    assert any(one.outcome.value == "hold" for one in of_scheme(cases))
    namesakes = [one for one in cases if one.kind == "namesake employer"]
    assert namesakes
    assert all("HIST-56" not in one.because for one in namesakes)


@pytest.mark.parametrize("kind", ["household", "mover", "number handed on", "name changer"])
def test_honest_people_are_linked_to_no_stranger(kind: str) -> None:
    cases = list(Replay().take(stream(10, SEED, schemes=(), kinds=(kind,))))
    groups = {one.person: one.group for one in cases}
    for one in cases:
        # A household's members, or the same person once more; those who only share a number or a
        # flat, one after the other, not at all.
        assert all(groups[person] == one.group for person, _ in one.links)
        assert not one.links or kind in ("household", "name changer")


def test_whoever_applies_twice_is_linked_to_themself_and_to_nobody_else() -> None:
    cases = list(Replay().take(stream(10, SEED, schemes=(), kinds=("applies twice",))))
    people = {one.person: one.human for one in cases}
    seen: set[str] = set()
    for one in cases:
        assert {people[person] for person, _ in one.links} == ({one.human} & seen)
        seen.add(one.human)


@pytest.mark.parametrize("kind", ["agency", "campus"])
def test_hardly_anybody_of_an_agency_or_a_campus_is_looked_at_for_what_all_share(kind: str) -> None:
    cases = list(Replay().take(islice(stream(30, SEED, schemes=(), kinds=(kind,)), 30)))
    for_others = [one for one in cases if any(rule.startswith("LINK") for rule in one.because)]
    assert len(for_others) <= len(cases) * 0.1


def test_the_figures_are_printed_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = list(Replay().take(stream(4, SEED, share=0.005, kinds=("alone",))))
    told = figures(cases) | {"seed": SEED}
    json.dumps(told)
    assert set(told["schemes"]) == set(SCHEMES)
    assert told["cases"] == len(cases)
    print_table(told)
    said = capsys.readouterr().out
    assert all(name in said for name in SCHEMES)
    draw(told, tmp_path / "replay.png")
    assert (tmp_path / "replay.png").stat().st_size > 10_000
