"""What a candidate has in common with others as the store stands now.

A verdict says what was known on its day. Whoever looks later is told of those who came since, and
nothing of those who were deleted: what this candidate and the others have is held against the
store's digests anew. Faces and pictures have no digests to ask: they stand as a verdict of either
of the two found them, as long as both are there, and for a face as long as both have it kept.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from uuid import UUID

from models.link import Held, Holder, Link, LinkKind, Neighbourhood
from service.store.errors import NotFound
from service.store.store import OfTenant
from service.workflow.linking import UNREADABLE
from service.workflow.links import ALIKE, held_alike
from service.workflow.pipeline import Step, StepResult
from verifiers.faces.seen_before import nearest_strong
from verifiers.linkage.graph import links_of, neighbourhood

_DEPTH = 2
_OTHERS_OPENED = 10
"""People with something in common, those of the rarest first, whose own links are opened: theirs
alone tell that they came later with the same face or picture."""

_Looked = Callable[[UUID], StepResult | None]
"""What LINKAGE of a verification found; `None` where others were never looked for."""


@dataclass(frozen=True)
class InCommon:
    """The links of one verification's candidate, and who is linked to whom around them."""

    links: tuple[Link, ...]
    around: Neighbourhood

    @property
    def cases(self) -> dict[str, UUID]:
        """The verification by which each person of the neighbourhood is told."""
        return {one.person: UUID(one.case) for one in self.around.people}


def in_common(t: OfTenant, verification: UUID) -> InCommon | None:
    """Everything as of now; `None` where others were never looked for, as before this was built.

    Identifiers of others are opened for the service's own work: told of them is only what ties
    them, masked. Nothing is written, so a transaction that only reads is enough.

    Raises:
        NotFound: there is no such verification, or no verdict of it yet.
    """
    row = t.verifications.get(verification)
    if not t.results.decided(verification):
        raise NotFound("verdict")

    @cache
    def looked(case: UUID) -> StepResult | None:
        return _looked(t, case)

    if looked(verification) is None:
        return None
    people = t.identifiers.people()

    def found(holder: Holder) -> tuple[Link, ...]:
        case = UUID(holder.case)
        result = looked(case)
        if result is None:
            return ()
        shares_home = t.verifications.order_of(t.verifications.get(case)).surroundings.shares_home
        held = t.identifiers.held(case, result.identifiers)
        alike = _alike(t, holder, result.links, held, looked)
        return links_of((*alike, *held), people, shares_home=bool(shares_home))

    centre = Holder(person=str(row.subject_id), case=str(verification))
    own = found(centre)

    def links(holder: Holder) -> tuple[Link, ...]:
        if holder == centre:
            return own
        with suppress(*UNREADABLE):  # It costs only what lies beyond this one.
            return found(holder)
        return ()

    return InCommon(own, neighbourhood(centre, links, depth=_DEPTH))


def _alike(
    t: OfTenant, holder: Holder, links: Iterable[Link], held: Iterable[Held], looked: _Looked
) -> Iterator[Held]:
    """Faces and pictures in common with others, as a verdict of either found them."""
    found = chain(
        ((link.other, holder.case, link) for link in links),
        ((other, other.case, link) for other, link in _from_others(holder, held, looked)),
    )
    others: dict[LinkKind, list[Holder]] = {}
    for other, finder, link in found:
        for kind in {tie.kind for tie in link.ties} & ALIKE.keys():
            if _stands(t, kind, UUID(finder), UUID(link.other.case)):
                others.setdefault(kind, []).append(other)
    yield from (held_alike(kind, others[kind]) for kind in ALIKE if kind in others)


def _from_others(
    holder: Holder, held: Iterable[Held], looked: _Looked
) -> Iterator[tuple[Holder, Link]]:
    """Links to this holder that others' verdicts found, each with whose verdict that was."""
    rarest = sorted(held, key=lambda one: one.people)
    others = dict.fromkeys(other for one in rarest for other in one.holders)
    for other in islice(others, _OTHERS_OPENED):
        with suppress(*UNREADABLE):  # It costs only this tie.
            result = looked(UUID(other.case))
            for link in result.links if result else ():
                if link.other.person == holder.person:
                    yield other, link


def _stands(t: OfTenant, kind: LinkKind, one: UUID, other: UUID) -> bool:
    """Whether what these two verifications had in common may still be told."""
    if kind is LinkKind.FACE:
        with suppress(*UNREADABLE):
            kept = t.faces.kept([one, other])
            return nearest_strong(kept.get(one, ()), kept.get(other, ())) is not None
        return False
    try:
        t.verifications.get(other)
    except NotFound:
        return False
    return True


def _looked(t: OfTenant, verification: UUID) -> StepResult | None:
    """Of the latest submission in which others were looked for."""
    for generation in range(t.verifications.get(verification).generation, 0, -1):
        said = t.results.result_of(verification, generation, Step.LINKAGE.value)
        result = StepResult.model_validate_json(said) if said else None
        if result and result.shared is not None:
            return result
    return None
