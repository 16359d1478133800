"""Pages of print written down instead of read: labels and values where a test puts them."""

from models.finding import Region
from verifiers.documents.print_lines import PrintLine, Sheet
from verifiers.documents.printed import PrintedZone, zone_of

_LETTER = 10.0
"""Width of a character, pixels; labels are 18 and values 30 high."""


def line(
    text: str, left: float, top: float, *, height: float = 30.0, sure: float = 0.99
) -> PrintLine:
    """One line of print, every character as sure."""
    count = len(text)
    right, bottom = left + _LETTER * count, top + height
    return PrintLine(
        text=text,
        confidence=(sure,) * count,
        across=tuple((i + 0.5) / count for i in range(count)),
        box=(left, top, right, bottom),
        region=Region.box(left, top, right, bottom),
    )


def label(text: str, left: float, top: float) -> PrintLine:
    """A line in the small type of labels."""
    return line(text, left, top, height=18.0)


def page(*further: PrintLine, **values: str) -> PrintedZone:
    """Each value below its label, one field a row; an empty one leaves its label alone."""
    lines = list(further)
    for row, (name, value) in enumerate(values.items()):
        lines.append(label(LABELS[name], 300, 100 * row))
        if value:
            lines.append(line(value, 300, 100 * row + 22))
    return zone_of((Sheet(tuple(lines)),))


LABELS = {
    "document_number": "Passport No. / N° du passeport",
    "surname": "Surname / Nom",
    "given_names": "Given names / Prénoms",
    "name": "Name / Nom",
    "birth_date": "Date of birth / Date de naissance",
    "sex": "Sex / Sexe",
    "nationality": "Nationality / Nationalité",
    "expiry_date": "Date of expiry / Date d'expiration",
    "issue_date": "Date of issue / Date de délivrance",
}
