"""Calibration: how often an engine is wrong at which threshold, and what that allows to propose.

Scores in, rates out, after ISO/IEC 19795-1: FMR and FNMR with intervals, over all comparisons and
by the groups that a file names (the worst is told, never averaged away); the equal error rate; TAR
at a FAR. What a sample cannot show is refused rather than guessed: without an error among `n`
independent comparisons the true rate is known only to be below 3 / n (the rule of three), so 0.1 %
takes 3,000 pairs of people.
"""

from collections.abc import Sequence
from math import ceil, floor

import numpy as np

from models.calibration import (
    FaceRates,
    GroupRates,
    ProposedBands,
    Refused,
    ThresholdRates,
    TrueAccepts,
)
from verifiers.faces.calibration_intervals import needed_for, shown_by
from verifiers.faces.calibration_scores import Comparison, Scores, scores_of

STRONG_FMR = 0.001
MODERATE_FMR = 0.01
BEYOND_UNKNOWN = 0.01
"""At most this share of genuine comparisons may lie where a distance contradicts."""

_ROWS = 24
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Between the thresholds of a table, the first that makes at most so many rows."""


def calibrate(engine: str, comparisons: Sequence[Comparison]) -> FaceRates:
    """Everything that the comparisons of one engine show.

    Raises:
        TooFew: there are none of one person, or none of two.
    """
    scores = scores_of(comparisons)
    groups = by_group(comparisons)
    accepts, refused = _true_accepts(scores)
    return FaceRates(
        engine=engine,
        sample=scores.size,
        equal_error_rate=scores.equal_error_rate(),
        true_accepts=accepts,
        refused=refused,
        thresholds=tuple(rates_at(t, scores, groups) for t in table_thresholds(scores)),
        bands=propose(scores, groups),
        notes=tuple(_notes(scores, groups)),
    )


def by_group(comparisons: Sequence[Comparison]) -> dict[str, Scores]:
    """The comparisons of each group that is named, by name; a group may lack one kind."""
    names = sorted({c.group for c in comparisons if c.group})
    return {name: Scores(tuple(c for c in comparisons if c.group == name)) for name in names}


def rates_at(threshold: float, scores: Scores, groups: dict[str, Scores]) -> ThresholdRates:
    """Both rates at a threshold, over all and by group."""

    def of(group: str, one: Scores) -> GroupRates:
        return GroupRates(group=group, fmr=one.fmr(threshold), fnmr=one.fnmr(threshold))

    rates = tuple(of(name, one) for name, one in groups.items())
    compared = [r for r in rates if r.fmr.comparisons]
    worst = max(compared, key=lambda r: (r.fmr.value or 0.0, r.fmr.high), default=None)
    return ThresholdRates(
        threshold=threshold,
        overall=of("", scores),
        groups=rates,
        worst_group=worst.group if worst else None,
    )


def table_thresholds(scores: Scores) -> tuple[float, ...]:
    """Round thresholds from the first distance seen to just beyond the last genuine one."""
    low, high = float(scores.distances[0]), float(scores.genuine[-1])
    high = max(high, float(scores.impostor[0]))
    step = next((s for s in _STEPS if (high - low) / s <= _ROWS - 2), (high - low) / (_ROWS - 2))
    first, last = floor(low / step), ceil(high / step)
    return tuple(round(step * i, 6) for i in range(first, last + 1))


def propose(scores: Scores, groups: dict[str, Scores]) -> ProposedBands:
    """Bands whose rates hold in every group, refused where a group is too small to show them."""
    strong, moderate = (_support(far, scores, groups) for far in (STRONG_FMR, MODERATE_FMR))
    unknown = _contradiction(scores)
    ends = [None if isinstance(end, Refused) else end for end in (strong, moderate, unknown)]
    if ends[2] is not None:
        ends[2] = max(end for end in ends if end is not None)
    return ProposedBands(
        strong=ends[0],
        moderate=ends[1],
        unknown=ends[2],
        refused=tuple(end for end in (strong, moderate, unknown) if isinstance(end, Refused)),
    )


def _support(far: float, scores: Scores, groups: dict[str, Scores]) -> float | Refused:
    everywhere = {"": scores} | groups
    name, smallest = min(everywhere.items(), key=lambda item: item[1].size.pairs_of_people)
    band = "strong" if far == STRONG_FMR else "moderate"
    if refused := _refused(f"the band {band} (FMR {100 * far:.3g} %)", far, smallest, name):
        return refused
    limit = min(one.beyond(far) for one in everywhere.values())
    # Rounded to the safe side.
    return floor(scores.below(limit) * 1000) / 1000


def _contradiction(scores: Scores) -> float | Refused:
    needed, available = needed_for(BEYOND_UNKNOWN), scores.genuine_people
    if available < needed:
        return Refused(
            what="where a distance contradicts",
            why=f"That at most {BEYOND_UNKNOWN:.0%} of genuine comparisons lie beyond a distance "
            f"takes {needed:,} people compared with themselves to show; the file has "
            f"{available:,}.",
            needed=needed,
            available=available,
        )
    return ceil(float(scores.genuine[-1]) * 1000) / 1000


def _true_accepts(scores: Scores) -> tuple[tuple[TrueAccepts, ...], tuple[Refused, ...]]:
    """TAR at 0.1 % and 1 %, or at the least FAR that the sample can show."""
    rates, refused = [], []
    for far in (STRONG_FMR, MODERATE_FMR):
        if why := _refused(f"TAR at FAR {100 * far:.3g} %", far, scores, ""):
            refused.append(why)
        else:
            rates.append(far)
    least = shown_by(scores.size.pairs_of_people)
    if not rates and least < 1:
        rates.append(least)
    accepts = []
    for far in rates:
        threshold = scores.below(scores.beyond(far))
        accepts.append(
            TrueAccepts(
                far=far,
                threshold=threshold,
                tar=scores.tar(threshold),
                fmr=scores.fmr(threshold),
            )
        )
    return tuple(accepts), tuple(refused)


def _refused(what: str, far: float, scores: Scores, group: str) -> Refused | None:
    needed, available = needed_for(far), scores.size.pairs_of_people
    if available >= needed:
        return None
    where = f"the group {group} has" if group else "the file has"
    counted = "pairs of people" if scores.size.people is not None else "impostor comparisons"
    return Refused(
        what=what,
        why=f"An FMR of {100 * far:.3g} % takes {needed:,} different {counted} to show (rule of "
        f"three); {where} {available:,}, which show {100 * shown_by(available):.3g} % at best.",
        needed=needed,
        available=available,
    )


def _notes(scores: Scores, groups: dict[str, Scores]) -> list[str]:
    size = scores.size
    if size.people is None:
        notes = [
            "The file does not say who is compared, so every comparison counts as independent. "
            "Where people recur they are not, and every interval is too narrow: name what was "
            "compared in the columns one and other."
        ]
    else:
        notes = [
            f"{size.genuine:,} comparisons of {scores.genuine_people:,} people with themselves and "
            f"{size.impostors:,} of {size.pairs_of_people:,} pairs of people, {size.people:,} "
            "people in all. Comparisons that share people are not independent: intervals count "
            "each person and each pair of people once. As pairs share people too, they are if "
            "anything still too narrow."
        ]
    lacking = [n for n, one in groups.items() if not len(one.genuine) or not len(one.impostor)]
    if lacking:
        notes.append(
            f"Only one of the two rates can be told of: {', '.join(lacking)}. It takes comparisons "
            "of one person and of two."
        )
    overlap = float(np.mean(scores.genuine > np.median(scores.impostor)))
    if overlap:
        notes.append(
            f"{overlap:.1%} of the genuine comparisons lie further apart than half of the "
            "impostors: look at these for wrong labels."
        )
    return notes
