"""Schools as lists of them have them, and study beside work: HIST-11, HIST-12, HIST-14, HIST-15."""

from collections.abc import Iterator

from models.finding import Seen, Strength
from models.history import Education, Work
from models.outside import Answer, Institution, Outcome
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import own_domain
from verifiers.history.answers import (
    about_domain,
    about_name,
    institution_key,
    said,
    school_in,
)
from verifiers.history.degrees import claims_a_degree
from verifiers.life import Entry, EntryKind, shortest_overlap_days, surely_apart
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_TEACHING_OUT = 1
"""Years for which the students of a closed school go on, there or where they were taken over."""
_LONG = 365
"""Days side by side that an exchange, a summer or a thesis do not explain."""

Known = tuple[Answer[tuple[Institution, ...]], Institution]


@_registry.rule(
    id="HIST-11",
    version=1,
    # The published severity is moderate, but being on no list is never evidence by itself.
    strength=Strength.WEAK,
    indicators=("DPRK-DOC-08", "DPRK-RES-01"),
    benign="A school that was renamed, is listed in another language, or that the lists do not "
    "cover.",
    question="Under which names is the school known, and who there confirms degrees?",
)
def school_not_found(case: Case) -> Judgement:
    """A degree's school is on no list that was asked, neither by its name nor by its domain."""
    for entry, course in _courses(case):
        if not claims_a_degree(entry):
            continue
        domain = own_domain(course.url) or own_domain(course.contact_email)
        by_name = about_name(case.outside.institutions, course.institution)
        by_domain = about_domain(case.outside.institutions, domain)
        answers = (*by_name, *by_domain)
        if any(a.outcome is Outcome.FOUND for a in answers):
            continue
        both = {a.source for a in by_name} & {a.source for a in by_domain}
        if (
            both != {a.source for a in answers}
            or not both
            or any(a.outcome is Outcome.UNKNOWN for a in answers)
        ):
            yield Missing(Fact.INSTITUTION, (entry,))
        else:
            yield Clash(
                f"The school of {entry.label} is on no list that was asked.",
                tuple(said(f"{a.question}, asked for", "not there", a) for a in answers),
                (entry,),
            )


@_registry.rule(
    id="HIST-12",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-DOC-08", "DPRK-RES-01"),
    benign="The school came of another one, was merged, or has been renamed.",
    question="What was the school called when you studied there, and which one keeps its records?",
)
def school_not_open_then(case: Case) -> Judgement:
    """A course lies before its school was established, or after it had closed, by every list."""
    for entry, course in _courses(case):
        known = _known(case, course)
        if not known:
            yield Missing(Fact.INSTITUTION, (entry,))
            continue
        if not entry.dated:
            yield Missing(Fact.DATES, (entry,))
            continue
        closed_then = [_closed_then(school, entry) for _, school in known]
        if False in closed_then:
            continue
        if None in closed_then:
            yield Missing(Fact.INSTITUTION, (entry,))
            continue
        yield Clash(
            f"{entry.label} lies outside the years in which the school was open.",
            (*entry.dates, *(seen for one in known for seen in _years(*one))),
            (entry,),
        )


@_registry.rule(
    id="HIST-14",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-DOC-08",),
    benign="A recognised school of the same name, in another country or town.",
    question="Where is the school, and by whom is it recognised?",
)
def on_the_operators_list(case: Case) -> Judgement:
    """A course's school is on the operator's list of sellers of degrees."""
    for entry, course in _courses(case):
        if case.seen.diploma_mills is None:
            yield Missing(Fact.DIPLOMA_MILL_LIST, (entry,))
            continue
        wanted = institution_key(course.institution or "")
        listed = next((m for m in case.seen.diploma_mills if institution_key(m) == wanted), None)
        if listed and not any(school.active for _, school in _known(case, course)):
            yield Clash(
                f"The school of {entry.label} is on the company's list of sellers of degrees.",
                (
                    Seen(what="school, claimed", value=course.institution or ""),
                    Seen(what="on the list as", value=listed),
                ),
                (entry,),
            )


@_registry.rule(
    id="HIST-15",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-RES-17", "DPRK-RES-01"),
    benign="A campus across a near border, evening classes, or study and work that were partly "
    "from afar.",
    question="How did you study and work side by side in two countries?",
)
def study_and_work_in_two_countries(case: Case) -> Judgement:
    """A full-time course and a full-time job, both on site, ran for a year in two countries."""
    for course, study in _courses(case):
        for job in case.life.of_kind(EntryKind.WORK):
            work = job.claim
            if not isinstance(work, Work) or not _may_be_two_places(study, work):
                continue
            if surely_apart(course, job):
                continue
            both = (course, job)
            if not all((course.start, course.end, job.start, job.end)):
                if _told_on_site(study) and _told_on_site(work):
                    yield Missing(Fact.DATES, both)
                continue
            days = shortest_overlap_days(course, job)
            if days <= _LONG:
                continue
            if None in (study.country_code, work.country_code, study.remote, work.remote):
                yield Missing(Fact.ADDRESS, both)
            elif None in (study.full_time, work.full_time):
                yield Missing(Fact.HOURS, both)
            else:
                yield Clash(
                    f"{course.label} ({study.country_code}) and {job.label} "
                    f"({work.country_code}), both full-time and on site, overlap by at least "
                    f"{days} days.",
                    (
                        *course.dates,
                        *job.dates,
                        Seen(what="shortest overlap", value=days, unit="days"),
                    ),
                    both,
                )


RULES = _registry.rules


def _courses(case: Case) -> Iterator[tuple[Entry, Education]]:
    """The courses that name their school."""
    for entry in case.life.of_kind(EntryKind.EDUCATION):
        if isinstance(entry.claim, Education) and entry.place:
            yield entry, entry.claim


def _known(case: Case, course: Education) -> tuple[Known, ...]:
    """What each list that was asked surely knows as this school."""
    domain = own_domain(course.url)
    answers = (
        *about_name(case.outside.institutions, course.institution),
        *about_domain(case.outside.institutions, domain),
    )
    return tuple((a, school) for a in answers for school in school_in(a, course))


def _closed_then(school: Institution, entry: Entry) -> bool | None:
    """Whether it was surely not open during a course; `None` where the list does not tell."""
    begun, ended = entry.start or entry.end, entry.end or entry.start
    if begun is None or ended is None:
        return None
    early = school.established is not None and begun.latest.year < school.established
    late = school.closed is not None and (
        begun.earliest.year > school.closed or ended.earliest.year > school.closed + _TEACHING_OUT
    )
    if early or late:
        # What it came of, or what took it over, had students at the time.
        return None if school.successors else True
    untold = school.established is None or (not school.active and school.closed is None)
    return None if untold else False


def _years(answer: Answer[tuple[Institution, ...]], school: Institution) -> Iterator[Seen]:
    for what, year in (("established", school.established), ("closed", school.closed)):
        if year is not None:
            yield said(f"{school.name}, {what}", year, answer)


def _may_be_two_places(study: Education, work: Work) -> bool:
    """Whether nothing that is told already explains both at a time."""
    one_place = study.country_code is not None and study.country_code == work.country_code
    from_afar = study.remote or work.remote
    part_time = False in (study.full_time, work.full_time)
    return not (one_place or from_afar or part_time)


def _told_on_site(claim: Education | Work) -> bool:
    return claim.remote is False and claim.full_time is True and claim.country_code is not None
