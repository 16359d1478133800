"""Claims of every kind, drafts of them, and what candidates answer, drawn at random."""

from datetime import UTC, date
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.answer import CandidateAnswer
from models.claimed_date import ClaimedDate
from models.claimed_part import Asserted, Claimed, Period, ResumePart, Where
from models.contact_claims import (
    Account,
    Address,
    AddressKind,
    Availability,
    Email,
    Payout,
    Phone,
    PostalAddress,
    Reference,
    ShipTo,
)
from models.draft_claims import Draft, FieldRead, ReadLine, Unsure
from models.history import (
    Basics,
    Certificate,
    Claims,
    Education,
    Identity,
    Skill,
    Work,
)
from models.rule import Fact, RuleJudged, RuleOutcome

_TEXT = st.text(max_size=20)
_WORDS = st.text(min_size=1, max_size=20)
_YES_OR_NO = st.none() | st.booleans()
_COUNTRY = st.none() | st.sampled_from(("DE", "KR", "US"))
_COUNT = st.integers(1, 100)


def _several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def _texts(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, st.none() | _TEXT)


CLAIMED_DATE = st.builds(
    lambda day, size: ClaimedDate.parse(day.isoformat()[:size]),
    st.dates(),
    st.sampled_from((4, 7, 10)),
)
_ASSERTED = st.builds(Asserted, where=st.sampled_from(Where), at=st.none() | st.dates())
_SAID: dict[str, Any] = {"asserted": st.none() | _ASSERTED}
_PERIOD: dict[str, Any] = {
    **_SAID,
    "start": st.none() | CLAIMED_DATE,
    "end": st.none() | CLAIMED_DATE,
}
_POST: dict[str, Any] = {
    **_SAID,
    **_texts("address", "postal_code", "city", "region"),
    "country_code": _COUNTRY,
}

WORK = st.builds(
    Work,
    **_PERIOD,
    **_texts("name", "position", "location", "url", "summary"),
    full_time=_YES_OR_NO,
    remote=_YES_OR_NO,
    country_code=_COUNTRY,
    technologies=_several(_TEXT),
)
EDUCATION = st.builds(
    Education,
    **_PERIOD,
    **_texts("institution", "area", "study_type", "url", "contact_email"),
    full_time=_YES_OR_NO,
    remote=_YES_OR_NO,
    country_code=_COUNTRY,
)
SKILL = st.builds(
    Skill,
    **_SAID,
    **_texts("name", "level"),
    keywords=_several(_TEXT),
    years=st.none() | st.floats(0, 80),
)
CERTIFICATE = st.builds(
    Certificate, **_SAID, **_texts("name", "issuer", "url", "id"), date=st.none() | CLAIMED_DATE
)
POSTAL_ADDRESS = st.builds(PostalAddress, **_POST)
ADDRESS = st.builds(Address, **_POST | _PERIOD, kind=st.sampled_from(AddressKind))
PHONE = st.builds(Phone, **_SAID, number=st.text("+0123456789 ", min_size=3, max_size=40))
EMAIL = st.builds(Email, **_SAID, address=st.sampled_from(("jo@example.org", "한@example.kr")))
ACCOUNT = st.builds(Account, **_SAID, **_texts("network", "username", "url"))
REFERENCE = st.builds(
    Reference, **_SAID, **_texts("name", "employer", "relation", "email", "phone", "reference")
)
SHIP_TO = st.builds(ShipTo, **_POST, moved=_YES_OR_NO, protected=_YES_OR_NO)
PAYOUT = st.builds(
    Payout,
    **_SAID,
    **_texts("holder", "wallet"),
    iban=st.none() | st.text("DE0123456789 ", max_size=42),
    country_code=_COUNTRY,
)
AVAILABILITY = st.builds(
    Availability, **_SAID, slots=_several(st.datetimes(timezones=st.just(UTC)))
)
BASICS = st.builds(
    Basics,
    **_texts("name", "label", "email", "phone", "url"),
    location=st.none() | POSTAL_ADDRESS,
    profiles=_several(ACCOUNT),
)
IDENTITY = st.builds(
    Identity,
    **_texts("full_name", "document_number", "preferred_name"),
    birth_date=st.none() | st.dates(date(1900, 1, 1)),
    former_names=_several(_TEXT),
)
CLAIMS = st.builds(
    Claims,
    basics=BASICS,
    identity=IDENTITY,
    work=_several(WORK),
    education=_several(EDUCATION),
    skills=_several(SKILL),
    certificates=_several(CERTIFICATE),
    references=_several(REFERENCE),
    addresses=_several(ADDRESS),
    phones=_several(PHONE),
    emails=_several(EMAIL),
    accounts=_several(ACCOUNT),
    ship_to=_several(SHIP_TO),
    payout=_several(PAYOUT),
    availability=st.none() | AVAILABILITY,
)
ANSWER = st.builds(
    CandidateAnswer,
    code=st.just("history.overlapping_full_time"),
    text=st.text("Aß é-.7\n", min_size=1, max_size=20).filter(str.strip),
    answered_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)
_LINE = st.builds(ReadLine, page=_COUNT, line=_COUNT, text=_TEXT)
_FIELD_READ = st.builds(FieldRead, field=_WORDS, value=st.none() | _TEXT, at=_LINE)
_UNSURE = st.builds(Unsure, note=_WORDS, at=st.none() | _LINE)
RULE_JUDGED = st.builds(
    RuleJudged,
    rule=st.just("HIST-07"),
    version=_COUNT,
    outcome=st.sampled_from(RuleOutcome),
    lacking=_several(st.sampled_from(Fact)),
)

HISTORY_STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    ClaimedDate: CLAIMED_DATE,
    Asserted: _ASSERTED,
    ResumePart: st.builds(ResumePart),
    Claimed: st.builds(Claimed, **_SAID),
    Period: st.builds(Period, **_PERIOD),
    Work: WORK,
    Education: EDUCATION,
    Skill: SKILL,
    Certificate: CERTIFICATE,
    PostalAddress: POSTAL_ADDRESS,
    Address: ADDRESS,
    Phone: PHONE,
    Email: EMAIL,
    Account: ACCOUNT,
    Reference: REFERENCE,
    ShipTo: SHIP_TO,
    Payout: PAYOUT,
    Availability: AVAILABILITY,
    Basics: BASICS,
    Identity: IDENTITY,
    Claims: CLAIMS,
    CandidateAnswer: ANSWER,
    ReadLine: _LINE,
    FieldRead: _FIELD_READ,
    Unsure: _UNSURE,
    Draft: st.builds(
        Draft,
        claims=CLAIMS,
        read=_several(_FIELD_READ),
        unsure=_several(_UNSURE),
        unread_lines=_several(_LINE),
        warnings=_several(_TEXT),
        text=_several(_LINE),
    ),
    RuleJudged: RULE_JUDGED,
}
