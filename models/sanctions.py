"""Entries of sanctions lists, in one shape for all lists, and what was found on them."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field

from models.base import Model
from models.circumstances import ListedKind


class NameQuality(StrEnum):
    """How sure a list is of a name."""

    PRIMARY = "primary"
    STRONG = "strong"
    """An alias of good quality (OFAC "strong", UN "Good")."""
    WEAK = "weak"
    """A broad one, by which nobody is found alone."""


class ListedName(Model):
    """One name of an entry."""

    text: str = Field(min_length=1)
    """As the list has it, in whatever script."""
    quality: NameQuality = NameQuality.PRIMARY


class BirthSpan(Model):
    """When somebody was born, as far as the list knows."""

    earliest: date
    latest: date


class ListedDocument(Model):
    """A document or a registration that belongs to an entry."""

    number: str = Field(min_length=1)
    """As the list has it."""
    kind: str | None = None
    country_code: str | None = None
    """ISO 3166-1 alpha-2."""


class ListEntry(Model):
    """A person or an entity on a list."""

    list_name: str
    """As a reader knows it: "OFAC SDN", "UN Security Council", "EU"."""
    id: str
    """The list's own."""
    kind: ListedKind
    names: tuple[ListedName, ...] = Field(min_length=1)
    births: tuple[BirthSpan, ...] = ()
    documents: tuple[ListedDocument, ...] = ()
    emails: tuple[str, ...] = ()
    wallets: tuple[str, ...] = ()
    """Addresses of crypto currencies."""
    phones: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    """Web sites."""
    addresses: tuple[str, ...] = ()
    """On one line each; shown, never compared by themselves."""
    country_codes: tuple[str, ...] = ()
    """For readers; nobody is found or weighed by a country."""
    programmes: tuple[str, ...] = ()
    remarks: str | None = None
    listed_on: date | None = None


class SanctionsList(Model):
    """One list as it was read."""

    name: str
    published_on: date | None = None
    """As the list itself says."""
    fetched_at: AwareDatetime | None = None
    entries: tuple[ListEntry, ...]


class Party(Model):
    """Who is looked for: a candidate, or somebody whom the claims name."""

    kind: ListedKind
    role: str
    """"candidate", "employer", "reference", "payout"."""
    names: tuple[str, ...]
    birth_date: date | None = None
    document_numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    wallets: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    registration_numbers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    """IBANs or account numbers: compared with numbers on lists, and told to nobody outside."""


class Hit(Model):
    """A party that is on a list, by name and by something that is not a name."""

    party: Party
    entry: ListEntry
    matched_name: str
    """Of the entry."""
    score: float = Field(ge=0, le=1)
    """How well the names agree."""
    explanation: str
    """Why they agree, in one sentence."""
    agrees_in: tuple[str, ...] = Field(min_length=1)
    """Beside the name: "birth date", "document number", "e-mail address", "crypto address"…"""
    list_published_on: date | None = None
    """Of the list that was searched, as it says itself."""
    list_fetched_at: AwareDatetime | None = None
