"""What a company sees around a generated life: sessions, shipments, accounts, other candidates.

Assumed: databases place a line 20 km off at the median, always at the same place, and one session
in fifteen nowhere; a quarter of sessions are by telephone, whose gateway stands far away for one
person in thirty; one person in ten uses a VPN now and then; one session's day in 25 is on a
journey; one in 200 shares a home to ship to with another hire.
"""

import math
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from models.circumstances import (
    BankAccountSeen,
    Circumstances,
    DeviceSeen,
    DocumentDates,
    FacePair,
    Session,
    Shared,
    SharedKind,
    Shipment,
)
from models.contact_claims import PostalAddress
from models.stage import Stage
from samples.careers import world
from samples.careers.names import Shown
from samples.careers.truth import Sitting, Truth

DAYS_AFTER = {Stage.APPLICATION: 0, Stage.INTERVIEW: 10, Stage.OFFER: 25, Stage.ONBOARDING: 60}
"""From the application to each stage. The onboarding is looked at in its third week."""

_FIRST_DAY = 40
"""Days from the application to the first day of work."""

STAGES = tuple(DAYS_AFTER)

FOUND_LATER = frozenset({SharedKind.SHIP_TO, SharedKind.BANK_ACCOUNT, SharedKind.FACE})
"""What candidates can have in common by the onboarding only."""


def day_of(truth: Truth, stage: Stage) -> date:
    """When a stage takes place."""
    return truth.applied + timedelta(days=DAYS_AFTER[stage])


def observe(random: Random, truth: Truth) -> Circumstances:
    """All that is seen up to the onboarding; `SampleLife.at` leaves out what comes later."""
    # The database may know another place than the parcel's for a device's address.
    goes_to = truth.parcel.city if truth.parcel else truth.home
    device_in = (truth.parcel.device_in if truth.parcel else None) or goes_to
    where = _scattered(random, device_in, 20.0)
    first_day = truth.applied + timedelta(days=_FIRST_DAY)
    issued = truth.document_issued or truth.applied - timedelta(days=random.randrange(60, 3200))
    return Circumstances(
        sessions=tuple(_sessions(random, truth)),
        residence_time_zone=truth.home.zone,
        work_country=truth.home.country,
        payroll_region=(truth.taxed_in or truth.home).region,
        id_address=_id_address(random, truth),
        shipment=Shipment(
            dispatched_on=first_day - timedelta(days=7),
            address_changed_on=truth.parcel.changed if truth.parcel else (),
            latitude=goes_to.latitude,
            longitude=goes_to.longitude,
            mail_drop=truth.parcel.mail_drop if truth.parcel else False,
        ),
        device=DeviceSeen(
            first_seen_at=datetime.combine(first_day, time(9), UTC),
            latitude=where[0],
            longitude=where[1],
            anonymous=random.random() < 0.03,
        ),
        bank=_bank(truth),
        reference_answers=tuple(truth.reference_answers),
        shared=_searched([*truth.shared, *_shared_by_chance(random)]),
        listed=(),
        documents=(
            DocumentDates(issued_on=issued, expires_on=issued + timedelta(days=3652),
                          first_used_on=day_of(truth, Stage.INTERVIEW)),
        ),
        face_pairs=tuple(truth.face_pairs or _same_face(random)),
        names_seen=tuple(
            (truth.name.shown(how) if isinstance(how, Shown) else how, where)
            for how, where in truth.named
        ),
        official_domains=truth.official_domains,
        diploma_mills=("Axbridge Global University", "Saint Corvane Open College"),
    )  # fmt: skip


def _sessions(random: Random, truth: Truth) -> list[Session]:
    # The share of their sessions that goes through a VPN.
    vpn = random.choices((0.0, 0.3, 1.0), (90, 7, 3))[0]
    seen = []
    far_gateway = random.random() < 0.033
    for number, stage in enumerate(STAGES):
        sitting = truth.sittings[number] if number < len(truth.sittings) else Sitting(truth.home)
        if not truth.sittings and random.random() < 0.04:
            sitting = Sitting(random.choice(world.CITIES))  # A journey.
        at = datetime.combine(day_of(truth, stage) - timedelta(days=1), time(0), UTC)
        at += timedelta(minutes=random.uniform(7 * 60, 22 * 60) - sitting.city.winter)
        # Those who stay at one place keep the lines that they have there.
        lines = Random(f"{truth.phone} {sitting.city.name}")
        home = _scattered(lines, sitting.city, 20.0)
        mobile = _scattered(lines, sitting.city, 700.0 if far_gateway else 20.0)
        for _ in range(random.choice((1, 1, 2, 3))):
            place = mobile if random.random() < 0.25 else home
            seen.append(_session(random, truth, sitting, vpn, place, at))
            at += timedelta(minutes=random.lognormvariate(4, 1.5))
    return sorted(seen, key=lambda session: session.at)


def _session(
    random: Random,
    truth: Truth,
    sitting: Sitting,
    vpn: float,
    place: tuple[float, float],
    at: datetime,
) -> Session:
    zone = truth.browser_zone or sitting.city.zone
    if sitting.anonymous or random.random() < vpn:
        leaves = random.choice(world.CITIES)
        return Session(at=at, country_code=leaves.country, latitude=leaves.latitude,
                       longitude=leaves.longitude, anonymous=True, time_zone=zone)  # fmt: skip
    if random.random() < 0.067:
        return Session(at=at, time_zone=zone)
    return Session(at=at, country_code=sitting.city.country, latitude=place[0], longitude=place[1],
                   anonymous=False, time_zone=zone)  # fmt: skip


def _scattered(random: Random, city: world.City, median_km: float) -> tuple[float, float]:
    away = min(3000.0, median_km * random.lognormvariate(0, 0.9))
    turn = random.uniform(0, 2 * math.pi)
    north = away * math.cos(turn) / 111.2
    east = away * math.sin(turn) / (111.2 * math.cos(math.radians(city.latitude)))
    latitude = max(-89.0, min(89.0, city.latitude + north))
    longitude = (city.longitude + east + 180) % 360 - 180
    return round(latitude, 3), round(longitude, 3)


def _id_address(random: Random, truth: Truth) -> PostalAddress | None:
    if random.random() < 0.5:  # Most passports show none.
        return None
    # Licences keep an old address: one in six lives has moved since.
    moved = random.random() < 0.16
    city = truth.id_city or truth.home
    street = "7 Former Street" if moved or truth.id_city else truth.street
    return PostalAddress(
        address=street, city=city.name, region=city.region, country_code=city.country
    )


def _bank(truth: Truth) -> BankAccountSeen | None:
    if truth.pay is None:
        return None
    return BankAccountSeen(
        holder_matches=truth.pay.matches,
        changed_on=truth.pay.changed,
        started_on=truth.applied + timedelta(days=_FIRST_DAY),
    )


def _shared_by_chance(random: Random) -> list[Shared]:
    found = []
    if random.random() < 0.005:  # Room-mates, a dormitory, a shared office.
        told = random.random() < 0.6
        found.append(Shared(kind=SharedKind.SHIP_TO, others=1, household_declared=told))
    if random.random() < 0.01:  # One manager, who speaks for several colleagues.
        found.append(Shared(kind=SharedKind.REFERENCE_CONTACT, others=random.choice((1, 1, 2)),
                            same_employer=random.random() < 0.95))  # fmt: skip
    if random.random() < 0.02:  # One template, one agency.
        likeness = min(1.0, random.betavariate(5, 8))
        found.append(Shared(kind=SharedKind.RESUME_TEXT, others=1, similarity=round(likeness, 3)))
    if random.random() < 0.003:
        likeness = min(1.0, random.betavariate(5, 5))
        found.append(Shared(kind=SharedKind.PORTFOLIO, others=1, similarity=round(likeness, 3)))
    return found


def _searched(found: list[Shared]) -> tuple[Shared, ...]:
    """What was found, and the rest of what was looked for."""
    kinds = {one.kind for one in found}
    return (*found, *(Shared(kind=kind, others=0) for kind in SharedKind if kind not in kinds))


def _same_face(random: Random) -> list[FacePair]:
    """Poor pictures leave some undecided; one pair in 2,000 is wrongly told apart."""

    def same() -> bool | None:
        return random.choices((True, None, False), (19000, 990, 10))[0]

    return [
        FacePair(one="the document's portrait", other="the interview", same=same()),
        FacePair(one="the interview", other="the first day", same=same()),
    ]
