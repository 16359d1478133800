"""What stands around a chip's signatures: files, lists, dates, the print, copies."""

from collections.abc import Iterator

from models.chip import Cause, ChipReading, Step, StepStatus
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.chip.rules_cryptography import READ_AGAIN, unknown
from verifiers.documents.evidence import in_words
from verifiers.documents.rules_zone import FORGED, MISPRINTED

_READ_SURELY = "Please send a sharp picture of the page or side with the machine readable lines."


def files(reading: ChipReading) -> Iterator[Finding]:
    """Files that are missing or broken."""
    steps = (Step.SECURITY_OBJECT, Step.PRINTED_ZONE, Step.PORTRAIT)
    taken = [reading.step(step) for step in steps]
    groups = [g for g in reading.data_groups if g.cause in (Cause.MALFORMED,)]
    broken = {s.reason for s in taken if s.cause is Cause.MALFORMED} | {g.reason for g in groups}
    missing = {s.reason for s in taken if s.cause is Cause.MISSING} - broken
    for code, reasons in (("unreadable", broken), ("missing", missing)):
        if reasons:
            yield unknown(
                f"document.chip.{code}",
                f"The chip was not read completely: {' '.join(sorted(reasons))}",
                "The chip of your document was not read completely.",
                READ_AGAIN,
                Seen(what="files of the chip", value=len(reading.files), file=reading.source),
            )


def signer(reading: ChipReading) -> Iterator[Finding]:
    """Nobody who is trusted vouches for the signer; the candidate can do nothing about it."""
    step = reading.step(Step.TRUST_CHAIN)
    if step.cause is Cause.NO_LIST:
        yield unknown(
            "document.chip.no_master_list",
            "Whether the chip's signer is a state's could not be checked: no master list was "
            "supplied.",
            "Who signed the chip of your document could not be checked.",
            None,
        )
    elif step.cause in (Cause.UNKNOWN_SIGNER, Cause.UNSUPPORTED):
        yield unknown(
            "document.chip.signer_unknown",
            f"Nobody who is trusted vouches for the signer of the chip's data. {step.reason}",
            "Who signed the chip of your document could not be told.",
            None,
            *(
                Seen(what=f"certificate, {c.role.value.replace('_', ' ')}", value=c.subject)
                for c in reading.chain
            ),
        )


def algorithms(reading: ChipReading) -> Iterator[Finding]:
    """Algorithms that are old, or that 9303 never had."""
    taken = [reading.step(step) for step in (Step.DATA_GROUPS, Step.SIGNATURE)]
    not_had = {s.reason for s in taken if s.cause is Cause.UNSUPPORTED}
    if not_had:
        yield unknown(
            "document.chip.algorithm_unknown",
            f"The chip's data cannot be checked. {' '.join(sorted(not_had))}",
            "The chip of your document is signed in a way that could not be checked.",
            None,
        )
    old = [a for a in reading.algorithms if a.old]
    if old and not not_had:
        uses = ", ".join(f"{a.use} ({a.name})" for a in old)
        ages = "; ".join(dict.fromkeys(a.age for a in old))
        yield unknown(
            "document.chip.old_algorithm",
            f"The chip uses what is no longer used for new documents: {uses}. {ages}.",
            "The chip of your document is signed with an older method.",
            None,
            *(Seen(what=a.use, value=a.name) for a in old),
        )


def times(reading: ChipReading) -> Iterator[Finding]:
    """Certificates that were not valid when they should have been."""
    signed = reading.step(Step.SIGNED_IN_TIME)
    if signed.cause in (Cause.EXPIRED, Cause.NOT_YET_VALID, Cause.KEY_PERIOD):
        period = signed.cause is Cause.KEY_PERIOD
        yield _out_of_time(
            "document.chip.signed_out_of_time",
            Strength.WEAK if period else Strength.MODERATE,
            signed.reason,
        )
    issued = reading.step(Step.ISSUED_IN_TIME)
    if issued.status is StepStatus.FAILED:
        yield _out_of_time("document.chip.certified_out_of_time", Strength.WEAK, issued.reason)
    now = reading.step(Step.VALID_TODAY)
    if now.status is StepStatus.FAILED and signed.status is not StepStatus.FAILED:
        yield unknown(
            "document.chip.signer_expired",
            f"{now.reason} Whether it was taken back since is no longer said.",
            "The certificate that signs the chip of your document has run out.",
            None,
        )


def revocation(reading: ChipReading) -> Iterator[Finding]:
    """Whether the signer was revoked is not known, or it was only replaced."""
    step = reading.step(Step.REVOCATION)
    if reading.step(Step.TRUST_CHAIN).status is not StepStatus.DONE:
        return
    if step.cause in (Cause.NO_REVOCATION_LIST, Cause.OUTDATED_LIST):
        yield unknown(
            "document.chip.revocation_unknown",
            f"Whether the signer's certificate was taken back is not sure. {step.reason}",
            "Whether the certificate of your document's chip still counts could not be checked.",
            None,
        )
    elif step.cause is Cause.REPLACED:
        yield unknown(
            "document.chip.signer_replaced",
            f"The issuer no longer uses the certificate that signs the chip's data. {step.reason} "
            "Issuers replace their keys as a matter of routine; documents that were signed before "
            "stay good.",
            "The certificate that signs your document's chip was replaced, as happens regularly.",
            None,
        )


def country(reading: ChipReading) -> Iterator[Finding]:
    """Whose certificate it is could not be compared."""
    step = reading.step(Step.COUNTRY)
    if step.cause is Cause.UNKNOWN_COUNTRY:
        yield unknown(
            "document.chip.country_unknown",
            f"The chip's signer could not be held against its issuer. {step.reason}",
            "Who issued your document could not be held against its chip.",
            None,
        )


def print_(reading: ChipReading) -> Iterator[Finding]:
    """The zone on the chip is not the printed one, field by field."""
    for field in reading.printed:
        if field.agrees is not False:
            continue
        name = in_words(field.name)
        yield Finding(
            code=f"document.chip.print.{field.name}",
            check=Check.DOCUMENT,
            status=Status.CONTRADICTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(
                Seen(what=f"{name}, chip", value=field.chip, file=reading.source),
                Seen(what=f"{name}, machine readable zone", value=field.printed),
            ),
            indicators=(FORGED,),
            for_recruiter=f"The {name} is printed as {field.printed}, but the chip says "
            f"{field.chip}.",
            for_candidate=f"The {name} on your document differs from that on its chip.",
            innocent_explanation="The chip and the picture may be of two documents, an old and a "
            "new one, and software misreads print.",
            question="Please read the chip of the document that you sent a picture of.",
        )
    step = reading.step(Step.PRINTED_ZONE)
    if step.cause is Cause.NO_PRINT:
        yield unknown(
            "document.chip.print_not_compared",
            f"The chip was not held against the printed document. {step.reason}",
            "The chip of your document could not be held against its printed lines.",
            _READ_SURELY,
        )


def expiry(reading: ChipReading) -> Iterator[Finding]:
    """A chip whose document has run out; of one that was read from print too, its rules say so."""
    day = reading.zone.expiry_date if reading.zone else None
    printed = any(f.name == "expiry_date" and f.agrees is True for f in reading.printed)
    if day is None or day >= reading.checked_on or printed:
        return
    yield Finding(
        code="document.chip.expired",
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(Seen(what="expiry date, chip", value=day.isoformat(), file=reading.source),),
        for_recruiter=f"The document of this chip expired on {day}.",
        for_candidate=f"Your document expired on {day}.",
        innocent_explanation="Documents run out unnoticed, and some states extend theirs beyond "
        "the date on the chip.",
        question="Please send a current document, or say why this one is still valid.",
    )


def copies(reading: ChipReading) -> Iterator[Finding]:
    """Signed data can be copied as they are; only a key that never leaves the chip cannot."""
    active = reading.step(Step.ACTIVE_AUTHENTICATION)
    if not reading.intact or active.status is not StepStatus.NOT_POSSIBLE:
        return
    chip = reading.step(Step.CHIP_AUTHENTICATION)
    offers = active.cause is not Cause.NO_KEY
    yield unknown(
        "document.chip.copy_possible",
        "Nothing shows that this is the issued chip and no copy of its data. "
        f"{active.reason} {chip.reason}",
        "That your document's chip is the original could not be checked.",
        READ_AGAIN if offers else None,
    )


def _out_of_time(code: str, strength: Strength, reason: str) -> Finding:
    return Finding(
        code=code,
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(Seen(what="time of signing", value=reason),),
        indicators=(MISPRINTED,),
        for_recruiter=reason,
        for_candidate="The dates in the certificates of your document's chip do not fit together.",
        innocent_explanation="Issuers have set their clocks and the periods of their keys wrongly.",
        question="Please say when and by which authority the document was issued.",
    )


RULES = (
    files,
    signer,
    algorithms,
    times,
    revocation,
    country,
    print_,
    expiry,
    copies,
)
