"""Values of what a company's own systems tell: words, days, moments, addresses, numbers."""

import re
from datetime import date, datetime
from ipaddress import ip_address
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


def _address(text: str) -> str:
    return str(ip_address(text))


IpAddress = Annotated[str, Field(max_length=45), AfterValidator(_address)]
"""IPv4 or IPv6, in its shortest form."""


YEARS = range(1990, 2101)
"""Of every day and moment here; what lies outside is a stand-in for none, such as the year 9999."""
_Time = TypeVar("_Time", date, datetime)


def _within_years(time: _Time) -> _Time:
    if time.year not in YEARS:
        raise PydanticCustomError(
            "outside_of_years",
            "must lie in the years {first} to {last}",
            {"first": YEARS[0], "last": YEARS[-1]},
        )
    return time


Day = Annotated[date, AfterValidator(_within_years)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_years)]

MOST_CHANGES = 50
"""Of one shipment or account that are kept."""


def same_writing(number: str) -> str:
    """A serial or account number without its spaces, signs and capitals."""
    return re.sub(r"[\W_]+", "", number.casefold())
