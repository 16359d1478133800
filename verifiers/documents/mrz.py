"""The machine readable zone understood: the grammar of ICAO 9303 parts 3 to 7.

Every field gets a value, a status and, unless it is simply right, a reason that says line and
character. Nothing is repaired: a clearly printed wrong digit is `invalid` with both digits named,
and characters that were not read surely make their field, and the check digits over it, `unsure`.

The places of the fields are the tables of `mrz_fields`, their meaning is in `field_contents`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from models.document import FieldStatus, Mrz, MrzField, MrzFormat, MrzText
from verifiers.documents import dates
from verifiers.documents.check_digit import check_digit
from verifiers.documents.field_contents import Content, content, words
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
from verifiers.documents.specimens import specimen_marks
from verifiers.documents.weighed import rest_of_long_number, weighed


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
        self.rest_of_number = rest_of_long_number(layout, lines)

    def understood(self) -> Mrz:
        said = {f.name: self._content(f) for f in self.layout.fields}
        for check in self.layout.checks:
            digit = said[check.digit] = self._digit(check)
            if len(check.covers) == 1 and digit.status is FieldStatus.INVALID:
                # The composite names nobody, but a field's own digit speaks of that field.
                covered = said[check.covers[0]]
                if covered.status is not FieldStatus.UNSURE:
                    said[check.covers[0]] = replace(
                        covered, status=FieldStatus.INVALID, reason=digit.reason
                    )
        fields = {f.name: self._field(f, said[f.name]) for f in self.layout.fields}
        marks = specimen_marks(fields)
        for name, why in marks.items():
            wrong = fields[name].reason if fields[name].status is FieldStatus.INVALID else None
            reason = _placed(self.layout.field(name), f"a specimen's: {why}")
            reason = f"{wrong}; {reason}" if wrong else reason
            fields[name] = fields[name].model_copy(update={"reason": reason})
        primary, secondary = self._identifiers()
        return Mrz(
            format=self.layout.format,
            lines=self.lines,
            fields=fields,
            primary_identifier=primary,
            secondary_identifier=secondary,
            name_truncated=self._name_truncated(),
            birth_date=self._day("birth_date"),
            expiry_date=self._day("expiry_date") if self.layout.has("expiry_date") else None,
            specimen=bool(marks),
        )

    def _field(self, field: Field, said: Content) -> MrzField:
        return MrzField(
            name=field.name,
            raw=field.cut(self.lines),
            value=said.value,
            status=said.status,
            reason=said.reason,
            line=field.line,
            start=field.start,
            end=field.end,
        )

    def _cut(self, name: str) -> str:
        return self.layout.field(name).cut(self.lines) if self.layout.has(name) else ""

    def _unsure_in(self, fields: Iterable[Field]) -> str | None:
        """The reason that names every unsure character of these fields."""
        if not self.unsure:
            return None
        columns: dict[int, list[int]] = {}
        for line, column in sorted(self.unsure):
            if any(f.line == line and f.start <= column < f.end for f in fields):
                columns.setdefault(line, []).append(column)
        places = [
            f"line {line + 1} character{'s' if len(unsure) > 1 else ''} {_runs(unsure)}"
            for line, unsure in columns.items()
        ]
        return f"not read surely: {', '.join(places)}" if places else None

    def _content(self, field: Field) -> Content:
        """What the characters of a field say, its check digit apart."""
        raw = field.cut(self.lines)
        if self.rest_of_number and field.name == "document_number":
            number = raw + self.rest_of_number[:-1]
            said = Content(number, FieldStatus.VALID, "it goes on in the optional data")
        else:
            if self.rest_of_number and field.name == "optional_data":
                raw = raw.removeprefix(self.rest_of_number)
            said = content(field, raw, self.layout, self.today)
        if unsure := self._unsure_in([field]):
            return replace(said, status=FieldStatus.UNSURE, reason=unsure)
        return replace(said, reason=_placed(field, said.reason)) if said.reason else said

    def _digit(self, check: Check) -> Content:
        over = weighed(check, self.layout, self.lines)
        printed = None if over.printed == FILLER else over.printed
        if unsure := self._unsure_in(over.fields):
            return Content(printed, FieldStatus.UNSURE, unsure)
        if not over.text.strip(FILLER) and (
            not printed or (check.may_be_filler and printed == "0")
        ):
            return Content(None, FieldStatus.EMPTY)
        computed = str(check_digit(over.text))
        where = _place(over.line, over.column, over.column + 1)
        if printed == computed:
            remark = self.layout.remarks.get(check.digit) if self.rest_of_number else None
            return Content(printed, FieldStatus.VALID, remark and f"{where}: {remark}")
        what = f"check digit printed {printed}" if printed else "no check digit printed"
        wrong = f"{where}: {what}, computed {computed}"
        if self.layout.digits_not_judged:
            reason = f"{wrong}; {self.layout.digits_not_judged}"
            return Content(printed, FieldStatus.UNSURE, reason)
        return Content(printed, FieldStatus.INVALID, wrong)

    def _identifiers(self) -> tuple[str | None, str | None]:
        if not self.layout.has("name"):
            parts = [words(self._cut(n)) for n in ("primary_identifier", "secondary_identifier")]
            return parts[0] or None, parts[1] or None
        primary, _, secondary = self._cut("name").strip(FILLER).partition(FILLER * 2)
        return words(primary) or None, words(secondary) or None

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


def _placed(field: Field, reason: str) -> str:
    return f"{_place(field.line, field.start, field.end)}: {reason}"


def _place(line: int, start: int, end: int) -> str:
    if end == start + 1:
        return f"line {line + 1}, character {start + 1}"
    return f"line {line + 1}, characters {start + 1} to {end}"


def _runs(columns: Sequence[int]) -> str:
    """These columns as a person counts and lists them: 5 to 8, 11."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    told = (f"{run[0] + 1} to {run[-1] + 1}" if len(run) > 1 else f"{run[0] + 1}" for run in runs)
    return ", ".join(told)
