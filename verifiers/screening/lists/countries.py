"""Countries as sanctions lists call them.

The names of ISO 3166 come with the time zones (`iso3166.tab` of tzdata); what lists call otherwise
stands here. Shown to readers; nobody is found or weighed by a country.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_ALSO = {
    "AE": ("UAE",),
    "BO": ("Bolivia (Plurinational State of)",),
    "BS": ("Bahamas, The",),
    "CD": ("Congo, Democratic Republic of the", "Democratic Republic of the Congo", "DRC"),
    "CF": ("Central African Republic",),
    "CG": ("Congo, Republic of the", "Congo"),
    "CI": ("Cote d'Ivoire", "Cote d Ivoire", "Ivory Coast"),
    "CV": ("Cabo Verde",),
    "CZ": ("Czechia",),
    "GB": (
        "United Kingdom",
        "United Kingdom of Great Britain and Northern Ireland",
        "UK",
        "Great Britain",
    ),
    "GM": ("Gambia, The", "The Gambia"),
    "HK": ("Hong Kong, China", "Hong Kong SAR"),
    "IM": ("Man, Isle of",),
    "IR": ("Iran (Islamic Republic of)", "Islamic Republic of Iran"),
    "KP": (
        "Korea, North",
        "Democratic People's Republic of Korea",
        "Korea, Democratic People's Republic of",
        "DPRK",
    ),
    "KR": ("Korea, South", "Republic of Korea", "Korea, Republic of"),
    "LA": ("Lao People's Democratic Republic",),
    "LY": ("Libyan Arab Jamahiriya",),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia, The Former Yugoslav Republic of", "North Macedonia, The Republic of"),
    "MM": ("Burma", "Myanmar", "Myanmar/Burma"),
    "PS": ("Palestinian", "West Bank", "Region: Gaza", "State of Palestine", "Palestine"),
    "RU": ("Russian Federation",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("Timor-Leste",),
    "TR": ("Türkiye",),
    "TZ": ("United Republic of Tanzania",),
    "US": ("United States", "United States of America", "USA"),
    "VE": ("Venezuela (Bolivarian Republic of)",),
    "VG": ("Virgin Islands, British", "British Virgin Islands"),
    "VN": ("Viet Nam",),
    "WS": ("Samoa",),
    "XK": ("Kosovo",),
}


@lru_cache(maxsize=4096)
def country_code(name: str | None) -> str | None:
    """ISO 3166-1 alpha-2 of a country as a list names it, or of the code itself."""
    return _known().get(_folded(name)) if name else None


@cache
def _known() -> dict[str, str]:
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line[:1] not in {"#", ""})
    known = {}
    for code, name in rows:
        known[_folded(code)] = code
        known[_folded(name)] = code
    for code, names in _ALSO.items():
        known.update((_folded(name), code) for name in names)
    return known


def _folded(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", bare.casefold().replace("'", "").replace("’", ""))
    words = ["st" if word == "saint" else word for word in words]
    return " ".join(word for word in words if word not in {"the", "and"})
