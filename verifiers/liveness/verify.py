"""The presence check: was a live person in front of the camera, as far as the footage can show it?

Without a challenge the best answer is `moderate` support: a head, not a picture, turned. Whoever
was asked to do something by the service is judged by that: a recording that does not answer
supports nothing, or a replayed one of the right person would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.challenge import AnsweredChallenge
from models.finding import Finding, Seen, Status
from models.footage_print import FootagePrint
from models.presence import AspectJudged
from verifiers.face_engine import TrackedFace
from verifiers.liveness import findings as say
from verifiers.liveness.challenge import ChallengeResult
from verifiers.liveness.challenges.findings import not_judged
from verifiers.liveness.continuity import handed_in_twice
from verifiers.liveness.geometry import Shape, Turn
from verifiers.liveness.judged import aspects
from verifiers.liveness.one_clip import Asked, ClipJudged, judge
from verifiers.liveness.passive_learned import AttackDetector
from verifiers.picture import Clip


class Role(StrEnum):
    """What a frame shows in the report."""

    FRONTAL = "frontal"
    TURNED = "turned"


@dataclass(frozen=True, eq=False)
class LivenessFrame:
    """A frame the report shows, with the pose that was measured on it."""

    tracked: TrackedFace
    role: Role
    yaw: float
    """Degrees, positive where the nose points to the right of the picture."""
    pitch: float
    """Degrees, positive where the face looks up."""


@dataclass(frozen=True, eq=False)
class LivenessResult:
    """What the footage says about presence."""

    findings: tuple[Finding, ...]
    frames: tuple[LivenessFrame, ...]
    """Of each clip with a measured turn: the most frontal one and both ends of the turn."""
    measures: tuple[Seen, ...]
    """Every figure measured, with its file, whether or not a finding rests on it."""
    challenges: tuple[tuple[AnsweredChallenge, ChallengeResult], ...] = ()
    """What was asked, in the order of the recordings, and what came back."""
    judged: tuple[AspectJudged, ...] = ()
    """How much each recording allowed to judge."""
    prints: tuple[FootagePrint, ...] = ()
    """Of the recordings that show enough of it, by which the same footage is found again."""


def verify_liveness(
    clips: Sequence[Clip],
    candidate: Sequence[TrackedFace],
    asked: Sequence[Asked] = (),
    detectors: Sequence[AttackDetector] = (),
) -> LivenessResult:
    """Geometry and motion of each clip at the candidate's face, and how it answers what was asked.

    `candidate` are the faces of the one person who is verified, over the sampled frames of the
    clips (their `file` says of which); nothing is detected again. Clips whose geometry could not be
    judged are named only where no other clip could be: one good recording is enough. So it is with
    rounds of a challenge: where one is answered, no other is asked for. `detectors` are an
    operator's, whose figures are told beside the rest.
    """
    if not clips:
        return LivenessResult((say.missing(),), (), ())
    by_file = {one.answered.file: one for one in asked}
    judged, unusable = [], []
    answers: list[tuple[AnsweredChallenge, ChallengeResult]] = []
    for clip in clips:
        wanted = by_file.get(clip.file)
        faces = _faces_in(clip, candidate, wanted)
        answer = None
        if not faces:
            unusable.append(say.no_face(clip.file, len(clip.frames)))
        elif len(clip.frames) == 1:
            unusable.append(say.photograph(clip.file))
        else:
            judged.append(judge(clip, faces, wanted, detectors))
            answer = judged[-1].answer
        if wanted:
            answers.append((wanted.answered, answer or _unanswered(wanted.answered)))
    free = [each for each in judged if not each.answers_service]
    told = [_on_geometry(each) for each in judged]
    decided = [
        finding
        for each, finding in zip(judged, told, strict=True)
        if finding.status is Status.CONTRADICTS or (each in free and finding.strength)
    ]
    on_challenges = _on_challenges([answer for _, answer in answers])
    supported = [f for f in (*decided, *on_challenges) if f.status is Status.SUPPORTS]
    # Whoever is asked for a new challenge is not asked for another recording as well.
    undecided = [] if on_challenges else [f for f in told if f.strength is None]
    found = decided if decided or supported else [*undecided, *unusable]
    found += on_challenges
    found += [finding for each in judged for finding in _on_motion(each)]
    found += [finding for each in judged for finding in each.signs.findings]
    found += handed_in_twice([each.print for each in judged if each.answers_service])
    return LivenessResult(
        findings=tuple(found),
        frames=tuple(frame for each in judged for frame in _frames_shown(each.geometry.turn)),
        measures=tuple(seen for each in judged for seen in _measures(each)),
        challenges=tuple(answers),
        judged=tuple(aspect for each in judged for aspect in aspects(each)),
        prints=tuple(each.print for each in judged if each.print.moments),
    )


def _faces_in(
    clip: Clip, candidate: Sequence[TrackedFace], asked: Asked | None
) -> tuple[TrackedFace, ...]:
    faces = asked.faces if asked else candidate
    mine = (tracked for tracked in faces if tracked.file == clip.file)
    return tuple(sorted(mine, key=lambda tracked: tracked.frame.seconds))


def _unanswered(answered: AnsweredChallenge) -> ChallengeResult:
    why = "the candidate's face was not found in it"
    return ChallengeResult((not_judged(answered, (), why),))


def _on_challenges(answers: Sequence[ChallengeResult]) -> list[Finding]:
    """Those that support; where none does, what the latest one came to: it is asked for again."""
    supports = [
        finding
        for answer in answers
        for finding in answer.findings
        if finding.status is Status.SUPPORTS
    ]
    return supports or list(answers[-1].findings if answers else ())


def _on_geometry(judged: ClipJudged) -> Finding:
    file, geometry = judged.clip.file, judged.geometry
    if geometry.shape is Shape.FLAT:
        return say.flat(file, geometry)
    if geometry.shape is Shape.DEPTH_SEEN and geometry.turn:
        return say.depth_seen(file, geometry, geometry.turn)
    return say.not_judged(file, geometry)


def _on_motion(judged: ClipJudged) -> Iterator[Finding]:
    clip, motion = judged.clip, judged.motion
    if motion.frozen:
        yield say.frozen(clip, motion)
        return
    if motion.looped:
        yield say.looped(clip, motion)
    if motion.stalled:
        yield say.stalled(clip, *motion.stalled)
    if motion.blinks and not judged.answers_service:
        yield say.blink(clip, motion)


def _frames_shown(turn: Turn | None) -> Iterator[LivenessFrame]:
    if turn is None:
        return
    roles = ((turn.frontal, Role.FRONTAL), *((end, Role.TURNED) for end in turn.ends))
    for face, role in roles:
        yield LivenessFrame(face.tracked, role, face.pose.yaw, face.pose.pitch)


def _measures(judged: ClipJudged) -> tuple[Seen, ...]:
    file = judged.clip.file
    measured = say.geometry_seen(file, judged.geometry) + say.motion_seen(file, judged.motion)
    return measured + judged.signs.measures
