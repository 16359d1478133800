"""The device that was sent, and what reports in its place: what is not known is no fault."""

from datetime import date
from typing import Any

import pytest

from models.circumstances import Circumstances
from models.rule import Fact, RuleOutcome
from models.surroundings import Dispatch, Inventory, Software
from tests.environment.inventories import NOON, a_device
from tests.rules.building import a_case
from verifiers.environment import devices, devices_sent
from verifiers.judging import judge

_SENT = Dispatch(serial="PF3ABCDE", dispatched_on=date(2026, 2, 10), delivered_on=date(2026, 2, 13))
_CLOUD: dict[str, Any] = {
    "vendor": "Microsoft Corporation", "model": "Cloud PC Enterprise 2vCPU", "serial": "1111-2222",
}  # fmt: skip
_PHONE: dict[str, Any] = {"vendor": "Apple", "model": "iPhone 15 Pro", "serial": "F17ABC"}


def _outcome(rule: str, *reports: Inventory, sent: Dispatch = _SENT) -> RuleOutcome:
    seen = Circumstances(inventories=reports, dispatches=(sent,))
    judged = judge(devices_sent.RULES, a_case(seen=seen))
    (one,) = (one for one in judged.rules if one.rule == rule)
    return one.outcome


def _on(month: int, day: int) -> dict[str, Any]:
    return {"reported_at": NOON.replace(month=month, day=day)}


def test_a_desktop_in_a_cloud_counts_once_the_device_is_there_and_not_before() -> None:
    for day, outcome in ((12, RuleOutcome.UNKNOWN), (14, RuleOutcome.CONTRADICTS)):
        assert _outcome("ENV-06", a_device(**_CLOUD, **_on(2, day))) is outcome
    # Nobody told when it arrived: two weeks later it is there.
    under_way = _SENT.model_copy(update={"delivered_on": None})
    assert _outcome("ENV-06", a_device(**_CLOUD, **_on(2, 20)), sent=under_way) is (
        RuleOutcome.UNKNOWN
    )


@pytest.mark.parametrize("rule", ["ENV-06", "ENV-07"])
def test_what_is_still_to_be_sent_is_missed_by_nobody(rule: str) -> None:
    planned = Dispatch(serial="NEW0002")
    reports = a_device(), a_device(**_CLOUD)
    assert _outcome(rule, *reports, sent=planned) is RuleOutcome.UNKNOWN


@pytest.mark.parametrize("told", [_PHONE, _CLOUD], ids=["a telephone", "a desktop in a cloud"])
def test_what_could_not_be_the_device_tells_nothing_of_its_silence(told: dict[str, Any]) -> None:
    exported = {**_on(2, 3), "exported_at": NOON}
    assert _outcome("ENV-08", a_device(**told, **exported)) is RuleOutcome.UNKNOWN
    laptop = a_device(serial="OLD1", **exported)
    assert _outcome("ENV-08", laptop) is RuleOutcome.CONTRADICTS


def test_a_report_from_the_desk_on_the_day_of_the_dispatch_is_no_start() -> None:
    desk = a_device(**_on(2, 10), exported_at=NOON)
    assert _outcome("ENV-08", desk) is RuleOutcome.CONTRADICTS
    assert _outcome("ENV-08", desk, a_device(**_on(2, 11))) is RuleOutcome.NOTHING


def test_what_was_removed_is_gone_also_from_a_device_without_any_number() -> None:
    reports = [
        a_device(serial=None, software=programs, **_on(3, day))
        for day, programs in ((1, [Software(name="AnyDesk")]), (2, []))
    ]
    for told, found in ((reports, 0), (reports[:1], 1)):
        seen = Circumstances(inventories=tuple(told))
        assert len(judge(devices.RULES, a_case(seen=seen)).contradictions) == found


def test_a_lacking_date_is_asked_of_the_shipment() -> None:
    seen = Circumstances(inventories=(a_device(),), dispatches=(Dispatch(serial="NEW0002"),))
    judged = judge(devices_sent.RULES, a_case(seen=seen))
    assert [one.lacking for one in judged.rules if one.rule == "ENV-06"] == [(Fact.SHIPMENT,)]
