"""A life as its candidate tells it: rounded, with ends left out and a slip of the pen now and then.

Assumed: 3 dates in 1,000 are typed wrongly; of the tellings 15 in 100 give years only; one birth
date in ten is not told; an end is left out once in a hundred positions; four forms in ten ask since
when somebody lives where they live.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from models.history import Claims
from samples.careers.truth import Course, Job, Truth, months
from samples.careers.world import City

_SLIP = 0.003


def tell(random: Random, truth: Truth) -> Claims:
    """All that they tell up to the onboarding; `SampleLife.at` leaves out what comes later."""
    name = truth.name
    told: dict[str, Any] = {
        "basics": {
            "name": truth.preferred_name or name.full,
            "label": truth.jobs[-1].title if truth.jobs else None,
            "email": truth.email,
            "phone": truth.phone,
            "location": _home(truth),
        },
        "identity": {
            "fullName": name.full,
            "birthDate": None if random.random() < 0.1 else truth.born.isoformat(),
            "preferredName": truth.preferred_name,
            "formerNames": list(truth.former_names),
        },
        "work": [], "education": [],
        "skills": [{"name": one, "years": years} for one, years in truth.skills.items()],
        "references": [vars(referee) for referee in truth.referees],
        "addresses": [
            {"address": "1 Old Road", "city": city.name, "region": city.region,
             "countryCode": city.country, "startDate": str(start)[:7], "endDate": str(end)[:7]}
            for city, start, end in truth.former_homes
        ],
        "accounts": [],
    }  # fmt: skip
    if random.random() < 0.4:  # The form asked since when.
        since = truth.former_homes[-1][2] if truth.former_homes else months(truth.born, 12 * 18)
        told["addresses"].append(_home(truth) | {"startDate": str(since)[:7]})
    if truth.github:
        told["accounts"].append({"network": "GitHub", "username": truth.github.login,
                                 "url": f"https://github.com/{truth.github.login}"})  # fmt: skip
    if truth.portfolio:
        told["accounts"].append({"network": "portfolio", "url": f"https://{truth.portfolio.name}/"})
    for number in range(truth.tellings):
        where = ("application_form", "resume", "online_profile")[number]
        said = {"where": where} if truth.tellings > 1 else None
        _history(random, truth, told, said, again=number > 0)
    if truth.parcel:
        said_of_it = {"moved": truth.parcel.moved, "protected": truth.parcel.protected}
        told["shipTo"] = [_address(truth.parcel.street, truth.parcel.city) | said_of_it]
    else:
        told["shipTo"] = [_home(truth)]
    if truth.pay:
        told["payout"] = [{"holder": truth.pay.holder, "countryCode": truth.pay.country}]
    told["availability"] = {"slots": _slots(random, truth)}
    return Claims.model_validate(told)


def _history(random: Random, truth: Truth, told: dict[str, Any], said: Any, *, again: bool) -> None:
    years_only = random.random() < 0.15
    full_time_told = random.random() < 0.6
    for job in truth.jobs[truth.tells_from :]:
        told["work"].append(_work(random, job, said, years_only, full_time_told, again))
    for course in truth.courses:
        told["education"].append(_education(random, course, said, years_only, again))


def _work(
    random: Random, job: Job, said: Any, years_only: bool, full_time_told: bool, again: bool
) -> dict[str, Any]:
    start, end = _dates(random, job.start, job.end, years_only, again)
    return {
        "name": job.employer.name,
        "position": job.title,
        "location": job.employer.city.name,
        "countryCode": job.employer.city.country,
        "url": f"https://www.{job.employer.domain.name}/" if random.random() < 0.35 else None,
        "startDate": start,
        "endDate": None if random.random() < 0.01 else end,
        # Part-time work is called so more often than full-time work is.
        "fullTime": job.full_time if full_time_told or not job.full_time else None,
        "remote": job.remote or (None if random.random() < 0.6 else False),
        "technologies": list(job.technologies),
        "asserted": said,
    }


def _education(
    random: Random, course: Course, said: Any, years_only: bool, again: bool
) -> dict[str, Any]:
    start, end = _dates(random, course.start, course.end, years_only, again)
    return {
        "institution": course.institution, "studyType": course.study_type, "area": course.area,
        "startDate": start, "endDate": end, "countryCode": course.city.country,
        "contactEmail": course.contact_email, "remote": course.remote or None,
        "fullTime": course.full_time, "asserted": said,
    }  # fmt: skip


def _dates(
    random: Random, start: date, end: date | None, years_only: bool, again: bool
) -> tuple[str, str | None]:
    if again:  # Told another time, from memory.
        start = _remembered(random, start)
        end = _remembered(random, end) if end else None
        if end and end < start:
            end = start
    first, last = _written(random, start, years_only), None
    if end:
        last = _written(random, end, years_only)
        if random.random() < _SLIP / 4:
            first, last = last, first
    return first, last


def _remembered(random: Random, day: date) -> date:
    off = random.choices((0.0, 1.0, 3.0, 6.0, 14.0), (72, 15, 8, 4, 1))[0]
    return months(day, random.choice((-1, 1)) * off)


def _written(random: Random, day: date, years_only: bool) -> str:
    if random.random() < _SLIP:
        off = random.choice((-1, -1, -1, 1, 1, 1, -10, 10, 9))
        day = date(day.year + off, day.month, min(day.day, 28))
    size = 4 if years_only else 10 if random.random() < 0.05 else 7
    return day.isoformat()[:size]


def _home(truth: Truth) -> dict[str, Any]:
    return _address(truth.street, truth.home)


def _address(street: str, city: City) -> dict[str, Any]:
    return {
        "address": street,
        "city": city.name,
        "region": city.region,
        "countryCode": city.country,
    }


def _slots(random: Random, truth: Truth) -> list[str]:
    """Interviews, ten days after the application, in the local time of where they sit."""
    city = truth.sittings[1].city if len(truth.sittings) > 1 else truth.home
    slots = []
    for _ in range(random.choice((1, 1, 2, 3))):
        half_hours = round(random.uniform(*truth.meets_at) * 2)
        day = datetime.combine(truth.applied + timedelta(days=10), time(0), UTC)
        slots.append((day + timedelta(minutes=half_hours * 30 - city.winter)).isoformat())
    return slots
