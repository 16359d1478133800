"""How a plain life goes: school, positions one after the other, some moves, some accounts.

Every number here is an assumption. They were set once, from what is commonly said of working lives
(a job lasts two to three years at the median, most changes leave no gap, one number in twelve
is VoIP), and not from what rules look at.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from models.circumstances import ReferenceAnswer
from models.outside import (
    Confirmation,
    Institution,
    LineKind,
)
from samples.careers import employers, github, world
from samples.careers.names import Name, Shown, a_name
from samples.careers.truth import (
    Course,
    Domain,
    Job,
    Pay,
    Referee,
    Truth,
    months,
)

Change = Callable[[Random, Truth], None]
"""What makes a plain life one of some kind."""

FIRST_DAY = date(2026, 1, 5)
"""Applications are made in the twelve weeks from here."""


def grow(random: Random, name: Name, kind: str, *, age: float | None = None) -> Truth:
    """A life without anything special. `age` in years on the day of the application."""
    applied = FIRST_DAY + timedelta(days=random.randrange(84))
    years = age or min(63.0, 22 + random.lognormvariate(2.3, 0.6))
    born = applied - timedelta(days=round(years * 365.25) + random.randrange(180))
    home = random.choice(world.CITIES)
    truth = Truth(
        kind=kind,
        name=name,
        born=born,
        applied=applied,
        home=home,
        street=a_street(random),
        email=an_email(random, name),
        phone=world.telephone(random, home.country),
    )
    truth.line = random.choices(
        (LineKind.MOBILE, LineKind.LANDLINE, LineKind.VOIP, LineKind.OTHER), (88, 3, 8, 1)
    )[0]
    _study(random, truth)
    work(random, truth, since=_first_working_day(random, truth))
    _use_technologies(random, truth)
    if random.random() < 0.45:
        truth.github = github.a_github(random, truth)
    if random.random() < 0.15:
        since = max(months(truth.applied, -1.0), truth.born)
        age_in_months = random.lognormvariate(3.0, 1.2)
        truth.portfolio = Domain(
            f"{truth.name.handle.replace('.', '')}.dev", months(since, -age_in_months)
        )
    for _ in range(random.choice((1, 2, 2, 3))):
        truth.referees.append(a_referee(random, truth))
    truth.reference_answers = [
        ReferenceAnswer(
            reference=place,
            seconds=round(random.lognormvariate(6.2, 0.9), 1),
            from_candidates_network=random.random() < 0.004,
            from_candidates_device=False,
        )
        for place in range(len(truth.referees))
        if random.random() < 0.7
    ]
    truth.named = [(random.choice((Shown.CAPITALS, Shown.WITH_SECOND)), "identity document")]
    if random.random() < 0.6:
        how = random.choices(
            (Shown.IN_FULL, Shown.GIVEN_ONLY, Shown.ORIGINAL, Shown.INITIAL), (70, 10, 10, 10)
        )[0]
        truth.named.append((how, "e-mail display"))
    truth.tellings = random.choices((1, 2, 3), (60, 30, 10))[0]
    truth.pay = _pay(random, truth)
    return truth


def _pay(random: Random, truth: Truth) -> Pay:
    """Mostly one's own account at home; banks answer no for some joint accounts and old names."""
    how = random.choices(
        (Shown.IN_FULL, Shown.CAPITALS, Shown.WITH_SECOND, Shown.INITIAL), (60, 20, 10, 10)
    )[0]
    abroad = random.random() < 0.03
    changes = random.choices((0, 1, 2), (960, 38, 2))[0]
    started = truth.applied + timedelta(days=40)
    return Pay(
        truth.name.shown(how),
        random.choices((True, None, False), (700, 295, 5))[0],
        random.choice(world.CITIES).country if abroad else truth.home.country,
        tuple(started + timedelta(days=random.randrange(1, 20)) for _ in range(changes)),
    )


def a_street(random: Random) -> str:
    """A street and a number."""
    return f"{random.randrange(1, 240)} {random.choice(world.STREETS)}"


def an_email(random: Random, name: Name) -> str:
    """At a webmail provider."""
    digits = str(random.randrange(10, 99)) if random.random() < 0.5 else ""
    return f"{name.handle}{digits}@{random.choice(world.WEBMAIL)}"


def work(random: Random, truth: Truth, since: date, until: date | None = None) -> None:
    """Positions one after the other, up to that day or the application."""
    end_of_all = until or truth.applied
    start = since
    while start < months(end_of_all, -2):
        lasted = max(2.0, random.lognormvariate(3.45, 0.75))  # Months: 31 at the median.
        end: date | None = months(start, lasted)
        if end is not None and end >= end_of_all:
            end = None if random.random() < 0.7 and until is None else end_of_all
        truth.jobs.append(a_job(random, truth, start, end))
        if end is None:
            break
        start = months(end, _between(random))


def a_job(random: Random, truth: Truth, start: date, end: date | None) -> Job:
    """A position at an employer of its own."""
    return Job(
        employers.an_employer(random, start, truth.home),
        ("Senior " if start > months(truth.born, 12 * 32) and random.random() < 0.4 else "")
        + random.choice(world.TITLES),
        start,
        end,
        full_time=random.random() < 0.92,
        remote=random.random() < (0.5 if start.year >= 2020 else 0.1),
        confirmation=random.choices(
            (Confirmation.CONFIRMED, Confirmation.NO_COMMENT, Confirmation.NO_RECORD,
             Confirmation.DIFFERS, Confirmation.DENIED, None),
            (450, 200, 100, 20, 2, 228),
        )[0],
    )  # fmt: skip


def _between(random: Random) -> float:
    """Months from one position to the next; a notice period may overlap."""
    how = random.random()
    if how < 0.08:
        return -random.uniform(0, 3)
    if how < 0.75:
        return random.uniform(0, 1.5)
    return random.lognormvariate(1.3, 0.8)


def _study(random: Random, truth: Truth) -> None:
    if random.random() < 0.2:
        return
    start = date(
        truth.born.year + random.choice((18, 18, 19, 19, 20, 23)), 9, random.randrange(1, 28)
    )
    where = truth.home if random.random() < 0.8 else random.choice(world.CITIES)
    # One year: the last, on top of earlier study, told as such or not.
    years = random.choices((3, 4, 5, 1), (60, 30, 8, 2))[0]
    if (end := months(start, years * 12 - 3)) < truth.applied:
        study_type = "Bachelor (Honours)" if years == 1 and random.random() < 0.5 else "Bachelor"
        truth.courses.append(a_course(random, where, start, end, study_type))
    if truth.courses and random.random() < 0.25:
        begin = months(end, 3)
        finish = months(begin, random.choice((10, 21)))
        if finish < truth.applied:
            truth.courses.append(a_course(random, where, begin, finish, "Master"))


def a_course(
    random: Random, where: world.City, start: date, end: date | None, study_type: str
) -> Course:
    """At a university that lists have, or, one time in six, do not have under this name."""
    town = random.choice((where.name, where.region))
    name = random.choice((f"University of {town}", f"{town} Institute of Technology"))
    domain = f"{world.slug(town)}-uni.{world.ACADEMIC[where.country]}"
    listed = Institution(
        name=name,
        country_code=where.country,
        domains=(domain,),
        established=random.randrange(1820, min(1992, start.year)),
    )
    if random.random() < 0.02:  # Merged since.
        gone = random.randrange(start.year - 1, 2025)
        heirs = (f"United Universities of {where.region}",) if random.random() < 0.7 else ()
        listed = listed.model_copy(update={"active": False, "closed": gone, "successors": heirs})
    contact = random.choices((None, f"registry@{domain}", f"alumni@{world.slug(town)}-alumni.org"),
                             (80, 18, 2))[0]  # fmt: skip
    return Course(
        name, study_type, random.choice(world.AREAS), start, end, where,
        listed if random.random() < 0.83 else None, contact, remote=random.random() < 0.06,
        full_time=random.choice((True, True, None)),
    )  # fmt: skip


def _first_working_day(random: Random, truth: Truth) -> date:
    if not truth.courses:
        return months(truth.born, 12 * random.uniform(17, 22))
    last = max(course.end or truth.applied for course in truth.courses)
    return months(last, random.choice((-8, 0.5, 1, 2, 4, 9)) + random.random())


def _use_technologies(random: Random, truth: Truth) -> None:
    """Each job names some that were there by its end, and the skills count from their first use.

    One job in two hundred names one that came later: what somebody does today, under an old job.
    """
    first_used: dict[str, date] = {}
    for job in truth.jobs:
        last = (job.end or truth.applied).year
        there = [t for t, year in world.TECHNOLOGIES.items() if year <= last]
        count = min(len(there), random.randrange(5))
        used = random.sample(there, count)
        for one in used:
            day = max(job.start, date(world.TECHNOLOGIES[one], 1, 1))
            first_used[one] = min(first_used.get(one, day), day)
        later = [t for t, year in world.TECHNOLOGIES.items() if year > last]
        if later and random.random() < 0.005:
            used.append(random.choice(later))
        job.technologies = tuple(used)
    for one, day in first_used.items():
        if random.random() < 0.5:
            years = (truth.applied - day).days / 365.25
            generous = random.choices((0, 0.5, 1, 2), (60, 25, 13, 2))[0]
            truth.skills[one] = float(round(years + generous))


def a_referee(random: Random, truth: Truth) -> Referee:
    """A former colleague: still there, moved on, or with webmail."""
    told = Referee(a_name(random).full, "", None, _another_telephone(random, truth))
    if not truth.jobs:
        told.email = f"reference{random.randrange(10**6)}@{random.choice(world.WEBMAIL)}"
        return told
    job = random.choice(truth.jobs)
    told.employer = job.employer.name
    local = f"reference{random.randrange(10**6)}"
    how = random.random()
    if how < 0.5:
        told.email = f"{local}@{job.employer.domain.name}"
    elif how < 0.65:
        told.email = f"{local}@{world.slug(world.company_name(random))}.com"
    else:
        told.email = f"{local}@{random.choice(world.WEBMAIL)}"
    if random.random() < 0.5:
        told.phone = None
    return told


def _another_telephone(random: Random, truth: Truth) -> str:
    """One that nobody else in this life has: the ranges kept for fiction are small."""
    taken = {truth.phone, *(referee.phone for referee in truth.referees)}
    while (number := world.telephone(random, truth.home.country)) in taken:
        pass
    return number
