"""The pictures of a report by names that stay, for whoever fetches them one by one."""

from collections.abc import Iterator

from service.report.shown import DocumentShown, PictureShown, PortraitShown, Shown


def pictures(shown: Shown) -> dict[str, tuple[str, bytes]]:
    """Every picture by a name that stays (`document-1`, `portrait`, `face-2`, `presence-3`).

    `document-…` counts pictures; `zone-2`, `portrait-2`, `ghost-2` and `field-2-birth_date-print`
    are cut out of the second document. `sign-1-portrait` shows where that sign of tampering was
    seen on the first picture.

    Returns:
        Name -> caption and the bytes of a JPEG, in the order of the report.
    """
    return {name: (picture.caption, picture.jpeg) for name, picture in _named(shown)}


def pictures_of_each(shown: Shown) -> Iterator[tuple[str, ...]]:
    """For each document, the names of its pictures."""
    before = 0
    for number, document in enumerate(shown.documents, start=1):
        whole = range(before + 1, before + len(document.pictures) + 1)
        before += len(document.pictures)
        cut_out = [name for name, _ in _cut_out(number, document, shown.portrait_of(number - 1))]
        yield (*(f"document-{place}" for place in whole), *cut_out)


def _named(shown: Shown) -> Iterator[tuple[str, PictureShown]]:
    of_documents = [picture for document in shown.documents for picture in document.pictures]
    for number, picture in enumerate(of_documents, start=1):
        yield f"document-{number}", picture
    for number, document in enumerate(shown.documents, start=1):
        yield from _cut_out(number, document, shown.portrait_of(number - 1))
    for number, chip in enumerate(shown.chips, start=1):
        if chip.portrait:
            yield f"chip-{number}", chip.portrait
    for number, of_picture in enumerate(shown.looks, start=1):
        for one in of_picture.looks:
            if one.picture:
                yield f"sign-{number}-{one.look.sign.value}", one.picture
    if shown.faces:
        yield "portrait", shown.faces.portrait
        for number, face in enumerate(shown.faces.faces, start=1):
            yield f"face-{number}", face
        for number, other in enumerate(shown.faces.others, start=2):
            yield f"compared-{number}", other.portrait
    for number, person in enumerate(shown.people.rows, start=1):
        for place, of_strip in enumerate(person.faces, start=1):
            yield f"person-{number}-{place}", of_strip
    for number, frame in enumerate(shown.frames, start=1):
        yield f"presence-{number}", frame


def _cut_out(
    number: int, document: DocumentShown, portrait: PortraitShown | None
) -> Iterator[tuple[str, PictureShown]]:
    named = [
        (f"portrait-{number}", portrait.portrait if portrait else None),
        (f"ghost-{number}", portrait.ghost if portrait else None),
        (f"zone-{number}", document.zone),
    ]
    for row in document.rows:
        named.append((f"field-{number}-{row.key}-zone", row.mrz_picture))
        named.append((f"field-{number}-{row.key}-print", row.printed_picture))
    yield from ((name, picture) for name, picture in named if picture)
