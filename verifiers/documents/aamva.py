"""The text of a licence's barcode understood: AAMVA DL/ID Card Design Standard, Annex D.

Versions 1 (2000) to 10 (2020), 11 (2025) as far as it adds elements, Canadian payloads and the
magnetic stripe's text (Annex F). Whatever strays from the standard is parsed as far as it can be
and told with its place: real printers stray, and so do forgers. The compact encoding of ISO/IEC
18013-2 (Annex I) is not read.
"""

from collections.abc import Iterator, Mapping

from models.barcode import Anomaly, AnomalyKind, Licence, LicenceElement, LicenceField
from models.document import FieldStatus
from verifiers.documents.aamva_dates import last_valid_day_of_stripe, order_of
from verifiers.documents.aamva_elements import ELEMENTS, mandatory
from verifiers.documents.aamva_fields import FieldsRead, read_fields
from verifiers.documents.aamva_header import Header, read_header
from verifiers.documents.aamva_issuers import (
    COUNTRIES,
    ISSUERS,
    SAME_JURISDICTION,
    SPECIMEN_ISSUER,
)
from verifiers.documents.aamva_names import read_name
from verifiers.documents.aamva_split import split
from verifiers.documents.aamva_stripe import Stripe, read_stripe

NO_LICENCE = "it is no driver licence's text (AAMVA DL/ID)"
_LONGEST = 20_000
"""Characters; a PDF417 holds 1850 of text (ISO/IEC 15438 §5.1)."""
_TELLING = 2
"""Known elements from which a text without a header is taken for a licence's."""
_TRUNCATIONS = ("DDE", "DDF", "DDG")
_RESIDENCE = {"DAG": "DAL", "DAH": "DAM", "DAI": "DAN", "DAJ": "DAO", "DAK": "DAP"}
"""Elements of an address -> those of a residence, which North Carolina's first cards have."""
_NEEDED = {"family_name": "name", "birth_date": "birth date", "number": "number"}


def understand_licence(payload: str) -> Licence:
    """Every field and element of this payload, and all that is odd about it.

    Any text is answered; `problem` says where it is no licence's, or lacks name, birth date or
    number. Places count the payload's characters.
    """
    if len(payload) > _LONGEST:
        return Licence(problem=f"it has more than {_LONGEST} characters, which no barcode holds")
    header = read_header(payload)
    stripe = read_stripe(payload) if header.issuer is None else None
    if stripe:
        return _of_stripe(stripe)
    elements, odd = split(payload, header)
    known = [e for e in elements if e.id in ELEMENTS]
    if header.issuer is None and len(known) < _TELLING:
        return Licence(problem=NO_LICENCE)
    return _understood(header, elements, odd)


def _understood(header: Header, found: list[LicenceElement], odd: list[Anomaly]) -> Licence:
    elements = {e.id: e for e in found}
    for address, residence in _RESIDENCE.items():
        if address not in elements and residence in elements:
            elements[address] = elements[residence]
    code, country, issuer_odd = _jurisdiction(header.issuer, elements)
    name = read_name(elements)
    read = read_fields(elements, name, order_of(header.version, country))
    anomalies = (
        *header.anomalies,
        *odd,
        *issuer_odd,
        *read.anomalies,
        *(_missing(header, elements) if header.version is not None else ()),
    )
    fields = read.fields | _by_header(header.issuer, code, country, elements)
    main = next((s.type for s in header.subfiles if s.type and s.type[0] != "Z"), "")
    if main:
        fields["document_type"] = LicenceField(
            name="document_type", value=main, status=FieldStatus.VALID
        )
    return Licence(
        issuer=header.issuer,
        jurisdiction=code,
        version=header.version,
        jurisdiction_version=header.jurisdiction_version,
        fields=fields,
        elements=tuple(found),
        anomalies=tuple(sorted(anomalies, key=lambda a: a.start)),
        birth_date=read.days.get("birth_date"),
        issue_date=read.days.get("issue_date"),
        expiry_date=read.days.get("expiry_date"),
        name_truncated=any(
            id in elements and elements[id].raw.upper() == "T" for id in _TRUNCATIONS
        ),
        problem=_problem(read),
    )


def _of_stripe(stripe: Stripe) -> Licence:
    elements = {e.id: e for e in stripe.elements}
    code, country, odd = _jurisdiction(stripe.issuer, elements)
    dated = {id: e for id, e in elements.items() if id != "DBA"}
    read = read_fields(dated, read_name(elements), order_of(1, country))
    fields = read.fields | _by_header(stripe.issuer, code, country, elements)
    birth = read.days.get("birth_date")
    expiry = last_valid_day_of_stripe(elements["DBA"].raw, birth)
    fields["expiry_date"] = LicenceField(
        name="expiry_date",
        value=expiry.day.isoformat() if expiry.day else None,
        status=FieldStatus.VALID if expiry.day else FieldStatus.EMPTY,
        reason=expiry.reason,
        elements=(elements["DBA"],),
    )
    return Licence(
        issuer=stripe.issuer,
        jurisdiction=code,
        magnetic=True,
        fields=fields,
        elements=stripe.elements,
        anomalies=(*odd, *read.anomalies),
        birth_date=birth,
        expiry_date=expiry.day,
        problem=_problem(read),
    )


def _jurisdiction(
    issuer: str | None, elements: Mapping[str, LicenceElement]
) -> tuple[str | None, str | None, list[Anomaly]]:
    """Jurisdiction and country by the issuer's number, else by the address; what is odd of both."""
    address = elements.get("DAJ")
    lives = address.raw.upper() if address else None
    lives = SAME_JURISDICTION.get(lives, lives) if lives else None
    said = elements["DCG"].raw.upper() if "DCG" in elements else None
    known = ISSUERS.get(issuer or "")
    if known is None:
        code = lives if lives in COUNTRIES else None
        # Alberta writes AB for its country.
        country = said if said in ("USA", "CAN", "MEX") else COUNTRIES.get(code or "")
        odd = []
        if issuer is not None and issuer != SPECIMEN_ISSUER:
            told = f"{issuer} is no issuer's number that AAMVA has published"
            odd.append(Anomaly(kind=AnomalyKind.ISSUER, told=told, start=0))
        return code or (lives if issuer == SPECIMEN_ISSUER else None), country, odd
    odd = []
    if address and lives in COUNTRIES and lives != known.code:
        told = f"the address is in {lives}, but {issuer} is the number of {known.name}"
        odd.append(Anomaly(kind=AnomalyKind.ISSUER, told=told, start=address.start, element="DAJ"))
    if said in ("USA", "CAN", "MEX") and said != known.country:
        told = f"the country is {said}, but {issuer} is the number of {known.name}"
        start = elements["DCG"].start
        odd.append(Anomaly(kind=AnomalyKind.ISSUER, told=told, start=start, element="DCG"))
    return known.code, known.country, odd


def _by_header(
    issuer: str | None,
    code: str | None,
    country: str | None,
    elements: Mapping[str, LicenceElement],
) -> dict[str, LicenceField]:
    """Fields that the issuer's number decides, or failing that the address."""
    by_number = issuer in ISSUERS
    why = f"by the issuer's number {issuer}" if by_number else "by the address"
    said: dict[str, tuple[str | None, str]] = {"jurisdiction": (code, "DAJ")}
    if "DCG" not in elements or elements["DCG"].raw.upper() not in ("USA", "CAN", "MEX"):
        said["country"] = country, "DAJ"
    return {
        name: LicenceField(
            name=name,
            value=value,
            status=FieldStatus.VALID if value else FieldStatus.EMPTY,
            reason=why if value else None,
            elements=() if by_number or id not in elements else (elements[id],),
        )
        for name, (value, id) in said.items()
    }


def _missing(header: Header, elements: Mapping[str, LicenceElement]) -> Iterator[Anomaly]:
    """Mandatory elements that are not there; names in another way of writing are there."""
    version = header.version or 0
    types = [s.type for s in header.subfiles if s.type and s.type[0] != "Z"] or ["DL"]
    missing = [id for id in mandatory(version, types[0]) if id not in elements]
    if read_name(elements).given.elements:
        missing = [id for id in missing if id not in ("DCT", "DAC", "DAD")]
    if missing:
        called = {id: ELEMENTS[id].name.removesuffix("_2000").replace("_", " ") for id in missing}
        named = ", ".join(f"{id} ({name})" for id, name in called.items())
        told = f"version {version} asks for {named}, which {'is' if len(missing) == 1 else 'are'} "
        yield Anomaly(kind=AnomalyKind.MISSING, told=f"{told}not there", start=0)


def _problem(read: FieldsRead) -> str | None:
    lacks = [
        words for name, words in _NEEDED.items()
        if name not in read.fields or read.fields[name].value is None
    ]  # fmt: skip
    return f"it gives no {' and no '.join(lacks)}" if lacks else None
