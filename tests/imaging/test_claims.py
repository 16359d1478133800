"""A file of claims that cannot be used is answered by its place, never by its contents."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.claimed_date import Precision
from tests.imaging.evidence_files import a_pdf, a_zip, quarters
from verifiers.claims import load_claims
from verifiers.unusable import UnusableInput

RESUME: dict[str, Any] = {
    "basics": {"name": "Ada Lovelace", "summary": "fields of one's own are allowed"},
    "identity": {"birthDate": "1990-12-10"},
    "work": [{"name": "Analytical Engines", "startDate": "2019-03", "endDate": ""}],
}


def saved(tmp_path: Path, said: object) -> Path:
    path = tmp_path / "claims.json"
    path.write_bytes(said if isinstance(said, bytes) else json.dumps(said).encode())
    return path


def problem_of(path: Path) -> str:
    with pytest.raises(UnusableInput) as refused:
        load_claims(path)
    assert refused.value.file == "claims.json"
    assert refused.value.action
    return refused.value.problem


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_json_resume_is_read_with_or_without_a_byte_order_mark(
    mark: bytes, tmp_path: Path
) -> None:
    claims = load_claims(saved(tmp_path, mark + json.dumps(RESUME).encode()))
    assert claims.full_name == "Ada Lovelace"
    start = claims.work[0].start
    assert start is not None
    assert start.precision is Precision.MONTH
    assert claims.work[0].end is None


def test_empty_missing_and_too_large_files(tmp_path: Path) -> None:
    assert problem_of(saved(tmp_path, b"")) == "is empty (0 bytes)"
    assert problem_of(saved(tmp_path, b" " * 5_000_001)) == "has 5.0 MB; at most 5.0 MB are read"
    (tmp_path / "claims.json").unlink()
    assert problem_of(tmp_path / "claims.json") == "does not exist"


def test_a_mistake_in_json_is_said_by_line_and_column(tmp_path: Path) -> None:
    problem = problem_of(saved(tmp_path, b'{\n  "basics": {"name": "Ada"}\n  "work": []\n}'))
    assert problem == "is not JSON: Expecting ',' delimiter at line 3, column 3"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (a_pdf(quarters()), "starts as a PDF; expected JSON"),
        (a_zip("word/document.xml"), "starts as a Word document; expected JSON"),
        (b"<!DOCTYPE html><html></html>", "starts as an HTML page; expected JSON"),
        (json.dumps(RESUME).encode("utf-16"), "is not UTF-8 text (line 1, byte 0)"),
        ('{\n"basics": {"name": "Zoë"}}'.encode("latin-1"), "is not UTF-8 text (line 2, byte 24)"),
        (b"[]", "holds no JSON object at its top"),
        (b'"claims"', "holds no JSON object at its top"),
        (b'{"work": NaN}', "holds a number that is not JSON, or has thousands of digits"),
        (
            b'{"n": ' + b"9" * 5000 + b"}",
            "holds a number that is not JSON, or has thousands of digits",
        ),
        (b'{"x": ' + b"[" * 100 + b"]" * 100 + b"}", "nests lists or objects more than 64 deep"),
        (b"[" * 2_000_000, "nests lists or objects more than 64 deep"),
        (b'{"a":' * 500_000, "nests lists or objects more than 64 deep"),
    ],
)
def test_what_is_no_file_of_claims_is_named(data: bytes, problem: str, tmp_path: Path) -> None:
    assert problem_of(saved(tmp_path, data)) == problem


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ({"work": "none"}, "work must be a list"),
        ({"work": ["Acme"]}, "work[0] must be an object"),
        ({"basics": {"name": 7}}, "basics.name must be text"),
        (
            {"work": [{}, {"startDate": "Secretville"}]},
            "work[1].startDate is not a date of the calendar written YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            {"education": [{"endDate": "2023-02-30"}]},
            "education[0].endDate is not a date of the calendar "
            "written YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            {"identity": {"birthDate": "1890-01-01"}},
            "identity.birthDate is not a date after 1900 written YYYY-MM-DD",
        ),
        ({"identity": {"shoeSize": "Secretville"}}, "identity.shoeSize is not a field of claims"),
        ({"work": [{"fullTime": "Secretville"}]}, "work[0].fullTime must be true or false"),
        ({"basics": {"name": "x" * 2001}}, "basics.name is too long"),
        ({"work": [{}] * 201}, "work has too many entries"),
    ],
)
def test_what_breaks_the_schema_is_said_by_field_without_its_value(
    claims: dict[str, Any], problem: str, tmp_path: Path
) -> None:
    said = problem_of(saved(tmp_path, claims))
    assert said == f"does not follow the schema of claims: {problem}"
    assert "Secretville" not in said


def test_of_many_problems_the_first_three_are_said(tmp_path: Path) -> None:
    said = problem_of(saved(tmp_path, {"work": [{"name": n} for n in range(9)]}))
    assert said.endswith("work[2].name must be text; and 6 more")
