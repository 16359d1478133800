"""When more may be said than the first engine's bands allow: other engines agree, or the portrait
comes from a chip.

The bands were set for one engine in the worst cohort measured, and for a portrait of which nothing
is known. Engines fail on different people, so another one's support makes a look-alike less likely,
as far as it is known how rarely it supports two people. What an issuer signed on a chip
(9303-10 §4.7.2) nobody has exchanged, and no printer has been at it; who looks like its holder
still does. Neither is measured here together with our own engine, so each is worth one step at
most, and only towards support: no step where the cohort test was made and not passed as `strong`
asks, where another engine disagrees, or on top of what an operator's coverage of the gallery
already gave. A cohort test that could not be made, for too few people, stands in no step's way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.person import Band
from verifiers.faces.cohort import STRONG, CohortTest
from verifiers.faces.matching import Bands
from verifiers.faces.second import Opinion

MOST_IMPOSTORS = 0.01
"""An engine's word raises a band only where it states that it supports no more of different
people's pairs than these: what `moderate` means on our own bands."""
FURTHER = 0.05
"""Beyond `moderate`, the furthest that other engines can raise to it: a distance of .33 for a full
template, as far as the cohort test can."""


@dataclass(frozen=True)
class Raise:
    """One step up, and why."""

    before: Band
    band: Band
    reason: str

    @property
    def told(self) -> str:
        """In one sentence, for the person who is to look."""
        return f"from {self.before} to {self.band}, because {self.reason}"


def raised(
    apart: float,
    bands: Bands,
    band: Band,
    test: CohortTest,
    opinions: Sequence[Opinion],
    *,
    signed: bool,
) -> Raise | None:
    """The step that a distance between two good pictures is worth beyond its band.

    `band` is what the cohort test left of the distance's own; `opinions` are those of all other
    engines; `signed` says that the portrait is that of a chip whose issuer is trusted.
    """
    changed_by_cohort = band is not bands.band(apart)
    beside_others = test.relative is None or test.relative <= STRONG
    if changed_by_cohort or not beside_others or any(o.band is Band.UNKNOWN for o in opinions):
        return None
    agree = bool(opinions) and all(map(_sure, opinions))
    if band is Band.MODERATE and agree:
        return Raise(band, Band.STRONG, _AGREE)
    if band is Band.MODERATE and signed:
        return Raise(band, Band.STRONG, _SIGNED)
    if band is Band.UNKNOWN and agree and apart <= bands.moderate + FURTHER:
        return Raise(band, Band.MODERATE, _AGREE)
    return None


_AGREE = f"every other engine agrees, at {100 * MOST_IMPOSTORS:g} % of impostors or fewer"
_SIGNED = "the portrait is that of the chip, signed by its issuer"


def _sure(opinion: Opinion) -> bool:
    """It supports, and is known to support few pairs of different people."""
    rate = opinion.support.impostor_rate
    return opinion.band is Band.MODERATE and rate is not None and rate <= MOST_IMPOSTORS
