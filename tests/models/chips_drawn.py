"""Chips as the round trip draws them."""

from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.chip import (
    Cause,
    CertificateRole,
    ChipAlgorithm,
    ChipCertificate,
    ChipDataGroup,
    ChipFace,
    ChipFile,
    ChipReading,
    ChipStep,
    ChipZoneField,
    Step,
    StepStatus,
)

TEXT = st.text(max_size=20)
WORDS = st.text(min_size=1, max_size=20)
COUNT = st.integers(0, 10_000)
MOMENT = st.datetimes(timezones=st.just(UTC))


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


def judged(model: type[BaseModel], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A step of checking a chip: with a cause exactly where it is not done."""
    done = st.builds(model, status=st.just(StepStatus.DONE), reason=WORDS, **fields)
    not_done = st.builds(
        model,
        status=st.sampled_from((StepStatus.FAILED, StepStatus.NOT_POSSIBLE)),
        cause=st.sampled_from(Cause),
        reason=WORDS,
        **fields,
    )
    return done | not_done


CHIP_STEP = judged(ChipStep, step=st.sampled_from(Step))
CHIP_GROUP = judged(
    ChipDataGroup,
    number=st.integers(1, 16),
    file=st.none() | TEXT,
    size_bytes=st.none() | COUNT,
    expected=st.none() | TEXT,
    computed=st.none() | TEXT,
)
CHIP_FILE = st.builds(ChipFile, name=TEXT, what=TEXT, used=st.booleans())
CHIP_CERTIFICATE = st.builds(
    ChipCertificate,
    role=st.sampled_from(CertificateRole),
    country=st.none() | TEXT,
    valid_from=MOMENT,
    valid_until=MOMENT,
    trusted=st.booleans(),
    remarks=several(TEXT),
    **dict.fromkeys(
        ("subject", "issuer", "serial_number", "key", "signed_with", "sha256", "source"), TEXT
    ),
)
CHIP_ALGORITHM = st.builds(ChipAlgorithm, use=TEXT, name=TEXT, age=TEXT, old=st.booleans())
CHIP_ZONE_FIELD = st.builds(
    ChipZoneField, name=TEXT, chip=TEXT, printed=TEXT, agrees=st.none() | st.booleans()
)
CHIP_FACE = st.builds(
    ChipFace,
    format=TEXT,
    standard=TEXT,
    size_bytes=COUNT,
    width=st.integers(1, 8000),
    height=st.integers(1, 8000),
)


def chip_strategies(
    zone: st.SearchStrategy[Any],
) -> dict[type[BaseModel], st.SearchStrategy[Any]]:
    """A strategy for every model of a chip; `zone` draws what DG1 holds."""
    return {
        ChipStep: CHIP_STEP,
        ChipDataGroup: CHIP_GROUP,
        ChipFile: CHIP_FILE,
        ChipCertificate: CHIP_CERTIFICATE,
        ChipAlgorithm: CHIP_ALGORITHM,
        ChipZoneField: CHIP_ZONE_FIELD,
        ChipFace: CHIP_FACE,
        ChipReading: st.builds(
            ChipReading,
            source=TEXT,
            checked_on=st.dates(),
            files=several(CHIP_FILE),
            lds_version=st.none() | TEXT,
            security_object_version=st.none() | st.integers(0, 1),
            signed_at=st.none() | MOMENT,
            algorithms=several(CHIP_ALGORITHM),
            zone=st.none() | zone,
            issued_on=st.none() | st.dates(),
            details=st.dictionaries(WORDS, TEXT, max_size=3),
            printed=several(CHIP_ZONE_FIELD),
            face=st.none() | CHIP_FACE,
            data_groups=several(CHIP_GROUP),
            chain=several(CHIP_CERTIFICATE),
            steps=several(CHIP_STEP),
            remarks=several(TEXT),
        ),
    }
