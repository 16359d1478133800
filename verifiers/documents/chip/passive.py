"""Passive authentication (9303-11 §5.1, 9303-12 §6): from the hashes to whoever vouches for them.

Every step is taken that can be, whatever became of the others, since a reader wants to know all
that is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from models.chip import Cause, ChipDataGroup, ChipStep, Step, StepStatus
from verifiers.documents.chip.certificates import Certificate
from verifiers.documents.chip.countries import alpha_2, signers_of
from verifiers.documents.chip.files import ChipFiles
from verifiers.documents.chip.revocation import revocation
from verifiers.documents.chip.security_object import SecurityObject
from verifiers.documents.chip.signatures import Judged
from verifiers.documents.chip.trust import Chain, TrustStore

_FOR_DOCUMENTS = {"2.23.136.1.1.1", "2.5.29.37.0"}
"""Purposes that let a key sign documents: EF.SOD, and anything. Signers need not state one."""

_RELIED_ON = (1, 2)
"""Data groups that every chip has (9303-10 §4.5); without its hash, another one is left aside."""


def step(name: Step, judged: Judged) -> ChipStep:
    """The step with what came of it."""
    return ChipStep(step=name, status=judged.status, reason=judged.reason, cause=judged.cause)


def done(name: Step, reason: str) -> ChipStep:
    """A step that was taken and holds."""
    return ChipStep(step=name, status=StepStatus.DONE, reason=reason)


def failed(name: Step, cause: Cause, reason: str) -> ChipStep:
    """A step that was taken and does not hold."""
    return ChipStep(step=name, status=StepStatus.FAILED, reason=reason, cause=cause)


def not_possible(name: Step, cause: Cause, reason: str) -> ChipStep:
    """A step that could not be taken."""
    return ChipStep(step=name, status=StepStatus.NOT_POSSIBLE, reason=reason, cause=cause)


def data_groups(files: ChipFiles, stated: SecurityObject | None) -> Iterator[ChipDataGroup]:
    """Each data group that was supplied or that EF.SOD has a hash of, in order."""
    hashes = stated.hashes if stated else {}
    numbers = {n for n in range(1, 17) if f"EF.DG{n}" in files.broken}
    for number in sorted({*files.groups, *hashes, *numbers}):
        file, expected = files.groups.get(number), hashes.get(number)
        computed = (
            stated.hash.digest(file.data)
            if file and stated and not isinstance(stated.hash, str)
            else None
        )
        status, cause, reason = _group(number, files, stated, computed)
        yield ChipDataGroup(
            number=number,
            file=file.name if file else None,
            size_bytes=len(file.data) if file else None,
            expected=expected.hex() if expected is not None else None,
            computed=computed.hex() if computed is not None else None,
            status=status,
            reason=reason,
            cause=cause,
        )


def _group(
    number: int, files: ChipFiles, stated: SecurityObject | None, computed: bytes | None
) -> tuple[StepStatus, Cause | None, str]:
    name = f"DG{number}"
    if broken := files.broken.get(f"EF.{name}"):
        return StepStatus.NOT_POSSIBLE, Cause.MALFORMED, f"EF.{name} {broken}."
    if stated is None:
        return StepStatus.NOT_POSSIBLE, Cause.MISSING, "There is no EF.SOD that states its hash."
    if number not in files.groups:
        return (
            StepStatus.NOT_POSSIBLE,
            Cause.MISSING,
            f"EF.SOD has a hash of {name}, which is not there.",
        )
    if number not in stated.hashes:
        reason = f"EF.SOD has no hash of {name}, so nobody vouches for it."
        return StepStatus.NOT_POSSIBLE, Cause.NOT_COVERED, reason
    if computed is None:
        return StepStatus.NOT_POSSIBLE, Cause.UNSUPPORTED, f"{stated.hash}."
    if computed != stated.hashes[number]:
        reason = f"{name} is not what was signed: its hash is another than EF.SOD states."
        return StepStatus.FAILED, Cause.MISMATCH, reason
    return StepStatus.DONE, None, f"{name} has the hash that EF.SOD states."


def hashes(groups: Sequence[ChipDataGroup]) -> ChipStep:
    """All data groups in one: the worst of what was supplied and is covered by EF.SOD."""
    wrong = [g.name for g in groups if g.cause is Cause.MISMATCH]
    if wrong:
        reason = f"{_listed(wrong)}: not what was signed."
        return failed(Step.DATA_GROUPS, Cause.MISMATCH, reason)
    alone = [g.name for g in groups if g.cause is Cause.NOT_COVERED and g.number in _RELIED_ON]
    if alone:
        reason = f"{_listed(alone)}: EF.SOD has no hash of what every chip has."
        return failed(Step.DATA_GROUPS, Cause.NOT_COVERED, reason)
    right = [g.name for g in groups if g.status is StepStatus.DONE]
    unsupported = next((g for g in groups if g.cause is Cause.UNSUPPORTED), None)
    if unsupported:
        return not_possible(Step.DATA_GROUPS, Cause.UNSUPPORTED, unsupported.reason)
    if not right:
        reason = "No data group was supplied that EF.SOD has a hash of."
        return not_possible(Step.DATA_GROUPS, Cause.MISSING, reason)
    away = [g.name for g in groups if g.cause is Cause.MISSING]
    reason = f"{_listed(right)}: as EF.SOD states."
    return done(Step.DATA_GROUPS, reason + (f" Not supplied: {_listed(away)}." if away else ""))


@dataclass(frozen=True, eq=False)
class Signed:
    """EF.SOD with the chain above its signer."""

    stated: SecurityObject
    signer: Certificate
    chain: Chain

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """From the signer up."""
        return tuple(link.certificate for link in self.chain.links)

    @property
    def anchor(self) -> Certificate | None:
        """The first certificate above the signer that the operator trusts, or the signer itself."""
        trusted = [link.certificate for link in self.chain.links if link.trusted]
        return trusted[0] if trusted else None


def signer_of(stated: SecurityObject, trust: TrustStore) -> Certificate | None:
    """The signer's certificate: the one that EF.SOD names, in it or supplied by the operator.

    Where none bears that name, it is the one in EF.SOD whose key made the signature: whoever signed
    is told by that, and a wrong name is no forgery. Another certificate is nobody's signer.
    """
    signed = stated.signed
    supplied = (t.certificate for t in trust)
    named = (c for c in (*signed.certificates, *supplied) if signed.identifies(c))
    holding = (c for c in signed.certificates if signed.verify(c).status is StepStatus.DONE)
    return next(named, None) or next(holding, None)


def trust_chain(signed: Signed) -> ChipStep:
    """Whether a trusted CSCA vouches for the signer, and for this use of its key."""
    purposes = signed.signer.purposes
    if purposes and _FOR_DOCUMENTS.isdisjoint(purposes):
        reason = "The signer's certificate is for something else than signing documents."
        return failed(Step.TRUST_CHAIN, Cause.OTHER_PURPOSE, reason)
    return step(Step.TRUST_CHAIN, signed.chain.judged)


def issued_in_time(signed: Signed) -> ChipStep:
    """Every certificate of the chain was issued while the one above it was valid."""
    name = Step.ISSUED_IN_TIME
    certificates = signed.certificates
    if len(certificates) < 2:
        reason = "The certificate of the signer's issuer is not known."
        return not_possible(name, Cause.UNKNOWN_SIGNER, reason)
    for below, above in pairwise(certificates):
        if not above.valid_from.date() <= below.valid_from.date() <= above.valid_until.date():
            reason = (
                f"{below.subject} is certified from {below.valid_from:%Y-%m-%d}, when "
                f"{above.subject} was not valid ({_span(above)})."
            )
            return failed(name, Cause.EXPIRED, reason)
    return done(
        name, f"The CSCA was valid when it certified the signer ({_span(certificates[1])})."
    )


def signed_in_time(signer: Certificate, moment: date | None) -> ChipStep:
    """The signer's certificate was valid, and its key in use, when the document was signed."""
    name = Step.SIGNED_IN_TIME
    if moment is None:
        reason = "When the document was signed is stated nowhere (EF.SOD, DG12)."
        return not_possible(name, Cause.UNKNOWN_TIME, reason)
    span = _span(signer)
    if moment < signer.valid_from.date():
        reason = f"It was signed on {moment}, before the signer's certificate was valid ({span})."
        return failed(name, Cause.NOT_YET_VALID, reason)
    if moment > signer.valid_until.date():
        reason = f"It was signed on {moment}, after the signer's certificate had run out ({span})."
        return failed(name, Cause.EXPIRED, reason)
    began, ended = signer.key_from, signer.key_until
    if (began and moment < began.date()) or (ended and moment > ended.date()):
        reason = (
            f"It was signed on {moment}, outside the time in which the signer's key was in use "
            f"({began.date() if began else '…'} to {ended.date() if ended else '…'})."
        )
        return failed(name, Cause.KEY_PERIOD, reason)
    return done(name, f"It was signed on {moment}, while the signer's certificate was valid.")


def valid_today(signer: Certificate, today: date) -> ChipStep:
    """The signer's certificate is valid on the day of checking."""
    name, span = Step.VALID_TODAY, _span(signer)
    if signer.valid_from.date() > today:
        reason = f"The signer's certificate is not valid yet ({span})."
        return failed(name, Cause.NOT_YET_VALID, reason)
    if signer.valid_until.date() < today:
        return failed(name, Cause.EXPIRED, f"The signer's certificate has run out ({span}).")
    return done(name, f"The signer's certificate is valid ({span}).")


def not_revoked(signed: Signed, trust: TrustStore, *, today: date, moment: date | None) -> ChipStep:
    """No revocation list of the operator's names the signer or a link above it."""
    links = [link.certificate for link in signed.chain.links if not link.trusted]
    issuers = [t.certificate for t in trust]
    judged = revocation(
        links or [signed.signer], trust.revocation_lists, issuers, today=today, signed_on=moment
    )
    return step(Step.REVOCATION, judged)


def country(signed: Signed, issuing_state: str | None) -> ChipStep:
    """Signer, CSCA and DG1 name one issuer."""
    name = Step.COUNTRY
    above = alpha_2(signed.anchor.country) if signed.anchor else None
    # A signer that names none is of the country of its CSCA (9303-12 asks for the same one).
    signer = alpha_2(signed.signer.country) or above
    if signer is None:
        reason = "The signer's certificate names no country."
        return not_possible(name, Cause.UNKNOWN_COUNTRY, reason)
    if above and above != signer:
        reason = f"The signer is of {signer}, but the CSCA that vouches for it is of {above}."
        return failed(name, Cause.OTHER_COUNTRY, reason)
    if issuing_state is None:
        return not_possible(name, Cause.MISSING, "DG1, which names the issuer, was not read.")
    allowed = signers_of(issuing_state)
    if not allowed:
        reason = f"Whose certificates sign for {issuing_state} is not known."
        return not_possible(name, Cause.UNKNOWN_COUNTRY, reason)
    if signer not in allowed:
        reason = f"DG1 names {issuing_state} as the issuer, but the signer is of {signer}."
        return failed(name, Cause.OTHER_COUNTRY, reason)
    who = "Signer, CSCA and DG1" if above else "Signer and DG1"
    return done(name, f"{who} name one issuer ({signer}, {issuing_state}).")


def _span(certificate: Certificate) -> str:
    return f"{certificate.valid_from:%Y-%m-%d} to {certificate.valid_until:%Y-%m-%d}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
