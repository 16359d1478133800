"""The table of personal numbers in the optional data of a zone, by issuing state and document.

Sex is never compared, though many numbers hold it: a number may be older than what the registers
say of a person now.
"""

from verifiers.documents.formats.rows import (
    IDENTITY_CARD,
    ORDINARY_PASSPORT,
    Certainty,
    PersonalNumber,
)

_P, _I = ORDINARY_PASSPORT, IDENTITY_CARD
_SEEN = Certainty.OBSERVED
_IN_PASSPORT, _IN_CARD, _IN_CARD_2 = "personal_number", "optional_data", "optional_data_2"
_BIRTH_NUMBER_MONTHS = (0, 20, 50, 70)
"""50 for women, 20 more since 2004 where a day's numbers are used up."""
_DAYS_RUN_OUT = "where a day's numbers are used up, a neighbouring day's are given"

_NO_DAYS = ("32", "33", "34", "35", "36", "37", "38", "39")
"""Latvian numbers given since 2017 begin with 32, and what follows it is no day either."""

# fmt: off
PERSONAL_NUMBERS: tuple[PersonalNumber, ...] = (
    PersonalNumber("BEL", _I, _IN_CARD_2, "yymmdd nnnnn", "national register number",
                   "Royal decree of 1984-04-03", check="stdnum be.nn"),
    PersonalNumber("BGR", _P, _IN_PASSPORT, "yymmdd nnnn", "EGN", "GRAO, civil registration act",
                   _SEEN, check="stdnum bg.egn", month_adds=(0, 20, 40)),
    PersonalNumber("CZE", _P, _IN_PASSPORT, "yymmdd nnnn", "rodné číslo", "Act 133/2000, § 13",
                   check="stdnum cz.rc", month_adds=_BIRTH_NUMBER_MONTHS),
    PersonalNumber("CZE", _P, _IN_PASSPORT, "yymmdd nnn", "rodné číslo", "Act 133/2000, § 13",
                   month_adds=_BIRTH_NUMBER_MONTHS),
    PersonalNumber("ESP", ("ID",), _IN_CARD, "nnnnnnnna", "DNI", "Real Decreto 1553/2005",
                   check="stdnum es.dni"),
    PersonalNumber("EST", _I, _IN_CARD, "nyymmdd nnnn", "isikukood", "EVS 585, Population Act",
                   _SEEN, check="stdnum ee.ik"),
    PersonalNumber("EST", _P, _IN_PASSPORT, "nyymmdd nnnn", "isikukood", "EVS 585, Population Act",
                   _SEEN, check="stdnum ee.ik"),
    PersonalNumber("FIN", _P, _IN_PASSPORT, "ddmmyy<nnnx", "HETU", "DVV, personal identity code",
                   check="stdnum fi.hetu"),
    PersonalNumber("FIN", _P, _IN_PASSPORT, "ddmmyyannnx", "HETU", "DVV, personal identity code",
                   check="stdnum fi.hetu"),
    PersonalNumber("HRV", (*_I, "IO"), _IN_CARD, "nnnnnnnnnnn", "OIB", "OIB act, NN 60/2008",
                   check="stdnum hr.oib"),
    # No check digit: since February 2026 the register gives numbers without a valid one.
    PersonalNumber("ISL", _P, _IN_PASSPORT, "ddmmyy<nnnn", "kennitala", "Þjóðskrá, kennitala",
                   without_birth_date=("8", "9")),
    PersonalNumber("LTU", _P, _IN_PASSPORT, "nyymmdd nnnn", "asmens kodas", "Population register",
                   check="stdnum lt.asmens", without_birth_date=("9",)),
    PersonalNumber("LTU", _I, _IN_CARD, "nyymmdd nnnn", "asmens kodas", "Population register",
                   _SEEN, check="stdnum lt.asmens", without_birth_date=("9",)),
    # No check digit: stdnum says of the published rule that nobody confirmed it.
    PersonalNumber("LVA", _P, _IN_PASSPORT, "ddmmyy<nnnnn", "personas kods", "PMLP, personas kods",
                   without_birth_date=_NO_DAYS),
    PersonalNumber("LVA", _I, _IN_CARD, "ddmmyy<nnnnn", "personas kods", "PMLP, personas kods",
                   without_birth_date=_NO_DAYS),
    PersonalNumber("MYS", _P, _IN_PASSPORT, "yymmdd nnnnnn", "NRIC", "JPN, identity card number",
                   _SEEN, birth_date_may_differ="some numbers hold the day of registration"),
    PersonalNumber("NLD", _P, _IN_PASSPORT, "nnnnnnnnn", "BSN", "Paspoortuitvoeringsregeling",
                   check="stdnum nl.bsn"),
    PersonalNumber("NLD", _I, _IN_CARD, "nnnnnnnnn", "BSN", "Paspoortuitvoeringsregeling",
                   _SEEN, check="stdnum nl.bsn"),
    PersonalNumber("ROU", _P, _IN_PASSPORT, "nyymmdd nnnnnn", "CNP", "OUG 97/2005", _SEEN,
                   check="stdnum ro.cnp"),
    PersonalNumber("ROU", ("ID",), _IN_CARD, "nyymmdd nnnnnn", "CNP", "OUG 97/2005",
                   check="stdnum ro.cnp", lacks_birth_date=True),
    # No check digit: the one published example found breaks it.
    PersonalNumber("SRB", _P, _IN_PASSPORT, "ddmmyyy nnnnnn", "JMBG", "Act on the JMBG", _SEEN),
    PersonalNumber("SI", _I, _IN_CARD, "ddmmyyy nnnnnn", "EMŠO", "Central population register act",
                   check="stdnum si.emso"),
    PersonalNumber("SVN", _I, _IN_CARD, "ddmmyyy nnnnnn", "EMŠO", "Central population register act",
                   _SEEN, check="stdnum si.emso"),
    PersonalNumber("SVN", _P, _IN_PASSPORT, "ddmmyyy nnnnnn", "EMŠO",
                   "Central population register act", _SEEN, check="stdnum si.emso"),
    PersonalNumber("SWE", _P, _IN_PASSPORT, "yymmdd nnnn", "personnummer",
                   "Folkbokföringslagen § 18", check="stdnum luhn", day_adds=(0, 60),
                   birth_date_may_differ=_DAYS_RUN_OUT),
    PersonalNumber("SWE", _P, _IN_PASSPORT, "yyyymmdd nnnn", "personnummer",
                   "Folkbokföringslagen § 18", check="stdnum luhn", day_adds=(0, 60),
                   birth_date_may_differ=_DAYS_RUN_OUT),
    PersonalNumber("SWE", _I, _IN_CARD, "yyyymmdd nnnn", "personnummer",
                   "Folkbokföringslagen § 18", check="stdnum luhn", day_adds=(0, 60),
                   birth_date_may_differ=_DAYS_RUN_OUT),
    PersonalNumber("TUR", _I, _IN_CARD, "nnnnnnnnnnn", "T.C. kimlik no", "Act 5490, art. 46",
                   check="stdnum tr.tckimlik"),
    PersonalNumber("TUR", _P, _IN_PASSPORT, "nnnnnnnnnnn", "T.C. kimlik no", "Act 5490, art. 46",
                   _SEEN, check="stdnum tr.tckimlik"),
    PersonalNumber("TWN", _P, _IN_PASSPORT, "annnnnnnnn", "identity number",
                   "Household registration act", check="Taiwanese identity number"),
    PersonalNumber("ZAF", _P, _IN_PASSPORT, "yymmdd nnnnnnn", "identity number",
                   "Identification Act 68 of 1997", _SEEN, check="stdnum za.idnr"),
)
# fmt: on
