"""What comes in from an ATS without an adapter of its own: an order as a Standard Webhooks event.

The body is the order that `POST /v1/verifications` takes, in the envelope of the specification
(standardwebhooks.com, "Payload structure"): `type`, `timestamp` and `data`.
"""

from datetime import datetime
from typing import Literal

from models.base import Model
from models.order import VerificationOrder


class Requested(Model):
    """An event that orders a verification."""

    type: Literal["verification.requested"]
    timestamp: datetime
    """When it was asked for."""
    data: VerificationOrder


def parse(body: bytes) -> VerificationOrder:
    """The order in a signed body. Raises `pydantic.ValidationError`."""
    return Requested.model_validate_json(body, strict=True).data
