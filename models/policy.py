"""A policy: which checks a tenant requires at which stage, as versioned data."""

from datetime import date

from pydantic import Field

from models.base import Model
from models.calibration import Calibration
from models.finding import Check, Code, Strength
from models.stage import Stage


class Requirement(Model):
    """One required check and the strength of support it must reach."""

    check: Check
    strength: Strength
    only_where_claimed: bool = False
    """Required only where the candidate gave claims of this kind (the history, for one)."""


class GalleryCoverage(Model):
    """An operator's word that the kept faces of a tenant are of people like their applicants.

    No picture shows whether they are, and where they are not, resembling strangers pass for one
    person; so this is on record, with who said so, and never a default.
    """

    recorded_by: str = Field(min_length=1)
    recorded_on: date
    people: int = Field(ge=20)
    """Candidates whose faces were kept when it was recorded."""


class Policy(Model):
    """What a tenant asks for. The defaults are those of docs/decision.md."""

    name: str = "default"
    version: int = Field(default=1, ge=1)
    required: dict[Stage, tuple[Requirement, ...]]
    person_looks_at: frozenset[Code] = frozenset()
    """Codes of `unknown` findings that a person should look at, rather than the candidate be asked
    again: a face that stays undecided at good quality, or a question that they have answered."""
    gallery_coverage: GalleryCoverage | None = None
    """Without it, a tenant's other faces can only take support away from a match."""
    calibrations: tuple[Calibration, ...] = ()
    """What was measured of face engines on the tenant's own pairs, the newest of each. A record for
    people: bands that it proposes take no effect by themselves."""
    allow_specimens: bool = False
    """Specimen documents count as real ones. For the demo and tests only; the report says so."""

    @property
    def label(self) -> str:
        """Name and version, as a verdict quotes them."""
        return f"{self.name} v{self.version}"

    def with_calibration(self, calibration: Calibration) -> "Policy":
        """The next version, with this in place of what was measured of the same engine before."""
        kept = [c for c in self.calibrations if c.engine != calibration.engine]
        update = {"calibrations": (*kept, calibration), "version": self.version + 1}
        return self.model_copy(update=update)


_HIRING = (
    Requirement(check=Check.DOCUMENT, strength=Strength.MODERATE),
    Requirement(check=Check.FACE, strength=Strength.MODERATE),
    Requirement(check=Check.PRESENCE, strength=Strength.MODERATE),
    Requirement(check=Check.HISTORY, strength=Strength.WEAK, only_where_claimed=True),
)
_RETURNING = (
    Requirement(check=Check.PRESENCE, strength=Strength.MODERATE),
    Requirement(check=Check.CONTINUITY, strength=Strength.MODERATE),
)

DEFAULT_POLICY = Policy(
    version=2,
    required={
        Stage.APPLICATION: (
            Requirement(check=Check.HISTORY, strength=Strength.WEAK, only_where_claimed=True),
        ),
        Stage.INTERVIEW: _HIRING,
        Stage.OFFER: _HIRING,
        Stage.ONBOARDING: _RETURNING,
        Stage.PERIODIC: _RETURNING,
    },
    person_looks_at=frozenset(
        {
            "face.match.undecided",
            "continuity.undecided",
            "linkage.face_seen_before",
            "history.answered",
        }
    ),
)
DEMO_POLICY = DEFAULT_POLICY.model_copy(update={"name": "demo", "allow_specimens": True})
