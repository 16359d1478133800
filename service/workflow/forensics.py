"""The step that looks for signs of tampering: what earlier steps found, as its subjects."""

from collections.abc import Sequence

from service.workflow.pipeline import PortraitFound, StepResult
from verifiers.documents.forensics.subject import Subject
from verifiers.documents.upright import page_of
from verifiers.faces import Portrait
from verifiers.picture import Picture


def portraits_found(
    portraits: Sequence[Portrait], pages: Sequence[Picture]
) -> tuple[PortraitFound, ...]:
    """Where the portraits are: what is left of them without the pixels."""
    return tuple(
        PortraitFound(
            picture=next(n for n, page in enumerate(pages) if page is portrait.picture),
            region=portrait.cut.region,
            ghost=portrait.ghost.cut.region if portrait.ghost else None,
        )
        for portrait in portraits
        if portrait.cut
    )


def subjects(
    pages: Sequence[Picture], documents: StepResult, portraits: Sequence[PortraitFound]
) -> tuple[Subject, ...]:
    """One for each picture, with the zone read most surely and all portraits that are on it.

    `documents` is what the step of this name found.
    """
    return tuple(_on(place, pages, documents, portraits) for place in range(len(pages)))


def _on(
    place: int,
    pages: Sequence[Picture],
    documents: StepResult,
    portraits: Sequence[PortraitFound],
) -> Subject:
    own = [found for found in portraits if found.picture == place]
    heads = [head.region for head in own] + [head.ghost for head in own if head.ghost]
    texts = [zone.text for zone in documents.zones if zone.picture == place]
    text = min(texts, key=lambda text: len(text.unsure), default=None)
    page = page_of(pages[place], text) if text else None
    found = documents.documents
    barcodes = [d.barcode for d in found if d.barcode and d.pictures[-1] == place]
    return Subject(
        pages[place], text=text, page=page, portraits=tuple(heads), barcodes=tuple(barcodes)
    )
