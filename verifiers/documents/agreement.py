"""The two zones of a document held against each other, field by field.

A difference is one only where the print was read with confidence, says something else in its own
right (another date, another number), and says so again when it is read a second time. Doubts of
reading are `unknown`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from models.document import FieldStatus, Mrz, PrintedField
from verifiers.documents.dates import printed_date
from verifiers.documents.names import Agreement, Compared, compare_printed_name
from verifiers.documents.printed import PrintedZone

SURE = 0.8
"""Tesseract's word confidence from which a reading may contradict. On rendered specimens correct
words had 0.83 to 0.96, and one-letter fields read wrongly (V as VV) at most 0.74."""

_LOOK_ALIKE = str.maketrans("OQDIZSBG", "00012586")
"""Letters that OCR takes for digits, and back."""

ReadAgain = Callable[[PrintedField], str]


@dataclass(frozen=True)
class FieldAgreement:
    """One field in both zones."""

    name: str
    """As the machine readable zone calls it."""
    agreement: Agreement
    explanation: str
    zone: str
    printed: PrintedField | None = None


def compare_zones(mrz: Mrz, printed: PrintedZone, read_again: ReadAgain) -> list[FieldAgreement]:
    """Number, names, birth date, sex, nationality and expiry date, where the zone has them.

    `read_again` reads one printed field a second time, by itself.
    """
    compared = []
    for name, printed_name, compare in _COMPARED:
        said = _in_zone(mrz, name)
        if said is None:
            continue
        field = printed.field(printed_name)
        if field is None or not field.value:
            compared.append(
                FieldAgreement(name, Agreement.UNKNOWN, "The print could not be read.", said)
            )
            continue
        result = compare(mrz, said, field.value)
        if result.agreement is not Agreement.AGREES:
            result = _settled(result, field, compare(mrz, said, read_again(field)))
        compared.append(FieldAgreement(name, result.agreement, result.explanation, said, field))
    return compared


def _settled(result: Compared, field: PrintedField, again: Compared) -> Compared:
    """What two readings of one field say together; a doubt may clear, a difference must repeat."""
    if result.agreement is Agreement.UNKNOWN:
        return again if again.agreement is Agreement.AGREES else result
    if field.confidence >= SURE and again.agreement is Agreement.DIFFERS:
        return result
    return Compared(
        Agreement.UNKNOWN, "The print seems to differ, but was not read surely enough to say so."
    )


def _in_zone(mrz: Mrz, name: str) -> str | None:
    """What the zone surely says; `None` where the field is empty or was not read surely."""
    if name == "surname":
        return mrz.primary_identifier if _read_surely(mrz, "name") else None
    if name == "given_names":
        return mrz.secondary_identifier if _read_surely(mrz, "name") else None
    if name == "sex" and name in mrz.fields and _read_surely(mrz, name):
        return mrz.value(name) or "X"
    return mrz.value(name) if _read_surely(mrz, name) else None


def _read_surely(mrz: Mrz, name: str) -> bool:
    field = mrz.fields.get(name)
    return field is not None and field.status is not FieldStatus.UNSURE


def _number(_: Mrz, zone: str, printed: str) -> Compared:
    one, two = ("".join(c for c in text if c.isalnum()) for text in (zone, printed))
    if one == two:
        return _agrees("number")
    wrong = OSA.distance(one.translate(_LOOK_ALIKE), two.translate(_LOOK_ALIKE))
    # A letter too many or too few is OCR's; another letter is not, look-alikes apart.
    if wrong == 0 or (wrong == 1 and len(one) != len(two)):
        return _unclear("number")
    return _differs("number")


def _date(_: Mrz, zone: str, printed: str) -> Compared:
    day = printed_date(printed)
    if day is None or len(zone) != len("YYYY-MM-DD"):
        return _unclear("date")
    return _agrees("date") if day.isoformat() == zone else _differs("date")


def _sex(_: Mrz, zone: str, printed: str) -> Compared:
    if printed not in ("F", "M", "X"):
        return _unclear("sex")
    return _agrees("sex") if printed == zone else _differs("sex")


def _code(_: Mrz, zone: str, printed: str) -> Compared:
    if printed == zone:
        return _agrees("nationality")
    wrong = sum(a != b for a, b in zip(zone, printed, strict=False))
    if len(zone) != len(printed) or not printed.isalpha() or wrong < 2:
        return _unclear("nationality")
    return _differs("nationality")


def _name(mrz: Mrz, zone: str, printed: str) -> Compared:
    return compare_printed_name(zone, printed, truncated=mrz.name_truncated)


def _agrees(what: str) -> Compared:
    return Compared(Agreement.AGREES, f"The printed {what} is that of the zone.")


def _unclear(what: str) -> Compared:
    return Compared(Agreement.UNKNOWN, f"The printed {what} was not read clearly.")


def _differs(what: str) -> Compared:
    return Compared(Agreement.DIFFERS, f"The printed {what} is another than that of the zone.")


_COMPARED: tuple[tuple[str, str, Callable[[Mrz, str, str], Compared]], ...] = (
    ("document_number", "document_number", _number),
    ("surname", "surname", _name),
    ("given_names", "given_names", _name),
    ("birth_date", "birth_date", _date),
    ("sex", "sex", _sex),
    ("nationality", "nationality", _code),
    ("expiry_date", "expiry_date", _date),
)
