"""What to photograph again: pictures on which something that matters could not be read.

A bad picture is a request and never suspicion: every finding here is `unknown` and lowers no
verdict. A defect of a picture that was read all the same is nobody's concern; only that a picture
has no colour is noted then, and asks for nothing.
"""

from collections.abc import Iterator, Sequence

from models.document import MrzSearch, MrzText
from models.finding import Check, EvidenceClass, Finding, Seen, Status
from verifiers.documents.evidence import DocumentRead
from verifiers.documents.quality import Defect, assess, grey_copy
from verifiers.picture import Picture


def picture_quality(
    searches: Sequence[tuple[Picture, MrzSearch]], reads: Sequence[DocumentRead]
) -> Iterator[Finding]:
    """What kept something from being read on each picture, and what to do about it.

    `searches`: what looking for zones on each picture gave. `reads`: the documents made of that.
    """
    for picture, search in searches:
        zone = _unsure_zone(picture, reads)
        if zone or _misses_something(picture, search, reads):
            for defect in assess(picture.pixels, zone):
                yield _finding(picture, defect, defect.action)
        elif copy := grey_copy(picture.pixels):
            yield _finding(picture, copy, None)


def _unsure_zone(picture: Picture, reads: Sequence[DocumentRead]) -> MrzText | None:
    """The zone on this picture that no other picture shows better, where it was not read surely."""
    unsure = (read.text for read in reads if read.picture is picture and not read.text.sure)
    return next(unsure, None)


def _misses_something(picture: Picture, search: MrzSearch, reads: Sequence[DocumentRead]) -> bool:
    """Whether no zone was read where none is known otherwise, or no print where it should be."""
    no_print = any(read.printed.problem and read.printed_on is picture for read in reads)
    return no_print or not (search.readings or reads)


def _finding(picture: Picture, defect: Defect, question: str | None) -> Finding:
    where = f"{picture.file}, page {picture.page}" if picture.page > 1 else picture.file
    return Finding(
        code=f"document.picture.{defect.kind.value}",
        check=Check.DOCUMENT,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.DOCUMENT,
        seen=(
            Seen(
                what=defect.what,
                value=defect.measured,
                unit=defect.unit,
                file=picture.file,
                page=picture.page,
                region=defect.region,
            ),
            Seen(what="limit of that", value=defect.limit, unit=defect.unit),
        ),
        for_recruiter=f"In {where}, {defect.wrong}.",
        for_candidate=f"{defect.wrong[0].upper()}{defect.wrong[1:]}.",
        question=question,
    )
