"""Which of the texts beside a date is the position, the employer, the institution, the degree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from verifiers.resume.entries import Entry, Piece
from verifiers.resume.words import Kind, course_kind, degree_in, has_legal_form, work_kind

_AT = re.compile(r"\s+(?:at|@|bei|chez|presso|hos|bij|u firmi|w firmie)\s+", re.IGNORECASE)
_FULL = re.compile(r"\b(?:full[- ]?time|vollzeit|temps plein|tiempo completo|tempo pieno)\b", re.I)
_PART = re.compile(
    r"\b(?:part[- ]?time|teilzeit|temps partiel|tiempo parcial|media jornada)\b", re.I
)
_TERMS = re.compile(
    r"^(?:full[- ]?time|part[- ]?time|contract(?:or)?|permanent|temporary|freelance|vollzeit"
    r"|teilzeit|befristet|unbefristet|internship|cdi|cdd|temps plein|temps partiel"
    r"|festanstellung)$",
    re.IGNORECASE,
)
_REMOTE = re.compile(r"\b(?:remote|home[- ]?office|télétravail|teletrabajo|work from home)\b", re.I)
_CITY_STATE = re.compile(r"^[A-Z][\w.’' -]+,\s(?:[A-Z]{2,3}|[A-Z][\w.’' -]+)(?:,\s[A-Z][\w. ]+)?$")
_TRAILING_GRADE = re.compile(
    r"[\s,;(–-]*(?:\bGPA\b|\bCGPA\b|\bgrade\b|\bnote\b|\bfirst[- ]class\b|\bupper second\b"
    r"|\bwith (?:honours|honors|distinction)\b|\b(?:magna |summa )?cum laude\b|\b2:[12]\b).*$",
    re.IGNORECASE,
)
_INTO_AREA = re.compile(
    r"^[\s,:;(–—-]*(?:(?:degree|programme|program|course|studies)\b\s*)?"
    r"(?:(?:in|of|en|de|em|im|der|i|w zakresie|fach|fachrichtung|à|di)\b\s*(?:the\s)?)?[\s:(–—-]*",
    re.IGNORECASE,
)


@dataclass
class Named:
    """What the texts beside a period name."""

    values: dict[str, Piece] = field(default_factory=dict)
    """By the field's name in JSON Resume."""
    used: list[Piece] = field(default_factory=list)
    full_time: bool | None = None
    remote: bool | None = None
    doubts: list[str] = field(default_factory=list)
    by_comma: bool = False
    """Position and employer stand in one text, in this order, with a comma between them."""

    def put(self, name: str, piece: Piece, text: str | None = None) -> None:
        """A value, and the piece it comes from."""
        self.values[name] = replace(piece, text=(text or piece.text).strip(" ,;:–—-"))
        if piece not in self.used:
            self.used.append(piece)


def positions(found: Sequence[Entry]) -> list[Named]:
    """The position, employer and place of each entry of a section."""
    second_below = any(len(entry.head) == 1 and "," not in entry.head[0].text for entry in found)
    named = [_position(entry, second_below=second_below) for entry in found]
    commas = any(one.by_comma for one in named)
    orders = {order for one in named if (order := _order(one))}
    if len(orders) == 1:
        names = ("position", "name") if orders == {"position first"} else ("name", "position")
        for one, entry in zip(named, found, strict=True):
            told = one.values.keys() & {"name", "position"}
            if not told and len(pieces := _of_names(entry)) >= 2:
                for name, piece in zip(names, pieces, strict=False):
                    if name == "name":
                        _put_employer(one, piece, piece.text)
                    else:
                        one.put(name, piece)
    for one, entry in zip(named, found, strict=True):
        if commas and not one.values.keys() & {"name", "position"}:
            _in_the_order_of_others(one, entry)
        if "name" not in one.values or "position" not in one.values:
            missing = [
                word
                for name, word in (("position", "position"), ("name", "employer"))
                if name not in one.values
            ]
            one.doubts.append(f"The {' and the '.join(missing)} could not be told surely.")
    return named


def _in_the_order_of_others(named: Named, entry: Entry) -> None:
    """As "Barista, Orrery" below "Engineer, Acme Ltd"."""
    pieces = [piece for piece in entry.head if not _TERMS.match(piece.text)]
    if len(pieces) == 1 and len(parts := _comma_parts(pieces[0].text)) == 2:
        named.values.pop("location", None)
        named.put("position", pieces[0], parts[0])
        named.put("name", pieces[0], parts[1])


def _order(named: Named) -> str | None:
    first, second = named.values.get("position"), named.values.get("name")
    if first is None or second is None:
        return None
    a = (first.line.page, first.line.number, first.line.text.find(first.text))
    b = (second.line.page, second.line.number, second.line.text.find(second.text))
    return "position first" if a < b else "employer first"


def _of_names(entry: Entry) -> list[Piece]:
    """What may name a position or an employer."""
    return [
        piece
        for piece in [*entry.head, *entry.beneath()]
        if not (_TERMS.match(piece.text) or _is_place(piece.text) or _is_remote(piece.text))
    ]


def _position(entry: Entry, *, second_below: bool) -> Named:
    named = Named()
    head, beneath = entry.head, entry.beneath()
    for piece in [*head, *beneath]:
        _note_terms(named, piece)
    for piece in [*head, *beneath[:1]]:
        parts = _AT.split(piece.text, maxsplit=1)
        if len(parts) == 2 and (work_kind(parts[0]) is Kind.POSITION or len(head) == 1):
            named.put("position", piece, parts[0])
            _put_employer(named, piece, parts[1])
            return named
    names = _of_names(entry)
    above = [piece for piece in names if not piece.below]
    if mixed := _split_by_comma(above, names, second_below=second_below):
        piece, title, employer = mixed
        named.by_comma = piece.text.startswith(title)
        named.put("position", piece, title)
        _put_employer(named, piece, employer)
    else:
        _tell_apart(named, names)
    if "location" not in named.values:
        _put_place(named, [*head, *beneath[:1]])
    return named


def _tell_apart(named: Named, names: Sequence[Piece]) -> None:
    kinds = {id(piece): work_kind(piece.text) for piece in names}
    title = next((p for p in names if kinds[id(p)] is Kind.POSITION), None)
    others = [p for p in names if p is not title and kinds[id(p)] is not Kind.POSITION]
    near = [p for p in others if not p.below]
    employers = [p for p in others if kinds[id(p)] is Kind.EMPLOYER]
    employer = next((p for p in employers if not p.below), None)
    if employer is None and title is not None:
        employer = near[0] if near else next(iter(others), None)
        if employer is not None and employer.below and not _is_name(employer):
            employer = None
    if employer is None and title is None and employers:
        employer = employers[0]
    if title is None and employer is not None:
        rest = [p for p in names if p is not employer]
        title = rest[0] if rest and (not rest[0].below or _is_name(rest[0])) else None
    if title is not None:
        named.put("position", title)
    if employer is not None:
        _put_employer(named, employer, employer.text)


def _is_name(piece: Piece) -> bool:
    """Whether a line below the date is a name: short and without the verbs of a story."""
    return len(piece.text) <= 60 and len(piece.text.split()) <= 7


def _split_by_comma(
    above: Sequence[Piece], names: Sequence[Piece], *, second_below: bool
) -> tuple[Piece, str, str] | None:
    """As "Engineer, Acme Ltd" where nothing else names the employer."""
    for piece in above:
        parts = _comma_parts(piece.text)
        if len(parts) < 2:
            continue
        kinds = [work_kind(part) for part in parts]
        sure = any(has_legal_form(part) for part in parts)
        others = [p for p in names if p is not piece]
        elsewhere = [p for p in others if not p.below] or (others if second_below else [])
        if elsewhere and not (sure and Kind.POSITION in kinds):
            continue
        if kinds[0] is not Kind.EMPLOYER and Kind.EMPLOYER in kinds:
            # "Head of Growth, Nordics, Acme Ltd, Berlin"
            at = kinds.index(Kind.EMPLOYER)
            return piece, ", ".join(parts[:at]), ", ".join(parts[at:])
        if Kind.POSITION in kinds:
            at = kinds.index(Kind.POSITION)
            rest = parts[:at] or parts[at + 1 :]
            if rest:
                title = parts[at:] if at else parts[:1]
                return piece, ", ".join(title), ", ".join(rest)
    return None


def _comma_parts(text: str) -> list[str]:
    """Parts between commas; "Inc." stays with its name."""
    parts: list[str] = []
    for part in re.split(r",\s+", text):
        if parts and has_legal_form(f" {part}") and len(part) <= 8:
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _put_employer(named: Named, piece: Piece, text: str) -> None:
    """The employer; what follows its comma or stands in brackets is the place."""
    bracket = re.search(r"\s*\(([^()]*)\)\s*$", text)
    if bracket and (_is_place(bracket[1]) or _is_remote(bracket[1]) or _TERMS.match(bracket[1])):
        if not _TERMS.match(bracket[1]):
            named.put("location", piece, bracket[1])
        text = text[: bracket.start()]
    name, *rest = _comma_parts(text)
    place = ", ".join(rest)
    if place and (place.startswith("&") or " & " in place or any(c.isdigit() for c in place)):
        name, place = text, ""
    named.put("name", piece, name)
    if place:
        named.put("location", piece, place)


def _put_place(named: Named, pieces: Sequence[Piece]) -> None:
    employer = named.values.get("name")
    for piece in pieces:
        if piece in named.used or _TERMS.match(piece.text):
            continue
        beside = employer is not None and piece.line == employer.line and not piece.below
        short = len(piece.text) <= 50 and not any(c.isdigit() for c in piece.text)
        if (
            _is_place(piece.text)
            or _is_remote(piece.text)
            or (beside and short and work_kind(piece.text) is Kind.UNKNOWN)
        ):
            named.put("location", piece)
            return


def _note_terms(named: Named, piece: Piece) -> None:
    if _FULL.search(piece.text):
        named.full_time = True
    elif _PART.search(piece.text):
        named.full_time = False
    if _is_remote(piece.text):
        named.remote = True
    if _TERMS.match(piece.text):
        named.used.append(piece)


def _is_remote(text: str) -> bool:
    return bool(_REMOTE.search(text)) and len(text) <= 30


def _is_place(text: str) -> bool:
    if len(text) > 50 or not _CITY_STATE.match(text):
        return False
    return work_kind(text) is Kind.UNKNOWN and course_kind(text) is Kind.UNKNOWN


def courses(found: Sequence[Entry]) -> list[Named]:
    """The institution, degree and subject of each entry of a section."""
    named = []
    for entry in found:
        one = _course(entry)
        if "institution" not in one.values:
            one.doubts.append("The institution could not be told surely.")
        named.append(one)
    return named


def _course(entry: Entry) -> Named:
    named = Named()
    pieces = [*entry.head, *entry.beneath()]
    _institution(named, pieces)
    _degree(named, [p for p in pieces if p not in named.used or p.text != _put(named, p)])
    if "institution" not in named.values and "studyType" in named.values:
        rest = [p for p in pieces if p not in named.used and not _is_place(p.text)]
        if rest and (not rest[0].below or _is_name(rest[0])):
            named.put("institution", rest[0])
    elif "area" not in named.values and "institution" in named.values:
        rest = [p for p in pieces if p not in named.used and not _is_place(p.text)]
        if rest and not _TRAILING_GRADE.match(f" {rest[0].text}"):
            near = not rest[0].below or ("studyType" not in named.values and _is_name(rest[0]))
            if near and rest[0].line != named.values["institution"].line:
                named.put("area", rest[0])
    return named


def _put(named: Named, piece: Piece) -> str | None:
    institution = named.values.get("institution")
    return institution.text if institution and institution.line == piece.line else None


def _institution(named: Named, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        if course_kind(piece.text) is not Kind.INSTITUTION:
            continue
        parts = _comma_parts(piece.text)
        kinds = [course_kind(part) for part in parts]
        if Kind.DEGREE in kinds or (len(parts) > 1 and kinds[0] is Kind.UNKNOWN):
            at = kinds.index(Kind.INSTITUTION) if Kind.INSTITUTION in kinds else 0
            end = next(
                (i for i in range(at + 1, len(parts)) if kinds[i] is Kind.DEGREE), len(parts)
            )
            text = ", ".join(parts[at:end])
        else:
            text = piece.text
        if (match := degree_in(text)) and match.start() == 0:
            split = re.split(r"\s+(?:at|from|an der|à l['’]|à la|en la|bei)\s+", text, maxsplit=1)
            if len(split) == 2:
                text = split[1]
        named.put("institution", piece, text)
        return


def _degree(named: Named, pieces: Sequence[Piece]) -> None:
    institution = named.values.get("institution")
    for piece in pieces:
        text = piece.text
        if institution is not None and piece.line == institution.line:
            text = text.replace(institution.text, "").strip(" ,;:–—-")
        text = _TRAILING_GRADE.sub("", text)
        match = degree_in(text)
        if match is None:
            continue
        degree = match[0].strip(" ,(")
        before = text[: match.start()].strip(" ,;:(–—-")
        after = _INTO_AREA.sub("", text[match.end() :], count=1)
        after = re.split(r"\s+(?:at|from|an der)$", after)[0].strip(" ,;:)–—-")
        named.put("studyType", piece, degree)
        if after.count("(") != after.count(")"):
            after = after.strip("()")
        area = after or before
        if area and course_kind(area) is Kind.UNKNOWN and len(area) <= 100:
            named.put("area", piece, area)
        elif area and not after and len(before) <= 100:
            named.put("area", piece, before)
        return
