"""Lives in numbers: a seed and a place in it always give the same life, whatever else is drawn.

A life's name has a stream of its own: drawn again with names of another origin, everything else
stays as it was. The lists in `honest.HONEST` and `frauds.FRAUD` say how common each kind is. These
are assumptions, and so is every rate in this package: they say how rules meet lives like these, not
how many such lives there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from models.circumstances import Circumstances
from models.history import Claims
from models.outside import Outside
from models.stage import Stage
from samples.careers import asked, grow, observed, telling
from samples.careers.frauds import FRAUD
from samples.careers.honest import AGES, HONEST
from samples.careers.names import a_name


@dataclass(frozen=True)
class Evidence:
    """What a company has of a life at one stage."""

    stage: Stage
    today: date
    claims: Claims
    document_birth_date: date | None
    outside: Outside
    seen: Circumstances


@dataclass(frozen=True)
class SampleLife:
    """A generated life, as it is told, asked about and seen by the end of its first weeks."""

    kind: str
    honest: bool
    origin: str
    """Of its name. Nothing else follows from it."""
    days: Mapping[Stage, date]
    claims: Claims
    document_birth_date: date
    outside: Outside
    seen: Circumstances

    def at(self, stage: Stage) -> Evidence:
        """What is known at a stage: nothing that a company has not by then."""
        place = observed.STAGES.index(stage)
        interview, offer, onboarding = (place >= number for number in (1, 2, 3))
        today = self.days[stage]
        none = Claims()
        claims = self.claims.model_copy(
            update={
                "availability": self.claims.availability if interview else None,
                "references": self.claims.references if offer else none.references,
                "ship_to": self.claims.ship_to if onboarding else none.ship_to,
                "payout": self.claims.payout if onboarding else none.payout,
            }
        )
        github = tuple(
            answer.model_copy(update={"value": answer.value.model_copy(update={"proven": None})})
            if answer.value and not interview
            else answer
            for answer in self.outside.github
        )
        outside = self.outside.model_copy(
            update={"github": github, "employments": self.outside.employments if offer else ()}
        )
        return Evidence(
            stage,
            today,
            claims,
            self.document_birth_date if interview else None,
            outside,
            self._seen(stage, interview=interview, offer=offer, onboarding=onboarding),
        )

    def _seen(
        self, stage: Stage, *, interview: bool, offer: bool, onboarding: bool
    ) -> Circumstances:
        seen, today = self.seen, self.days[stage]
        later = observed.FOUND_LATER if not onboarding else frozenset()
        return Circumstances(
            stage=stage,
            sessions=tuple(session for session in seen.sessions if session.at.date() <= today),
            residence_time_zone=seen.residence_time_zone,
            work_country=seen.work_country,
            payroll_region=seen.payroll_region if onboarding else None,
            id_address=seen.id_address if interview else None,
            shipment=seen.shipment if onboarding else None,
            device=seen.device if onboarding else None,
            bank=seen.bank if onboarding else None,
            reference_answers=seen.reference_answers if offer else (),
            shared=tuple(one for one in seen.shared or () if one.kind not in later),
            listed=seen.listed if offer else None,
            documents=seen.documents if interview else (),
            face_pairs=seen.face_pairs if onboarding else seen.face_pairs[: int(interview)],
            names_seen=tuple(
                (name, where)
                for name, where in seen.names_seen
                if interview or where in ("e-mail display", "GitHub")
                if onboarding or where != "bank account"
            ),
            official_domains=seen.official_domains,
            diploma_mills=seen.diploma_mills,
        )


def honest(count: int, seed: int, *, origin: str | None = None) -> Iterator[SampleLife]:
    """Honest lives of all kinds, as common as assumed; all with names of one origin, if given."""
    return (_life(f"honest-{seed}-{number}", HONEST, True, None, origin) for number in range(count))


def frauds(count: int, seed: int, *, origin: str | None = None) -> Iterator[SampleLife]:
    """Made-up lives of all kinds."""
    return (_life(f"fraud-{seed}-{number}", FRAUD, False, None, origin) for number in range(count))


def of_kind(kind: str, count: int, seed: int) -> Iterator[SampleLife]:
    """Lives of one kind."""
    kinds, which = (HONEST, "honest") if kind in HONEST else (FRAUD, "fraud")
    for number in range(count):
        yield _life(f"{which}-{kind}-{seed}-{number}", kinds, which == "honest", kind, None)


def _life(
    seed: str, kinds: Mapping[str, tuple[float, grow.Change]], is_honest: bool,
    kind: str | None, origin: str | None,
) -> SampleLife:  # fmt: skip
    # Seeding by a text goes through SHA-512, the same on every machine.
    random = Random(seed)
    drawn = random.choices(tuple(kinds), [weight for weight, _ in kinds.values()])[0]
    kind = kind or drawn
    years = AGES.get(kind)
    name = a_name(Random(f"name-{seed}"), origin)
    age = random.uniform(*years) if years else None
    truth = grow.grow(random, name, kind, age=age)
    kinds[kind][1](random, truth)
    return SampleLife(
        kind=kind,
        honest=is_honest,
        origin=name.origin,
        days={stage: observed.day_of(truth, stage) for stage in observed.STAGES},
        claims=telling.tell(random, truth),
        document_birth_date=truth.document_born or truth.born,
        outside=asked.ask(random, truth),
        seen=observed.observe(random, truth),
    )
