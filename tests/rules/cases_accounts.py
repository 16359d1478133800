"""Accounts, e-mail addresses and telephones: HIST-27 to HIST-32, 34, 44, 46, 47, and 54 (faces)."""

from datetime import date
from typing import Any

from models.circumstances import Circumstances, FacePair
from models.outside import (
    Author,
    CommitTimes,
    DomainRegistration,
    EmailDomain,
    GithubAccount,
    LineKind,
    LineType,
    MailServers,
    OffsetCount,
    Outside,
    Repository,
)
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case, absent, down, found
from verifiers.case import Case

_CLAIMED = {
    "basics": {
        "name": "Anna Example",
        "email": "anna@posteo.net",
        "profiles": [{"network": "GitHub", "username": "annaex"}],
    }
}
_ANNA = Author(name="Anna Example", email="anna@posteo.net", commits=60)
_OTHER = Author(name="Grace Quux", email="grace@quux.org", commits=240)


def _repository(name: str = "annaex/tool", **values: Any) -> Repository:
    told = {"fork": False, "created_on": date(2024, 5, 1), "authors": (_ANNA,)}
    return Repository(name=name, **{**told, **values})


def _github(*repositories: Repository, claims: Any = None, **account: Any) -> Case:
    told = {"login": "annaex", "id": 7, "created_on": date(2023, 1, 10)}
    value = GithubAccount(**{**told, **account}, repositories=repositories)
    answer = found("https://github.com/AnnaEx", value, "GitHub")
    return a_case(claims or _CLAIMED, Outside(github=(answer,)))


_GITHUB_DOWN = a_case(_CLAIMED, Outside(github=(down("annaex", "GitHub"),)))
_NO_ACCOUNT = a_case({"basics": {"name": "Anna Example"}})


def _old(count: int, first: date | None = date(2019, 4, 1), **values: Any) -> list[Repository]:
    return [
        _repository(f"annaex/tool{number}", first_authored_on=first, **values)
        for number in range(count)
    ]


def _commits(offsets: dict[int, int], *, year: int = 2024, homes: Any = None, **more: Any) -> Case:
    """Commits of one year by hours ahead of UTC, and where the candidate lived."""
    counted = tuple(
        OffsetCount(year=year, offset_minutes=hours * 60, commits=commits)
        for hours, commits in offsets.items()
    )
    answer = found("annaex/tool", CommitTimes(repository="annaex/tool", offsets=counted), "git")
    berlin = {"city": "Berlin", "countryCode": "DE", "startDate": "2020", "endDate": "2025-12-31"}
    return a_case(
        {**_CLAIMED, "addresses": homes if homes is not None else [berlin], **more},
        Outside(commits=(answer,)),
    )


def _portfolio(registered: date | None, **claims: Any) -> Case:
    value = DomainRegistration(domain="annabuilds.dev", registered_on=registered)
    told = {
        "accounts": [{"network": "Portfolio", "url": "https://www.annabuilds.dev/work"}],
        "work": [{"name": "Clients of my own", "startDate": "2018"}],
    }
    return a_case({**told, **claims}, Outside(domains=(found("annabuilds.dev", value, "RDAP"),)))


def _phone(kind: LineKind, number: str = "+1 212 555 0101") -> Case:
    answer = found("+12125550101", LineType(kind=kind), "a carrier")
    return a_case({"basics": {"phone": number}}, Outside(line_types=(answer,)))


def _listed(email: str, domain: str, *, disposable: bool) -> Case:
    answer = found(domain, EmailDomain(domain=domain, disposable=disposable), "a list of domains")
    return a_case({"basics": {"email": email}}, Outside(email_domains=(answer,)))


def _mail(*answers: Any) -> Case:
    return a_case({"basics": {"email": "anna@Firm-of-anna.com"}}, Outside(mail=answers))


_HOSTS = MailServers(domain="firm-of-anna.com", hosts=("mx.firm-of-anna.com",))


def _faces(*pairs: tuple[str, str, bool | None]) -> Case:
    compared = tuple(FacePair(one=one, other=other, same=same) for one, other, same in pairs)
    return a_case(seen=Circumstances(face_pairs=compared))


_PORTRAIT, _INTERVIEW, _FIRST_DAY = "the document's portrait", "the interview", "the first day"

NOT_TOLD = {
    "an old portrait": (
        "HIST-54",
        _faces(
            (_PORTRAIT, _INTERVIEW, False),
            (_PORTRAIT, _FIRST_DAY, False),
            (_INTERVIEW, _FIRST_DAY, True),
        ),
    ),
    "commits under a nickname": (
        "HIST-28",
        _github(_repository(authors=(Author(name="moth", email="m@x.lan", commits=300),))),
    ),
}
"""Honest lives of which nothing can be said: the rule, and the life."""

CASES = {
    "HIST-27": ThreeCases(
        fraud=_github(*_old(3)),
        honest={
            "two repositories that were moved here": _github(
                *_old(2), _repository(first_authored_on=date(2024, 5, 1))
            ),
            "forks of older work": _github(*_old(5, fork=True)),
            "begun in the year before the account": _github(*_old(4, date(2022, 3, 1))),
            "an organisation's repositories": _github(
                *(_repository(f"firm/{n}", first_authored_on=date(2012, 1, 1)) for n in range(4))
            ),
            "imports of what others wrote": _github(*_old(4, authors=(_OTHER,))),
            "no account is claimed": _NO_ACCOUNT,
        },
        unknown=_GITHUB_DOWN,
        lacking=Fact.GITHUB,
    ),
    "HIST-28": ThreeCases(
        fraud=_github(_repository(authors=(_OTHER, _ANNA.model_copy(update={"commits": 10})))),
        honest={
            "work in pairs": _github(_repository(authors=(_OTHER, _ANNA))),
            "commits under the login": _github(
                _repository(authors=(Author(name="annaex", email="a@home.lan", commits=300),))
            ),
            "commits by GitHub's private address": _github(
                _repository(
                    authors=(
                        Author(name="ae", email="7+annaex@users.noreply.github.com", commits=300),
                    )
                )
            ),
            "commits under a former name": _github(
                _repository(authors=(_OTHER,)),
                claims={**_CLAIMED, "identity": {"formerNames": ["Grace Quux"]}},
            ),
            "a robot that keeps versions new": _github(
                _repository(
                    authors=(_ANNA, Author(name="dependabot[bot]", email="d@x.org", commits=900))
                )
            ),
            "others' forks": _github(_repository(authors=(_OTHER,), fork=True)),
        },
        unknown=_github(_repository(authors=())),
        lacking=Fact.COMMITS,
    ),
    "HIST-29": ThreeCases(
        fraud=_github(_repository(same_tree_elsewhere=("graceq/tool",))),
        honest={
            "a fork that says so": _github(
                _repository(fork=True, same_tree_elsewhere=("graceq/tool",))
            ),
            "own work": _github(_repository()),
            "an organisation's mirror": _github(
                _repository("firm/tool", same_tree_elsewhere=("graceq/tool",))
            ),
            "no account is claimed": _NO_ACCOUNT,
        },
        unknown=_GITHUB_DOWN,
        lacking=Fact.GITHUB,
    ),
    "HIST-30": ThreeCases(
        fraud=_commits({9: 180, 1: 10}),
        honest={
            "summer and winter in Berlin": _commits({1: 90, 2: 120}),
            "a fifth of the year abroad": _commits({1: 80, 9: 120}),
            "too few to tell": _commits({9: 99}),
            "a computer that keeps UTC": _commits({0: 400, 1: 20}),
            "moved in that year, from where the clock was": _commits(
                {9: 200},
                homes=[
                    {"countryCode": "DE", "startDate": "2020"},
                    {"countryCode": "JP", "startDate": "2018", "endDate": "2024-06"},
                ],
            ),
            "worked there in that year": _commits(
                {9: 200}, work=[{"name": "Firm", "countryCode": "JP", "startDate": "2024"}]
            ),
            "a country of many clocks": _commits(
                {-8: 200}, homes=[{"countryCode": "US", "startDate": "2001"}]
            ),
            "no account is claimed": _NO_ACCOUNT,
        },
        unknown=_commits({9: 200}, homes=[{"city": "Berlin", "countryCode": "DE"}]),
        lacking=Fact.ADDRESS,
    ),
    "HIST-31": ThreeCases(
        fraud=_github(proven=False),
        honest={
            "control was shown": _github(proven=True),
            "no account is claimed": _NO_ACCOUNT,
        },
        unknown=_github(),
        lacking=Fact.ACCOUNT_CONTROL,
    ),
    "HIST-32": ThreeCases(
        fraud=_github(public_email="grace@quux.org"),
        honest={
            "the address that was told": _github(public_email="Anna@Posteo.net"),
            "no public address": _github(),
            "GitHub's private address": _github(public_email="annaex@users.noreply.github.com"),
            "the address at work": _github(
                public_email="anna.example@northwind.com",
                claims={**_CLAIMED, "work": [{"name": "Northwind", "url": "northwind.com"}]},
            ),
        },
        unknown=_GITHUB_DOWN,
        lacking=Fact.GITHUB,
    ),
    "HIST-34": ThreeCases(
        fraud=_portfolio(date(2026, 3, 1)),
        honest={
            "an old domain": _portfolio(date(2019, 2, 1)),
            "a new domain of a beginner": _portfolio(
                date(2026, 3, 1), work=[{"name": "First firm", "startDate": "2025-06"}]
            ),
            "registered a while before": _portfolio(date(2026, 1, 20)),
            "a page at a site of many": a_case(
                {"accounts": [{"network": "Portfolio", "url": "https://www.linkedin.com/in/anna"}]}
            ),
            "no portfolio": a_case({"work": [{"name": "Firm", "startDate": "2018"}]}),
        },
        unknown=_portfolio(None),
        lacking=Fact.DOMAIN_REGISTRATION,
    ),
    "HIST-44": ThreeCases(
        fraud=_phone(LineKind.VOIP),
        honest={
            "a mobile": _phone(LineKind.MOBILE),
            "a landline": _phone(LineKind.LANDLINE),
            "no number is claimed": a_case(),
        },
        unknown=_phone(LineKind.VOIP, "+44 20 7946 0018"),
        lacking=Fact.LINE_TYPE,
    ),
    "HIST-46": ThreeCases(
        fraud=_listed("anna@box7.mailinator.com", "mailinator.com", disposable=True),
        honest={
            "a mailbox of one's own": _listed("anna@posteo.net", "posteo.net", disposable=False),
            "an alias that a list holds in error": _listed(
                "anna.x7@simplelogin.com", "simplelogin.com", disposable=True
            ),
            "an alias of a telephone's maker": _listed(
                "x7@privaterelay.appleid.com", "appleid.com", disposable=True
            ),
            "no address is claimed": a_case(),
        },
        unknown=a_case({"basics": {"email": "anna@posteo.net"}}),
        lacking=Fact.DISPOSABLE_LIST,
    ),
    "HIST-47": ThreeCases(
        fraud=_mail(absent("firm-of-anna.com", "DNS")),
        honest={
            "the domain takes mail": _mail(found("firm-of-anna.com", _HOSTS, "DNS")),
            "one resolver has it": _mail(
                absent("firm-of-anna.com", "DNS"), found("firm-of-anna.com", _HOSTS, "DNS")
            ),
            "no address is claimed": a_case(),
        },
        unknown=_mail(down("firm-of-anna.com", "DNS")),
        lacking=Fact.MAIL_SERVERS,
    ),
    "HIST-54": ThreeCases(
        fraud=_faces(
            (_PORTRAIT, _INTERVIEW, False),
            (_PORTRAIT, _FIRST_DAY, False),
            (_INTERVIEW, _FIRST_DAY, False),
        ),
        honest={
            "one person throughout": _faces(
                (_PORTRAIT, _INTERVIEW, True), (_INTERVIEW, _FIRST_DAY, True)
            ),
            "one bad comparison": _faces(
                (_PORTRAIT, _INTERVIEW, False), (_INTERVIEW, _FIRST_DAY, True)
            ),
            "one pair, compared twice": _faces(
                (_INTERVIEW, _FIRST_DAY, False), (_FIRST_DAY, _INTERVIEW, False)
            ),
            "nothing was compared": _faces(),
        },
        unknown=_faces((_PORTRAIT, _INTERVIEW, True), (_PORTRAIT, _FIRST_DAY, None)),
        lacking=Fact.FACES,
    ),
}
