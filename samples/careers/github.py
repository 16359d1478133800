"""Accounts where code is kept: repositories of one's own, forks, and the clocks of their commits.

Assumed: nine repositories in ten begin when they are uploaded; a quarter hold others' commits; one
person in eight works in containers whose clock is UTC; one year in ten has a journey.
"""

from datetime import date
from random import Random

from models.outside import Author, Repository
from samples.careers import world
from samples.careers.names import Shown
from samples.careers.truth import Github, Truth, months


def a_github(random: Random, truth: Truth) -> Github:
    """An account with some repositories of one's own and some forks, mostly written at home."""
    since = max(date(2008, 6, 1), months(truth.born, 12 * random.uniform(16, 30)))
    created = min(since, months(truth.applied, -random.uniform(0.2, 24)))
    login = f"dev-{random.randrange(10**7)}"
    repositories = []
    me = f"{login}@users.noreply.github.com"
    for number in range(random.randrange(9)):
        made = months(created, random.uniform(0, max(1.0, (truth.applied - created).days / 31)))
        made = min(made, truth.applied)
        first = months(
            made, -random.expovariate(1) if random.random() < 0.9 else -random.uniform(0, 60)
        )
        others = random.random() < 0.25
        repositories.append(
            Repository(
                name=f"{login}/project-{number}",
                fork=random.random() < 0.3,
                created_on=made,
                first_authored_on=first,
                authors=(
                    Author(name=truth.name.full, email=me, commits=random.randrange(1, 300)),
                    *((Author(name="somebody", email="other@users.noreply.github.com",
                              commits=random.randrange(1, 400)),) if others else ()),
                ),
            )
        )  # fmt: skip
    shown = random.choices(
        (Shown.IN_FULL, Shown.GIVEN_ONLY, Shown.ORIGINAL, None), (50, 10, 10, 30)
    )[0]
    return Github(
        login,
        created,
        truth.name.shown(shown) if shown else None,
        tuple(repositories),
        commit_offsets(random, truth, created),
        public_email=random.choices(
            (None, truth.email, f"{login}@{random.choice(world.WEBMAIL)}"), (70, 15, 15)
        )[0],
        proven=random.choices((True, None, False), (600, 395, 5))[0],
    )


def commit_offsets(random: Random, truth: Truth, created: date) -> tuple[tuple[int, int, int], ...]:
    """Commits by year and offset: at home, on some journeys, and in containers at +0000."""
    counted = []
    in_containers = random.random() < 0.12
    for year in range(max(created.year, 2018), truth.applied.year + 1):
        commits = round(random.lognormvariate(3.5, 1.3))
        if commits < 2:
            continue
        if in_containers:
            counted.append((year, 0, commits))
            continue
        city = next((c for c, start, end in truth.former_homes if start.year <= year < end.year),
                    truth.home)  # fmt: skip
        counted += [(year, city.winter, commits // 2), (year, city.summer, commits - commits // 2)]
        if random.random() < 0.1:
            away = random.choice(world.CITIES)
            counted.append((year, away.summer, random.randrange(1, 40)))
    return tuple(row for row in counted if row[2])
