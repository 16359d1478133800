"""Providers that an operator engages: line types, and background checks."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from models.outside import Confirmation, LineKind, Outcome
from tests.history_sources.asking_one import Asking
from tests.history_sources.local_server import LocalServer, says

Ask = Callable[[str], Asking]
NUMBER = "+442079460018"
CALLED = {"basics": {"phone": "020 7946 0018", "location": {"countryCode": "GB"}}}


def _line(kind: str | None, **fields: Any) -> dict[str, Any]:
    return {
        "phone_number": NUMBER,
        "valid": True,
        "line_type_intelligence": {
            "carrier_name": "A Carrier",
            "type": kind,
            "error_code": None,
            **fields,
        },
    }


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("mobile", LineKind.MOBILE),
        ("landline", LineKind.LANDLINE),
        ("fixedVoip", LineKind.LANDLINE),
        ("nonFixedVoip", LineKind.VOIP),
        ("tollFree", LineKind.OTHER),
    ],
)
def test_the_kind_of_line_is_told(
    server: LocalServer, asking: Ask, told: str, kind: LineKind
) -> None:
    server.answers[f"/v2/PhoneNumbers/{NUMBER}"] = says(_line(told))
    answer = asking("line-type").one(CALLED)
    assert (answer.question, answer.outcome) == (NUMBER, Outcome.FOUND)
    assert answer.value
    assert (answer.value.kind, answer.value.carrier) == (kind, "A Carrier")
    assert server.asked[0].query == {"Fields": "line_type_intelligence"}
    assert server.asked[0].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "told", [_line("unknown"), _line(None), _line("mobile", error_code=60601), {"valid": True}]
)
def test_a_carrier_that_does_not_say_is_unknown(
    server: LocalServer, asking: Ask, told: dict[str, Any]
) -> None:
    server.answers[f"/v2/PhoneNumbers/{NUMBER}"] = says(told)
    assert asking("line-type").one(CALLED).why == "could not say"


def test_a_number_that_is_nobodys_is_absent(server: LocalServer, asking: Ask) -> None:
    server.answers[f"/v2/PhoneNumbers/{NUMBER}"] = says({"valid": False})
    assert asking("line-type").one(CALLED).outcome is Outcome.ABSENT


def test_what_is_no_number_is_not_asked(server: LocalServer, asking: Ask) -> None:
    assert asking("line-type").all({"phones": [{"number": "call me"}, {"number": "0800"}]}) == []
    assert server.asked == []


WORKED = {
    "basics": {"name": "Anna Example", "email": "anna@example.com"},
    "identity": {"birthDate": "1990-06-01", "documentNumber": "L898902C3"},
    "work": [{"name": "Example Ltd", "position": "Engineer", "startDate": "2019-03"}],
}


def test_an_employment_is_ordered_once_and_told_when_it_was_looked_into(
    server: LocalServer, asking: Ask
) -> None:
    server.answers |= {
        "/orders": says({"id": "o-1", "status": "pending"}, 201),
        "/orders/o-1": says({"id": "o-1", "status": "pending"}),
        "/orders/o-1/report": says({"confirmation": "differs", "independent": True}),
    }
    first = asking("background-check").one(WORKED)
    assert (first.outcome, first.why) == (Outcome.UNKNOWN, "ordered, not ready")
    server.answers["/orders/o-1"] = says({"id": "o-1", "status": "completed"})
    second = asking("background-check").one(WORKED)
    assert second.value
    assert second.value.confirmation is Confirmation.DIFFERS
    keys = {asked.headers["idempotency-key"] for asked in server.of("/orders")}
    assert len(keys) == 1


def test_a_provider_that_does_not_say_how_it_asked_is_not_taken_to_be_independent(
    server: LocalServer, asking: Ask
) -> None:
    server.answers |= {
        "/orders": says({"id": "o-1", "status": "completed"}, 201),
        "/orders/o-1/report": says({"confirmation": "denied"}),
    }
    told = asking("background-check").one(WORKED)
    assert told.value
    assert told.value.independent is False


def test_the_provider_learns_the_name_and_the_positions_and_no_more(
    server: LocalServer, asking: Ask
) -> None:
    server.answers["/orders"] = says({"id": "o-1", "status": "failed"}, 201)
    answer = asking("background-check").one(WORKED)
    assert answer.why == "could not carry out the order"
    assert json.loads(server.asked[0].body) == {
        "candidate": {"fullName": "Anna Example"},
        "employer": "Example Ltd",
        "positions": [{"title": "Engineer", "startDate": "2019-03", "endDate": None}],
    }


def test_an_order_of_other_dates_is_another_order(server: LocalServer, asking: Ask) -> None:
    server.answers["/orders"] = says({"id": "o-1", "status": "failed"}, 201)
    asking("background-check").one(WORKED)
    asking("background-check").one(
        {**WORKED, "work": [{"name": "Example Ltd", "startDate": "2020-03"}]}
    )
    one, other = (asked.headers["idempotency-key"] for asked in server.asked)
    assert one != other


@pytest.mark.parametrize(
    "order",
    [{"id": "../x", "status": "pending"}, {"id": "o", "status": "done"}, {"status": "pending"}],
)
def test_an_odd_order_is_unknown(server: LocalServer, asking: Ask, order: dict[str, str]) -> None:
    server.answers["/orders"] = says(order, 201)
    assert asking("background-check").one(WORKED).outcome is Outcome.UNKNOWN
    assert len(server.asked) == 1
