"""The zone on the chip beside the printed one: 9303-10 §4.7.1 has them alike."""

from models.chip import Cause, ChipStep, ChipZoneField, Step
from models.document import FieldStatus, Mrz
from verifiers.documents.chip.passive import done, failed, not_possible
from verifiers.documents.evidence import in_words
from verifiers.names import Agreement, DocumentName, compare_names

_COMPARED = (
    "document_number",
    "name",
    "birth_date",
    "sex",
    "nationality",
    "expiry_date",
    "issuing_state",
)
_NAMES = ("primary_identifier", "secondary_identifier")
"""In formats whose zone has them as fields of their own."""


def printed_zone(
    chip: Mrz | None, problem: str, printed: Mrz | None
) -> tuple[tuple[ChipZoneField, ...], ChipStep]:
    """Each field that both zones have, and the step that sums them up.

    Args:
        chip: the zone of DG1.
        problem: why there is none, a sentence.
        printed: the zone as read from a picture; fields that were not read surely are not judged.
    """
    name = Step.PRINTED_ZONE
    if chip is None:
        return (), not_possible(name, Cause.MISSING, problem)
    if printed is None:
        reason = "No printed machine readable zone was read to compare with."
        return (), not_possible(name, Cause.NO_PRINT, reason)
    fields = tuple(
        _compared(field, chip, printed) for field in _COMPARED if _in_both(field, chip, printed)
    )
    differing = [in_words(field.name) for field in fields if field.agrees is False]
    if differing:
        reason = f"Chip and print say different things: {', '.join(differing)}."
        return fields, failed(name, Cause.MISMATCH, reason)
    unsure = [in_words(field.name) for field in fields if field.agrees is None]
    if unsure:
        reason = f"The print was not read surely: {', '.join(unsure)}."
        return fields, not_possible(name, Cause.NO_PRINT, reason)
    return fields, done(name, "The zone on the chip is the printed one.")


def _in_both(name: str, chip: Mrz, printed: Mrz) -> bool:
    if name == "name":
        return bool(_name(chip) and _name(printed))
    return name in chip.fields and name in printed.fields


def _compared(name: str, chip: Mrz, printed: Mrz) -> ChipZoneField:
    if name == "name":
        return _compared_name(chip, printed)
    stored, read = chip.fields[name], printed.fields[name]
    one, other = stored.value or stored.raw, read.value or read.raw
    agrees: bool | None = one == other
    if read.status is FieldStatus.UNSURE:
        agrees = None
    return ChipZoneField(name=name, chip=one, printed=other, agrees=agrees)


def _compared_name(chip: Mrz, printed: Mrz) -> ChipZoneField:
    """Letter by letter; zones of different width cut a long name at different places."""
    one, other = _name(chip), _name(printed)
    names = [printed.fields[n] for n in ("name", *_NAMES) if n in printed.fields]
    agrees: bool | None = one == other
    if any(field.status is FieldStatus.UNSURE for field in names):
        agrees = None
    elif not agrees and (chip.name_truncated or printed.name_truncated):
        whole = DocumentName(
            chip.primary_identifier or "", chip.secondary_identifier or "", chip.name_truncated
        )
        agrees = True if compare_names(whole, other).agreement is Agreement.AGREES else None
    return ChipZoneField(name="name", chip=one, printed=other, agrees=agrees)


def _name(zone: Mrz) -> str:
    return f"{zone.primary_identifier or ''} {zone.secondary_identifier or ''}".strip()
