"""`bonafide document`: everything that is known of each document, and its portraits."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from models.context import Context
from models.document import MrzFormat, MrzSearch, MrzText
from models.finding import Finding
from models.stage import Stage
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.document_answer import (
    Known,
    answer_for,
    answer_for_nothing,
    show,
    write_crops,
)
from service.commands.face_engines import face_engine
from service.commands.opened import told_unwritable
from service.report.portraits import portrait_of_each
from verifiers.documents.print_reader import PrintReader, ocr_reader
from verifiers.documents.reading import MrzReader
from verifiers.documents.sides import Sides, sides_of_each
from verifiers.documents.verify import verify_documents
from verifiers.face_engine import FaceEngine
from verifiers.faces import about_ghosts, portraits_on
from verifiers.imaging import UnusableInput, load_pictures
from verifiers.picture import Picture, Pixels

NAME = "document"
EXAMPLES = (
    "Examples: [b]bonafide document passport.jpg[/b] · "
    "[b]bonafide document front.jpg back.jpg --crops crops[/b] · "
    "[b]bonafide document --json scans/*.pdf[/b]"
)


def run(
    files: Annotated[list[Path], typer.Argument(help="Pictures or PDFs of documents.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document.")] = False,
    crops: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Folder to write portraits, ghost portraits and zones into, as JPEG.",
        ),
    ] = None,
) -> None:
    """Read documents: both zones field by field, the portrait, and what speaks for or against.

    The front and the back of a card are one document where they are on one picture, or on two that
    follow each other. Nothing is compared across documents.
    """
    print_reader = ocr_reader()
    zones = MrzReader(second=print_reader)
    reading = _Reading(face_engine(), zones, print_reader, datetime.now(UTC).date())
    unusable = False
    with console.progress(NAME, len(files)) as advance:
        for number, known in enumerate(reading.documents(files, advance), start=1):
            if isinstance(known, _Unusable):
                unusable = True
                answer = answer_for_nothing(known.path, known.told)
            else:
                names = _crops(known, crops, number) if crops else {}
                answer = answer_for(known) | {"crops": names}
            if as_json:
                console.out.print(json.dumps(answer, ensure_ascii=False), markup=False)
            else:
                show(answer)
    if unusable:
        raise typer.Exit(UNUSABLE_INPUT)


def _crops(known: Known, folder: Path, number: int) -> dict[str, str]:
    with told_unwritable(folder):
        return write_crops(known, folder, number)


@dataclass(frozen=True, eq=False)
class _Read:
    """A picture or page with the zones that were read on it."""

    path: Path
    picture: Picture
    search: MrzSearch
    seconds: float

    @property
    def is_back_of_a_card(self) -> bool:
        return [text.format for text in self.search.readings] == [MrzFormat.TD1]

    @property
    def may_be_a_front(self) -> bool:
        return not self.search.readings


@dataclass(frozen=True)
class _Unusable:
    """A file that could not be used."""

    path: Path
    told: str


@dataclass(frozen=True, eq=False)
class _Reading:
    """Documents read one after the other, with models that are loaded once."""

    faces: FaceEngine
    zones: MrzReader
    print: PrintReader
    today: date

    def documents(
        self, files: Sequence[Path], advance: console.Advance
    ) -> Iterator[Known | _Unusable]:
        """Every document, and every picture that shows none, in the order of the files.

        A picture without a zone may be the front of the card whose back comes before or after it.
        Few pictures are held at a time, however many files there are.
        """
        waiting: _Read | None = None
        for page in self._pages(files, advance):
            if isinstance(page, _Unusable):
                yield from self._known([waiting]) if waiting else ()
                waiting = None
                yield page
            elif waiting is None or not _may_be_a_card(waiting, page):
                yield from self._known([waiting]) if waiting else ()
                waiting = page
            else:
                together = list(self._known([waiting, page]))
                if any(len(known.sides.pictures) > 1 for known in together):
                    yield from together
                    waiting = None
                else:
                    # No card of these two: the later one may still be one with the next.
                    yield from self._known([waiting])
                    waiting = page
        yield from self._known([waiting]) if waiting else ()

    def _pages(
        self, files: Sequence[Path], advance: console.Advance
    ) -> Iterator[_Read | _Unusable]:
        for path in files:
            advance(path.name)
            try:
                pictures = load_pictures(path)
            except UnusableInput as error:
                yield _Unusable(path, error.told)
                continue
            for picture in pictures:
                began = time.perf_counter()
                search = self.zones.read(picture.pixels)
                yield _Read(path, picture, search, time.perf_counter() - began)

    def _known(self, group: Sequence[_Read]) -> Iterator[Known]:
        """All that is known of each document on these pictures, and of a picture without any."""
        pictures = [page.picture for page in group]
        context = Context(stage=Stage.INTERVIEW, today=self.today)
        # Each zone by itself, so that all that is found is about its document and no other.
        zones: list[MrzText | None] = [text for page in group for text in page.search.readings]
        began = time.perf_counter()
        found: list[tuple[Sides, tuple[Finding, ...]]] = []
        for text in zones or [None]:
            result = verify_documents(
                pictures, None, context, False, _OneZone(group, text), self.print
            )
            for each in sides_of_each(pictures, result.documents):
                found.append((each, result.findings if each.read or not result.documents else ()))
        sides = [each for each, _ in found]
        # Of all at once: a portrait on one document's page is no other one's.
        pages = [page for each in sides for page in each.pages]
        portraits = portrait_of_each(sides, portraits_on(self.faces, pictures, pages))
        spent = time.perf_counter() - began + sum(page.seconds for page in group)
        for (each, about), portrait in zip(found, portraits, strict=True):
            yield Known(
                paths=tuple(_page_of(picture, group).path for picture in each.pictures),
                sides=each,
                portrait=portrait,
                findings=(*about, *about_ghosts([portrait] if portrait else [])),
                problem=_page_of(each.pictures[-1], group).search.problem,
                seconds=spent,
            )


def _may_be_a_card(one: _Read, other: _Read) -> bool:
    """Whether these can be the two sides of a card: one with its zone, the other with none."""
    return (one.may_be_a_front and other.is_back_of_a_card) or (
        one.is_back_of_a_card and other.may_be_a_front
    )


def _page_of(picture: Picture, group: Sequence[_Read]) -> _Read:
    return next(page for page in group if page.picture is picture)


@dataclass(frozen=True, eq=False)
class _OneZone:
    """A reader that has read these pictures before, and tells of one of their zones only."""

    group: Sequence[_Read]
    text: MrzText | None

    def read(self, pixels: Pixels, /) -> MrzSearch:
        """What was read on this picture, other zones left out."""
        search = next(page.search for page in self.group if page.picture.pixels is pixels)
        kept = tuple(text for text in search.readings if text is self.text)
        return search.model_copy(update={"readings": kept})
