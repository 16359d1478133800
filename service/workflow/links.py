"""Pictures and faces of one verification beside those of other candidates of the same company."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from models.finding import Finding
from models.fingerprint import DocumentFingerprint
from models.person import FaceTemplate
from service.linkage.faces import FaceIndexes
from service.store.store import OfTenant
from service.workflow.pipeline import Step, StepResult
from verifiers.documents.forensics.reuse import lookup_keys, lookup_queries
from verifiers.documents.forensics.reuse_rules import reused
from verifiers.faces.seen_before import nearest_strong, seen_before

_NEAREST = 10
"""Other candidates looked at for each template: nobody needs a longer list to begin looking."""


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


def read_faces(t: OfTenant, faces: FaceIndexes, own: Sequence[FaceTemplate]) -> None:
    """Read what is to be searched, of which the first time is slow, before the tenant is held."""
    for template in {each.engine: each for each in own}.values():
        faces.search(t, template, 1)


def faces_seen_before(
    t: OfTenant, faces: FaceIndexes, verification: UUID, own: Sequence[FaceTemplate]
) -> tuple[Finding, ...]:
    """At most one finding for each other verification, the nearest first.

    Only where this candidate agrees to have templates kept, and only among those of others who did.
    """
    if not own or not t.results.may_search(verification):
        return ()
    subject = t.verifications.get(verification).subject_id
    others = {
        one.verification
        for template in own
        for one in faces.search(t, template, _NEAREST, without=[subject])
    }
    kept = t.faces.kept(others).items()
    alike = [(pair, other) for other, theirs in kept if (pair := nearest_strong(own, theirs))]
    return tuple(
        seen_before(
            pair,
            searched=t.faces.others(pair.own.engine, without=subject),
            reference=str(other),
        )
        for pair, other in sorted(alike, key=lambda each: each[0].distance)
    )


def _links(own: Sequence[DocumentFingerprint], other: UUID, result: bytes) -> Iterator[Finding]:
    theirs = StepResult.model_validate_json(result).fingerprints
    for one in own:
        for print_ in theirs:
            if finding := reused(one, print_, reference=str(other)):
                yield finding


def _gravest(findings: Iterator[Finding]) -> Finding | None:
    return max(findings, key=lambda f: f.strength.rank if f.strength else 0, default=None)
