"""What a company sees around an applicant by itself: visits, the laptop, its shipment, pay."""

from datetime import UTC, datetime, time, timedelta

from models.circumstances import Session, Shipment
from models.contact_claims import PostalAddress
from models.surroundings import (
    AddressChange,
    Dispatch,
    Inventory,
    Payroll,
    Software,
    Surroundings,
    UsbDevice,
    Visit,
)
from samples.campaigns import things
from samples.campaigns.applicant import Applicant, parts
from samples.campaigns.moving import is_near
from samples.careers import world
from samples.careers.population import Evidence

_PLAIN_SOFTWARE = (
    Software(name="Firefox", file="firefox.exe", publisher="Mozilla Corporation"),
    Software(name="Slack", file="slack.exe", publisher="Slack Technologies"),
    Software(name="Visual Studio Code", file="code.exe", publisher="Microsoft Corporation"),
)


def visits_of(
    applicant: Applicant, seen: Evidence, networks: dict[str, Session]
) -> tuple[Visit, ...]:
    """Their visits; what databases say of each network is written into `networks`."""
    carrier = things.a_carrier_ip(applicant.random, applicant.city.country)
    places = {(one.latitude, one.longitude): one for one in seen.seen.sessions if not one.anonymous}
    at_home = [place for place in places if is_near(*place, applicant.city)]
    networks[applicant.home.ip] = (
        places[at_home[0]] if at_home else _in(applicant.city, seen.seen.sessions[0])
    )
    by_place = dict(zip(at_home, (applicant.home.ip, carrier), strict=False))
    visits = []
    for one in seen.seen.sessions:
        if applicant.all_visits_from:
            ip, city = applicant.all_visits_from
            known = _in(city, one)
        elif one.anonymous:
            ip, known = things.a_vpn_exit(applicant.random), one
        else:
            # Homes and telephones keep their place; a journey has a network of its own.
            other = things.an_ip_of_its_own(applicant.random)
            unknown = one.latitude is None
            ip = other if unknown else by_place.setdefault((one.latitude, one.longitude), other)
            known = one
        networks[ip] = known
        visits.append(Visit(at=one.at, ip=ip, time_zone=one.time_zone, device=applicant.device))
    return tuple(visits)


def surroundings_of(
    applicant: Applicant, seen: Evidence, visits: tuple[Visit, ...], networks: dict[str, Session]
) -> Surroundings:
    """Visits, and from the first day on the laptop, its shipment and pay."""
    told = Surroundings(
        visits=visits, work_country=seen.seen.work_country, shares_home=applicant.shares_home
    )
    shipment, device = seen.seen.shipment, seen.seen.device
    if shipment is None or device is None or not seen.claims.ship_to:
        return told
    there, ip = _wakes_up(applicant, shipment)
    if ip not in networks:
        networks[ip] = _in(there, Session(at=device.first_seen_at))
    serial = f"SN{things.an_id(applicant.random)[:10].upper()}"
    started = datetime.combine(device.first_seen_at.date(), time(9), UTC)
    return told.model_copy(
        update={
            "inventories": (_laptop(applicant, started, ip, serial),),
            "dispatches": (
                Dispatch(
                    to=PostalAddress(
                        **parts(applicant.goes_to(seen.claims.ship_to[-1], seen.claims))
                    ),
                    serial=serial,
                    dispatched_on=shipment.dispatched_on,
                    delivered_on=started.date() - timedelta(days=2),
                    changes=tuple(AddressChange(on=day) for day in shipment.address_changed_on),
                    mail_drop=shipment.mail_drop,
                    latitude=there.latitude,
                    longitude=there.longitude,
                ),
            ),
            "payroll": _payroll(applicant, seen),
        }
    )


def _wakes_up(applicant: Applicant, shipment: Shipment) -> tuple[world.City, str]:
    """Where equipment goes and starts, and on which network: mostly at home."""
    to = (shipment.latitude, shipment.longitude)
    if applicant.ship_to is None and not is_near(*to, applicant.city):
        where = next((city for city in world.CITIES if is_near(*to, city)), applicant.city)
        return where, things.an_ip_of_its_own(applicant.random)
    there = applicant.ship_to or applicant.home
    return there.city, there.ip


def _laptop(applicant: Applicant, started: datetime, ip: str, serial: str) -> Inventory:
    laptop = applicant.laptop or Inventory(
        source="osquery", reported_at=started, software=_PLAIN_SOFTWARE, virtual=False
    )
    return laptop.model_copy(
        update={
            "reported_at": started + timedelta(hours=1),
            "first_seen_at": started,
            "ip": ip,
            "serial": serial,
            "uuid": f"{applicant.random.getrandbits(128):032x}",
            "vendor": "Fabrikam",
            "model": "Traveller 14",
        }
    )


def _payroll(applicant: Applicant, seen: Evidence) -> Payroll:
    bank, payout = seen.seen.bank, seen.claims.payout
    matches = bank.holder_matches if bank else None
    return Payroll(
        holder=applicant.holder or applicant.name,
        account=applicant.account,
        country_code=payout[-1].country_code if payout else applicant.city.country,
        holder_matches=applicant.holder_matches if applicant.holder else matches,
        changed_on=bank.changed_on if bank else (),
        started_on=bank.started_on if bank else None,
        region=seen.seen.payroll_region,
    )


def remote_tools() -> tuple[Software, ...]:
    """What stands on the laptops of a farm beside ordinary programs."""
    return (
        *_PLAIN_SOFTWARE,
        Software(name="AnyDesk", file="AnyDesk.exe", publisher="AnyDesk Software GmbH"),
        Software(name="RustDesk", file="rustdesk.exe", publisher="Purslane Ltd"),
    )


def a_kvm() -> tuple[UsbDevice, ...]:
    """The gadget by which a PiKVM shows itself to the computer that it controls."""
    return (
        UsbDevice(vendor_id="1d6b", product_id="0104", vendor="PiKVM",
                  product="Composite KVM Device", serial="CAFEBABE"),
    )  # fmt: skip


def _in(city: world.City, one: Session) -> Session:
    """The visit, from an ordinary line in this city."""
    return one.model_copy(
        update={"country_code": city.country, "latitude": city.latitude,
                "longitude": city.longitude, "anonymous": False}
    )  # fmt: skip
