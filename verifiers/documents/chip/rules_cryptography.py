"""What does not hold on a chip: hashes, signatures, certificates, an answer to a challenge."""

from collections.abc import Iterator

from models.chip import Cause, ChipReading, Step, StepStatus
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.rules_zone import FORGED

READ_AGAIN = "Please read the chip of your document again with the app, and send all of its files."
_SHOW = "Please show the document in person, or send another one."


def changed_data_groups(reading: ChipReading) -> Iterator[Finding]:
    """Data groups whose hash is not the signed one."""
    changed = [g for g in reading.data_groups if g.cause is Cause.MISMATCH]
    if not changed:
        return
    names = ", ".join(g.name for g in changed)
    yield _contradicts(
        "document.chip.data_group_changed",
        Strength.CONCLUSIVE,
        f"The chip's data were changed after they were signed, or are of another chip: {names}.",
        "Some of the data of your document's chip are not those that its issuer signed.",
        "An app can save a file incompletely or mix up the files of two chips.",
        READ_AGAIN,
        *(
            Seen(what=f"hash of {g.name}, {which}", value=value, file=g.file)
            for g in changed
            for which, value in (("as signed", g.expected), ("of what was sent", g.computed))
            if value
        ),
    )


def unsigned_data_groups(reading: ChipReading) -> Iterator[Finding]:
    """The zone or the face image stand outside of what is signed."""
    step = reading.step(Step.DATA_GROUPS)
    if step.cause is not Cause.NOT_COVERED:
        return
    groups = [g for g in reading.data_groups if g.cause is Cause.NOT_COVERED]
    yield _contradicts(
        "document.chip.data_group_not_signed",
        Strength.STRONG,
        f"The issuer's signature leaves out what every chip has. {step.reason}",
        "Some of the data of your document's chip are not covered by its issuer's signature.",
        "An app can mix up the files of two chips, and issuers have erred.",
        READ_AGAIN,
        *(Seen(what="not signed", value=g.name, file=g.file) for g in groups),
    )


def signature(reading: ChipReading) -> Iterator[Finding]:
    """The signature over the hashes is not its signer's."""
    step = reading.step(Step.SIGNATURE)
    if step.status is not StepStatus.FAILED:
        return
    yield _contradicts(
        "document.chip.signature_wrong",
        Strength.CONCLUSIVE,
        f"The chip's data do not bear the signature of the signer that they name. {step.reason}",
        "The signature over the data of your document's chip does not hold.",
        "An app can save EF.SOD incompletely, and a rare issuer signs in a way of its own.",
        READ_AGAIN,
        *_signer(reading),
    )


def forged_signer(reading: ChipReading) -> Iterator[Finding]:
    """The signer's certificate claims an issuer that did not sign it, or is for another use."""
    step = reading.step(Step.TRUST_CHAIN)
    if step.cause is Cause.FORGED_CERTIFICATE:
        yield _contradicts(
            "document.chip.signer_forged",
            Strength.CONCLUSIVE,
            f"The certificate that signs the chip's data is not its issuer's. {step.reason}",
            "The certificate that signs the data of your document's chip does not hold.",
            "An app can save EF.SOD incompletely.",
            READ_AGAIN,
            *_signer(reading),
        )
    elif step.cause is Cause.OTHER_PURPOSE:
        yield _contradicts(
            "document.chip.signer_purpose",
            Strength.MODERATE,
            f"The chip's data are signed with a key that is not for documents. {step.reason}",
            "The data of your document's chip are signed with a key for something else.",
            "Issuers have put wrong purposes into certificates.",
            _SHOW,
            *_signer(reading),
        )


def revoked(reading: ChipReading) -> Iterator[Finding]:
    """The issuer took the signer's certificate back."""
    step = reading.step(Step.REVOCATION)
    if step.cause is Cause.REVOKED:
        yield _contradicts(
            "document.chip.signer_revoked",
            Strength.STRONG,
            f"The issuer revoked the certificate that signs the chip's data. {step.reason}",
            "The issuer of your document took the certificate back that signs its chip.",
            "Certificates are revoked for mishaps of the issuer, too, and documents signed before "
            "may have been replaced free of charge.",
            _SHOW,
            *_signer(reading),
        )


def issuer_country(reading: ChipReading) -> Iterator[Finding]:
    """Signer, CSCA and data name different issuers."""
    step = reading.step(Step.COUNTRY)
    if step.cause is not Cause.OTHER_COUNTRY:
        return
    state = reading.zone.value("issuing_state") if reading.zone else None
    yield _contradicts(
        "document.chip.issuer_country",
        Strength.STRONG,
        f"The chip's data are signed for another issuer than they name. {step.reason}",
        "The chip of your document names one issuer and is signed for another.",
        "A few states sign for territories or organizations that are not listed here.",
        "Please say which authority issued the document.",
        *([Seen(what="issuing state, DG1", value=state)] if state else []),
        *(
            Seen(what=f"country, {c.role.value.replace('_', ' ')}", value=c.country)
            for c in reading.chain
            if c.country
        ),
    )


def wrong_answer(reading: ChipReading) -> Iterator[Finding]:
    """The chip did not prove to hold its key; says something only of data that are authentic."""
    step = reading.step(Step.ACTIVE_AUTHENTICATION)
    if step.cause is not Cause.WRONG_ANSWER:
        return
    if not reading.authentic:
        yield unknown(
            "document.chip.active_authentication",
            f"{step.reason} It would count only if a trusted issuer vouched for the key.",
            "The answer of your document's chip could not be judged.",
            READ_AGAIN,
        )
        return
    yield _contradicts(
        "document.chip.active_authentication",
        Strength.CONCLUSIVE,
        f"The chip did not prove that it holds the key that was issued with it, so it may be a "
        f"copy. {step.reason}",
        "The chip of your document did not answer as the one that was issued would.",
        "An app can save the answer to another challenge than the one it sends along.",
        READ_AGAIN,
        Seen(what="active authentication", value="wrong answer"),
    )


RULES = (
    changed_data_groups,
    unsigned_data_groups,
    signature,
    forged_signer,
    revoked,
    issuer_country,
    wrong_answer,
)


def unknown(
    code: str, for_recruiter: str, for_candidate: str, question: str | None, *seen: Seen
) -> Finding:
    """What could not be judged, and what would help."""
    return Finding(
        code=code,
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        question=question,
    )


def _contradicts(
    code: str,
    strength: Strength,
    for_recruiter: str,
    for_candidate: str,
    innocent_explanation: str,
    question: str,
    *seen: Seen,
) -> Finding:
    return Finding(
        code=code,
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=seen,
        indicators=(FORGED,),
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        innocent_explanation=innocent_explanation,
        question=question,
    )


def _signer(reading: ChipReading) -> tuple[Seen, ...]:
    return tuple(
        Seen(what=f"certificate, {c.role.value.replace('_', ' ')}", value=c.subject)
        for c in reading.chain
    )
