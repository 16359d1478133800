"""What ties one candidate to others: identifiers, who else holds them, and what that weighs.

A link says that two have something in common. It never says that they are one person, and nothing
is ever merged.
"""

from enum import StrEnum

from pydantic import Field

from models.base import Model


class LinkKind(StrEnum):
    """Of what two candidates can have in common."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    """A residence or where mail goes."""
    SHIP_TO = "ship_to"
    BANK_ACCOUNT = "bank_account"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_PICTURE = "document_picture"
    """The same picture, or one made of it."""
    FILE = "file"
    DEVICE = "device"
    """A machine or a browser that the company knows again."""
    IP = "ip"
    FACE = "face"
    ROOM = "room"
    """What lies behind people."""
    RESUME_TEXT = "resume_text"
    PORTFOLIO = "portfolio"
    ACCOUNT = "account"
    """A profile elsewhere, such as one on a code host."""
    REFERENCE_CONTACT = "reference_contact"


class Identifier(Model):
    """Something that a candidate has, in the one form that all ways of writing it come to."""

    kind: LinkKind
    canonical: str = Field(min_length=1)
    """Personal data. Outside of sealed results it is kept as a keyed digest only."""
    masked: str = Field(min_length=1)
    """What a reader sees of it: enough to know it again, too little to use it."""


class Holder(Model):
    """Somebody who holds an identifier, by ids alone."""

    person: str
    """One id for one candidate at all stages."""
    case: str
    """The verification in which it was seen."""


class Held(Model):
    """One identifier and the other people who hold it."""

    identifier: Identifier
    holders: tuple[Holder, ...] = ()
    """Others, the newest first, at most as many as were asked for, each person once."""
    people: int = Field(ge=0)
    """How many others hold it; counted only so far, where many do."""
    similarity: float | None = Field(default=None, ge=0, le=1)
    """Of texts and pictures: how alike they are."""


class Hub(StrEnum):
    """Why many honest people hold one thing."""

    HOUSEHOLD = "household"
    AGENCY = "agency"
    CAMPUS = "campus"
    CARRIER = "carrier"
    """One public address for many subscribers (RFC 6598)."""


class Tie(Model):
    """One thing that two have in common."""

    kind: LinkKind
    masked: str
    people: int = Field(ge=1)
    """How many others hold it."""
    weight: float = Field(ge=0)
    """In bits: how seldom two strangers have it in common; 0 where it is damped."""
    damped_as: Hub | None = None
    similarity: float | None = Field(default=None, ge=0, le=1)
    innocent_explanation: str
    """What honest life has in common like this."""


class Link(Model):
    """What ties one candidate to one other."""

    other: Holder
    ties: tuple[Tie, ...] = Field(min_length=1)
    """The heaviest first."""
    weight: float = Field(ge=0)
    """Of the independent kinds together, in bits."""


class Edge(Model):
    """A link between two people of a neighbourhood."""

    one: str
    other: str
    """Ids of people."""
    ties: tuple[Tie, ...]
    weight: float = Field(ge=0)


class Neighbourhood(Model):
    """Who is tied to one candidate, and they among each other, as far as was looked."""

    centre: str
    people: tuple[Holder, ...]
    """The candidate first, then others by how near they are."""
    edges: tuple[Edge, ...]
    cut_off: bool
    """There were more than were looked at."""
