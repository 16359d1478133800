"""Is it the person of an earlier stage? The live template now against those kept then.

Two independent comparisons, because a stand-in can pass one: against the portrait on the document
of then (`continuity.id_portrait`) and against the person in the footage of then
(`continuity.earlier_capture`).
"""

from collections.abc import Sequence

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.person import Band, FaceTemplate, TemplateKind
from verifiers.faces.findings import SOMEONE_ELSE_WORKS, STANDS_IN, compared
from verifiers.faces.matching import NotComparableError, bands_for, distance

_COMPARISONS = (
    (TemplateKind.PORTRAIT, "continuity.id_portrait", "the portrait on the earlier document"),
    (TemplateKind.LIVE, "continuity.earlier_capture", "the person in the earlier footage"),
)


def continuity(
    live: FaceTemplate | None,
    earlier: Sequence[FaceTemplate],
    *,
    problems: Sequence[str],
    where: Sequence[Seen],
) -> tuple[Finding, ...]:
    """One finding per comparison, or the reason why it could not be made.

    `live` is the candidate now, `None` where no face was seen; `problems` says what is wrong with
    its quality; `where` are the frames it was made from; `earlier` the templates kept then.
    """
    if not earlier:
        reason = "The earlier report kept no face template, because that was not asked for then."
        return (_not_compared(reason, "Nothing is needed from you.", where),)
    if live is None or problems:
        reason = " ".join(dict.fromkeys(problems)) or "No face was seen in the footage."
        return (_not_compared(reason, f"Please record yourself again. {reason}", where),)
    return tuple(
        _compare(live, template, code, whom, where)
        for kind, code, whom in _COMPARISONS
        for template in earlier
        if template.kind is kind
    )


def _compare(
    live: FaceTemplate, then: FaceTemplate, code: str, whom: str, where: Sequence[Seen]
) -> Finding:
    try:
        apart, bands = distance(live, then), bands_for(live, then)
    except NotComparableError as error:
        reason = f"It cannot be compared with {whom}: {error}."
        return _not_compared(reason, "Nothing is needed from you.", where)
    band = bands.band(apart)
    seen = (Seen(what="compared with", value=whom), *compared(apart, bands, where))
    if band is Band.UNKNOWN:
        return Finding(
            code="continuity.undecided",
            check=Check.CONTINUITY,
            status=Status.UNKNOWN,
            evidence_class=EvidenceClass.BIOMETRIC,
            seen=seen,
            for_recruiter=f"The distance {apart:.2f} to {whom} fits the same person as well as two "
            "people: a person must look.",
            for_candidate="We could not tell by machine that you are the person of the earlier "
            "stage; a person will look.",
            innocent_explanation=_CHANGED_LOOKS,
            question="A recording without glasses and in even light may settle it.",
        )
    if band is Band.CONTRADICTS:
        return Finding(
            code=code,
            check=Check.CONTINUITY,
            status=Status.CONTRADICTS,
            strength=Strength.STRONG,
            evidence_class=EvidenceClass.BIOMETRIC,
            seen=seen,
            indicators=(STANDS_IN, SOMEONE_ELSE_WORKS),
            for_recruiter=f"The person in the footage now is not {whom} (distance {apart:.2f}).",
            for_candidate=f"Your recording does not show {whom}.",
            innocent_explanation=_CHANGED_LOOKS + " The earlier report may be another candidate's.",
            question="Please send a new recording in even light; a meeting in person would settle "
            "it as well.",
        )
    return Finding(
        code=code,
        check=Check.CONTINUITY,
        status=Status.SUPPORTS,
        strength=Strength(band.value),
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=seen,
        indicators=(STANDS_IN, SOMEONE_ELSE_WORKS),
        for_recruiter=f"The person in the footage now is {whom} (distance {apart:.2f}, band "
        f"{band.value}).",
        for_candidate="You are the person of the earlier stage.",
    )


_CHANGED_LOOKS = (
    "A beard, glasses, make-up, illness, another camera or strong light from one side since then."
)


def _not_compared(reason: str, for_candidate: str, where: Sequence[Seen]) -> Finding:
    return Finding(
        code="continuity.not_compared",
        check=Check.CONTINUITY,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=tuple(where),
        for_recruiter=f"Whether this is the person of the earlier stage was not judged. {reason}",
        for_candidate=for_candidate,
    )
