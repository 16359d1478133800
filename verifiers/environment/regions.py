"""States, provinces and territories that pay their own tax, by name and by postal code.

Only the United States, Canada and Australia, whose payrolls ask for one. Names of other countries'
regions are spelled in several languages, and differ from nothing here.
"""

_UNITED_STATES = {
    "AL": "alabama", "AK": "alaska", "AZ": "arizona", "AR": "arkansas", "CA": "california",
    "CO": "colorado", "CT": "connecticut", "DC": "district of columbia", "DE": "delaware",
    "FL": "florida", "GA": "georgia", "HI": "hawaii", "IA": "iowa", "ID": "idaho",
    "IL": "illinois", "IN": "indiana", "KS": "kansas", "KY": "kentucky", "LA": "louisiana",
    "MA": "massachusetts", "MD": "maryland", "ME": "maine", "MI": "michigan", "MN": "minnesota",
    "MO": "missouri", "MS": "mississippi", "MT": "montana", "NC": "north carolina",
    "ND": "north dakota", "NE": "nebraska", "NH": "new hampshire", "NJ": "new jersey",
    "NM": "new mexico", "NV": "nevada", "NY": "new york", "OH": "ohio", "OK": "oklahoma",
    "OR": "oregon", "PA": "pennsylvania", "PR": "puerto rico", "RI": "rhode island",
    "SC": "south carolina", "SD": "south dakota", "TN": "tennessee", "TX": "texas", "UT": "utah",
    "VA": "virginia", "VT": "vermont", "WA": "washington", "WI": "wisconsin",
    "WV": "west virginia", "WY": "wyoming",
}  # fmt: skip
_CANADA = {
    "AB": "alberta", "BC": "british columbia", "MB": "manitoba", "NB": "new brunswick",
    "NL": "newfoundland and labrador", "NS": "nova scotia", "NT": "northwest territories",
    "NU": "nunavut", "ON": "ontario", "PE": "prince edward island", "QC": "quebec",
    "SK": "saskatchewan", "YT": "yukon",
}  # fmt: skip
_AUSTRALIA = {
    "ACT": "australian capital territory", "NSW": "new south wales", "NT": "northern territory",
    "QLD": "queensland", "SA": "south australia", "TAS": "tasmania", "VIC": "victoria",
    "WA": "western australia",
}  # fmt: skip
_BY_COUNTRY = {"US": _UNITED_STATES, "CA": _CANADA, "AU": _AUSTRALIA}


def same_region(one: str, other: str, country_code: str | None) -> bool | None:
    """Whether two writings are one region of a country; `None` where they cannot be told."""
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    names = _BY_COUNTRY.get(country_code or "", {})
    known = [_code(text, names) for text in (first, second)]
    return None if None in known else known[0] == known[1]


def _code(text: str, names: dict[str, str]) -> str | None:
    return next((code for code, name in names.items() if text in (code.casefold(), name)), None)


def _plain(text: str) -> str:
    return " ".join(text.replace("é", "e").replace(".", "").casefold().split())
