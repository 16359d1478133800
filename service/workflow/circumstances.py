"""What is known around a candidate, for the rules that look beyond the claims.

Names on documents and pairs of faces are left to the checks of
documents and faces: told once more here, one fact would count as two kinds of evidence.
"""

from collections.abc import Iterator

from models.barcode import Licence
from models.circumstances import Circumstances, DocumentDates, Listed, Shared
from models.contact_claims import PostalAddress
from models.document import FieldStatus
from models.stage import Stage
from service.workflow.pipeline import StepResult

_COUNTRIES = {"USA": "US", "CAN": "CA"}
"""Of licences, as AAMVA writes them (Annex D, DCG)."""


def circumstances(
    stage: Stage,
    documents: StepResult,
    *,
    seen: Circumstances,
    listed: tuple[Listed, ...] | None,
    shared: tuple[Shared, ...] | None,
) -> Circumstances:
    """What is known at this stage: what the company sees, what lists and others say, and beside
    it what `documents`, the result of that step, shows.
    """
    licences = [found.licence for found in documents.documents if found.licence]
    return seen.model_copy(
        update={
            "stage": stage,
            "id_address": next(filter(None, map(_address, licences)), None),
            "documents": tuple(_dates(documents)),
            "listed": listed,
            "shared": shared,
        }
    )


def _address(licence: Licence) -> PostalAddress | None:
    """The address in the barcode; `None` where a part of it is missing or a guess."""

    def said(name: str) -> str | None:
        field = licence.fields.get(name)
        return field.value if field and field.status is FieldStatus.VALID else None

    street, city = said("street"), said("city")
    if street is None or city is None:
        return None
    return PostalAddress(
        address="\n".join(filter(None, (street, said("street_2")))),
        postal_code=said("postal_code"),
        city=city,
        region=said("address_jurisdiction"),
        country_code=_COUNTRIES.get(said("country") or ""),
    )


def _dates(documents: StepResult) -> Iterator[DocumentDates]:
    """Of each document that tells any; of a zone only where it was surely read."""
    sure = {zone.text.lines for zone in documents.zones if zone.text.sure}
    for found in documents.documents:
        if found.licence and (found.licence.issue_date or found.licence.expiry_date):
            yield DocumentDates(
                issued_on=found.licence.issue_date, expires_on=found.licence.expiry_date
            )
        elif found.zone and found.zone.lines in sure and found.zone.expiry_date:
            yield DocumentDates(expires_on=found.zone.expiry_date)
