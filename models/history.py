"""Claimed history: what a candidate says of their life, as intervals with a stated precision.

The shape is JSON Resume's (jsonresume.org) with an `identity` beside it for what a document can
confirm, and what an application form asks beyond a résumé: addresses, telephones, accounts, who can
speak for the candidate, where equipment and pay go. Each part may say where and when it was said
(`asserted`), so that a form and a résumé that tell the same job are one job told twice.
"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from models.base import Model
from models.claimed_date import OptionalDate
from models.claimed_part import Claimed, CountryCode, OptionalText, Period, ResumePart
from models.contact_claims import (
    Account,
    Address,
    AddressKind,
    Availability,
    Email,
    Payout,
    Phone,
    PostalAddress,
    Reference,
    ShipTo,
)

Technologies = Annotated[
    tuple[Annotated[str, Field(max_length=200)], ...], Field(default=(), max_length=200)
]


class Work(Period):
    """One position at one employer."""

    name: OptionalText = None
    """The employer."""
    position: OptionalText = None
    location: OptionalText = None
    url: OptionalText = None
    summary: OptionalText = None
    full_time: bool | None = Field(default=None, alias="fullTime")
    """Not in JSON Resume. `None` where the candidate did not say."""
    remote: bool | None = None
    country_code: CountryCode = Field(default=None, alias="countryCode")
    technologies: Technologies = ()
    """What was worked with there."""

    @property
    def label(self) -> str:
        """How the report names it."""
        return " at ".join(part for part in (self.position, self.name) if part) or "a position"


class Education(Period):
    """One course of study at one institution."""

    institution: OptionalText = None
    area: OptionalText = None
    study_type: OptionalText = Field(default=None, alias="studyType")
    url: OptionalText = None
    full_time: bool | None = Field(default=None, alias="fullTime")
    remote: bool | None = None
    country_code: CountryCode = Field(default=None, alias="countryCode")
    contact_email: OptionalText = Field(default=None, alias="contactEmail")
    """Of the office that is said to confirm it."""

    @property
    def label(self) -> str:
        """How the report names it."""
        what = " ".join(part for part in (self.study_type, self.area) if part)
        return " at ".join(part for part in (what, self.institution) if part) or "a course"


class Skill(Claimed):
    """Something that the candidate can do."""

    name: OptionalText = None
    level: OptionalText = None
    keywords: Technologies = ()
    years: float | None = Field(default=None, ge=0, le=80)
    """For how long, as the candidate says. Not in JSON Resume."""


class Certificate(Claimed):
    """An examination passed or a certification held."""

    name: OptionalText = None
    issuer: OptionalText = None
    date: OptionalDate = None
    url: OptionalText = None
    id: OptionalText = None
    """The number on it. Not in JSON Resume."""


class Basics(ResumePart):
    """Who the candidate says they are, as on a résumé."""

    name: OptionalText = None
    label: OptionalText = None
    email: OptionalText = None
    phone: OptionalText = None
    url: OptionalText = None
    location: PostalAddress | None = None
    profiles: tuple[Account, ...] = Field(default=(), max_length=50)


def _real_person_dates(value: date | None) -> date | None:
    if value is not None and value.year < 1900:
        raise ValueError("the birth date lies before 1900")
    return value


class Identity(Model):
    """What the candidate claims and a document can confirm. Not part of JSON Resume."""

    full_name: OptionalText = Field(default=None, alias="fullName")
    birth_date: Annotated[date | None, AfterValidator(_real_person_dates)] = Field(
        default=None, alias="birthDate"
    )
    document_number: OptionalText = Field(default=None, alias="documentNumber")
    preferred_name: OptionalText = Field(default=None, alias="preferredName")
    former_names: tuple[Annotated[str, Field(max_length=200)], ...] = Field(
        default=(), alias="formerNames", max_length=20
    )
    """Names held before a marriage, a transition or any other change."""
    model_config = ConfigDict(populate_by_name=True)


class Claims(ResumePart):
    """All that a candidate claims: a JSON Resume with an `identity`."""

    basics: Basics = Basics()
    identity: Identity = Identity()
    work: tuple[Work, ...] = Field(default=(), max_length=200)
    education: tuple[Education, ...] = Field(default=(), max_length=200)
    skills: tuple[Skill, ...] = Field(default=(), max_length=200)
    certificates: tuple[Certificate, ...] = Field(default=(), max_length=100)
    references: tuple[Reference, ...] = Field(default=(), max_length=50)
    addresses: tuple[Address, ...] = Field(default=(), max_length=100)
    phones: tuple[Phone, ...] = Field(default=(), max_length=50)
    emails: tuple[Email, ...] = Field(default=(), max_length=50)
    accounts: tuple[Account, ...] = Field(default=(), max_length=50)
    ship_to: tuple[ShipTo, ...] = Field(default=(), alias="shipTo", max_length=50)
    """The latest last."""
    payout: tuple[Payout, ...] = Field(default=(), max_length=50)
    """The latest last."""
    availability: Availability | None = None

    @property
    def full_name(self) -> str | None:
        """The claimed legal name where one is given, or the name on the résumé."""
        return self.identity.full_name or self.basics.name

    @property
    def tells_history(self) -> bool:
        """Whether there is any position or course to judge."""
        return bool(self.work or self.education)

    @property
    def all_accounts(self) -> tuple[Account, ...]:
        """Those of the résumé, and those told beside it."""
        return (*self.basics.profiles, *self.accounts)

    @property
    def all_emails(self) -> tuple[str, ...]:
        """Every address that is said to be the candidate's, each once, as written."""
        told = (self.basics.email, *(email.address for email in self.emails))
        return tuple(dict.fromkeys(text for text in told if text))

    @property
    def all_phones(self) -> tuple[str, ...]:
        """Every number that is said to be the candidate's, each once, as written."""
        told = (self.basics.phone, *(phone.number for phone in self.phones))
        return tuple(dict.fromkeys(text for text in told if text))

    @property
    def residences(self) -> tuple[PostalAddress, ...]:
        """Where the candidate says they live or lived."""
        first = (self.basics.location,) if self.basics.location else ()
        return (*first, *(one for one in self.addresses if one.kind is AddressKind.RESIDENCE))
