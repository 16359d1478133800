"""What a tenant asks for, shown and changed as a file."""

import json
from pathlib import Path

import pytest

from models.policy import DEFAULT_POLICY, DEMO_POLICY, Policy
from tests.service.commands.conftest import default_tenant
from tests.service.conftest import Bonafide


def test_a_tenant_begins_with_the_default_policy(operator: Bonafide) -> None:
    shown = operator("policy", "show").out
    assert Policy.model_validate_json(shown) == DEFAULT_POLICY


def test_a_policy_that_is_set_is_the_one_shown(operator: Bonafide, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text(DEMO_POLICY.model_dump_json())
    ran = operator("policy", "set", file)
    assert ran.status == 0, ran.err
    assert "demo v2" in ran.out
    assert "specimen" in ran.err
    with default_tenant() as t:
        assert t.access.policy() == DEMO_POLICY


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("not JSON", "Invalid JSON"),
        (json.dumps({"name": "x"}), "required"),
        (json.dumps({"required": {}, "reject": True}), "reject"),
    ],
)
def test_a_file_that_is_no_policy_changes_nothing(
    operator: Bonafide, tmp_path: Path, said: str, told: str
) -> None:
    file = tmp_path / "policy.json"
    file.write_text(said)
    ran = operator("policy", "set", file)
    assert ran.status == 2
    assert "is not a policy" in ran.err
    assert told in ran.err
    with default_tenant() as t:
        assert t.access.policy() == DEFAULT_POLICY


def test_a_file_that_is_not_there_is_told(operator: Bonafide, tmp_path: Path) -> None:
    ran = operator("policy", "set", tmp_path / "missing.json")
    assert ran.status == 2
    assert "cannot be read" in ran.err
