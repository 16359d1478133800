"""Lists behind an OpenSanctions match API (yente), of the operator's or of OpenSanctions itself.

`POST {base}/match/{dataset}` as yente documents it. What it takes for a match is a suggestion only:
its results go through the same rule as our own lists, a name and a hard identifier. An API that is
down, limits us, or answers something else raises `Unavailable`: unknown, and never "not listed".
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import httpx
import stamina
from pydantic import BaseModel, ConfigDict, ValidationError

from models.circumstances import ListedKind
from models.sanctions import (
    BirthSpan,
    Hit,
    ListedDocument,
    ListedName,
    ListEntry,
    NameQuality,
    Party,
    SanctionsList,
)
from verifiers.screening.matching import ListIndex

_MOST_BYTES = 8_000_000
_MOST_RESULTS = 20
_MOST_DATASETS = 5
"""That are named of an entry; many lists have the same people."""
_THRESHOLD = 0.5
"""Of its score: low, since a hard identifier decides here."""
_CONNECT_SECONDS = 3.0
_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 2.0
_SCHEMAS = {
    "Person": ListedKind.PERSON,
    "Organization": ListedKind.ENTITY,
    "Company": ListedKind.ENTITY,
    "LegalEntity": ListedKind.ENTITY,
    "PublicBody": ListedKind.ENTITY,
}
_NAMES = {
    "name": NameQuality.PRIMARY,
    "alias": NameQuality.STRONG,
    "previousName": NameQuality.STRONG,
    "weakAlias": NameQuality.WEAK,
}
_NUMBERS = (
    "passportNumber", "idNumber", "socialSecurityNumber", "taxNumber", "registrationNumber",
    "innCode", "ogrnCode", "leiCode", "dunsCode", "uniqueEntityId", "vatCode",
)  # fmt: skip
_TOO_MANY, _SERVER_ERROR = 429, 500


class Unavailable(Exception):
    """No answer that could be used; the message says why, without an address or a secret."""


class _TryAgain(Exception):
    """Another try may help."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Result(_Shape):
    id: str
    schema_: str
    properties: dict[str, list[Any]]
    datasets: list[str] = []

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=lambda n: n.rstrip("_"))


class _Response(_Shape):
    results: list[_Result]


class _Answer(_Shape):
    responses: dict[str, _Response]


class Yente:
    """A match API. Safe to ask from several threads; close it."""

    def __init__(
        self,
        base: str,
        *,
        key: str | None = None,
        dataset: str = "sanctions",
        seconds: float = 10,
    ) -> None:
        """`seconds`: for a single try to be answered."""
        self._url = f"{base.rstrip('/')}/match/{dataset}"
        self._http = httpx.Client(
            headers={"authorization": f"ApiKey {key}"} if key else {},
            timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def search(self, parties: Sequence[Party]) -> tuple[Hit, ...]:
        """Whom of these it lists, by name and by a hard identifier.

        Raises:
            Unavailable: it did not answer, or not as it should.
        """
        if not parties:
            return ()
        asked = {f"q{number}": party for number, party in enumerate(parties)}
        queries = {name: _query(party) for name, party in asked.items()}
        answer = self._ask({"queries": queries})
        if set(answer.responses) != set(asked):
            raise Unavailable("the match API answered other questions than were asked")
        hits: list[Hit] = []
        for name, party in asked.items():
            entries = [
                entry for result in answer.responses[name].results if (entry := _entry(result))
            ]
            hits += ListIndex([SanctionsList(name="yente", entries=tuple(entries))]).search(party)
        return tuple(hits)

    def _ask(self, body: dict[str, Any]) -> _Answer:
        try:
            for attempt in stamina.retry_context(
                on=_TryAgain,
                attempts=_TRIES,
                timeout=None,
                wait_initial=_FIRST_WAIT,
                wait_max=_LONGEST_WAIT,
                wait_jitter=_FIRST_WAIT,
            ):
                with attempt:
                    return self._once(body)
        except _TryAgain as error:
            raise Unavailable(str(error)) from None
        raise AssertionError("a try ends in an answer or in an exception")

    def _once(self, body: dict[str, Any]) -> _Answer:
        params = {"limit": _MOST_RESULTS, "threshold": _THRESHOLD}
        try:
            with self._http.stream("POST", self._url, json=body, params=params) as response:
                _refuse_status(response.status_code)
                content = bytearray()
                for part in response.iter_bytes():
                    content += part
                    if len(content) > _MOST_BYTES:
                        raise Unavailable("the match API answered too much")
        except httpx.TimeoutException:
            raise _TryAgain("the match API did not answer in time") from None
        except httpx.TransportError:
            raise _TryAgain("the match API cannot be reached, or broke off") from None
        except httpx.HTTPError:
            raise Unavailable("the match API answered what cannot be read") from None
        except httpx.InvalidURL:
            raise Unavailable("the match API has an address that cannot be asked") from None
        try:
            return _Answer.model_validate(json.loads(content))
        except (ValueError, ValidationError, RecursionError):
            raise Unavailable("the match API answered what cannot be read") from None


def _refuse_status(status: int) -> None:
    if status == _TOO_MANY:
        raise _TryAgain("the match API limits how much is asked")
    if status >= _SERVER_ERROR:
        raise _TryAgain(f"the match API failed ({status})")
    if status in (401, 403):
        raise Unavailable("the match API refuses the key")
    if status != httpx.codes.OK:
        raise Unavailable(f"the match API answered {status}")


def _query(party: Party) -> dict[str, Any]:
    """What it is told: names, the birth date, numbers of documents. No contacts, no accounts."""
    person = party.kind is ListedKind.PERSON
    properties: dict[str, list[str]] = {"name": list(party.names)}
    if party.birth_date:
        properties["birthDate"] = [party.birth_date.isoformat()]
    numbers = [*party.document_numbers, *party.registration_numbers]
    if numbers:
        properties["idNumber" if person else "registrationNumber"] = numbers
    return {"schema": "Person" if person else "LegalEntity", "properties": properties}


def _entry(result: _Result) -> ListEntry | None:
    """A result as an entry of a list; `None` where it is neither a person nor an entity."""
    kind = _SCHEMAS.get(result.schema_)
    names = tuple(
        ListedName(text=text, quality=quality)
        for field, quality in _NAMES.items()
        for text in _texts(result, field)
    )
    if kind is None or not names:
        return None
    spans = (_span(text) for text in _texts(result, "birthDate"))
    return ListEntry(
        list_name=", ".join(result.datasets[:_MOST_DATASETS]) or "OpenSanctions",
        id=result.id,
        kind=kind,
        names=names,
        births=tuple(span for span in spans if span),
        documents=tuple(
            ListedDocument(number=number) for field in _NUMBERS for number in _texts(result, field)
        ),
        emails=_texts(result, "email"),
        phones=_texts(result, "phone"),
        wallets=_texts(result, "publicKey"),
        domains=_texts(result, "website"),
        addresses=_texts(result, "address"),
        programmes=_texts(result, "programId") or _texts(result, "program"),
    )


def _texts(result: _Result, field: str) -> tuple[str, ...]:
    """Values that are text; entities within entities are not followed."""
    return tuple(
        text.strip()
        for text in result.properties.get(field, ())
        if isinstance(text, str) and text.strip()
    )


def _span(text: str) -> BirthSpan | None:
    """A date as FollowTheMoney writes it: YYYY, YYYY-MM or YYYY-MM-DD."""
    parts = text[:10].split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        earliest = date(year, month, day)
        if len(parts) == 1:
            return BirthSpan(earliest=earliest, latest=date(year, 12, 31))
        if len(parts) == 2:
            following = (earliest + timedelta(days=31)).replace(day=1)
            return BirthSpan(earliest=earliest, latest=following - timedelta(days=1))
    except (ValueError, OverflowError):
        return None
    return BirthSpan(earliest=earliest, latest=earliest)
