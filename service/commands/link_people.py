"""A file of people for `bonafide link`: one JSON object a line, flat or with a JSON Resume."""

import json
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from models.base import Model
from models.history import Claims
from models.link import Identifier
from models.surroundings import Surroundings
from verifiers.linkage.identifiers import identifiers_of
from verifiers.unusable import UnusableInput, open_evidence, shown_name

LARGEST_BYTES = 1_000_000_000
"""Of the file: a million people with a kilobyte each."""
_Id = Annotated[str, Field(min_length=1, max_length=200)]
_Text = Annotated[str, Field(max_length=2000)] | None
_IN_CLAIMS = {
    "phone": ("phones", "number"),
    "email": ("emails", "address"),
    "iban": ("payout", "iban"),
}
_ADDRESS = {
    "address": "address", "postal_code": "postalCode", "city": "city", "region": "region",
    "country_code": "countryCode",
}  # fmt: skip


class Flat(Model):
    """A person on one line of a table."""

    id: _Id
    name: _Text = None
    birth_date: date | None = None
    phone: _Text = None
    email: _Text = None
    address: _Text = None
    """Street and number."""
    postal_code: _Text = None
    city: _Text = None
    region: _Text = None
    country_code: _Text = None
    iban: _Text = None
    document_state: _Text = None
    document_number: _Text = None
    device: _Text = None
    """Its serial number."""
    ip: _Text = None

    @model_validator(mode="before")
    @classmethod
    def _blank_is_missing(cls, said: Any) -> Any:
        if not isinstance(said, dict):
            return said
        return {key: None if value == "" else value for key, value in said.items()}


class Listed(Model):
    """A person as they are linked."""

    id: _Id
    claims: Claims = Claims()
    surroundings: Surroundings = Surroundings()
    documents: tuple[tuple[str, str], ...] = ()
    """Issuing states and numbers."""

    @cached_property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What others could have too."""
        return identifiers_of(self.claims, self.surroundings, document_numbers=self.documents)

    @classmethod
    def of(cls, flat: Flat) -> Self:
        """A person of a table."""
        said = flat.model_dump(mode="json", exclude_none=True)
        claims: dict[str, Any] = {
            "basics": {"name": flat.name},
            "identity": {"birthDate": flat.birth_date},
            "addresses": [{to: said[name] for name, to in _ADDRESS.items() if name in said}],
        }
        for name, (part, field) in _IN_CLAIMS.items():
            if name in said:
                claims[part] = [{field: said[name]}]
        surroundings: dict[str, Any] = {}
        if flat.device:
            surroundings["dispatches"] = [{"serial": flat.device}]
        if flat.ip:
            surroundings["visits"] = [{"at": "2000-01-01T00:00:00Z", "ip": flat.ip}]
        numbers = (
            [(flat.document_state or "", flat.document_number)] if flat.document_number else []
        )
        return cls.model_validate(
            {
                "id": flat.id,
                "claims": claims,
                "surroundings": surroundings,
                "documents": numbers,
            }
        )


def load_people(path: Path) -> list[Listed]:
    """Everybody in the file, in its order; empty lines are passed over.

    Raises:
        UnusableInput: a line is no JSON object of this shape, or tells an id again. The message
            names line and field, never what is written there.
    """
    name = shown_name(path)
    found: dict[str, Listed] = {}
    with (
        open_evidence(path, largest_bytes=LARGEST_BYTES) as evidence,
        open(evidence.fileno(), "rb", closefd=False) as source,  # Buffered: it is read by lines.
    ):
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            try:
                person = _person(line)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(str(part) for part in first["loc"]) or "the object"
                problem = f"line {number} does not fit: {where}: {first['msg']}"
                raise UnusableInput(name, problem, _EXPECTED) from None
            except (ValueError, RecursionError):
                problem = f"line {number} is not one JSON object in UTF-8"
                raise UnusableInput(name, problem, _EXPECTED) from None
            if person.id in found:
                problem = f"line {number} has an id that an earlier line has"
                raise UnusableInput(name, problem, "Give every person an id of their own")
            found[person.id] = person
    return list(found.values())


_EXPECTED = 'Write one object a line, as {"id": "7", "name": "…", "phone": "…", "address": "…"}'


def _person(line: bytes) -> Listed:
    said = json.loads(line.decode("utf-8-sig"))
    if not isinstance(said, dict):
        raise ValueError("no object")
    if said.keys() & {"claims", "surroundings", "documents"}:
        return Listed.model_validate(said)
    return Listed.of(Flat.model_validate(said))
