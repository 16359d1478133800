"""What gives a specimen away: the issuer, number, name or person of published samples.

A name counts by itself only where it is a word for a specimen, which nobody bears. People are
called Mustermann, and as the standard's Anna Maria Eriksson is: a specimen's person is known by
issuer, name and birth date together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.document import FieldStatus, MrzField
from verifiers.documents.issuers import SPECIMEN_ISSUERS
from verifiers.documents.mrz_fields import FILLER


@dataclass(frozen=True)
class SpecimenNumber:
    """The number of a published specimen."""

    state: str | None
    """Issuer as the zone has it, fillers included; `None`: any, the number is the standard's."""
    number: str
    what: str
    source: str


_ICAO, _PRADO = "ICAO 9303", "EU PRADO"

# fmt: off
SPECIMEN_NUMBERS: tuple[SpecimenNumber, ...] = (
    SpecimenNumber(None, "L898902C3", "the example of 9303-4", _ICAO),
    SpecimenNumber(None, "L898902C", "the example of 9303 before its seventh edition", _ICAO),
    SpecimenNumber(None, "L8988901C", "the example of 9303-7", _ICAO),
    SpecimenNumber(None, "D23145890", "the example of 9303-5 and 9303-6", _ICAO),
    SpecimenNumber(None, "D23145890734", "the example of 9303-5", _ICAO),
    SpecimenNumber("AUS", "PA0940409", "Australia's specimen passport", "DFAT"),
    SpecimenNumber("BEL", "590330101", "Belgium's specimen identity card", "FPS Interior"),
    SpecimenNumber("BEL", "590335801", "Belgium's specimen identity card", "FPS Interior"),
    SpecimenNumber("CAN", "ZE000509", "Canada's specimen passport", "IRCC"),
    SpecimenNumber("CHE", "S0002068", "Switzerland's specimen identity card", "fedpol"),
    SpecimenNumber("CZE", "99003853", "Czechia's specimen passport", _PRADO),
    SpecimenNumber("CZE", "99009054", "Czechia's specimen passport", _PRADO),
    SpecimenNumber("D<<", "122000043", "Germany's specimen identity card", "Bundesdruckerei"),
    SpecimenNumber("D<<", "122000151", "Germany's specimen identity card", "Bundesdruckerei"),
    SpecimenNumber("D<<", "122001193", "Germany's specimen passport", "Bundesdruckerei"),
    SpecimenNumber("D<<", "122066666", "Germany's specimen passport of 2005", "Bundesdruckerei"),
    SpecimenNumber("D<<", "C01X0006H", "Germany's specimen passport of 2007", "BMI"),
    SpecimenNumber("D<<", "C01X00T47", "Germany's specimen passport", "BMI"),
    SpecimenNumber("D<<", "C11T002JM", "Germany's specimen passport", "BSI"),
    SpecimenNumber("D<<", "L01X00T47", "Germany's specimen identity card", "BMI"),
    SpecimenNumber("D<<", "LZ6311T47", "Germany's specimen identity card", "BMI"),
    SpecimenNumber("D<<", "T22000129", "Germany's specimen identity card", "BMI"),
    SpecimenNumber("ESP", "BAA000589", "Spain's specimen identity card", "Policía Nacional"),
    SpecimenNumber("EST", "AS0002261", "Estonia's specimen identity card", _PRADO),
    SpecimenNumber("FIN", "XP8271602", "Finland's specimen passport", _PRADO),
    SpecimenNumber("HRV", "007007007", "Croatia's specimen passport", _PRADO),
    SpecimenNumber("HRV", "115501830", "Croatia's specimen identity card", _PRADO),
    SpecimenNumber("LVA", "PA9992921", "Latvia's specimen identity card", _PRADO),
    SpecimenNumber("NLD", "SPECI2014", "the Netherlands' specimen passport", "RvIG"),
    SpecimenNumber("NLD", "SPECI2021", "the Netherlands' specimen passport", "RvIG"),
    SpecimenNumber("NLD", "XA0000014", "the Netherlands' specimen passport", "RvIG"),
    SpecimenNumber("POL", "ABA300000", "Poland's specimen identity card", "MSWiA"),
    SpecimenNumber("POL", "ZS0000177", "Poland's specimen passport", "MSWiA"),
    SpecimenNumber("SWE", "59000002", "Sweden's specimen passport and identity card", _PRADO),
)
# fmt: on

_WORDS = frozenset(
    """SPECIMEN ESPECIMEN VZOR VZOREC UZORAK OBRAZEC WZOR PARAUGS PAVYZDYS
    HAPPYPERSON""".split()  # noqa: SIM905
)
"""Words for a specimen in the languages of issuers. `Muster`, `Minta`, `Örnek` are surnames too."""


@dataclass(frozen=True)
class SpecimenHolder:
    """The person of a specimen, who may have namesakes."""

    states: tuple[str, ...]
    name: str
    """As the zone has it, fillers after it dropped."""
    birth_dates: tuple[str, ...]
    what: str
    source: str


SPECIMEN_HOLDERS = (
    SpecimenHolder(
        ("D<<", "BDR"),
        "MUSTERMANN<<ERIKA",
        ("450912", "640812", "830812", "960812"),
        "the holder of Germany's specimens",
        "Bundesdruckerei, BMI, BSI",
    ),
)

_NOTHING_BUT_ZEROS = re.compile(r"[A-Z]*0{5,}[A-Z]*")
"""No issuer counts from zero: A0000000, 00000000, CA00000AA are printed on specimens only."""
_NAME_FIELDS = ("name", "primary_identifier", "secondary_identifier")


def specimen_marks(fields: Mapping[str, MrzField]) -> dict[str, str]:
    """Which fields of a zone are a specimen's, and why; empty for a document like any other.

    What was not read surely marks nothing.
    """
    sure = {name: f for name, f in fields.items() if f.status is not FieldStatus.UNSURE}
    found = {name: _mark(name, field, sure) for name, field in sure.items()}
    return {name: why for name, why in found.items() if why}


def _mark(name: str, field: MrzField, sure: Mapping[str, MrzField]) -> str | None:
    if name == "issuing_state" or (name == "nationality" and field.raw == "UTO"):
        why = SPECIMEN_ISSUERS.get(field.raw)
        return f"{field.raw} is {why}" if why else None
    if name == "document_number":
        return _by_number(field.value or "", sure)
    if name in _NAME_FIELDS:
        said = next((word for word in field.raw.split(FILLER) if word in _WORDS), None)
        if said:
            return f"{said} stands for the name of a specimen's holder"
        return _by_holder(field, sure)
    return None


def _by_number(number: str, sure: Mapping[str, MrzField]) -> str | None:
    state = sure["issuing_state"].raw if "issuing_state" in sure else None
    for known in SPECIMEN_NUMBERS:
        if known.number == number and known.state in (None, state):
            return f"{number} is the number of {known.what}"
    if _NOTHING_BUT_ZEROS.fullmatch(number):
        return f"{number} has no digit but zeros, as specimens are numbered"
    return None


def _by_holder(field: MrzField, sure: Mapping[str, MrzField]) -> str | None:
    if "issuing_state" not in sure or "birth_date" not in sure:
        return None
    state, born = sure["issuing_state"].raw, sure["birth_date"].raw
    for known in SPECIMEN_HOLDERS:
        same_name = field.raw.strip(FILLER) == known.name
        if same_name and state in known.states and born in known.birth_dates:
            return f"{known.name.replace('<<', ' ')}, born {born}, is {known.what}"
    return None
