"""The table of validity: for how many years at most, by issuing state, document and age at issue.

Only the longest period is a rule: any document may be issued for less (lost ones, emergencies,
restrictions), and none for more. Where the law changed, the longest that can still be met stands
here, with the months that were once added.
"""

from datetime import date

from verifiers.documents.formats.rows import IDENTITY_CARD, ORDINARY_PASSPORT, Validity

_P, _I = ORDINARY_PASSPORT, IDENTITY_CARD

# fmt: off
VALIDITY_PERIODS: tuple[Validity, ...] = (
    Validity("AUS", _P, 0, 5, "Australian Passports Determination 2015"),
    Validity("AUS", _P, 16, 10, "Australian Passports Determination 2015"),
    Validity("AUT", _P, 0, 5, "PassG-DV § 10"),
    Validity("AUT", _P, 12, 10, "Passgesetz 1992 § 11"),
    Validity("BEL", _P, 0, 10, "Consular code: ten years at most, seven in practice since 2014"),
    Validity("CAN", _P, 0, 5, "Canadian Passport Order"),
    Validity("CAN", _P, 16, 10, "Canadian Passport Order, since 2013-07-01"),
    Validity("CHE", (*_P, *_I), 0, 5, "Ausweisverordnung VAwG art. 5"),
    Validity("CHE", (*_P, *_I), 18, 10, "Ausweisverordnung VAwG art. 5"),
    Validity("CHN", _P, 0, 5, "Passport Law art. 7"),
    Validity("CHN", _P, 16, 10, "Passport Law art. 7"),
    Validity("CZE", _P, 0, 5, "Act 329/1999"),
    Validity("CZE", _P, 15, 10, "Act 329/1999"),
    Validity("D", _P, 0, 6, "PassG § 5 (1)"),
    Validity("D", _P, 24, 10, "PassG § 5 (1)"),
    Validity("D", ("ID",), 0, 6, "PAuswG § 6"),
    Validity("D", ("ID",), 24, 10, "PAuswG § 6"),
    Validity("DNK", _P, 0, 5, "Pasbekendtgørelsen"),
    Validity("DNK", _P, 18, 10, "Pasbekendtgørelsen"),
    Validity("ESP", ("ID",), 0, 5, "Real Decreto 1553/2005 art. 6"),
    Validity("ESP", ("ID",), 30, 10, "Real Decreto 1553/2005 art. 6"),
    Validity("ESP", ("ID",), 70, None, "Real Decreto 1553/2005 art. 6"),
    Validity("ESP", _P, 0, 5, "Real Decreto 896/2003"),
    Validity("ESP", _P, 30, 10, "Real Decreto 896/2003"),
    Validity("FIN", _P, 0, 5, "Passilaki 671/2006; EU PRADO, FIN-AO-07001"),
    Validity("FRA", _P, 0, 5, "Décret 2005-1726"),
    Validity("FRA", _P, 18, 10, "Décret 2005-1726"),
    Validity("GBR", _P, 0, 5, "HM Passport Office; parliamentary question 171360", 9,
             date(2018, 9, 9)),
    Validity("GBR", _P, 16, 10, "HM Passport Office; parliamentary question 171360", 9,
             date(2018, 9, 9)),
    Validity("IRL", _P, 0, 5, "Department of Foreign Affairs, Passport Service"),
    Validity("IRL", _P, 18, 10, "Department of Foreign Affairs, Passport Service"),
    Validity("ITA", _P, 0, 5, "Legge 1185/1967 art. 17"),
    Validity("ITA", _P, 18, 10, "Legge 1185/1967 art. 17"),
    Validity("JPN", _P, 0, 5, "Passport Act art. 5"),
    Validity("JPN", _P, 18, 10, "Passport Act art. 5"),
    Validity("NLD", (*_P, *_I), 0, 5, "Paspoortwet, since 2014-03-09"),
    Validity("NLD", (*_P, *_I), 18, 10, "Paspoortwet, since 2014-03-09"),
    Validity("NZL", _P, 0, 5, "Passports Act 1992 s 5"),
    Validity("NZL", _P, 16, 10, "Passports Act 1992 s 5, since 2015-11-30"),
    Validity("POL", _P, 0, 5, "Ustawa o dokumentach paszportowych"),
    Validity("POL", _P, 12, 10, "Ustawa o dokumentach paszportowych"),
    Validity("USA", _P, 0, 5, "22 CFR 51.4"),
    Validity("USA", _P, 16, 10, "22 CFR 51.4"),
)
# fmt: on
