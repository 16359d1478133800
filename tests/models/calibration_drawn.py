"""What a calibration measured, drawn at random."""

from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.calibration import (
    Calibration,
    EqualErrorRate,
    FaceRates,
    GroupRates,
    ProposedBands,
    Rate,
    Refused,
    SampleSize,
    ThresholdRates,
    TrueAccepts,
)

_TEXT = st.text(max_size=20)
_COUNT = st.integers(0, 10_000)
_SHARE = st.floats(0, 1)
_DISTANCE = st.floats(0, 2)


def _several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


RATE = st.builds(
    Rate,
    value=st.none() | _SHARE,
    hits=_COUNT,
    comparisons=_COUNT,
    independent=st.floats(0, 10_000),
    low=_SHARE,
    high=_SHARE,
)
SIZE = st.builds(
    SampleSize, people=st.none() | _COUNT, genuine=_COUNT, impostors=_COUNT, pairs_of_people=_COUNT
)
EQUAL_ERROR_RATE = st.builds(
    EqualErrorRate,
    rate=_SHARE,
    threshold=_DISTANCE,
    low=_SHARE,
    high=_SHARE,
    by_people=st.booleans(),
)
TRUE_ACCEPTS = st.builds(TrueAccepts, far=_SHARE, threshold=_DISTANCE, tar=RATE, fmr=RATE)
REFUSED = st.builds(Refused, what=_TEXT, why=_TEXT, needed=_COUNT, available=_COUNT)
GROUP = st.builds(GroupRates, group=_TEXT, fmr=RATE, fnmr=RATE)
THRESHOLD = st.builds(
    ThresholdRates,
    threshold=_DISTANCE,
    overall=GROUP,
    groups=_several(GROUP),
    worst_group=st.none() | _TEXT,
)
_END = st.none() | _DISTANCE
BANDS = st.builds(
    ProposedBands, strong=_END, moderate=_END, unknown=_END, refused=_several(REFUSED)
)
_MEASURED: dict[str, Any] = {
    "engine": _TEXT,
    "sample": SIZE,
    "equal_error_rate": EQUAL_ERROR_RATE,
    "true_accepts": _several(TRUE_ACCEPTS),
    "bands": BANDS,
    "notes": _several(_TEXT),
}
CALIBRATION = st.builds(
    Calibration,
    **_MEASURED,
    source=st.text(min_size=1, max_size=20),
    measured_at=st.datetimes(timezones=st.just(UTC)),
    measured_by=st.text(min_size=1, max_size=20),
)

CALIBRATION_STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    Rate: RATE,
    SampleSize: SIZE,
    EqualErrorRate: EQUAL_ERROR_RATE,
    TrueAccepts: TRUE_ACCEPTS,
    Refused: REFUSED,
    GroupRates: GROUP,
    ThresholdRates: THRESHOLD,
    ProposedBands: BANDS,
    FaceRates: st.builds(
        FaceRates, **_MEASURED, thresholds=_several(THRESHOLD), refused=_several(REFUSED)
    ),
    Calibration: CALIBRATION,
}
