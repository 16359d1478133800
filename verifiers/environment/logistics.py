"""Where equipment goes: against the addresses that are told, and where it then wakes up.

Nobody has to ship to their home, and whoever must keep it secret is left alone.
"""

from models.contact_claims import PostalAddress, ShipTo
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.addresses import Places, compare_addresses, is_mail_drop
from verifiers.case import Case
from verifiers.environment.distance import kilometres_between
from verifiers.environment.regions import same_region
from verifiers.life import folded
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_CHANGED_LATE_DAYS = 14
_FAR_KM = 300
"""Farther than networks are off, and than people commute."""


@_registry.rule(
    id="HIST-35",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-SHP-01",),
    benign="A recent move, a partner's home, or a delivery to an office.",
    question="Whose address is this, and can you collect the equipment with your document instead?",
    evidence_class=EvidenceClass.LOGISTICS,
)
def shipped_elsewhere(case: Case) -> Judgement:
    """Equipment goes to an address that is neither the document's nor a claimed one."""
    to = _ship_to(case)
    if to is None or to.moved or to.protected:
        return
    told = _claimed_addresses(case)
    shown = case.seen.id_address
    places = [compare_addresses(to, address) for address in (*told, *([shown] if shown else ()))]
    if Places.SAME in places:
        return
    if not places or Places.UNKNOWN in places:
        yield Missing(Fact.ADDRESS)
        return
    known = dict.fromkeys(address.on_one_line for address in told)
    yield Clash(
        "Equipment goes to an address that is neither the document's nor a claimed one.",
        (
            Seen(what="address to ship to", value=to.on_one_line),
            *(Seen(what="claimed address", value=line) for line in known),
            *([Seen(what="document's address", value=shown.on_one_line)] if shown else ()),
        ),
    )


@_registry.rule(
    id="HIST-36",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-SHP-04",),
    benign="A home without delivery, a life on the move, or an address that must stay secret.",
    question="Can you collect the equipment at an office, or tell us that your home is protected?",
    evidence_class=EvidenceClass.LOGISTICS,
)
def shipped_to_a_mail_drop(case: Case) -> Judgement:
    """Equipment goes to a box, a mail agency, a forwarder or a carrier's shop."""
    to = _ship_to(case)
    if to is None or to.protected:
        return
    said = case.seen.shipment.mail_drop if case.seen.shipment else None
    if said or is_mail_drop(to):
        yield Clash(
            "Equipment goes to a box, a mail agency, a forwarder or a carrier's shop.",
            (
                Seen(what="address to ship to", value=to.on_one_line),
                Seen(what="known by", value="a postal service" if said else "its words"),
            ),
        )
    elif said is None:
        yield Missing(Fact.SHIPMENT)


@_registry.rule(
    id="HIST-38",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-SHP-02",),
    benign="A real move, or a correction of the address.",
    question="Did you ask for this change yourself, and can you show your face once more?",
    evidence_class=EvidenceClass.LOGISTICS,
)
def ship_to_changed_late(case: Case) -> Judgement:
    """The address to ship to was changed within two weeks of the dispatch, after the offer."""
    to, shipment = _ship_to(case), case.seen.shipment
    if to is not None and to.protected:
        return
    if shipment is None:
        if to is not None:
            yield Missing(Fact.SHIPMENT)
        return
    if shipment.dispatched_on is None:
        if shipment.address_changed_on:
            yield Missing(Fact.SHIPMENT)
        return
    for day in shipment.address_changed_on:
        days = abs((shipment.dispatched_on - day).days)
        if days <= _CHANGED_LATE_DAYS:
            yield Clash(
                f"The address to ship to was changed {days} days from the dispatch.",
                (
                    Seen(what="address changed", value=day.isoformat()),
                    Seen(what="dispatched", value=shipment.dispatched_on.isoformat()),
                ),
            )


@_registry.rule(
    id="HIST-39",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-SHP-06", "DPRK-SHP-07"),
    benign="A journey, or a network whose place is listed wrongly.",
    question="Where was the device first started, and can you show it together with your face?",
    evidence_class=EvidenceClass.DEVICE,
)
def device_wakes_up_far_away(case: Case) -> Judgement:
    """The company's device was first started far from the address it was shipped to."""
    shipment, device = case.seen.shipment, case.seen.device
    if device is None:
        if shipment is not None and shipment.dispatched_on is not None:
            yield Missing(Fact.DEVICE)
        return
    if device.latitude is None or device.longitude is None or device.anonymous is not False:
        yield Missing(Fact.DEVICE)
        return
    if shipment is None or shipment.latitude is None or shipment.longitude is None:
        yield Missing(Fact.SHIPMENT)
        return
    kilometres = kilometres_between(
        device.latitude, device.longitude, shipment.latitude, shipment.longitude
    )
    if kilometres > _FAR_KM:
        yield Clash(
            f"The device was first started {kilometres:.0f} km from where it was shipped to.",
            (
                Seen(what="distance", value=round(kilometres), unit="km"),
                Seen(what="first start", value=device.first_seen_at.isoformat(timespec="minutes")),
            ),
        )


@_registry.rule(
    id="ENV-11",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-SHP-07",),
    benign="A journey, a home near a border, or a network whose place is listed wrongly.",
    question="Where was the device first started, and can you show it together with your face?",
    evidence_class=EvidenceClass.DEVICE,
)
def device_wakes_up_in_another_country(case: Case) -> Judgement:
    """The company's device was first started in another country than it was shipped to."""
    device, to = case.seen.device, _ship_to(case)
    if device is None:
        return
    shipment = case.seen.shipment
    # Where the distance is known it counts: countries have borders, and people live beside them.
    if device.latitude is not None and shipment is not None and shipment.latitude is not None:
        return
    if device.country_code is None or device.anonymous is not False:
        yield Missing(Fact.DEVICE)
    elif to is None or to.country_code is None:
        yield Missing(Fact.SHIPMENT)
    elif _is_other_country(device.country_code, to.country_code):
        yield Clash(
            f"The device was first started in {device.country_code} and shipped to "
            f"{to.country_code}.",
            (
                Seen(what="country of the first start", value=device.country_code),
                Seen(what="country it was shipped to", value=to.country_code),
                Seen(what="first start", value=device.first_seen_at.isoformat(timespec="minutes")),
            ),
        )


@_registry.rule(
    id="HIST-53",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-SHP-01", "DPRK-PAY-09"),
    benign="A recent move, a document not renewed since, or an employer's office in the region.",
    question="Where do you live and work today, and can you send a proof of residence?",
    evidence_class=EvidenceClass.LOGISTICS,
)
def taxed_where_nobody_lives(case: Case) -> Judgement:
    """Tax is paid in a region that neither the document nor a claimed residence is in."""
    taxed, shown = case.seen.payroll_region, case.seen.id_address
    if taxed is None:
        return
    homes = [home for home in case.claims.residences if home.region]
    if not homes or shown is None or not shown.region:
        yield Missing(Fact.ADDRESS)
        return
    told = [(home.region or "", home.country_code) for home in homes]
    agree = [
        same_region(taxed, region, country)
        for region, country in (*told, (shown.region, shown.country_code))
    ]
    if True in agree:
        return
    if None in agree:
        yield Missing(Fact.ADDRESS)
        return
    yield Clash(
        "Tax is paid in a region that neither the document nor a claimed residence is in.",
        (
            Seen(what="region of tax", value=taxed),
            Seen(what="region on the document", value=shown.region),
            *(Seen(what="region of a claimed residence", value=region) for region, _ in told),
        ),
    )


RULES = _registry.rules
"""What is known of where equipment and tax go."""


def _ship_to(case: Case) -> ShipTo | None:
    """Where equipment goes, as logistics have it, or else where the candidate asked for it.

    What the candidate said of their home holds for either.
    """
    asked = case.claims.ship_to[-1] if case.claims.ship_to else None
    to = case.seen.shipment.to if case.seen.shipment else None
    if to is None:
        return asked
    there = asked is not None and compare_addresses(to, asked) is not Places.DIFFERENT
    return ShipTo(
        address=to.address,
        postal_code=to.postal_code,
        city=to.city,
        region=to.region,
        country_code=to.country_code,
        moved=asked.moved if asked and there else None,
        protected=asked.protected if asked else None,
    )


def _is_other_country(one: str, other: str) -> bool:
    """By how addresses are written, which leaves the lands of one post together."""
    return (
        compare_addresses(PostalAddress(country_code=one), PostalAddress(country_code=other))
        is Places.DIFFERENT
    )


def _claimed_addresses(case: Case) -> list[PostalAddress]:
    """All that are claimed, but a town alone where one of its streets is claimed as well."""
    told = [*case.claims.residences, *case.claims.addresses]
    towns = {folded(address.city) for address in told if address.address}
    return [address for address in told if address.address or folded(address.city) not in towns]
