"""One recording, looked at in every way: geometry, motion, signs, the answer to what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.challenge import AnsweredChallenge, Origin
from models.finding import Finding, Status, Strength
from models.footage_print import FootagePrint
from verifiers.face_engine import TrackedFace
from verifiers.liveness.challenge import ChallengeResult, verify_challenge
from verifiers.liveness.continuity import continuity_signs, gaps, scene_cuts
from verifiers.liveness.footage_print import footage_print
from verifiers.liveness.geometry import Geometry, Shape, measure_geometry
from verifiers.liveness.injection import signs_of_injection
from verifiers.liveness.motion import Motion, measure_motion
from verifiers.liveness.passive import passive_signs
from verifiers.liveness.passive_learned import AttackDetector
from verifiers.liveness.signs import Signs
from verifiers.liveness.swap_signals import swap_signals
from verifiers.picture import Clip


@dataclass(frozen=True, eq=False)
class Asked:
    """What was asked of the person while one recording was made, and the candidate in it."""

    answered: AnsweredChallenge
    faces: tuple[TrackedFace, ...]
    """In as many frames of the recording as they were found in."""
    same_person: bool | None
    """Whether these are one person throughout; `None` where it could not be told."""

    @property
    def by_the_service(self) -> bool:
        return self.answered.challenge.origin is Origin.SERVER


@dataclass(frozen=True, eq=False)
class ClipJudged:
    """What one recording shows."""

    clip: Clip
    geometry: Geometry
    motion: Motion
    signs: Signs
    """Of print, screens, software in the camera's place, gaps and cuts."""
    print: FootagePrint
    asked: Asked | None
    answer: ChallengeResult | None
    """`None` where nothing was asked."""

    @property
    def answers_service(self) -> bool:
        """It was made to answer the service, so nothing else that it shows supports presence."""
        return self.asked is not None and self.asked.by_the_service


def judge(
    clip: Clip,
    faces: Sequence[TrackedFace],
    asked: Asked | None,
    detectors: Sequence[AttackDetector],
) -> ClipJudged:
    """Look at it; `faces` are the candidate's in it, at least one, in order of time."""
    geometry, motion = measure_geometry(faces), measure_motion(clip, faces)
    told = asked.answered.answer if asked else None
    signs = signs_of_injection(clip, faces, told.camera if told else None)
    signs += passive_signs(faces, detectors)
    cuts = scene_cuts(clip)
    signs += _continuity(clip, faces, asked, cuts)
    if asked:  # Only there neighbouring frames were searched.
        signs += swap_signals(clip, faces)
    answer = None
    if asked:
        speaks_against = (
            geometry.shape is Shape.FLAT
            or motion.frozen
            or motion.looped
            or any(_is_strong(finding) for finding in signs.findings)
            or (asked.by_the_service and bool(cuts))
        )
        answer = verify_challenge(
            clip,
            faces,
            asked.answered,
            same_person=asked.same_person,
            contradicted=speaks_against,
        )
    return ClipJudged(clip, geometry, motion, signs, footage_print(clip, faces), asked, answer)


def _continuity(
    clip: Clip, faces: Sequence[TrackedFace], asked: Asked | None, cuts: Sequence[float]
) -> Signs:
    """Whoever comes back among the candidate's faces of the face check was compared there."""
    found = gaps(faces, _searched(clip, faces, closely=asked is not None))
    return continuity_signs(clip, found, cuts, compared=asked is None or bool(asked.same_person))


def _searched(clip: Clip, faces: Sequence[TrackedFace], *, closely: bool) -> list[float]:
    """When faces were looked for: in all frames, or in some of them, evenly spread."""
    if closely:
        return [frame.seconds for frame in clip.frames]
    times = [face.frame.seconds for face in faces]
    if len(times) < 2:
        return []
    # Where faces change, more frames are searched: the wider intervals are those of the spread.
    step = float(np.quantile(np.diff(times), 0.75))
    return np.arange(times[0], times[-1], step).tolist() if step > 0 else []


def _is_strong(finding: Finding) -> bool:
    contradicts = finding.status is Status.CONTRADICTS
    return contradicts and finding.strength is not None and finding.strength >= Strength.STRONG
