"""The machine readable zone understood: the grammar of ICAO 9303 parts 3 to 7.

Every field gets a value, a status and, unless it is simply right, a reason. Nothing is repaired:
a clearly printed wrong digit is `invalid` with both digits named, and characters that were not
read surely make their field, and the check digits over it, `unsure`.

The places of the fields are the tables of `mrz_fields`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from models.document import FieldStatus, Mrz, MrzField, MrzFormat, MrzText
from verifiers.documents import dates, issuers
from verifiers.documents.check_digit import check_digit
from verifiers.documents.mrz_fields import (
    CHARACTERS,
    FILLER,
    LAYOUTS,
    Check,
    Field,
    Kind,
    Layout,
    layout_of,
)

__all__ = ["LAYOUTS", "check_digit", "format_of", "understand"]

_Said = tuple[str | None, FieldStatus, str | None]
"""Value, status and reason of a field."""


def format_of(lines: Sequence[str]) -> MrzFormat | None:
    """The format of lines of this shape: the visa's where they begin with V and there is one.

    `None` where the standard has no such zone.
    """
    fitting = [
        format
        for format in LAYOUTS
        if len(lines) == format.shape[0] and all(len(line) == format.shape[1] for line in lines)
    ]
    if not fitting:
        return None
    return fitting[-1] if lines[0][0] in LAYOUTS[fitting[-1]].first_letters else fitting[0]


def understand(text: MrzText | Sequence[str], *, today: date) -> Mrz:
    """Read the fields of a zone: one that was read from a picture, or lines that are surely known.

    Raises `ValueError` for lines of no format and for characters that no zone may hold.
    """
    if isinstance(text, MrzText):
        format, lines, unsure = text.format, text.lines, frozenset(text.unsure)
    else:
        found = format_of(text)
        if found is None:
            raise ValueError("these are not the lines of any machine readable zone of ICAO 9303")
        format, lines, unsure = found, tuple(text), frozenset[tuple[int, int]]()
    strange = sorted(set("".join(lines)) - set(CHARACTERS))
    if strange:
        raise ValueError(f"no machine readable zone may hold {' '.join(strange)}")
    return _Zone(layout_of(format, lines), lines, unsure, today).understood()


class _Zone:
    """The lines of one zone, and what is to be known to judge them."""

    def __init__(
        self,
        layout: Layout,
        lines: tuple[str, ...],
        unsure: frozenset[tuple[int, int]],
        today: date,
    ) -> None:
        self.layout = layout
        self.lines = lines
        self.unsure = unsure
        self.today = today
        self.long_number = _long_number(layout, lines)

    def understood(self) -> Mrz:
        said = {f.name: self._content(f) for f in self.layout.fields}
        for check in self.layout.checks:
            said[check.digit] = self._digit(check)
            if len(check.covers) == 1 and said[check.digit][1] is FieldStatus.INVALID:
                # The composite names nobody, but a field's own digit speaks of that field.
                value, status, _ = said[check.covers[0]]
                if status is not FieldStatus.UNSURE:
                    said[check.covers[0]] = value, FieldStatus.INVALID, said[check.digit][2]
        primary, secondary = self._identifiers()
        number = said["document_number"][0] or ""
        return Mrz(
            format=self.layout.format,
            lines=self.lines,
            fields={f.name: self._field(f, said[f.name]) for f in self.layout.fields},
            primary_identifier=primary,
            secondary_identifier=secondary,
            name_truncated=self._name_truncated(),
            birth_date=self._day("birth_date"),
            expiry_date=self._day("expiry_date") if self.layout.has("expiry_date") else None,
            specimen=self._cut("issuing_state") in issuers.SPECIMEN_ISSUERS
            or self._cut("nationality") == "UTO"
            or number in issuers.SPECIMEN_NUMBERS
            or "SPECIMEN" in f"{primary} {secondary}".split(),
        )

    def _field(self, field: Field, said: _Said) -> MrzField:
        value, status, reason = said
        return MrzField(
            name=field.name,
            raw=field.cut(self.lines),
            value=value,
            status=status,
            reason=reason,
            line=field.line,
            start=field.start,
            end=field.end,
        )

    def _cut(self, name: str) -> str:
        return self.layout.field(name).cut(self.lines) if self.layout.has(name) else ""

    def _unsure_in(self, fields: Iterable[Field]) -> str | None:
        """The reason that names every unsure character of these fields."""
        places = [
            f"line {line + 1} character {column + 1}"
            for line, column in sorted(self.unsure)
            if any(f.line == line and f.start <= column < f.end for f in fields)
        ]
        return f"not read surely: {', '.join(places)}" if places else None

    def _content(self, field: Field) -> _Said:
        """What the characters of a field say for themselves, its check digit apart."""
        raw = field.cut(self.lines)
        value, status, reason = self._by_kind(field, raw)
        if unsure := self._unsure_in([field]):
            return value, FieldStatus.UNSURE, unsure
        return value, status, reason

    def _by_kind(self, field: Field, raw: str) -> _Said:
        match field.kind:
            case Kind.DOCUMENT_CODE:
                return _document_code(raw, self.layout)
            case Kind.STATE:
                return _state(raw)
            case Kind.NAME:
                return _name(raw)
            case Kind.NUMBER:
                return self._number(field, raw)
            case Kind.BIRTH_DATE:
                return _date(dates.birth_date(raw, self.today))
            case Kind.EXPIRY_DATE:
                return _date(dates.expiry_date(raw, self.today))
            case Kind.SEX:
                return _sex(raw)
            case Kind.CHECK_DIGIT:
                return raw, FieldStatus.VALID, None

    def _number(self, field: Field, raw: str) -> _Said:
        if self.long_number and field.name == "document_number":
            return self.long_number, FieldStatus.VALID, "continued in the optional data"
        if self.long_number and field.name == "optional_data":
            raw = raw.partition(FILLER)[2]
        value = " ".join(raw.replace(FILLER, " ").split())
        return (value, FieldStatus.VALID, None) if value else (None, FieldStatus.EMPTY, None)

    def _digit(self, check: Check) -> _Said:
        field = self.layout.field(check.digit)
        covered = [self.layout.field(name) for name in check.covers]
        printed = field.cut(self.lines)
        text = "".join(f.cut(self.lines) for f in covered)
        parts = [field, *covered]
        if self.long_number and check.covers == ("document_number",):
            # 9303-5 §4.2.2.2: a filler stands for the digit, which follows the number's rest.
            parts.append(self.layout.field("optional_data"))
            rest = self._cut("optional_data").split(FILLER)[0]
            text, printed = text + rest[:-1], rest[-1]
        if unsure := self._unsure_in(parts):
            return printed, FieldStatus.UNSURE, unsure
        if not text.strip(FILLER) and printed in (FILLER + "0" if check.may_be_filler else FILLER):
            return None, FieldStatus.EMPTY, None
        computed = str(check_digit(text))
        if printed == computed:
            return printed, FieldStatus.VALID, None
        if self.layout.digits_not_judged:
            return printed, FieldStatus.UNSURE, self.layout.digits_not_judged
        what = "no digit" if printed == FILLER else printed
        return printed, FieldStatus.INVALID, f"check digit printed {what}, computed {computed}"

    def _identifiers(self) -> tuple[str | None, str | None]:
        if not self.layout.has("name"):
            words = [_words(self._cut(n)) for n in ("primary_identifier", "secondary_identifier")]
            return words[0] or None, words[1] or None
        primary, _, secondary = self._cut("name").strip(FILLER).partition(FILLER * 2)
        return _words(primary) or None, _words(secondary) or None

    def _name_truncated(self) -> bool:
        """9303-3 §4.6: a letter in the last place says that the name may go on beyond it."""
        names = [f for f in self.layout.fields if f.kind is Kind.NAME]
        return any(f.cut(self.lines)[-1] != FILLER for f in names)

    def _day(self, name: str) -> date | None:
        """The date, where all of it was read surely; a wrong check digit is told elsewhere."""
        if self._unsure_in([self.layout.field(name)]):
            return None
        read = dates.birth_date if name == "birth_date" else dates.expiry_date
        return read(self._cut(name), self.today).day


def _long_number(layout: Layout, lines: Sequence[str]) -> str | None:
    """A document number of more than nine characters (9303-5 and -6 §4.2.2.2), put together."""
    if layout.format not in (MrzFormat.TD1, MrzFormat.TD2) or not layout.has("optional_data"):
        return None
    number = layout.field("document_number").cut(lines)
    digit = layout.field("document_number_check_digit").cut(lines)
    rest = layout.field("optional_data").cut(lines).split(FILLER)[0]
    if digit != FILLER or FILLER in number or len(rest) < 2 or not rest[-1].isdigit():
        return None
    return number + rest[:-1]


def _words(raw: str) -> str:
    return " ".join(raw.replace(FILLER, " ").split())


def _document_code(raw: str, layout: Layout) -> _Said:
    if raw[0] in layout.first_letters:
        return raw.rstrip(FILLER), FieldStatus.VALID, None
    letters = " or ".join(layout.first_letters)
    return raw, FieldStatus.INVALID, f"the code of a {layout.title} begins with {letters}"


def _state(raw: str) -> _Said:
    if raw == FILLER * 3:
        return None, FieldStatus.EMPTY, "no code is given"
    found = issuers.state(raw)
    status = FieldStatus.VALID if found.known else FieldStatus.INVALID
    return raw.rstrip(FILLER), status, found.note


def _name(raw: str) -> _Said:
    value = _words(raw.replace(FILLER * 2, " ", 1))
    if not value:
        return None, FieldStatus.EMPTY, "no name is given"
    if any(c.isdigit() for c in raw):
        return value, FieldStatus.INVALID, "a name holds no digits"
    if raw[0] == FILLER:
        return value, FieldStatus.INVALID, "a name begins with a letter"
    if raw[-1] != FILLER:
        return value, FieldStatus.VALID, "it fills the whole field and may be cut off"
    return value, FieldStatus.VALID, None


def _date(read: dates.DateRead) -> _Said:
    if read.impossible:
        return None, FieldStatus.INVALID, read.impossible
    return read.value, FieldStatus.VALID if read.value else FieldStatus.EMPTY, read.note


def _sex(raw: str) -> _Said:
    if raw in "MF":
        return raw, FieldStatus.VALID, None
    if raw == FILLER:
        return None, FieldStatus.EMPTY, "unspecified"
    if raw == "X":
        return raw, FieldStatus.VALID, "unspecified, printed X where 9303 has a filler"
    return raw, FieldStatus.INVALID, f"{raw} is none of F, M and the filler"
