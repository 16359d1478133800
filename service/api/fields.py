"""What was read of the documents and chips, with the names of the pictures that show it."""

from collections.abc import Iterator
from uuid import UUID

from fastapi import APIRouter

from models.base import Model
from models.chip import ChipReading
from service.api.caller import Reads
from service.api.openapi import problems
from service.api.verdicts import Generation, shown_of
from service.report.named import pictures_of_each
from service.report.shown import DocumentShown, FieldRow, Shown

router = APIRouter(prefix="/v1/verifications/{verification}", tags=["Verdicts"])


class FieldView(Model):
    """One field: what each zone says, what was claimed, and how they stand to each other."""

    name: str
    """As ICAO 9303 names it, in snake case."""
    zone: str | None
    """In the machine readable zone, or in the barcode of a licence."""
    printed: str | None
    """For people to read, as printed."""
    claimed: str | None
    result: str
    """`agrees`, `differs` or `not compared` with the print; without print `read`, `unsure`,
    `invalid` or `empty`; `printed only`."""
    reason: str | None
    pictures: tuple[str, ...]
    """Where a person had better look: the field's own pieces."""


class DocumentView(Model):
    """One document, or a page on which none was read."""

    title: str
    """What kind of document, and in which files."""
    lines: tuple[str, ...]
    """Of the machine readable zone; empty where none was read."""
    portrait: tuple[str, ...]
    """What is to be said of the portrait and the ghost portrait."""
    pictures: tuple[str, ...]
    """Of the whole, the portraits and the zone, by their names among the pictures."""
    fields: tuple[FieldView, ...]


class DocumentList(Model):
    """The documents in the order in which the report shows them."""

    items: tuple[DocumentView, ...]


@router.get("/fields", summary="What was read of the documents", responses=problems(404))
def read_fields(caller: Reads, verification: UUID, generation: Generation = None) -> DocumentList:
    """Every field of both zones beside what was claimed. The view is recorded."""
    return DocumentList(items=tuple(_documents(shown_of(caller, verification, generation))))


class ChipView(Model):
    """One chip: what was read from it, how far each step of checking it came, who vouches."""

    reading: ChipReading
    pictures: tuple[str, ...]
    """The portrait on it, by its name among the pictures."""


class ChipList(Model):
    """The chips in the order in which the report shows them."""

    items: tuple[ChipView, ...]


@router.get("/chips", summary="What was read from chips", responses=problems(404))
def read_chips(caller: Reads, verification: UUID, generation: Generation = None) -> ChipList:
    """Every step of passive and active authentication with its reason. The view is recorded."""
    shown = shown_of(caller, verification, generation)
    return ChipList(
        items=tuple(
            ChipView(reading=chip.reading, pictures=(f"chip-{place}",) if chip.portrait else ())
            for place, chip in enumerate(shown.chips, start=1)
        )
    )


def _documents(shown: Shown) -> Iterator[DocumentView]:
    for place, (document, names) in enumerate(
        zip(shown.documents, pictures_of_each(shown), strict=True)
    ):
        portrait = shown.portrait_of(place)
        yield DocumentView(
            title=document.title,
            lines=tuple(document.mrz.splitlines()),
            portrait=portrait.words if portrait else (),
            pictures=tuple(name for name in names if not name.startswith("field-")),
            fields=tuple(_fields(document, names)),
        )


def _fields(document: DocumentShown, names: tuple[str, ...]) -> Iterator[FieldView]:
    for row in document.rows:
        yield FieldView(
            name=row.key,
            zone=row.mrz,
            printed=row.printed,
            claimed=row.claimed,
            result=row.result,
            reason=row.reason,
            pictures=tuple(name for name in names if _is_of(row, name)),
        )


def _is_of(row: FieldRow, name: str) -> bool:
    return name.startswith("field-") and name.endswith((f"-{row.key}-zone", f"-{row.key}-print"))
