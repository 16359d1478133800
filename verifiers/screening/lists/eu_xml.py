"""The EU's consolidated list as XML: the Financial Sanctions Database's export, schema 1.1."""

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from models.circumstances import ListedKind
from models.sanctions import BirthSpan, NameQuality, SanctionsList
from verifiers.screening.lists.birth_dates import births_in, span
from verifiers.screening.lists.drafts import Draft, day
from verifiers.screening.lists.xml import records, root_of, said

ROOT = "export"
_NAME = "EU"
_KINDS = {"person": ListedKind.PERSON, "enterprise": ListedKind.ENTITY}
_PLACE = ("street", "poBox", "zipCode", "city", "region", "place", "countryDescription")
_NO_REGISTRATIONS = {"swiftbic"}
"""Kinds of numbers that are of a bank, and so of all who bank there."""


def read(path: Path, fetched_at: datetime | None) -> SanctionsList:
    """The list in a file."""
    entries = []
    for record in records(path, {"sanctionEntity"}):
        subject = record.find("subjectType")
        kind = _KINDS.get(subject.get("code", "").lower()) if subject is not None else None
        if kind and (entry := _draft(record, kind).entry(_NAME)):
            entries.append(entry)
    published = day(root_of(path).get("generationDate"))
    return SanctionsList(
        name=_NAME, published_on=published, fetched_at=fetched_at, entries=tuple(entries)
    )


def _draft(record: Element, kind: ListedKind) -> Draft:
    draft = Draft(record.get("euReferenceNumber") or record.get("logicalId") or "", kind)
    _add_names(record, draft)
    for birth in record.findall("birthdate"):
        draft.births.extend(_births(birth))
    for document in record.findall("identification"):
        code = document.get("identificationTypeCode", "")
        described = document.get("identificationTypeDescription") or code
        number = document.get("number") or document.get("latinNumber")
        if code not in _NO_REGISTRATIONS:
            draft.add_document(number, described, document.get("countryIso2Code"))
    for address in record.findall("address"):
        parts = [part for name in _PLACE if (part := address.get(name, "").strip())]
        draft.addresses.extend([", ".join(parts)] if parts else [])
        draft.add_country(address.get("countryIso2Code"))
    for contact in record.iter("contactInfo"):
        _add_contact(contact.get("key", "").upper(), contact.get("value", ""), draft)
    for citizenship in record.findall("citizenship"):
        draft.add_country(citizenship.get("countryIso2Code"))
    for regulation in record.findall("regulation"):
        draft.programmes.extend(filter(None, [regulation.get("programme")]))
        draft.listed_on = draft.listed_on or day(regulation.get("publicationDate"))
    for remark in record.iter("remark"):
        draft.add_remark(said(remark))
    draft.add_remark(record.get("designationDetails"))
    return draft


def _add_names(record: Element, draft: Draft) -> None:
    """No name is marked as the primary one: the first strong one is taken for it."""
    primary = NameQuality.PRIMARY
    for alias in record.findall("nameAlias"):
        parts = (alias.get(name, "") for name in ("firstName", "middleName", "lastName"))
        name = alias.get("wholeName") or " ".join(filter(None, parts))
        if alias.get("strong", "true").lower() == "false":
            draft.add_name(name, NameQuality.WEAK)
        elif name.strip():
            draft.add_name(name, primary)
            primary = NameQuality.STRONG
        draft.add_remark(alias.get("function"))


def _births(birth: Element) -> tuple[BirthSpan, ...]:
    if birth.get("calendarType", "GREGORIAN").upper() != "GREGORIAN":
        return ()
    about = birth.get("circa", "").lower() == "true"
    text = birth.get("birthdate", "")
    if found := births_in(f"circa {text}" if about else text):
        return found
    year, month, first, last = (
        int(text) if (text := birth.get(name, "")).isdecimal() and int(text) else None
        for name in ("year", "monthOfYear", "yearRangeFrom", "yearRangeTo")
    )
    born = None
    if first and last:
        born = span((first, None, None), (last, None, None), about=about)
    elif year:
        born = span((year, month, None), (year, month, None), about=about)
    return (born,) if born else ()


def _add_contact(key: str, value: str, draft: Draft) -> None:
    if key == "EMAIL":
        draft.add_emails(value)
    elif key == "WEB":
        draft.add_website(value)
    elif key in {"PHONE", "FAX"} and value.strip():
        draft.phones.append(value.strip())
