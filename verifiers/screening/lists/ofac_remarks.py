"""The remarks of OFAC's CSV files, in which stands all that has no column.

"DOB 07 Jan 1930; alt. DOB 1931; Passport 563410081 (Korea, North) expires 04 Nov 2019; …". Parts
end in semicolons; what is not of the kinds below stays text.
"""

import re

from models.sanctions import NameQuality
from verifiers.screening.lists.birth_dates import births_in
from verifiers.screening.lists.drafts import Draft

_ALT = re.compile(r"^(?:alt\.|alternate)\s+", re.IGNORECASE)
_WEAK_NAME = re.compile(r"^[afn]\.k\.a\.\s+'(?P<name>.+)'$", re.IGNORECASE)
_BIRTH = re.compile(r"^DOB:?\s+(?P<dates>.+)$")
_EMAIL = re.compile(r"^E-?mail(?: Address)?:?\s", re.IGNORECASE)
_WEBSITE = re.compile(r"^Website:?\s+(?P<site>\S+)", re.IGNORECASE)
_PHONE = re.compile(
    r"^(?:Tele)?(?:phone|fax)(?: (?:No\.|Number))?:?\s+(?P<number>.*\d.*)$", re.IGNORECASE
)
_WALLET = re.compile(r"^Digital Currency Address(?:\s*-\s*\w+)?:?\s+(?P<address>\w{20,})")
_COUNTRY = re.compile(r"^(?:nationality|citizen)(?: of)?\s+(?P<country>\S.*)$", re.IGNORECASE)

_NUMBERED = (
    r"(?:Diplomatic |Stateless Person |British National Overseas )?Passport(?: No\.| Number| #)?",
    r"(?:\w+ )?(?:Tazkira )?National ID(?: Card)?(?: No\.| Number| #)?",
    r"National Foreign ID Number",
    r"(?:\w+ )?(?:Personal )?ID (?:Card|No\.)(?: No\.)?",
    r"(?:\w+ )?Identif(?:icat|icait|iciat)ion Number",
    r"Cedula No\.|Cedula de (?:Ciudadania|Residencia)(?: No\.| #)?|Citizen's Card Number",
    r"Credencial electoral|Electoral Registry No\.|Cartilla de Servicio Militar Nacional",
    r"Travel Document Number|Residency Number|Birth Certificate Number|Driver's License No\.",
    r"Immigration No\.|Visa ?Number ?(?:ID)?|Refugee ID Card|Seafarer's Identification Document",
    r"Bosnian Personal ID No\.|Stateless Person ID Card|Numero de Identidad",
    r"SSN|LE Number|NIT #|RIF #|RUC #|RTN|RFC|I\.F\.E\.|US FEIN",
    r"(?:D\.N\.I\.|R\.F\.C\.|C\.U\.R\.P\.|C\.U\.I\.P\.|C\.U\.I\.T\.|C\.U\.I\.|C\.I\.F\.)(?: #)?",
    r"N\.I\.E\.|C\.R\. No\.|D-U-N-S Number|Italian Fiscal Code:?|(?:Romanian )?Tax Registration",
    r"Tax ID No\.|V\.A\.T\. Number|Fiscal Code|Numero Unico de Identificacao Tributaria \(NUIT\)",
    r"Registration (?:ID|Number)|(?:Public|Business) Registration Number|Folio Mercantil No\.",
    r"Business Registration Document #|Matricula Mercantil No\.?|Commercial Registry Number",
    r"(?:UK |Romanian C\.R\. )?Company Number|Certificate of Incorporation Number|File Number",
    r"Trade License No\.|Business (?:Number|License|Permit)(?: No\.)?|Enterprise Number",
    r"Chamber of Commerce Number|Dubai Chamber of Commerce Membership No\.|License(?: No\.)?",
    r"Unified Social Credit Code \(USCC\)|United Social Credit Code Certificate \(USCCC\)",
    r"Organization Code|Legal Entity Number|Government Gazette Number|Branch Unit Number",
    r"Registered Charity No\.|Registry? Number|Economic Register Number \(CBLS\)",
)
"""What a number is said to be. Left out is what several share or what is no registration: codes of
banks, securities, and of characters, and the marks of vessels and aircraft."""
_DOCUMENT = re.compile(
    rf"^(?P<kind>{'|'.join(_NUMBERED)})\s+(?P<number>\S.*?)"
    r"(?:,\s[^()]*)?(?:\s+\((?P<country>[^()]*)\))?(?:\s+(?:issued|expires|exp)\b.*)?$",
    re.IGNORECASE,
)


def read_remarks(text: str, draft: Draft) -> None:
    """Put into the draft what a remark says of birth, documents and ways to be reached."""
    draft.add_remark(text)
    for part in text.split(";"):
        _read_part(_ALT.sub("", part.strip().removesuffix(".").strip()), draft)


def _read_part(part: str, draft: Draft) -> None:
    if found := _BIRTH.match(part):
        draft.births.extend(births_in(found["dates"]))
    elif found := _WEAK_NAME.match(part):
        # The strong aliases have a file of their own; those in remarks are the weak ones.
        draft.add_name(found["name"], NameQuality.WEAK)
    elif _EMAIL.match(part):
        draft.add_emails(part)
    elif found := _WEBSITE.match(part):
        draft.add_website(found["site"])
    elif found := _PHONE.match(part):
        draft.phones.append(found["number"])
    elif found := _WALLET.match(part):
        draft.wallets.append(found["address"])
    elif found := _COUNTRY.match(part):
        draft.add_country(found["country"])
    elif (found := _DOCUMENT.match(part)) and any(c.isdigit() for c in found["number"]):
        draft.add_document(found["number"], found["kind"].rstrip(":#. "), found["country"])
