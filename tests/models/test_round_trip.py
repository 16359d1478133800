"""Every model survives its own JSON, so that a report can be read back word for word."""

import importlib
import pkgutil
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import models
from models.barcode import (
    Anomaly,
    AnomalyKind,
    BarcodeSearch,
    BarcodeText,
    Licence,
    LicenceElement,
    LicenceField,
    Symbology,
)
from models.base import Model
from models.context import Context
from models.document import FieldStatus, Mrz, MrzField, MrzFormat, MrzSearch, MrzText, PrintedField
from models.finding import Check, EvidenceClass, Finding, Region, Seen, Status, Strength
from models.footage import FaceSeen, FootageFacts
from models.forensics import Found, Look, Sign
from models.order import Candidate, Consent, VerificationOrder
from models.person import EarlierCapture
from models.policy import Policy, Requirement
from models.request import CandidateRequest
from models.stage import Stage
from models.verdict import CheckResult, Outcome, Reason, Verdict
from models.verification import EvidenceFile, EvidenceKind, Verification
from tests.models.calibration_drawn import CALIBRATION, CALIBRATION_STRATEGIES
from tests.models.chips_drawn import chip_strategies
from tests.models.faces_drawn import FACE_STRATEGIES, GALLERY_COVERAGE, NAMED, templates
from tests.models.files_drawn import FILE_STRATEGIES
from tests.models.history_drawn import ANSWER, CLAIMS, HISTORY_STRATEGIES
from tests.models.outside_drawn import OUTSIDE_STRATEGIES
from tests.models.presence_drawn import presence_strategies
from tests.models.surroundings_drawn import SURROUNDINGS, SURROUNDINGS_STRATEGIES

TEXT = st.text(max_size=20)
WORDS = st.text(min_size=1, max_size=20)
SHARE = st.floats(0, 1)
COUNT = st.integers(0, 10_000)
AMOUNT = st.floats(0, allow_infinity=False)
MOMENT = st.datetimes(timezones=st.just(UTC))
CODE = st.lists(st.text("abz09_", min_size=1, max_size=4), min_size=2, max_size=4).map(".".join)
INDICATOR = st.builds("DPRK-{}-{:02}".format, st.sampled_from(("ID", "DOC")), st.integers(1, 99))
CODES = st.lists(CODE, max_size=3).map(tuple)
LINE = st.text("Aß é-.7", min_size=1, max_size=20).filter(str.strip)
"""What a person may write into one line, spaces around it included."""


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


POINT = st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 2)
REGION = st.builds(Region, corners=st.tuples(POINT, POINT, POINT, POINT))
SEEN = st.builds(
    Seen,
    what=WORDS,
    value=TEXT | st.booleans() | st.integers() | st.floats(allow_nan=False),
    unit=optional(TEXT),
    file=optional(TEXT),
    page=optional(st.integers(1, 500)),
    region=optional(REGION),
    frame_seconds=optional(AMOUNT),
    source=optional(TEXT),
    fetched_at=optional(MOMENT),
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Findings that may exist: a strength unless unknown, an explanation where they contradict."""
    status = draw(st.sampled_from(Status))
    contradicts = status is Status.CONTRADICTS
    return Finding(
        code=draw(CODE),
        check=draw(st.sampled_from(Check)),
        status=status,
        strength=None if status is Status.UNKNOWN else draw(st.sampled_from(Strength)),
        evidence_class=draw(st.sampled_from(EvidenceClass)),
        seen=draw(several(SEEN)),
        indicators=draw(several(INDICATOR)),
        for_recruiter=draw(WORDS),
        for_candidate=draw(WORDS),
        innocent_explanation=draw(WORDS if contradicts else optional(WORDS)),
        question=draw(optional(WORDS)),
    )


@st.composite
def zones(draw: st.DrawFn) -> MrzText:
    """A zone of any format, of the shape the format has."""
    zone = draw(st.sampled_from(MrzFormat))
    lines, columns = zone.shape
    line = st.text("ABC<0123456789", min_size=columns, max_size=columns)
    sure = tuple(draw(SHARE) for _ in range(4)) * columns
    return MrzText(
        format=zone,
        lines=tuple(draw(line) for _ in range(lines)),
        confidence=(sure[:columns],) * lines,
        unsure=draw(several(st.tuples(st.integers(0, lines - 1), st.integers(0, columns - 1)))),
        region=draw(REGION),
        rotation=draw(st.floats(-180, 180)),
    )


FIELD = st.builds(
    MrzField,
    name=WORDS,
    raw=TEXT,
    value=optional(TEXT),
    status=st.sampled_from(FieldStatus),
    reason=optional(TEXT),
    line=st.integers(0, 2),
    start=st.integers(0, 43),
    end=st.integers(1, 44),
)
BARCODE = st.builds(BarcodeText, symbology=st.sampled_from(Symbology), text=TEXT, region=REGION)
ANOMALY = st.builds(
    Anomaly,
    kind=st.sampled_from(AnomalyKind),
    told=WORDS,
    start=COUNT,
    element=optional(TEXT),
)
ELEMENT = st.builds(
    LicenceElement,
    id=st.sampled_from(("DCS", "ZVA")),
    subfile=TEXT,
    raw=TEXT,
    start=COUNT,
    end=COUNT.map(lambda end: end + 10_000),
    guessed=st.booleans(),
)
LICENCE_FIELD = st.builds(
    LicenceField,
    name=WORDS,
    value=optional(TEXT),
    status=st.sampled_from(FieldStatus),
    reason=optional(TEXT),
    elements=several(ELEMENT),
)
CHECK_RESULT = st.builds(
    CheckResult,
    check=st.sampled_from(Check),
    asked=st.sampled_from(Strength),
    supported=optional(st.sampled_from(Strength)),
)
REASON = st.builds(Reason, rule=WORDS, text=WORDS, findings=CODES)
VERDICT = st.builds(
    Verdict,
    outcome=st.sampled_from(Outcome),
    reasons=st.lists(REASON, min_size=1, max_size=3).map(tuple),
    checks=several(CHECK_RESULT),
    policy=TEXT,
)
REQUIREMENT = st.builds(
    Requirement,
    check=st.sampled_from(Check),
    strength=st.sampled_from(Strength),
    only_where_claimed=st.booleans(),
)
EVIDENCE_FILE = st.builds(
    EvidenceFile,
    name=TEXT,
    kind=st.sampled_from(EvidenceKind),
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    size_bytes=COUNT,
    problem=optional(TEXT),
)
FOOTAGE = st.builds(
    FootageFacts,
    file=TEXT,
    duration_seconds=AMOUNT,
    frames_per_second=optional(st.floats(0.1, 240)),
    width=st.integers(1, 8000),
    height=st.integers(1, 8000),
    frames_used=COUNT,
    simulated=st.booleans(),
)
FACE_SEEN = st.builds(
    FaceSeen, file=TEXT, frame_seconds=AMOUNT, region=REGION, distance=optional(AMOUNT)
)

CANDIDATE = st.builds(
    Candidate,
    reference=optional(LINE),
    name=optional(LINE),
    email=optional(st.just("jo@example.org")),
)
CONSENT = st.builds(
    Consent,
    verification=st.booleans(),
    keep_template=st.booleans(),
    given_at=optional(MOMENT),
    wording=optional(LINE),
)


@st.composite
def looks(draw: st.DrawFn) -> Look:
    found = draw(st.sampled_from(Found))
    measured = found is not Found.UNKNOWN
    return Look(
        sign=draw(st.sampled_from(Sign)),
        file=draw(TEXT),
        page=draw(st.integers(1, 20)),
        found=found,
        score=draw(AMOUNT) if measured else None,
        faint_from=draw(optional(AMOUNT)),
        clear_from=draw(optional(AMOUNT)),
        where=draw(several(REGION)),
        said=draw(LINE),
    )


MRZ = st.builds(
    Mrz,
    format=st.sampled_from(MrzFormat),
    lines=several(TEXT),
    fields=st.dictionaries(WORDS, FIELD, max_size=3),
    primary_identifier=optional(TEXT),
    secondary_identifier=optional(TEXT),
    name_truncated=st.booleans(),
    birth_date=optional(st.dates()),
    expiry_date=optional(st.dates()),
    specimen=st.booleans(),
)

STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    **FILE_STRATEGIES,
    **CALIBRATION_STRATEGIES,
    **FACE_STRATEGIES,
    **presence_strategies(SEEN),
    Context: st.builds(Context, stage=st.sampled_from(Stage), today=st.dates()),
    MrzText: zones(),
    MrzSearch: st.builds(MrzSearch, readings=several(zones()), problem=optional(TEXT)),
    MrzField: FIELD,
    Mrz: MRZ,
    BarcodeText: BARCODE,
    BarcodeSearch: st.builds(BarcodeSearch, readings=several(BARCODE), problem=optional(TEXT)),
    Anomaly: ANOMALY,
    LicenceElement: ELEMENT,
    LicenceField: LICENCE_FIELD,
    Licence: st.builds(
        Licence,
        issuer=optional(TEXT),
        jurisdiction=optional(TEXT),
        version=optional(st.integers(0, 99)),
        jurisdiction_version=optional(st.integers(0, 99)),
        magnetic=st.booleans(),
        fields=st.dictionaries(WORDS, LICENCE_FIELD, max_size=3),
        elements=several(ELEMENT),
        anomalies=several(ANOMALY),
        birth_date=optional(st.dates()),
        issue_date=optional(st.dates()),
        expiry_date=optional(st.dates()),
        name_truncated=st.booleans(),
        problem=optional(TEXT),
    ),
    PrintedField: st.builds(
        PrintedField, name=TEXT, value=optional(TEXT), text=TEXT, confidence=SHARE, region=REGION
    ),
    **chip_strategies(MRZ),
    Look: looks(),
    Region: REGION,
    Seen: SEEN,
    Finding: findings(),
    FootageFacts: FOOTAGE,
    FaceSeen: FACE_SEEN,
    **HISTORY_STRATEGIES,
    **OUTSIDE_STRATEGIES,
    **SURROUNDINGS_STRATEGIES,
    EarlierCapture: st.builds(
        EarlierCapture,
        verification=st.uuids(),
        stage=st.sampled_from(Stage),
        captured_at=MOMENT,
        templates=several(templates()),
    ),
    Requirement: REQUIREMENT,
    Policy: st.builds(
        Policy,
        name=TEXT,
        version=st.integers(1, 99),
        required=st.dictionaries(st.sampled_from(Stage), several(REQUIREMENT)),
        person_looks_at=st.frozensets(CODE, max_size=3),
        gallery_coverage=optional(GALLERY_COVERAGE),
        calibrations=several(CALIBRATION),
        allow_specimens=st.booleans(),
    ),
    Reason: REASON,
    CheckResult: CHECK_RESULT,
    Verdict: VERDICT,
    EvidenceFile: EVIDENCE_FILE,
    CandidateRequest: st.builds(
        CandidateRequest,
        code=CODE,
        check=st.sampled_from(Check),
        file=optional(TEXT),
        page=optional(st.integers(1, 500)),
        problem=TEXT,
        action=TEXT,
    ),
    Candidate: CANDIDATE,
    Consent: CONSENT,
    VerificationOrder: st.builds(
        VerificationOrder,
        candidate=CANDIDATE,
        stage=st.sampled_from(Stage),
        claims=optional(CLAIMS),
        candidate_at=optional(NAMED),
        answers=several(ANSWER),
        surroundings=SURROUNDINGS,
        consent=CONSENT.filter(lambda consent: consent.verification),
        callback=optional(st.just("https://ats.example/hooks/bonafide")),
        follows=optional(st.uuids()),
    ),
    Verification: st.builds(
        Verification,
        id=st.uuids(),
        stage=st.sampled_from(Stage),
        created_at=MOMENT,
        software=TEXT,
        evidence=several(EVIDENCE_FILE),
        footage=several(FOOTAGE),
        claims=optional(CLAIMS),
        findings=several(findings()),
        verdict=VERDICT,
        templates=several(templates()),
        notes=several(TEXT),
    ),
}


def _all_models() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    for module in pkgutil.iter_modules(models.__path__, "models."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, BaseModel):
                found.add(thing)
    # A leading underscore marks a base that only lends its configuration.
    return {m for m in found if m not in (BaseModel, Model) and not m.__name__.startswith("_")}


def test_every_model_is_drawn_here() -> None:
    assert STRATEGIES.keys() == _all_models()


@pytest.mark.parametrize("model", STRATEGIES, ids=lambda model: model.__name__)
def test_a_model_is_the_same_after_json(model: type[BaseModel]) -> None:
    # Drawing a whole verification takes longer than judging it; its parts are drawn by themselves.
    @settings(max_examples=30, deadline=None)
    @given(STRATEGIES[model])
    def same(value: BaseModel) -> None:
        assert model.model_validate_json(value.model_dump_json()) == value
        assert model.model_validate_json(value.model_dump_json(by_alias=True)) == value

    same()


@given(SEEN)
def test_a_value_that_was_seen_keeps_its_kind(seen: Seen) -> None:
    # Equality alone would let 1, 1.0 and True pass for each other.
    again = Seen.model_validate_json(seen.model_dump_json())
    assert type(again.value) is type(seen.value)
