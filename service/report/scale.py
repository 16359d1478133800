"""The scale of bands with a distance marked on it, laid out: drawn by its template as SVG.

Its levels are told in words as well as in colours, below it once more in a sentence: on paper
without colour, and read aloud, it says the same.
"""

from models.base import Model
from models.person import Band

SCALE_OF_BANDS = 480
"""Units across; few, so that its words can still be read on a telephone."""
LEVELS = {
    Band.STRONG: "strong",
    Band.MODERATE: "moderate",
    Band.UNKNOWN: "a person looks",
    Band.CONTRADICTS: "contradicts",
}
"""What a distance in each band is called."""
TONES = {
    Band.STRONG: "good",
    Band.MODERATE: "good",
    Band.UNKNOWN: "unknown",
    Band.CONTRADICTS: "bad",
}
_NARROW = 60
"""Units that a level's name needs inside its own stretch."""


class Stretch(Model):
    """One band on the scale, in units from the left."""

    band: Band
    left: float
    right: float
    upper: float
    """The distance that it ends at."""

    @property
    def name(self) -> str:
        """In words."""
        return LEVELS[self.band]

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return (self.left + self.right) / 2

    @property
    def narrow(self) -> bool:
        """Its name does not fit inside."""
        return self.right - self.left < _NARROW


class BandScale(Model):
    """Distances on the scale of bands, from 0."""

    bands: tuple[tuple[Band, float], ...]
    """Each band with the distance it ends at, in order; the last ends where the scale does."""
    marks: tuple[tuple[str, float], ...]
    """The first is what the band was decided by."""

    @property
    def width(self) -> int:
        """Units across."""
        return SCALE_OF_BANDS

    def x(self, distance: float) -> float:
        """Units from the left."""
        return round(distance / self.bands[-1][1] * self.width, 1)

    @property
    def stretches(self) -> list[Stretch]:
        """The bands in order."""
        lefts = [0.0, *(self.x(upper) for _, upper in self.bands)]
        return [
            Stretch(band=band, left=left, right=self.x(upper), upper=upper)
            for left, (band, upper) in zip(lefts, self.bands, strict=False)
        ]

    @property
    def of_distance(self) -> Band:
        """The band that the deciding distance lies in."""
        distance = self.marks[0][1]
        return next((band for band, upper in self.bands if distance <= upper), self.bands[-1][0])

    @property
    def decided(self) -> tuple[str, float, str]:
        """The first mark: its label, its place, and the side of it that has room for the label."""
        label, distance = self.marks[0]
        x = self.x(distance)
        anchor = "start" if x < 90 else "end" if x > self.width - 90 else "middle"
        return f"{label}: {distance:.2f}", x, anchor

    @property
    def words(self) -> str:
        """What the scale says, in a sentence."""
        ends = dict(self.bands)
        return (
            f"Distance between the faces; 0 is the same picture. Up to {ends[Band.STRONG]:.2f} it "
            f"supports strongly that they are one person's, up to {ends[Band.MODERATE]:.2f} "
            f"moderately; up to {ends[Band.UNKNOWN]:.2f} a person has to look; beyond it "
            "contradicts."
        )
