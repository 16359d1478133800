"""A generated life set in another city: members of one household live in one town.

Visits from home, meetings, pay, tax and the shipment move along; schools, employers and journeys
stay where they were, as they do when somebody moves.
"""

from datetime import timedelta

from models.circumstances import Circumstances, Session
from models.history import Claims
from samples.careers.population import Evidence
from samples.careers.world import City


def moved(seen: Evidence, old: City, new: City) -> Evidence:
    """What is known of the life, as if it were lived in the new city."""
    if old == new:
        return seen
    return Evidence(
        seen.stage,
        seen.today,
        _claims(seen.claims, old, new),
        seen.document_birth_date,
        seen.outside,
        _seen(seen.seen, old, new),
    )


def is_near(latitude: float | None, longitude: float | None, city: City) -> bool:
    """Whether a point is some hundred kilometres from the city at most."""
    if latitude is None or longitude is None:
        return False
    return abs(latitude - city.latitude) < 2 and abs(longitude - city.longitude) < 3


def _claims(claims: Claims, old: City, new: City) -> Claims:
    later = timedelta(minutes=old.winter - new.winter)
    meetings = claims.availability
    return claims.model_copy(
        update={
            "payout": tuple(
                one.model_copy(update={"country_code": new.country})
                if one.country_code == old.country
                else one
                for one in claims.payout
            ),
            "availability": meetings.model_copy(
                update={"slots": tuple(slot + later for slot in meetings.slots)}
            )
            if meetings
            else None,
        }
    )


def _seen(seen: Circumstances, old: City, new: City) -> Circumstances:
    shipment, there = seen.shipment, {"latitude": new.latitude, "longitude": new.longitude}
    if shipment and is_near(shipment.latitude, shipment.longitude, old):
        shipment = shipment.model_copy(update=there)
    return seen.model_copy(
        update={
            "sessions": tuple(_session(one, old, new) for one in seen.sessions),
            "work_country": new.country,
            "payroll_region": new.region
            if seen.payroll_region == old.region
            else seen.payroll_region,
            "shipment": shipment,
        }
    )


def _session(one: Session, old: City, new: City) -> Session:
    if one.time_zone != old.zone:
        return one
    here: dict[str, object] = {"time_zone": new.zone}
    if one.anonymous is False and one.country_code == old.country:
        north = (one.latitude or 0) - old.latitude
        east = (one.longitude or 0) - old.longitude
        here |= {
            "country_code": new.country,
            "latitude": max(-89.0, min(89.0, new.latitude + north)),
            "longitude": (new.longitude + east + 180) % 360 - 180,
        }
    return one.model_copy(update=here)
