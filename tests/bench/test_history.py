"""Generated lives meet the rules: hardly an honest one goes to a person, clumsy frauds are seen."""

import json
from collections import Counter

import pytest

from bench.history import measure
from bench.history_lives import judge_at, judge_life, naive_fault
from bench.history_tables import print_table
from models.history import Claims
from models.stage import Stage
from models.verdict import Outcome
from samples.careers.frauds import ONE_WAY
from samples.careers.population import honest, of_kind
from service.workflow.rules import ALL_RULES

A_PERSON_LOOKS = (Outcome.REVIEW, Outcome.HOLD)


def test_fewer_than_two_honest_lives_in_a_hundred_go_to_a_person_before_an_offer() -> None:
    outcomes = Counter(judge_at(life.at(Stage.INTERVIEW)).outcome for life in honest(300, 1))
    assert outcomes[Outcome.HOLD] == 0
    assert outcomes[Outcome.REVIEW] < 0.02 * 300
    assert outcomes[Outcome.VERIFIED] > 0.5 * 300


SEEN_BY = {
    "invented employers": {"HIST-04", "HIST-05", "HIST-06"},
    "borrowed identity": {"HIST-09a", "HIST-09b"},
    "copied code": {"HIST-27", "HIST-28", "HIST-29"},
    "back-dated skills": {"HIST-16", "HIST-17"},
    "circular references": {"HIST-24", "HIST-25", "HIST-26"},
    "shell employer": {"HIST-01"},
    "fake degree": {"HIST-13", "HIST-14"},
    "laptop farm": {"HIST-35", "HIST-37", "HIST-38", "HIST-39"},
    "one script": {"HIST-45", "HIST-59"},
    "throwaway contacts": {"HIST-46", "HIST-47"},
    "sits elsewhere": {"HIST-40", "HIST-41"},
    "pay elsewhere": {"HIST-48", "HIST-49"},
    "stand-in": {"HIST-54"},
    "many jobs": {"HIST-08"},
}
"""The rules that each clumsy way of making a life up is for; others may see it as well."""


@pytest.mark.parametrize("kind", ONE_WAY)
def test_each_clumsy_fraud_is_seen_by_its_own_rules_and_asked_about(kind: str) -> None:
    judged = [judge_at(life.at(Stage.ONBOARDING)) for life in of_kind(kind, 16, seed=1)]
    caught = [at for at in judged if at.rules & SEEN_BY[kind]]
    assert len(caught) >= 3
    assert all(at.outcome is not Outcome.VERIFIED for at in caught)


def test_a_made_up_life_without_mistakes_passes_as_the_documentation_says() -> None:
    judged = [judge_at(life.at(Stage.ONBOARDING)) for life in of_kind("careful", 12, seed=1)]
    assert sum(at.outcome in A_PERSON_LOOKS for at in judged) <= 3


def test_a_judged_life_tells_when_a_person_first_looked_and_which_rules_it_rests_on() -> None:
    (life,) = of_kind("stand-in", 1, seed=1)
    judged = judge_life(life)
    assert judged.reaches(*A_PERSON_LOOKS) is Stage.ONBOARDING
    assert "HIST-54" in judged.stages[Stage.ONBOARDING].because
    assert "HIST-54" not in judged.stages[Stage.OFFER].rules


def test_the_baseline_takes_any_overlap_for_a_fault_as_a_script_does() -> None:
    one = {"startDate": "2018-01", "endDate": "2020-03"}
    overlapping = [one, {"startDate": "2020-03", "endDate": "2021"}]
    assert not naive_fault(Claims.model_validate({"work": overlapping}))
    assert naive_fault(Claims.model_validate({"work": [one, {"startDate": "2020-02"}]}))
    assert naive_fault(
        Claims.model_validate({"work": [{"startDate": "2020-05", "endDate": "2019-01"}]})
    )


def test_the_figures_are_json_and_print_as_tables(capsys: pytest.CaptureFixture[str]) -> None:
    figures = json.loads(json.dumps(measure(40, 30, swapped=2)))
    print_table(figures)
    told = capsys.readouterr().out
    assert all(rule.id in told for rule in ALL_RULES)
    for split in figures["splits"].values():
        for stage in split["honest"]["stages"].values():
            assert sum(stage.values()) == pytest.approx(1)
    assert set(map(len, figures["swapped names"]["come out otherwise"].values())) == {0}
