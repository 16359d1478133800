"""Whom the operator trusts: CSCA certificates from master lists, and who vouches for a signer.

A certificate that came with the chip is never trusted for that; it may only lead, by signatures, to
one that the operator supplied.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.chip import Cause, StepStatus
from verifiers.documents.chip.certificates import Certificate
from verifiers.documents.chip.revocation import RevocationList
from verifiers.documents.chip.signatures import Judged


@dataclass(frozen=True)
class ListFile:
    """One file that the operator supplied, and what was found in it."""

    name: str
    what: str
    """`master list of DE`, `certificate`, `revocation list of DE`, …"""
    certificates: int = 0
    signed_at: datetime | None = None
    problem: str | None = None
    """What could not be used of it, or does not hold."""


@dataclass(frozen=True)
class Trusted:
    """A certificate that the operator supplied, and the file it stands in."""

    certificate: Certificate
    source: str


@dataclass(frozen=True)
class Link:
    """One certificate of a chain, and where it is from."""

    certificate: Certificate
    source: str
    trusted: bool


@dataclass(frozen=True)
class Chain:
    """From the signer up as far as signatures lead, and whether that is to somebody trusted."""

    links: tuple[Link, ...]
    judged: Judged


@dataclass(eq=False)
class TrustStore:
    """Everything that the operator supplied. It is filled once and then only asked."""

    files: list[ListFile] = field(default_factory=list)
    revocation_lists: list[RevocationList] = field(default_factory=list)
    _by_der: dict[bytes, Trusted] = field(default_factory=dict)
    _by_key_id: dict[bytes, list[Trusted]] = field(default_factory=lambda: defaultdict(list))
    _by_subject: dict[str, list[Trusted]] = field(default_factory=lambda: defaultdict(list))

    def add(self, certificate: Certificate, source: str) -> None:
        """Trust this certificate; one that is known already stays as it is."""
        trusted = Trusted(certificate, source)
        if self._by_der.setdefault(certificate.der, trusted) is not trusted:
            return
        if certificate.key_id:
            self._by_key_id[certificate.key_id].append(trusted)
        self._by_subject[certificate.subject_id].append(trusted)

    def __len__(self) -> int:
        return len(self._by_der)

    def __iter__(self) -> Iterator[Trusted]:
        return iter(self._by_der.values())

    def known(self, der: bytes) -> Trusted | None:
        """This very certificate, where the operator supplied it."""
        return self._by_der.get(der)

    def issuers_of(self, certificate: Certificate) -> list[Trusted]:
        """Certificates that may have issued it by key identifier or name; roots before links."""
        named = dict.fromkeys(self._by_subject.get(certificate.issuer_id, ()))
        if certificate.issuer_key_id:
            named |= dict.fromkeys(self._by_key_id.get(certificate.issuer_key_id, ()))
        able = [t for t in named if t.certificate.may_certify or t.certificate.self_issued]
        return sorted(able, key=lambda t: not t.certificate.self_issued)

    def of_country(self, country: str | None) -> int:
        """How many of the certificates are of this country."""
        return sum(t.certificate.country == country for t in self)

    def chain(self, signer: Certificate, beside: Sequence[Certificate] = ()) -> Chain:
        """Who vouches for this signer.

        Args:
            signer: the document signer's certificate.
            beside: certificates that came with it, which may link to a trusted one.
        """
        found = self._upwards(Link(signer, *self._source(signer)), beside, {signer.der})
        if any(link.trusted for link in found):
            return Chain(tuple(found), self._vouched(found))
        return Chain(tuple(found), self._unknown(found[-1].certificate))

    def _source(self, certificate: Certificate) -> tuple[str, bool]:
        known = self.known(certificate.der)
        return (known.source, True) if known else ("EF.SOD", False)

    def _upwards(self, link: Link, beside: Sequence[Certificate], seen: set[bytes]) -> list[Link]:
        """The first chain that reaches a trusted certificate, or the longest that reaches none.

        Each certificate is come to once: a chip may bring many that all sign each other.
        """
        if link.certificate.self_issued:
            return [link]
        sent = [c for c in beside if link.certificate.names_as_issuer(c) and c.may_certify]
        above = [t.certificate for t in self.issuers_of(link.certificate)]
        longest = [link]
        for issuer in (*above, *(c for c in sent if not self.known(c.der))):
            if issuer.der in seen:
                continue
            seen.add(issuer.der)
            if link.certificate.signed_by(issuer).status is not StepStatus.DONE:
                continue
            found = [link, *self._upwards(Link(issuer, *self._source(issuer)), beside, seen)]
            if any(known.trusted for known in found[1:]):
                return found
            longest = max(longest, found, key=len)
        return longest

    def _vouched(self, found: Sequence[Link]) -> Judged:
        by = next(link for link in found if link.trusted)
        if by is found[0]:
            reason = f"The signer's own certificate stands in {by.source}."
        else:
            reason = f"{by.certificate.subject}, in {by.source}, vouches for the signer."
        return Judged(StepStatus.DONE, reason)

    def _unknown(self, last: Certificate) -> Judged:
        if not len(self):
            reason = "No master list was supplied, so nobody vouches for the signer."
            return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.NO_LIST)
        for named in self.issuers_of(last):
            issuer = named.certificate
            wrong = last.signed_by(issuer)
            names_key = last.issuer_key_id == issuer.key_id and issuer.key_id_is_hash
            if names_key and wrong.status is StepStatus.FAILED:
                reason = (
                    f"The certificate names the key of {issuer.subject}, in {named.source}, as its "
                    "issuer's, but that key did not sign it."
                )
                return Judged(StepStatus.FAILED, reason, Cause.FORGED_CERTIFICATE)
        count = self.of_country(last.country)
        country = f"{count} of them of {last.country}" if last.country else "none of its country"
        kind = "signed itself" if last.self_issued else f"was issued by {last.issuer}"
        reason = (
            f"{last.subject} {kind}, which none of the {len(self)} certificates supplied vouches "
            f"for ({country}): the list may be too old, or the issuer made up."
        )
        return Judged(StepStatus.NOT_POSSIBLE, reason, Cause.UNKNOWN_SIGNER)
