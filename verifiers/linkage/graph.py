"""From who holds what to links: rarity weighed, benign hubs damped, two independent kinds asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from models.link import Edge, Held, Holder, Link, LinkKind, Neighbourhood, Tie
from verifiers.linkage.explanations import explanation
from verifiers.linkage.resume_text import similarity
from verifiers.linkage.weighing import MOST_HOLDERS, Common, bits, weigh

MOST_LINKS = 50
MOST_PEOPLE = 40
"""Of one neighbourhood: nobody reads a picture of more."""
_INDEPENDENT = 2
_IN_PARTS = {LinkKind.RESUME_TEXT, LinkKind.ROOM}
"""Found by keys of which likeness shares some; together they are one thing."""
_LEAST_ALIKE = {LinkKind.RESUME_TEXT: 0.5}
"""Similarity from which two are a tie; templates that were filled in stay below it."""


def links_of(held: Sequence[Held], people: int, *, shares_home: bool = False) -> tuple[Link, ...]:
    """The links that two independent kinds carry, the heaviest first, at most `MOST_LINKS`.

    `people` is how many candidates there are; `shares_home` is the candidate's own word that
    others who apply live with them.
    """
    holders: dict[str, Holder] = {}
    common: dict[str, list[Common]] = {}
    parts: dict[str, dict[LinkKind, list[Held]]] = {}
    asked: dict[LinkKind, int] = {}
    for one in held:
        kind = one.identifier.kind
        in_parts = kind in _IN_PARTS and one.similarity is None
        if in_parts:
            asked[kind] = asked.get(kind, 0) + 1
        if not one.holders:
            continue
        thing = None if in_parts else _common(one, people)
        for holder in one.holders[:MOST_HOLDERS]:
            person = holder.person
            holders.setdefault(person, holder)
            if thing is None:
                parts.setdefault(person, {}).setdefault(kind, []).append(one)
            elif _alike(thing):
                common.setdefault(person, []).append(thing)
    for person, by_kind in parts.items():
        if len(by_kind) + len(common.get(person, ())) < _INDEPENDENT:
            continue
        for kind, shared in by_kind.items():
            whole = _together(kind, shared, asked[kind], people)
            if _alike(whole):
                common.setdefault(person, []).append(whole)
    found = [
        (weight, person, ties)
        for person, things in common.items()
        if len(things) >= _INDEPENDENT
        for weight, ties in _carried(things, shares_home=shares_home)
    ]
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        Link(other=holders[person], ties=tuple(map(_tie, ties)), weight=weight)
        for weight, person, ties in found[:MOST_LINKS]
    )


def _common(held: Held, people: int) -> Common:
    one = held.identifier
    others = min(MOST_HOLDERS, max(held.people, len(held.holders)))
    weight = bits(people, others)
    if one.kind is LinkKind.RESUME_TEXT and held.similarity is not None:
        weight *= held.similarity
    return Common(
        one.kind,
        one.canonical,
        one.masked,
        others,
        weight,
        held.similarity,
        who=frozenset(holder.person for holder in held.holders[:MOST_HOLDERS]),
    )


def _together(kind: LinkKind, shared: Sequence[Held], of: int, people: int) -> Common:
    """The parts that two have in common as one thing; the rarest tells how many hold it."""
    rarest = min(shared, key=lambda one: (one.people, one.identifier.canonical))
    alike = similarity(len(shared), of) if kind is LinkKind.RESUME_TEXT else len(shared) / of
    return _common(rarest.model_copy(update={"similarity": round(alike, 3)}), people)


def _alike(one: Common) -> bool:
    """Whether what is alike in part is alike enough for a tie."""
    least = _LEAST_ALIKE.get(one.kind)
    return least is None or one.similarity is None or one.similarity >= least


def _carried(
    things: Iterable[Common], *, shares_home: bool
) -> Iterator[tuple[float, list[Common]]]:
    """The weight and the ties of a link, the heaviest first, where enough kinds carry one."""
    groups = weigh(things, shares_home=shares_home)
    heaviest = [members[0].bits for members in groups.values() if members[0].damped_as is None]
    if len(heaviest) >= _INDEPENDENT:
        ties = [one for members in groups.values() for one in members]
        ties.sort(key=lambda one: (one.damped_as is not None, -one.bits, one.kind, one.canonical))
        yield round(sum(heaviest), 2), ties


def _tie(one: Common) -> Tie:
    return Tie(
        kind=one.kind,
        masked=one.masked,
        people=one.others,
        weight=0.0 if one.damped_as else round(one.bits, 2),
        damped_as=one.damped_as,
        similarity=one.similarity,
        innocent_explanation=explanation(one.kind, one.damped_as),
    )


def neighbourhood(
    centre: Holder,
    links: Callable[[Holder], Sequence[Link]],
    *,
    depth: int = 2,
    size: int = MOST_PEOPLE,
) -> Neighbourhood:
    """Who is linked to the centre, and to those, so far and so many at most.

    Nearest first, and of those equally near the most heavily linked. `links` is asked once for
    each of the people that are shown: the outermost too, for the links among each other.
    """
    people = {centre.person: centre}
    edges: dict[frozenset[str], Edge] = {}
    cut_off = False
    ring = [centre]
    for steps in range(depth + 1):
        following: list[Holder] = []
        for one in ring:
            for link in links(one):
                other = link.other
                if other.person not in people:
                    if steps == depth or len(people) >= size:
                        cut_off = True
                        continue
                    people[other.person] = other
                    following.append(other)
                edges.setdefault(frozenset((one.person, other.person)), _edge(one, link))
        ring = following
    return Neighbourhood(
        centre=centre.person,
        people=tuple(people.values()),
        edges=tuple(edges.values()),
        cut_off=cut_off,
    )


def _edge(one: Holder, link: Link) -> Edge:
    return Edge(one=one.person, other=link.other.person, ties=link.ties, weight=link.weight)
