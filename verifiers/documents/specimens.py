"""What gives a specimen away: the issuer, number or name of published samples.

A name counts only where it is a word for a specimen or a placeholder that nobody bears; people are
called as the standard's Anna Maria Eriksson is.
"""

from collections.abc import Mapping

from models.document import FieldStatus, MrzField
from verifiers.documents.issuers import SPECIMEN_ISSUERS
from verifiers.documents.mrz_fields import FILLER

_NUMBERS = {
    "L898902C3": "the example of 9303-4",
    "L898902C": "the example of 9303 before its seventh edition",
    "L8988901C": "the example of 9303-7",
    "D23145890": "the example of 9303-5 and 9303-6",
    "D23145890734": "the example of 9303-5",
    "C01X00T47": "Germany's specimen passport",
    "L01X00T47": "Germany's specimen identity card",
    "LZ6311T47": "Germany's specimen identity card",
    "T22000129": "Germany's specimen identity card",
}
_NAMES = frozenset(
    ("SPECIMEN", "VZOR", "VZOREC", "MUSTERMANN", "MUSTERFRAU", "ESPECIMEN", "UZORAK", "OBRAZEC")
)
_NAME_FIELDS = ("name", "primary_identifier", "secondary_identifier")


def specimen_marks(fields: Mapping[str, MrzField]) -> dict[str, str]:
    """Which fields of a zone are a specimen's, and why; empty for a document like any other.

    What was not read surely marks nothing.
    """
    marks = {}
    for name, field in fields.items():
        if field.status is not FieldStatus.UNSURE and (why := _mark(name, field)):
            marks[name] = why
    return marks


def _mark(name: str, field: MrzField) -> str | None:
    if name == "issuing_state" or (name == "nationality" and field.raw == "UTO"):
        why = SPECIMEN_ISSUERS.get(field.raw)
        return f"{field.raw} is {why}" if why else None
    if name == "document_number":
        why = _NUMBERS.get(field.value or "")
        return f"{field.value} is the number of {why}" if why else None
    if name in _NAME_FIELDS:
        said = next((word for word in field.raw.split(FILLER) if word in _NAMES), None)
        return f"{said} stands for the name of a specimen's holder" if said else None
    return None
