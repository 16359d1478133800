"""How far a measured rate may be trusted: Clopper-Pearson, the rule of three, bootstrap by person.

ISO/IEC 19795-1 takes comparisons that share a person to be correlated: ten photographs of one
face are 45 comparisons and one person. So an interval is that of Clopper and Pearson for as many
*independent* comparisons as there are (Korn and Graubard, Survey Methodology 24, 1998), each person
counted once among genuine comparisons, each pair of people once among impostors'. That is the
cautious end: photographs of one person are not wholly alike either.
"""

from collections.abc import Callable
from math import ceil, exp, lgamma, log, log1p

import numpy as np
from numpy.typing import NDArray

from models.calibration import Rate

CONFIDENCE = 0.95
RESAMPLES = 500
"""Of a bootstrap; the ends of its interval move by less than a tenth of its width beyond that."""

_TINY = 1e-300


def measured(hits: int, comparisons: int, independent: float) -> Rate:
    """A rate with its interval, its comparisons counting as so many independent ones."""
    if not comparisons:
        return Rate(value=None, hits=0, comparisons=0, independent=0, low=0, high=1)
    value = hits / comparisons
    low, high = clopper_pearson(value * independent, independent)
    return Rate(
        value=value,
        hits=hits,
        comparisons=comparisons,
        independent=independent,
        low=min(low, value),
        high=max(high, value),
    )


def clopper_pearson(
    hits: float, trials: float, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """The exact interval of a binomial share, both ends by quantiles of the beta distribution."""
    tail = (1 - confidence) / 2
    low = 0.0 if hits <= 0 else _beta_quantile(tail, hits, trials - hits + 1)
    high = 1.0 if hits >= trials else _beta_quantile(1 - tail, hits + 1, trials - hits)
    return low, high


def needed_for(rate: float) -> int:
    """How many independent comparisons show a rate: with none of `n` wrong it is below 3 / n."""
    return ceil(3 / rate - 1e-9)


def shown_by(independent: int) -> float:
    """The least rate that so many independent comparisons show."""
    return min(1.0, 3 / independent) if independent else 1.0


def bootstrap(
    statistic: Callable[[NDArray[np.float64]], float | None],
    same: NDArray[np.bool_],
    people: NDArray[np.int64] | None,
    seed: int = 1,
) -> tuple[float, float]:
    """The interval of a statistic over resamples of people, or of comparisons if not told who.

    Args:
        statistic: Of the weights of all comparisons; `None` where a resample has too few.
        same: `(n,)`, which comparisons are genuine.
        people: `(n, 2)`, numbers from 0 of the two people compared.
        seed: Of the resampling, so that one file has one answer.
    """
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(RESAMPLES):
        value = statistic(_weights(chance, same, people))
        if value is not None:
            found.append(value)
    if not found:
        return 0.0, 1.0
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(found, [tail, 100 - tail])
    return float(low), float(high)


def _weights(
    chance: np.random.Generator, same: NDArray[np.bool_], people: NDArray[np.int64] | None
) -> NDArray[np.float64]:
    if people is None:
        drawn = np.bincount(chance.integers(0, len(same), len(same)), minlength=len(same))
        return drawn.astype(np.float64)
    count = int(people.max()) + 1
    drawn = np.bincount(chance.integers(0, count, count), minlength=count)
    one, other = drawn[people[:, 0]], drawn[people[:, 1]]
    # Somebody drawn twice meets others twice, but themselves is still one person.
    return np.where(same, one, one * other).astype(np.float64)


def _beta_quantile(share: float, a: float, b: float) -> float:
    """Where the beta distribution's cumulative share is reached, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The fraction converges fast on one side of the mean only.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away_from_zero(1 + step * d)
            c = _away_from_zero(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
