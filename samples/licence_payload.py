"""What the barcode of a specimen licence says: AAMVA DL/ID Card Design Standard, Annex D.

The issuer's number is nobody's, and the jurisdiction `XX` is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

ISSUER = "999999"
JURISDICTION = "XX"
SEPARATORS = "\n\x1e\r"
"""Between elements, between records, at the end of a subfile (Annex D §12.3)."""

Elements = Sequence[tuple[str, str]]
"""Identifier and value, in the order in which they are printed."""


@dataclass(frozen=True)
class Cardholder:
    """Whose licence it is."""

    family: str = "ERIKSSON"
    first: str = "ANNA"
    middle: str = "MARIA"
    number: str = "X4471209"
    birth_date: date = date(1974, 8, 12)
    sex: Literal["F", "M", "X"] = "F"
    issue_date: date = date(2024, 4, 15)
    expiry: date = date(2032, 8, 12)
    street: str = "12 HARBOUR STREET"
    city: str = "EXAMPLETON"
    postal_code: str = "00501"
    country: Literal["USA", "CAN"] = "USA"
    discriminator: str = "0012024105XX77"


ANNA_DRIVES = Cardholder()
"""The first sample person's; shown with identity one's portrait."""


def elements(holder: Cardholder, version: int) -> Elements:
    """What the subfile DL holds in this version of the standard, 1 to 10."""

    def day(when: date) -> str:
        year_first = version == 1 or holder.country == "CAN"
        return when.strftime("%Y%m%d" if year_first else "%m%d%Y")

    sex = holder.sex if version == 1 else {"M": "1", "F": "2", "X": "9"}[holder.sex]
    common = (
        ("DBA", day(holder.expiry)),
        ("DBB", day(holder.birth_date)),
        ("DBC", sex),
        ("DBD", day(holder.issue_date)),
        ("DAG", holder.street),
        ("DAI", holder.city),
        ("DAJ", JURISDICTION),
        ("DAK", holder.postal_code.replace(" ", "").ljust(9, "0").ljust(11)),
    )
    number = ("DAQ", holder.number)
    if version == 1:
        name = ",".join((holder.family, holder.first, holder.middle))
        return (("DAA", name), *common, number, ("DAR", "C"), ("DAS", "NONE"), ("DAT", "NONE"))
    shared = (
        *(("DCA", "C"), ("DCB", "NONE"), ("DCD", "NONE"), ("DAY", "BRO"), ("DAU", "067 in")),
        *(("DCF", holder.discriminator), ("DCG", holder.country)),
    )
    if version <= 3:
        given = f"{holder.first},{holder.middle}".strip(",")
        together = (("DCS", holder.family), ("DCT", given), ("DCH", "NONE"))
        return (number, *together, *common, *shared)
    named = (
        *(("DCS", holder.family), ("DDE", "N")),
        *(("DAC", holder.first), ("DDF", "N")),
        *(("DAD", holder.middle or "NONE"), ("DDG", "N")),
    )
    return (number, *named, *common, *shared, ("DDA", "F"), ("DDB", day(date(2020, 6, 1))))


def payload(holder: Cardholder, version: int = 10) -> str:
    """The whole text of the barcode, header and offsets as the standard asks."""
    own = {"ZX": (("ZXA", "SPECIMEN"),)}
    return assembled({"DL": elements(holder, version), **own}, version)


def assembled(subfiles: Mapping[str, Elements], version: int, issuer: str = ISSUER) -> str:
    """These subfiles behind a header whose offsets and lengths fit (Annex D §12.3 to §12.5)."""
    field, segment = SEPARATORS[0], SEPARATORS[2]
    bodies = {
        type: type + "".join(f"{id}{value}{field}" for id, value in inside)[:-1] + segment
        for type, inside in subfiles.items()
    }
    versions = f"{version:02d}" if version == 1 else f"{version:02d}01"
    head = f"@{SEPARATORS}ANSI {issuer}{versions}{len(bodies):02d}"
    at = len(head) + 10 * len(bodies)
    designators = ""
    for type, body in bodies.items():
        designators += f"{type}{at:04d}{len(body):04d}"
        at += len(body)
    return head + designators + "".join(bodies.values())
