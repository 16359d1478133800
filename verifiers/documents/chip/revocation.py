"""Revocation lists (RFC 5280 §5, 9303-12 §7.2): which certificates their issuer took back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from models.chip import Cause, StepStatus
from verifiers.documents.chip.asn1 import crl, parse_list, parsing
from verifiers.documents.chip.certificates import (
    Certificate,
    read_name,
    scheme_or_problem,
    signed_by,
)
from verifiers.documents.chip.signatures import Judged, Scheme
from verifiers.documents.chip.tlv import Malformed

_HARMLESS = {"affiliation_changed", "superseded", "cessation_of_operation"}
"""RFC 5280 §5.3.1: reasons that are no suspicion of the key, so that what it signed before holds. A
reason that is not given may be any."""


@dataclass(frozen=True)
class Revoked:
    """One entry."""

    on: datetime
    reason: str
    """As RFC 5280 names it, in snake case; `unspecified` where none is given."""


@dataclass(frozen=True, eq=False)
class RevocationList:
    """One list of one issuer."""

    issuer: str
    issuer_id: str
    issued: datetime
    next: datetime | None
    """By when the issuer means to have replaced it."""
    revoked: dict[int, Revoked]
    """By serial number."""
    scheme: Scheme | str
    signature: bytes
    signed: bytes
    source: str


def read_revocation_list(der: bytes, source: str) -> RevocationList:
    """Everything that a list says.

    Raises:
        Malformed: it is none.
    """
    parsed = parse_list(crl.CertificateList, der)
    with parsing():
        body = parsed["tbs_cert_list"]
        issuer = read_name(body["issuer"])
        return RevocationList(
            issuer=issuer.words,
            issuer_id=issuer.id,
            issued=_moment(body["this_update"].native),
            next=_moment(body["next_update"].native) if body["next_update"].native else None,
            revoked={e["user_certificate"].native: _entry(e) for e in body["revoked_certificates"]},
            scheme=scheme_or_problem(parsed["signature_algorithm"]),
            signature=bytes(parsed["signature"]),
            signed=body.dump(),
            source=source,
        )


def revocation(
    certificates: Sequence[Certificate],
    lists: Iterable[RevocationList],
    issuers: Sequence[Certificate],
    *,
    today: date,
    signed_on: date | None,
) -> Judged:
    """Whether the first of these certificates, or a link above it, was revoked.

    Args:
        certificates: the signer and the links between it and the CSCA.
        lists: what the operator supplied.
        issuers: certificates by whose keys a list may be signed.
        today: the day that lists are outdated against.
        signed_on: when the document was signed, as far as it is known.
    """
    signer = certificates[0]
    of_issuers = [r for r in lists if any(r.issuer_id == c.issuer_id for c in certificates)]
    if not of_issuers:
        reason = f"No revocation list of {signer.issuer} was supplied."
        return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.NO_REVOCATION_LIST)
    signed = [r for r in of_issuers if _is_signed(r, issuers)]
    if not signed:
        reason = f"The revocation list of {signer.issuer} bears no signature of its issuer."
        return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.NO_REVOCATION_LIST)
    named = [
        _revoked(certificate, entry, known, signed_on)
        for certificate in certificates
        for known in signed
        if known.issuer_id == certificate.issuer_id
        if (entry := known.revoked.get(certificate.serial))
    ]
    if named:
        # A later list may give a graver reason, and a link above it too.
        return next((judged for judged in named if judged.cause is Cause.REVOKED), named[0])
    newest = max((r for r in signed if r.issuer_id == signer.issuer_id), key=_issued, default=None)
    if newest is None:
        reason = f"No revocation list of {signer.issuer} was supplied."
        return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.NO_REVOCATION_LIST)
    if newest.next and newest.next.date() < today:
        reason = (
            f"The list of {newest.issued:%Y-%m-%d} does not name the signer, but was to be "
            f"replaced by {newest.next:%Y-%m-%d}."
        )
        return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.OUTDATED_LIST)
    reason = f"The revocation list of {newest.issued:%Y-%m-%d} does not name the signer."
    return Judged(StepStatus.DONE, reason)


def _revoked(
    certificate: Certificate, entry: Revoked, known: RevocationList, signed_on: date | None
) -> Judged:
    why = entry.reason.replace("_", " ")
    reason = (
        f"{certificate.subject} was revoked on {entry.on:%Y-%m-%d} ({why}), as {known.source} says"
    )
    if entry.reason not in _HARMLESS:
        return Judged(StepStatus.FAILED, f"{reason}.", Cause.REVOKED)
    if signed_on is not None and signed_on > entry.on.date():
        return Judged(
            StepStatus.FAILED, f"{reason}, and still signed on {signed_on}.", Cause.REVOKED
        )
    when = f"on {signed_on}" if signed_on else "on a day that is not known"
    reason += f": no reason to doubt what it signed before. It signed {when}."
    return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.REPLACED)


def _is_signed(known: RevocationList, issuers: Sequence[Certificate]) -> bool:
    return any(
        signed_by(issuer, known.scheme, known.signature, known.signed).status is StepStatus.DONE
        for issuer in issuers
        if issuer.subject_id == known.issuer_id
    )


def _issued(known: RevocationList) -> datetime:
    return known.issued


def _entry(entry: Any) -> Revoked:
    reason = "unspecified"
    for extension in entry["crl_entry_extensions"]:
        if extension["extn_id"].native == "crl_reason":
            reason = extension["extn_value"].parsed.native
    return Revoked(_moment(entry["revocation_date"].native), reason)


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise Malformed("has a date that no calendar has")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
