"""How much of a recording could be judged: nobody is held to what it does not allow to be seen."""

from enum import StrEnum

from models.base import Model


class Aspect(StrEnum):
    """What is looked for in a recording."""

    CHALLENGE = "challenge"
    """Did the person do what they were asked to?"""
    DEPTH = "depth"
    """Is there a head behind the face? Takes a turn."""
    MOTION = "motion"
    """Is it a still, or the same piece again and again?"""
    CAMERA = "camera"
    """Does it come from a camera?"""


class AspectJudged(Model):
    """Whether one recording allowed to judge one aspect."""

    file: str
    aspect: Aspect
    judged: bool
    said: str
    """What came of it, or why nothing did: a sentence."""
