"""One portrait against the candidate in the footage, as data for the report and the API.

Nothing here says whose face it is, and no template is in it.
"""

from models.base import Model
from models.person import Band


class BandEnds(Model):
    """The distances that the bands end at; beyond the last it contradicts."""

    strong: float
    moderate: float
    unknown: float
    """Up to here a person looks."""
    strong_rate: float | None = None
    """The share of impostors up to `strong`, in the worst cohort measured; `null` where unknown."""
    moderate_rate: float | None = None
    """The same up to `moderate`."""


class BesideOthers(Model):
    """The cohort test: how the two stand beside the company's other candidates."""

    answer: str
    """`passed`, `failed` or `too_few`."""
    people: int
    """Others that they could be compared with."""
    relative: float | None
    """Their distance less that to the people next to them; `null` where these are too few."""


class OtherEngine(Model):
    """What an engine that was installed beside the first says of the same faces."""

    engine: str
    distance: float
    supports: bool
    supports_up_to: float


class Comparison(Model):
    """What was measured, and what it came to."""

    file: str
    """That the portrait is in."""
    quality: str
    """Of the portrait: `usable`, `weak` or `unusable`."""
    distance: float
    """Between the portrait and the frames together: 0 is the same picture."""
    band: Band
    """After all that was heard; `unknown` where a side is too poor to count."""
    bands: BandEnds
    """The scale that the distance was read on."""
    engine: str
    """Name and version; its distances mean nothing beside those of another."""
    frames: int
    """That the candidate's template was made of."""
    differing: int
    """Of these, how many show something new."""
    cohort: BesideOthers | None
    """`null` where a side is too poor to count."""
    other_engines: tuple[OtherEngine, ...]
    raised: str | None
    """Why the band is one above that of the distance; `null` where it is not."""
