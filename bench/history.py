"""Claimed history on generated lives: who is asked, who is sent to a person, who is missed.

`python -m bench.history [HONEST FRAUDS]` judges that many lives (2,000 and 1,000) of each of two
splits: one that was looked at while the rules and the lives were built, and one that nobody looked
at before. `--json` prints the figures as JSON. How the lives are made, and that their rates are
assumptions, is told in `samples.careers`; a rate here is one of such lives, not of applicants.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles
from typing import Any

from bench.history_lives import JudgedLife, judge_all
from bench.history_tables import print_table
from models.stage import Stage
from models.verdict import Outcome
from samples.careers.frauds import FRAUD
from samples.careers.honest import HONEST
from samples.careers.names import ORIGINS
from samples.careers.observed import STAGES
from samples.careers.population import frauds, honest
from service.workflow.rules import ALL_RULES
from verifiers.faces.calibration_intervals import clopper_pearson

SPLITS = {"seen while building": 1, "held out": 915_233}
"""The seed of each. The second was drawn after the last change of a rule, for the figures that are
written down; rules were changed after an earlier one (70,421) had been looked at."""

_PERSON = (Outcome.REVIEW, Outcome.HOLD)


def measure(
    honest_lives: int = 2000, fraud_lives: int = 1000, swapped: int = 200
) -> dict[str, Any]:
    """The figures of both splits, and of the same lives under other names.

    `swapped` honest lives, and half as many made-up ones, are drawn with names of each origin.
    """
    figures: dict[str, Any] = {"rules": len(ALL_RULES), "splits": {}}
    for name, seed in SPLITS.items():
        good, bad = judge_all(honest(honest_lives, seed)), judge_all(frauds(fraud_lives, seed))
        figures["splits"][name] = {
            "honest": _outcomes(good),
            "honest by kind": {kind: _honest_kind(lives) for kind, lives in _by_kind(good, HONEST)},
            "fraud": _outcomes(bad),
            "fraud by kind": {kind: _fraud_kind(lives) for kind, lives in _by_kind(bad, FRAUD)},
            "rules": _by_rule(good, bad),
            "origins": {origin: _origin(good, origin) for origin in ORIGINS},
            "cost": _cost([*good, *bad]),
            "baseline": {"honest": _share(good, _naive), "fraud": _share(bad, _naive)},
        }
    figures["swapped names"] = _swapped(SPLITS["held out"], swapped)
    return figures


def _outcomes(lives: Sequence[JudgedLife]) -> dict[str, Any]:
    return {
        "lives": len(lives),
        "any contradiction": _share(lives, lambda life: bool(life.contradicted)),
        "stages": {
            stage.value: {
                outcome.value: _share(lives, lambda life: life.stages[stage].outcome is outcome)  # noqa: B023
                for outcome in Outcome
            }
            for stage in STAGES
        },
        "rows of review": _rows(lives),
    }


def _rows(lives: Sequence[JudgedLife]) -> dict[str, dict[str, float]]:
    """By stage, which row of the decision sent lives to a person."""
    told: dict[str, dict[str, float]] = {}
    for stage in STAGES:
        at = [life.stages[stage] for life in lives]
        rows = {one.row for one in at if one.outcome in _PERSON}
        told[stage.value] = {
            row: sum(one.row == row for one in at) / max(1, len(at)) for row in sorted(rows)
        }
    return told


def _honest_kind(lives: Sequence[JudgedLife]) -> dict[str, float]:
    return {
        "lives": len(lives),
        "any contradiction": _share(lives, lambda life: bool(life.contradicted)),
        **{f"asked at {s.value}": _asked(lives, s) for s in (Stage.INTERVIEW, Stage.ONBOARDING)},
        **{f"review by {s.value}": _caught(lives, s) for s in (Stage.INTERVIEW, Stage.ONBOARDING)},
    }


def _fraud_kind(lives: Sequence[JudgedLife]) -> dict[str, float]:
    return {
        "lives": len(lives),
        **{f"caught by {stage.value}": _caught(lives, stage) for stage in STAGES},
        "only asked": _share(
            lives,
            lambda life: not life.reaches(*_PERSON) and bool(life.reaches(Outcome.NEEDS_INFO)),
        ),
    }


def _by_rule(good: Sequence[JudgedLife], bad: Sequence[JudgedLife]) -> dict[str, dict[str, Any]]:
    return {
        rule.id: {
            "name": rule.name,
            "strength": rule.strength.value,
            "honest": _share(good, lambda life: rule.id in life.contradicted),  # noqa: B023
            "honest, review rests on it": _share(good, lambda life: _rests(life, rule.id)),  # noqa: B023
            "fraud": _share(bad, lambda life: rule.id in life.contradicted),  # noqa: B023
            "fraud, review rests on it": _share(bad, lambda life: _rests(life, rule.id)),  # noqa: B023
        }
        for rule in ALL_RULES
    }


def _origin(lives: Sequence[JudgedLife], origin: str) -> dict[str, Any]:
    theirs = [life for life in lives if life.origin == origin]
    asked = sum(bool(life.reaches(Outcome.NEEDS_INFO, *_PERSON)) for life in theirs)
    looked_at = sum(bool(life.reaches(*_PERSON)) for life in theirs)
    return {
        "lives": len(theirs),
        "asked or looked at": asked / max(1, len(theirs)),
        "asked or looked at, 95 %": clopper_pearson(asked, len(theirs)),
        "review": looked_at / max(1, len(theirs)),
        "review, 95 %": clopper_pearson(looked_at, len(theirs)),
    }


def _swapped(seed: int, count: int) -> dict[str, Any]:
    """How many of the same lives come out otherwise when their names are of another origin."""
    drawn: dict[str, list[JudgedLife]] = {}
    for origin in ORIGINS:
        good = honest(count, seed, origin=origin)
        drawn[origin] = judge_all((*good, *frauds(count // 2, seed, origin=origin)))
    first = drawn[next(iter(drawn))]
    other: dict[str, list[str]] = {}
    for origin, lives in drawn.items():
        other[origin] = [
            f"{one.kind}: {', '.join(sorted(one.contradicted ^ this.contradicted)) or 'outcome'}"
            for one, this in zip(first, lives, strict=True)
            if [at.outcome for at in one.stages.values()]
            != [at.outcome for at in this.stages.values()]
        ]
    return {"lives": len(first), "come out otherwise": other}


def _cost(lives: Sequence[JudgedLife]) -> dict[str, float]:
    ours = [at.milliseconds for life in lives for at in life.stages.values()]
    theirs = [life.naive_milliseconds for life in lives]
    return {
        "median": median(ours),
        "95 %": quantiles(ours, n=20)[-1],
        "longest": max(ours),
        "baseline, median": median(theirs),
        "ratio of medians": median(ours) / median(theirs),
    }


def _by_kind(
    lives: Sequence[JudgedLife], kinds: Iterable[str]
) -> Iterable[tuple[str, list[JudgedLife]]]:
    for kind in kinds:
        if theirs := [life for life in lives if life.kind == kind]:
            yield kind, theirs


def _share(lives: Sequence[JudgedLife], holds: Callable[[JudgedLife], bool]) -> float:
    return sum(map(holds, lives)) / max(1, len(lives))


def _naive(life: JudgedLife) -> bool:
    return life.naive


def _asked(lives: Sequence[JudgedLife], stage: Stage) -> float:
    return _share(lives, lambda life: life.stages[stage].outcome is Outcome.NEEDS_INFO)


def _caught(lives: Sequence[JudgedLife], stage: Stage) -> float:
    """Those that a person has been asked to look at by this stage."""
    last = STAGES.index(stage)
    return _share(
        lives,
        lambda life: (at := life.reaches(*_PERSON)) is not None and STAGES.index(at) <= last,
    )


def _rests(life: JudgedLife, rule: str) -> bool:
    return any(rule in at.because for at in life.stages.values() if at.outcome in _PERSON)


def main(arguments: list[str]) -> None:
    """Judge, print."""
    wanted = [int(argument) for argument in arguments if argument != "--json"]
    figures = measure(*wanted)
    if "--json" in arguments:
        print(json.dumps(figures, indent=1))
    else:
        print_table(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
