"""Is it the person of the earlier stages? The live template now against all that was kept then.

Two independent kinds of comparison, because a stand-in can pass one: against the portraits on the
documents of then (`continuity.id_portrait`) and against the people in the footage of then
(`continuity.earlier_capture`). Several captures of one kind stay one kind. Where more than one
capture was kept, `continuity.person_changed_between` says when the person changed; it is drawn from
the same faces and is no further independent evidence.

Templates are kept of the first engine alone, so no other one can be asked. Where others are
installed, whose support a match of the portrait needs, agreement is `moderate` at most.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.finding import Check, EvidenceClass, Finding, Seen, Status, Strength
from models.person import Band, EarlierCapture, FaceTemplate, TemplateKind
from models.stage import Stage
from verifiers.faces import chronology
from verifiers.faces.chronology import Relations
from verifiers.faces.findings import SOMEONE_ELSE_WORKS, STANDS_IN, TURN_THE_HEAD, compared
from verifiers.faces.matching import (
    FULL_FACES,
    NOT_MEASURED,
    NotComparableError,
    bands_for,
    distance,
)

_COMPARISONS = (
    (TemplateKind.PORTRAIT, "continuity.id_portrait", "the person on the document of"),
    (TemplateKind.LIVE, "continuity.earlier_capture", "the person in the footage of"),
)
_CHANGED_LOOKS = (
    "A beard, glasses, make-up, illness, another camera or strong light from one side since then."
)
_RECORD_AGAIN = (
    "Please send a new recording in even light; a meeting in person would settle it as well."
)


def continuity(
    live: FaceTemplate | None,
    earlier: Sequence[EarlierCapture],
    *,
    problems: Sequence[str],
    where: Sequence[Seen],
    others: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """One finding per comparison, or the reason why it could not be made; then when it changed.

    `live` is the candidate now, `None` where no face was seen; `problems` says what is wrong with
    it; `where` are the frames it was made from; `others` are the other installed engines. Agreement
    with one capture supports nothing while another contradicts: it is told as `unknown`.
    """
    points = _points(earlier)
    kept = [point for point in points if point.capture.templates]
    nothing_kept = [_nothing_kept(point) for point in points if not point.capture.templates]
    if not kept:
        reason = "There is no earlier verification to compare with."
        return tuple(nothing_kept) or (_not_compared(reason, where),)
    if live is None or problems:
        reason = " ".join(dict.fromkeys(problems)) or "No face was seen in the footage."
        again = f"Please record yourself again. {reason}"
        return (_not_compared(reason, where, for_candidate=again), *nothing_kept)
    made = [
        _compare(live, template, code, f"{whom} {point.name}", point, where, others)
        for point in kept
        for kind, code, whom in _COMPARISONS
        for template in point.capture.templates
        if template.kind is kind
    ]
    changed = _changed_between(live, kept) if len(kept) > 1 else []
    differs = bool(changed) or any(
        isinstance(one, _Compared) and one.band is Band.CONTRADICTS for one in made
    )
    told = [_told(one, differs=differs) if isinstance(one, _Compared) else one for one in made]
    return (*told, *nothing_kept, *changed)


@dataclass(frozen=True)
class _Point:
    """An earlier capture, and what it is called: stage and date."""

    capture: EarlierCapture
    name: str

    @property
    def seen(self) -> Seen:
        return Seen(what="earlier verification", value=str(self.capture.verification))


def _points(earlier: Sequence[EarlierCapture]) -> list[_Point]:
    """In order of time; the time of day is named where stage and date would name two."""
    captures = sorted(earlier, key=lambda capture: capture.captured_at)
    days = Counter((capture.stage, capture.captured_at.date()) for capture in captures)
    points = []
    for capture in captures:
        moment = capture.captured_at
        stage = "periodic check" if capture.stage is Stage.PERIODIC else capture.stage.value
        time = f" at {moment:%H:%M:%S}" if days[capture.stage, moment.date()] > 1 else ""
        points.append(_Point(capture, f"the {stage} on {moment.day} {moment:%B %Y}{time}"))
    return points


@dataclass(frozen=True)
class _Compared:
    """The person now beside one template of then."""

    code: str
    whom: str
    """Whom the template shows, and when."""
    apart: float
    band: Band
    seen: tuple[Seen, ...]
    may_settle: str
    """What to ask for where a person has to look."""


def _compare(
    live: FaceTemplate,
    then: FaceTemplate,
    code: str,
    whom: str,
    point: _Point,
    where: Sequence[Seen],
    others: Sequence[str],
) -> _Compared | Finding:
    which = (Seen(what="compared with", value=whom), point.seen)
    try:
        apart, bands = distance(live, then), bands_for(live, then)
    except NotComparableError as error:
        return _not_compared(f"It cannot be compared with {whom}: {error}.", (*which, *where))
    if not bands.measured:
        return _not_compared(f"A person must look: {NOT_MEASURED}.", (*which, *where))
    seen = (*which, *compared(apart, bands, where))
    band = bands.band(apart)
    if others and band is Band.STRONG:
        band = Band.MODERATE
        told = f"not asked, as they kept nothing of then: {', '.join(others)}; so moderate at most"
        seen += (Seen(what="other engines", value=told),)
    may_settle = "A recording without glasses and in even light may settle it."
    if live.faces < FULL_FACES:
        may_settle += f" {TURN_THE_HEAD}"
    return _Compared(code, whom, apart, band, seen, may_settle)


def _told(made: _Compared, *, differs: bool) -> Finding:
    """What one comparison says; `differs` where any of them shows another person."""
    whom, apart = made.whom, made.apart
    if made.band is Band.UNKNOWN:
        return _finding(
            "continuity.undecided",
            Status.UNKNOWN,
            made.seen,
            for_recruiter=f"The distance {apart:.2f} to {whom} fits the same person as well as two "
            "people: a person must look.",
            for_candidate="We could not tell by machine that you are the person of the earlier "
            "stage; a person will look.",
            innocent=_CHANGED_LOOKS,
            question=made.may_settle,
        )
    if made.band is Band.CONTRADICTS:
        return _finding(
            made.code,
            Status.CONTRADICTS,
            made.seen,
            strength=Strength.STRONG,
            for_recruiter=f"The person in the footage now is not {whom} (distance {apart:.2f}).",
            for_candidate=f"Your recording does not show {whom}.",
            innocent=f"{_CHANGED_LOOKS} The earlier verification may be another candidate's.",
            question=_RECORD_AGAIN,
        )
    agrees = f"The person in the footage now is {whom} (distance {apart:.2f}, band {made.band})"
    return _finding(
        made.code,
        Status.UNKNOWN if differs else Status.SUPPORTS,
        made.seen,
        strength=None if differs else Strength(made.band.value),
        for_recruiter=f"{agrees}, which supports nothing while another comparison shows someone "
        "else."
        if differs
        else f"{agrees}.",
        for_candidate=f"You are {whom}.",
    )


def _changed_between(live: FaceTemplate, kept: Sequence[_Point]) -> list[Finding]:
    """One finding for each interval in which the person surely changed."""
    found = chronology.relations([*(point.capture.templates for point in kept), (live,)])
    return [_change(start, end, kept, found) for start, end in chronology.changes(found)]


def _change(start: int, end: int, kept: Sequence[_Point], found: Relations) -> Finding:
    names = [*(point.name for point in kept), "today"]
    between = " and ".join(names[start + 1 : end])
    undecided = f" What was kept of {between} does not narrow this." if between else ""
    seen = [
        Seen(what=f"{names[one]} and {names[other]}", value=relation.value)
        for (one, other), relation in found.items()
        if {one, other} & {start, end}
    ]
    return _finding(
        "continuity.person_changed_between",
        Status.CONTRADICTS,
        (*(point.seen for point in kept[start : end + 1]), *seen),
        strength=Strength.STRONG,
        for_recruiter=f"The person changed between {names[start]} and {names[end]}.{undecided}",
        for_candidate=f"What you sent at {names[start]} and what you sent "
        f"{'' if end == len(kept) else 'at '}{names[end]} do not show the same person.",
        innocent=f"{_CHANGED_LOOKS} One of the verifications may be another candidate's.",
        question=_RECORD_AGAIN,
    )


def _nothing_kept(point: _Point) -> Finding:
    reason = (
        f"No face template of {point.name} was kept: none is without the candidate's consent, or "
        "without a good view of the face."
    )
    return _not_compared(reason, (point.seen,))


def _not_compared(
    reason: str, seen: Sequence[Seen], *, for_candidate: str = "Nothing is needed from you."
) -> Finding:
    return _finding(
        "continuity.not_compared",
        Status.UNKNOWN,
        tuple(seen),
        for_recruiter=f"Whether this is the person of the earlier stage was not judged. {reason}",
        for_candidate=for_candidate,
    )


def _finding(
    code: str,
    status: Status,
    seen: tuple[Seen, ...],
    *,
    strength: Strength | None = None,
    for_recruiter: str,
    for_candidate: str,
    innocent: str | None = None,
    question: str | None = None,
) -> Finding:
    return Finding(
        code=code,
        check=Check.CONTINUITY,
        status=status,
        strength=strength,
        evidence_class=EvidenceClass.BIOMETRIC,
        seen=seen,
        indicators=() if strength is None else (STANDS_IN, SOMEONE_ELSE_WORKS),
        for_recruiter=for_recruiter,
        for_candidate=for_candidate,
        innocent_explanation=innocent,
        question=question,
    )
