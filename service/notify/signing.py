"""Standard Webhooks 1.0: the three headers that say who sent a body and when.

What is signed is `id.timestamp.body` with HMAC-SHA-256, under a secret that both sides hold
("whsec_" and base64). The arithmetic is the `standardwebhooks` library's. The reading of headers
is ours: the library answers junk with whatever its parts raise, and takes the time from a clock of
its own.
"""

import base64
import hmac
import re
import secrets as randomness
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

TOLERANCE = timedelta(minutes=5)
"""How far a timestamp may lie before or after now; the standard leaves it open, the library's."""

_SECRET_BYTES = 32  # The standard asks for 24 to 64.
_LONGEST_SIGNATURES = 4096
"""Characters of `webhook-signature`: some 90 signatures, for a sender amid many rotations."""

# The standard names no alphabet, but warns of full stops, which divide what is signed: id "a" with
# the body "1.{}" and id "a.1" with the body "{}" could be signed alike.
_ID = re.compile(r"[!-\-/-~]{1,256}")
# Whole seconds as the standard asks, written the one way that signs alike on both sides.
_TIMESTAMP = re.compile(r"[1-9][0-9]{0,10}")


class BadSignature(Exception):
    """The headers do not show that a holder of a secret sent this body now."""


def new_secret() -> str:
    """A fresh secret of 32 random bytes, as both sides keep it."""
    return "whsec_" + base64.b64encode(randomness.token_bytes(_SECRET_BYTES)).decode()


def sign(secret: str, webhook_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers to send with `body`, which is UTF-8.

    `webhook_id` stays the same when a delivery is tried again; `at` is the time of this try.
    Raises ValueError for an id that `verify` would refuse, or a time without a zone.
    """
    if not _ID.fullmatch(webhook_id):
        raise ValueError("A webhook id has 1 to 256 printable ASCII characters without '.'.")
    if at.tzinfo is None:
        raise ValueError("The time of a signature needs its zone.")
    at = at.astimezone(UTC)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, at, body.decode()),
    }


def verify(
    secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime
) -> str:
    """The webhook-id, when one of `secrets` signed this body within five minutes of `now`.

    Several secrets, so that one can be replaced while both are in use. The caller remembers ids
    to refuse what is sent twice. Raises BadSignature, whatever the headers hold.
    """
    webhook_id = _one(headers, "webhook-id")
    timestamp = _one(headers, "webhook-timestamp")
    signatures = _one(headers, "webhook-signature")
    if not _ID.fullmatch(webhook_id):
        raise BadSignature("webhook-id is not 1 to 256 printable ASCII characters without '.'.")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise BadSignature("webhook-timestamp is not a time in whole seconds since 1970.")
    at = datetime.fromtimestamp(int(timestamp), UTC)
    if abs(at - now) > TOLERANCE:
        raise BadSignature("webhook-timestamp is more than five minutes from now.")
    if len(signatures) > _LONGEST_SIGNATURES or not signatures.isascii():
        raise BadSignature("webhook-signature is not a list of signatures.")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise BadSignature("The body is not UTF-8.") from None
    for secret in secrets:
        expected = Webhook(secret).sign(webhook_id, at, text)
        # A version other than v1 never equals: unknown ones are passed over, as the standard asks.
        for given in signatures.split(" "):
            if hmac.compare_digest(given, expected):
                return webhook_id
    raise BadSignature("No signature matches.")


def _one(headers: Mapping[str, str], name: str) -> str:
    values = [value for key, value in headers.items() if key.lower() == name]
    if len(values) != 1:
        raise BadSignature(f"{name} is {'given twice' if values else 'missing'}.")
    return values[0]
