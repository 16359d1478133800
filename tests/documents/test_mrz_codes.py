"""Codes of documents, issuers and nationalities."""

import pytest

from models.document import FieldStatus, MrzFormat
from tests.documents.zones import TODAY, a_passport, status
from verifiers.documents.mrz import understand
from verifiers.documents.mrz_build import build


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        *(("GBR", None), ("TWN", None), ("D<<", "Germany"), ("EUE", "European Union")),
        *(("UNO", "United Nations"), ("UNA", "agency of the United Nations")),
        *(("UNK", "resident of Kosovo"), ("RKS", "Kosovo"), ("XKX", "beyond 9303-3 §5")),
        *(("GBD", "overseas territories"), ("GBN", "national (overseas)"), ("GBO", "overseas")),
        *(("GBP", "protected"), ("GBS", "subject"), ("XOM", "Order of Malta")),
        *(("XXA", "stateless"), ("XXB", "refugee"), ("XXC", "refugee"), ("XXX", "unspecified")),
        *(("XPO", "Interpol"), ("XES", "Eastern Caribbean"), ("XMP", "Mediterranean")),
        *(("XCC", "Caribbean Community"), ("XBA", "Development Bank"), ("XIM", "Export-Import")),
        *(("XCO", "Southern Africa"), ("XEC", "West African"), ("XCE", "Council of Europe")),
        *(("XDC", "Development Community"), ("XCT", "beyond 9303-3 §5"), ("ANT", "until 2010")),
        *(("NTZ", "until 1993"), ("SUN", "until 1992"), ("YUG", "until 2003")),
        *(("SCG", "until 2006"), ("ZAR", "now COD"), ("TMP", "now TLS"), ("DDR", "until 1990")),
        ("SI<", "two letters of ISO 3166-1"),
    ],
)
def test_codes_that_documents_carry_are_known_for_what_they_are(
    code: str, reason: str | None
) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(nationality=code)), today=TODAY)
    assert status(mrz, "nationality") is FieldStatus.VALID
    assert mrz.value("nationality") == code.rstrip("<")
    told = mrz.fields["nationality"].reason or ""
    assert told.startswith("line 2, characters 11 to 13: ") is (reason is not None)
    assert (reason or "") in told


@pytest.mark.parametrize(
    ("code", "reason"),
    [("ZZZ", "has no code ZZZ"), ("ZZ<", "has no code ZZ<"), ("WSA", "no state"), ("IAO", "ICAO")],
)
def test_a_code_that_nobody_has_is_invalid_and_the_reason_says_so(code: str, reason: str) -> None:
    mrz = understand(build(MrzFormat.TD3, a_passport(issuing_state=code)), today=TODAY)
    assert [f.name for f in mrz.invalid] == ["issuing_state"]
    assert reason in (mrz.fields["issuing_state"].reason or "")


@pytest.mark.parametrize(
    ("format", "code", "reason"),
    [
        (MrzFormat.TD3, "P", None),
        (MrzFormat.TD3, "PP", "ordinary passport"),
        (MrzFormat.TD3, "PD", "diplomatic passport"),
        (MrzFormat.TD3, "PS", "stateless person's travel document"),
        (MrzFormat.TD3, "PA", None),
        (MrzFormat.TD1, "I", None),
        (MrzFormat.TD1, "ID", None),
        (MrzFormat.TD2, "AC", "crew member certificate"),
        (MrzFormat.MRV_A, "VC", None),
    ],
)
def test_document_codes_of_the_newest_edition_are_named_and_older_ones_are_as_right(
    format: MrzFormat, code: str, reason: str | None
) -> None:
    mrz = understand(build(format, a_passport(document_code=code)), today=TODAY)
    assert status(mrz, "document_code") is FieldStatus.VALID
    told = mrz.fields["document_code"].reason
    assert (told is None) if reason is None else (reason in (told or ""))


@pytest.mark.parametrize(
    ("format", "code", "reason"),
    [
        (MrzFormat.TD1, "IV", "V is kept for visas"),
        (MrzFormat.TD1, "P", "begins with A or C or I"),
        (MrzFormat.TD3, "I", "begins with P"),
    ],
)
def test_a_document_code_that_is_no_such_documents_is_invalid(
    format: MrzFormat, code: str, reason: str
) -> None:
    mrz = understand(build(format, a_passport(document_code=code)), today=TODAY)
    assert [f.name for f in mrz.invalid] == ["document_code"]
    told = mrz.fields["document_code"].reason or ""
    assert told.startswith("line 1, characters 1 to 2: ")
    assert reason in told
