"""The distances of a calibration, and the two rates at any threshold (ISO/IEC 19795-1 §8).

A comparison matches at or below the threshold. FMR is the share of comparisons of two people that
match, FNMR the share of comparisons of one person that do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.calibration import EqualErrorRate, Rate, SampleSize
from verifiers.faces.calibration_intervals import bootstrap, measured


@dataclass(frozen=True)
class Comparison:
    """Two faces compared by one engine, and the truth about them."""

    distance: float
    same: bool
    people: tuple[int, int] | None = None
    """Numbers of the two people, equal where `same`; `None` where nobody knows."""
    group: str = ""
    """As the file names it; Bonafide guesses none."""


class TooFew(ValueError):
    """Without comparisons of both kinds there is nothing to calibrate."""


@dataclass(frozen=True, eq=False)
class Scores:
    """Comparisons by one engine.

    Those of a whole file are of one person and of two (`scores_of`); those of one group in it may
    all be of one kind, and then only that kind's rate can be told.
    """

    comparisons: tuple[Comparison, ...]

    @cached_property
    def distances(self) -> NDArray[np.float64]:
        """All of them, in order of size."""
        return np.array(sorted(c.distance for c in self.comparisons), dtype=np.float64)

    @cached_property
    def genuine(self) -> NDArray[np.float64]:
        """Of one person, in order of size."""
        return self._sorted(same=True)

    @cached_property
    def impostor(self) -> NDArray[np.float64]:
        """Of two people, in order of size."""
        return self._sorted(same=False)

    @cached_property
    def size(self) -> SampleSize:
        people = None
        if self._people is not None:
            people = len({number for pair in self._people for number in pair})
        return SampleSize(
            people=people,
            genuine=len(self.genuine),
            impostors=len(self.impostor),
            pairs_of_people=self._independent(same=False),
        )

    @cached_property
    def genuine_people(self) -> int:
        """Who was compared with themselves; comparisons where nobody knows who."""
        return self._independent(same=True)

    def fmr(self, threshold: float) -> Rate:
        """The share of impostors at or below the threshold."""
        hits = int(np.searchsorted(self.impostor, threshold, side="right"))
        return measured(hits, len(self.impostor), self.size.pairs_of_people)

    def fnmr(self, threshold: float) -> Rate:
        """The share of genuine comparisons above the threshold."""
        hits = len(self.genuine) - int(np.searchsorted(self.genuine, threshold, side="right"))
        return measured(hits, len(self.genuine), self.genuine_people)

    def tar(self, threshold: float) -> Rate:
        """The share of genuine comparisons at or below the threshold."""
        hits = int(np.searchsorted(self.genuine, threshold, side="right"))
        return measured(hits, len(self.genuine), self.genuine_people)

    def beyond(self, far: float) -> float:
        """The least distance that a threshold must stay below for an FMR of at most `far`."""
        allowed = int(far * len(self.impostor) + 1e-9)
        return float(self.impostor[allowed]) if allowed < len(self.impostor) else np.inf

    def below(self, limit: float) -> float:
        """The largest distance seen below a limit, as a threshold."""
        at = int(np.searchsorted(self.distances, limit, side="left"))
        return float(self.distances[at - 1]) if at else float(np.nextafter(limit, -np.inf))

    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Thresholds, rising, with FMR and FNMR at each: of the DET curve."""
        thresholds = np.unique(self.distances)
        fmr = np.searchsorted(self.impostor, thresholds, side="right") / len(self.impostor)
        fnmr = 1 - np.searchsorted(self.genuine, thresholds, side="right") / len(self.genuine)
        return thresholds, fmr, fnmr

    def equal_error_rate(self) -> EqualErrorRate:
        """Where the rates meet, between the two thresholds around it; with its interval."""
        order = sorted(self.comparisons, key=lambda c: c.distance)
        distances = np.array([c.distance for c in order])
        same = np.array([c.same for c in order])
        people = None
        if self._people is not None:
            people = np.array([c.people for c in order], dtype=np.int64)
        ends = np.append(np.flatnonzero(np.diff(distances)), len(distances) - 1)

        def meeting(weights: NDArray[np.float64]) -> tuple[float, float] | None:
            return _meeting(np.where(same, weights, 0), np.where(same, 0, weights), ends)

        def rate(weights: NDArray[np.float64]) -> float | None:
            found = meeting(weights)
            return found[0] if found else None

        found = meeting(np.ones(len(order)))
        if found is None:
            raise TooFew("one kind of comparison is missing")
        value, at = found
        threshold = float(distances[ends[int(at)]])
        low, high = bootstrap(rate, same, people)
        if high == 0:
            # Nothing was wrong in any resample, which bounds nothing; but at any threshold the
            # larger of the two rates is at least the one where they meet.
            high = max(self.fmr(threshold).high, self.fnmr(threshold).high)
        return EqualErrorRate(
            rate=value,
            threshold=threshold,
            low=min(low, value),
            high=max(high, value),
            by_people=people is not None,
        )

    @cached_property
    def _people(self) -> tuple[tuple[int, int], ...] | None:
        known = tuple(c.people for c in self.comparisons if c.people is not None)
        return known if known and len(known) == len(self.comparisons) else None

    def _independent(self, *, same: bool) -> int:
        of_kind = [c for c in self.comparisons if c.same is same]
        if self._people is None:
            return len(of_kind)
        return len({frozenset(c.people) for c in of_kind if c.people is not None})

    def _sorted(self, *, same: bool) -> NDArray[np.float64]:
        return np.array(
            sorted(c.distance for c in self.comparisons if c.same is same), dtype=np.float64
        )


def scores_of(comparisons: Sequence[Comparison]) -> Scores:
    """The comparisons of one engine. Raises `TooFew` where one kind of them is missing."""
    kinds = {c.same for c in comparisons}
    if kinds != {True, False}:
        missing = "of one person with themselves" if True not in kinds else "of two people"
        raise TooFew(f"no comparison {missing} is left; both kinds are needed")
    return Scores(tuple(comparisons))


def _meeting(
    genuine: NDArray[np.float64], impostor: NDArray[np.float64], ends: NDArray[np.int64]
) -> tuple[float, float] | None:
    """The rate at which weighted FMR and FNMR meet, and after which of the `ends`."""
    if not genuine.sum() or not impostor.sum():
        return None
    fnmr = 1 - np.append(0.0, np.cumsum(genuine)[ends] / genuine.sum())
    fmr = np.append(0.0, np.cumsum(impostor)[ends] / impostor.sum())
    after = int(np.argmax(fmr >= fnmr - 1e-12))
    gaps = fnmr - fmr
    before = gaps[after - 1]
    share = before / (before - gaps[after]) if before > gaps[after] else 1.0
    rate = fmr[after - 1] + share * (fmr[after] - fmr[after - 1])
    return float(max(rate, 0.0)), after - 1
