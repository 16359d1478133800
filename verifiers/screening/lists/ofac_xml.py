"""OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML), the Advanced Sanctions Data Model.

Tables of values first, then places and documents, then parties with identities, aliases and
features, at last the entries by which the parties are listed; all refer to each other by number.
Vessels and aircraft are left out.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from models.circumstances import ListedKind
from models.sanctions import NameQuality, SanctionsList
from verifiers.screening.lists.birth_dates import Parts, span
from verifiers.screening.lists.drafts import Draft
from verifiers.screening.lists.xml import records, said

ROOT = "Sanctions"
_KINDS = {"Individual": ListedKind.PERSON, "Entity": ListedKind.ENTITY}
_NO_REGISTRATIONS = ("Aircraft", "BIK", "Chinese Commercial", "Equity", "ISIN", "MMSI", "SWIFT")
"""What the kinds of numbers begin with that several share, or that are no registration."""
_LAST_NAMES = {"Last Name", "Patronymic", "Matronymic"}
_VALUES = {
    "AreaCode",
    "Country",
    "FeatureType",
    "IDRegDocType",
    "List",
    "NamePartType",
    "PartySubType",
    "PartyType",
    "SanctionsType",
}
_RECORDS = {"DateOfIssue", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry"}


@dataclass
class _Read:
    """What was read so far, by the numbers by which it is referred to."""

    values: dict[tuple[str, str], Element] = field(default_factory=dict)
    """Of the tables, by their kind and number."""
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The place on one line, and its country as a table names it."""
    documents: dict[str, list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Number, kind and country, by identity."""
    drafts: dict[str, tuple[Draft, list[str]]] = field(default_factory=dict)
    """With their identities, by profile."""
    lists: set[str] = field(default_factory=set)
    published_on: date | None = None

    def named(self, kind: str, number: str | None) -> str:
        """What a table says of a number; "" where it does not know it."""
        return said(self.values.get((kind, number or "")))


def read(path: Path, fetched_at: datetime | None) -> SanctionsList:
    """The list in a file."""
    so_far = _Read()
    for record in records(path, _VALUES | _RECORDS):
        if record.tag in _VALUES:
            kept = Element(record.tag, record.attrib)
            kept.text = record.text
            so_far.values[record.tag, record.get("ID", "")] = kept
        elif record.tag == "DateOfIssue":
            so_far.published_on = _date(record)
        elif record.tag == "Location":
            so_far.places[record.get("ID", "")] = _place(record, so_far)
        elif record.tag == "IDRegDocument":
            _read_document(record, so_far)
        elif record.tag == "DistinctParty":
            _read_party(record, so_far)
        else:
            _read_entry(record, so_far)
    name = "OFAC SDN" if so_far.lists & {"SDN List"} else "OFAC Consolidated"
    entries = []
    for draft, identities in so_far.drafts.values():
        for identity in identities:
            for number, kind, country in so_far.documents.get(identity, ()):
                draft.add_document(number, kind, country)
        if entry := draft.entry(name):
            entries.append(entry)
    return SanctionsList(
        name=name,
        published_on=so_far.published_on,
        fetched_at=fetched_at,
        entries=tuple(entries),
    )


def _place(location: Element, so_far: _Read) -> tuple[str, str]:
    parts = [
        said(value, "Value")
        for part in location.findall("LocationPart")
        for value in part.findall("LocationPartValue")
    ]
    country = ""
    for found in location.findall("LocationCountry"):
        country = so_far.named("Country", found.get("CountryID"))
    if not country:
        for area in location.findall("LocationAreaCode"):
            known = so_far.values.get(("AreaCode", area.get("AreaCodeID", "")))
            country = said(known) if known is not None else ""
    return ", ".join(part for part in (*parts, country) if part), country


def _read_document(record: Element, so_far: _Read) -> None:
    kind = so_far.named("IDRegDocType", record.get("IDRegDocTypeID"))
    if not kind.startswith(_NO_REGISTRATIONS):
        country = so_far.named("Country", record.get("IssuedBy-CountryID"))
        number = said(record, "IDRegistrationNo")
        so_far.documents[record.get("IdentityID", "")].append((number, kind, country))


def _read_party(party: Element, so_far: _Read) -> None:
    for profile in party.findall("Profile"):
        number = profile.get("ID", "")
        kind = _KINDS.get(_party_type(profile, so_far))
        if kind is None:
            continue
        draft = Draft(party.get("FixedRef") or number, kind)
        draft.add_remark(said(party, "Comment"))
        identities = profile.findall("Identity")
        # The primary name stands first, wherever the file has it.
        aliases = [(a, identity) for identity in identities for a in identity.findall("Alias")]
        for alias, identity in sorted(aliases, key=lambda found: not _is(found[0], "Primary")):
            _add_alias(alias, identity, draft, so_far)
        for feature in profile.findall("Feature"):
            what = so_far.named("FeatureType", feature.get("FeatureTypeID"))
            for version in feature.findall("FeatureVersion"):
                _add_feature(what, version, draft, so_far)
        so_far.drafts[number] = draft, [one.get("ID", "") for one in identities]


def _party_type(profile: Element, so_far: _Read) -> str:
    known = so_far.values.get(("PartySubType", profile.get("PartySubTypeID", "")))
    return so_far.named("PartyType", known.get("PartyTypeID")) if known is not None else ""


def _add_alias(alias: Element, identity: Element, draft: Draft, so_far: _Read) -> None:
    quality = NameQuality.STRONG
    if _is(alias, "LowQuality"):
        quality = NameQuality.WEAK
    elif _is(alias, "Primary"):
        quality = NameQuality.PRIMARY
    kinds = {
        group.get("ID"): so_far.named("NamePartType", group.get("NamePartTypeID"))
        for group in identity.findall("NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    for name in alias.findall("DocumentedName"):
        last: list[str] = []
        rest: list[str] = []
        for part in name.findall("DocumentedNamePart/NamePartValue"):
            named = last if kinds.get(part.get("NamePartGroupID")) in _LAST_NAMES else rest
            named.append(said(part))
        sides = (" ".join(filter(None, last)), " ".join(filter(None, rest)))
        draft.add_name(", ".join(filter(None, sides)), quality)


def _add_feature(what: str, version: Element, draft: Draft, so_far: _Read) -> None:
    details = [text for one in version.findall("VersionDetail") if (text := said(one))]
    places = [
        so_far.places.get(one.get("LocationID", "")) for one in version.findall("VersionLocation")
    ]
    if what == "Birthdate":
        for period in version.findall("DatePeriod"):
            first, last = _parts(period, "Start/From"), _parts(period, "End/To")
            about = any(_is(one, "Approximate") for one in period)
            if first and last and (born := span(first, last, about=about)):
                draft.births.append(born)
    elif what in {"Nationality Country", "Citizenship Country", "Location"}:
        for place, country in filter(None, places):
            draft.add_country(country)
            if what == "Location" and place:
                draft.addresses.append(place)
    elif what.startswith("Digital Currency Address"):
        draft.wallets.extend(details)
    elif what == "Email Address":
        draft.add_emails(" ".join(details))
    elif what == "Website":
        for detail in details:
            draft.add_website(detail)
    elif what in {"Phone Number", "Fax Number"}:
        draft.phones.extend(details)
    else:
        draft.remarks.extend(f"{what} {detail}".strip() for detail in details)
    draft.add_remark(said(version, "Comment"))


def _read_entry(record: Element, so_far: _Read) -> None:
    so_far.lists.add(so_far.named("List", record.get("ListID")))
    draft, _ = so_far.drafts.get(record.get("ProfileID", ""), (None, ()))
    if draft is None:
        return
    listed = [day for one in record.findall("EntryEvent/Date") if (day := _date(one))]
    draft.listed_on = min(listed, default=None)
    for measure in record.findall("SanctionsMeasure"):
        programme = said(measure, "Comment")
        kind = so_far.named("SanctionsType", measure.get("SanctionsTypeID"))
        if programme and kind == "Program":
            draft.programmes.append(programme)


def _date(element: Element) -> date | None:
    parts = _parts(element, ".")
    whole = span(parts, parts) if parts and parts[2] else None
    return whole.earliest if whole else None


def _parts(element: Element, path: str) -> Parts | None:
    found = element.find(path)
    numbers = [said(found, name) for name in ("Year", "Month", "Day")]
    year, month, day = (int(text) if text.isdecimal() else None for text in numbers)
    return (year, month, day) if year is not None else None


def _is(element: Element, attribute: str) -> bool:
    return element.get(attribute, "").lower() == "true"
