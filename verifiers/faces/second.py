"""A second engine beside the first: a match needs both.

Engines fail on different people. The first one's bands decide as ever; each other one that is
installed is asked about the same faces, one against one, and where it does not support what the
first supports, nothing follows and a person looks. It is not calibrated as the first is, so the one
threshold that its description states is read as `moderate`, never as more, and it neither
contradicts nor clears anybody of a contradiction. Where it states how rarely it supports two
people, its support may raise the first engine's band by one (`raising`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from models.person import Band
from models.weights import SupportUpTo
from verifiers.face_engine import Descriptors, Face, TrackedFace
from verifiers.picture import Pixels


class SecondEngine(Protocol):
    """Describes faces that the first engine found."""

    @property
    def name(self) -> str:
        """Name and version."""
        ...

    @property
    def support(self) -> SupportUpTo | None:
        """Up to which distance two photographs count as one person."""
        ...

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        """One descriptor a face, `(n, d)`, each of unit length."""
        ...


@dataclass(frozen=True)
class Opinion:
    """What a second engine says of two people."""

    engine: str
    distance: float
    """On average over each single face of one against each of the other: the threshold and the rate
    that are stated hold for two photographs, and means of several draw strangers nearer."""
    support: SupportUpTo

    @property
    def band(self) -> Band:
        """`moderate` or `unknown`: it is not measured well enough for more."""
        return Band.MODERATE if self.distance <= self.support.distance else Band.UNKNOWN

    @property
    def told(self) -> str:
        """In one sentence."""
        rate = self.support.impostor_rate
        known = f"{100 * rate:g} % of impostors" if rate else "no rate of impostors is stated"
        return (
            f"{self.engine}: distance {self.distance:.2f}, the same person up to "
            f"{self.support.distance:.2f} ({known})"
        )


def opinion(
    engine: SecondEngine, one: Sequence[TrackedFace], other: Sequence[TrackedFace]
) -> Opinion:
    """What the engine says of the faces of one person and those of another, at least one each.

    Raises `ValueError` where the engine has no threshold, and so nothing to say.
    """
    if engine.support is None:
        raise ValueError(f"{engine.name} states no distance of support")
    ours, theirs = _described(engine, one), _described(engine, other)
    apart = np.linalg.norm(ours[:, None] - theirs[None], axis=2)
    return Opinion(engine.name, float(apart.mean()), engine.support)


def disagreeing(band: Band, opinions: Sequence[Opinion]) -> tuple[Opinion, ...]:
    """The opinions that do not share the first engine's support; with any, the band is `unknown`.

    Empty where the first engine supports nothing.
    """
    if band not in (Band.STRONG, Band.MODERATE):
        return ()
    return tuple(o for o in opinions if o.band is Band.UNKNOWN)


_ALONE = "By the first engine alone both are one person."


def disagreement(opinions: Sequence[Opinion]) -> str:
    """Which engines disagreed, for the person who is to look."""
    return (
        f"{_ALONE} Another engine disagrees, so a person must look: "
        f"{'; '.join(o.told for o in opinions)}."
    )


def not_asked(unheard: Sequence[str]) -> str:
    """Which installed engines could not be asked and why, for the person who is to look."""
    return (
        f"{_ALONE} An installed engine could not be asked, so a person must look: "
        f"{'; '.join(unheard)}."
    )


def _described(engine: SecondEngine, faces: Sequence[TrackedFace]) -> Descriptors:
    return np.array([engine.describe(seen.frame.pixels, (seen.face,))[0] for seen in faces])
