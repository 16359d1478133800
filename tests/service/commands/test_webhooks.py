"""Secrets and addresses of webhooks, from the command line."""

import pytest

from tests.service.commands.conftest import default_tenant
from tests.service.conftest import Bonafide


def test_a_new_tenant_has_a_secret_for_each_way_and_an_address(operator: Bonafide) -> None:
    shown = operator("keys", "webhooks", "show").out
    with default_tenant() as t:
        hooks = t.access.hooks()
        assert f"/v1/hooks/{t.tenant_id}/orders" in shown
    assert shown.count("one secret") == 2
    assert not any(secret in shown for secret in (*hooks.incoming, *hooks.outgoing))


def test_showing_secrets_is_on_record(operator: Bonafide) -> None:
    shown = operator("keys", "webhooks", "show", "--secrets").out
    with default_tenant() as t:
        hooks = t.access.hooks()
        assert all(secret in shown for secret in (*hooks.incoming, *hooks.outgoing))
        assert t.audit.list()[0].action == "hooks.viewed"


def test_a_secret_is_replaced_without_a_gap(operator: Bonafide) -> None:
    with default_tenant() as t:
        (old,) = t.access.hooks().outgoing
    ran = operator("keys", "webhooks", "rotate", "outgoing")
    assert ran.status == 0, ran.err
    new = ran.out.removesuffix("\n")
    with default_tenant() as t:
        assert t.access.hooks().outgoing == (new, old)
    assert operator("keys", "webhooks", "drop-previous", "outgoing").status == 0
    with default_tenant() as t:
        assert t.access.hooks().outgoing == (new,)


def test_events_go_where_it_is_said(operator: Bonafide) -> None:
    ran = operator("keys", "webhooks", "set", "--url", "https://ats.example.com/in")
    assert ran.status == 0, ran.err
    with default_tenant() as t:
        assert t.access.hooks().url == "https://ats.example.com/in"
        assert t.access.hooks().outgoing


@pytest.mark.parametrize("url", ["http://ats.example.com/in", "https://127.0.0.1/in", "nonsense"])
def test_an_address_that_nothing_would_be_sent_to_is_refused(operator: Bonafide, url: str) -> None:
    ran = operator("keys", "webhooks", "set", "--url", url)
    assert ran.status == 2
    assert "Nothing would be sent" in ran.err
    with default_tenant() as t:
        assert t.access.hooks().url is None
