"""A stream of cases in the order of their arrival: schemes among benign applicants.

A seed always gives the same stream. Cases are made one by one as they are asked for, so a stream of
any length takes little memory.
"""

from collections.abc import Collection, Iterator
from random import Random

from samples.campaigns.benign import KINDS, Make
from samples.campaigns.case import CampaignCase
from samples.campaigns.schemes import SCHEMES, SIZES

_FIRST, _LAST = 0.1, 1.0
"""Where in the stream the cases of a scheme arrive: there are benign applicants before."""


def stream(
    benign: int,
    seed: int,
    *,
    schemes: Collection[str] = tuple(SCHEMES),
    share: float = 1.0,
    kinds: Collection[str] = tuple(KINDS),
) -> Iterator[CampaignCase]:
    """So many benign applicants or a few more, and these schemes among them.

    Args:
        benign: How many; groups are whole, so the last may exceed it.
        seed: Of everything.
        schemes: Names of `SCHEMES`.
        share: Part of each scheme's size.
        kinds: Names of `KINDS`, of which the benign are.
    """
    random = Random(f"campaigns-{seed}")
    waiting = [(random.random(), make) for make in _benign(random, benign, tuple(kinds))]
    for name in schemes:
        own = Random(f"campaigns-{seed}-{name}")
        size = max(1, round(SIZES[name] * share))
        waiting += [(own.uniform(_FIRST, _LAST), make) for make in SCHEMES[name](own, size)]
    waiting.sort(key=lambda one: one[0])
    for number, (_, make) in enumerate(waiting):
        yield make(number)


def _benign(random: Random, count: int, kinds: tuple[str, ...]) -> list[Make]:
    """Groups are drawn by the share of people who are in one of their kind."""
    weights = [KINDS[kind].share / (sum(KINDS[kind].sizes) / 2) for kind in kinds]
    made: list[Make] = []
    while len(made) < count:
        kind = KINDS[random.choices(kinds, weights)[0]]
        made += kind.grow(random, random.randint(*kind.sizes))
    return made
