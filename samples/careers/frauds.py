"""Made-up lives after the published cases (indictments, advisories and reports of 2022 to 2026).

Each kind makes its own mistakes, with probabilities that are assumed: sometimes one of them only.
`careful` makes none: a life that was invented or borrowed with care and looks like an honest one.
"""

from datetime import date, timedelta
from random import Random

from models.circumstances import FacePair, ReferenceAnswer, Shared, SharedKind
from models.outside import Author, Company, Confirmation, Repository
from models.outside import LineKind as Line
from samples.careers import grow, world
from samples.careers.names import a_name
from samples.careers.truth import Domain, Github, Job, Parcel, Pay, Referee, Sitting, Truth, months


def invented_employers(random: Random, truth: Truth) -> None:
    """Firms that never were: a young site, often one letter from a real one, and no registry."""
    for job in _some_jobs(random, truth):
        employer = job.employer
        registered = truth.applied - timedelta(days=random.randrange(20, 500))
        employer.registry = ()
        employer.domain = Domain(employer.domain.name, registered)
        job.confirmation = random.choice((Confirmation.NO_RECORD, None))
        if random.random() < 0.35:
            real = world.slug(employer.name) + ".com"
            truth.official_domains += ((employer.name, real),)
            employer.domain = Domain(_nearly(random, real), registered)
            job.confirmation = random.choices((Confirmation.DENIED, None), (40, 60))[0]
        for referee in truth.referees:
            if referee.employer == employer.name or random.random() < 0.5:
                referee.employer = employer.name
                referee.email = f"hr@{employer.domain.name}"


def borrowed_identity(random: Random, truth: Truth) -> None:
    """A real person's name and birth date over one's own life; others may sit on camera."""
    years = random.choice((-9, -6, 5, 8, 12, 16, 20))
    born = date(truth.born.year + years, truth.born.month, min(truth.born.day, 28))
    truth.document_born = truth.born = min(born, months(truth.applied, -12 * 19))
    truth.named.append((_somebody_else(random, truth), random.choice(("GitHub", "bank account"))))
    if random.random() < 0.3:
        _another_face(truth)


def copied_code(random: Random, truth: Truth) -> None:
    """A young account with old work of others, its authors rewritten or not even that."""
    created = months(truth.applied, -random.uniform(1, 14))
    login = f"dev-{random.randrange(10**7)}"
    mine = Author(name=truth.name.full, email=f"{login}@users.noreply.github.com", commits=40)
    repositories = []
    rewritten = random.random() < 0.6
    for number in range(random.randrange(2, 9)):
        theirs = Author(name=f"Author {number}", email=f"a{number}@else.org", commits=120)
        repositories.append(
            Repository(
                name=f"{login}/work-{number}", fork=False, created_on=created,
                first_authored_on=months(created, -random.uniform(0, 70)),
                authors=(mine,) if rewritten else (theirs, mine.model_copy(update={"commits": 4})),
                same_tree_elsewhere=(f"origin/work-{number}",)
                if rewritten and random.random() < 0.6 else (),
            )
        )  # fmt: skip
    truth.github = Github(login, created, truth.name.full, tuple(repositories), (),
                          random.choice((True, None, None, False)))  # fmt: skip


def back_dated_skills(random: Random, truth: Truth) -> None:
    """Years and old jobs with technologies that were not there yet."""
    young = sorted(world.TECHNOLOGIES, key=lambda one: -world.TECHNOLOGIES[one])[:10]
    for one in random.sample(young, random.choice((1, 2, 3))):
        age = truth.applied.year - world.TECHNOLOGIES[one]
        truth.skills[one] = float(age + random.choice((0, 1, 2, 3, 5)))
    for job in truth.jobs:
        later = [t for t in young if job.end and world.TECHNOLOGIES[t] > job.end.year]
        if later and random.random() < 0.5:
            job.technologies += (random.choice(later),)


def circular_references(random: Random, truth: Truth) -> None:
    """One person behind several references, or behind the candidate too."""
    while len(truth.referees) < 2:
        truth.referees.append(grow.a_referee(random, truth))
    one, other = truth.referees[:2]
    how = random.random()
    if how < 0.4:
        other.email = one.email
    elif how < 0.65:
        other.phone = one.phone = one.phone or world.telephone(random, truth.home.country)
    elif how < 0.8:
        one.phone = truth.phone
    else:
        truth.shared.append(Shared(kind=SharedKind.REFERENCE_CONTACT, others=3))
    truth.reference_answers = [
        ReferenceAnswer(
            reference=place,
            seconds=round(random.lognormvariate(4.0, 1.5), 1),
            from_candidates_network=random.random() < 0.4,
            from_candidates_device=random.random() < 0.25,
        )
        for place in range(len(truth.referees))
    ]


def shell_employer(random: Random, truth: Truth) -> None:
    """A company that was founded for the purpose, long after the job is said to have begun."""
    for job in _some_jobs(random, truth):
        created = job.start + timedelta(days=random.randrange(60, 1800))
        created = min(created, truth.applied - timedelta(days=20))
        employer = job.employer
        employer.registry = (
            Company(
                name=employer.name,
                number=str(random.randrange(10**7)),
                created_on=created,
                country_code=employer.city.country,
            ),
        )
        employer.domain.registered = min(truth.applied, months(created, random.uniform(-1, 6)))
        truth.referees.append(
            Referee(a_name(random).full, employer.name, f"ceo@{employer.domain.name}", None)
        )


def fake_degree(random: Random, truth: Truth) -> None:
    """A school that no list has, a mill, or a real one with an office at a made-up domain."""
    if not truth.courses:
        start = date(truth.born.year + 18, 9, 1)
        truth.courses = [grow.a_course(random, truth.home, start, months(start, 33), "Bachelor")]
    course = truth.courses[0]
    how = random.random()
    if how < 0.35:
        course.institution, course.listed = "Axbridge Global University", None
    elif how < 0.75:
        real = course.listed.domains[0] if course.listed else "real-uni.edu"
        made_up = f"{real.partition('.')[0].replace('-', '')}.education"
        course.contact_email = f"verify@{made_up}"
        course.contact_domain = Domain(made_up, months(truth.applied, -random.uniform(1, 30)))
    else:
        course.institution = f"{course.city.name} International University of Technology"
        course.listed, course.contact_email = None, "registrar@degree-records.org"
    if random.random() < 0.25:
        course.end = months(course.start, random.uniform(3, 9))


def laptop_farm(random: Random, truth: Truth) -> None:
    """Equipment goes where many laptops stand, is asked there late, and wakes up elsewhere."""
    there = random.choice([c for c in world.CITIES if c.country == "US" and c != truth.home])
    late = truth.applied + timedelta(days=random.randrange(26, 36))
    truth.parcel = Parcel(
        there,
        grow.a_street(random),
        mail_drop=random.random() < 0.25,
        changed=(late,) if random.random() < 0.6 else (),
        device_in=random.choice(world.FAR_AWAY) if random.random() < 0.3 else None,
    )
    truth.taxed_in = there if random.random() < 0.4 else None
    if random.random() < 0.55:
        truth.shared.append(Shared(kind=SharedKind.SHIP_TO, others=random.randrange(1, 12)))


def one_script(random: Random, truth: Truth) -> None:
    """Many candidates with one text, telephone, mailbox or account."""
    kinds = (SharedKind.RESUME_TEXT, SharedKind.PHONE, SharedKind.EMAIL, SharedKind.PORTFOLIO)
    for kind in random.sample(kinds, random.choice((1, 1, 2, 3))):
        alike = round(random.betavariate(8, 2), 3) if kind in (kinds[0], kinds[3]) else None
        truth.shared.append(Shared(kind=kind, others=random.randrange(1, 9), similarity=alike))
    if random.random() < 0.15:
        truth.shared.append(Shared(kind=SharedKind.REFERRER, others=1, confirmed_fraud=True))


def throwaway_contacts(random: Random, truth: Truth) -> None:
    """A number over the internet and a mailbox for a day, or at a domain without mail."""
    truth.line = Line.VOIP
    local = truth.email.partition("@")[0]
    if random.random() < 0.6:
        truth.email = f"{local}@{random.choice(world.DISPOSABLE)}"
        truth.email_disposable = True
    elif random.random() < 0.5:
        truth.email = f"{local}@{world.slug(world.company_name(random))}-mail.com"


def elsewhere(random: Random, truth: Truth) -> None:
    """Claims to live in one country and works from another, over VPNs and other people's lines."""
    place = random.choice(world.FAR_AWAY)
    hides = random.choice((0.0, 0.6, 1.0))
    truth.sittings = [
        Sitting(place if random.random() < 0.6 else truth.home, random.random() < hides)
        for _ in range(4)
    ]
    truth.browser_zone = place.zone if random.random() < 0.5 else truth.home.zone
    if random.random() < 0.5:
        truth.meets_at = (0, 8)
    if truth.github:
        truth.github.offsets = tuple(
            (year, place.winter, random.randrange(40, 300)) for year in (2023, 2024, 2025)
        )


def pay_elsewhere(random: Random, truth: Truth) -> None:
    """Pay goes to somebody else's account, and on from one to the next."""
    started = truth.applied + timedelta(days=40)
    changes = random.choice((0, 0, 1, 2, 3))
    truth.pay = Pay(
        _somebody_else(random, truth),
        random.choices((False, None, True), (55, 30, 15))[0],
        random.choice((truth.home.country, "CN", "LT", "BE")),
        tuple(started + timedelta(days=random.randrange(1, 20)) for _ in range(changes)),
    )
    truth.named.append((truth.pay.holder, "bank account"))
    if random.random() < 0.2:
        truth.shared.append(Shared(kind=SharedKind.BANK_ACCOUNT, others=2))


def stand_in(random: Random, truth: Truth) -> None:
    """Somebody else sits the interview, or comes on the first day."""
    _another_face(truth)
    if random.random() < 0.3:
        truth.shared.append(Shared(kind=SharedKind.FACE, others=random.randrange(1, 6)))


def many_jobs(random: Random, truth: Truth) -> None:
    """Several full-time jobs at once."""
    for _ in range(random.randrange(2, 6)):
        start = months(truth.applied, -random.uniform(3, 30))
        truth.jobs.append(grow.a_job(random, truth, start, None))
        truth.jobs[-1].full_time = True


def several(random: Random, truth: Truth) -> None:
    """Two to five of the others together, as in most published cases."""
    for kind in random.sample(tuple(ONE_WAY), random.choice((2, 3, 3, 4, 5))):
        ONE_WAY[kind](random, truth)


def careful(random: Random, truth: Truth) -> None:
    """No mistake that anybody outside can see."""
    for job in truth.jobs:
        job.confirmation = random.choice((Confirmation.CONFIRMED, Confirmation.NO_COMMENT, None))


ONE_WAY: dict[str, grow.Change] = {
    "invented employers": invented_employers,
    "borrowed identity": borrowed_identity,
    "copied code": copied_code,
    "back-dated skills": back_dated_skills,
    "circular references": circular_references,
    "shell employer": shell_employer,
    "fake degree": fake_degree,
    "laptop farm": laptop_farm,
    "one script": one_script,
    "throwaway contacts": throwaway_contacts,
    "sits elsewhere": elsewhere,
    "pay elsewhere": pay_elsewhere,
    "stand-in": stand_in,
    "many jobs": many_jobs,
}
"""Frauds of one kind of mistake."""

FRAUD: dict[str, tuple[float, grow.Change]] = {
    **{kind: (5.0, change) for kind, change in ONE_WAY.items()},
    "several": (15.0, several),
    "careful": (15.0, careful),
}
"""By kind: how common it is (per cent, assumed), and the change to a plain life."""


def _some_jobs(random: Random, truth: Truth) -> list[Job]:
    if not truth.jobs:
        truth.jobs.append(grow.a_job(random, truth, months(truth.applied, -30), None))
    return random.sample(truth.jobs, min(len(truth.jobs), random.choice((1, 2, 2, 3))))


def _nearly(random: Random, domain: str) -> str:
    name, _, suffix = domain.partition(".")
    place = random.randrange(1, len(name) - 1)
    how = random.randrange(4)
    if how == 0:
        name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    elif how == 1:
        name = name[:place] + name[place] + name[place:]
    elif how == 2:
        name = f"{name}-inc"
    else:
        suffix = random.choice(("co", "net", "io"))
    return f"{name}.{suffix}"


def _somebody_else(random: Random, truth: Truth) -> str:
    # Of one origin with the candidate's: drawn again under other names, it is the same life.
    return a_name(random, truth.name.origin).full


def _another_face(truth: Truth) -> None:
    truth.face_pairs = [
        FacePair(one="the document's portrait", other="the interview", same=True),
        FacePair(one="the interview", other="the first day", same=False),
        FacePair(one="the document's portrait", other="the first day", same=False),
    ]
