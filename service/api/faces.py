"""What the face check came to, as data: every portrait compared, everyone in the footage."""

from collections.abc import Iterator
from uuid import UUID

from fastapi import APIRouter

from models.base import Model
from service.api.caller import Reads
from service.api.openapi import problems
from service.api.verdicts import Generation, shown_of
from service.report.compared import Comparison
from service.report.shown import Shown

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Verdicts"])


class ComparisonView(Model):
    """One portrait against the candidate in the footage."""

    comparison: Comparison
    said: tuple[str, ...]
    """The answer, and what was heard on the way to it, in words for people."""
    pictures: tuple[str, ...]
    """The portrait and the frames it was compared with, equally large, by their names among the
    pictures."""


class PersonView(Model):
    """One person in one recording."""

    who: str
    """In words: the candidate, or somebody else."""
    file: str
    seen_from: float
    """Seconds."""
    seen_to: float
    pictures: tuple[str, ...]
    """Of their film strip, in order of time."""


class FaceView(Model):
    """The face check of one submission."""

    items: tuple[ComparisonView, ...]
    """The portrait that counts most first; empty where there was nothing to compare."""
    how_chosen: str
    """How the candidate was told from the others, in a sentence or two."""
    people: tuple[PersonView, ...]
    """Everyone in the footage, the candidate first."""


@router.get("/faces", summary="How the faces compare", responses=problems(404))
def read_faces(caller: Reads, verification: UUID, generation: Generation = None) -> FaceView:
    """Distance, band and what else was heard of each portrait. The view is recorded.

    A band is no verdict, and no templates are told: they stay in the service.
    """
    shown = shown_of(caller, verification, generation)
    return FaceView(
        items=tuple(_comparisons(shown)),
        how_chosen=shown.people.how_chosen,
        people=tuple(_people(shown)),
    )


def _comparisons(shown: Shown) -> Iterator[ComparisonView]:
    if shown.faces is None:
        return
    frames = tuple(f"face-{place}" for place in range(1, len(shown.faces.faces) + 1))
    for place, one in enumerate(shown.faces.compared, start=1):
        if one.comparison:
            yield ComparisonView(
                comparison=one.comparison,
                said=tuple(said.words for said in one.said),
                pictures=("portrait" if place == 1 else f"compared-{place}", *frames),
            )


def _people(shown: Shown) -> Iterator[PersonView]:
    for number, person in enumerate(shown.people.rows, start=1):
        yield PersonView(
            who=person.who,
            file=person.file,
            seen_from=person.seen_from,
            seen_to=person.seen_to,
            pictures=tuple(f"person-{number}-{n}" for n in range(1, len(person.faces) + 1)),
        )
