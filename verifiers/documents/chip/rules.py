"""What a chip says, as findings: the strengths of docs/decision.md.

`conclusive` is only what mathematics says: a changed data group, a wrong signature. Whatever is
missing (files, lists, a signer that no list knows) is `unknown`. Support is `strong` where a
trusted CSCA vouches for data that are also printed, and `weak` at most where no list was supplied,
since anybody can sign data of their own making. A revocation list that is outdated, or that names
the signer as replaced, makes it `moderate`; none at all does not, since most states publish none
that an operator could get.
"""

from collections.abc import Iterator

from models.chip import Cause, ChipReading, Step, StepStatus
from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from verifiers.documents.chip import rules_circumstances, rules_cryptography


def findings_of(reading: ChipReading) -> Iterator[Finding]:
    """Everything that this chip says for or against the document."""
    found = [
        finding
        for rule in (*rules_cryptography.RULES, *rules_circumstances.RULES)
        for finding in rule(reading)
    ]
    yield from found
    if not any(finding.status is Status.CONTRADICTS for finding in found):
        yield from _support(reading)


def _support(reading: ChipReading) -> Iterator[Finding]:
    """What speaks for a chip that nothing contradicts."""
    covered = {g.number for g in reading.data_groups if g.status is StepStatus.DONE}
    if not reading.intact or 1 not in covered or reading.zone is None:
        return
    chain = reading.step(Step.TRUST_CHAIN)
    if chain.cause is Cause.NO_LIST:
        yield _authentic(
            reading,
            Strength.WEAK,
            "The chip's data are whole and signed, but nobody vouches for the signer: no master "
            "list was supplied.",
        )
    elif chain.status is StepStatus.DONE:
        open_questions = [why for why, applies in _open(reading) if applies]
        told = f"{chain.reason} The chip's data are what the issuer signed"
        if open_questions:
            yield _authentic(
                reading, Strength.MODERATE, f"{told}, but {'; '.join(open_questions)}."
            )
        else:
            yield _authentic(reading, Strength.STRONG, f"{told}, and the printed zone is theirs.")
    if reading.authentic and _done(reading, Step.ACTIVE_AUTHENTICATION):
        yield Finding(
            code="document.chip.active_authentication",
            check=Check.DOCUMENT,
            status=Status.SUPPORTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.DOCUMENT,
            seen=(Seen(what="active authentication", value="answered"),),
            for_recruiter="The chip answered our challenge with its own key: it is the one that "
            "was issued, and no copy of its data.",
            for_candidate="The chip of your document answered our challenge.",
        )


def _open(reading: ChipReading) -> Iterator[tuple[str, bool]]:
    yield "they were not compared with the print", not _done(reading, Step.PRINTED_ZONE)
    yield "the signer's certificate has run out since", not _done(reading, Step.VALID_TODAY)
    yield (
        "they are signed with an algorithm that is no longer used",
        any(algorithm.old for algorithm in reading.algorithms),
    )
    taken_back = reading.step(Step.REVOCATION).cause
    outdated = taken_back is Cause.OUTDATED_LIST
    yield "whether the signer's certificate was taken back is not sure", outdated
    yield "the signer's certificate was replaced", taken_back is Cause.REPLACED
    unknown_time = reading.step(Step.SIGNED_IN_TIME).cause is Cause.UNKNOWN_TIME
    yield "when they were signed is not known", unknown_time
    yield "whose signer it is could not be compared", not _done(reading, Step.COUNTRY)
    expiry = reading.zone.expiry_date if reading.zone else None
    yield "it is not known until when the document is valid", expiry is None


def _done(reading: ChipReading, step: Step) -> bool:
    return reading.step(step).status is StepStatus.DONE


def _authentic(reading: ChipReading, strength: Strength, told: str) -> Finding:
    signer = reading.chain[0] if reading.chain else None
    return Finding(
        code="document.chip.authentic",
        check=Check.DOCUMENT,
        status=Status.SUPPORTS,
        strength=strength,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(
            Seen(what="data groups as signed", value=_intact_groups(reading), file=reading.source),
            *([Seen(what="document signer", value=signer.subject)] if signer else []),
        ),
        for_recruiter=told,
        for_candidate="The data on the chip of your document are whole and signed.",
    )


def _intact_groups(reading: ChipReading) -> str:
    return ", ".join(g.name for g in reading.data_groups if g.status is StepStatus.DONE)
