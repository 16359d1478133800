"""One case of a generated stream: all that a company has of an applicant at one stage, as data."""

from dataclasses import dataclass
from datetime import date

from models.circumstances import Circumstances, FacePair, Session
from models.history import Claims
from models.outside import Outside
from models.stage import Stage
from models.surroundings import Surroundings
from samples.campaigns.applicant import Applicant
from samples.campaigns.moving import moved
from samples.campaigns.surrounded import surroundings_of, visits_of


@dataclass(frozen=True)
class CampaignCase:
    """An applicant, and what is known of them when they are looked at."""

    person: str
    """By which the company knows the applicant: somebody who applies twice is two of these."""
    human: str
    """Who it really is: somebody who applies twice is one of these."""
    group: str | None
    """The household, agency, hall, office or scheme that they belong to."""
    kind: str
    campaign: str | None
    """The scheme that it is of; `None` is a benign applicant."""
    name: str
    former_names: tuple[str, ...]
    """As far as they are told."""
    stage: Stage
    today: date
    claims: Claims
    surroundings: Surroundings
    networks: dict[str, Session]
    """What an operator's database says of each address that a visit or a device came from."""
    document_numbers: tuple[tuple[str, str], ...]
    """Issuing state and number, as read off documents; none before the interview."""
    files: tuple[str, ...]
    """SHA-256 of the pictures and recordings that were sent."""
    document_birth_date: date | None
    outside: Outside
    known: Circumstances
    """What the documents, the references and the operator's own lists add."""
    faces: tuple[FacePair, ...]
    """What comparing faces came to: given, nothing is rendered here."""


def case_of(
    applicant: Applicant,
    kind: str,
    *,
    campaign: str | None = None,
    human: str | None = None,
    group: str | None = None,
) -> CampaignCase:
    """All that a company has of an applicant at their stage.

    Args:
        applicant: Who, with what they have.
        kind: Which kind of benign applicant, or which scheme's.
        campaign: The scheme that it is of, if any.
        human: Who it really is, where they come more than once.
        group: Their household, agency, hall, office or scheme.
    """
    seen = moved(applicant.life.at(applicant.stage), applicant.born_in, applicant.city)
    person = f"{campaign or 'benign'}-{applicant.number}"
    networks: dict[str, Session] = {}
    visits = visits_of(applicant, seen, networks)
    return CampaignCase(
        person=person,
        human=human or person,
        group=group,
        kind=kind,
        campaign=campaign,
        name=applicant.name,
        former_names=applicant.former_names,
        stage=applicant.stage,
        today=seen.today,
        claims=applicant.claims(seen),
        surroundings=surroundings_of(applicant, seen, visits, networks),
        networks=networks,
        document_numbers=() if applicant.stage is Stage.APPLICATION else (applicant.document,),
        files=tuple(applicant.files),
        document_birth_date=seen.document_birth_date,
        outside=applicant.outside(seen.outside, seen.claims),
        known=applicant.known(seen),
        faces=applicant.faces if applicant.stage is Stage.ONBOARDING else (),
    )
