"""The device that was sent: whether it is the one that reports, and whether it ever did.

Nobody is late until the company has told of its devices after that time, and a telephone or a
virtual machine that reports takes no device's place. What is without a date is not sent yet.
"""

import re
from datetime import date, timedelta

from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from models.surroundings import Dispatch, Inventory, same_writing
from verifiers.case import Case
from verifiers.environment.device_reports import newest, seen_device
from verifiers.environment.virtual import virtual_machine
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_DAYS_TO_START = 14
"""Within which a device that arrived is usually started."""
_SHOWN = 5
_PHONE = re.compile(r"\b(?:iphone|ipad|ipod|pixel|galaxy|sm-[a-z]\d)", re.IGNORECASE)


@_registry.rule(
    id="ENV-06",
    version=2,
    strength=Strength.MODERATE,
    indicators=("DPRK-DEV-07",),
    benign="A desktop that the company itself runs in a cloud, or a machine kept for tests.",
    question="Have you started the device that was sent, and can it report from there?",
    evidence_class=EvidenceClass.DEVICE,
)
def virtual_where_a_device_was_sent(case: Case) -> Judgement:
    """A device was sent and arrived, and all that has reported since are virtual machines."""
    days = [day for one in case.seen.dispatches if (day := one.dispatched_on or one.delivered_on)]
    if not days:
        yield from _not_told(case)
        return
    arrived = min(map(_arrived, case.seen.dispatches))
    reported = [
        (inventory, virtual_machine(inventory))
        for inventory in newest(case.seen.inventories)
        if inventory.reported_at.date() >= min(days) and _says_what_it_is(inventory)
    ]
    if any(maker is None for _, maker in reported):
        return
    # Whoever waits for a parcel may work on a desktop in a cloud until then.
    virtual = [pair for pair in reported if pair[0].reported_at.date() > arrived]
    if not virtual:
        yield Missing(Fact.INVENTORY)
    else:
        inventory, maker = virtual[0]
        told = " ".join(filter(None, (inventory.vendor, inventory.model)))
        yield Clash(
            "A device was sent, and what reports in its place is a virtual machine.",
            (
                *seen_device(inventory),
                Seen(what="virtual machine", value=maker or ""),
                *([Seen(what="vendor and model it reports", value=told)] if told else []),
            ),
        )


@_registry.rule(
    id="ENV-07",
    version=2,
    strength=Strength.MODERATE,
    indicators=("DPRK-DEV-07",),
    benign="A device that was exchanged, one of one's own that is allowed, or a label misread.",
    question="Can you send a picture of the device's serial number, taken where you work?",
    evidence_class=EvidenceClass.DEVICE,
)
def another_device_reports(case: Case) -> Judgement:
    """After the device that was sent arrived, another one reports and that one does not."""
    sent = _sent(case)
    if not sent:
        yield from _not_told(case)
        return
    if not any(inventory.serial for inventory in case.seen.inventories):
        yield Missing(Fact.INVENTORY)
    elif any(one.serial is None or _arrived(one) == date.max for one in case.seen.dispatches):
        yield Missing(Fact.SHIPMENT)
    elif others := _others_reporting(case):
        yield Clash(
            "A device reports that is not the one that was sent, and that one does not report.",
            (
                *(Seen(what="serial number sent", value=one.serial or "") for one in sent[:_SHOWN]),
                *(
                    Seen(what="serial number that reports", value=other.serial or "")
                    for other in others[:_SHOWN]
                ),
            ),
        )


@_registry.rule(
    id="ENV-08",
    version=2,
    strength=Strength.MODERATE,
    indicators=("DPRK-DEV-07",),
    benign="A first day still to come, a holiday, or a device that cannot reach the company.",
    question="Has the device reached you, and can you start it and send a picture of its number?",
    evidence_class=EvidenceClass.DEVICE,
)
def device_never_seen(case: Case) -> Judgement:
    """A device was delivered two weeks ago or more, and nothing sent has reported since."""
    if not case.seen.dispatches:
        yield from _not_told(case)
    bank = case.seen.bank
    late = timedelta(days=_DAYS_TO_START)
    if bank and bank.started_on and case.today - bank.started_on < late:
        return
    # A screen has a serial number as well and never reports, nor does what was exchanged.
    if any(_reported_since(case, one, _on_its_way(one)) for one in _sent(case)):
        return
    for one in case.seen.dispatches:
        if one.delivered_on is None or case.today - one.delivered_on < late:
            continue
        if one.serial is None:
            yield Missing(Fact.SHIPMENT)
            continue
        if _others_reporting(case):
            continue
        # Nobody is late until the company has told of its devices after that time.
        told_until = max(map(_told_until, _devices(case)), default=None)
        if told_until is None or told_until - one.delivered_on < late:
            yield Missing(Fact.INVENTORY)
            continue
        yield Clash(
            f"The device was delivered on {one.delivered_on.isoformat()} and has not reported "
            f"until {told_until.isoformat()}.",
            (
                Seen(what="serial number sent", value=one.serial),
                Seen(what="delivered", value=one.delivered_on.isoformat()),
                Seen(what="devices last told of", value=told_until.isoformat()),
            ),
        )


RULES = _registry.rules
"""What reports say of the devices that were sent."""


def _not_told(case: Case) -> Judgement:
    """What was sent is not known, where something is or is to be."""
    if case.seen.dispatches or case.claims.ship_to:
        yield Missing(Fact.SHIPMENT)


def _sent(case: Case) -> list[Dispatch]:
    """Dispatches of which the device's serial number is known."""
    return [one for one in case.seen.dispatches if one.serial]


def _others_reporting(case: Case) -> list[Inventory]:
    """Devices that report since those that were sent arrived, where none of these does."""
    sent = _sent(case)
    if any(_reported_since(case, one, one.dispatched_on) for one in sent):
        return []
    arrived = min((_arrived(one) for one in sent), default=date.max)
    return [
        inventory
        for inventory in _devices(case)
        if inventory.reported_at.date() > arrived
        and not any(_same(inventory.serial or "", one.serial or "") for one in sent)
    ]


def _devices(case: Case) -> list[Inventory]:
    """Reports of devices with a serial number that could be what was sent."""
    return [
        inventory
        for inventory in case.seen.inventories
        if inventory.serial
        and not _PHONE.search(inventory.model or "")
        and virtual_machine(inventory) is None
    ]


def _arrived(one: Dispatch) -> date:
    """When it arrived, or is sure to have; without a date, never as far as is told."""
    if one.delivered_on or not one.dispatched_on:
        return one.delivered_on or date.max
    return one.dispatched_on + timedelta(days=_DAYS_TO_START)


def _on_its_way(one: Dispatch) -> date | None:
    """From when on it reports from elsewhere: on the day of its dispatch it may be at a desk."""
    left = one.dispatched_on + timedelta(days=1) if one.dispatched_on else None
    return min(filter(None, (left, one.delivered_on)), default=None)


def _reported_since(case: Case, one: Dispatch, day: date | None) -> bool:
    return any(
        _same(inventory.serial or "", one.serial or "")
        and (day is None or inventory.reported_at.date() >= day)
        for inventory in case.seen.inventories
    )


def _told_until(inventory: Inventory) -> date:
    return max(inventory.reported_at, inventory.exported_at or inventory.reported_at).date()


def _same(one: str, other: str) -> bool:
    """Whether two writings are one serial number; barcodes of Apple put an S before it."""
    first, second = (same_writing(number).removeprefix("s") for number in (one, other))
    return bool(first) and first == second


def _says_what_it_is(inventory: Inventory) -> bool:
    told = inventory.vendor or inventory.model or inventory.virtual is not None
    return bool(told) and not _PHONE.search(inventory.model or "")
