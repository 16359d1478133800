"""The portrait of each document and its ghost portrait, as a report shows them side by side."""

from collections.abc import Sequence

from service.report.figures import small_picture
from service.report.shown import PortraitShown
from verifiers.documents.sides import Sides
from verifiers.faces import Portrait


def portrait_of_each(
    sides: Sequence[Sides], portraits: Sequence[Portrait]
) -> tuple[Portrait | None, ...]:
    """Which of the portraits belongs to each document; `None` where none was looked for.

    The one on a page of the document comes first, then one that was found on its pictures: the
    front of a card may not tell where its page lies.
    """
    return tuple(_portrait(each, portraits) for each in sides)


def _portrait(sides: Sides, portraits: Sequence[Portrait]) -> Portrait | None:
    own = [p for p in portraits if any(p.page is page for page in sides.pages)]
    elsewhere = [
        portrait
        for picture in sides.pictures
        for portrait in portraits
        if portrait.picture is picture and portrait.page is None
    ]
    # Where none was found, the problem told is that of the first picture, the front.
    candidates = [*own, *elsewhere]
    return next((p for p in candidates if p.cut), candidates[0] if candidates else None)


def portraits_shown(
    sides: Sequence[Sides], portraits: Sequence[Portrait]
) -> tuple[PortraitShown, ...]:
    """The portraits of these documents, those without one left out."""
    return tuple(
        _shown(place, portrait)
        for place, portrait in enumerate(portrait_of_each(sides, portraits))
        if portrait
    )


def _shown(place: int, portrait: Portrait) -> PortraitShown:
    if portrait.cut is None:
        words = (portrait.problem,) if portrait.problem else ()
        return PortraitShown(document=place, portrait=None, ghost=None, words=words)
    ghost = portrait.ghost
    quality = portrait.cut.quality
    told = [*quality.problems, *quality.hints, *((ghost.words,) if ghost else ())]
    return PortraitShown(
        document=place,
        portrait=small_picture(portrait.cut.crop, "Portrait"),
        ghost=small_picture(ghost.cut.crop, f"Ghost portrait, distance {ghost.distance:.2f}")
        if ghost
        else None,
        words=tuple(told),
    )
