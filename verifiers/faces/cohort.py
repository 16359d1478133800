"""The cohort test: are two faces nearer to each other than both are to other people?

A distance that is rare between two people of one population is common between two of another, and
which population a face belongs to is not asked, guessed or kept here. The tenant's other candidates
tell it without a label: whoever is near to many of them is near to everybody in that crowd, and has
to be nearer still to count as one person. So the distance is taken less the mean, over both sides,
of the side's own distance to the people next to it: the very nearest is skipped (it may be the same
person under another account), the next five are averaged.

It needs people who are comparable, and whether there are any cannot be seen from a picture. So by
default the test only takes support away; it gives some only where an operator has put on record
that the gallery covers the applicants (`GalleryCoverage`).

Where the limits come from: 33 people of three sets (news photographs, a television series, a
webcam), 40 identity-disjoint splits, one photograph against a template of five with 10
augmentations each. At -.12, genuine pairs rejected 2.9, 2.0 and .8 %, impostors accepted .03, .47
and .02 %; together with a raw distance of .33 at most, 3.5, 2.0 and .8 %, and 0, 0 and .02 %. With
7 or more comparable people in the gallery; with none, 15.7 % of impostors were accepted. Z-norm,
T-norm, S-norm and centring all failed on these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.person import Band, FaceTemplate
from models.policy import GalleryCoverage
from verifiers.faces.matching import PairKind, distance

LEAST_PEOPLE = 20
"""Other people that a gallery must hold before it says anything."""
STRONG, MODERATE = -0.12, -0.10
"""How much nearer than the people next to them two faces must be for support of either strength."""
COVERED = 0.33
"""Where the gallery covers the applicants, a distance in colour up to this is `moderate` too."""

_SKIPPED, _AVERAGED = 1, 5
"""Of the people nearest to a side."""


class CohortAnswer(StrEnum):
    """What the test says."""

    PASSED = "passed"
    FAILED = "failed"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class CohortTest:
    """Two faces beside the other people of a gallery."""

    people: int
    """Others that they could be compared with."""
    relative: float | None
    """Their distance less the mean of both to others; `None` where these are too few."""

    @property
    def answer(self) -> CohortAnswer:
        if self.relative is None:
            return CohortAnswer.TOO_FEW
        return CohortAnswer.PASSED if self.relative <= MODERATE else CohortAnswer.FAILED

    @property
    def told(self) -> str:
        """In one sentence, for the person who is to look."""
        return f"{'not made' if self.relative is None else self.answer}: {self.measured}"

    @property
    def measured(self) -> str:
        """What the answer rests on, in words."""
        if self.relative is None:
            return f"{self.people} other people to compare with, {LEAST_PEOPLE} are needed"
        side = "nearer to each other than to" if self.relative <= 0 else "further apart than from"
        return (
            f"{abs(self.relative):.2f} {side} those next to them "
            f"among {self.people} other people; support asks for {-MODERATE:.2f} nearer"
        )


def cohort_test(
    one: FaceTemplate, other: FaceTemplate, gallery: Sequence[FaceTemplate]
) -> CohortTest:
    """Two templates of one engine beside the gallery's, one template a person.

    Whoever calls leaves out what belongs to the same account, and nothing for being close. Of
    another engine's templates nothing can be learnt: they do not count.
    """
    vectors = [each.vector for each in gallery if each.engine == one.engine]
    if len(vectors) < LEAST_PEOPLE:
        return CohortTest(len(vectors), None)
    others = np.array(vectors)
    around = [_to_next(np.array(side.vector), others) for side in (one, other)]
    return CohortTest(len(vectors), distance(one, other) - sum(around) / 2)


def with_cohort(
    band: Band,
    apart: float,
    kind: PairKind,
    test: CohortTest,
    coverage: GalleryCoverage | None = None,
    *,
    colourless: bool = False,
) -> Band:
    """The band that a distance has, once the test is heard.

    It takes support away, or turns `strong` into `moderate`. Only with the operator's word that the
    gallery covers the applicants does it give any; to no two single photographs and to no pair of
    which a side is `colourless`, for which it was not measured.
    """
    if test.relative is None:
        return band
    if band in (Band.STRONG, Band.MODERATE):
        if test.relative > MODERATE:
            return Band.UNKNOWN
        return band if test.relative <= STRONG else Band.MODERATE
    if (
        coverage
        and not colourless
        and band is Band.UNKNOWN
        and kind is not PairKind.PHOTO_PHOTO
        and apart <= COVERED
        and test.relative <= STRONG
    ):
        return Band.MODERATE
    return band


def _to_next(side: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """The mean distance to the people next to this one."""
    apart = np.sort(np.linalg.norm(others - side, axis=1))
    return float(apart[_SKIPPED : _SKIPPED + _AVERAGED].mean())
