"""Three-letter codes of issuing states and nationalities: ICAO 9303-3 §5.

ISO 3166-1 with the extensions of 9303-3, codes that were withdrawn but stand in documents still,
and what some issuers print instead. Which code it is never weighs; only whether it is one at all,
and whether it marks a specimen.
"""

from dataclasses import dataclass

from verifiers.documents.mrz_fields import FILLER

STATES = frozenset(
    """ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD
    BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD
    COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST
    ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM
    GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ
    KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX
    MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD
    NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA
    SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR
    TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN
    VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE""".split()  # noqa: SIM905
)
"""ISO 3166-1 alpha-3."""

ALPHA_2 = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
    ZW""".split()  # noqa: SIM905
)
"""ISO 3166-1 alpha-2, which some cards print with a filler: Slovenia's SI, for one."""

EXTENSIONS = {
    "D<<": "Germany",
    "EUE": "European Union (laissez-passer)",
    "GBD": "British overseas territories citizen",
    "GBN": "British national (overseas)",
    "GBO": "British overseas citizen",
    "GBP": "British protected person",
    "GBS": "British subject",
    "RKS": "Kosovo",
    "UNA": "specialised agency of the United Nations",
    "UNK": "resident of Kosovo (United Nations interim administration)",
    "UNO": "United Nations",
    "XBA": "African Development Bank",
    "XCC": "Caribbean Community",
    "XCE": "Council of Europe",
    "XCO": "Common Market for Eastern and Southern Africa",
    "XDC": "Southern African Development Community",
    "XEC": "Economic Community of West African States",
    "XES": "Organization of Eastern Caribbean States",
    "XIM": "African Export-Import Bank",
    "XMP": "Parliamentary Assembly of the Mediterranean",
    "XOM": "Sovereign Military Order of Malta",
    "XPO": "Interpol",
}
"""9303-3 §5: codes of states, of British nationality and of organizations beyond ISO 3166-1."""

WITHOUT_NATIONALITY = {
    "XXA": "stateless person",
    "XXB": "refugee (1951 convention)",
    "XXC": "refugee (other)",
    "XXX": "person of unspecified nationality",
}
"""9303-3 §5. They say what a holder is; nobody issues documents under them."""

WITHDRAWN = {
    "ANT": "Netherlands Antilles, until 2010",
    "BUR": "Burma, until 1989; now MMR",
    "BYS": "Byelorussian SSR, until 1992; now BLR",
    "CSK": "Czechoslovakia, until 1993",
    "DDR": "German Democratic Republic, until 1990",
    "FXX": "metropolitan France, until 1997; now FRA",
    "NTZ": "neutral zone between Iraq and Saudi Arabia, until 1993",
    "ROM": "Romania, until 2002; now ROU",
    "SCG": "Serbia and Montenegro, until 2006",
    "SUN": "Soviet Union, until 1992",
    "TMP": "East Timor, until 2002; now TLS",
    "YMD": "Democratic Yemen, until 1990; now YEM",
    "YUG": "Yugoslavia, until 2003",
    "ZAR": "Zaire, until 1997; now COD",
}
"""Codes that ISO 3166 withdrew, and that documents and nationalities may still carry."""

BEYOND_9303 = {
    "KS<": "Kosovo",
    "XK<": "Kosovo",
    "XKX": "Kosovo",
    "XXK": "Kosovo",
    "XCT": "northern part of Cyprus",
}
"""What issuers print that 9303-3 §5 does not list."""

NO_ISSUERS = {
    "IAO": "ICAO's own code, under which it signs lists and issues no documents",
    "WSA": "no state or organization of 9303-3 §5, but an association that prints passports",
}
"""Codes that look like issuers and are none."""

SPECIMEN_ISSUERS = {
    "UTO": "Utopia, the standard's own example",
    "BDR": "the printer Bundesdruckerei's samples",
    **dict.fromkeys(WITHOUT_NATIONALITY, "a nationality code, under which nobody issues documents"),
}


@dataclass(frozen=True)
class State:
    """What a code in a state field stands for."""

    code: str
    """Three characters, fillers included."""
    known: bool
    note: str | None = None
    """What the code is, where it is not simply a state."""


def state(code: str) -> State:
    """Look a code of three characters up, fillers included (`D<<`)."""
    if code in STATES:
        return State(code, known=True)
    if note := EXTENSIONS.get(code) or WITHOUT_NATIONALITY.get(code):
        return State(code, known=True, note=note)
    if code in SPECIMEN_ISSUERS:
        return State(code, known=True, note=f"code of specimens: {SPECIMEN_ISSUERS[code]}")
    if code in WITHDRAWN:
        return State(code, known=True, note=f"withdrawn code: {WITHDRAWN[code]}")
    if code in BEYOND_9303:
        return State(code, known=True, note=f"{BEYOND_9303[code]}, by a code beyond 9303-3 §5")
    if code in NO_ISSUERS:
        return State(code, known=False, note=NO_ISSUERS[code])
    if code[2] == FILLER and code[:2] in ALPHA_2:
        return State(code, known=True, note="two letters of ISO 3166-1, where 9303 has three")
    return State(code, known=False, note=f"9303-3 §5 has no code {code}")
