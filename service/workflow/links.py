"""Pictures and faces of one verification beside those of other candidates of the same company.

Whatever is alike is told at the verdict as a finding, and is a tie of a link besides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import product
from uuid import UUID

from pydantic import ValidationError

from models.finding import Finding
from models.fingerprint import DocumentFingerprint
from models.footage_print import FootagePrint
from models.link import Held, Holder, Identifier, LinkKind
from models.person import FaceTemplate
from service.linkage.faces import FaceIndexes
from service.store.errors import NotFound
from service.store.keys import Unopenable
from service.store.store import OfTenant
from service.store.tables import Verification
from service.workflow.pipeline import Step, StepResult
from verifiers.documents.forensics.reuse import lookup_keys, lookup_queries
from verifiers.documents.forensics.reuse_rules import reused
from verifiers.faces.seen_before import AlikePair, nearest_strong, seen_before
from verifiers.liveness import footage_print
from verifiers.liveness.footage_reused import footage_reused, footage_sent_before

UNREADABLE = (NotFound, Unopenable, ValidationError)
"""What is raised where something of another candidate is gone or damaged, which is no fault of the
one whose case it is: nothing is known of that other then."""

_NEAREST = 10
"""Other candidates looked at for each template: nobody needs a longer list to begin looking."""

ALIKE = {
    LinkKind.FACE: "a face",
    LinkKind.DOCUMENT_PICTURE: "the same picture of a document",
}
"""Ties that are found by likeness and not by a digest, and all that a reader is told of them."""

_SAME_PICTURE = "document.reused.picture"
"""One table or one portrait on two pictures may be chance, or a copy shop's: that is no tie."""


def reused_pictures(
    t: OfTenant, verification: UUID, own: Sequence[DocumentFingerprint]
) -> tuple[Finding, ...]:
    """At most one finding for each other verification: the gravest of its pairs of pictures."""
    return tuple(finding for _, finding in _pictures(t, verification, own))


def same_pictures(t: OfTenant, verification: UUID, own: Sequence[DocumentFingerprint]) -> Held:
    """The other candidates who sent one of these very pictures, as a tie."""
    found = _pictures(t, verification, own)
    others = (other for other, finding in found if finding.code == _SAME_PICTURE)
    return held_alike(LinkKind.DOCUMENT_PICTURE, _holders(t, others))


def reused_footage(
    t: OfTenant, verification: UUID, own: Sequence[FootagePrint]
) -> tuple[Finding, ...]:
    """The same footage sent for another candidate, or by this one at another stage."""
    asked = {key for print_ in own for key in footage_print.lookup_queries(print_)}
    if not asked:
        return ()
    step = Step.PRESENCE.value
    row = t.verifications.get(verification)
    before = (
        (other, result)
        for other, result in t.pictures.of_candidate(verification, asked, step)
        if _at_earlier_stage(t.verifications.get(other), row)
    )
    linked = _reused(own, t.pictures.of_others(verification, asked, step), footage_reused, str)
    again = _reused(
        own, before, footage_sent_before, lambda other: _stage(t.verifications.get(other))
    )
    # Of one recording that was sent at many stages, once is enough.
    return (*linked, *{finding.seen[0].file: finding for finding in again}.values())


def remember(
    t: OfTenant,
    verification: UUID,
    documents: Sequence[DocumentFingerprint],
    footage: Sequence[FootagePrint],
) -> None:
    """Let later candidates' pictures and footage be held against these."""
    keys = {key for print_ in documents for key in lookup_keys(print_)}
    keys |= {key for print_ in footage for key in footage_print.lookup_keys(print_)}
    t.pictures.remember(verification, keys)


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
    subject = t.verifications.get(verification).subject_id
    return tuple(
        seen_before(
            pair,
            searched=t.faces.others(pair.own.engine, without=subject),
            reference=str(other),
        )
        for other, pair in _faces(t, faces, verification, own) or ()
    )


def same_faces(
    t: OfTenant, faces: FaceIndexes, verification: UUID, own: Sequence[FaceTemplate]
) -> Held | None:
    """The other candidates found by `faces_seen_before`, as a tie; `None` where none was sought."""
    found = _faces(t, faces, verification, own)
    if found is None:
        return None
    return held_alike(LinkKind.FACE, _holders(t, (other for other, _ in found)))


def held_alike(kind: LinkKind, others: Iterable[Holder]) -> Held:
    """A tie by likeness, held by these others, each person once.

    It has no canonical form, and so no digest to be kept: `canonical` only tells it from others.
    """
    people: dict[str, Holder] = {}
    for other in others:
        people.setdefault(other.person, other)
    return Held(
        identifier=Identifier(kind=kind, canonical=kind.value, masked=ALIKE[kind]),
        holders=tuple(people.values()),
        people=len(people),
    )


def _holders(t: OfTenant, verifications: Iterable[UUID]) -> Iterator[Holder]:
    for case in verifications:
        yield Holder(person=str(t.verifications.get(case).subject_id), case=str(case))


def _pictures(
    t: OfTenant, verification: UUID, own: Sequence[DocumentFingerprint]
) -> Iterator[tuple[UUID, Finding]]:
    """Other verifications, each with the gravest finding of its pairs of pictures."""
    asked = {key for print_ in own for key in lookup_queries(print_)}
    others = t.pictures.of_others(verification, asked, Step.FORENSICS.value) if asked else ()
    for other, result in others:
        if finding := _gravest(_links(own, other, result)):
            yield other, finding


def _faces(
    t: OfTenant, faces: FaceIndexes, verification: UUID, own: Sequence[FaceTemplate]
) -> list[tuple[UUID, AlikePair]] | None:
    """Other verifications with a face as near as one person's are, the nearest first.

    `None` where there is no face to search for, or no consent to.
    """
    if not own or not t.results.may_search(verification):
        return None
    subject = t.verifications.get(verification).subject_id
    others = {
        one.verification
        for template in own
        for one in faces.search(t, template, _NEAREST, without=[subject])
    }
    kept = t.faces.kept(others).items()
    alike = [(other, pair) for other, theirs in kept if (pair := nearest_strong(own, theirs))]
    return sorted(alike, key=lambda each: each[1].distance)


def _links(own: Sequence[DocumentFingerprint], other: UUID, result: bytes) -> Iterator[Finding]:
    theirs: Sequence[DocumentFingerprint] = ()
    with suppress(*UNREADABLE):
        theirs = StepResult.model_validate_json(result).fingerprints
    for one in own:
        for print_ in theirs:
            if finding := reused(one, print_, reference=str(other)):
                yield finding


def _reused(
    own: Sequence[FootagePrint],
    others: Iterable[tuple[UUID, bytes]],
    rule: Callable[..., Finding | None],
    called: Callable[[UUID], str],
) -> Iterator[Finding]:
    """At most one finding for each other verification."""
    for other, result in others:
        theirs: Sequence[FootagePrint] = ()
        with suppress(*UNREADABLE):
            theirs = StepResult.model_validate_json(result).footage_prints
        found = (rule(one, print_, reference=called(other)) for one, print_ in product(own, theirs))
        yield from [finding for finding in found if finding][:1]


def _at_earlier_stage(other: Verification, row: Verification) -> bool:
    """A verification ordered anew at the same stage may well bring the same recording."""
    return other.created_at < row.created_at and other.stage != row.stage


def _stage(row: Verification) -> str:
    return f"the {row.stage} of {row.created_at:%-d %B %Y}"


def _gravest(findings: Iterator[Finding]) -> Finding | None:
    return max(findings, key=lambda f: f.strength.rank if f.strength else 0, default=None)
