"""What a replayed stream comes to: how soon schemes surface, and who is linked for nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles
from typing import Any

from bench.campaigns.replay import Replay, Replayed
from models.verdict import Outcome
from samples.campaigns.benign import KINDS
from samples.campaigns.schemes import SCHEMES
from samples.campaigns.stream import stream
from verifiers.linkage import RULES

HELD_OUT = 480_117
"""The seed of the figures that are written down; others were looked at while this was built."""
BENIGN = 50_000
_WHOSE_DATA_WAS_USED = "real holder"
_EARLY = 10
_LINKAGE_RULES = frozenset(rule.id for rule in RULES)


def measure(benign: int = BENIGN, share: float = 1.0, seed: int = HELD_OUT) -> dict[str, Any]:
    """The figures of one stream; `share` is the part of each scheme's size that is replayed."""
    return figures(list(Replay().take(stream(benign, seed, share=share)))) | {"seed": seed}


def figures(replayed: Sequence[Replayed]) -> dict[str, Any]:
    """Everything that is told of a replayed stream."""
    people = {one.person: one for one in replayed}
    benign = [one for one in replayed if one.campaign is None and one.kind != _WHOSE_DATA_WAS_USED]
    ours = _found_among(benign, people, _linked)
    return {
        "cases": len(replayed),
        "benign": len(benign),
        "schemes": {
            name: _scheme([one for one in replayed if one.campaign == name])
            for name in SCHEMES
            if any(one.campaign == name for one in replayed)
        },
        "second appearance": _second_appearance(replayed, people),
        "false links": ours,
        "baseline, any one match": _found_among(benign, people, lambda one: one.naive),
        "baseline, e-mail or telephone": _found_among(
            benign, people, lambda one: one.naive_contacts
        ),
        "baseline, schemes": {
            name: _share(
                [one for one in replayed if one.campaign == name],
                lambda one: any(people[p].campaign == one.campaign for p in one.naive),
            )
            for name in SCHEMES
        },
        "reviews": _reviews([*benign, *_of(replayed, _WHOSE_DATA_WAS_USED)]),
        "over time": _over_time(benign, people),
        "cost": _cost(replayed),
    }


def _scheme(cases: Sequence[Replayed]) -> dict[str, Any]:
    """How soon it surfaces, by the number of its own cases that had arrived."""
    own = {one.person for one in cases}
    linked = [any(person in own for person in _linked(one)) for one in cases]
    looked_at = [one.looked_at for one in cases]
    return {
        "cases": len(cases),
        "first linked": _first(linked),
        "first looked at": _first(looked_at),
        "linked": sum(linked) / len(cases),
        "looked at": sum(looked_at) / len(cases),
        "of the first ten linked": sum(linked[:_EARLY]),
        "of the first ten looked at": sum(looked_at[:_EARLY]),
        "on hold": _share(cases, lambda one: one.outcome is Outcome.HOLD),
        "because": Counter(
            rule for one in cases if one.looked_at for rule in one.because
        ).most_common(6),
        "arrived": [one.number for one in cases],
        "linked one by one": linked,
        "looked at one by one": looked_at,
    }


def _second_appearance(replayed: Sequence[Replayed], people: dict[str, Replayed]) -> dict[str, Any]:
    """Of the facilitator's: those with two kinds that one earlier has too, and who is linked."""
    due, missed = 0, Counter[str]()
    for one in replayed:
        if one.campaign != "facilitator":
            continue
        mates = [kinds for p, kinds in one.alike if people[p].campaign == one.campaign]
        if not mates:
            continue
        due += 1
        if not any(people[p].campaign == one.campaign for p in _linked(one)):
            most = max(mates, key=len)
            missed[" and ".join(sorted(most))] += 1
    return {
        "due": due,
        "linked": (due - missed.total()) / max(1, due),
        "not linked, by what they share": missed.most_common(),
    }


def _found_among(
    benign: Sequence[Replayed],
    people: dict[str, Replayed],
    found: Callable[[Replayed], Iterable[str]],
) -> dict[str, Any]:
    """Benign people tied to a stranger, or to their own household only, at either end."""
    ours = {one.person for one in benign}
    stranger: dict[str, str] = {}
    household: dict[str, str] = {}
    for one in people.values():
        for person in found(one):
            other = people[person]
            if other.human == one.human or _WHOSE_DATA_WAS_USED in (one.kind, other.kind):
                continue
            at_home = one.kind == "household" and one.group == other.group
            for each in (one, other):
                if each.person in ours:
                    (household if at_home else stranger)[each.person] = each.kind
    by_kind = Counter(stranger.values())
    total = Counter(one.kind for one in benign)
    mates = Counter(kind for person, kind in household.items() if person not in stranger)
    return {
        "strangers": 1000 * len(stranger) / len(benign),
        "household": 1000 * mates.total() / len(benign),
        "people": len(stranger),
        "by kind": {
            kind: {"people": total[kind], "tied": by_kind[kind]}
            for kind in (*KINDS, "namesake employer")
            if total[kind]
        },
        "by what": _by_what(benign, people) if found is _linked else [],
    }


def _by_what(benign: Sequence[Replayed], people: dict[str, Replayed]) -> list[tuple[str, int]]:
    """Of links to strangers: kinds of people at both ends, and what is taken for common."""
    told = Counter[str]()
    for one in benign:
        for person, ties in one.links:
            other = people[person]
            at_home = one.kind == "household" and one.group == other.group
            if other.human != one.human and not at_home:
                kinds = ", ".join(sorted(set(ties)))
                told[f"{one.kind} and {other.kind}: {kinds}"] += 1
    return told.most_common(12)


def _reviews(benign: Sequence[Replayed]) -> dict[str, Any]:
    """By kind: people looked at, those not for history and contacts alone, those for linkage."""
    told = {}
    for kind in (*KINDS, "namesake employer", _WHOSE_DATA_WAS_USED, "all"):
        own = benign if kind == "all" else _of(benign, kind)
        if not own:
            continue
        told[kind] = {
            "people": len(own),
            "looked at": 1000 * _share(own, lambda one: one.looked_at),
            "not for history alone": 1000 * _share(own, lambda one: one.beyond_history),
            "for what others share": 1000 * _share(own, _for_linkage),
            "because": Counter(
                rule for one in own if one.beyond_history for rule in one.because
            ).most_common(4),
        }
    return told


def _for_linkage(one: Replayed) -> bool:
    return one.looked_at and not _LINKAGE_RULES.isdisjoint(one.because)


def _over_time(benign: Sequence[Replayed], people: dict[str, Replayed]) -> list[tuple[int, float]]:
    """Benign people tied to a stranger so far, per 1,000 that had arrived, at fifty moments."""
    tied: set[str] = set()
    told = []
    every = max(1, len(benign) // 50)
    for place, one in enumerate(benign, start=1):
        for person, _ in one.links:
            other = people[person]
            at_home = one.kind == "household" and one.group == other.group
            if other.human != one.human and not at_home:
                tied |= {one.person, *([person] if other.campaign is None else [])}
        if place % every == 0:
            told.append((one.number, 1000 * len(tied) / place))
    return told


def _cost(replayed: Sequence[Replayed]) -> dict[str, float]:
    whole = [one.milliseconds for one in replayed]
    linking = [one.linking_milliseconds for one in replayed]
    return {
        "median": median(whole),
        "95 %": quantiles(whole, n=20)[-1],
        "linking, median": median(linking),
        "linking, 95 %": quantiles(linking, n=20)[-1],
        "linking, longest": max(linking),
    }


def _linked(one: Replayed) -> Iterable[str]:
    return (person for person, _ in one.links)


def _of(replayed: Iterable[Replayed], kind: str) -> list[Replayed]:
    return [one for one in replayed if one.kind == kind]


def _first(held: Sequence[bool]) -> int | None:
    return next((place for place, one in enumerate(held, start=1) if one), None)


def _share(cases: Sequence[Replayed], holds: Callable[[Replayed], bool]) -> float:
    return sum(map(holds, cases)) / max(1, len(cases))
