"""What sources outside say, and what a company sees by itself, drawn at random."""

from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.circumstances import (
    BankAccountSeen,
    Circumstances,
    DeviceSeen,
    DocumentDates,
    FacePair,
    Listed,
    ListedKind,
    ReferenceAnswer,
    Session,
    Shared,
    SharedKind,
    Shipment,
)
from models.outside import (
    Answer,
    Author,
    CertificateStatus,
    CommitTimes,
    Company,
    Confirmation,
    DomainRegistration,
    EmailDomain,
    EmploymentConfirmation,
    GithubAccount,
    Institution,
    LineKind,
    LineType,
    MailServers,
    OffsetCount,
    Outcome,
    Outside,
    Repository,
)
from models.stage import Stage
from tests.models.history_drawn import POSTAL_ADDRESS
from tests.models.surroundings_drawn import DISPATCH, INVENTORY

_TEXT = st.text(max_size=20)
_WORDS = st.text(min_size=1, max_size=20)
_YES_OR_NO = st.none() | st.booleans()
_COUNTRY = st.none() | st.sampled_from(("DE", "KR", "US"))
_COUNT = st.integers(1, 100)
_DAY = st.none() | st.dates()
_YEAR = st.none() | st.integers(1, 9999)
_MOMENT = st.datetimes(timezones=st.just(UTC))
_ZONE = st.none() | st.sampled_from(("Europe/Berlin", "Asia/Seoul"))
_PLACE: dict[str, Any] = {
    "latitude": st.none() | st.floats(-90, 90),
    "longitude": st.none() | st.floats(-180, 180),
}


def _several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


@st.composite
def answers(draw: st.DrawFn, model: Any, value: st.SearchStrategy[Any]) -> Any:
    """An answer with a value where one was found, and a reason where none is known."""
    outcome = draw(st.sampled_from(Outcome))
    return model(
        source=draw(_WORDS),
        question=draw(_WORDS),
        outcome=outcome,
        value=draw(value) if outcome is Outcome.FOUND else None,
        why=draw(_WORDS) if outcome is Outcome.UNKNOWN else None,
        fetched_at=draw(_MOMENT),
    )


_DOMAIN = st.builds(DomainRegistration, domain=_WORDS, registered_on=_DAY, status=_several(_TEXT))
_MAIL = st.builds(MailServers, domain=_WORDS, hosts=_several(_TEXT))
_EMAIL_DOMAIN = st.builds(EmailDomain, domain=_WORDS, disposable=st.booleans())
_COMPANY = st.builds(
    Company,
    name=_WORDS,
    number=_WORDS,
    country_code=_COUNTRY,
    created_on=_DAY,
    dissolved_on=_DAY,
    former_names=_several(_TEXT),
    successors=_several(_TEXT),
    domains=_several(_TEXT),
)
_INSTITUTION = st.builds(
    Institution,
    name=_WORDS,
    other_names=_several(_TEXT),
    country_code=_COUNTRY,
    domains=_several(_TEXT),
    established=_YEAR,
    active=st.booleans(),
    closed=_YEAR,
    successors=_several(_TEXT),
)
_AUTHOR = st.builds(Author, name=_WORDS, email=_WORDS, commits=_COUNT)
_REPOSITORY = st.builds(
    Repository,
    name=_WORDS,
    fork=st.booleans(),
    created_on=st.dates(),
    first_authored_on=_DAY,
    authors=_several(_AUTHOR),
    same_tree_elsewhere=_several(_TEXT),
)
_GITHUB = st.builds(
    GithubAccount,
    login=_WORDS,
    id=_COUNT,
    created_on=st.dates(),
    name=st.none() | _TEXT,
    public_email=st.none() | _TEXT,
    repositories=_several(_REPOSITORY),
    proven=_YES_OR_NO,
)
_OFFSET = st.builds(
    OffsetCount, year=st.integers(1970, 2100), offset_minutes=st.integers(-840, 840), commits=_COUNT
)
_COMMITS = st.builds(CommitTimes, repository=_WORDS, offsets=_several(_OFFSET))
_LINE_TYPE = st.builds(LineType, kind=st.sampled_from(LineKind), carrier=st.none() | _TEXT)
_EMPLOYMENT = st.builds(
    EmploymentConfirmation,
    employer=_WORDS,
    confirmation=st.sampled_from(Confirmation),
    independent=st.booleans(),
)
_STATUS = st.sampled_from(CertificateStatus)
OUTSIDE = st.builds(
    Outside,
    domains=_several(answers(Answer[DomainRegistration], _DOMAIN)),
    mail=_several(answers(Answer[MailServers], _MAIL)),
    email_domains=_several(answers(Answer[EmailDomain], _EMAIL_DOMAIN)),
    companies=_several(answers(Answer[tuple[Company, ...]], _several(_COMPANY))),
    institutions=_several(answers(Answer[tuple[Institution, ...]], _several(_INSTITUTION))),
    github=_several(answers(Answer[GithubAccount], _GITHUB)),
    commits=_several(answers(Answer[CommitTimes], _COMMITS)),
    line_types=_several(answers(Answer[LineType], _LINE_TYPE)),
    employments=_several(answers(Answer[EmploymentConfirmation], _EMPLOYMENT)),
    certificates=_several(answers(Answer[CertificateStatus], _STATUS)),
)

_SESSION = st.builds(
    Session,
    at=_MOMENT,
    country_code=_COUNTRY,
    **_PLACE,
    anonymous=_YES_OR_NO,
    hidden_by=st.none() | _TEXT,
    relay=st.booleans(),
    watched=_YES_OR_NO,
    time_zone=_ZONE,
)
_DEVICE = st.builds(
    DeviceSeen, first_seen_at=_MOMENT, **_PLACE, anonymous=_YES_OR_NO, country_code=_COUNTRY
)
_SHIPMENT = st.builds(
    Shipment,
    dispatched_on=_DAY,
    address_changed_on=_several(st.dates()),
    **_PLACE,
    mail_drop=_YES_OR_NO,
    to=st.none() | POSTAL_ADDRESS,
)
_BANK = st.builds(
    BankAccountSeen,
    holder_matches=_YES_OR_NO,
    changed_on=_several(st.dates()),
    started_on=_DAY,
    holder=st.none() | _TEXT,
    country_code=_COUNTRY,
)
_REFERENCE_ANSWER = st.builds(
    ReferenceAnswer,
    reference=st.integers(0, 50),
    seconds=st.none() | st.floats(0, 1e6),
    from_candidates_network=_YES_OR_NO,
    from_candidates_device=_YES_OR_NO,
)
_SHARED = st.builds(
    Shared,
    kind=st.sampled_from(SharedKind),
    others=st.integers(0, 100),
    similarity=st.none() | st.floats(0, 1),
    household_declared=st.booleans(),
    same_employer=st.booleans(),
    confirmed_fraud=st.booleans(),
)
_LISTED = st.builds(
    Listed,
    kind=st.sampled_from(ListedKind),
    role=_WORDS,
    list_name=_WORDS,
    entry=_WORDS,
    agrees_in=_several(_WORDS),
)
_DOCUMENT_DATES = st.builds(DocumentDates, issued_on=_DAY, expires_on=_DAY, first_used_on=_DAY)
_FACE_PAIR = st.builds(FacePair, one=_WORDS, other=_WORDS, same=_YES_OR_NO)
CIRCUMSTANCES = st.builds(
    Circumstances,
    stage=st.none() | st.sampled_from(Stage),
    sessions=_several(_SESSION),
    residence_time_zone=_ZONE,
    work_country=_COUNTRY,
    payroll_region=st.none() | _TEXT,
    id_address=st.none() | POSTAL_ADDRESS,
    shipment=st.none() | _SHIPMENT,
    device=st.none() | _DEVICE,
    inventories=_several(INVENTORY),
    dispatches=_several(DISPATCH),
    allowed_tools=_several(_TEXT),
    bank=st.none() | _BANK,
    reference_answers=_several(_REFERENCE_ANSWER),
    shared=st.none() | _several(_SHARED),
    listed=st.none() | _several(_LISTED),
    documents=_several(_DOCUMENT_DATES),
    face_pairs=_several(_FACE_PAIR),
    names_seen=_several(st.tuples(_TEXT, _WORDS)),
    official_domains=_several(st.tuples(_TEXT, _TEXT)),
    diploma_mills=st.none() | _several(_TEXT),
)

OUTSIDE_STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    Answer: answers(Answer, _WORDS),
    DomainRegistration: _DOMAIN,
    MailServers: _MAIL,
    EmailDomain: _EMAIL_DOMAIN,
    Company: _COMPANY,
    Institution: _INSTITUTION,
    Author: _AUTHOR,
    Repository: _REPOSITORY,
    GithubAccount: _GITHUB,
    OffsetCount: _OFFSET,
    CommitTimes: _COMMITS,
    LineType: _LINE_TYPE,
    EmploymentConfirmation: _EMPLOYMENT,
    Outside: OUTSIDE,
    Session: _SESSION,
    DeviceSeen: _DEVICE,
    Shipment: _SHIPMENT,
    BankAccountSeen: _BANK,
    ReferenceAnswer: _REFERENCE_ANSWER,
    Shared: _SHARED,
    Listed: _LISTED,
    DocumentDates: _DOCUMENT_DATES,
    FacePair: _FACE_PAIR,
    Circumstances: CIRCUMSTANCES,
}
