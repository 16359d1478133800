"""What a company tells of a candidate, what ties candidates, what lists say: drawn at random."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.circumstances import ListedKind
from models.link import (
    Edge,
    Held,
    Holder,
    Hub,
    Identifier,
    Link,
    LinkKind,
    Neighbourhood,
    Tie,
)
from models.sanctions import (
    BirthSpan,
    Hit,
    ListedDocument,
    ListedName,
    ListEntry,
    NameQuality,
    Party,
    SanctionsList,
)
from models.surroundings import (
    AddressChange,
    BankAccount,
    Camera,
    Dispatch,
    Display,
    Inventory,
    Payroll,
    Software,
    Surroundings,
    UsbDevice,
    Visit,
)
from tests.models.history_drawn import POSTAL_ADDRESS

_TEXT = st.text(max_size=20)
_WORDS = st.text(min_size=1, max_size=20)
_LINE = st.text("Aß é-.7", min_size=1, max_size=20).filter(str.strip)
_LINE_OR_NONE = st.none() | _LINE
_YES_OR_NO = st.none() | st.booleans()
_COUNTRY = st.none() | st.sampled_from(("DE", "KR", "US"))
_DATE = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_DAY = st.none() | _DATE
_MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))
_IP = st.ip_addresses().map(str)
_SHARE = st.floats(0, 1)
_AMOUNT = st.floats(0, 1e6)


def _several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=1, max_size=2).map(tuple)


_VISIT = st.builds(Visit, at=_MOMENT, ip=_IP, time_zone=_LINE_OR_NONE, device=_LINE_OR_NONE)
_SOFTWARE = st.builds(
    Software, name=_LINE, file=_LINE_OR_NONE, publisher=_LINE_OR_NONE, version=_LINE_OR_NONE
)
_USB_ID = st.integers(0, 0xFFFF).map("{:04x}".format)
_USB = st.builds(
    UsbDevice,
    vendor_id=_USB_ID,
    product_id=_USB_ID,
    vendor=_LINE_OR_NONE,
    product=_LINE_OR_NONE,
    serial=_LINE_OR_NONE,
)
_DISPLAY = st.builds(
    Display,
    manufacturer=st.none() | st.sampled_from(("DEL", "LNX")),
    product_code=st.none() | st.integers(0, 0xFFFF),
    name=_LINE_OR_NONE,
    serial=_LINE_OR_NONE,
)
_CAMERA = st.builds(Camera, name=_LINE, model=_LINE_OR_NONE)
INVENTORY = st.builds(
    Inventory,
    source=_LINE,
    reported_at=_MOMENT,
    exported_at=st.none() | _MOMENT,
    first_seen_at=st.none() | _MOMENT,
    ip=st.none() | _IP,
    vendor=_LINE_OR_NONE,
    model=_LINE_OR_NONE,
    serial=_LINE_OR_NONE,
    uuid=_LINE_OR_NONE,
    mac_addresses=_several(_LINE),
    virtual=_YES_OR_NO,
    software=st.none() | _several(_SOFTWARE),
    usb=st.none() | _several(_USB),
    displays=st.none() | _several(_DISPLAY),
    cameras=st.none() | _several(_CAMERA),
)
_CHANGE = st.builds(
    AddressChange,
    on=_DAY,
    to=st.none() | POSTAL_ADDRESS,
    replaced=st.none() | POSTAL_ADDRESS,
)
DISPATCH = st.builds(
    Dispatch,
    to=st.none() | POSTAL_ADDRESS,
    serial=_LINE_OR_NONE,
    dispatched_on=_DAY,
    delivered_on=_DAY,
    changes=_several(_CHANGE),
    mail_drop=_YES_OR_NO,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
)
_IBAN = st.none() | st.text("DE0123456789 ", max_size=42)
_BANK_ACCOUNT = st.builds(BankAccount, iban=_IBAN, account=_LINE_OR_NONE, country_code=_COUNTRY)
_PAYROLL = st.builds(
    Payroll,
    holder=_LINE_OR_NONE,
    iban=_IBAN,
    account=_LINE_OR_NONE,
    country_code=_COUNTRY,
    holder_matches=_YES_OR_NO,
    changed_on=_several(_DATE),
    earlier_accounts=_several(_BANK_ACCOUNT),
    started_on=_DAY,
    region=_LINE_OR_NONE,
)
SURROUNDINGS = st.builds(
    Surroundings,
    visits=_several(_VISIT),
    inventories=_several(INVENTORY),
    dispatches=_several(DISPATCH),
    payroll=st.none() | _PAYROLL,
    work_country=_COUNTRY,
    allowed_tools=_several(_LINE),
    own_networks=_several(_LINE),
    own_places=_several(POSTAL_ADDRESS),
    shares_home=_YES_OR_NO,
    referred_by=_LINE_OR_NONE,
)

_KIND = st.sampled_from(LinkKind)
_IDENTIFIER = st.builds(Identifier, kind=_KIND, canonical=_WORDS, masked=_WORDS)
_HOLDER = st.builds(Holder, person=_WORDS, case=_WORDS)
_HELD = st.builds(
    Held,
    identifier=_IDENTIFIER,
    holders=_several(_HOLDER),
    people=st.integers(0, 500),
    similarity=st.none() | _SHARE,
)
_TIE = st.builds(
    Tie,
    kind=_KIND,
    masked=_WORDS,
    people=st.integers(1, 500),
    weight=_AMOUNT,
    damped_as=st.none() | st.sampled_from(Hub),
    similarity=st.none() | _SHARE,
    innocent_explanation=_WORDS,
)
_LINK = st.builds(Link, other=_HOLDER, ties=_some(_TIE), weight=_AMOUNT)
_EDGE = st.builds(Edge, one=_WORDS, other=_WORDS, ties=_several(_TIE), weight=_AMOUNT)
_NEIGHBOURHOOD = st.builds(
    Neighbourhood,
    centre=_WORDS,
    people=_several(_HOLDER),
    edges=_several(_EDGE),
    cut_off=st.booleans(),
)

_LISTED_KIND = st.sampled_from(ListedKind)
_NAME = st.builds(ListedName, text=_WORDS, quality=st.sampled_from(NameQuality))
_BIRTH = st.builds(BirthSpan, earliest=st.dates(date(1900, 1, 1)), latest=st.dates())
_LISTED_DOCUMENT = st.builds(
    ListedDocument, number=_WORDS, kind=st.none() | _TEXT, country_code=_COUNTRY
)
_ENTRY = st.builds(
    ListEntry,
    list_name=_TEXT,
    id=_TEXT,
    kind=_LISTED_KIND,
    names=_some(_NAME),
    births=_several(_BIRTH),
    documents=_several(_LISTED_DOCUMENT),
    emails=_several(_TEXT),
    wallets=_several(_TEXT),
    phones=_several(_TEXT),
    domains=_several(_TEXT),
    addresses=_several(_TEXT),
    country_codes=_several(_TEXT),
    programmes=_several(_TEXT),
    remarks=st.none() | _TEXT,
    listed_on=_DAY,
)
_SANCTIONS_LIST = st.builds(
    SanctionsList,
    name=_TEXT,
    published_on=_DAY,
    fetched_at=st.none() | _MOMENT,
    entries=_several(_ENTRY),
)
_PARTY = st.builds(
    Party,
    kind=_LISTED_KIND,
    role=_TEXT,
    names=_several(_TEXT),
    birth_date=_DAY,
    document_numbers=_several(_TEXT),
    emails=_several(_TEXT),
    phones=_several(_TEXT),
    wallets=_several(_TEXT),
    domains=_several(_TEXT),
    registration_numbers=_several(_TEXT),
)
_HIT = st.builds(
    Hit,
    party=_PARTY,
    entry=_ENTRY,
    matched_name=_TEXT,
    score=_SHARE,
    explanation=_TEXT,
    agrees_in=_some(_TEXT),
    list_published_on=_DAY,
    list_fetched_at=st.none() | _MOMENT,
)

SURROUNDINGS_STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    Visit: _VISIT,
    Software: _SOFTWARE,
    UsbDevice: _USB,
    Display: _DISPLAY,
    Camera: _CAMERA,
    Inventory: INVENTORY,
    AddressChange: _CHANGE,
    Dispatch: DISPATCH,
    BankAccount: _BANK_ACCOUNT,
    Payroll: _PAYROLL,
    Surroundings: SURROUNDINGS,
    Identifier: _IDENTIFIER,
    Holder: _HOLDER,
    Held: _HELD,
    Tie: _TIE,
    Link: _LINK,
    Edge: _EDGE,
    Neighbourhood: _NEIGHBOURHOOD,
    ListedName: _NAME,
    BirthSpan: _BIRTH,
    ListedDocument: _LISTED_DOCUMENT,
    ListEntry: _ENTRY,
    SanctionsList: _SANCTIONS_LIST,
    Party: _PARTY,
    Hit: _HIT,
}
