"""The lines of a résumé into a draft of claims, with the place of every value."""

from collections.abc import Iterable, Sequence
from typing import Any

from models.claimed_part import Asserted, Where
from models.draft_claims import Draft, FieldRead, Unsure
from models.history import Claims
from verifiers.resume import contact
from verifiers.resume.entries import Entry, entries
from verifiers.resume.lines import Line
from verifiers.resume.naming import Named, courses, positions
from verifiers.resume.sections import Part, Section, is_document_title, sections
from verifiers.resume.words import Kind, course_kind, work_kind

_SAID = Asserted(where=Where.RESUME).model_dump(mode="json", exclude_none=True)
_LONGEST = 2000
"""Characters of a text in claims."""
_MOST = {"work": 200, "education": 200, "skills": 200, "certificates": 100}
_NO_HISTORY = "No position and no course with dates was found."
_NO_NAME = "No name was found."


class _Writing:
    """A draft as it grows."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.claims: dict[str, Any] = {"basics": {}}
        self.read: list[FieldRead] = []
        self.unsure: list[Unsure] = []
        self.used: set[tuple[int, int]] = set()
        self.of_interest: set[tuple[int, int]] = set()

    def reading(self, lines: Iterable[Line]) -> None:
        """These lines are of a part that is read: what they do not give is listed."""
        self.of_interest.update((line.page, line.number) for line in lines)

    def take(self, field: str, value: str | None, line: Line) -> None:
        """A value of the draft stands on this line."""
        self.read.append(FieldRead(field=field, value=value, at=line.place))
        self.use([line])

    def use(self, lines: Iterable[Line]) -> None:
        """Something was made of these lines."""
        self.used.update((line.page, line.number) for line in lines)

    def doubt(self, note: str, line: Line | None = None) -> None:
        """A person should look at this."""
        self.unsure.append(Unsure(note=note, at=line.place if line else None))

    def draft(self, warnings: Sequence[str]) -> Draft:
        """All of it."""
        unread = self.of_interest - self.used
        return Draft(
            claims=Claims.model_validate(self.claims),
            read=tuple(self.read),
            unsure=tuple(self.unsure),
            unread_lines=tuple(
                line.place for line in self.lines if (line.page, line.number) in unread
            ),
            warnings=tuple(warnings),
            text=tuple(line.place for line in self.lines),
        )


def draft_of(lines: Sequence[Line]) -> Draft:
    """What a résumé says, as far as it can be read surely."""
    writing = _Writing(lines)
    parts = sections(lines)
    writing.use(section.heading for section in parts if section.heading)
    _person(writing, parts)
    if not any(section.part in (Part.WORK, Part.EDUCATION) for section in parts):
        parts = [_told_apart(section) for section in parts]
    for section in parts:
        if section.part is Part.WORK:
            _history(writing, section, "work")
        elif section.part is Part.EDUCATION:
            _history(writing, section, "education")
        elif section.part is Part.SKILLS:
            _skills(writing, section)
        elif section.part is Part.CERTIFICATES:
            _certificates(writing, section)
    warnings = []
    if not writing.claims.get("work") and not writing.claims.get("education"):
        warnings.append(_NO_HISTORY)
    if "name" not in writing.claims["basics"]:
        warnings.append(_NO_NAME)
    return writing.draft(warnings)


def _told_apart(section: Section) -> Section:
    """Without any heading, what the dated entries name says which part they are."""
    if section.part is not Part.HEAD or section.heading is not None:
        return section
    found, _ = entries(section.lines)
    texts = [piece.text for entry in found for piece in [*entry.head, *entry.beneath()]]
    jobs = sum(work_kind(text) is Kind.POSITION for text in texts)
    schools = sum(course_kind(text) is not Kind.UNKNOWN for text in texts)
    if jobs and jobs > schools:
        return Section(Part.WORK, section.lines)
    return section


def _person(writing: _Writing, parts: Sequence[Section]) -> None:
    head = [line for section in parts if section.part is Part.HEAD for line in section.lines]
    own = [
        line for section in parts if section.part is not Part.REFERENCES for line in section.lines
    ]
    writing.reading(head)
    basics = writing.claims["basics"]
    writing.use(line for line in head if is_document_title(line.text))
    if name := contact.full_name(head, writing.lines):
        basics["name"] = name.value[:200]
        writing.take("basics.name", basics["name"], name.line)
    for place, said in enumerate(contact.emails(own)[:20]):
        if place == 0:
            basics["email"] = said.value
            writing.take("basics.email", said.value, said.line)
        else:
            writing.claims.setdefault("emails", []).append(
                {"address": said.value, "asserted": _SAID}
            )
            writing.take(f"emails[{place - 1}].address", said.value, said.line)
    for place, said in enumerate(contact.phones(head)[:10]):
        if place == 0:
            basics["phone"] = said.value
            writing.take("basics.phone", said.value, said.line)
        else:
            writing.claims.setdefault("phones", []).append(
                {"number": said.value, "asserted": _SAID}
            )
            writing.take(f"phones[{place - 1}].number", said.value, said.line)
    _links(writing, head, own)
    birth, doubtful = contact.birth_date(head)
    if birth is not None and birth.value >= "1900":
        writing.claims["identity"] = {"birthDate": birth.value}
        writing.take("identity.birthDate", birth.value, birth.line)
    elif doubtful is not None:
        writing.doubt("A birth date is written here, but not surely to the day.", doubtful)


def _links(writing: _Writing, head: Sequence[Line], own: Sequence[Line]) -> None:
    basics = writing.claims["basics"]
    profiles, _ = contact.links(own)
    _, others = contact.links(head)
    for place, profile in enumerate(profiles[:50]):
        said = {"network": profile.network, "url": profile.url, "asserted": _SAID}
        if profile.username:
            said["username"] = profile.username
        basics.setdefault("profiles", []).append(said)
        writing.take(f"basics.profiles[{place}].url", profile.url, profile.line)
    if others:
        basics["url"] = others[0].value
        writing.take("basics.url", others[0].value, others[0].line)


def _history(writing: _Writing, section: Section, where: str) -> None:
    """The positions of a section, or its courses."""
    writing.reading(section.lines)
    found, _ = entries(section.lines)
    named = positions(found) if where == "work" else courses(found)
    for entry, names in zip(found, named, strict=True):
        listed = writing.claims.setdefault(where, [])
        if len(listed) >= _MOST[where]:
            writing.doubt(f"There are more than {_MOST[where]} entries; the rest was not read.")
            return
        place = f"{where}[{len(listed)}]"
        said: dict[str, Any] = {"asserted": _SAID}
        for field, piece in names.values.items():
            said[field] = piece.text[:_LONGEST]
            writing.take(f"{place}.{field}", said[field], piece.line)
        _dates(writing, said, entry, place, of_course=where == "education")
        if where == "work":
            _terms(said, names)
            _summary(writing, said, entry, names, place)
        writing.use(piece.line for piece in names.used)
        for note in (*entry.period.doubts, *names.doubts):
            writing.doubt(note, entry.anchor)
        listed.append(said)


def _dates(
    writing: _Writing, said: dict[str, Any], entry: Entry, place: str, *, of_course: bool
) -> None:
    period, line = entry.period, entry.anchor
    start, end = period.start, period.end
    if period.alone and of_course:
        start = None
        writing.doubt("One date stands beside this course; it was taken as its end.", line)
    elif period.alone:
        writing.doubt("One date stands beside this position; it was taken as all of it.", line)
    if start is not None:
        said["startDate"] = str(start)
        writing.take(f"{place}.startDate", str(start), line)
    if end is not None:
        said["endDate"] = str(end)
        writing.take(f"{place}.endDate", str(end), line)
    elif period.ongoing:
        writing.take(f"{place}.endDate", None, line)


def _terms(said: dict[str, Any], names: Named) -> None:
    if names.full_time is not None:
        said["fullTime"] = names.full_time
    if names.remote is not None:
        said["remote"] = names.remote


def _summary(
    writing: _Writing, said: dict[str, Any], entry: Entry, names: Named, place: str
) -> None:
    """What was done there: the lines below that name nothing."""
    taken = {(piece.line.page, piece.line.number) for piece in names.used}
    lines = [line for line in entry.below if (line.page, line.number) not in taken]
    if "position" not in names.values or "name" not in names.values:
        # The position or the employer may be among the first of them: they stay unread.
        story = next((i for i, line in enumerate(lines) if line.bullet), len(lines))
        lines = lines[story:]
    if lines:
        said["summary"] = "\n".join(line.text for line in lines)[:_LONGEST]
        writing.take(f"{place}.summary", said["summary"], lines[0])
        writing.use(lines)


def _skills(writing: _Writing, section: Section) -> None:
    """A line "Databases: PostgreSQL, Redis" is a group of skills, "Python, Go" are two."""
    skills = writing.claims.setdefault("skills", [])
    for line in section.lines:
        if (line.page, line.number) in writing.used:
            continue  # The name at the head of the next column.
        if len(line.text) > 400 or (line.text.endswith(".") and len(line.text) > 60):
            writing.reading([line])
            continue
        group, colon, rest = line.text.partition(":")
        if colon and len(group) <= 40:
            told: list[dict[str, Any]] = [
                {"name": group.strip(), "keywords": _listed(rest), "asserted": _SAID}
            ]
        else:
            told = [{"name": name, "asserted": _SAID} for name in _listed(line.text)]
        for skill in told:
            if len(skills) < _MOST["skills"] and skill["name"]:
                writing.take(f"skills[{len(skills)}].name", skill["name"], line)
                skills.append(skill)


def _listed(text: str) -> list[str]:
    for mark in "•·|;，、\t":
        text = text.replace(mark, ",")
    parts = (part.strip(" .-–") for part in text.replace("  ", ",").split(","))
    return [part[:200] for part in parts if part][:100]


def _certificates(writing: _Writing, section: Section) -> None:
    """A line each; its date where one is written."""
    certificates = writing.claims.setdefault("certificates", [])
    for line in section.lines:
        found, _ = entries([line])
        name = line.text
        said: dict[str, Any] = {"asserted": _SAID}
        field = f"certificates[{len(certificates)}]"
        if len(certificates) >= _MOST["certificates"] or len(name) > 160:
            writing.reading([line])
            continue
        if found and found[0].period.alone and (date := found[0].period.start) is not None:
            name = (name[: found[0].period.begins] + name[found[0].period.ends :]).strip(" ,;()–-|")
            said["date"] = str(date)
            writing.take(f"{field}.date", str(date), line)
        if name:
            certificates.append(said | {"name": name})
            writing.take(f"{field}.name", name, line)
