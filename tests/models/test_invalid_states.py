"""What must not exist cannot be constructed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from models.claimed_date import ClaimedDate, Precision
from models.context import Context
from models.document import MrzFormat, MrzText, PrintedField
from models.finding import Check, EvidenceClass, Finding, Region, Seen, Status, Strength
from models.footage import FootageFacts
from models.history import Claims, Identity, Work
from models.person import FaceTemplate, TemplateKind
from models.stage import Stage
from models.verdict import CheckResult, Outcome, Reason, Verdict
from models.verification import EvidenceFile, EvidenceKind

BOX = Region.box(0, 0, 10, 10)
CONTRADICTION: dict[str, Any] = {
    "code": "document.mrz.check_digit",
    "check": Check.DOCUMENT,
    "status": Status.CONTRADICTS,
    "strength": Strength.STRONG,
    "evidence_class": EvidenceClass.DOCUMENT,
    "indicators": ("DPRK-DOC-01",),
    "for_recruiter": "A check digit is wrong.",
    "for_candidate": "A check digit is wrong.",
    "innocent_explanation": "A worn print.",
}
PASSPORT: dict[str, Any] = {
    "format": MrzFormat.TD3,
    "lines": ("<" * 44,) * 2,
    "confidence": ((1.0,) * 44,) * 2,
    "region": BOX,
}
TEMPLATE: dict[str, Any] = {
    "kind": TemplateKind.LIVE,
    "engine": "any/1",
    "vector": (1.0,) + (0.0,) * 127,
    "faces": 3,
}
YEAR: dict[str, Any] = {
    "earliest": date(2019, 1, 1),
    "latest": date(2019, 12, 31),
    "precision": Precision.YEAR,
}
FOOTAGE: dict[str, Any] = {
    "file": "clip.mp4",
    "duration_seconds": 4.0,
    "frames_per_second": 25.0,
    "width": 640,
    "height": 480,
    "frames_used": 12,
}
FILE: dict[str, Any] = {
    "name": "passport.jpg",
    "kind": EvidenceKind.DOCUMENT,
    "sha256": "0" * 64,
    "size_bytes": 10,
}
PRINTED: dict[str, Any] = {
    "name": "surname",
    "value": "ERIKSSON",
    "text": "ERIKSSON",
    "confidence": 0.9,
    "region": BOX,
}
VALID: tuple[tuple[type[BaseModel], dict[str, Any]], ...] = (
    (Finding, CONTRADICTION),
    (MrzText, PASSPORT),
    (FaceTemplate, TEMPLATE),
    (ClaimedDate, YEAR),
    (FootageFacts, FOOTAGE),
    (EvidenceFile, FILE),
    (PrintedField, PRINTED),
    (Seen, {"what": "birth date, printed", "value": "1990-06-01", "page": 1}),
    (Identity, {"birth_date": date(1990, 6, 1)}),
    (Context, {"stage": Stage.OFFER, "today": date(2026, 3, 15)}),
    (
        Verdict,
        {"outcome": Outcome.VERIFIED, "reasons": (Reason(rule="verified", text="All."),)}
        | {"checks": (), "policy": "default v1"},
    ),
)
BROKEN: dict[str, tuple[type[BaseModel], dict[str, Any]]] = {
    "a contradiction without an innocent explanation": (Finding, {"innocent_explanation": None}),
    "an empty innocent explanation": (Finding, {"innocent_explanation": ""}),
    "a contradiction without a strength": (Finding, {"strength": None}),
    "support without a strength": (Finding, {"status": Status.SUPPORTS, "strength": None}),
    "an unknown with a strength": (Finding, {"status": Status.UNKNOWN}),
    "a code that is one word": (Finding, {"code": "document"}),
    "a code in capitals": (Finding, {"code": "Document.mrz"}),
    "an indicator that is no id": (Finding, {"indicators": ("check digits",)}),
    "nothing said to the recruiter": (Finding, {"for_recruiter": ""}),
    "nothing said to the candidate": (Finding, {"for_candidate": ""}),
    "a zone of one line too few": (MrzText, {"lines": ("<" * 44,)}),
    "a zone of a line too short": (MrzText, {"lines": ("<" * 44, "<" * 43)}),
    "a zone of another format's shape": (MrzText, {"format": MrzFormat.TD1}),
    "a character without its confidence": (MrzText, {"confidence": ((1.0,) * 44, (1.0,) * 43)}),
    "a template of no length": (FaceTemplate, {"vector": (0.0,) * 128}),
    "a template twice as long": (FaceTemplate, {"vector": (2.0,) + (0.0,) * 127}),
    "a template that is not a number": (FaceTemplate, {"vector": (float("nan"),) * 128}),
    "a template of few numbers": (FaceTemplate, {"vector": (1.0,)}),
    "a template of no face": (FaceTemplate, {"faces": 0}),
    "a year that begins in February": (ClaimedDate, {"earliest": date(2019, 2, 1)}),
    "a year that ends in another": (ClaimedDate, {"latest": date(2020, 12, 31)}),
    "a month as long as a year": (ClaimedDate, {"precision": Precision.MONTH}),
    "footage of negative length": (FootageFacts, {"duration_seconds": -1.0}),
    "footage without width": (FootageFacts, {"width": 0}),
    "a digest that is none": (EvidenceFile, {"sha256": "abc"}),
    "a negative size": (EvidenceFile, {"size_bytes": -1}),
    "a confidence above one": (PrintedField, {"confidence": 1.1}),
    "page nought": (Seen, {"page": 0}),
    "a value of nothing in particular": (Seen, {"what": ""}),
    "a birth date before 1900": (Identity, {"birth_date": date(1899, 12, 31)}),
    "a verdict without a reason": (Verdict, {"reasons": ()}),
    "a stage that does not exist": (Context, {"stage": "rehire"}),
}


@pytest.mark.parametrize(("model", "fields"), VALID, ids=lambda v: getattr(v, "__name__", ""))
def test_what_is_broken_below_is_valid_before(
    model: type[BaseModel], fields: dict[str, Any]
) -> None:
    assert model(**fields)


@pytest.mark.parametrize("why", BROKEN)
def test_an_invalid_state_is_refused(why: str) -> None:
    model, change = BROKEN[why]
    with pytest.raises(ValidationError):
        model(**dict(VALID)[model] | change)


@pytest.mark.parametrize(("model", "fields"), VALID, ids=lambda v: getattr(v, "__name__", ""))
def test_a_misspelt_field_is_refused_and_no_field_can_be_changed(
    model: type[BaseModel], fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        model(**fields | {"mispelt": 1})
    with pytest.raises(ValidationError, match="frozen_instance"):
        setattr(model(**fields), next(iter(fields)), None)


@pytest.mark.parametrize(
    "text", ["", "19", "2019-13", "2019-02-30", "2019-2", "02/2019", "2019-W05", "0000", "present"]
)
def test_a_date_that_is_no_iso_date_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValidationError, match=r"is not a date|is not a day"):
        ClaimedDate.model_validate(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-02-28", date(2019, 2, 28), date(2019, 2, 28)),
    ],
)
def test_a_claimed_date_is_every_day_it_may_mean(text: str, earliest: date, latest: date) -> None:
    claimed = ClaimedDate.parse(text)
    assert (claimed.earliest, claimed.latest, str(claimed)) == (earliest, latest, text)


DAYS = st.dates(date(1990, 1, 1), date(1992, 12, 31))
PRECISIONS = st.sampled_from((4, 7, 10))


@given(DAYS, PRECISIONS, DAYS, PRECISIONS)
def test_surely_before_holds_only_where_every_day_of_one_is_before_every_day_of_the_other(
    one: date, one_size: int, other: date, other_size: int
) -> None:
    first = ClaimedDate.parse(one.isoformat()[:one_size])
    second = ClaimedDate.parse(other.isoformat()[:other_size])
    assert first.earliest <= one <= first.latest
    assert not first.surely_before(first)
    if first.surely_before(second):
        assert one < other
        assert not second.surely_before(first)


def test_strengths_are_ordered_by_weight_and_not_by_the_alphabet() -> None:
    assert Strength.CONCLUSIVE > Strength.STRONG > Strength.MODERATE > Strength.WEAK
    shuffled = (Strength.STRONG, Strength.WEAK, Strength.CONCLUSIVE, Strength.MODERATE)
    assert sorted(shuffled) == list(Strength)
    assert max(shuffled) is Strength.CONCLUSIVE
    assert Strength.STRONG >= Strength.STRONG <= Strength.STRONG


def test_a_check_is_met_by_support_at_least_as_strong_as_asked() -> None:
    asked = {"check": Check.FACE, "asked": Strength.MODERATE}
    met = [CheckResult(**asked, supported=s).met for s in (None, *Strength)]
    assert met == [False, False, True, True, True]


def test_a_resume_keeps_what_we_know_of_it_and_drops_what_we_do_not() -> None:
    claims = Claims.model_validate(
        {
            "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
            "basics": {"name": "Anna Eriksson", "image": ""},
            "work": [{"name": "Northwind", "startDate": "2019-05", "endDate": " ", "x": 1}],
            "skills": [{"name": "Python"}],
        }
    )
    assert claims.work == (Work(name="Northwind", start=ClaimedDate.parse("2019-05")),)
    assert claims.full_name == "Anna Eriksson"


def test_claims_of_endless_length_are_refused() -> None:
    with pytest.raises(ValidationError):
        Claims.model_validate({"work": [{"name": "Northwind"}] * 201})
    with pytest.raises(ValidationError):
        Claims.model_validate({"work": [{"name": "N" * 2001}]})
