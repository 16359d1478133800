"""Elements -> the fields of a licence, each with the elements that it comes from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.barcode import Anomaly, AnomalyKind, LicenceElement, LicenceField
from models.document import FieldStatus
from verifiers.documents.aamva_dates import Order, names_no_end, read_date
from verifiers.documents.aamva_names import RUN_TOGETHER, LicenceName, Part, not_given

Elements = Mapping[str, LicenceElement]

_SEXES = {"1": "M", "2": "F", "9": "X", "M": "M", "F": "F", "X": "X"}
_COMPLIANCE = {"F": "compliant", "N": "not compliant", "M": "materially compliant"}
_YES_NO = {"1": "yes", "Y": "yes", "0": "no", "N": "no", "": "no"}
_DATES = {
    "birth_date": "DBB",
    "issue_date": "DBD",
    "expiry_date": "DBA",
    "card_revision_date": "DDB",
}
_PLAIN = {
    "street": "DAG",
    "street_2": "DAH",
    "city": "DAI",
    "address_jurisdiction": "DAJ",
    "postal_code": "DAK",
    "country": "DCG",
    "document_discriminator": "DCF",
    "name_prefix": "DAF",
}


@dataclass(frozen=True)
class FieldsRead:
    """The fields by name, the dates as days, and what is odd about the values."""

    fields: dict[str, LicenceField]
    days: dict[str, date]
    anomalies: tuple[Anomaly, ...]


def read_fields(elements: Elements, name: LicenceName, order: Order) -> FieldsRead:
    """All fields but those that the header decides."""
    fields: dict[str, LicenceField] = {}
    days: dict[str, date] = {}
    anomalies: list[Anomaly] = []
    for field in (*_name_fields(name), *_coded(elements), *_plain(elements)):
        fields[field.name] = field
    fields["number"] = _number(elements)
    fields["address"] = _address(fields)
    for what, id in _DATES.items():
        if id in elements:
            fields[what], day, odd = _date(what, elements[id], order)
            anomalies += odd
            if day:
                days[what] = day
    anomalies += _odd_values(fields.values(), name)
    return FieldsRead({n: f for n, f in fields.items() if f.elements}, days, tuple(anomalies))


def _field(
    name: str, value: str | None, *elements: LicenceElement, reason: str | None = None
) -> LicenceField:
    """A field that holds what it may, or a guess, or is empty."""
    status = FieldStatus.VALID if value else FieldStatus.EMPTY
    if value and any(element.guessed for element in elements):
        status, reason = FieldStatus.UNSURE, reason or RUN_TOGETHER
    return LicenceField(name=name, value=value, status=status, reason=reason, elements=elements)


def _wrong(
    name: str, element: LicenceElement, reason: str, value: str | None = None
) -> LicenceField:
    return LicenceField(
        name=name, value=value, status=FieldStatus.INVALID, reason=reason, elements=(element,)
    )


def _name_fields(name: LicenceName) -> Iterator[LicenceField]:
    parts: dict[str, Part] = {
        "family_name": name.family,
        "given_names": name.given,
        "first_name": name.first,
        "middle_names": name.middle,
        "name_suffix": name.suffix,
    }
    for what, part in parts.items():
        field = _field(what, part.value, *part.elements, reason=part.guessed)
        guess = FieldStatus.UNSURE if part.guessed and part.value else field.status
        yield field.model_copy(update={"status": guess})


def _plain(elements: Elements) -> Iterator[LicenceField]:
    for what, id in _PLAIN.items():
        if id not in elements:
            continue
        value = " ".join(elements[id].raw.split()).strip(",").strip()
        if what == "postal_code":
            value = _postal_code(value)
        yield _field(what, None if not_given(value) else value, elements[id])


def _coded(elements: Elements) -> Iterator[LicenceField]:
    """Fields whose values are codes."""
    tables: dict[str, tuple[str, Mapping[str, str]]] = {
        "sex": ("DBC", _SEXES),
        "real_id": ("DDA", _COMPLIANCE),
        "limited_duration": ("DDD", _YES_NO),
    }
    for what, (id, table) in tables.items():
        if id not in elements:
            continue
        element = elements[id]
        said = table.get(element.raw.upper())
        empty = not_given(element.raw) or (what == "sex" and element.raw == "0")
        if said or empty:
            yield _field(what, said, element)
        else:
            yield _wrong(
                what, element, f"{element.raw} is not among {', '.join(filter(None, table))}"
            )


def _number(elements: Elements) -> LicenceField:
    if "DAQ" not in elements:
        return _field("number", None)
    element = elements["DAQ"]
    value = " ".join(element.raw.split())
    if value and not_given(value):
        # Kept, since it is what the barcode says; but it is no number to compare.
        return _wrong("number", element, f"{value} stands where nothing is known", value)
    return _field("number", value or None, element)


def _postal_code(value: str) -> str:
    """United States: five digits and four more, which are zeros (in Hawaii one, after
    spaces) where nobody knows them.
    """
    match = re.fullmatch(r"(\d{5})(?:-?(\d{4})|\s+0)", value)
    if not match:
        return value
    return f"{match[1]}-{match[2]}" if match[2] and match[2] != "0000" else match[1]


def _address(fields: Mapping[str, LicenceField]) -> LicenceField:
    """Street, city, jurisdiction and postal code as one line."""

    def said(name: str) -> str:
        return (fields[name].value or "") if name in fields else ""

    parts = ("street", "street_2", "city", "address_jurisdiction", "postal_code")
    last = f"{said('address_jurisdiction')} {said('postal_code')}".strip()
    lines = (said("street"), said("street_2"), said("city"), last)
    elements = tuple(e for name in parts if name in fields for e in fields[name].elements)
    return _field("address", ", ".join(line for line in lines if line) or None, *elements)


def _date(
    name: str, element: LicenceElement, order: Order
) -> tuple[LicenceField, date | None, list[Anomaly]]:
    if name == "expiry_date" and names_no_end(element.raw):
        return _field(name, None, element, reason=f"{element.raw} names no end"), None, []
    if name != "birth_date" and not_given(element.raw):
        return _field(name, None, element), None, []
    read = read_date(element.raw, order)
    if read.day is None:
        return _wrong(name, element, read.reason or "it is no date"), None, []
    odd = []
    if read.other_order:
        told = f"{element.id} is not written as {order.value}, as its country and version ask"
        odd.append(
            Anomaly(kind=AnomalyKind.DATE_ORDER, told=told, start=element.start, element=element.id)
        )
    return _field(name, read.day.isoformat(), element), read.day, odd


def _odd_values(fields: Iterable[LicenceField], name: LicenceName) -> Iterator[Anomaly]:
    """Values that the standard does not allow, and a name whose parts had to be guessed."""
    odd = [(f.elements[0], f"{f.elements[0].id}: {f.reason}") for f in fields if _is_wrong(f)]
    # Elements that run together are told as such.
    if name.family.guessed not in (None, RUN_TOGETHER) and name.family.elements:
        odd.append((name.family.elements[0], name.family.guessed))
    for element, told in odd:
        yield Anomaly(kind=AnomalyKind.VALUE, told=told, start=element.start, element=element.id)


def _is_wrong(field: LicenceField) -> bool:
    return field.status is FieldStatus.INVALID and bool(field.elements)
