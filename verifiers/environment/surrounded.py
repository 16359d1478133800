"""From what a company tells to what the rules look at."""

from collections.abc import Iterable
from datetime import date, timedelta

from stdnum import iban

from models.circumstances import BankAccountSeen, Circumstances, DeviceSeen, Session, Shipment
from models.contact_claims import Address, PostalAddress
from models.history import Claims
from models.surroundings import Dispatch, Inventory, Payroll, Surroundings, Visit
from verifiers.addresses import Places, compare_addresses
from verifiers.environment.visits import NetworkDatabases
from verifiers.zones import only_zone_of

_REPORTED_AT_ITS_START = timedelta(days=7)
"""A device that reports later than this after its first start may have travelled since."""


def circumstances_of(
    surroundings: Surroundings, databases: NetworkDatabases, claims: Claims | None = None
) -> Circumstances:
    """Sessions, the device's first start, the shipment, pay and where the work is.

    There is one session a visit, in the order of the visits.

    `claims` tell which clock is home's, and which changes of an address led home.
    """
    homes = claims.residences if claims else ()
    sent = _latest(surroundings.dispatches)
    payroll = surroundings.payroll
    return Circumstances(
        sessions=tuple(databases.session(visit) for visit in surroundings.visits),
        residence_time_zone=_clock_at_home(homes),
        work_country=surroundings.work_country,
        payroll_region=payroll.region if payroll else None,
        shipment=_shipment(sent, homes) if sent else None,
        device=_device(surroundings.inventories, sent, databases),
        inventories=surroundings.inventories,
        dispatches=surroundings.dispatches,
        allowed_tools=surroundings.allowed_tools,
        bank=_bank(payroll) if payroll else None,
    )


def _clock_at_home(homes: Iterable[PostalAddress]) -> str | None:
    """Of where the candidate lives today, where that is one country with one clock."""
    today = (home for home in homes if not (isinstance(home, Address) and home.end))
    countries = {home.country_code for home in today if home.country_code}
    return only_zone_of(*countries) if len(countries) == 1 else None


def _latest(dispatches: tuple[Dispatch, ...]) -> Dispatch | None:
    """What was sent last, or is still to be sent; of several, what was told of last."""
    return max(reversed(dispatches), key=_when_sent, default=None)


def _when_sent(dispatch: Dispatch) -> date:
    return dispatch.dispatched_on or dispatch.delivered_on or date.max


def _shipment(sent: Dispatch, homes: tuple[PostalAddress, ...]) -> Shipment:
    return Shipment(
        to=sent.to if sent.to and sent.to.on_one_line else None,
        dispatched_on=sent.dispatched_on,
        address_changed_on=tuple(_changed_on(sent, homes)),
        latitude=sent.latitude,
        longitude=sent.longitude,
        mail_drop=sent.mail_drop,
    )


def _changed_on(sent: Dispatch, homes: tuple[PostalAddress, ...]) -> Iterable[date]:
    """Days on which it was sent elsewhere: neither a correction nor a way home is a change."""
    before: PostalAddress | None = None
    dated = [(change.on, change) for change in sent.changes if change.on]
    for day, change in sorted(dated, key=lambda one: one[0]):
        before = change.replaced or before
        known = (*homes, *([before] if before else ()))
        to = change.to
        if to is None or all(compare_addresses(to, one) is not Places.SAME for one in known):
            yield day
        before = to or before


def _device(
    inventories: tuple[Inventory, ...], sent: Dispatch | None, databases: NetworkDatabases
) -> DeviceSeen | None:
    """The device that was sent, where its serial number is told, or else the first that started."""
    started = [one for one in inventories if one.first_seen_at]
    serial = sent.serial.casefold() if sent and sent.serial else None
    same = [one for one in started if one.serial and one.serial.casefold() == serial]
    first = min(same or started, key=lambda one: (one.first_seen_at, one.reported_at), default=None)
    if first is None or first.first_seen_at is None:
        return None
    place = _place_at_start(first, databases)
    return DeviceSeen(
        first_seen_at=first.first_seen_at,
        country_code=place.country_code if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        anonymous=place.anonymous if place else None,
    )


def _place_at_start(device: Inventory, databases: NetworkDatabases) -> Session | None:
    if device.ip is None or device.first_seen_at is None:
        return None
    if device.reported_at - device.first_seen_at > _REPORTED_AT_ITS_START:
        return None
    return databases.session(Visit(at=device.reported_at, ip=device.ip))


def _bank(payroll: Payroll) -> BankAccountSeen | None:
    """What payroll holds of pay; `None` where it tells of tax alone."""
    if payroll == Payroll(region=payroll.region):
        return None
    return BankAccountSeen(
        holder=payroll.holder,
        country_code=_country(payroll),
        holder_matches=payroll.holder_matches,
        changed_on=payroll.changed_on,
        started_on=payroll.started_on,
    )


def _country(payroll: Payroll) -> str | None:
    """The country of an account; a mistyped IBAN tells none."""
    if payroll.iban:
        return iban.compact(payroll.iban)[:2] if iban.is_valid(payroll.iban) else None
    return payroll.country_code
