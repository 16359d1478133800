"""What a company sees around a candidate by itself: sessions, shipments, pay, other candidates.

Everything may be empty or `None`: it was not seen, or nobody has told. None of it is a claim.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from models.base import Model
from models.contact_claims import PostalAddress
from models.stage import Stage
from models.surroundings import Dispatch, Inventory

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Session(Model):
    """One visit of the candidate to the company's pages."""

    at: AwareDatetime
    country_code: str | None = None
    """Of the address's network; `None` where it is not known."""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    anonymous: bool | None = None
    """Through a service that hides where people are; `None` where it is not known."""
    hidden_by: str | None = None
    """Where it is known what hides it: "Tor", "VPN", "hosting provider", "residential proxy"."""
    relay: bool = False
    """A private relay or a company's gateway: neither hidden nor placed."""
    watched: bool | None = None
    """On the company's own list of networks to look at; `None` where there is no list."""
    time_zone: str | None = None
    """The browser's IANA name. Its language is never asked for."""


class DeviceSeen(Model):
    """The company's device at its first start."""

    first_seen_at: AwareDatetime
    country_code: str | None = None
    """Of the network that it was first started in; `None` where it is not known."""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    anonymous: bool | None = None


class Shipment(Model):
    """Equipment sent or to be sent to the candidate."""

    to: PostalAddress | None = None
    """Where it goes, as the company's logistics have it."""
    dispatched_on: date | None = None
    address_changed_on: tuple[date, ...] = ()
    """Days on which the address was changed after the offer."""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    """Of the address it goes to."""
    mail_drop: bool | None = None
    """A postal service says that it is a box, a mail agency, a forwarder or a carrier's shop."""


class BankAccountSeen(Model):
    """What payroll holds of the account, and was told by a bank."""

    holder: str | None = None
    """As payroll has it."""
    country_code: str | None = None
    """Of the account."""
    holder_matches: bool | None = None
    """The bank's own answer whether the account is the candidate's."""
    changed_on: tuple[date, ...] = ()
    started_on: date | None = None
    """The first day of work."""


class ReferenceAnswer(Model):
    """How a reference's form came back."""

    reference: int = Field(ge=0)
    """Its place in the claims."""
    seconds: float | None = Field(default=None, ge=0)
    """From the request's opening to its answer."""
    from_candidates_network: bool | None = None
    from_candidates_device: bool | None = None


class SharedKind(StrEnum):
    """What two candidates can have in common."""

    PHONE = "phone"
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"
    DOCUMENT_NUMBER = "document_number"
    FACE = "face"
    SHIP_TO = "ship_to"
    REFERENCE_CONTACT = "reference_contact"
    PORTFOLIO = "portfolio"
    RESUME_TEXT = "resume_text"
    REFERRER = "referrer"
    DEVICE = "device"
    IP = "ip"
    ROOM = "room"
    ADDRESS = "address"


class Shared(Model):
    """Something that others have too. Others are counted, never named."""

    kind: SharedKind
    others: int = Field(ge=0)
    """People of other names; 0 where it was looked for and nobody has it."""
    similarity: float | None = Field(default=None, ge=0, le=1)
    """Of texts: Jaccard's, after what templates share was taken out."""
    household_declared: bool = False
    same_employer: bool = False
    """Of a reference: the others worked at the same employer, as colleagues do."""
    confirmed_fraud: bool = False
    """Of a referrer: a person decided so."""


class ListedKind(StrEnum):
    """Who is on a sanctions list."""

    PERSON = "person"
    ENTITY = "entity"


class Listed(Model):
    """A name on a sanctions list that agrees in more than the name."""

    kind: ListedKind
    role: str
    """Of the person: "candidate"; of an entity "employer", "reference" or "payout"."""
    list_name: str
    entry: str
    agrees_in: tuple[str, ...]
    """Beside the name: "birth date", "document number", "country"; empty is the name alone."""


class DocumentDates(Model):
    """Dates of a document over the stages it was shown at."""

    issued_on: date | None = None
    expires_on: date | None = None
    first_used_on: date | None = None
    """When it was first shown, here or where the claims say so."""


PORTRAIT = "the document's portrait"
"""What a pair of faces calls it."""


class FacePair(Model):
    """Two pictures of the candidate, compared."""

    one: str
    """"the document's portrait", "the interview", "the first day"."""
    other: str
    same: bool | None
    """`None` where it could not be decided."""


class Circumstances(Model):
    """What is seen around a candidate at one stage."""

    stage: Stage | None = None
    sessions: tuple[Session, ...] = ()
    residence_time_zone: str | None = None
    """IANA name for the claimed address, where it is known."""
    work_country: str | None = None
    """Where the work is to be done (ISO 3166-1 alpha-2)."""
    payroll_region: str | None = None
    """Where tax is to be paid: a region's name, as on the address."""
    id_address: PostalAddress | None = None
    """As a document shows it."""
    shipment: Shipment | None = None
    device: DeviceSeen | None = None
    inventories: tuple[Inventory, ...] = ()
    """What the agents of the company's devices report."""
    dispatches: tuple[Dispatch, ...] = ()
    allowed_tools: tuple[str, ...] = ()
    """Programs for remote access that the company itself puts on its devices, by name."""
    bank: BankAccountSeen | None = None
    reference_answers: tuple[ReferenceAnswer, ...] = ()
    shared: tuple[Shared, ...] | None = None
    """`None`: nobody looked for others."""
    listed: tuple[Listed, ...] | None = None
    """`None`: no list was searched."""
    documents: tuple[DocumentDates, ...] = ()
    face_pairs: tuple[FacePair, ...] = ()
    names_seen: tuple[tuple[str, str], ...] = ()
    """Names and where they stand: ("Anna Example", "bank account")."""
    official_domains: tuple[tuple[str, str], ...] = ()
    """Employers and their real domains, as an operator or a registry gives them."""
    diploma_mills: tuple[str, ...] | None = None
    """The operator's list; `None`: there is none."""
