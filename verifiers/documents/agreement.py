"""The two zones of a document held against each other, field by field.

A value is known by its label, or failing that by what the zone says it should be. It differs only
where all of this holds, since an honest document must not be called forged for a misreading:

- a text of the field's kind stands at the field's label, and was read surely;
- a second reader, which errs in other ways, reads the same there;
- the page's labels are understood: other fields stand at theirs;
- the zone's value stands nowhere else on the page, read exactly or nearly. It may be a copy that a
  forger left (a ghost print, a signature), but more often the label belongs to another value; only
  a copy in much smaller type does not excuse a difference.

Nor does a value agree because it stands somewhere: a copy in much smaller type vouches for nothing,
and where labels of one field have two values nobody can say which is meant. Anything less is
`unknown`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from models.document import FieldStatus, Mrz, PrintedField
from verifiers.documents.print_compare import (
    DATE,
    NAME_PART,
    NATIONALITY,
    NUMBER,
    SEX,
    WHOLE_NAME,
    Kind,
    is_signature,
    stands_alone,
)
from verifiers.documents.print_lines import PrintLine
from verifiers.documents.printed import PrintedZone, field_of
from verifiers.names import Agreement, Compared

SURE = 0.8
"""How surely the least sure character of a value must be read for it to contradict."""
_UNDERSTOOD = 2
"""Other fields that must stand, as the zone has them, at their labels."""
_SHORT_NAME = 3
"""Letters of a name below which it is known by its label only: any print has such words."""
_GHOST = 0.6
"""Height of a copy, to the height of the page's other values, below which it is a ghost print."""

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


@dataclass(frozen=True)
class _Field:
    name: str
    kinds: dict[str, Kind]
    """By the labels that the field may stand at."""


_FIELDS = (
    _Field("document_number", {"document_number": NUMBER}),
    _Field("surname", {"surname": NAME_PART, "name": WHOLE_NAME}),
    _Field("given_names", {"given_names": NAME_PART, "name": WHOLE_NAME}),
    _Field("birth_date", {"birth_date": DATE}),
    _Field("sex", {"sex": SEX}),
    _Field("nationality", {"nationality": NATIONALITY}),
    _Field("expiry_date", {"expiry_date": DATE}),
)


@dataclass(frozen=True)
class _AtLabel:
    """What stands at a field's label, and what it says."""

    line: PrintLine
    compared: Compared
    kind: Kind
    place: int
    """Which of the page's labels, from 0."""
    first: bool
    """Whether nothing of the field's kind stands nearer to that label."""


def compare_zones(mrz: Mrz, printed: PrintedZone, read_again: ReadAgain) -> list[FieldAgreement]:
    """Number, names, birth date, sex, nationality and expiry date, where the zone has them.

    `read_again` reads one printed field a second time, by itself.
    """
    wanted = [(field, said) for field in _FIELDS if (said := _in_zone(mrz, field.name))]
    at_labels = {f.name: list(_at_labels(mrz, printed, f, said)) for f, said in wanted}
    usual = _usual_height(printed, at_labels.values())
    settled = {name: _settled(found, usual) for name, found in at_labels.items()}
    understood = [at.line for at in settled.values() if at]
    compared = []
    for field, said in wanted:
        at, found = settled[field.name], at_labels[field.name]
        if at and not _contested(field, at, found):
            compared.append(_result(field, said, at.compared, _narrowed(mrz, said, at)))
            continue
        if at:
            told = "Its labels have two values, of which the zone has one."
            compared.append(_result(field, said, Compared(Agreement.UNKNOWN, told), at.line))
            continue
        other = [at for at in found if at.compared.agreement is not Agreement.AGREES]
        readable = [at for at in other if at.line.sure >= SURE]
        elsewhere = list(_elsewhere(mrz, printed, field, said))
        misread = not readable and all(at.kind.nearly(said, at.line.text) for at in other)
        if not other or (elsewhere and misread):
            alone = _elsewhere(mrz, printed, field, said, alone=True)
            large = [line for line in alone if line.height >= _GHOST * usual]
            compared.append(_by_value(field, said, large))
        else:
            judge = _Judge(mrz, printed, field, said, read_again, understood)
            compared.append(judge.settle((readable or other)[0], elsewhere))
    return compared


def _usual_height(printed: PrintedZone, at_labels: Iterable[Sequence[_AtLabel]]) -> float:
    """Of the page's values; of all its print where no value agrees at its label."""
    agreeing = [
        at.line.height
        for found in at_labels
        for at in found
        if at.compared.agreement is Agreement.AGREES
    ]
    return median(agreeing or [line.height for line in printed.lines] or [0.0])


def _settled(found: Sequence[_AtLabel], usual: float) -> _AtLabel | None:
    """The value that agrees; none in much smaller type than the others have."""
    return next(
        (
            at
            for at in found
            if at.compared.agreement is Agreement.AGREES and at.line.height >= _GHOST * usual
        ),
        None,
    )


def _contested(field: _Field, settled: _AtLabel, found: Sequence[_AtLabel]) -> bool:
    """Whether another label of the field surely has another value.

    Numbers are many on a page, of the holder and of the form, and their labels are alike.
    """
    agreeing = {at.place for at in found if at.compared.agreement is Agreement.AGREES}
    return field.name != "document_number" and any(
        at.first
        and at.place not in agreeing
        and at.kind is settled.kind
        and at.compared.agreement is Agreement.DIFFERS
        and at.line.sure >= SURE
        for at in found
    )


def _by_value(field: _Field, said: str, elsewhere: Sequence[PrintLine]) -> FieldAgreement:
    """A field whose label was not found, or has nothing of its kind at it."""
    if elsewhere:
        told = "What the zone says is printed, though no label was read that says what it is."
        return _result(field, said, Compared(Agreement.AGREES, told), elsewhere[0])
    told = "The print could not be read."
    return FieldAgreement(field.name, Agreement.UNKNOWN, told, said)


@dataclass(frozen=True)
class _Judge:
    """Decides whether what stands at a label, and is not the zone's value, contradicts it."""

    mrz: Mrz
    printed: PrintedZone
    field: _Field
    said: str
    read_again: ReadAgain
    understood: Sequence[PrintLine]
    """The values of other fields that agree at their labels."""

    def settle(self, at: _AtLabel, elsewhere: Sequence[PrintLine]) -> FieldAgreement:
        again = self.read_again(field_of(self.field.name, at.line))
        compared = at.kind.compare(self.mrz, self.said, again)
        if at.compared.agreement is Agreement.UNKNOWN:
            cleared = compared is not None and compared.agreement is Agreement.AGREES
            return self._told(at, compared if cleared and compared else at.compared)
        if doubt := self._doubt(at, again, compared, elsewhere):
            return self._told(at, Compared(Agreement.UNKNOWN, doubt))
        return self._told(at, at.compared)

    def _doubt(
        self,
        at: _AtLabel,
        again: str,
        compared: Compared | None,
        elsewhere: Sequence[PrintLine],
    ) -> str | None:
        """Why the difference may be none."""
        if any(not self._ghost(line, at.line) for line in elsewhere):
            return "Another value stands at its label, but what the zone says is printed as well."
        repeated = compared is not None and compared.agreement is Agreement.DIFFERS
        if at.line.sure < SURE or not repeated or not at.kind.alike(at.line.text, again):
            return "The print seems to differ, but was not read surely enough to say so."
        if len(self.understood) < _UNDERSTOOD:
            return "The print seems to differ, but too few of its other fields were understood."
        others = [
            line
            for line in self.printed.lines
            if not (_overlap(line, at.line) or self._ghost(line, at.line))
        ]
        if any(at.kind.nearly(self.said, line.text) and not self._signed(line) for line in others):
            return (
                "Another value seems to stand at its label, but nearly what the zone says is "
                "printed as well."
            )
        return None

    def _signed(self, line: PrintLine) -> bool:
        return "name" in self.field.kinds and is_signature(self.mrz, line.text)

    def _ghost(self, copy: PrintLine, at_label: PrintLine) -> bool:
        if not self.understood:
            return False
        usual = median(line.height for line in self.understood)
        return copy.height < _GHOST * usual and at_label.height > (_GHOST + 1) / 2 * usual

    def _told(self, at: _AtLabel, compared: Compared) -> FieldAgreement:
        return _result(self.field, self.said, compared, at.line)


def _at_labels(mrz: Mrz, printed: PrintedZone, field: _Field, said: str) -> Iterator[_AtLabel]:
    """What stands at this field's labels and is of its kind; own labels before general ones."""
    for label, kind in field.kinds.items():
        for place, found in enumerate(printed.labelled):
            first = True
            for line in found.values if found.field == label else ():
                compared = kind.compare(mrz, said, line.text)
                if compared:
                    yield _AtLabel(line, compared, kind, place, first)
                    first = False


def _elsewhere(
    mrz: Mrz, printed: PrintedZone, field: _Field, said: str, *, alone: bool = False
) -> Iterator[PrintLine]:
    """Where the zone's value is printed, label or none; `alone`: a name among no other words."""
    spans = next(iter(field.kinds.values())).spans
    if spans is None:
        return
    for line in printed.lines:
        if "name" in field.kinds and (len(said) < _SHORT_NAME or is_signature(mrz, line.text)):
            continue
        for start, end in spans(mrz, said, line.text):
            named = alone and "name" in field.kinds
            if not named or stands_alone(mrz, line.text[:start], line.text[end:]):
                yield line.part(start, end)


def _narrowed(mrz: Mrz, said: str, at: _AtLabel) -> PrintLine:
    """The part of a line that says what the zone says."""
    if at.kind.spans is None:
        return at.line
    spans = list(at.kind.spans(mrz, said, at.line.text))
    return at.line.part(*min(spans, key=lambda s: s[1] - s[0])) if spans else at.line


def _overlap(one: PrintLine, other: PrintLine) -> bool:
    """On the picture, since its sheets have pixels of their own."""
    a, b = one.region.bounds, other.region.bounds
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across > 0 and down > 0.5 * min(a[3] - a[1], b[3] - b[1])


def _result(field: _Field, said: str, compared: Compared, line: PrintLine) -> FieldAgreement:
    shown = field_of(field.name, line)
    return FieldAgreement(field.name, compared.agreement, compared.explanation, said, shown)


def _in_zone(mrz: Mrz, name: str) -> str | None:
    """What the zone surely says; `None` where the field is empty or was not read surely."""
    if name == "surname":
        return mrz.primary_identifier if _read_surely(mrz, "name") else None
    if name == "given_names":
        return mrz.secondary_identifier if _read_surely(mrz, "name") else None
    if name == "nationality" and not (mrz.value(name) or "").isalpha():
        return None  # Cards older than the standard have other things there.
    if name == "sex" and name in mrz.fields and _read_surely(mrz, name):
        return mrz.value(name) or "X"
    return mrz.value(name) if _read_surely(mrz, name) else None


def _read_surely(mrz: Mrz, name: str) -> bool:
    field = mrz.fields.get(name)
    return field is not None and field.status is not FieldStatus.UNSURE
