"""What every part of a candidate's claims shares: where it was said, and when it held."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from models.claimed_date import OptionalDate, blank_is_missing

OptionalText = Annotated[
    Annotated[str, Field(max_length=2000)] | None, BeforeValidator(blank_is_missing)
]
CountryCode = Annotated[
    Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None,
    BeforeValidator(blank_is_missing),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^(\s*|[A-Z]{2})$"}, {"type": "null"}]}
    ),
]
"""ISO 3166-1 alpha-2, as JSON Resume writes it."""


class Where(StrEnum):
    """Where a candidate said something."""

    RESUME = "resume"
    APPLICATION_FORM = "application_form"
    ONLINE_PROFILE = "online_profile"
    INTERVIEW = "interview"
    OFFER = "offer"
    ONBOARDING_FORM = "onboarding_form"


class Asserted(BaseModel):
    """Where and when the candidate said it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: Where
    at: date | None = None


class ResumePart(BaseModel):
    """JSON Resume allows fields of one's own; they are kept out, not refused."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Claimed(ResumePart):
    """A part of the claims that says where it was said. `None` is the file of claims itself."""

    asserted: Asserted | None = None


class Period(Claimed):
    """Something that lasted. No end means that it goes on, or that none was given."""

    start: OptionalDate = Field(default=None, alias="startDate")
    end: OptionalDate = Field(default=None, alias="endDate")
