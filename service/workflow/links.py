"""Pictures of one verification beside those of other candidates of the same company."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from models.finding import Finding
from models.fingerprint import DocumentFingerprint
from service.store.store import OfTenant
from service.workflow.pipeline import Step, StepResult
from verifiers.documents.forensics.reuse import lookup_keys, lookup_queries
from verifiers.documents.forensics.reuse_rules import reused


def reused_pictures(
    t: OfTenant, verification: UUID, own: Sequence[DocumentFingerprint]
) -> tuple[Finding, ...]:
    """At most one finding for each other verification: the gravest of its pairs of pictures."""
    asked = {key for print_ in own for key in lookup_queries(print_)}
    others = t.pictures.of_others(verification, asked, Step.FORENSICS.value) if asked else ()
    found = (_gravest(_links(own, other, result)) for other, result in others)
    return tuple(finding for finding in found if finding)


def remember(t: OfTenant, verification: UUID, own: Sequence[DocumentFingerprint]) -> None:
    """Let later candidates' pictures be held against these."""
    t.pictures.remember(verification, {key for print_ in own for key in lookup_keys(print_)})


def _links(own: Sequence[DocumentFingerprint], other: UUID, result: bytes) -> Iterator[Finding]:
    theirs = StepResult.model_validate_json(result).fingerprints
    for one in own:
        for print_ in theirs:
            if finding := reused(one, print_, reference=str(other)):
                yield finding


def _gravest(findings: Iterator[Finding]) -> Finding | None:
    return max(findings, key=lambda f: f.strength.rank if f.strength else 0, default=None)
