"""What it means that footage was handed in before: for another candidate, or by the same one.

Strengths follow docs/decision.md. The same recording of a person for two candidates is a link of
them, `strong`; a candidate's own recording of an earlier stage shows nobody present at this one,
which is `moderate`, as people do send what they have. One verification that was only handed in
again, with the recording made for it, is nothing: the caller compares stages, not attempts.
"""

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.footage_print import FootageLikeness, FootagePrint
from verifiers.liveness.findings import FEED_SOFTWARE
from verifiers.liveness.footage_print import compare

ONE_FACE_TWO_NAMES = "DPRK-ID-15"


def footage_reused(own: FootagePrint, other: FootagePrint, *, reference: str) -> Finding | None:
    """The link to another candidate who sent the same footage; `None` without one.

    `reference` names the other verification to the recruiter, without saying whose it is.
    """
    likeness = compare(own, other)
    if likeness is None or not likeness.alike:
        return None
    return Finding(
        code="presence.reused.other_candidate",
        check=Check.PRESENCE,
        status=Status.CONTRADICTS,
        strength=Strength.STRONG,
        evidence_class=EvidenceClass.LINKAGE,
        seen=_seen(own, likeness),
        indicators=(FEED_SOFTWARE, ONE_FACE_TWO_NAMES),
        for_recruiter=f"{own.file} is the same footage as a recording that was sent for another "
        f"candidate (verification {reference}){_how(likeness)}: the same face moves in the same "
        "way at the same moments.",
        for_candidate="Your recording is one that was sent to us before.",
        innocent_explanation="The same person applied twice, or a recruiter filed one recording "
        "under two candidates.",
        question="Please make a new recording with your own camera.",
    )


def footage_sent_before(
    own: FootagePrint, earlier: FootagePrint, *, reference: str
) -> Finding | None:
    """The same candidate's footage of another stage or round, sent again as new; `None` else.

    `reference` says to the recruiter which that was ("the interview on 3 May 2026").
    """
    likeness = compare(own, earlier)
    if likeness is None or not likeness.alike:
        return None
    return Finding(
        code="presence.reused.sent_before",
        check=Check.PRESENCE,
        status=Status.CONTRADICTS,
        strength=Strength.MODERATE,
        evidence_class=EvidenceClass.PRESENCE,
        seen=_seen(own, likeness),
        indicators=(FEED_SOFTWARE,),
        for_recruiter=f"{own.file} is the same footage as {earlier.file} of {reference}"
        f"{_how(likeness)}: it shows that moment, not this one.",
        for_candidate="Your recording is one that you sent before.",
        innocent_explanation="The earlier recording was taken for good enough, or the wrong file "
        "was chosen.",
        question="Please make a new recording with your own camera.",
    )


def _how(likeness: FootageLikeness) -> str:
    return ", mirrored" if likeness.mirrored else ""


def _seen(own: FootagePrint, likeness: FootageLikeness) -> tuple[Seen, ...]:
    return (
        Seen(
            what=f"share of the movement's bits that differ (the same to {likeness.alike_to:g})",
            value=round(likeness.distance, 3),
            file=own.file,
        ),
        Seen(what="moments compared", value=likeness.moments, file=own.file),
        Seen(what="the other recording runs later by", value=likeness.later, unit="s"),
        Seen(what="mirrored", value=likeness.mirrored),
    )
