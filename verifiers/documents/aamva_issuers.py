"""Who issues licences: AAMVA's issuer identification numbers (ISO/IEC 7812), by jurisdiction.

The numbers are assigned once and kept, so that an unknown one is either new or nobody's.
"""

from dataclasses import dataclass

SPECIMEN_ISSUER = "999999"
"""No issuer's: ISO/IEC 7812 leaves numbers that begin with 9 to national bodies. The samples of
this project use it."""


@dataclass(frozen=True)
class Jurisdiction:
    """One issuing jurisdiction."""

    code: str
    """As the address element DAJ has it."""
    name: str
    country: str
    """`USA`, `CAN` or `MEX`, as the country element DCG has it."""


_NUMBERS = {
    "USA": """
        636000 VA Virginia; 636001 NY New York; 636002 MA Massachusetts; 636003 MD Maryland;
        636004 NC North Carolina; 636005 SC South Carolina; 636006 CT Connecticut;
        636007 LA Louisiana; 636008 MT Montana; 636009 NM New Mexico; 636010 FL Florida;
        636011 DE Delaware; 636014 CA California; 636015 TX Texas; 636018 IA Iowa; 636019 GU Guam;
        636020 CO Colorado; 636021 AR Arkansas; 636022 KS Kansas; 636023 OH Ohio; 636024 VT Vermont;
        636025 PA Pennsylvania; 636026 AZ Arizona; 636027 DS Department of State; 636029 OR Oregon;
        636030 MO Missouri; 636031 WI Wisconsin; 636032 MI Michigan; 636033 AL Alabama;
        636034 ND North Dakota; 636035 IL Illinois; 636036 NJ New Jersey; 636037 IN Indiana;
        636038 MN Minnesota; 636039 NH New Hampshire; 636040 UT Utah; 636041 ME Maine;
        636042 SD South Dakota; 636043 DC District of Columbia; 636045 WA Washington;
        636046 KY Kentucky; 636047 HI Hawaii; 636049 NV Nevada; 636050 ID Idaho;
        636051 MS Mississippi; 636052 RI Rhode Island; 636053 TN Tennessee; 636054 NE Nebraska;
        636055 GA Georgia; 636058 OK Oklahoma; 636059 AK Alaska; 636060 WY Wyoming;
        636061 WV West Virginia; 636062 VI Virgin Islands; 604427 AS American Samoa;
        604430 MP Northern Mariana Islands; 604431 PR Puerto Rico""",
    "CAN": """
        636012 ON Ontario; 636013 NS Nova Scotia; 636016 NL Newfoundland and Labrador;
        636017 NB New Brunswick; 636028 BC British Columbia; 636044 SK Saskatchewan;
        636048 MB Manitoba; 604426 PE Prince Edward Island; 604428 QC Quebec; 604429 YT Yukon;
        604432 AB Alberta; 604433 NU Nunavut; 604434 NT Northwest Territories""",
    "MEX": "636056 CU Coahuila; 636057 HL Hidalgo",
}


def _table() -> dict[str, Jurisdiction]:
    table = {}
    for country, entries in _NUMBERS.items():
        for entry in entries.split(";"):
            number, code, name = entry.split(maxsplit=2)
            table[number] = Jurisdiction(code, " ".join(name.split()), country)
    return table


ISSUERS: dict[str, Jurisdiction] = _table()
"""Issuer identification number -> jurisdiction."""

COUNTRIES: dict[str, str] = {j.code: j.country for j in ISSUERS.values()} | {"NF": "CAN"}
"""Code of a jurisdiction -> its country; Newfoundland was NF until 2002."""

SAME_JURISDICTION = {"NF": "NL", "PQ": "QC"}
"""Older codes that addresses still have."""
