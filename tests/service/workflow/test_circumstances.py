"""What a document shows becomes a fact that rules may look at, where it was surely read."""

from datetime import date

from models.barcode import Licence, LicenceField
from models.circumstances import Circumstances, DocumentDates
from models.document import FieldStatus
from models.stage import Stage
from service.workflow.circumstances import circumstances
from service.workflow.pipeline import DocumentFound, Step, StepResult

ADDRESS = {
    "street": "12 MILL LANE",
    "city": "SPRINGFIELD",
    "address_jurisdiction": "IL",
    "postal_code": "62701",
    "country": "USA",
}

NOTHING = Circumstances()


def licensed(*guessed: str, **fields: str) -> Circumstances:
    """What is known where a licence with these fields was read."""
    read = {
        name: LicenceField(
            name=name,
            value=value,
            status=FieldStatus.UNSURE if name in guessed else FieldStatus.VALID,
        )
        for name, value in fields.items()
    }
    licence = Licence(fields=read, issue_date=date(2020, 3, 1), expiry_date=date(2028, 3, 1))
    found = DocumentFound(pictures=(0,), pages=(), licence=licence)
    return around(StepResult(step=Step.DOCUMENTS, findings=(), documents=(found,)))


def around(documents: StepResult, seen: Circumstances = NOTHING) -> Circumstances:
    """What is known beside these documents."""
    return circumstances(Stage.OFFER, documents, seen=seen, listed=None, shared=None)


def test_a_licence_tells_an_address_and_its_dates() -> None:
    told = licensed(**ADDRESS)
    assert told.id_address is not None
    assert told.id_address.on_one_line == "12 MILL LANE, 62701, SPRINGFIELD, IL, US"
    assert told.documents == (
        DocumentDates(issued_on=date(2020, 3, 1), expires_on=date(2028, 3, 1)),
    )
    assert told.stage is Stage.OFFER


def test_a_guess_and_half_an_address_are_no_address() -> None:
    assert licensed("street", **ADDRESS).id_address is None
    assert licensed(street="12 MILL LANE").id_address is None


def test_without_documents_nothing_is_known() -> None:
    told = around(StepResult(step=Step.DOCUMENTS, findings=()))
    assert told == Circumstances(stage=Stage.OFFER)


def test_what_the_company_sees_stands_beside_what_documents_show() -> None:
    seen = Circumstances(work_country="DE")
    told = around(StepResult(step=Step.DOCUMENTS, findings=()), seen)
    assert told == Circumstances(stage=Stage.OFFER, work_country="DE")
