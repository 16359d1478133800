"""Signed data of CMS (RFC 5652 §5), which both EF.SOD and master lists are.

One signer is read, as 9303-10 and 9303-12 have it. What is signed are its attributes, encoded anew
as a SET of DER, since that is what the signer signed and not always what was stored.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.chip import Cause, StepStatus
from verifiers.documents.chip.asn1 import cms, core, parse, parsing
from verifiers.documents.chip.certificates import Certificate, certificate_of, read_name
from verifiers.documents.chip.hashes import Hash, UnknownHash, hash_named
from verifiers.documents.chip.signatures import (
    Judged,
    Scheme,
    UnknownScheme,
    scheme_of,
    verify,
)
from verifiers.documents.chip.tlv import Malformed, wrap

_MOST_CERTIFICATES = 20
"""Beside signed data; EF.SOD has one, seldom two."""


@dataclass(frozen=True, eq=False)
class SignedData:
    """Content, its one signer, and the certificates sent along, none of them trusted by that."""

    content_type: str
    """Dotted."""
    content: bytes
    certificates: tuple[Certificate, ...]
    digest: Hash | str
    """Of the content; or why it cannot be computed."""
    scheme: Scheme | str
    signature: bytes
    signed_forms: tuple[bytes, ...]
    """What the signature may be over: attributes as stored and as DER, or the content."""
    stated_digest: bytes | None
    """Among the attributes; `None` where there are no attributes."""
    stated_type: str | None
    signed_at: datetime | None
    signer_issuer: str | None
    signer_serial: int | None
    signer_key_id: bytes | None
    oddities: tuple[str, ...]

    def identifies(self, certificate: Certificate) -> bool:
        """Whether this is the certificate that the signer names."""
        if self.signer_key_id is not None:
            return certificate.key_id == self.signer_key_id
        return (certificate.serial, certificate.issuer_id) == (
            self.signer_serial,
            self.signer_issuer,
        )

    def verify(self, certificate: Certificate) -> Judged:
        """Whether the key of this certificate signed the content."""
        if isinstance(self.digest, str):
            return _not_judged(self.digest)
        if isinstance(self.scheme, str):
            return _not_judged(self.scheme)
        if self.stated_digest is not None:
            if self.stated_digest != self.digest.digest(self.content):
                return _wrong("What was signed is another content than this one.")
            if self.stated_type != self.content_type:
                return _wrong("What was signed is another kind of content than this one.")
        judged = [
            verify(certificate.key, self.scheme, self.signature, form) for form in self.signed_forms
        ]
        return next((j for j in judged if j.status is StepStatus.DONE), judged[0])


def read_signed_data(data: bytes) -> SignedData:
    """Read a `ContentInfo` that holds signed data.

    Raises:
        Malformed: it is no such thing, or has no signer.
    """
    outer = parse(cms.ContentInfo, data)
    with parsing():
        if outer["content_type"].native != "signed_data":
            raise Malformed("is no signed data")
        signed = outer["content"]
        inner = signed["encap_content_info"]
        content = _content_of(inner)
        certificates, oddities = _certificates(signed)
        signers = signed["signer_infos"]
        if not len(signers):
            raise Malformed("is signed by nobody")
        if len(signers) > 1:
            oddities.append(f"{len(signers)} signers stand in it; the first one counts")
        return _with_signer(
            signers[0], inner["content_type"].dotted, content, certificates, oddities
        )


def _with_signer(
    signer: Any,
    content_type: str,
    content: bytes,
    certificates: tuple[Certificate, ...],
    oddities: list[str],
) -> SignedData:
    attributes = _attributes(signer)
    sid = signer["sid"]
    by_key = sid.name == "subject_key_identifier"
    digest, scheme = _digest(signer), _scheme(signer)
    named = isinstance(digest, Hash) and isinstance(scheme, Scheme)
    if named and digest != scheme.hash:  # type: ignore[union-attr]
        oddities.append("content and attributes are hashed by different functions")
    digests = attributes.get("message_digest")
    types = attributes.get("content_type")
    times = attributes.get("signing_time")
    return SignedData(
        content_type=content_type,
        content=content,
        certificates=certificates,
        digest=digest,
        scheme=scheme,
        signature=bytes(signer["signature"]),
        signed_forms=_signed_forms(signer) or (content,),
        stated_digest=(digests.native if digests is not None else b"") if attributes else None,
        stated_type=types.dotted if types is not None else None,
        signed_at=_moment(times.native) if times is not None else None,
        signer_issuer=None if by_key else read_name(sid.chosen["issuer"]).id,
        signer_serial=None if by_key else sid.chosen["serial_number"].native,
        signer_key_id=sid.chosen.native if by_key else None,
        oddities=tuple(oddities),
    )


def _content_of(inner: Any) -> bytes:
    content = inner["content"]
    if content.native is None:
        raise Malformed("has no content")
    # PKCS #7 before CMS has any value here, and documents of 2005 have it so.
    return bytes(content.parsed if isinstance(content, core.Any) else content)


def _certificates(signed: Any) -> tuple[tuple[Certificate, ...], list[str]]:
    found, oddities = [], []
    for choice in list(signed["certificates"] or ())[:_MOST_CERTIFICATES]:
        if choice.name != "certificate":
            continue
        try:
            found.append(certificate_of(choice.chosen, choice.chosen.dump()))
        except Malformed as malformed:
            oddities.append(f"a certificate in it {malformed.problem}")
    return tuple(found), oddities


def _attributes(signer: Any) -> dict[str, Any]:
    """The first value of each signed attribute."""
    stored = signer["signed_attrs"]
    return {a["type"].native: a["values"][0] for a in stored} if _has(stored) else {}


def _has(stored: Any) -> bool:
    return stored.native is not None


def _signed_forms(signer: Any) -> tuple[bytes, ...]:
    """The attributes as a SET: sorted, as DER has it, and in the order in which they are stored.

    Some issuers signed them unsorted. Either way it is these attributes that are signed.
    """
    stored = signer["signed_attrs"]
    if not _has(stored):
        return ()
    plain = [attribute.dump() for attribute in stored]
    anew = [attribute.copy().dump(force=True) for attribute in stored]
    forms = (sorted(plain), plain, sorted(anew))
    return tuple(dict.fromkeys(wrap(0x31, b"".join(form)) for form in forms))


def _digest(signer: Any) -> Hash | str:
    try:
        return hash_named(signer["digest_algorithm"]["algorithm"].native)
    except UnknownHash as unknown:
        return unknown.problem


def _scheme(signer: Any) -> Scheme | str:
    digest = _digest(signer)
    try:
        return scheme_of(
            signer["signature_algorithm"], digest if isinstance(digest, Hash) else None
        )
    except UnknownScheme as unknown:
        return unknown.problem


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _not_judged(problem: str) -> Judged:
    told = problem[0].upper() + problem[1:]
    return Judged(StepStatus.NOT_POSSIBLE, f"{told}.", Cause.UNSUPPORTED)


def _wrong(reason: str) -> Judged:
    return Judged(StepStatus.FAILED, reason, Cause.WRONG_SIGNATURE)
