"""The text of a magnetic stripe printed as a barcode: Annex F, as British Columbia does.

Three tracks one after the other: `%` state, city (13 characters or up to `^`), name (parts after
`$`), address; `;` issuer, number, `=`, expiry `YYMM`, birth date `CCYYMMDD`; `%` versions, postal
code, class, restrictions, endorsements, sex. Each part is given the identifier of the element that
means the same, so that one reading of fields serves both.
"""

import re
from dataclasses import dataclass

from models.barcode import LicenceElement

_STRIPE = re.compile(
    r"%(?P<DAJ>[A-Z]{2})(?P<place>[^?]{0,120})\?[^;]{0,4}"
    r";(?P<issuer>\d{6})(?P<DAQ>[^=?]{0,20})=(?P<DBA>\d{4})(?P<DBB>\d{8})(?P<over>\w{0,5})=?\??"
    r"(?:_?[%#+](?P<versions>..)(?P<DAK>.{11})(?P<rest>.{16})(?P<DBC>[12MFX]))?",
    re.DOTALL,
)
_CITY = 13


@dataclass(frozen=True)
class Stripe:
    """What a stripe says, as elements."""

    issuer: str
    elements: tuple[LicenceElement, ...]


def read_stripe(payload: str) -> Stripe | None:
    """The stripe in this payload; `None` where it is no stripe's text."""
    found = _STRIPE.search(payload)
    if found is None:
        return None
    elements = [
        _element(payload, id, *found.span(id))
        for id in ("DAJ", "DAQ", "DBA", "DBB", "DAK", "DBC")
        if found[id]
    ]
    if found["over"]:
        # Numbers too long for their place go on behind the birth date.
        number = next(e for e in elements if e.id == "DAQ")
        longer = number.model_copy(update={"raw": number.raw + found["over"]})
        elements[elements.index(number)] = longer
    start, end = found.span("place")
    until = payload.find("^", start, min(end, start + _CITY + 1))
    city_end = until if until >= 0 else min(end, start + _CITY)
    elements.append(_element(payload, "DAI", start, city_end))
    rest = city_end + (until >= 0)
    for id in ("DAA", "DAG"):
        stop = payload.find("^", rest, end)
        stop = end if stop < 0 else stop
        line = payload.find("$", rest, stop) if id == "DAG" else -1
        # Behind the street stand city and postal code once more.
        elements.append(_element(payload, id, min(rest, end), stop if line < 0 else line))
        rest = stop + 1
    return Stripe(found["issuer"], tuple(e for e in elements if e.raw))


def _element(payload: str, id: str, start: int, end: int) -> LicenceElement:
    text = payload[start:end]
    lead = len(text) - len(text.lstrip())
    raw = text.strip()
    return LicenceElement(
        id=id,
        subfile="",
        raw=raw,
        start=start + lead if raw else start,
        end=start + lead + len(raw),
    )
