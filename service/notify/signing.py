"""Signatures of webhooks, ours and theirs: Standard Webhooks 1.0, symmetric (`v1`).

The library computes the signatures; reading the headers of strangers is done here, because junk in
them makes the library raise whatever its parts raise, and each of those must be one answer.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

from standardwebhooks.webhooks import Webhook

TOLERANCE = timedelta(minutes=5)
"""How far the sender's clock, and the way here, may be off."""
_SECRET_BYTES = 32
_ID = re.compile(r"[!-~]{1,256}")
"""Printable ASCII, as long as an id can sensibly be."""
_TIME = re.compile(r"[0-9]{1,11}")
_MOST_SIGNATURES = 10
"""A sender that rotates its secret sends two."""


class BadSignature(Exception):
    """Not signed by whoever holds the secret, or not now. The reason is for logs."""


def new_secret() -> str:
    """A secret to share with one sender or receiver, `whsec_…`."""
    return "whsec_" + base64.b64encode(token_bytes(_SECRET_BYTES)).decode()


def sign(
    secrets: Sequence[str] | str, webhook_id: str, at: datetime, body: bytes
) -> dict[str, str]:
    """The three headers of a message; with several secrets, a signature by each.

    `at` is the moment of this try: the same message is signed anew each time it is sent.
    """
    if isinstance(secrets, str):
        secrets = (secrets,)
    signatures = [Webhook(s).sign(webhook_id, at.astimezone(UTC), body.decode()) for s in secrets]
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def verify(
    secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime
) -> str:
    """The id of a message that one of these secrets signed, within five minutes of now.

    Raises:
        BadSignature: anything else, whatever the headers hold.
    """
    said = {name.lower(): value for name, value in headers.items()}
    webhook_id = said.get("webhook-id", "")
    time = said.get("webhook-timestamp", "")
    if not _ID.fullmatch(webhook_id) or not _TIME.fullmatch(time):
        raise BadSignature("the id or the time is missing or malformed")
    at = datetime.fromtimestamp(int(time), UTC)
    if abs(now - at) > TOLERANCE:
        raise BadSignature("signed too long ago, or in the future")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise BadSignature("the body is not UTF-8") from None
    # Every pair is compared, so that the time taken tells nothing.
    given = [_signature(part) for part in said.get("webhook-signature", "").split(" ")]
    ours = [_signature(Webhook(secret).sign(webhook_id, at, text)) for secret in secrets]
    matches = [
        hmac.compare_digest(one, other) for one in given[:_MOST_SIGNATURES] if one for other in ours
    ]
    if not any(matches):
        raise BadSignature("no signature matches")
    return webhook_id


def _signature(part: str) -> bytes:
    """The bytes of `v1,<base64>`; empty for every other version and for junk."""
    version, _, encoded = part.partition(",")
    if version != "v1":
        return b""
    try:
        return base64.b64decode(encoded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return b""
