"""Devices: ENV-01 to 08."""

from datetime import date, datetime, timedelta
from typing import Any

from models.circumstances import BankAccountSeen, Circumstances
from models.rule import Fact
from models.surroundings import Dispatch, Display, Inventory, Software
from tests.environment.inventories import HONEST, NOON, a_device, an_honest_device
from tests.rules.building import ThreeCases, a_case
from verifiers.case import Case

_PIKVM = ("1d6b", "0104", "PiKVM", "PiKVM Composite Device", "CAFEBABE")
_GADGET = ("1d6b", "0104", "Linux 6.1 with dwc2", "Multifunction Composite Gadget")
_SENT = Dispatch(serial="PF3ABCDE", dispatched_on=date(2026, 2, 10), delivered_on=date(2026, 2, 13))
_VMWARE: dict[str, Any] = {
    "vendor": "VMware, Inc.",
    "model": "VMware20,1",
    "serial": "VMware-56 4d 1a",
}


def _seen(*inventories: Inventory, **values: Any) -> Case:
    return a_case(seen=Circumstances(inventories=inventories, **values))


def _sent(*inventories: Inventory, sent: tuple[Dispatch, ...] = (_SENT,), **values: Any) -> Case:
    return _seen(*inventories, dispatches=sent, **values)


def _at(month: int, day: int) -> datetime:
    return NOON.replace(month=month, day=day)


_ORDINARY = {name: _seen(an_honest_device(name)) for name in HONEST}
_NOT_LISTED = _seen(Inventory(source="osquery", reported_at=NOON, serial="PF3ABCDE"))

CASES = {
    "ENV-01": ThreeCases(
        fraud=_seen(a_device("AnyDesk", "Google Chrome")),
        honest={
            **_ORDINARY,
            "the company's own, by name": _seen(
                a_device("TeamViewer Host"), allowed_tools=("TeamViewer",)
            ),
            "removed since": _seen(a_device("AnyDesk"), a_device(reported_at=_at(3, 11))),
            "signed by a maker of much else": _seen(
                a_device(Software(name="Chat", file="chat.exe", publisher="Google LLC"))
            ),
        },
        unknown=_NOT_LISTED,
        lacking=Fact.INVENTORY,
    ),
    "ENV-02": ThreeCases(
        fraud=_seen(a_device("AnyDesk", Software(name="Remote host", file="rustdesk.exe"))),
        honest={
            **_ORDINARY,
            "one alone": _seen(a_device("AnyDesk")),
            "one product in two parts": _seen(
                a_device("ScreenConnect Client (1f2e)", "ConnectWise Control")
            ),
            "a helpdesk's agent, and what it brings": _seen(
                a_device("AteraAgent", "Splashtop Streamer")
            ),
            "the company's own two": _seen(
                a_device("AnyDesk", "TeamViewer"), allowed_tools=("anydesk", "TeamViewer")
            ),
        },
        unknown=_NOT_LISTED,
        lacking=Fact.INVENTORY,
    ),
    "ENV-03": ThreeCases(
        fraud=_seen(a_device(usb=(_PIKVM,))),
        honest={
            **_ORDINARY,
            "a board that somebody programs": _seen(a_device(usb=(_GADGET,))),
            "a switch without a network": _seen(
                a_device(usb=(("0557", "2213", "ATEN", "CS682 2-Port USB DVI KVM Switch"),))
            ),
        },
        unknown=_NOT_LISTED,
        lacking=Fact.INVENTORY,
    ),
    "ENV-04": ThreeCases(
        fraud=_seen(a_device(usb=(_GADGET,))),
        honest={
            **_ORDINARY,
            "a television of the chip's maker": _seen(
                a_device(displays=(Display(manufacturer="TSB", name="TOSHIBA-TV"),))
            ),
        },
        unknown=_NOT_LISTED,
        lacking=Fact.INVENTORY,
    ),
    "ENV-05": ThreeCases(
        fraud=_seen(a_device(cameras=("Integrated Camera", "OBS Virtual Camera"))),
        honest={
            **_ORDINARY,
            "a telephone as camera": _seen(a_device("Camo Studio", cameras=("Camo Camera",))),
        },
        unknown=_NOT_LISTED,
        lacking=Fact.INVENTORY,
    ),
    "ENV-06": ThreeCases(
        fraud=_sent(a_device(**_VMWARE)),
        honest={
            "the device, and a machine for tests on it": _sent(a_device(), a_device(**_VMWARE)),
            "a laptop of a maker of virtual machines": _sent(
                a_device(vendor="Microsoft Corporation", model="Surface Laptop 5")
            ),
            "a desktop in a cloud, where nothing was sent": _sent(a_device(**_VMWARE), sent=()),
        },
        unknown=_sent(),
        lacking=Fact.INVENTORY,
    ),
    "ENV-07": ThreeCases(
        fraud=_sent(a_device(serial="5CD1234XYZ")),
        honest={
            "written another way": _sent(a_device(serial="pf3-abcde")),
            "as the barcode has it": _sent(
                a_device(serial="C02XK1ABJG5H"),
                sent=(_SENT.model_copy(update={"serial": "SC02XK1ABJG5H"}),),
            ),
            "a telephone enrolled beside it": _sent(
                a_device(serial="F17ABC", vendor="Apple", model="iPhone 15 Pro")
            ),
            "the device before, while the new one travels": _sent(
                a_device(serial="5CD1234XYZ", reported_at=_at(2, 12))
            ),
            "one of two that were sent": _sent(
                a_device(serial="NEW0002"),
                sent=(_SENT, _SENT.model_copy(update={"serial": "NEW0002"})),
            ),
        },
        unknown=_sent(a_device(), sent=(_SENT.model_copy(update={"serial": None}),)),
        lacking=Fact.SHIPMENT,
    ),
    "ENV-08": ThreeCases(
        fraud=_sent(a_device(reported_at=_at(2, 3), exported_at=_at(3, 12))),
        honest={
            "started on the day after": _sent(a_device(reported_at=_at(2, 14))),
            "delivered last week": _sent(
                a_device(reported_at=_at(2, 3), exported_at=_at(3, 12)),
                sent=(_SENT.model_copy(update={"delivered_on": date(2026, 3, 9)}),),
            ),
            "a screen in the same parcel": _sent(
                a_device(reported_at=_at(3, 10)),
                sent=(_SENT, _SENT.model_copy(update={"serial": "CN0SCREEN1"})),
            ),
            "exchanged for another": _sent(
                a_device(serial="NEW0002", reported_at=_at(3, 10), exported_at=_at(3, 12)),
                sent=(
                    _SENT,
                    Dispatch(serial="NEW0002", dispatched_on=date(2026, 2, 20)),
                ),
            ),
            "the first day is still to come": _sent(
                a_device(reported_at=_at(2, 3), exported_at=_at(3, 12)),
                bank=BankAccountSeen(started_on=date(2026, 4, 1)),
            ),
        },
        unknown=_sent(a_device(reported_at=_at(2, 3), exported_at=_at(2, 3) + timedelta(hours=1))),
        lacking=Fact.INVENTORY,
    ),
}
