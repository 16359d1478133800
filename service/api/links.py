"""What a candidate has in common with others, as it stands now."""

from uuid import UUID

from fastapi import APIRouter

from models.base import Model
from models.link import Tie
from service.api.caller import Reads
from service.api.openapi import problems
from service.workflow.in_common import InCommon, in_common

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Verdicts"])


class LinkView(Model):
    """What ties this candidate to one other."""

    verification: UUID
    """A verification of the other."""
    ties: tuple[Tie, ...]
    """The heaviest first."""
    weight: float
    """Of the independent kinds together, in bits."""


class EdgeView(Model):
    """A link between two of the neighbourhood."""

    one: UUID
    other: UUID
    """Verifications of the two."""
    ties: tuple[Tie, ...]
    weight: float


class NeighbourhoodView(Model):
    """Who is tied to this candidate, and they among each other, each by one verification."""

    verifications: tuple[UUID, ...]
    """This one first, then others by how near they are."""
    edges: tuple[EdgeView, ...]
    cut_off: bool
    """There were more than were looked at."""


class LinksView(Model):
    """What this candidate has in common with others. It never says that two are one person."""

    looked: bool
    """`false`: this was verified before others were looked for; submit it again to have it done."""
    links: tuple[LinkView, ...] = ()
    """The heaviest first."""
    neighbourhood: NeighbourhoodView


@router.get("/links", summary="What is in common with others", responses=problems(404))
def read_links(caller: Reads, verification: UUID) -> LinksView:
    """Links to other candidates as of now, also to those who came after the verdict.

    Every link is carried by at least two independent kinds of ties. Values are masked, and others
    are told by a verification of theirs, never by name. The view is recorded.
    """
    # Apart: to look around takes a while, and whoever writes would wait for it.
    with caller.transaction(reads_only=True) as t:
        found = in_common(t, verification)
    with caller.transaction() as t:
        t.identifiers.note_view(verification)
    return _view(verification, found)


def _view(verification: UUID, found: InCommon | None) -> LinksView:
    if found is None:
        alone = NeighbourhoodView(verifications=(verification,), edges=(), cut_off=False)
        return LinksView(looked=False, neighbourhood=alone)
    return LinksView(
        looked=True,
        links=tuple(
            LinkView(verification=UUID(link.other.case), ties=link.ties, weight=link.weight)
            for link in found.links
        ),
        neighbourhood=NeighbourhoodView(
            verifications=tuple(found.cases.values()),
            edges=_edges(found),
            cut_off=found.around.cut_off,
        ),
    )


def _edges(found: InCommon) -> tuple[EdgeView, ...]:
    cases = found.cases
    return tuple(
        EdgeView(one=cases[edge.one], other=cases[edge.other], ties=edge.ties, weight=edge.weight)
        for edge in found.around.edges
    )
