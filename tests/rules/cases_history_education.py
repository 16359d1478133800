"""Schools beside lists of them, and study beside work: HIST-11 to HIST-15."""

from datetime import date
from typing import Any

from models.circumstances import Circumstances
from models.outside import Answer, DomainRegistration, Institution, Outside
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case, absent, course, found, full, history
from verifiers.case import Case

_SITE = "https://www.utopia-state.com/"
_STUDIED = course("2008", "2011", url=_SITE)
_REAL = Institution(name="Utopia State", domains=("utopia.ac.uk",), established=1851)


def _listed(entry: dict[str, Any], *answers: Answer[tuple[Institution, ...]]) -> Case:
    return a_case(history(entry), Outside(institutions=answers))


def _school(**more: Any) -> Answer[tuple[Institution, ...]]:
    school = Institution(name="Utopia State", **more)
    return found("Utopia State", (school,), "a list of universities")


def _contact(
    email: str, *schools: Institution, registered: str | None = None, at: str = "Utopia State"
) -> Case:
    domain = email.partition("@")[2]
    registration = DomainRegistration(
        domain=domain, registered_on=date.fromisoformat(registered) if registered else None
    )
    return a_case(
        history(course("2008", "2011", at=at, contactEmail=email)),
        Outside(
            institutions=(found(at, schools, "a list of universities"),) if schools else (),
            domains=(found(domain, registration, "RDAP"),) if registered else (),
        ),
    )


def _mills(*names: str, schools: tuple[Institution, ...] = ()) -> Case:
    return a_case(
        history(course("2008", "2011", at="Atlantis University")),
        Outside(institutions=(found("Atlantis University", schools),) if schools else ()),
        Circumstances(diploma_mills=names),
    )


def _abroad(study: dict[str, Any] | None = None, job: dict[str, Any] | None = None) -> Case:
    on_site = {"fullTime": True, "remote": False}
    return a_case(
        history(
            course("2015-09", "2018-06", **{**on_site, "countryCode": "SE", **(study or {})}),
            full("2015-10", "2018-05", **{"remote": False, "countryCode": "CA", **(job or {})}),
        )
    )


CASES: dict[str, ThreeCases] = {
    "HIST-11": ThreeCases(
        fraud=_listed(_STUDIED, absent("Utopia State", "ROR"), absent("utopia-state.com", "ROR")),
        honest={
            "a school that is found by its domain": _listed(
                _STUDIED,
                absent("Utopia State", "ROR"),
                found("utopia-state.com", (_REAL,), "ROR"),
            ),
            "a school that another list has": _listed(
                _STUDIED,
                absent("Utopia State", "ROR"),
                absent("utopia-state.com", "ROR"),
                found("Utopia State", (_REAL,), "a list of universities"),
            ),
            "a bootcamp, which gives no degree": _listed(
                course("2021", "2021", kind="Bootcamp", url=_SITE),
                absent("Utopia State", "ROR"),
                absent("utopia-state.com", "ROR"),
            ),
        },
        unknown=_listed(_STUDIED, absent("Utopia State", "ROR")),
        lacking=Fact.INSTITUTION,
    ),
    "HIST-12": ThreeCases(
        fraud=_listed(course("2004", "2007"), _school(established=2015)),
        honest={
            "the year of its founding": _listed(course("2015", "2018"), _school(established=2015)),
            "students who were taught out": _listed(
                course("2008", "2011"), _school(established=1990, active=False, closed=2010)
            ),
            "an older school of the same name": _listed(
                course("2004", "2007"),
                found("Utopia State", (Institution(name="Utopia State", established=2015), _REAL)),
            ),
            "a name of today for an older school": _listed(
                course("2004", "2007"),
                found(
                    "Utopia State",
                    (Institution(name="Polis", other_names=("Utopia State",), established=1920),),
                ),
            ),
        },
        unknown=_listed(course("2004", "2007"), _school(established=2015, successors=("Polis",))),
        lacking=Fact.INSTITUTION,
    ),
    "HIST-13": ThreeCases(
        fraud=_contact("registrar@utopiastate.org", _REAL, registered="2025-11-20"),
        honest={
            "the school's own office": _contact("registry@exams.utopia.ac.uk", _REAL),
            "a department's own domain, for years": _contact(
                "office@utopia-physics.org", _REAL, registered="2003-03-03"
            ),
            "another real school, which took it over": _contact(
                "office@polis.edu", _REAL, Institution(name="Polis", domains=("polis.edu",))
            ),
            "a service for many schools": _contact("verify@studentclearinghouse.org", _REAL),
            "a small school's free mailbox": _contact("utopiastate@gmail.com", _REAL),
        },
        unknown=_contact("registrar@utopiastate.edu"),
        lacking=Fact.OFFICIAL_DOMAIN,
    ),
    "HIST-14": ThreeCases(
        fraud=_mills("The ATLANTIS University", "Lemuria College"),
        honest={
            "a name that only resembles": _mills("Atlantis International University"),
            "a recognised school of the same name": _mills(
                "Atlantis University", schools=(Institution(name="Atlantis University"),)
            ),
        },
        unknown=a_case(history(course("2008", "2011", at="Atlantis University"))),
        lacking=Fact.DIPLOMA_MILL_LIST,
    ),
    "HIST-15": ThreeCases(
        fraud=_abroad(),
        honest={
            "study from afar": _abroad({"remote": True}),
            "work from afar": _abroad(job={"remote": True}),
            "a part-time course": _abroad({"fullTime": False}),
            "one country": _abroad(job={"countryCode": "SE"}),
            "a final year beside the first job": _abroad(job={"startDate": "2017-08"}),
        },
        unknown=_abroad({"countryCode": None}),
        lacking=Fact.ADDRESS,
    ),
}
