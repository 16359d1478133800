"""What a calibration of faces measured, and the record of it that a policy carries.

Terms of ISO/IEC 19795-1: FMR, the share of comparisons of two people that match (at or below the
threshold); FNMR, the share of comparisons of one person that do not; TAR, one less FNMR.
"""

from datetime import datetime

from pydantic import Field

from models.base import Model


class Rate(Model):
    """A measured share, and where the true one may lie."""

    value: float | None = Field(ge=0, le=1)
    """`hits` over `comparisons`; `None` where nothing was compared."""
    hits: int = Field(ge=0)
    comparisons: int = Field(ge=0)
    independent: float = Field(ge=0)
    """As how many independent comparisons they count: people who recur tell nothing new."""
    low: float = Field(ge=0, le=1)
    """The lower end of the interval at 95 % confidence, and `high` its upper end."""
    high: float = Field(ge=0, le=1)


class SampleSize(Model):
    """How much was compared."""

    people: int | None
    """`None` where the file does not tell who is compared."""
    genuine: int
    """Comparisons of one person with themselves; `impostors` of two people."""
    impostors: int
    pairs_of_people: int
    """Different pairs among the impostor comparisons; all of these where people are not told."""


class EqualErrorRate(Model):
    """Where FMR and FNMR meet."""

    rate: float
    threshold: float
    low: float
    high: float
    by_people: bool
    """The interval is a bootstrap over people; over comparisons where they are not told."""


class TrueAccepts(Model):
    """The share of genuine comparisons accepted where so many impostors are."""

    far: float
    """The false accept rate that was asked for."""
    threshold: float
    tar: Rate
    fmr: Rate
    """Measured at the threshold; at most `far`."""


class Refused(Model):
    """What the sample cannot show, and what it would take."""

    what: str
    why: str
    """A sentence for whoever runs the calibration."""
    needed: int
    """Independent comparisons."""
    available: int


class GroupRates(Model):
    """Both rates at one threshold, of one group of comparisons or of all."""

    group: str
    """Empty for all comparisons together."""
    fmr: Rate
    fnmr: Rate


class ThresholdRates(Model):
    """The rates at one threshold: matched at or below it."""

    threshold: float
    overall: GroupRates
    groups: tuple[GroupRates, ...]
    worst_group: str | None
    """The one with the highest FMR; `None` where no groups are named."""


class ProposedBands(Model):
    """Upper ends of the bands, each only where the sample shows its rate in every group."""

    strong: float | None
    """FMR of the worst group at most 0.1 %."""
    moderate: float | None
    """FMR of the worst group at most 1 %."""
    unknown: float | None
    """The largest genuine distance seen; beyond it the distance contradicts."""
    refused: tuple[Refused, ...]


class _Measured(Model):
    """What every account of a calibration begins with."""

    engine: str
    sample: SampleSize
    equal_error_rate: EqualErrorRate
    true_accepts: tuple[TrueAccepts, ...]
    bands: ProposedBands
    notes: tuple[str, ...]
    """How far the rates may be trusted, in words."""


class FaceRates(_Measured):
    """All that was measured of one engine."""

    thresholds: tuple[ThresholdRates, ...]
    refused: tuple[Refused, ...]

    def recorded(self, *, source: str, at: datetime, by: str) -> "Calibration":
        """What a policy keeps of it."""
        kept = {name: getattr(self, name) for name in _Measured.model_fields}
        return Calibration(**kept, source=source, measured_at=at, measured_by=by)


class Calibration(_Measured):
    """The record of a calibration: who measured which engine on what, when, and what came out."""

    source: str = Field(min_length=1)
    """The file of pairs, by name."""
    measured_at: datetime
    measured_by: str = Field(min_length=1)
