"""Employers, with their domains and what a registry says of them.

Assumed: a firm is ten years old at the median when somebody joins it; of the registry's entries 3
in 100 are of a later incorporation, 3 of a firm that is dissolved since and 4 of one renamed; of
the domains 3 in 100 lapsed and were bought by others, and 4 came with a new name.
"""

from datetime import date, timedelta
from random import Random

from models.outside import Company
from samples.careers import world
from samples.careers.truth import Domain, Employer, months


def an_employer(random: Random, started: date, home: world.City) -> Employer:
    """One that existed by then, mostly in the same country, with what a registry says of it."""
    abroad = random.random() < 0.1
    city = random.choice([c for c in world.CITIES if abroad or c.country == home.country])
    name = world.company_name(random)
    # Some begin to trade before they are entered, and the first people before there is a company.
    founded = months(started, -12 * random.lognormvariate(2.3, 0.9)) - timedelta(days=20)
    entered = months(founded, max(-1.0, random.gauss(2, 3)))
    return Employer(
        name,
        city,
        _their_domain(random, name, city, founded),
        _their_entry(random, name, city, entered, started),
    )


def _their_domain(random: Random, name: str, city: world.City, founded: date) -> Domain:
    suffix = world.SUFFIXES[city.country] if random.random() < 0.5 else "com"
    registered = max(date(1994, 1, 1), months(founded, random.gauss(3, 6)))
    fate = random.random()
    if fate < 0.03:  # Lapsed, and bought by somebody else since.
        registered = date(2026, 1, 1) - timedelta(days=random.randrange(30, 3000))
    elif fate < 0.07:  # Renamed since: the candidate gives today's address.
        registered = date(2026, 1, 1) - timedelta(days=random.randrange(30, 4000))
    return Domain(f"{world.slug(name)}.{suffix}", registered)


def _their_entry(
    random: Random, name: str, city: world.City, entered: date, started: date
) -> tuple[Company, ...] | None:
    if random.random() > world.REGISTRY_COVERS.get(city.country, 0.2):
        return () if random.random() < 0.5 else None
    number = str(random.randrange(10**7, 10**8))
    company = Company(name=name, number=number, country_code=city.country, created_on=entered)
    fate = random.random()
    if fate < 0.03:  # Re-incorporated, merged or moved: a new number, and often the old one told.
        told = ("Former " + name,) if random.random() < 0.7 else ()
        later = months(started, random.lognormvariate(3, 1))
        later = min(later, date(2025, 12, 1))
        return (company.model_copy(update={"created_on": later, "successors": told}),)
    if fate < 0.06:  # Dissolved since: by its successor, or wound up while some still worked.
        gone = min(months(started, 12 * random.lognormvariate(1.5, 0.6)), date(2025, 12, 1))
        told = (name + " Group",) if random.random() < 0.6 else ()
        return (company.model_copy(update={"dissolved_on": gone, "successors": told}),)
    if fate < 0.10:
        former = world.company_name(random)
        return (company.model_copy(update={"former_names": (former,)}),)
    return (company,)
