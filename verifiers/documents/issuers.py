"""Three-letter codes of issuing states and nationalities: ICAO 9303-3 §5.

ISO 3166-1 with the extensions of 9303-3, and codes that were withdrawn but stand in documents and
birth places still. Which code it is never weighs; only whether it is one at all, and whether it
marks a specimen.
"""

from dataclasses import dataclass

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
"""9303-3 §5, parts B to D: codes beyond ISO 3166-1."""

WITHOUT_NATIONALITY = {
    "XXA": "stateless person",
    "XXB": "refugee (1951 convention)",
    "XXC": "refugee (other)",
    "XXX": "person of unspecified nationality",
}
"""9303-3 §5, part D. They say what a holder is; nobody issues documents under them."""

WITHDRAWN = frozenset(
    ("ANT", "BUR", "CSK", "DDR", "NTZ", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR")
)
"""Codes that ISO 3166-3 lists as withdrawn, and that documents may still carry."""

SPECIMEN_ISSUERS = {
    "UTO": "Utopia, the standard's own example",
    "BDR": "the printer Bundesdruckerei's samples",
    **dict.fromkeys(WITHOUT_NATIONALITY, "a nationality code, under which nobody issues documents"),
}

SPECIMEN_NUMBERS = frozenset({"L898902C3", "L8988901C", "D23145890", "D23145890734"})
"""Document numbers of the examples printed in 9303-4 to -7."""


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
    if code in EXTENSIONS:
        return State(code, known=True, note=EXTENSIONS[code])
    if code in WITHOUT_NATIONALITY:
        return State(code, known=True, note=WITHOUT_NATIONALITY[code])
    if code in SPECIMEN_ISSUERS:
        return State(code, known=True, note=f"specimen code: {SPECIMEN_ISSUERS[code]}")
    if code in WITHDRAWN:
        return State(code, known=True, note="withdrawn from ISO 3166-1, still met in documents")
    return State(code, known=False, note=f"9303-3 §5 has no code {code}")
