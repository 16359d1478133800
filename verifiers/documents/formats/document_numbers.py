"""The table of document numbers: one row a series, by issuing state and document.

Only what an issuer publishes, or what all its documents show. A state without rows is not judged;
a series that is missing here would make honest documents odd, so a state stands here with all its
series that may still be valid, or not at all.
"""

from verifiers.documents.formats.rows import (
    IDENTITY_CARD,
    ORDINARY_PASSPORT,
    Certainty,
    DocumentNumber,
)

_P, _I = ORDINARY_PASSPORT, IDENTITY_CARD
_SEEN = Certainty.OBSERVED

# fmt: off
DOCUMENT_NUMBERS: tuple[DocumentNumber, ...] = (
    DocumentNumber("AUS", _P, "annnnnnn", "Australian Passport Office", _SEEN),
    DocumentNumber("AUS", _P, "aannnnnnn", "Australian Passport Office", _SEEN),
    DocumentNumber("BEL", _I, "nnnnnnnnnnnn", "IBZ, instruction IT195", check="stdnum be.eid"),
    DocumentNumber("BEL", _I, "nnnnnnnnn", "specimen card of 2004", _SEEN, until=2013),
    DocumentNumber("BRA", _P, "aannnnnn", "Polícia Federal, passport application", _SEEN),
    DocumentNumber("CAN", _P, "aannnnnn", "IRCC, features of Canada's passport"),
    DocumentNumber("CAN", _P, "annnnnnaa", "IRCC, features of Canada's new passport", since=2023),
    DocumentNumber("CZE", _P, "nnnnnnnn", "EU PRADO, CZE-AO", _SEEN),
    DocumentNumber("D", _P, "ggggggggg", "PassV annex 11, since 2007-11-01"),
    DocumentNumber("D", _P, "annnnnnn", "PassV annex 11, temporary passports", _SEEN),
    DocumentNumber("D", ("ID",), "ggggggggg", "PAuswG § 2 (8), since 2010-11-01"),
    DocumentNumber("ESP", ("ID",), "aaannnnnn", "Policía Nacional, número de soporte (IDESP)"),
    DocumentNumber("FIN", _P, "aannnnnnn", "EU PRADO, FIN-AO", _SEEN),
    DocumentNumber("FRA", _P, "nnaannnnn", "EU PRADO, FRA-AO", _SEEN),
    DocumentNumber("FRA", ("ID",), "nn0nxxxnnnnn", "card of 1988: year, month, department", _SEEN),
    DocumentNumber("FRA", ("ID",), "nn1nxxxnnnnn", "card of 1988: year, month, department", _SEEN),
    DocumentNumber("FRA", ("ID",), "xxxxxxxxx", "EU PRADO, FRA-BO", _SEEN, since=2021),
    DocumentNumber("GBR", _P, "nnnnnnnnn", "HM Passport Office, Basic passport checks"),
    DocumentNumber("HRV", (*_I, "IO"), "nnnnnnnnn", "EU PRADO, HRV-BO", _SEEN),
    DocumentNumber("HRV", _P, "nnnnnnnnn", "EU PRADO, HRV-AO", _SEEN),
    DocumentNumber("IND", _P, "annnnnnn", "Passport Seva, passport number", _SEEN),
    DocumentNumber("ITA", ("C", *_I), "aannnnnaa", "Ministero dell'Interno, CIE 3.0"),
    DocumentNumber("ITA", ("C", *_I), "nnnnnnnaa", "Ministero dell'Interno, CIE 2.0",
                   until=2018),
    DocumentNumber("JPN", _P, "aannnnnnn", "Ministry of Foreign Affairs of Japan", _SEEN),
    DocumentNumber("KOR", _P, "annnnnnnn", "Ministry of Foreign Affairs, passport numbers"),
    DocumentNumber("KOR", _P, "annnannnn", "Ministry of Foreign Affairs, passport numbers",
                   since=2020),
    DocumentNumber("NLD", _P, "aaxxxxxxn", "RvIG, document numbers", check="Dutch alphabet"),
    DocumentNumber("NLD", _I, "aaxxxxxxn", "RvIG, document numbers", check="Dutch alphabet"),
    DocumentNumber("NZL", _P, "aannnnnn", "New Zealand Passports", _SEEN),
    DocumentNumber("PAK", _P, "aannnnnnn", "DGIP, machine readable passport", _SEEN),
    DocumentNumber("POL", _I, "aaannnnnn", "MSWiA, series and number of the card",
                   check="Polish card"),
    DocumentNumber("POL", _P, "aannnnnnn", "EU PRADO, POL-AO", _SEEN, check="Polish passport"),
    DocumentNumber("PRT", _I, "nnnnnnnnnxxn", "Cartão de Cidadão, número de documento",
                   check="stdnum pt.cc"),
    DocumentNumber("RUS", _P, "nnnnnnnnn", "MVD, series and number of the passport", _SEEN),
    DocumentNumber("TWN", _P, "nnnnnnnnn", "Bureau of Consular Affairs", _SEEN),
    DocumentNumber("TWN", _P, "annnnnnnn", "Bureau of Consular Affairs", _SEEN),
    DocumentNumber("UKR", _P, "aannnnnn", "State Migration Service of Ukraine", _SEEN),
    DocumentNumber("USA", _P, "nnnnnnnnn", "Department of State, passport number"),
    DocumentNumber("USA", _P, "annnnnnnn", "Department of State, Next Generation Passport",
                   since=2021),
)
# fmt: on
