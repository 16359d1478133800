"""How far apart two face templates are, and what that distance allows to be said.

A distance is Euclidean, between unit vectors: 0 for the same picture, 2 for opposites; one engine's
templates only. It is read on a scale of bands rather than against one threshold, because between
"surely the same" and "surely not" lies a region where a person must look.

Where the bands come from. The starting points are thresholds measured before on 33 people of three
sets (news photographs, a television series, webcams), one portrait against several frames, each at
the impostor rate of its *worst* cohort: .26 (0.1 %), .28 (1 %); the largest genuine distance was
.43. Confirmed, not tuned, with this engine on two sets. LFW: krasserm's subset, 5 people of 10
photographs, hence only 10 pairs of different people; live templates drawn at random from a person's
photographs, 4,000 draws. deepface: its `master.csv`, 38 genuine and 262 impostor pairs.

| pair                          | genuine: median, 99 %, most | impostor: least, 1 %, median |
|-------------------------------|-----------------------------|------------------------------|
| photo, photo (LFW)            | .29  .44  .45               | .41  .43  .54                |
| photo, photo (deepface)       | .21  .36  .38               | .41  .44  .58                |
| portrait, 3 frames (LFW)      | .24  .39  .41               | .38  .41  .52                |
| portrait, 5 frames (LFW)      | .23  .38  .39               | .39  .41  .51                |
| 5 frames, 5 frames (LFW)      | .14  .19  .21               | .37  .39  .48                |

LFW photographs are years apart and frames of one clip are not: a template of look-alike frames
behaves between "photo" and "5 frames". With so few people, "no impostor seen" shows no rate below
a few per cent for people who look alike; relatives and twins stay possible at any distance.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.person import Band, FaceTemplate, TemplateKind

FULL_FACES = 4
"""A live template of so many faces that differ is full; a weaker one counts as one photograph."""


class PairKind(StrEnum):
    """Which two kinds of templates meet; each has its own bands."""

    PHOTO_PHOTO = "photo_photo"
    """Neither side is full: two photographs, or a portrait against a glimpse."""
    PORTRAIT_LIVE = "portrait_live"
    """One side is full: the portrait on a document against footage."""
    LIVE_LIVE = "live_live"
    """Both sides are full: footage against the footage of an earlier stage."""


@dataclass(frozen=True)
class Bands:
    """The upper ends of the bands; beyond `unknown` the distance contradicts."""

    strong: float
    moderate: float
    unknown: float

    def band(self, distance: float) -> Band:
        """The band that a distance falls into; each upper end belongs to its band."""
        if distance <= self.strong:
            return Band.STRONG
        if distance <= self.moderate:
            return Band.MODERATE
        return Band.UNKNOWN if distance <= self.unknown else Band.CONTRADICTS


BANDS: dict[str, dict[PairKind, Bands]] = {
    "dlib-resnet-v1+mirror": {
        # LFW, 5 frames: 82 % of genuine strong, 10 % moderate, 8 % unknown, 0 contradicted; of
        # impostors 0 of 3,199 supported, 95 % contradicted.
        PairKind.PORTRAIT_LIVE: Bands(strong=0.26, moderate=0.28, unknown=0.43),
        # Stricter for support, because nothing averages a look-alike photograph away; later to
        # contradict, because 1.8 % of LFW's genuine pairs lie between .43 and .45. Genuine
        # supported 19 % (LFW), 89 % (deepface), contradicted 0 of 263; impostors supported 0 of
        # 1,262, contradicted 93 % and 95 %.
        PairKind.PHOTO_PHOTO: Bands(strong=0.24, moderate=0.26, unknown=0.46),
        # Averaging both sides draws impostors .02 nearer (their first per cent .39, not .41) and
        # the genuine much more, so support can ask for .02 less. Contradiction stays at .43: frames
        # of one sitting average less away than LFW's do. All genuine strong; impostors 0 of 3,170
        # supported, 79 % contradicted.
        PairKind.LIVE_LIVE: Bands(strong=0.24, moderate=0.26, unknown=0.43),
    }
}
"""By engine (its name before the slash), then by pair."""

DIFFERENT_PERSON = 0.43
"""People of two recordings further apart than this are two people (the end of `unknown`)."""
PERSON_CHANGED = 0.36
"""Two groups of frames inside one recording further apart than this are two people. Up to ten
frames of each of 9 tracks (two webcam clips, a talk, a walk, a film), split where they differ most,
were .09 to .29 apart, though single frames up to .46; two people's templates at least .37."""
SAME_PERSON_IN_RECORDING = 0.32
"""Tracks nearer than this are one person who left the picture and came back: three quarters of
LFW's genuine photo pairs, and none of 1,262 impostor pairs (the nearest: .41)."""


class NotComparableError(ValueError):
    """Two templates that must never meet: made by different engines, or without known bands."""


def distance(one: FaceTemplate, other: FaceTemplate) -> float:
    """Euclidean distance of two templates of the same engine, 0 to 2."""
    if one.engine != other.engine:
        raise NotComparableError(
            f"one template was made by {one.engine}, the other by {other.engine}"
        )
    return float(np.linalg.norm(np.subtract(one.vector, other.vector)))


def pair_kind(one: FaceTemplate, other: FaceTemplate) -> PairKind:
    """Which bands apply, by how many of the two are full live templates."""
    full = sum(t.kind is TemplateKind.LIVE and t.faces >= FULL_FACES for t in (one, other))
    return (PairKind.PHOTO_PHOTO, PairKind.PORTRAIT_LIVE, PairKind.LIVE_LIVE)[full]


def bands_for(one: FaceTemplate, other: FaceTemplate) -> Bands:
    """The bands of this pair; raises `NotComparableError` where its engine has none."""
    try:
        return BANDS[one.engine.split("/")[0]][pair_kind(one, other)]
    except KeyError:
        raise NotComparableError(f"no bands were measured for the engine {one.engine}") from None
