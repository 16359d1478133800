"""Networks, equipment and pay: HIST-35, 36, 38 to 43, 48 to 50, 53, 55; ENV-10 to 12."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.circumstances import BankAccountSeen, Circumstances, DeviceSeen, Session, Shipment
from models.contact_claims import PostalAddress
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case
from verifiers.case import Case

_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_HOME = {"address": "12 Oak Lane", "postalCode": "78701", "city": "Austin", "region": "TX",
         "countryCode": "US"}  # fmt: skip
_FARM = {"address": "904 Elm Street", "postalCode": "37201", "city": "Nashville", "region": "TN",
         "countryCode": "US"}  # fmt: skip
_AUSTIN, _DALLAS, _NASHVILLE, _LONDON = (
    {"latitude": 30.27, "longitude": -97.74},
    {"latitude": 32.78, "longitude": -96.80},
    {"latitude": 36.16, "longitude": -86.78},
    {"latitude": 51.51, "longitude": -0.13},
)
_IBAN_DE = "DE89 3704 0044 0532 0130 00"
_IBAN_AE = "AE07 0331 2345 6789 0123 456"


def _visit(hours: float = 0, **values: Any) -> Session:
    return Session(at=_MORNING + timedelta(hours=hours), **{"anonymous": False, **values})


def _visits(*sessions: Session, home: Any = _HOME, zone: str | None = "America/Chicago") -> Case:
    return a_case(
        {"addresses": [home] if home else []},
        seen=Circumstances(sessions=sessions, residence_time_zone=zone),
    )


def _from_countries(*countries: str, anonymous: bool = False) -> tuple[Session, ...]:
    return tuple(
        _visit(day * 24, country_code=country, anonymous=anonymous)
        for day, country in enumerate(countries)
    )


def _at_clocks(*zones: str) -> tuple[Session, ...]:
    return tuple(_visit(day * 24, time_zone=zone) for day, zone in enumerate(zones))


def _meetings(*hours: int, zone: str | None = "Europe/Berlin") -> Case:
    slots = [datetime(2026, 1, 5 + day, hour, tzinfo=UTC) for day, hour in enumerate(hours)]
    return a_case(
        {"addresses": [{"city": "Berlin"}], "availability": {"slots": slots}},
        seen=Circumstances(residence_time_zone=zone),
    )


def _shipped(to: dict[str, Any] | None, *, homes: Any = (_HOME,), **seen: Any) -> Case:
    claims = {"addresses": list(homes), "shipTo": [to] if to else []}
    return a_case(claims, seen=Circumstances(**seen))


def _sent(to: dict[str, Any], asked: dict[str, Any] | None = None) -> Case:
    """What logistics have of where it goes, whatever the candidate asked for."""
    return _shipped(asked, shipment=Shipment(to=PostalAddress.model_validate(to), mail_drop=False))


def _drop(address: str, said: bool | None = None, **values: Any) -> Case:
    to = {**_HOME, "address": address, **values}
    return _shipped(to, shipment=Shipment(mail_drop=said))


def _changed(*days: date, dispatched: date | None = date(2026, 3, 10), **to: Any) -> Case:
    shipment = Shipment(dispatched_on=dispatched, address_changed_on=days)
    return _shipped({**_HOME, **to}, shipment=shipment)


def _started(place: dict[str, float], *, anonymous: bool | None = False) -> Case:
    device = DeviceSeen(first_seen_at=_MORNING, anonymous=anonymous, **place)
    shipment = Shipment(dispatched_on=date(2026, 2, 25), **_AUSTIN)
    return _shipped(_HOME, shipment=shipment, device=device)


def _started_in(country: str | None, to: str | None = "US", **device: Any) -> Case:
    """Only the countries are known."""
    seen = DeviceSeen(
        first_seen_at=_MORNING, country_code=country, **{"anonymous": False, **device}
    )
    return _shipped({**_HOME, "countryCode": to}, shipment=Shipment(), device=seen)


def _taxed(region: str | None, shown: str | None, home: str | None = "TX") -> Case:
    address = PostalAddress(region=shown, country_code="US") if shown else None
    return _shipped(
        None, homes=({**_HOME, "region": home},), payroll_region=region, id_address=address
    )


def _paid(work: str | None = "US", homes: Any = (_HOME,), bank: Any = None, **payout: Any) -> Case:
    return a_case(
        {"addresses": list(homes), "payout": [payout] if payout else []},
        seen=Circumstances(work_country=work, bank=bank),
    )


def _held_by(
    holder: str | None, *, says: bool | None = None, told: str = "Anna Example", **identity: Any
) -> Case:
    return a_case(
        {"identity": {"fullName": told, **identity}},
        seen=Circumstances(bank=BankAccountSeen(holder=holder, holder_matches=says)),
    )


def _bank_changes(*days: date, started: date | None = date(2026, 1, 1)) -> Case:
    return _paid(bank=BankAccountSeen(changed_on=days, started_on=started), holder="Anna Example")


CASES = {
    "HIST-35": ThreeCases(
        fraud=_shipped(_FARM, id_address=PostalAddress.model_validate(_HOME)),
        honest={
            "their home, spelled otherwise": _shipped(
                {**_HOME, "address": "Apt. 4, 12 OAK LN", "postalCode": "78701-1234"}
            ),
            "the address on the document": _shipped(
                _FARM, id_address=PostalAddress.model_validate(_FARM)
            ),
            "a move that they told of": _shipped({**_FARM, "moved": True}),
            "an address that must stay secret": _shipped({**_FARM, "protected": True}),
            "sent home, not where they asked for": _sent(_HOME, asked=_FARM),
            "sent where they said that they moved": _sent(_FARM, asked={**_FARM, "moved": True}),
            "nothing is shipped": _shipped(None),
        },
        unknown=_shipped(_FARM, homes=({"city": "Austin", "countryCode": "US"},)),
        lacking=Fact.ADDRESS,
    ),
    "HIST-36": ThreeCases(
        fraud=_drop("123 Main Street PMB 214"),
        honest={
            "a street in Box Hill": _drop("14 Box Hill Road", said=False),
            "a home with a box for its letters": _drop("Villa 12, PO Box 44", said=False),
            "an address that must stay secret": _drop("PO Box 1200", said=True, protected=True),
            "sent home, not to the box they asked for": _sent(
                _HOME, asked={**_HOME, "address": "PO Box 1200"}
            ),
            "nothing is shipped": _shipped(None),
        },
        unknown=_drop("12 Oak Lane"),
        lacking=Fact.SHIPMENT,
    ),
    "HIST-38": ThreeCases(
        fraud=_changed(date(2026, 3, 8)),
        honest={
            "changed a month before": _changed(date(2026, 2, 5)),
            "never changed": _changed(),
            "an address that must stay secret": _changed(date(2026, 3, 8), protected=True),
            "nothing is shipped": _shipped(None),
        },
        unknown=_changed(date(2026, 3, 8), dispatched=None),
        lacking=Fact.SHIPMENT,
    ),
    "HIST-39": ThreeCases(
        fraud=_started(_LONDON),
        honest={
            "at home": _started(_AUSTIN),
            "a network's place in the next city": _started(_DALLAS),
            "no device": _shipped(_HOME),
        },
        unknown=_started(_LONDON, anonymous=True),
        lacking=Fact.DEVICE,
    ),
    "HIST-40": ThreeCases(
        fraud=_visits(_visit(country_code="RS"), _visit(8 * 24, country_code="RS")),
        honest={
            "a long journey, and home": _visits(*_from_countries("RS", "RS", "RS", "US")),
            "one journey": _visits(*_from_countries("US", "MX", "US")),
            "two homes": _visits(
                *_from_countries("US", "PT", "PT"), home={**_HOME, "countryCode": "PT"}
            ),
            "at home": _visits(*_from_countries("US", "US")),
        },
        unknown=_visits(*_from_countries("RS", "RS", "RS", anonymous=True)),
        lacking=Fact.SESSIONS,
    ),
    "HIST-41": ThreeCases(
        fraud=_visits(*_from_countries("US", "US", "US", anonymous=True)),
        honest={
            "once from home without": _visits(
                *_from_countries("US", "US", "US", anonymous=True), _visit(99)
            ),
            "never": _visits(_visit()),
            "once from home, else through a private relay": _visits(
                _visit(), *(_visit(day * 24, anonymous=None, relay=True) for day in range(3))
            ),
        },
        unknown=_visits(
            *_from_countries("US", "US", anonymous=True),
            *(_visit(day * 24, anonymous=True, relay=True) for day in range(5)),
        ),
        lacking=Fact.SESSIONS,
    ),
    "HIST-42": ThreeCases(
        fraud=_visits(_visit(**_AUSTIN), _visit(2, **_LONDON)),
        honest={
            "a flight": _visits(_visit(**_AUSTIN), _visit(11, **_LONDON)),
            "two networks of one town": _visits(
                _visit(**_AUSTIN), _visit(0.01, latitude=30.6, longitude=-97.7)
            ),
            "one of them hidden": _visits(
                _visit(**_AUSTIN), _visit(1, **{**_LONDON, "anonymous": True}), _visit(2, **_AUSTIN)
            ),
            "an hour by air": _visits(_visit(**_AUSTIN), _visit(1, **_DALLAS)),
        },
        unknown=_visits(_visit(**_AUSTIN)),
        lacking=Fact.SESSIONS,
    ),
    "HIST-43": ThreeCases(
        fraud=_visits(*_at_clocks("Asia/Vladivostok", "Asia/Vladivostok", "Asia/Shanghai")),
        honest={
            "home, under another zone's name": _visits(
                *_at_clocks("America/Winnipeg", "America/Winnipeg", "America/Winnipeg")
            ),
            "two journeys, and home": _visits(
                *_at_clocks("Europe/Paris", "Europe/Paris", "America/Chicago")
            ),
        },
        unknown=_visits(*_at_clocks("UTC", "UTC", "UTC")),
        lacking=Fact.TIME_ZONE,
    ),
    "HIST-48": ThreeCases(
        fraud=_paid(bank=BankAccountSeen(holder_matches=False), holder="G. Quux"),
        honest={
            "the bank agrees": _paid(bank=BankAccountSeen(holder_matches=True), holder="A. Ex"),
            "no account yet": _paid(),
        },
        unknown=_paid(holder="Anna Example"),
        lacking=Fact.BANK,
    ),
    "HIST-49": ThreeCases(
        fraud=_paid(iban=_IBAN_AE),
        honest={
            "an account at work": _paid("DE", iban=_IBAN_DE),
            "one account for all of Europe": _paid("FR", iban=_IBAN_DE),
            "asked for another, but paid at work": _paid(
                "US", bank=BankAccountSeen(country_code="US"), iban=_IBAN_AE
            ),
            "lives across the border": _paid(
                "US", ({"city": "Windsor", "countryCode": "CA"},), countryCode="CA"
            ),
            "no account yet": _paid(),
        },
        unknown=_paid("DE", iban="AE07 0331 2345 6789 0123 457"),
        lacking=Fact.BANK,
    ),
    "HIST-50": ThreeCases(
        fraud=_bank_changes(date(2026, 1, 9), date(2026, 2, 20)),
        honest={
            "one switch of banks": _bank_changes(date(2026, 1, 9)),
            "a slip corrected the same day": _bank_changes(date(2026, 1, 9), date(2026, 1, 9)),
            "one now, one after months": _bank_changes(date(2026, 1, 9), date(2026, 3, 14)),
            "no account yet": _paid(),
        },
        unknown=_bank_changes(date(2026, 1, 9), date(2026, 2, 20), started=None),
        lacking=Fact.BANK,
    ),
    "HIST-53": ThreeCases(
        fraud=_taxed("New Jersey", shown="TX"),
        honest={
            "a licence that was not renewed after a move": _taxed("Texas", shown="OK"),
            "taxed where the document is from": _taxed("ok", shown="Oklahoma"),
            "one region, in short and in full": _taxed("Texas", shown="Tex", home="TX"),
            "nobody is paid yet": _taxed(None, shown="TX"),
        },
        unknown=_taxed("New Jersey", shown=None),
        lacking=Fact.ADDRESS,
    ),
    "HIST-55": ThreeCases(
        fraud=_meetings(0, 1, 2, 3, 0),
        honest={
            "office hours": _meetings(9, 10, 13, 15, 16),
            "a late riser's evenings": _meetings(18, 19, 20, 20, 19),
            "now and then before dawn": _meetings(1, 2, 9, 12, 13),
            "no home is told": a_case(),
        },
        unknown=_meetings(0, 1, 2, 3, 0, zone=None),
        lacking=Fact.TIME_ZONE,
    ),
    "ENV-10": ThreeCases(
        fraud=_visits(_visit(watched=False), _visit(3, watched=True)),
        honest={
            "none of the networks is on the list": _visits(_visit(watched=False)),
            "hidden, as privacy asks": _visits(_visit(anonymous=True, watched=False)),
            "a private relay, of which others' addresses are listed": _visits(
                _visit(anonymous=None, relay=True, watched=False)
            ),
        },
        unknown=_visits(_visit()),
        lacking=Fact.SESSIONS,
    ),
    "ENV-11": ThreeCases(
        fraud=_started_in("CN"),
        honest={
            "at home": _started_in("US"),
            "an island of the same post": _started_in("PR"),
            "across a border, and near": _shipped(
                {**_HOME, "countryCode": "US"},
                device=DeviceSeen(
                    first_seen_at=_MORNING, country_code="MX", anonymous=False, **_AUSTIN
                ),
                shipment=Shipment(**_DALLAS),
            ),
            "no device": _shipped(_HOME),
        },
        unknown=_started_in("CN", anonymous=True),
        lacking=Fact.DEVICE,
    ),
    "ENV-12": ThreeCases(
        fraud=_held_by("Gregory Quux"),
        honest={
            "a joint account": _held_by("Mr Bob Sample & Mrs A Example"),
            "a maiden name that they told of": _held_by("A Sample-Quux", formerNames=["Anna Quux"]),
            "a maiden name beside the own": _held_by("Anna Sample"),
            "another way to write it": _held_by("ERIKSSON ANNA", told="Anna Eriksson"),
            "another script": _held_by("Yulia Ivanova", told="Юлия Иванова"),
            "a bank that shortens names": _held_by("EXAMPLE A"),
            "the bank says it is theirs": _held_by("Gregory Quux", says=True),
            "the bank says it is not, which is told elsewhere": _held_by("G. Quux", says=False),
            "no account yet": _paid(),
        },
        unknown=_held_by("Quux Services Ltd"),
        lacking=Fact.NAMES,
    ),
}
