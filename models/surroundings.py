"""What a company itself sees around a candidate: visits, devices, shipments, pay.

Sent by the company's own systems (its web server, MDM, logistics, payroll); none of it is a claim.
Every part may be left out: it was not seen, or nobody has told. A language is never among it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field

from models.base import Model
from models.contact_claims import PostalAddress
from models.payroll import BankAccount, Payroll
from models.seen_values import YEARS, CountryCode, IpAddress, Moment, Text, same_writing
from models.shipments import AddressChange, Dispatch, in_steps

__all__ = [
    "YEARS",
    "AddressChange",
    "BankAccount",
    "Camera",
    "Dispatch",
    "Display",
    "Inventory",
    "IpAddress",
    "Payroll",
    "Software",
    "Surroundings",
    "UsbDevice",
    "Visit",
    "same_writing",
]

UsbId = Annotated[str, Field(pattern=r"^[0-9a-f]{4}$")]
"""Four hexadecimal digits in lower case."""


class Visit(Model):
    """One visit of the candidate to the company's pages."""

    at: Moment
    ip: IpAddress
    time_zone: Text | None = None
    """The browser's IANA name."""
    device: Text | None = None
    """By which the company knows the browser again, such as a cookie kept with consent."""


class Software(Model):
    """A program on a device."""

    name: Text
    file: Text | None = None
    """Of its executable, without the folder: folders hold the names of people."""
    publisher: Text | None = None
    version: Text | None = None


class UsbDevice(Model):
    """Something on a device's USB (USB 2.0 §9.6.1, device descriptor)."""

    vendor_id: UsbId
    product_id: UsbId
    vendor: Text | None = None
    product: Text | None = None
    serial: Text | None = None


class Display(Model):
    """A display as its EDID tells it (VESA E-EDID §3.4, §3.10.3)."""

    manufacturer: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """The three letters of its PNP id."""
    product_code: int | None = Field(default=None, ge=0, le=0xFFFF)
    name: Text | None = None
    serial: Text | None = None


class Camera(Model):
    """A camera that the device offers."""

    name: Text
    model: Text | None = None


class Inventory(Model):
    """What a device's own agent reported at one time (osquery, an MDM)."""

    source: Text
    """Who reported: "osquery", "Intune"."""
    reported_at: Moment
    exported_at: Moment | None = None
    """When its server was asked, where that is later: until then it reported nothing more."""
    first_seen_at: Moment | None = None
    """Its first start."""
    ip: IpAddress | None = None
    """Under which it reached the company."""
    vendor: Text | None = None
    model: Text | None = None
    serial: Text | None = None
    uuid: Text | None = None
    mac_addresses: tuple[Text, ...] = Field(default=(), max_length=50)
    virtual: bool | None = None
    """A virtual machine, as the agent itself says; `None` where it does not say."""
    software: tuple[Software, ...] | None = Field(default=None, max_length=5000)
    """`None` where it was not listed, as with each list below."""
    usb: tuple[UsbDevice, ...] | None = Field(default=None, max_length=500)
    displays: tuple[Display, ...] | None = Field(default=None, max_length=50)
    cameras: tuple[Camera, ...] | None = Field(default=None, max_length=50)

    @property
    def device(self) -> tuple[str, str]:
        """What tells the devices of one source apart, as far as they say who they are."""
        known = self.serial or self.uuid or next(iter(self.mac_addresses), "")
        return self.source, same_writing(known)

    @property
    def report(self) -> tuple[str, str, datetime]:
        """What tells one report from another: exported anew, it is the same."""
        return *self.device, self.reported_at


_MOST_VISITS = 1000
_MOST_DEVICES = 20
_MOST_REPORTS = 60
_LISTS = ("software", "usb", "displays", "cameras")
_MOST_DISPATCHES = 20


class Surroundings(Model):
    """All that a company tells of one candidate."""

    visits: tuple[Visit, ...] = Field(default=(), max_length=_MOST_VISITS)
    inventories: tuple[Inventory, ...] = Field(default=(), max_length=_MOST_REPORTS)
    dispatches: tuple[Dispatch, ...] = Field(default=(), max_length=_MOST_DISPATCHES)
    payroll: Payroll | None = None
    work_country: CountryCode | None = None
    """Where the work is to be done."""
    allowed_tools: tuple[Text, ...] = Field(default=(), max_length=50)
    """Programs for remote access that the company itself puts on its devices, by name."""
    own_networks: tuple[Text, ...] = Field(default=(), max_length=100)
    """Of the company itself (addresses, or CIDR): whoever works there has them in common."""
    own_places: tuple[PostalAddress, ...] = Field(default=(), max_length=50)
    """Offices of the company: equipment that goes there goes to nobody's home."""
    shares_home: bool | None = None
    """The candidate says that others who apply live with them."""
    referred_by: Text | None = None
    """The company's own reference of the candidate who referred this one."""

    def replaced_by(self, sent: "Surroundings") -> "Surroundings":
        """With the parts that were sent in place of the earlier ones; others stay."""
        return self.model_copy(update={name: getattr(sent, name) for name in sent.model_fields_set})

    def and_also(self, told: "Surroundings") -> "Surroundings":
        """With what is told added: visits grow and lose the oldest, single parts are replaced.

        Of each device the first report and the newest stay; steps of one shipment become one, and
        payroll keeps what is not told anew. What was told last may be told again and nothing
        changes. Nothing says when it was written: what is older and arrives later, or once more
        after something newer, counts as the newest, for a switch back looks the same.
        """
        visits = sorted(
            dict.fromkeys((*self.visits, *told.visits)), key=lambda visit: (visit.at, visit.ip)
        )
        united: dict[str, object] = {
            "visits": tuple(visits[-_MOST_VISITS:]),
            "inventories": _kept((*self.inventories, *told.inventories)),
            "dispatches": in_steps(self.dispatches, told.dispatches)[-_MOST_DISPATCHES:],
            "payroll": self.payroll,
        }
        if told.payroll is not None:
            united["payroll"] = (self.payroll or Payroll()).and_then(told.payroll)
        return self.replaced_by(told).model_copy(update=united)


def _kept(reports: Iterable[Inventory]) -> tuple[Inventory, ...]:
    """Of the twenty devices that reported last, what is ever looked at, oldest first.

    That is the first report that tells a first start, or else the first; the newest; and the newest
    with each list, since agents do not report all of them every time.
    """
    devices: dict[tuple[str, str], list[Inventory]] = {}
    told = {one.report: one for one in reports}
    for one in sorted(told.values(), key=lambda one: one.reported_at):
        # The device that reported last is the last of all.
        devices[one.device] = [*devices.pop(one.device, ()), one]
    kept = [one for of in list(devices.values())[-_MOST_DEVICES:] for one in _telling(of)]
    return tuple(sorted(kept, key=lambda one: one.reported_at)[-_MOST_REPORTS:])


def _telling(reports: list[Inventory]) -> Iterable[Inventory]:
    started = [one for one in reports if one.first_seen_at]
    telling = [(started or reports)[0], reports[-1]]
    for name in _LISTS:
        telling += [one for one in reports if getattr(one, name) is not None][-1:]
    return {one.report: one for one in telling}.values()
