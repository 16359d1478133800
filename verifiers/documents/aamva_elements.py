"""The data elements of AAMVA DL/ID barcodes: what each is called, and what it may hold.

Annex D, tables D.3 and D.4, of the versions of 2000 to 2025. What is used here means the same in
all of them, so one table serves; DBG, DBN and DBS were given another meaning, and are not used.
Looks (eyes, hair, height, weight, race) are known so as to be told apart, and used for nothing.
"""

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What an element may hold, as a regular expression of its value."""

    TEXT = r".*"
    NAME = r".+"
    DATE = r"\d{8}"
    SEX = r"[0129MFX]"
    TRUNCATION = r"[TNU]"
    FLAG = r"[01YN]?"
    LETTERS = r"[A-Z]{2,3}"
    COMPLIANCE = r"[FMN]"


@dataclass(frozen=True)
class Element:
    """What the standard says of one identifier."""

    id: str
    name: str
    shape: Shape


_NAMED: dict[Shape, str] = {
    Shape.NAME: """
        DAA full_name, DAB family_name_2000, DCS family_name, DAC first_name, DCT given_names""",
    Shape.DATE: """
        DBA expiry_date, DBB birth_date, DBD issue_date, DBL alias_birth_date,
        DDB card_revision_date, DDC hazmat_expiry_date, DDH under_18_until, DDI under_19_until,
        DDJ under_21_until, PAB permit_expiry_date, PAD permit_issue_date""",
    Shape.SEX: "DBC sex",
    Shape.TRUNCATION: """
        DDE family_name_truncation, DDF first_name_truncation, DDG middle_name_truncation""",
    Shape.FLAG: """
        DDD limited_duration, DDK organ_donor, DDL veteran, DDM commercial_licence,
        DDN non_domiciled, DDO enhanced_credential, DDP permit""",
    Shape.COMPLIANCE: "DDA compliance_type",
    Shape.LETTERS: "DAJ address_jurisdiction, DCG country",
    Shape.TEXT: """
        DAD middle_names, DAE name_suffix_2000, DAF name_prefix, DCU name_suffix, DAG street,
        DAH street_2, DAI city, DAK postal_code, DAL residence_street, DAM residence_street_2,
        DAN residence_city, DAO residence_jurisdiction, DAP residence_postal_code, DAQ number,
        DAR vehicle_class_2000, DAS restrictions_2000, DAT endorsements_2000, DAU height,
        DAV height_cm, DAW weight_lb, DAX weight_kg, DAY eyes, DAZ hair, DBE issue_timestamp,
        DBF duplicates, DBG alias_given_names, DBH organ_donor_2000, DBI non_resident,
        DBJ customer_identifier, DBK social_security_number, DBM alias_social_security_number,
        DBN alias_family_name, DBO alias_family_name_2000, DBP alias_first_name,
        DBQ alias_middle_name, DBR alias_suffix_2000, DBS alias_suffix, DCA vehicle_class,
        DCB restrictions,
        DCD endorsements, DCE weight_range, DCF document_discriminator,
        DCH federal_commercial_codes, DCI place_of_birth, DCJ audit_information,
        DCK inventory_control_number, DCL race, DCM standard_vehicle_class,
        DCN standard_endorsements, DCO standard_restrictions, DCP vehicle_class_description,
        DCQ endorsement_description, DCR restriction_description, PAA permit_class,
        PAC permit_identifier, PAE permit_restrictions, PAF permit_endorsements""",
}

ELEMENTS: dict[str, Element] = {
    pair.split()[0]: Element(pair.split()[0], pair.split()[1], shape)
    for shape, pairs in _NAMED.items()
    for pair in pairs.split(",")
}
"""Identifier -> element."""

LATEST = 11
"""Version of the standard of 2025."""

SUBFILES = ("DL", "ID", "EN")
"""Driver licence, identification card, enhanced licence or card."""

_SINCE_2003 = (
    *("DCA", "DCB", "DCD", "DBA", "DCS", "DBD", "DBB", "DBC", "DAY", "DAU"),
    *("DAG", "DAI", "DAJ", "DAK", "DAQ", "DCF", "DCG"),
)
_OF_DRIVERS = frozenset(("DCA", "DCB", "DCD", "DCH", "DAR", "DAS", "DAT"))


def mandatory(version: int, subfile: str) -> tuple[str, ...]:
    """What a payload of this version must have; cards that are no licence lack what drivers have.

    The parts of the name stand apart since 2009 (version 4), and in one element each before.
    """
    if version <= 1:
        asked: tuple[str, ...] = (
            *("DAG", "DAI", "DAJ", "DAK", "DAQ", "DAR", "DAS", "DAT"),
            *("DBA", "DBB", "DBC", "DBD"),
        )
    elif version <= 3:
        asked = (*_SINCE_2003, "DCT", "DCH")
    else:
        asked = (*_SINCE_2003, "DAC", "DAD", "DDE", "DDF", "DDG")
    return tuple(id for id in asked if subfile == "DL" or id not in _OF_DRIVERS)
