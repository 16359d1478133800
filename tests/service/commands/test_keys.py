"""API keys from the command line: shown once, piped, revoked."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from service.runtime import open_store
from service.settings import Settings
from tests.service.commands.conftest import default_tenant
from tests.service.conftest import Bonafide


def _lets_in(secret: str) -> bool:
    store = open_store(Settings())
    holder = store.key_holder(secret)
    store.close()
    return holder is not None


def test_the_secret_alone_goes_to_standard_output(operator: Bonafide) -> None:
    ran = operator("keys", "create", "ats")
    assert ran.status == 0, ran.err
    secret = ran.out.removesuffix("\n")
    assert secret.startswith("bonafide_")
    assert secret not in ran.err
    assert _lets_in(secret)


def test_a_key_as_json_for_a_script(operator: Bonafide) -> None:
    answer = json.loads(operator("keys", "create", "ats", "--json").out)
    assert answer["name"] == "ats"
    assert answer["tenant"] == "default"
    assert _lets_in(answer["secret"])


def test_a_listed_key_can_be_revoked_and_shows_no_secret(operator: Bonafide) -> None:
    secret = operator("keys", "create", "ats").out.strip()
    listed = operator("keys", "list").out
    assert "ats" in listed
    assert "never used" in listed
    assert secret not in listed
    ran = operator("keys", "revoke", listed.split()[0])
    assert ran.status == 0, ran.err
    assert not _lets_in(secret)
    with default_tenant() as t:
        (key,) = t.access.keys()
        assert key.revoked_at


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("keys", "revoke", str(uuid4())), "There is no such key."),
        (("keys", "create", "ats", "--tenant", "nobody"), "There is no tenant 'nobody'"),
        (("keys", "list", "--tenant", "nobody"), "there are: default"),
    ],
)
def test_what_is_not_there_is_told_plainly(
    operator: Bonafide, arguments: tuple[str, ...], told: str
) -> None:
    ran = operator(*arguments)
    assert ran.status == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_another_master_key_is_told_and_changes_nothing(
    operator: Bonafide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDE_MASTER_KEY", "00" * 32)
    ran = operator("keys", "create", "ats")
    assert ran.status == 2
    assert "does not open with this master key" in ran.err
    monkeypatch.delenv("BONAFIDE_MASTER_KEY")
    with default_tenant() as t:
        assert not t.access.keys()


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("CONCURRENCY", "none", "BONAFIDE_CONCURRENCY: "),
        ("MASTER_KEY", "not-a-key-7h1s-1s", "BONAFIDE_MASTER_KEY must hold"),
        ("DATABASE_URL", "mysql://u:s3cret@h/d", "BONAFIDE_DATABASE_URL: "),
        ("DATABASE_URL", "postgresql://u:s3cret@127.0.0.1:1/d", "The database cannot be used"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_setting_is_named_and_its_value_is_not(
    bonafide: Bonafide,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: str,
    told: str,
) -> None:
    monkeypatch.setenv(f"BONAFIDE_{setting}", value)
    ran = bonafide("keys", "list")
    assert ran.status == 2
    assert told in ran.err
    assert "s3cret" not in ran.err
    assert "7h1s" not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("operator")
def test_another_master_key_than_the_one_of_the_store_is_told_and_changes_nothing(
    folder: Path, bonafide: Bonafide
) -> None:
    (folder / "master.key").unlink()
    ran = bonafide("keys", "list")
    assert ran.status == 2
    assert "master key" in ran.err
    assert "Traceback" not in ran.err
