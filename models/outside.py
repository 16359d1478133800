"""What sources outside say about claims: registries, name servers, code hosts, providers.

Each answer names its source, what was asked and when. `unknown` (not reached, limited, odd) is
never held against anyone, and neither is an absence: a source may not cover what it was asked for.
"""

from datetime import date
from enum import StrEnum
from typing import Generic, Self, TypeVar

from pydantic import AwareDatetime, Field, model_validator

from models.base import Model


class Outcome(StrEnum):
    """How asking a source ended."""

    FOUND = "found"
    ABSENT = "absent"
    """The source answered, and does not have it."""
    UNKNOWN = "unknown"
    """It did not answer, or not in a shape that could be read."""


T = TypeVar("T")


class Answer(Model, Generic[T]):
    """What one source said to one question."""

    source: str = Field(min_length=1)
    """As a reader knows it: "RDAP", "Companies House"."""
    question: str = Field(min_length=1)
    """What was asked for, as it was claimed: a domain, an employer's name, an account."""
    outcome: Outcome
    value: T | None = None
    """What was found."""
    why: str | None = None
    """Why it is unknown, in words that hold no address of ours: "did not answer in time"."""
    fetched_at: AwareDatetime

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.value is not None) != (self.outcome is Outcome.FOUND):
            raise ValueError("an answer has a value exactly when something was found")
        if (self.why is not None) != (self.outcome is Outcome.UNKNOWN):
            raise ValueError("an unknown answer says why, and no other does")
        return self


class DomainRegistration(Model):
    """A domain's life in its registry (RFC 9083 §4.5, events)."""

    domain: str
    registered_on: date | None
    """`None` where the registry does not tell."""
    status: tuple[str, ...] = ()


class MailServers(Model):
    """Where mail for a domain goes (RFC 5321 §5.1; a null MX, RFC 7505, is `absent`)."""

    domain: str
    hosts: tuple[str, ...]


class EmailDomain(Model):
    """What a shipped list says of an e-mail address's domain."""

    domain: str
    disposable: bool


class Company(Model):
    """A company in a registry."""

    name: str
    number: str
    """The registry's own: a company number, a CIK, a LEI."""
    country_code: str | None = None
    created_on: date | None = None
    dissolved_on: date | None = None
    former_names: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    """Companies that the registry says came of it, or it came of."""
    domains: tuple[str, ...] = ()
    """Web sites that the registry itself gives."""


class Institution(Model):
    """A school or university on a list of them."""

    name: str
    other_names: tuple[str, ...] = ()
    country_code: str | None = None
    domains: tuple[str, ...] = ()
    established: int | None = Field(default=None, ge=1, le=9999)
    """Year."""
    active: bool = True
    closed: int | None = Field(default=None, ge=1, le=9999)
    """Year, where the list tells."""
    successors: tuple[str, ...] = ()


class Author(Model):
    """Who a repository says wrote commits."""

    name: str
    email: str
    commits: int = Field(ge=1)


class Repository(Model):
    """A public repository of an account."""

    name: str
    """`owner/name`."""
    fork: bool
    created_on: date
    first_authored_on: date | None = None
    """Of its oldest commit."""
    authors: tuple[Author, ...] = ()
    """As far as was looked, with how many commits."""
    same_tree_elsewhere: tuple[str, ...] = ()
    """Older repositories of others whose commits hold the very same tree under other authors."""


class GithubAccount(Model):
    """An account's public side."""

    login: str
    id: int
    """Which stays where the login changes."""
    created_on: date
    name: str | None = None
    public_email: str | None = None
    repositories: tuple[Repository, ...] = ()
    proven: bool | None = None
    """Whether the candidate showed control of it; `None` where that was not asked."""


class OffsetCount(Model):
    """Commits written at one offset from UTC in one year."""

    year: int
    offset_minutes: int
    commits: int = Field(ge=1)


class CommitTimes(Model):
    """When and at which offset the commits of a repository by one author were written."""

    repository: str
    offsets: tuple[OffsetCount, ...]


class LineKind(StrEnum):
    """What kind of line a number is, as carriers tell it."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    VOIP = "voip"
    OTHER = "other"


class LineType(Model):
    """What a carrier says of a number."""

    kind: LineKind
    carrier: str | None = None


class Confirmation(StrEnum):
    """What whoever was asked about an employment said."""

    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    """They know the candidate, with other dates or another title."""
    DENIED = "denied"
    """They looked, and know of no such person."""
    NO_COMMENT = "no_comment"
    NO_RECORD = "no_record"
    """Nothing could be found by the provider, which says nothing of the candidate."""


class EmploymentConfirmation(Model):
    """What a background-check provider or an independently found contact said."""

    employer: str
    confirmation: Confirmation
    independent: bool = True
    """By a contact that was found without the candidate's help."""


class CertificateStatus(StrEnum):
    """What an issuer says of a certificate."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_ISSUED = "not_issued"


class Outside(Model):
    """All that was asked outside for one candidate. Empty: nobody was asked."""

    domains: tuple[Answer[DomainRegistration], ...] = ()
    mail: tuple[Answer[MailServers], ...] = ()
    email_domains: tuple[Answer[EmailDomain], ...] = ()
    companies: tuple[Answer[tuple[Company, ...]], ...] = ()
    institutions: tuple[Answer[tuple[Institution, ...]], ...] = ()
    github: tuple[Answer[GithubAccount], ...] = ()
    commits: tuple[Answer[CommitTimes], ...] = ()
    line_types: tuple[Answer[LineType], ...] = ()
    employments: tuple[Answer[EmploymentConfirmation], ...] = ()
    certificates: tuple[Answer[CertificateStatus], ...] = ()
    """By the certificate's id as claimed."""
