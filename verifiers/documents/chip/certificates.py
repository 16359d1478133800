"""Certificates as 9303-12 §7 profiles them, read with the patience that issuers need.

`cryptography` refuses one in six of the certificates in master lists: explicit curve parameters,
algorithm identifiers that differ inside and outside, a length of path where no path may be. None of
that makes a signature wrong; it is said among the `oddities`.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.chip import Cause, StepStatus
from verifiers.documents.chip.asn1 import parse, parsing, x509
from verifiers.documents.chip.keys import PublicKey, public_key
from verifiers.documents.chip.signatures import (
    Judged,
    Scheme,
    UnknownScheme,
    scheme_of,
    verify,
)
from verifiers.documents.chip.tlv import Malformed, refuse_unbounded

_READ = {
    "key_identifier",
    "authority_key_identifier",
    "basic_constraints",
    "key_usage",
    "extended_key_usage",
    "private_key_usage_period",
}
"""Extensions that are looked into."""
_SHORT = {
    "common_name": "CN",
    "country_name": "C",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "serial_number": "serialNumber",
}
"""RFC 4514 §3."""
_LONGEST_NAME = 300
_LONGEST_EXTENSION = 4096
"""Bytes of one that is looked into; those of master lists have 200 at most."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """One certificate, every part read."""

    der: bytes
    signed: bytes
    """What its issuer signed."""
    signature: bytes
    scheme: Scheme | str
    """Or why its signature cannot be judged."""
    serial: int
    subject: str
    issuer: str
    subject_id: str
    """The name in a form that is equal for equal names (RFC 5280 §7.1)."""
    issuer_id: str
    country: str | None
    """Of its subject, in capitals."""
    valid_from: datetime
    valid_until: datetime
    key_from: datetime | None
    """From when the private key is used, where the certificate says."""
    key_until: datetime | None
    key: PublicKey
    key_bytes: bytes
    key_id: bytes | None
    issuer_key_id: bytes | None
    may_certify: bool
    """Whether it says that its key signs certificates."""
    purposes: tuple[str, ...]
    """Of its extended key usage, where it has one."""
    oddities: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Of the certificate, hexadecimal."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def self_issued(self) -> bool:
        """Whether it is signed with its own key, as far as its names say."""
        same_key = self.issuer_key_id in (None, self.key_id)
        return self.issuer_id == self.subject_id and same_key

    @property
    def key_id_is_hash(self) -> bool:
        """Whether its key identifier is the SHA-1 of its key, which no other key has."""
        return self.key_id == hashlib.sha1(self.key_bytes).digest()  # RFC 5280 §4.2.1.2 (1)

    def names_as_issuer(self, other: "Certificate") -> bool:
        """Whether the other's name, or the identifier of its key, is given as this one's issuer."""
        if self.issuer_key_id and other.key_id:
            return self.issuer_key_id == other.key_id
        return self.issuer_id == other.subject_id

    def signed_by(self, other: "Certificate") -> Judged:
        """Whether the other's key signed this certificate."""
        return signed_by(other, self.scheme, self.signature, self.signed)


def signed_by(issuer: Certificate, scheme: Scheme | str, signature: bytes, data: bytes) -> Judged:
    """Whether the issuer's key signed this data; `scheme` as `scheme_or_problem` gives it."""
    if isinstance(scheme, str):
        return Judged(StepStatus.NOT_POSSIBLE, f"{scheme}.", Cause.UNSUPPORTED)
    return verify(issuer.key, scheme, signature, data)


def read_certificate(der: bytes) -> Certificate:
    """Everything that a certificate says.

    Raises:
        Malformed: it is no certificate.
    """
    return certificate_of(parse(x509.Certificate, der), der)


def certificate_of(parsed: Any, der: bytes) -> Certificate:
    """The same of one that asn1crypto holds already."""
    with parsing():
        body = parsed["tbs_certificate"]
        extensions, oddities = _extensions(body)
        if body["signature"].dump() != parsed["signature_algorithm"].dump():
            oddities.append("names its signature algorithm in two ways")
        constraints = extensions.get("basic_constraints")
        usage = extensions.get("key_usage")
        certifies = usage is not None and "key_cert_sign" in usage.native
        if constraints is not None:
            certifies |= bool(constraints["ca"].native)
            if (
                not constraints["ca"].native
                and constraints["path_len_constraint"].native is not None
            ):
                oddities.append("limits a path that it does not let begin")
        period = extensions.get("private_key_usage_period")
        authority = extensions.get("authority_key_identifier")
        identifier = extensions.get("key_identifier")
        purposes = extensions.get("extended_key_usage")
        key_info = body["subject_public_key_info"]
        subject, issuer = read_name(body["subject"]), read_name(body["issuer"])
        return Certificate(
            der=der,
            signed=body.dump(),
            signature=bytes(parsed["signature_value"]),
            scheme=scheme_or_problem(parsed["signature_algorithm"]),
            serial=body["serial_number"].native,
            subject=subject.words,
            issuer=issuer.words,
            subject_id=subject.id,
            issuer_id=issuer.id,
            country=subject.country,
            valid_from=_moment(body["validity"]["not_before"].native),
            valid_until=_moment(body["validity"]["not_after"].native),
            key_from=_stated(period, "not_before"),
            key_until=_stated(period, "not_after"),
            key=public_key(key_info),
            key_bytes=_key_bytes(key_info),
            key_id=identifier.native if identifier is not None else None,
            issuer_key_id=authority["key_identifier"].native if authority is not None else None,
            may_certify=certifies,
            purposes=tuple(p.dotted for p in purposes) if purposes is not None else (),
            oddities=tuple(oddities),
        )


def scheme_or_problem(algorithm: Any) -> Scheme | str:
    """How a signature was made, or why it cannot be judged."""
    try:
        return scheme_of(algorithm)
    except UnknownScheme as unknown:
        return unknown.problem
    except Malformed as malformed:
        return f"the signature algorithm {malformed.problem}"


@dataclass(frozen=True)
class Name:
    """A distinguished name."""

    words: str
    """As people read it, `CN=Passport CSCA, O=Government, C=NZ`, safe to print."""
    id: str
    """Equal for equal names, as RFC 5280 §7.1 compares them: case and runs of spaces apart."""
    country: str | None
    """In capitals."""


def read_name(name: Any) -> Name:
    """What a `Name` of X.501 says; within `parsing`."""
    attributes = [
        (pair["type"].native, str(pair["value"].native))
        for relative in name.chosen
        for pair in relative
    ]
    words = ", ".join(f"{_SHORT.get(kind, kind)}={value}" for kind, value in reversed(attributes))
    country = dict(attributes).get("country_name")
    return Name(
        words="".join(c if c.isprintable() else "\ufffd" for c in words)[:_LONGEST_NAME],
        id="\n".join(f"{kind}={' '.join(v.casefold().split())}" for kind, v in attributes),
        country=country.strip().upper() if country else None,
    )


def _extensions(body: Any) -> tuple[dict[str, Any], list[str]]:
    found: dict[str, Any] = {}
    oddities = []
    for extension in body["extensions"]:
        name = extension["extn_id"].native
        if name not in _READ:
            continue
        if len(bytes(extension["extn_value"])) > _LONGEST_EXTENSION:
            oddities.append(f"its {name.replace('_', ' ')} is too long to be read")
            continue
        try:
            with parsing():
                refuse_unbounded(bytes(extension["extn_value"]))
                value = extension["extn_value"].parsed
                value.native  # noqa: B018  # Parses what lies within.
        except Malformed:
            oddities.append(f"its {name.replace('_', ' ')} cannot be read")
            continue
        found[name] = value
    return found, oddities


def _stated(period: Any, name: str) -> datetime | None:
    value = period[name].native if period is not None else None
    return _moment(value) if value is not None else None


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise Malformed("has a date that no calendar has")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key_bytes(info: Any) -> bytes:
    """The bits of the key without their count of unused ones, as RFC 5280 hashes them."""
    return bytes(info["public_key"].contents[1:])
