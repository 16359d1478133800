"""The page of what a candidate has in common with others: a picture, and the same as tables.

The case stands on the left, what it shares in the middle, and whoever shares it on the right, with
what these share among each other below. Others are told by a verification, never by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from fastapi import APIRouter, Request, Response

from models.link import Edge, LinkKind, Tie
from service.portal.rendering import page
from service.portal.visitors import Reader
from service.report.links import TieShown, tie_shown
from service.workflow.in_common import InCommon, in_common

router = APIRouter()

WIDTH = 860
"""Units of the picture."""
_CASE_X, _THING_X, _OTHER_X = 60.0, 400.0, 720.0
_THING_ROW, _OTHER_ROW = 60, 48
_EDGE = 14.0
"""Above the first row and below the last."""


@dataclass(frozen=True)
class Node:
    """Somebody of the picture."""

    number: int
    """0 for the candidate whose page it is."""
    case: UUID
    x: float
    y: float
    near: bool
    """Tied to the candidate directly."""


@dataclass(frozen=True)
class Thing:
    """Something that several of the picture have."""

    told: TieShown
    holders: tuple[Node, ...]
    """The candidate first, where they have it."""
    x: float
    y: float

    @property
    def own(self) -> bool:
        """Whether the candidate has it."""
        return self.holders[0].number == 0


@dataclass(frozen=True)
class Picture:
    """Who has what in common with whom, laid out."""

    nodes: tuple[Node, ...]
    """The candidate first."""
    things: tuple[Thing, ...]
    """The candidate's own first."""
    cut_off: bool
    height: float
    width: int = WIDTH

    @classmethod
    def of(cls, found: InCommon) -> Self:
        around, cases, centre = found.around, found.cases, found.around.centre
        shared = _shared(around.edges, centre)
        near = {p for e in around.edges if centre in (e.one, e.other) for p in (e.one, e.other)}
        others = [one.person for one in around.people if one.person != centre]
        height = 2 * _EDGE + max(_THING_ROW * len(shared), _OTHER_ROW * len(others))
        ys = _rows(len(shared), _THING_ROW, height)
        own = [y for (holders, _), y in zip(shared, ys, strict=True) if centre in holders]
        nodes = {centre: Node(0, cases[centre], _CASE_X, (own[0] + own[-1]) / 2, near=True)}
        for person, y in zip(others, _rows(len(others), _OTHER_ROW, height), strict=True):
            nodes[person] = Node(len(nodes), cases[person], _OTHER_X, y, near=person in near)
        return cls(
            nodes=tuple(nodes.values()),
            things=tuple(
                Thing(
                    tie_shown(tie),
                    tuple(node for person, node in nodes.items() if person in holders),
                    _THING_X,
                    y,
                )
                for (holders, tie), y in zip(shared, ys, strict=True)
            ),
            cut_off=around.cut_off,
            height=height,
        )


def _shared(edges: Iterable[Edge], centre: str) -> list[tuple[frozenset[str], Tie]]:
    """What is shared, each once with those who share it: the candidate's own, then the commonest.

    What is masked alike is one thing only among those whom it ties to each other.
    """
    things: dict[tuple[LinkKind, str], list[tuple[frozenset[str], Tie]]] = {}
    for edge in edges:
        for tie in edge.ties:
            known = things.setdefault((tie.kind, tie.masked), [])
            pair = frozenset((edge.one, edge.other))
            touching = [one for one in known if one[0] & pair]
            holders = pair.union(*(one for one, _ in touching))
            fullest = max((tie, *(one for _, one in touching)), key=lambda one: one.people)
            known[:] = [one for one in known if one not in touching] + [(holders, fullest)]
    found = [one for known in things.values() for one in known]
    return sorted(found, key=lambda one: (centre not in one[0], -len(one[0]), one[1].kind))


def _rows(count: int, apart: float, height: float) -> list[float]:
    """The middles of so many rows, in the middle of the picture."""
    first = (height - apart * count + apart) / 2
    return [first + apart * row for row in range(count)]


@router.get("/verifications/{id}/links")
def show_links(request: Request, visitor: Reader, id: UUID) -> Response:
    # Apart: to look around takes a while, and whoever writes would wait for it.
    with visitor.transaction(reads_only=True) as t:
        found = in_common(t, id)
    with visitor.transaction() as t:
        t.identifiers.note_view(id)
        name = t.verifications.order_of(t.verifications.get(id)).candidate.name
    return page(
        request,
        "links.html",
        id=id,
        name=name or "Unnamed candidate",
        found=found,
        picture=Picture.of(found) if found and found.links else None,
    )
