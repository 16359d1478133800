"""The consolidated list of the UN Security Council, as XML (https://scsanctions.un.org)."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from models.circumstances import ListedKind
from models.sanctions import BirthSpan, NameQuality, SanctionsList
from verifiers.screening.lists.birth_dates import births_in, span
from verifiers.screening.lists.drafts import Draft, day, one_line
from verifiers.screening.lists.xml import records, root_of, said, texts

ROOT = "CONSOLIDATED_LIST"
_NAME = "UN Security Council"
_KINDS = {"INDIVIDUAL": ListedKind.PERSON, "ENTITY": ListedKind.ENTITY}
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_NO_NAME = {"", "na", "n/a", "nil", "none"}
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


def read(path: Path, fetched_at: datetime | None) -> SanctionsList:
    """The list in a file."""
    drafts = (_draft(record) for record in records(path, set(_KINDS)))
    entries = tuple(entry for draft in drafts if (entry := draft.entry(_NAME)))
    published = day(root_of(path).get("dateGenerated"))
    return SanctionsList(name=_NAME, published_on=published, fetched_at=fetched_at, entries=entries)


def _draft(record: Element) -> Draft:
    draft = Draft(said(record, "REFERENCE_NUMBER") or said(record, "DATAID"), _KINDS[record.tag])
    draft.add_name(" ".join(said(record, part) for part in _NAME_PARTS), NameQuality.PRIMARY)
    draft.add_name(said(record, "NAME_ORIGINAL_SCRIPT"), NameQuality.PRIMARY)
    for alias in record.findall(f"{record.tag}_ALIAS"):
        _add_alias(alias, draft)
    for birth in record.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.births.extend(_births(birth))
    for document in record.findall("INDIVIDUAL_DOCUMENT"):
        kind = said(document, "TYPE_OF_DOCUMENT") or said(document, "TYPE_OF_DOCUMENT2")
        country = said(document, "ISSUING_COUNTRY") or said(document, "COUNTRY_OF_ISSUE")
        draft.add_document(said(document, "NUMBER"), kind, country)
    for address in record.findall(f"{record.tag}_ADDRESS"):
        parts = [text for part in _PLACE if (text := said(address, part))]
        draft.addresses.extend([", ".join(parts)] if parts else [])
        draft.add_country(said(address, "COUNTRY"))
    for country in texts(record, "NATIONALITY/VALUE"):
        draft.add_country(country)
    draft.programmes.extend(texts(record, "UN_LIST_TYPE"))
    _add_remarks(record, draft)
    draft.listed_on = day(said(record, "LISTED_ON"))
    return draft


def _add_alias(alias: Element, draft: Draft) -> None:
    quality = NameQuality.WEAK if said(alias, "QUALITY") == "Low" else NameQuality.STRONG
    name = said(alias, "ALIAS_NAME")
    if name.casefold() not in _NO_NAME:
        draft.add_name(name, quality)
    draft.births.extend(births_in(said(alias, "DATE_OF_BIRTH")))


def _births(birth: Element) -> Iterable[BirthSpan]:
    about = said(birth, "TYPE_OF_DATE") == "APPROXIMATELY"
    first, last = said(birth, "FROM_YEAR"), said(birth, "TO_YEAR")
    if first.isdecimal() and last.isdecimal():
        between = span((int(first), None, None), (int(last), None, None), about=about)
        return (between,) if between else ()
    text = said(birth, "DATE") or said(birth, "YEAR")
    return births_in(f"circa {text}" if about else text)


def _add_remarks(record: Element, draft: Draft) -> None:
    for path in ("TITLE/VALUE", "DESIGNATION/VALUE"):
        draft.remarks.extend(texts(record, path))
    draft.add_remark(one_line(said(record, "COMMENTS1")))
    for path in ("ALIAS/NOTE", "ADDRESS/NOTE", "DOCUMENT/NOTE", "DATE_OF_BIRTH/NOTE"):
        draft.remarks.extend(texts(record, f"{record.tag}_{path}"))
