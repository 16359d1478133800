"""Confirmation of employments, from a provider of background checks that the operator engages.

Providers differ, so the API is one of ours, three calls, described in docs/sources.md: whoever has
a provider puts a few lines between. An order is made once, however often it is asked for.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from models.history import Work
from models.outside import Answer, Confirmation, EmploymentConfirmation
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.polite import Shape, Unavailable
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import employers

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")


class _Status(StrEnum):
    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"


class _Order(Shape):
    id: str
    status: _Status


class _Report(Shape):
    confirmation: Confirmation
    independent: bool = False
    """A provider that does not say how it reached the employer is not taken to have found it."""


class BackgroundCheck:
    """A provider of background checks."""

    name = "background check"
    fills = "employments"

    def __init__(self, desk: Desk, base: str, key: str | None) -> None:
        self._desk = desk
        self._base = base
        self._headers = {"authorization": f"Bearer {key}"} if key else {}

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The names of employers, where there is a name of the candidate to ask for."""
        return employers(inquiry.claims) if inquiry.claims.full_name else ()

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """What was confirmed of the time at an employer; `unknown` until the report is there."""
        return await self._desk.answer(
            self.name,
            question,
            lambda: self._look_up(question, inquiry),
            keep=lambda: False,  # It is about one person.
        )

    async def _look_up(self, employer: str, inquiry: Inquiry) -> EmploymentConfirmation | None:
        order = await self._order(_wanted(employer, inquiry))
        if order.status is _Status.PENDING:
            order = await self._get(f"/orders/{order.id}", _Order)
        if order.status is _Status.PENDING:
            raise Unavailable("ordered, not ready")
        if order.status is _Status.FAILED:
            raise Unavailable("could not carry out the order")
        report = await self._get(f"/orders/{order.id}/report", _Report)
        return EmploymentConfirmation(
            employer=employer, confirmation=report.confirmation, independent=report.independent
        )

    async def _order(self, wanted: dict[str, Any]) -> _Order:
        digest = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
        reply = await self._desk.http.ask(
            "POST",
            f"{self._base}/orders",
            _Order,
            json=wanted,
            headers={**self._headers, "idempotency-key": digest},
            absent=(),
        )
        if reply.value is None or not _ID.fullmatch(reply.value.id):
            raise Unavailable("answered in a shape that could not be read")
        return reply.value

    async def _get(self, path: str, shape: type[Any]) -> Any:
        reply = await self._desk.http.get(
            f"{self._base}{path}", shape, headers=self._headers, absent=()
        )
        return reply.value


def _wanted(employer: str, inquiry: Inquiry) -> dict[str, Any]:
    """The order: the name and the positions at this employer, and no more of the candidate."""
    claims = inquiry.claims
    return {
        "candidate": {"fullName": claims.full_name},
        "employer": employer,
        "positions": [
            _position(work) for work in claims.work if (work.name or "").strip() == employer
        ],
    }


def _position(work: Work) -> dict[str, str | None]:
    return {
        "title": work.position,
        "startDate": str(work.start) if work.start else None,
        "endDate": str(work.end) if work.end else None,
    }
