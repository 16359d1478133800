"""Employers beside what registries, name servers and providers say: HIST-01 to HIST-06, HIST-60."""

from datetime import date, timedelta
from typing import Any

from models.circumstances import Circumstances
from models.outside import (
    Answer,
    Company,
    Confirmation,
    DomainRegistration,
    EmploymentConfirmation,
    MailServers,
    Outside,
)
from models.rule import Fact
from tests.rules.building import TODAY, ThreeCases, a_case, absent, down, found, history, work
from verifiers.case import Case

SITE = "https://northwind.io/"
MAIN = "northwind.com"


def a_company(
    name: str = "NORTHWIND LIMITED",
    founded: str | None = None,
    dissolved: str | None = None,
    number: str = "01234567",
    country_code: str | None = "GB",
    **more: Any,
) -> Company:
    """A British company as a registry has it."""
    return Company(
        country_code=country_code,
        name=name,
        number=number,
        created_on=date.fromisoformat(founded) if founded else None,
        dissolved_on=date.fromisoformat(dissolved) if dissolved else None,
        **more,
    )


def registered(
    job: dict[str, Any], *companies: Company, further: tuple[Answer[Any], ...] = ()
) -> Case:
    """A position in Britain, and what a registry found for its employer."""
    answer = found(str(job["name"]), companies, "Companies House")
    return a_case(history({"countryCode": "GB", **job}), Outside(companies=(answer, *further)))


def domain_of(day: str, domain: str = "northwind.io") -> Answer[DomainRegistration]:
    """The registry's answer that a domain was registered on a day."""
    registration = DomainRegistration(domain=domain, registered_on=date.fromisoformat(day))
    return found(domain, registration, "RDAP")


def sited(
    start: str, end: str, *answers: Answer[DomainRegistration], url: str = SITE, **outside: Any
) -> Case:
    """A position with its employer's site, and when that domain was registered."""
    return a_case(
        history(work(start, end, url=url)),
        Outside(domains=answers, **outside),
        born=date(1960, 1, 1),
    )


def _days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def referred(
    email: str,
    *answers: Answer[DomainRegistration],
    official: tuple[tuple[str, str], ...] = (("Northwind", MAIN),),
    companies: tuple[Company, ...] = (),
    employer: str = "Northwind",
) -> Case:
    """A reference at an address, and what is known of domains."""
    return a_case(
        {"references": [{"name": "Maria Lopez", "employer": employer, "email": email}]},
        Outside(
            domains=answers,
            companies=(found("Northwind", companies, "GLEIF"),) if companies else (),
        ),
        Circumstances(official_domains=official),
    )


def _confirmed(*said: tuple[str, Confirmation], jobs: tuple[dict[str, Any], ...] = ()) -> Case:
    answers = tuple(
        found(
            employer,
            EmploymentConfirmation(employer=employer, confirmation=one),
            "a background-check provider",
        )
        for employer, one in said
    )
    default = (work("2017-01", "2022-12"), work("2023-01", at="Contoso"))
    return a_case(history(*(jobs or default)), Outside(employments=answers))


_NONE = Confirmation.NO_RECORD

CASES: dict[str, ThreeCases] = {
    "HIST-01": ThreeCases(
        fraud=registered(work("2012-03", "2015-06"), a_company(founded="2019-05-02")),
        honest={
            "a founder in the quarter before the papers": registered(
                work("2019-03", "2022-06"), a_company(founded="2019-05-02")
            ),
            "a year that reaches up to the founding": registered(
                work("2019", "2022"), a_company(founded="2019-05-02")
            ),
            "an employer that was renamed": registered(
                work("2012-03", "2015-06"),
                a_company("CONTOSO GROUP PLC", "2001-01-01", former_names=("Northwind Ltd",)),
            ),
            "a business that was incorporated anew": registered(
                work("2012-03", "2015-06"),
                a_company(founded="2019-05-02", successors=("Northwind Traders",)),
                further=(
                    found(
                        "Northwind Traders",
                        (a_company("NORTHWIND TRADERS", "1998-01-01"),),
                        "GLEIF",
                    ),
                ),
            ),
            "an older company of the same name": registered(
                work("2012-03", "2015-06"),
                a_company(founded="2019-05-02"),
                a_company(founded="2003-05-02", number="7"),
            ),
            "another registry that knows it for longer": registered(
                work("2012-03", "2015-06"),
                a_company(founded="2019-05-02"),
                further=(found("Northwind", (a_company("Northwind", "2003-01-01"),), "GLEIF"),),
            ),
        },
        unknown=a_case(
            history(work("2012-03", "2015-06")),
            Outside(companies=(down("Northwind", "Companies House"),)),
        ),
        lacking=Fact.COMPANY_REGISTRY,
    ),
    "HIST-02": ThreeCases(
        fraud=registered(
            work("2010-03", "2019-06"), a_company(founded="2001-01-01", dissolved="2014-02-11")
        ),
        honest={
            "staff who stayed to wind it up": registered(
                work("2010-03", "2014-07"), a_company(founded="2001-01-01", dissolved="2014-02-11")
            ),
            "a year in which it was dissolved": registered(
                work("2010", "2014"), a_company(founded="2001-01-01", dissolved="2014-02-11")
            ),
            "a company that took it over": registered(
                work("2010-03", "2019-06"),
                a_company(founded="2001-01-01", dissolved="2014-02-11", successors=("Contoso",)),
                further=(found("Contoso", (a_company("Contoso", "2000-01-01"),), "GLEIF"),),
            ),
            "a company that goes on": registered(
                work("2010-03", "2019-06"), a_company(founded="2001-01-01")
            ),
            "a job that has no end and began before": registered(
                work("2010-03"), a_company(founded="2001-01-01", dissolved="2014-02-11")
            ),
        },
        unknown=registered(
            work("2010-03", "2019-06"),
            a_company(founded="2001-01-01", dissolved="2014-02-11", successors=("Contoso",)),
        ),
        lacking=Fact.COMPANY_REGISTRY,
    ),
    "HIST-03": ThreeCases(
        fraud=sited(
            "2012-03",
            "2015-06",
            absent("northwind.io", "RDAP"),
            companies=(absent("Northwind", "Companies House"), absent("Northwind", "GLEIF")),
            mail=(absent("northwind.io", "DNS"),),
        ),
        honest={
            "a sole trader with a site": sited(
                "2012-03",
                "2015-06",
                domain_of("2009-01-01"),
                companies=(absent("Northwind", "Companies House"),),
            ),
            "a firm with mail and without an entry": sited(
                "2012-03",
                "2015-06",
                absent("northwind.io", "RDAP"),
                companies=(absent("Northwind", "Companies House"),),
                mail=(
                    found(
                        "northwind.io",
                        MailServers(domain="northwind.io", hosts=("mx.northwind.io",)),
                        "DNS",
                    ),
                ),
            ),
            "a firm in one of two registries": sited(
                "2012-03",
                "2015-06",
                absent("northwind.io", "RDAP"),
                companies=(
                    absent("Northwind", "Companies House"),
                    found("Northwind", (a_company(),), "GLEIF"),
                ),
            ),
            "an employer without a site": a_case(
                history(work("2012-03", "2015-06")),
                Outside(companies=(absent("Northwind", "Companies House"),)),
            ),
        },
        unknown=sited(
            "2012-03",
            "2015-06",
            absent("northwind.io", "RDAP"),
            companies=(absent("Northwind", "GLEIF"), down("Northwind", "Companies House")),
        ),
        lacking=Fact.COMPANY_REGISTRY,
    ),
    "HIST-04": ThreeCases(
        fraud=sited("2012-03", "2015-06", domain_of("2024-11-05")),
        honest={
            "a domain from before the end": sited("2012-03", "2015-06", domain_of("2014-11-05")),
            "a year that reaches up to it": sited("2012", "2015", domain_of("2015-11-05")),
            "an old company's first domain": sited("1985-03", "1992-06", domain_of("1997-11-05")),
            "a company that was renamed": a_case(
                history(work("2012-03", "2015-06", url=SITE)),
                Outside(
                    domains=(domain_of("2024-11-05"),),
                    companies=(
                        found(
                            "Northwind",
                            (a_company("Contoso", former_names=("Northwind",)),),
                            "GLEIF",
                        ),
                    ),
                ),
            ),
            "a new site that a registry gives": a_case(
                history(work("2012-03", "2015-06", url=SITE)),
                Outside(
                    domains=(domain_of("2024-11-05"),),
                    companies=(found("Northwind", (a_company(domains=("northwind.io",)),)),),
                ),
            ),
            "a page on a site for everybody": sited(
                "2001-03",
                "2002-06",
                domain_of("2002-11-02", "linkedin.com"),
                url="https://www.linkedin.com/company/northwind",
            ),
            "a job that goes on": sited("2012-03", "", domain_of("2024-11-05")),
        },
        unknown=sited("2012-03", "2015-06", down("northwind.io", "RDAP")),
        lacking=Fact.DOMAIN_REGISTRATION,
    ),
    "HIST-05": ThreeCases(
        fraud=sited("2021-03", "", domain_of(_days_ago(40))),
        honest={
            "a start-up with a new site": sited(_days_ago(30), "", domain_of(_days_ago(40))),
            "a founding year": sited("2026", "", domain_of("2026-02-01")),
            "a domain of last year": sited("2021-03", "", domain_of(_days_ago(200))),
            "an official new site": a_case(
                history(work("2021-03", url=SITE)),
                Outside(domains=(domain_of(_days_ago(40)),)),
                Circumstances(official_domains=(("Northwind Ltd", "northwind.io"),)),
            ),
        },
        unknown=sited("2021-03", "", down("northwind.io", "RDAP")),
        lacking=Fact.DOMAIN_REGISTRATION,
    ),
    "HIST-06": ThreeCases(
        fraud=referred("maria@nortwhind.com", domain_of(_days_ago(40), "nortwhind.com")),
        honest={
            "the real domain": referred("maria@mail.northwind.com"),
            "another country's ending, held for years": referred(
                "maria@northwind.co.uk", domain_of("2004-05-05", "northwind.co.uk")
            ),
            "another domain that a registry gives": referred(
                "maria@north-wind.com", companies=(a_company(domains=("north-wind.com",)),)
            ),
            "the domain of another real company": referred(
                "maria@northwing.com",
                official=(("Northwind", MAIN), ("Northwing", "northwing.com")),
            ),
            "a firm of a similar name, for years": referred(
                "maria@northwine.com", domain_of("2011-05-05", "northwine.com")
            ),
            "a reference who has moved on": referred("maria@contoso.com"),
            "a private mailbox": referred("maria.northwind@gmail.com"),
        },
        unknown=referred("maria@nortwhind.com", official=()),
        lacking=Fact.OFFICIAL_DOMAIN,
    ),
    "HIST-60": ThreeCases(
        fraud=_confirmed(("Northwind", _NONE), ("Contoso", _NONE)),
        honest={
            "one employer who keeps records": _confirmed(
                ("Northwind", Confirmation.CONFIRMED), ("Contoso", _NONE)
            ),
            "a company that never comments": _confirmed(
                ("Northwind", Confirmation.NO_COMMENT), ("Contoso", _NONE)
            ),
            "a freelancer": _confirmed(
                ("Freelance", _NONE), jobs=(work("2020-01", at="Freelance"),)
            ),
            "a career that ended longer ago": _confirmed(
                ("Northwind", _NONE), jobs=(work("2010-01", "2019-12"),)
            ),
        },
        unknown=_confirmed(("Northwind", _NONE)),
        lacking=Fact.EMPLOYER_CONFIRMATION,
    ),
}
