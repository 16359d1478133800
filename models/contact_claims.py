"""How a candidate says they can be reached, paid and shipped to, and who can speak for them.

None of it is part of JSON Resume but `location` and `profiles`, from which the first address and
the first accounts come.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from models.claimed_part import Claimed, CountryCode, OptionalText, Period


class AddressKind(StrEnum):
    """What an address is for."""

    RESIDENCE = "residence"
    MAILING = "mailing"


class PostalAddress(Claimed):
    """Where a letter would go."""

    address: OptionalText = None
    """Street and number, or a box; may hold several lines."""
    postal_code: OptionalText = Field(default=None, alias="postalCode")
    city: OptionalText = None
    region: OptionalText = None
    country_code: CountryCode = Field(default=None, alias="countryCode")

    @property
    def on_one_line(self) -> str:
        """How it is shown and, folded, compared."""
        parts = (self.address, self.postal_code, self.city, self.region, self.country_code)
        return ", ".join(" ".join(part.split()) for part in parts if part)


class Address(PostalAddress, Period):
    """An address of the candidate, with the time they lived or got mail there."""

    kind: AddressKind = AddressKind.RESIDENCE


class Phone(Claimed):
    """A telephone number, as written."""

    number: Annotated[str, Field(min_length=3, max_length=40)]


class Email(Claimed):
    """An e-mail address."""

    address: Annotated[str, Field(max_length=320, pattern=r"^[^\s@]+@[^\s@]+$")]


class Account(Claimed):
    """A profile elsewhere: JSON Resume's `profiles`, and more of them."""

    network: OptionalText = None
    """"GitHub", "LinkedIn", "Upwork", "portfolio"…"""
    username: OptionalText = None
    url: OptionalText = None


class Reference(Claimed):
    """Somebody who can speak for the candidate."""

    name: OptionalText = None
    employer: OptionalText = None
    """Where they worked together."""
    relation: OptionalText = None
    email: OptionalText = None
    phone: OptionalText = None
    reference: OptionalText = None
    """JSON Resume's text of the reference itself."""


class ShipTo(PostalAddress):
    """Where the candidate asks equipment to be sent."""

    moved: bool | None = None
    """The candidate says that they have moved there."""
    protected: bool | None = None
    """An address confidentiality programme, or another reason not to give one's home."""


class Payout(Claimed):
    """Where the candidate asks to be paid."""

    holder: OptionalText = None
    iban: Annotated[str, Field(max_length=42)] | None = None
    country_code: CountryCode = Field(default=None, alias="countryCode")
    """Of the account, where no IBAN says it."""
    wallet: OptionalText = None
    """An address of a crypto currency."""


class Availability(Claimed):
    """Meetings that the candidate agreed to."""

    slots: tuple[AwareDatetime, ...] = Field(default=(), max_length=1000)
