"""What one look at footage gives: what is said, and every figure whether or not something is said.

Signs of print, of screens, of software in the camera's place are weak by themselves: defence
products, phones used as webcams and busy computers leave the same ones. So they contradict `weak`
at most (docs/decision.md), ask for nothing, and name what is innocent.
"""

from dataclasses import dataclass

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength


@dataclass(frozen=True, eq=False)
class Signs:
    """What was found, and what was measured on the way."""

    findings: tuple[Finding, ...] = ()
    measures: tuple[Seen, ...] = ()

    def __add__(self, other: "Signs") -> "Signs":
        return Signs(self.findings + other.findings, self.measures + other.measures)


def weak_sign(
    code: str,
    *,
    seen: tuple[Seen, ...],
    for_recruiter: str,
    for_candidate: str,
    innocent: str,
    indicators: tuple[str, ...] = (),
    evidence_class: EvidenceClass = EvidenceClass.PRESENCE,
) -> Finding:
    """A contradiction for a person to weigh; the candidate is asked for nothing."""
    return presence_finding(
        code,
        Status.CONTRADICTS,
        Strength.WEAK,
        seen=seen,
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        innocent=innocent,
        indicators=indicators,
        evidence_class=evidence_class,
    )


def told(
    code: str,
    *,
    seen: tuple[Seen, ...],
    for_recruiter: str,
    for_candidate: str,
    innocent: str | None = None,
    indicators: tuple[str, ...] = (),
    evidence_class: EvidenceClass = EvidenceClass.PRESENCE,
) -> Finding:
    """Something that a reader should know, held against nobody."""
    return presence_finding(
        code,
        Status.UNKNOWN,
        None,
        seen=seen,
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        innocent=innocent,
        indicators=indicators,
        evidence_class=evidence_class,
    )


def presence_finding(
    code: str,
    status: Status,
    strength: Strength | None,
    *,
    seen: tuple[Seen, ...],
    for_recruiter: str,
    for_candidate: str,
    innocent: str | None = None,
    question: str | None = None,
    indicators: tuple[str, ...] = (),
    evidence_class: EvidenceClass = EvidenceClass.PRESENCE,
) -> Finding:
    """A finding of the presence check."""
    return Finding(
        code=code,
        check=Check.PRESENCE,
        status=status,
        strength=strength,
        evidence_class=evidence_class,
        seen=seen,
        indicators=indicators,
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        innocent_explanation=innocent,
        question=question,
    )
