"""Nationalities as print words them: a code, a country, an adjective in the issuer's language.

Beginnings of words, folded, so that one entry covers a word's cases and genders (POLSK: Polska,
polskie). A table of words that documents use, not of all countries: what is not in it is unknown.
"""

from functools import cache

from verifiers.documents.issuers import STATES
from verifiers.documents.print_words import folded

_SAME = {"D": "DEU", "D<<": "DEU", "BDR": "DEU"} | dict.fromkeys(
    ("GBD", "GBN", "GBO", "GBP", "GBS"), "GBR"
)
"""Codes of 9303-3 §5 that stand for a state's own code."""

_BEGINNINGS: dict[str, str] = {
    "AFG": "afghan", "ALB": "alban shqip", "ARE": "emirat emirian", "ARG": "argentin",
    "ARM": "armenia հայ", "AUS": "australia", "AUT": "austria österreich oesterreich",
    "AZE": "azerb azərb", "BEL": "belg belgië", "BGD": "bangladesh", "BGR": "bulgar българ",
    "BIH": "bosn", "BLR": "belarus беларус", "BOL": "bolivia", "BRA": "brasil brazil",
    "CAN": "canad", "CHE": "switzerland swiss schweiz suisse svizzer svizra", "CHL": "chile",
    "CHN": "chinese 中国", "CMR": "cameroon cameroun", "COL": "colombia",
    "CRI": "costaric costarric",
    "CUB": "cuba", "CYP": "cypr kıbrıs κυπρ", "CZE": "czech česk českér", "DEU": "deutsch german",
    "DNK": "danmark dansk danish denmark", "DZA": "algeri", "ECU": "ecuator", "EGY": "egypt",
    "ESP": "españ espan spanish spain", "EST": "eesti estonia", "ETH": "ethiopia",
    "FIN": "suomi finland finnish", "FRA": "français française france french", "GEO": "georgia",
    "GBR": "british unitedkingdom", "GHA": "ghana", "GRC": "hellenic greek greece ελλην",
    "GTM": "guatemal", "HKG": "hongkong", "HND": "hondur", "HRV": "hrvat croatia",
    "HUN": "magyar hungar", "IDN": "indonesia", "IND": "indian", "IRL": "éireann irish ireland",
    "IRN": "iran", "IRQ": "iraq", "ISL": "íslen islan icelan", "ISR": "israel", "ITA": "italia",
    "JAM": "jamaica", "JOR": "jordan", "JPN": "japan 日本", "KAZ": "kazak қазақ", "KEN": "kenya",
    "KOR": "republicofkorea 대한민국", "LBN": "lebanes liban", "LIE": "liechtenstein",
    "LTU": "lietuv lithuania", "LUX": "luxemb lëtzeb", "LVA": "latvi", "MAR": "moroc maroc",
    "MDA": "moldov", "MEX": "mexic méxic", "MKD": "macedoni македон", "MLT": "malt",
    "MNE": "crnogor montenegr црногор", "MYS": "malaysia", "NGA": "nigerian",
    "NLD": "nederland netherland dutch", "NOR": "norge noreg norsk norw", "NPL": "nepal",
    "NZL": "newzealand", "PAK": "pakistan", "PER": "peru", "PHL": "filipin philippin pilipin",
    "POL": "polsk polish poland", "PRT": "portug", "PRY": "paraguay", "ROU": "român romania",
    "RUS": "russia российск", "SAU": "saudi", "SGP": "singapor", "SRB": "srps srbi serbia српс",
    "SVK": "slovensk slovak", "SVN": "slovenija slovenia slovensko", "SWE": "sverige svensk swed",
    "THA": "thai", "TUN": "tunis", "TUR": "türk turk", "TWN": "republicofchina taiwan 中華民國",
    "UKR": "ukrain україн", "URY": "uruguay", "USA": "unitedstatesofamerica usa american",
    "UTO": "utopia", "UZB": "uzbek o'zbek", "VEN": "venezola venezuela", "VNM": "vietnam viet",
    "XXA": "stateless", "XXB": "refugee", "XXC": "refugee", "ZAF": "southafrica", "ZWE": "zimbabwe",
}  # fmt: skip
"""SVK's slovensko and SVN's slovensko (the adjective) meet: both count."""


def same_state(one: str, other: str) -> bool:
    """Whether two codes stand for the same state."""
    return _SAME.get(one, one) == _SAME.get(other, other)


def states_named(text: str) -> frozenset[str]:
    """The codes of all states that this text can name; empty where it is no known word."""
    words = [folded(word) for word in text.replace("/", " ").split()]
    whole = folded(text)
    named = {_SAME.get(word, word) for word in words if word in STATES or word in _SAME}
    named |= {word for word in words if word in _BEGINNINGS}
    for code, beginnings in _folded().items():
        for begins in beginnings:
            if whole.startswith(begins) or any(word.startswith(begins) for word in words):
                named.add(code)
    return frozenset(named)


@cache
def _folded() -> dict[str, tuple[str, ...]]:
    return {code: tuple(map(folded, words.split())) for code, words in _BEGINNINGS.items()}
