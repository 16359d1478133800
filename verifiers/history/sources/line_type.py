"""What kind of line a telephone number is, from a provider that the operator has a contract with.

The provider's API has the shape of Twilio's Lookup, version 2, with `line_type_intelligence`.
"""

from collections.abc import Sequence
from typing import Any

from models.outside import Answer, LineKind, LineType
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.polite import Shape, Unavailable
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import phones

_KINDS = {
    "mobile": LineKind.MOBILE,
    "landline": LineKind.LANDLINE,
    # Tied to an address, as a telephone at home that comes with the Internet line is.
    "fixedVoip": LineKind.LANDLINE,
    "nonFixedVoip": LineKind.VOIP,
}


class _Intelligence(Shape):
    type: str | None = None
    carrier_name: str | None = None
    error_code: int | None = None


class _Lookup(Shape):
    valid: bool = True
    line_type_intelligence: _Intelligence | None = None


class LineTypes:
    """A provider of line types."""

    name = "line type provider"
    fills = "line_types"

    def __init__(self, desk: Desk, base: str, key: str | None) -> None:
        """`key`: `user:password`, or a bearer token."""
        self._desk = desk
        self._base = base
        user, colon, password = (key or "").partition(":")
        self._auth = (user, password) if colon else None
        self._headers = {"authorization": f"Bearer {key}"} if key and not colon else {}

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """The candidate's numbers, in E.164."""
        return phones(inquiry.claims)

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """The kind of line; absent where the number is nobody's."""
        del inquiry
        return await self._desk.answer(self.name, question, lambda: self._look_up(question))

    async def _look_up(self, number: str) -> LineType | None:
        reply = await self._desk.http.get(
            f"{self._base}/v2/PhoneNumbers/{number}",
            _Lookup,
            params={"Fields": "line_type_intelligence"},
            headers=self._headers,
            auth=self._auth,
        )
        if reply.value is None or not reply.value.valid:
            return None
        told = reply.value.line_type_intelligence
        if told is None or told.error_code is not None or told.type in (None, "unknown"):
            raise Unavailable("could not say")
        return LineType(kind=_KINDS.get(told.type, LineKind.OTHER), carrier=told.carrier_name)
