"""A generated life as it is: what happened, and what everybody who may be asked would say.

It is grown, then changed by what kind of life it is, and only then told by the candidate
(`telling`), by sources (`asked`) and by what a company sees (`observed`). In an honest life the
three differ by noise alone; in a fraud the changes are what was made up.
"""

from dataclasses import dataclass, field
from datetime import date

from models.circumstances import FacePair, ReferenceAnswer, Shared
from models.outside import Company, Confirmation, Institution, LineKind, Repository
from samples.careers.names import Name, Shown
from samples.careers.world import City


@dataclass
class Domain:
    """A domain and its life."""

    name: str
    registered: date
    mail: bool = True


@dataclass
class Employer:
    """Where somebody worked, and what a registry says of it."""

    name: str
    city: City
    domain: Domain
    registry: tuple[Company, ...] | None = None
    """What it has; `None` where nobody covers it, an empty answer where it has no such company."""


@dataclass
class Job:
    """One position."""

    employer: Employer
    title: str
    start: date
    end: date | None
    full_time: bool = True
    remote: bool = False
    technologies: tuple[str, ...] = ()
    confirmation: Confirmation | None = None
    """What is answered when they are asked; `None` where they are not reached."""


@dataclass
class Course:
    """One course of study."""

    institution: str
    study_type: str
    area: str
    start: date
    end: date | None
    city: City
    listed: Institution | None = None
    contact_email: str | None = None
    contact_domain: "Domain | None" = None
    """Of that address, where it is not the school's."""
    remote: bool = False
    full_time: bool | None = True


@dataclass
class Sitting:
    """Where somebody sits at their sessions of one stage."""

    city: City
    anonymous: bool = False


@dataclass
class Referee:
    """Somebody named as a reference."""

    name: str
    employer: str
    email: str | None
    phone: str | None


@dataclass
class Github:
    """An account, as the interface and its commits show it."""

    login: str
    created: date
    name: str | None
    repositories: tuple[Repository, ...] = ()
    offsets: tuple[tuple[int, int, int], ...] = ()
    """Year, minutes from UTC, commits."""
    proven: bool | None = None
    public_email: str | None = None


@dataclass
class Parcel:
    """Where equipment is to go, as told at the onboarding."""

    city: City
    street: str
    moved: bool | None = None
    protected: bool | None = None
    mail_drop: bool | None = False
    changed: tuple[date, ...] = ()
    device_in: City | None = None
    """Where the device is first started; `None` where the parcel goes."""


@dataclass
class Pay:
    """Where pay is to go, as told at the onboarding."""

    holder: str
    matches: bool | None
    country: str
    changed: tuple[date, ...] = ()


@dataclass
class Truth:
    """A life."""

    kind: str
    name: Name
    born: date
    applied: date
    home: City
    street: str
    email: str
    phone: str
    jobs: list[Job] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    former_homes: list[tuple[City, date, date]] = field(default_factory=list)
    skills: dict[str, float] = field(default_factory=dict)
    """Years, as told."""
    referees: list[Referee] = field(default_factory=list)
    reference_answers: list[ReferenceAnswer] = field(default_factory=list)
    github: Github | None = None
    portfolio: Domain | None = None
    line: LineKind = LineKind.MOBILE
    email_disposable: bool = False
    sittings: list[Sitting] = field(default_factory=list)
    """For application, interview, offer and onboarding; where one is missing, at home."""
    meets_at: tuple[int, int] = (9, 17)
    """Local hours of the interviews they accept."""
    browser_zone: str | None = None
    """Where it is set to another than theirs."""
    parcel: Parcel | None = None
    pay: Pay | None = None
    shared: list[Shared] = field(default_factory=list)
    face_pairs: list[FacePair] = field(default_factory=list)
    named: list[tuple[Shown | str, str]] = field(default_factory=list)
    """How, or as what, the name stands in which place."""
    preferred_name: str | None = None
    former_names: tuple[str, ...] = ()
    document_born: date | None = None
    """As the document shows it, where that is another than the claimed one."""
    document_issued: date | None = None
    id_city: City | None = None
    """Of the address on the document, where it is another than home."""
    taxed_in: City | None = None
    """Where it is another place than home."""
    official_domains: tuple[tuple[str, str], ...] = ()
    tellings: int = 1
    """Form; form and résumé; form, résumé and profile."""
    tells_from: int = 0
    """The first of the jobs that is told: a long life is often told from its middle on."""
    employers_speak: bool = True
    """Whether anybody can be reached who knows of the jobs."""


def months(day: date, count: float) -> date:
    """That many months of 30.44 days later."""
    return date.fromordinal(day.toordinal() + round(count * 30.44))
