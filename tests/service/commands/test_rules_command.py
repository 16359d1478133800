"""The rules, listed and told."""

import json

from service.workflow.rules import ALL_RULES
from tests.service.conftest import Bonafide


def test_every_rule_is_listed_with_what_it_contradicts(bonafide: Bonafide) -> None:
    ran = bonafide("rules")
    assert ran.status == 0, ran.err
    said = " ".join(ran.out.split())
    for rule in ALL_RULES:
        assert f"{rule.id} v{rule.version} {rule.strength.value} {rule.code}" in said


def test_a_rule_that_is_named_says_what_it_asks_and_who_honestly_looks_the_same(
    bonafide: Bonafide,
) -> None:
    ran = bonafide("rules", "hist-07")
    assert ran.status == 0, ran.err
    (rule,) = (rule for rule in ALL_RULES if rule.id == "HIST-07")
    assert rule.question
    for told in (rule.summary, rule.benign, rule.question, rule.code, *rule.indicators):
        assert told in ran.out
    assert "HIST-08" not in ran.out


def test_programs_get_one_object_a_line_with_everything(bonafide: Bonafide) -> None:
    lines = [json.loads(line) for line in bonafide("rules", "--json").out.splitlines()]
    assert [line["id"] for line in lines] == [rule.id for rule in ALL_RULES]
    for line, rule in zip(lines, ALL_RULES, strict=True):
        assert line == {
            "id": rule.id,
            "version": rule.version,
            "class": rule.evidence_class.value,
            "strength": rule.strength.value,
            "code": rule.code,
            "summary": rule.summary,
            "benign": rule.benign,
            "question": rule.question,
            "indicators": list(rule.indicators),
        }


def test_rules_that_are_named_come_in_that_order_and_once(bonafide: Bonafide) -> None:
    ran = bonafide("rules", "HIST-08", "HIST-07", "HIST-08", "--json")
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["HIST-08", "HIST-07"]


def test_an_id_that_is_no_rule_is_told_with_what_may_be_meant(bonafide: Bonafide) -> None:
    ran = bonafide("rules", "HIST-9", "HIST-07")
    assert ran.status == 2
    assert not ran.out
    assert "There is no rule HIST-9." in ran.err
    assert "HIST-09a" in ran.err
    assert "Traceback" not in ran.err
