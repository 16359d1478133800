"""What two alike pictures of two candidates come to: at most one finding a pair, the gravest.

Strengths follow the table of docs/decision.md and the measured rates of `bench/reused.py`.
"""

from collections.abc import Sequence

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.fingerprint import DocumentFingerprint, Likeness, Part
from verifiers.documents.forensics.reuse import compare

_NOT_AGAINST = {Part.PORTRAIT: 0.12, Part.SURROUNDINGS: 0.25}
"""What else can be compared must come so near before a photograph is called the same: documents of
one layout that lie straight are framed alike (one of 1,326 honest pairs came to 0.04). The framing
of a part is not asked for: every crop changes it."""

_INNOCENT = (
    "The same person applied twice, or members of one household sent their own documents with one "
    "another's pictures by mistake."
)
_QUESTION = "Please show your document in person or in a live call."


def reused(
    own: DocumentFingerprint, other: DocumentFingerprint, *, reference: str
) -> Finding | None:
    """The link between this candidate's picture and another candidate's; `None` without one.

    `reference` names the other verification to the recruiter, without saying whose it is. The
    caller compares only with other candidates: one sends the same picture at two stages.
    """
    likenesses = compare(own, other)
    alike = {likeness.part for likeness in likenesses if likeness.alike}
    against = any(like.distance > _NOT_AGAINST.get(like.part, 1.0) for like in likenesses)
    portraits = any(likeness.part is Part.PORTRAIT for likeness in likenesses)
    if not against and (Part.PICTURE in alike or (Part.SURROUNDINGS in alike and portraits)):
        return _finding(
            own,
            likenesses,
            reference,
            code="document.reused.picture",
            strength=Strength.STRONG,
            told="is the same photograph as one sent for another candidate",
            candidate="The picture of your document is the same as one that was sent to us before.",
            innocent=_INNOCENT,
        )
    if Part.PORTRAIT in alike:
        # Of portraits bent from two photographs, too many are alike by chance to call it strong;
        # a comparison of the two faces can settle it.
        return _finding(
            own,
            likenesses,
            reference,
            code="document.reused.portrait",
            strength=Strength.MODERATE,
            told="bears the same portrait as the document of another candidate",
            candidate="The portrait on your document is one that was sent to us on another.",
            innocent="The same person applied twice, with two documents made from one photograph.",
        )
    if Part.SURROUNDINGS in alike:
        return _finding(
            own,
            likenesses,
            reference,
            code="document.reused.surroundings",
            strength=Strength.MODERATE,
            told="lies in the same surroundings, at the same place, as the document of another "
            "candidate",
            candidate="Your document was photographed in the same place as one sent to us before.",
            innocent="Two people photographed their documents on one stand, at a copy shop or an "
            "agency, or with an app that lays documents on a background of its own.",
        )
    return None


def _finding(
    own: DocumentFingerprint,
    likenesses: Sequence[Likeness],
    reference: str,
    *,
    code: str,
    strength: Strength,
    told: str,
    candidate: str,
    innocent: str,
) -> Finding:
    measured = tuple(
        Seen(
            what=f"{likeness.part.value}, share of {likeness.common} features that differ "
            f"(alike up to {likeness.alike_to:g})",
            value=round(likeness.distance, 3),
            file=own.file,
            page=own.page,
        )
        for likeness in likenesses
    )
    return Finding(
        code=code,
        check=Check.DOCUMENT,
        status=Status.CONTRADICTS,
        strength=strength,
        evidence_class=EvidenceClass.LINKAGE,
        seen=measured,
        for_recruiter=f"The picture {told} (verification {reference}).",
        for_candidate=candidate,
        innocent_explanation=innocent,
        question=_QUESTION,
    )
