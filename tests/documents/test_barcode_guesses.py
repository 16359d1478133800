"""Names and numbers that a barcode leaves to be guessed: they contradict nobody, and are told."""

from dataclasses import replace
from datetime import date

from models.barcode import BarcodeText, Symbology
from models.context import Context
from models.document import PrintedField
from models.finding import Finding, Region, Status
from models.history import Claims, Identity
from models.stage import Stage
from samples.licence import render_licence
from samples.licence_payload import ANNA_DRIVES, assembled, payload
from samples.portraits import identity_one
from tests.documents.print_sheets import page
from verifiers.documents.aamva import understand_licence
from verifiers.documents.barcode_front import compare_print, strangers
from verifiers.documents.barcode_verify import LicenceResult, verify_licences
from verifiers.documents.printed import PrintedZone
from verifiers.documents.rules_several import bearers, several
from verifiers.names import Agreement
from verifiers.picture import Picture

DRAWN = render_licence(ANNA_DRIVES, identity_one())
FRONT, BACK = Picture("front.jpg", DRAWN.front), Picture("back.jpg", DRAWN.back)
HONEST = {
    "document_number": "X4471209",
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "birth_date": "08/12/1974",
    "sex": "F",
    "expiry_date": "08/12/2032",
}
"""What her licence has in print."""
RUN_TOGETHER = "".join(
    c for c in payload(replace(ANNA_DRIVES, family="ADDEN"), 3) if c.isprintable()
)
"""ADDEN and the DAC behind it read as A, a flag DDE and DAC."""
ADDEN = Identity(
    full_name="Anna Maria Adden", birth_date=date(1974, 8, 12), document_number="X4471209"
)


def verify(
    *texts: str, printed: PrintedZone | None = None, claimed: Identity | None = None
) -> LicenceResult:
    """Barcodes with these texts, and a front that was read."""
    region = Region.box(10, 10, 300, 80)
    found = [
        (BACK, BarcodeText(symbology=Symbology.PDF417, text=text, region=region),
         understand_licence(text))
        for text in texts
    ]  # fmt: skip
    return verify_licences(
        found,
        [(FRONT, printed)] if printed else [],
        Claims(identity=claimed) if claimed else None,
        Context(stage=Stage.INTERVIEW, today=date(2026, 6, 1)),
        specimens_allowed=True,
    )


def contradictions(result: LicenceResult) -> dict[str, Finding]:
    return {f.code: f for f in result.findings if f.status is Status.CONTRADICTS}


def _as_printed(field: PrintedField) -> str:
    return field.text


def test_a_name_that_had_to_be_guessed_is_not_held_against_an_honest_front() -> None:
    whole = (("DAA", "ANNA MARIA ERIKSSON BERG"), ("DBB", "19740812"), ("DAQ", "X4471209"))
    front = page(**HONEST | {"surname": "ERIKSSON BERG"})
    result = verify(assembled({"DL": whole}, 1), printed=front)
    assert set(contradictions(result)) <= {"document.barcode.structure"}
    (read,) = result.licences
    assert not {"surname", "given_names"} & {c.name for c in read.comparisons}


def test_a_name_cut_where_elements_run_together_contradicts_neither_front_nor_claims() -> None:
    assert understand_licence(RUN_TOGETHER).value("family_name") != "ADDEN"
    front = page(**HONEST | {"surname": "ADDEN"})
    result = verify(RUN_TOGETHER, printed=front, claimed=ADDEN)
    assert set(contradictions(result)) == {"document.barcode.structure"}
    claimed = next(f for f in result.findings if f.code == "document.claims.name")
    assert claimed.status is Status.UNKNOWN
    assert "guess" in claimed.for_recruiter
    (read,) = result.licences
    assert "surname" not in {c.name for c in read.comparisons}
    assert "guess" in str(next(row.explanation for row in read.beside if row.name == "family_name"))
    assert strangers(read.licence, page(**HONEST), _as_printed) == []


def test_two_licences_of_one_person_are_of_one_where_a_name_was_cut_wrongly() -> None:
    texts = [RUN_TOGETHER, payload(replace(ANNA_DRIVES, family="ADDEN"))]
    for order in (texts, texts[::-1]):
        assert list(several(bearers((), verify(*order).licences))) == []


def test_what_runs_together_still_contradicts_by_what_is_sure() -> None:
    front = page(**HONEST | {"birth_date": "08/12/1984"})
    compared = compare_print(understand_licence(RUN_TOGETHER), front, _as_printed)
    assert [c.name for c in compared if c.agreement is Agreement.DIFFERS] == ["birth_date"]
    born = ADDEN.model_copy(update={"birth_date": date(1984, 8, 12)})
    found = contradictions(verify(RUN_TOGETHER, claimed=born))
    assert set(found) == {"document.barcode.structure", "document.claims.birth_date"}
    number = ADDEN.model_copy(update={"document_number": "L898902C3"})
    claimed = {f.code: f for f in verify(RUN_TOGETHER, claimed=number).findings}
    assert claimed["document.claims.number"].status is Status.UNKNOWN


def test_a_name_that_runs_together_and_agrees_is_still_held_against_the_front() -> None:
    together = "".join(c for c in payload(ANNA_DRIVES) if c.isprintable())
    result = verify(together, printed=page(**HONEST))
    assert set(contradictions(result)) == {"document.barcode.structure"}
    (read,) = result.licences
    assert {c.name for c in read.comparisons if c.agreement is Agreement.AGREES} == set(HONEST)
