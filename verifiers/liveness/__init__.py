"""Liveness: was a live person in front of the camera?

Read in this order: `plane` (does the face move as one plane), `geometry` (what a turn shows of
depth), `motion` (still, repeated, blinking), `challenge` (what was asked, and done), `injection`
(is it a camera), `passive` (print and screens), `continuity` and `footage_print` (one footage, and
the same one again), `one_clip` (all of it on one recording), `verify` (the whole check).
"""

from verifiers.liveness.challenge import ChallengeResult, NothingToAsk, new_challenge
from verifiers.liveness.one_clip import Asked
from verifiers.liveness.verify import LivenessFrame, LivenessResult, Role, verify_liveness

__all__ = [
    "Asked",
    "ChallengeResult",
    "LivenessFrame",
    "LivenessResult",
    "NothingToAsk",
    "Role",
    "new_challenge",
    "verify_liveness",
]
