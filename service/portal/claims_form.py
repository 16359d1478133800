"""Draft claims as a form that a person reads, corrects and confirms, and back into claims.

Every value of the form is in sight: nothing of a résumé becomes a claim that nobody has seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from models.claimed_date import ClaimedDate
from models.claimed_part import Asserted, Where
from models.draft_claims import Draft
from models.history import Claims

CONFIRMED = "claims_confirmed"
"""The checkbox by which a draft becomes claims."""
_PRESENT = "claims_draft"
_MOST = {"work": 40, "education": 20}
_COLUMNS = {
    "work": {
        "position": "Position",
        "name": "Employer",
        "startDate": "From",
        "endDate": "Until",
    },
    "education": {
        "institution": "Institution",
        "studyType": "Degree",
        "area": "Subject",
        "startDate": "From",
        "endDate": "Until",
    },
}
_PERSON = {"name": "Name on the résumé", "email": "E-mail address", "phone": "Telephone"}
_LINKS = "links"
_IN_FIELDS = {"name", "position", "start", "end", "asserted"}
"""Of a position: what the form shows, and what it adds by itself."""
_NOT_CONFIRMED = "Compare the claims with the résumé, then tick the box."
_NO_DATE = "Write a year, a month as 2019-03 or a day as 2019-03-15, or leave it empty."
_TOO_LONG = "Write it shorter."
MOST_FIELDS = 4 * _MOST["work"] + 5 * _MOST["education"] + len(_PERSON) + 3
"""Of this part of the form."""


@dataclass(frozen=True)
class Cell:
    """One field of the form."""

    name: str
    label: str
    value: str
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """One position or course, to be read and corrected."""

    legend: str
    cells: tuple[Cell, ...]


def typed_from(draft: Draft) -> dict[str, str]:
    """The fields of the form as the draft fills them in."""
    claims = draft.claims.model_dump(mode="json", by_alias=True, exclude_none=True)
    basics = claims["basics"]
    typed = {_PRESENT: "yes"}
    typed |= {f"basics-{name}": basics.get(name, "") for name in _PERSON}
    links = [basics.get("url"), *(one.get("url") for one in basics.get("profiles", ()))]
    typed[f"basics-{_LINKS}"] = " ".join(link for link in links if link)
    for part, columns in _COLUMNS.items():
        for place, entry in enumerate(claims.get(part, ())[: _MOST[part]]):
            typed |= {f"{part}-{place}-{name}": entry.get(name, "") for name in columns}
    return typed


def left_out(draft: Draft) -> tuple[str, ...]:
    """What the draft holds and the form has no field for, each in some words."""
    claims = draft.claims
    basics = claims.basics
    counted = {
        "e-mail address": len(set(claims.all_emails) - {basics.email}),
        "telephone number": len(set(claims.all_phones) - {basics.phone}),
        "account": len(claims.accounts),
        "skill": len(claims.skills),
        "certificate": len(claims.certificates),
        "reference": len(claims.references),
        "position": max(0, len(claims.work) - _MOST["work"]),
        "course": max(0, len(claims.education) - _MOST["education"]),
    }
    named = {
        "the birth date": claims.identity.birth_date,
        "the address": basics.location or claims.addresses,
        "what was done in positions, where and how": any(
            one.model_dump(exclude=_IN_FIELDS, exclude_defaults=True) for one in claims.work
        ),
    }
    more = ("e-mail address", "telephone number", "position", "course")
    return (
        *(what for what, there in named.items() if there),
        *(
            f"{count}{' more' if what in more else ''} {_several(what) if count > 1 else what}"
            for what, count in counted.items()
            if count
        ),
    )


def _several(what: str) -> str:
    return f"{what}es" if what.endswith("s") else f"{what}s"


def is_there(typed: Mapping[str, str]) -> bool:
    """Whether the form holds a draft."""
    return typed.get(_PRESENT) == "yes"


def person(typed: Mapping[str, str]) -> tuple[Cell, ...]:
    """The fields about the person."""
    told = {**_PERSON, _LINKS: "Links"}
    hints = {_LINKS: "Pages and profiles, apart by spaces."}
    return tuple(
        Cell(f"basics-{name}", label, typed.get(f"basics-{name}", ""), hints.get(name, ""))
        for name, label in told.items()
    )


def rows(typed: Mapping[str, str]) -> tuple[Row, ...]:
    """A row for each position and course, and an empty one of each to add what is missing."""
    titles = {"work": "Position", "education": "Course"}
    found = []
    for part, columns in _COLUMNS.items():
        count = sum(f"{part}-{place}-endDate" in typed for place in range(_MOST[part]))
        for place in range(min(count + 1, _MOST[part])):
            extra = " (one that is missing)" if place == count else ""
            cells = tuple(
                Cell(f"{part}-{place}-{name}", label, typed.get(f"{part}-{place}-{name}", ""))
                for name, label in columns.items()
            )
            found.append(Row(f"{titles[part]} {place + 1}{extra}", cells))
    return tuple(found)


def claims_from(typed: Mapping[str, str], problems: dict[str, str]) -> Claims | None:
    """The claims as they were corrected and confirmed; `None`, and problems, where they are not.

    An entry whose fields are all empty is none.
    """
    wrong: dict[str, str] = {}
    if typed.get(CONFIRMED) != "yes":
        wrong[CONFIRMED] = _NOT_CONFIRMED
    said: dict[str, Any] = {
        "basics": {name: value for name in _PERSON if (value := typed.get(f"basics-{name}"))}
    }
    said["basics"]["profiles"] = [
        {"url": link} for link in typed.get(f"basics-{_LINKS}", "").split()[:50]
    ]
    for part, columns in _COLUMNS.items():
        said[part] = list(_entries(part, columns, typed, wrong))
    if not wrong:
        try:
            return Claims.model_validate(said)
        except ValidationError as error:
            for one in error.errors():
                wrong["-".join(str(step) for step in one["loc"])] = _TOO_LONG
    problems |= wrong
    return None


def _entries(
    part: str,
    columns: Sequence[str] | Mapping[str, str],
    typed: Mapping[str, str],
    wrong: dict[str, str],
) -> Any:
    asserted = Asserted(where=Where.RESUME)
    for place in range(_MOST[part]):
        entry = {name: value for name in columns if (value := typed.get(f"{part}-{place}-{name}"))}
        for name in ("startDate", "endDate"):
            try:
                ClaimedDate.parse(entry.get(name, "2000"))
            except ValueError:
                wrong[f"{part}-{place}-{name}"] = _NO_DATE
        if entry:
            yield entry | {"asserted": asserted}
