"""The places, schools, technologies and words that generated lives are made of.

Employers and schools are invented. Their domains stand under real suffixes, because rules read
domains by the public suffix list, and are never asked for by anything: the answers about them are
generated too. Telephone numbers are of ranges kept for fiction where a country has such.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class City:
    """Where people live and companies are."""

    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    zone: str
    winter: int
    """Minutes from UTC in January."""
    summer: int
    """Minutes from UTC in July."""


CITIES = (
    City("Austin", "Texas", "US", 30.27, -97.74, "America/Chicago", -360, -300),
    City("Columbus", "Ohio", "US", 39.96, -83.0, "America/New_York", -300, -240),
    City("Portland", "Oregon", "US", 45.52, -122.68, "America/Los_Angeles", -480, -420),
    City("Denver", "Colorado", "US", 39.74, -104.99, "America/Denver", -420, -360),
    City("Leeds", "England", "GB", 53.8, -1.55, "Europe/London", 0, 60),
    City("Cardiff", "Wales", "GB", 51.48, -3.18, "Europe/London", 0, 60),
    City("Hamburg", "Hamburg", "DE", 53.55, 9.99, "Europe/Berlin", 60, 120),
    City("Leipzig", "Sachsen", "DE", 51.34, 12.37, "Europe/Berlin", 60, 120),
    City("Lyon", "Auvergne-Rhône-Alpes", "FR", 45.76, 4.84, "Europe/Paris", 60, 120),
    City("Valencia", "Comunitat Valenciana", "ES", 39.47, -0.38, "Europe/Madrid", 60, 120),
    City("Gdańsk", "Pomorskie", "PL", 54.35, 18.65, "Europe/Warsaw", 60, 120),
    City("Lviv", "Lviv Oblast", "UA", 49.84, 24.03, "Europe/Kyiv", 120, 180),
    City("Pune", "Maharashtra", "IN", 18.52, 73.86, "Asia/Kolkata", 330, 330),
    City("Busan", "Busan", "KR", 35.18, 129.08, "Asia/Seoul", 540, 540),
    City("Taipei", "Taipei", "TW", 25.03, 121.57, "Asia/Taipei", 480, 480),
    City("Ibadan", "Oyo", "NG", 7.38, 3.95, "Africa/Lagos", 60, 60),
    City("Guadalajara", "Jalisco", "MX", 20.67, -103.35, "America/Mexico_City", -360, -360),
    City("Curitiba", "Paraná", "BR", -25.43, -49.27, "America/Sao_Paulo", -180, -180),
    City("Amman", "Amman", "JO", 31.96, 35.95, "Asia/Amman", 180, 180),
    City("Brisbane", "Queensland", "AU", -27.47, 153.03, "Australia/Brisbane", 600, 600),
)

FAR_AWAY = (
    City("Shenyang", "Liaoning", "CN", 41.8, 123.43, "Asia/Shanghai", 480, 480),
    City("Vladivostok", "Primorsky Krai", "RU", 43.12, 131.89, "Asia/Vladivostok", 600, 600),
    City("Vientiane", "Vientiane", "LA", 17.97, 102.6, "Asia/Vientiane", 420, 420),
)
"""From where the published cases were worked (A22, S4). Only where a fraud life sits; honest ones
are drawn from all cities alike."""

SUFFIXES = {
    "US": "com", "GB": "co.uk", "DE": "de", "FR": "fr", "ES": "es", "PL": "pl", "UA": "com.ua",
    "IN": "in", "KR": "co.kr", "TW": "com.tw", "NG": "com.ng", "MX": "com.mx", "BR": "com.br",
    "JO": "com.jo", "AU": "com.au",
}  # fmt: skip

ACADEMIC = {
    "US": "edu", "GB": "ac.uk", "DE": "de", "FR": "fr", "ES": "es", "PL": "edu.pl",
    "UA": "edu.ua", "IN": "ac.in", "KR": "ac.kr", "TW": "edu.tw", "NG": "edu.ng", "MX": "edu.mx",
    "BR": "edu.br", "JO": "edu.jo", "AU": "edu.au",
}  # fmt: skip

REGISTRY_COVERS = {"US": 0.35, "GB": 0.95, "DE": 0.5, "FR": 0.5, "ES": 0.4, "PL": 0.4, "AU": 0.4}
"""Share of employers that an asked registry has, by country; 0.2 elsewhere. Assumed."""

WEBMAIL = ("gmail.com", "outlook.com", "proton.me", "yahoo.com", "gmx.net", "fastmail.com")
DISPOSABLE = ("mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com")

TITLES = (
    "Software engineer", "Backend developer", "Frontend developer", "Data engineer", "QA engineer",
    "DevOps engineer", "Product designer", "Support engineer", "Systems administrator",
)  # fmt: skip
STREETS = ("Mill Lane", "Station Road", "Oak Street", "River Walk", "Church Street", "Harbour Way")
AREAS = ("Computer science", "Mathematics", "Physics", "Information systems", "Design", "Economics")

_FIRST = (
    "Halvor", "Nordlys", "Kestrel", "Brightmoor", "Tavira", "Solvane", "Quillon", "Arkady",
    "Velmar", "Ostrava", "Pinehollow", "Lumex", "Caldera", "Fenwick", "Orison", "Mirador",
    "Zephra", "Tarnwell", "Ravelin", "Sondry", "Elmgate", "Corvane", "Dunmere", "Ysolde",
    "Harrowby", "Novaquay",
)  # fmt: skip
_SECOND = (
    "Freight", "Energy", "Maps", "Systems", "Health", "Payments", "Robotics", "Foods", "Analytics",
    "Insurance", "Media", "Logistics", "Software", "Telecom", "Retail", "Bank", "Games", "Mobility",
)  # fmt: skip


def company_name(random: Random) -> str:
    """Two words, of some 460 pairs."""
    return f"{random.choice(_FIRST)} {random.choice(_SECOND)}"


def slug(name: str) -> str:
    """A name as a domain holds it."""
    return "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalnum())


TECHNOLOGIES = {
    "Python": 1991, "Java": 1996, "JavaScript": 1996, "PHP": 1995, "MySQL": 1995, "C#": 2002,
    "Ruby on Rails": 2005, "jQuery": 2006, "Django": 2006, "Git": 2006, "Node.js": 2010,
    "MongoDB": 2010, "Go": 2010, "AngularJS": 2011, "TypeScript": 2013, "Docker": 2014,
    "React": 2014, "Vue.js": 2015, "Kubernetes": 2015, "Swift": 2015, "Rust": 2016,
    "GraphQL": 2016, "TensorFlow": 2016, "PyTorch": 2017, "Flutter": 2018, "FastAPI": 2019,
}  # fmt: skip
"""The first year in which somebody may have used it at work: that after its first public release,
or that of it where it was used at once."""


def telephone(random: Random, country: str) -> str:
    """A number, in international form."""
    digits = "".join(str(random.randrange(10)) for _ in range(8))
    return {
        "US": f"+1 {random.choice((512, 614, 503, 303, 415, 617))} 555 01{digits[:2]}",
        "GB": f"+44 7700 900{digits[:3]}",
        "DE": f"+49 171 39200{digits[:2]}",
        "FR": f"+33 6 39 98 {digits[:2]} {digits[2:4]}",
        "AU": f"+61 491 570 {digits[:3]}",
        "ES": f"+34 612 {digits[:6]}",
        "PL": f"+48 512 {digits[:6]}",
        "UA": f"+380 50 {digits[:7]}",
        "IN": f"+91 98{digits}",
        "KR": f"+82 10 {digits[:4]} {digits[4:]}",
        "TW": f"+886 912 {digits[:6]}",
        "NG": f"+234 803 {digits[:7]}",
        "MX": f"+52 33 {digits}",
        "BR": f"+55 41 9{digits}",
        "JO": f"+962 79 {digits[:7]}",
    }[country]
