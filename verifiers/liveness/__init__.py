"""Liveness: was a live person in front of the camera?

Read in this order: `plane` (does the face move as one plane), `geometry` (what a turn shows of
depth), `motion` (still, repeated, blinking), `findings` (what is said), `verify` (the whole check).
"""

from verifiers.liveness.verify import LivenessFrame, LivenessResult, Role, verify_liveness

__all__ = ["LivenessFrame", "LivenessResult", "Role", "verify_liveness"]
