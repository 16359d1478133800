"""Which facts the product learns of a candidate, and which rules wait for the others.

A rule says itself what it lacks. Asked of somebody who told everything, and of whom nothing else is
known, that is what it needs beyond the claims.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum

from models.circumstances import Circumstances, DeviceSeen, FacePair
from models.context import Context
from models.history import Claims
from models.outside import Answer, Company, Outcome, Outside
from models.rule import Fact
from models.stage import Stage
from models.surroundings import Dispatch
from verifiers.case import Case
from verifiers.judging import judge
from verifiers.rule import Rule


class Supply(StrEnum):
    """Where a fact comes from, the nearest first."""

    TODAY = "today"
    """From the candidate, a document, or a list that comes with the product."""
    SOURCES = "sources"
    """From public sources or lists, once the operator names or fetches them."""
    COMPANY = "company"
    """From the company's own systems, where they tell what they see."""
    PROVIDER = "provider"
    """From a provider, or from others, whom the operator asks."""
    ELSEWHERE = "other checks"
    """Other checks judge it; told here as well, one fact would count as two kinds of evidence."""
    LATER = "ready"
    """From evidence that the product does not take yet."""


SUPPLY: Mapping[Fact, Supply] = {
    Fact.DATES: Supply.TODAY,
    Fact.BIRTH_DATE: Supply.TODAY,
    Fact.HOURS: Supply.TODAY,
    Fact.COMPANY_REGISTRY: Supply.SOURCES,
    Fact.DOMAIN_REGISTRATION: Supply.SOURCES,
    Fact.OFFICIAL_DOMAIN: Supply.SOURCES,
    Fact.MAIL_SERVERS: Supply.SOURCES,
    Fact.INSTITUTION: Supply.SOURCES,
    Fact.DIPLOMA_MILL_LIST: Supply.LATER,
    Fact.CERTIFICATE_ISSUER: Supply.PROVIDER,
    Fact.EMPLOYER_CONFIRMATION: Supply.PROVIDER,
    Fact.REFERENCE_ANSWER: Supply.LATER,
    Fact.GITHUB: Supply.SOURCES,
    Fact.COMMITS: Supply.SOURCES,
    Fact.ACCOUNT_CONTROL: Supply.SOURCES,
    Fact.LINE_TYPE: Supply.PROVIDER,
    Fact.DISPOSABLE_LIST: Supply.SOURCES,
    Fact.NAMES: Supply.TODAY,
    Fact.ADDRESS: Supply.TODAY,
    Fact.DOCUMENT_DATES: Supply.TODAY,
    Fact.FACES: Supply.ELSEWHERE,
    Fact.SESSIONS: Supply.COMPANY,
    Fact.TIME_ZONE: Supply.COMPANY,
    Fact.SHIPMENT: Supply.COMPANY,
    Fact.DEVICE: Supply.COMPANY,
    Fact.INVENTORY: Supply.COMPANY,
    Fact.BANK: Supply.COMPANY,
    Fact.WORK_COUNTRY: Supply.COMPANY,
    Fact.AVAILABILITY: Supply.TODAY,
    Fact.OTHER_CANDIDATES: Supply.TODAY,
    Fact.SCREENING_LISTS: Supply.SOURCES,
    Fact.TECHNOLOGY: Supply.TODAY,
}

_YEARS = {"startDate": "2018-01", "endDate": "2021-06"}
_HOME = {"address": "1 Example Street", "city": "Exampletown", "countryCode": "US"}
_TOLD_IN_FULL = Claims.model_validate(
    {
        "basics": {
            "name": "Anna Example",
            "email": "anna@example.net",
            "phone": "+1 202 555 0100",
            "url": "https://example.net",
            "location": _HOME,
            "profiles": [
                {
                    "network": "GitHub",
                    "username": "anna-example",
                    "url": "https://github.com/anna-example",
                },
                {"network": "portfolio", "url": "https://example.net"},
            ],
        },
        "identity": {"fullName": "Anna Example", "birthDate": "1990-06-01"},
        "work": [
            {
                "name": "Example Works",
                "position": "Engineer",
                "url": "https://example.com",
                "fullTime": True,
                "remote": False,
                "countryCode": "US",
                "technologies": ["Python"],
                **_YEARS,
            }
        ],
        "education": [
            {
                "institution": "University of Example",
                "studyType": "Bachelor",
                "url": "https://example.edu",
                "contactEmail": "registrar@example.edu",
                "countryCode": "US",
                "startDate": "2010-09",
                "endDate": "2014-06",
            }
        ],
        "skills": [{"name": "Python", "years": 5}],
        "certificates": [
            {"name": "Example Certified", "issuer": "Example", "date": "2020-05", "id": "EX-1"}
        ],
        "references": [
            {
                "name": "Jo Sample",
                "employer": "Example Works",
                "email": "jo@example.com",
                "phone": "+1 202 555 0101",
            }
        ],
        "addresses": [{**_HOME, "startDate": "2015"}],
        "phones": [{"number": "+1 202 555 0100"}],
        "emails": [{"address": "anna@example.net"}],
        "shipTo": [_HOME],
        "payout": [{"holder": "Anna Example", "iban": "DE89370400440532013000"}],
        "availability": {"slots": ["2026-03-10T15:00:00Z"] * 20},
    }
)
_TODAY = datetime(2026, 3, 15, tzinfo=UTC)
_NO_ANSWER: Answer[tuple[Company, ...]] = Answer(
    source="a registry",
    question="Example Works",
    outcome=Outcome.UNKNOWN,
    why="did not answer",
    fetched_at=_TODAY,
)
_NOTHING_ELSE_KNOWN = Case(
    _TOLD_IN_FULL,
    Context(stage=Stage.ONBOARDING, today=_TODAY.date()),
    outside=Outside(companies=(_NO_ANSWER,)),
    seen=Circumstances(
        device=DeviceSeen(first_seen_at=_TODAY),
        dispatches=(Dispatch(serial="EX-1", delivered_on=date(2026, 1, 15)),),
        face_pairs=(FacePair(one="the interview", other="day one", same=None),),
    ),
)
"""Where there is nothing to judge nothing lacks: so a registry did not answer, nobody knows where
a device is or what became of one that was sent, and a face could not be judged.
"""


def facts_needed(rule: Rule) -> tuple[Fact, ...]:
    """What a rule lacks where a candidate told everything and nobody else was asked."""
    return judge([rule], _NOTHING_ELSE_KNOWN).rules[0].lacking


def supply_of(rule: Rule) -> Supply:
    """Where the farthest of the facts comes from that a rule needs."""
    needed = [SUPPLY[fact] for fact in facts_needed(rule)]
    return max(needed, key=list(Supply).index, default=Supply.TODAY)


def awaited(rule: Rule) -> tuple[Fact, ...]:
    """Of what a rule needs, what the product does not learn yet."""
    return tuple(fact for fact in facts_needed(rule) if SUPPLY[fact] is Supply.LATER)
