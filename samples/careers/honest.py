"""Honest lives of many kinds: what makes each unlike the plain one.

How common each kind is, and every rate in it, is assumed. They were set before any rule was run on
them and by how such lives go, so some honest lives cross a rule's limit, as they will in earnest.
A rate that is shown to be wrong is to be changed for that, and never for what a rule makes of it.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from models.circumstances import Shared, SharedKind
from models.outside import Author, Company, Confirmation, LineKind, Repository
from samples.careers import github, grow, world
from samples.careers.names import Shown, a_name
from samples.careers.truth import (
    Course,
    Domain,
    Parcel,
    Sitting,
    Truth,
    months,
)


def steady(random: Random, truth: Truth) -> None:
    """Nothing special."""


def gaps(random: Random, truth: Truth) -> None:
    """Children, care, illness or prison: months to years of which nothing is told."""
    for job in random.sample(truth.jobs, min(len(truth.jobs), random.choice((1, 1, 2)))):
        if job.end is None:
            job.end = months(truth.applied, -random.uniform(3, 60))
        lasted = (job.end - job.start).days
        if lasted > 200:
            job.start += timedelta(days=round(lasted * random.uniform(0.2, 0.7)))
        elif job.end <= job.start:
            truth.jobs.remove(job)


def mover(random: Random, truth: Truth) -> None:
    """Lived in several places and countries; may move again for this job."""
    moved = truth.applied
    for _ in range(random.choice((1, 2, 2, 3))):
        since = months(moved, -12 * random.lognormvariate(1.0, 0.7))
        if since.year - truth.born.year < 18:
            break
        truth.former_homes.append((random.choice(world.CITIES), since, moved))
        moved = since
    truth.former_homes.reverse()
    if random.random() < 0.4:  # To a new home, told or not, sometimes after the parcel was ordered.
        there = random.choice([c for c in world.CITIES if c.country == truth.home.country])
        later = (months(truth.applied, 1.5),) if random.random() < 0.2 else ()
        said = random.random() < 0.8 or None
        truth.parcel = Parcel(there, grow.a_street(random), moved=said, changed=later)
    if random.random() < 0.4:
        truth.id_city = random.choice(world.CITIES)


def name_changer(random: Random, truth: Truth) -> None:
    """Marriage, transition, another spelling, or a name that they prefer."""
    name = truth.name
    other = a_name(random, name.origin)
    why = random.choice(("marriage", "transition", "spelling", "preferred"))
    told = random.random() < 0.75
    if why == "marriage":
        before = replace(name, family=other.family)
        truth.former_names = (before.full,) if told else ()
        truth.named.append((before.full, random.choice(("diploma", "GitHub"))))
    elif why == "transition":
        before = replace(name, given=other.given)
        truth.former_names = (before.full,) if told else ()
        truth.named.append((before.full, "diploma"))
    elif why == "spelling":
        truth.named += [(Shown.ORIGINAL, "identity document"), (Shown.FAMILY_FIRST, "GitHub")]
    else:
        truth.preferred_name = f"{other.given} {name.family}" if told else None
        truth.named.append((f"{other.given} {name.family}", "GitHub"))


def freelancer(random: Random, truth: Truth) -> None:
    """Contracts side by side, some of them open, one's own domain, references with webmail."""
    own = Domain(
        f"{truth.name.handle.replace('.', '')}.studio",
        months(truth.applied, -random.uniform(2, 120)),
    )
    truth.email, truth.portfolio = f"hello@{own.name}", own
    since = months(truth.applied, -random.uniform(12, 140))
    since = max(since, months(truth.born, 12 * 18))
    truth.jobs = [job for job in truth.jobs if job.end and job.end < since]
    for _ in range(random.randrange(3, 9)):
        start = since + timedelta(days=random.randrange(max(1, (truth.applied - since).days - 30)))
        end: date | None = min(truth.applied, months(start, random.lognormvariate(2.0, 0.8)))
        job = grow.a_job(random, truth, start, None if random.random() < 0.25 else end)
        job.full_time, job.remote = random.random() < 0.08, random.random() < 0.8
        job.confirmation = random.choice((Confirmation.CONFIRMED, Confirmation.NO_RECORD, None))
        truth.jobs.append(job)
    for referee in truth.referees:
        referee.email = f"client{random.randrange(10**6)}@{random.choice(world.WEBMAIL)}"


def career_changer(random: Random, truth: Truth) -> None:
    """Another trade for years, then a bootcamp on no list of universities."""
    finished = months(truth.applied, -random.uniform(1, 30))
    for job in truth.jobs:
        if job.start < finished:
            job.title, job.technologies = random.choice(("Nurse", "Teacher", "Chef", "Driver")), ()
    truth.skills = {t: min(years, 2.0) for t, years in truth.skills.items()}
    truth.courses.append(
        Course("Brightpath Coding Bootcamp", "Certificate", "Web development",
               months(finished, -random.uniform(2, 7)), finished, truth.home, remote=True)
    )  # fmt: skip


def thin_file(random: Random, truth: Truth) -> None:
    """Hardly a trace: a new address, a VoIP number, no accounts, employers on no list."""
    truth.github = truth.portfolio = None
    truth.line = LineKind.VOIP if random.random() < 0.5 else LineKind.MOBILE
    truth.jobs = truth.jobs[-random.choice((1, 2, 3)) :]
    for job in truth.jobs:
        job.employer.registry = None if random.random() < 0.5 else ()
    truth.referees = truth.referees[:1] if random.random() < 0.5 else []
    truth.reference_answers = [
        a for a in truth.reference_answers if a.reference < len(truth.referees)
    ]
    truth.employers_speak = random.random() < 0.4


def foreign_degree(random: Random, truth: Truth) -> None:
    """Schools that no list has under the name that is told: translated, renamed, far away."""
    if not truth.courses:
        start = date(truth.born.year + 18, 9, 1)
        if (end := months(start, 45)) < truth.applied:
            truth.courses = [grow.a_course(random, truth.home, start, end, "Bachelor")]
    for course in truth.courses:
        course.city = random.choice(world.CITIES)
        course.institution = f"{course.city.name} State {random.choice(('Polytechnic', 'Academy'))}"
        course.listed = None
        course.study_type = random.choice(("Diplom", "Licenciatura", "Specialist", "Bachelor"))


def refugee(random: Random, truth: Truth) -> None:
    """Employers and papers are lost, nobody confirms, the address and the document are new."""
    came = max(months(truth.applied, -random.uniform(4, 60)), months(truth.born, 12 * 18))
    truth.former_homes = [(random.choice(world.CITIES), months(truth.born, 12 * 18), came)]
    truth.employers_speak = False
    truth.document_issued = months(came, random.uniform(1, 14))
    for job in truth.jobs:
        if job.start < came:
            job.employer.registry = None
            if job.end is None or job.end > came:
                job.end = came
    truth.jobs = [job for job in truth.jobs if job.end is None or job.end > job.start]
    for course in truth.courses:
        course.listed = course.listed if random.random() < 0.4 else None
    truth.line = LineKind.VOIP if random.random() < 0.3 else LineKind.MOBILE


def founder(random: Random, truth: Truth) -> None:
    """A start-up: a young domain, begun before the company was entered, other seats beside it."""
    begun = months(truth.applied, -random.lognormvariate(2.7, 0.7))
    begun = max(begun, months(truth.born, 12 * 19))
    for job in truth.jobs:
        if job.end is None or job.end > begun:
            job.end = max(months(job.start, 1), months(begun, random.uniform(-1, 4)))
    truth.jobs = [job for job in truth.jobs if job.start < begun]
    mine = grow.a_job(random, truth, begun, None if random.random() < 0.6 else truth.applied)
    mine.title = "Co-founder"
    entered = min(truth.applied, months(begun, max(-2.0, random.lognormvariate(0.9, 0.8))))
    mine.employer.domain.registered = min(truth.applied, months(begun, random.gauss(0.5, 2)))
    has = random.random() < 0.5
    number = str(random.randrange(10**7))
    mine.employer.registry = (
        (
            Company(
                name=mine.employer.name,
                number=number,
                created_on=entered,
                country_code=mine.employer.city.country,
            ),
        )
        if has
        else ()
    )
    truth.jobs.append(mine)
    for _ in range(random.choice((0, 0, 1, 2))):  # Advising, or a seat on a board.
        seat = grow.a_job(random, truth, months(truth.applied, -random.uniform(2, 40)), None)
        seat.title, seat.full_time = "Adviser", False
        truth.jobs.append(seat)
    if random.random() < 0.5:
        truth.email = f"{truth.name.given.lower()}@{mine.employer.domain.name}"


def student(random: Random, truth: Truth) -> None:
    """Internships and part-time work while a course goes on."""
    begun = date(truth.applied.year - random.choice((1, 2, 3, 4)), 9, 15)
    truth.jobs, truth.skills = [], {}
    truth.courses = [
        grow.a_course(random, truth.home, begun, months(begun, 45), "Bachelor"),
    ]
    for _ in range(random.choice((0, 1, 2, 3))):
        start = begun + timedelta(days=random.randrange(max(1, (truth.applied - begun).days)))
        end = min(truth.applied, months(start, random.choice((3, 3, 6, 12, 18))))
        job = grow.a_job(random, truth, start, end)
        job.title, job.full_time = "Intern", random.random() < 0.4
        truth.jobs.append(job)


def told_often(_: Random, truth: Truth) -> None:
    """Form, résumé and profile tell the same life, each rounded in its own way."""
    truth.tellings = 3


def changed_employers(random: Random, truth: Truth) -> None:
    """Employers renamed, merged, dissolved and succeeded; country domains of one group."""
    for job in truth.jobs:
        employer = job.employer
        fate = random.random()
        if fate < 0.3:
            told = (f"{employer.name} Holding",) if random.random() < 0.8 else ()
            gone = months(job.end or truth.applied, random.gauss(-1, 8))
            employer.registry = (
                Company(name=employer.name, number="1" + str(random.randrange(10**6)),
                        country_code=employer.city.country,
                        created_on=months(job.start, -random.uniform(5, 200)),
                        dissolved_on=min(gone, truth.applied), successors=told),
            )  # fmt: skip
        elif fate < 0.5:
            employer.domain.registered = min(
                truth.applied, months(job.start, random.uniform(-20, 90))
            )
        elif fate < 0.7:
            group = world.slug(employer.name)
            country = world.SUFFIXES[employer.city.country]
            employer.domain = Domain(f"{group}.{country}", employer.domain.registered)
            known = [f"{group}.com"] + ([employer.domain.name] if random.random() < 0.6 else [])
            truth.official_domains += tuple((employer.name, domain) for domain in known)


def privacy_user(random: Random, truth: Truth) -> None:
    """Always through a VPN or relay, tells few accounts, may set the browser to another zone."""
    truth.sittings = [Sitting(truth.home, anonymous=random.random() < 0.95) for _ in range(4)]
    if random.random() < 0.2:
        truth.browser_zone = "UTC"
    truth.github = truth.github if random.random() < 0.5 else None
    if truth.parcel is None and random.random() < 0.1:
        truth.parcel = Parcel(truth.home, "PO Box 118", protected=random.random() < 0.6 or None,
                              mail_drop=True)  # fmt: skip


def couple(random: Random, truth: Truth) -> None:
    """Two who share a telephone or an account, both candidates here."""
    told = random.random() < 0.7
    how = random.choice((SharedKind.PHONE, SharedKind.SHIP_TO, SharedKind.BANK_ACCOUNT))
    found = Shared(kind=how, others=1, household_declared=told)
    truth.shared.append(found)


def traveller(random: Random, truth: Truth) -> None:
    """Works remotely and from elsewhere for weeks at a time."""
    truth.sittings = [
        Sitting(random.choice(world.CITIES) if random.random() < 0.5 else truth.home)
        for _ in range(4)
    ]
    if random.random() < 0.3:
        truth.parcel = Parcel(truth.sittings[3].city, grow.a_street(random), moved=None)
    if truth.github:
        truth.github.offsets += tuple(
            (truth.applied.year - 1, random.choice(world.CITIES).summer, random.randrange(1, 200))
            for _ in range(2)
        )


def moved_work(random: Random, truth: Truth) -> None:
    """An account full of work from elsewhere: older than it, and by other addresses of theirs."""
    account = truth.github or github.a_github(random, truth)
    account.created = max(account.created, months(truth.applied, -random.uniform(3, 60)))
    repositories = []
    for number in range(random.randrange(1, 9)):
        written = months(account.created, -random.uniform(0, 90))
        # Their employer's addresses, and colleagues.
        authors = tuple(
            Author(name=who, email=f"{who.split()[0].lower()}@corp-{number}.com", commits=n)
            for who, n in ((truth.name.full, random.randrange(20, 400)),
                           ("Colleague One", random.randrange(1, 300)))
        )  # fmt: skip
        repositories.append(
            Repository(name=f"{account.login}/old-{number}", fork=False,
                            created_on=account.created, first_authored_on=written,
                            authors=authors)
        )  # fmt: skip
    account.repositories += tuple(repositories)
    truth.github = account


def long_life(random: Random, truth: Truth) -> None:
    """Forty years of work, of which a résumé tells the last fifteen or all."""
    if random.random() < 0.5:
        truth.tells_from = max(0, len(truth.jobs) - random.randrange(3, 7))


def two_jobs(random: Random, truth: Truth) -> None:
    """Two jobs at once for a while, both called full-time: nights, a shop, a family business."""
    if truth.jobs:
        beside = random.choice(truth.jobs)
        end = min(beside.end or truth.applied, months(beside.start, random.uniform(1, 30)))
        second = grow.a_job(random, truth, beside.start, end)
        second.full_time = True
        truth.jobs.append(second)


HONEST: dict[str, tuple[float, grow.Change]] = {
    "steady": (30, steady),
    "gaps": (8, gaps),
    "movers": (8, mover),
    "name changers": (5, name_changer),
    "freelancers": (6, freelancer),
    "career changers": (5, career_changer),
    "thin files": (4, thin_file),
    "foreign degrees": (5, foreign_degree),
    "refugees": (2, refugee),
    "founders": (3, founder),
    "students": (5, student),
    "several tellings": (4, told_often),
    "changed employers": (3, changed_employers),
    "privacy users": (3, privacy_user),
    "couples": (1, couple),
    "travellers": (3, traveller),
    "moved work": (2, moved_work),
    "older people": (4, long_life),
    "two jobs": (1, two_jobs),
}
"""By kind: how common it is (weights, assumed), and the change to a plain life."""

AGES = {"older people": (52.0, 68.0), "students": (19.0, 24.0)}
"""Years of age on the day of the application, for kinds that have their own."""
