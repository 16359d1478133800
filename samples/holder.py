"""The invented people on the specimen documents. None of them is a person in a portrait."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Holder:
    """Whose document it is. Names in ICAO 9303's terms, in Latin letters, hyphens, apostrophes."""

    primary: str = "ERIKSSON"
    secondary: str = "ANNA MARIA"
    number: str = "L898902C3"
    issuer: str = "UTO"
    nationality: str = "UTO"
    birth_date: date = date(1974, 8, 12)
    sex: Literal["F", "M", "X"] = "F"
    issue_date: date = date(2024, 4, 15)
    expiry: date = date(2034, 4, 14)
    personal_number: str = "ZE184226B"

    def __post_init__(self) -> None:
        for what, value, pattern in (
            ("primary", self.primary, r"[A-Z][A-Z' -]*"),
            ("secondary", self.secondary, r"[A-Z' -]*"),
            ("number", self.number, r"[A-Z0-9]{1,9}"),
            ("issuer", self.issuer, r"[A-Z]{1,3}"),
            ("nationality", self.nationality, r"[A-Z]{1,3}"),
            ("personal_number", self.personal_number, r"[A-Z0-9]{0,14}"),
        ):
            if not re.fullmatch(pattern, value):
                raise ValueError(f"{what} {value!r} cannot stand in a specimen's MRZ")

    @property
    def mrz_sex(self) -> str:
        """9303-3: an unspecified sex is X in print and a filler in the MRZ."""
        return "<" if self.sex == "X" else self.sex

    def printed(self) -> dict[str, str]:
        """What the printed zone says, by field name. Dates as DD MMM YYYY (9303-3 §3.8)."""
        return {
            "issuing_state": self.issuer,
            "document_number": self.number,
            "surname": self.primary,
            "given_names": self.secondary,
            "nationality": self.nationality,
            "birth_date": printed_date(self.birth_date),
            "sex": self.sex,
            "issue_date": printed_date(self.issue_date),
            "expiry_date": printed_date(self.expiry),
            "personal_number": self.personal_number,
        }


def printed_date(day: date) -> str:
    """12 AUG 1974, whatever the machine's locale."""
    months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    return f"{day.day:02d} {months[day.month - 1]} {day.year}"


ANNA = Holder()
"""The first sample person; shown with identity one's portrait."""

MARTHA = Holder(
    primary="VAN DER MEER",
    secondary="MARTHA-LOUISE",
    number="X4RTK7206",
    issuer="XXA",
    nationality="XXA",
    birth_date=date(1951, 12, 9),
    issue_date=date(2023, 9, 1),
    expiry=date(2033, 8, 31),
    personal_number="",
)
"""The second sample person; shown with identity two's portrait."""
