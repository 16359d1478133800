"""Résumés in layouts drawn up after the reader was written: pages of HTML, printed by Chromium.

Each layout follows a fashion of its own (an exported profile, a sidebar, an academic page, tables,
one-liners) with headings and months of its language. Careers are drawn at random from invented
names; half of the positions and employers have none of the words that the reader looks for.
"""

import html
import random
from collections.abc import Callable
from typing import Any

Resume = dict[str, Any]

_POSITIONS = (
    *("Software Engineer", "Marketing Manager", "Registered Nurse", "Chief of Staff", "Barista"),
    *("Scrum Master", "Member of Technical Staff", "Financial Analyst", "Warehouse Operative"),
    *("Head of Growth, Nordics", "Site Reliability Engineer", "Bookkeeper", "UX Research"),
    *("Senior Consultant", "Customer Success", "Paralegal", "Data Steward", "Electrician"),
)
_EMPLOYERS = (
    *("Tessellate", "Brightwater Ltd", "Orrery", "Blue Heron Logistics", "Quillfeather GmbH"),
    *("Saint Oswin Hospital", "Marrow & Pine", "Lanternfish", "Copperfield Bank", "Zephyr Nine"),
    *("Ostrava Tooling a.s.", "Peregrine Labs", "Fennel Street Kitchen", "Hexham Borough Council"),
)
_SCHOOLS = (
    *("University of Northmere", "Technische Universität Grauburg", "Castellan College"),
    *("Universidad de Almadía", "École des Ponts Neufs", "Wexcombe Institute of Technology"),
)
_DEGREES = (("BSc", "Computer Science"), ("Master of Arts", "History"), ("MBA", "Finance"))
_CITIES = ("Leeds, UK", "Berlin, Germany", "Austin, TX", "Oslo, Norway")
_NAMES = ("Mira Castellanos", "Tom Okonkwo", "Jean-Luc Varga", "Sofía Lindgren", "Wei Zhang")
_SAID = (
    *("Cut the cost of delivery by a third between 2017 and 2019", "Trained nine new colleagues"),
    *("Wrote the handbook that other teams use", "Answered for a budget of 2.1 million"),
)
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}


def career(seed: int) -> Resume:
    """A career that reaches until today, the latest first."""
    draw = random.Random(seed)
    name = draw.choice(_NAMES)
    month = 12 * 2005 + draw.randrange(48)
    school = draw.choice(_DEGREES)
    end = month + draw.randrange(24, 60)
    courses = [
        {
            "institution": draw.choice(_SCHOOLS),
            "studyType": school[0],
            "area": school[1],
            "startDate": _iso(month),
            "endDate": _iso(end),
        }
    ]
    jobs: list[Resume] = []
    count = draw.randrange(2, 5)
    titles, employers = draw.sample(_POSITIONS, count), draw.sample(_EMPLOYERS, count)
    for place in range(count):
        start = end + draw.randrange(0, 9)
        end = start + draw.randrange(8, 40)
        job = {
            "position": titles[place],
            "name": employers[place],
            "city": draw.choice(_CITIES),
            "startDate": _iso(start),
            "told": draw.sample(_SAID, 2),
        }
        jobs.insert(0, job if place == count - 1 else job | {"endDate": _iso(end)})
    email = f"{name.split()[0].lower()}.{seed}@mail.example".replace("í", "i")
    return {"basics": {"name": name, "email": email}, "work": jobs, "education": courses}


def _iso(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def _span(entry: Resume, how: str, present: str, dash: str = " – ") -> str:
    ends = [entry["startDate"], entry.get("endDate")]
    return dash.join(_date(end, how) if end else present for end in ends)


def _date(iso: str, how: str) -> str:
    year, month = iso.split("-")
    if how == "m/y":
        return f"{month}/{year}"
    if how == "y":
        return year
    language, _, short = how.partition(" ")
    word = _MONTHS[language].split()[int(month) - 1]
    return f"{word[:3] if short else word} {year}"


def _page(style: str, body: str) -> str:
    return f"<!doctype html><meta charset=utf-8><style>body{{margin:0}}{style}</style>{body}"


def _list(job: Resume) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(one)}" for one in job["told"]) + "</ul>"


def _e(text: str) -> str:
    return html.escape(text)


def exported_profile(r: Resume) -> str:
    """Employer, position, dates with their duration and place below each other; dark sidebar."""
    jobs = "".join(
        f"<p><b>{_e(j['name'])}</b><br>{_e(j['position'])}<br>{_span(j, 'en', 'Present', ' - ')} "
        f"(2 years 3 months)<br><small>{_e(j['city'])}</small></p>"
        for j in r["work"]
    )
    courses = "".join(
        f"<p><b>{_e(c['institution'])}</b><br>{_e(c['studyType'])}, {_e(c['area'])} · "
        f"({_span(c, 'y', '', ' - ')})</p>"
        for c in r["education"]
    )
    side = f"<h3>Contact</h3><p>{r['basics']['email']}</p><h3>Top Skills</h3><p>Reading<br>Planning"
    side += "<br>Negotiation</p><h3>Languages</h3><p>English<br>German</p>"
    return _page(
        "div{float:left;box-sizing:border-box;padding:20px} .b{width:68%}"
        ".a{width:32%;background:#345;color:#fff}",
        f"<div class=a>{side}</div><div class=b><h1>{_e(r['basics']['name'])}</h1>"
        f"<p>{_e(r['work'][0]['position'])}</p><h2>Experience</h2>{jobs}<h2>Education</h2>{courses}",
    )


def sidebar_right(r: Resume) -> str:
    """As "Position | Employer", dates and place in grey below; contact on the right."""
    jobs = "".join(
        f"<h4>{_e(j['position'])} | {_e(j['name'])}</h4><i>{_span(j, 'en short', 'present')} | "
        f"{_e(j['city'])}</i>{_list(j)}"
        for j in r["work"]
    )
    courses = "".join(
        f"<h4>{_e(c['studyType'])} in {_e(c['area'])}</h4><p>{_e(c['institution'])}<br>"
        f"<i>{_span(c, 'en short', '')}</i></p>"
        for c in r["education"]
    )
    return _page(
        "main{float:left;width:64%;padding:10px} aside{float:right;width:28%;padding:10px}",
        f"<h1>{_e(r['basics']['name'])}</h1><main><h2>EXPERIENCE</h2>{jobs}<h2>EDUCATION</h2>"
        f"{courses}</main><aside><h2>CONTACT</h2><p>{r['basics']['email']}<br>Some Street 5"
        "<br>Sometown</p><h2>SKILLS</h2><p>Planning<br>Budgets<br>Writing<br>Travel</p></aside>",
    )


def academic(r: Resume) -> str:
    """Serif; employer left and place right, then position in italics and dates right."""
    row = "<div style='display:flex;justify-content:space-between'>{}</div>"
    jobs = "".join(
        row.format(f"<b>{_e(j['name'])}</b><span>{_e(j['city'])}</span>")
        + row.format(f"<i>{_e(j['position'])}</i><i>{_span(j, 'en short', 'Present')}</i>")
        + _list(j)
        for j in r["work"]
    )
    courses = "".join(
        row.format(f"<b>{_e(c['institution'])}</b><span>{_span(c, 'en short', '')}</span>")
        + f"<i>{_e(c['studyType'])} in {_e(c['area'])}</i>"
        for c in r["education"]
    )
    return _page(
        "body{font-family:serif;padding:20px} h1,.c{text-align:center}",
        f"<h1>{_e(r['basics']['name'])}</h1><p class=c>{r['basics']['email']} ⋄ 12 High Street</p>"
        f"<h3>Education</h3><hr>{courses}<h3>Work Experience</h3><hr>{jobs}",
    )


def german_table(r: Resume) -> str:
    """As "Lebenslauf" with 03/2016 – heute in a narrow column."""
    row = "<tr><td style='width:110px;vertical-align:top'>{}<td>{}"
    jobs = "".join(
        row.format(
            _span(j, "m/y", "heute"), f"<b>{_e(j['position'])}</b><br>{_e(j['name'])}{_list(j)}"
        )
        for j in r["work"]
    )
    courses = "".join(
        row.format(
            _span(c, "m/y", ""), f"{_e(c['institution'])}<br>{_e(c['studyType'])} {_e(c['area'])}"
        )
        for c in r["education"]
    )
    head = row.format("Name", _e(r["basics"]["name"])) + row.format("E-Mail", r["basics"]["email"])
    return _page(
        "body{font-family:sans-serif;padding:30px}",
        f"<h1>Lebenslauf</h1><h3>Persönliche Daten</h3><table>{head}</table>"
        f"<h3>Berufserfahrung</h3><table>{jobs}</table><h3>Ausbildung</h3><table>{courses}</table>",
    )


def one_liners(r: Resume) -> str:
    """As "Position at Employer (April 2016 to present)"."""
    jobs = "".join(
        f"<p>{_e(j['position'])} at {_e(j['name'])} ({_span(j, 'en', 'present', ' to ')})</p>"
        for j in r["work"]
    )
    courses = "".join(
        f"<p>{_e(c['studyType'])} {_e(c['area'])}, {_e(c['institution'])}, {_span(c, 'y', '', '–')}"
        for c in r["education"]
    )
    return _page(
        "body{padding:40px;font-family:sans-serif}",
        f"<h2>{_e(r['basics']['name'])}</h2><p>{r['basics']['email']}</p>"
        f"<h4>Employment History</h4>{jobs}<h4>Education &amp; Training</h4>{courses}",
    )


def french(r: Resume) -> str:
    """Spaced capitals as headings, dates first, "aujourd'hui"."""
    jobs = "".join(
        f"<p><small>{_span(j, 'fr', 'aujourd’hui', ' à ')}</small><br><b>{_e(j['name'])}</b> — "
        f"{_e(j['position'])}</p>{_list(j)}"
        for j in r["work"]
    )
    courses = "".join(
        f"<p><small>{_span(c, 'fr', '', ' à ')}</small><br><b>{_e(c['institution'])}</b> — "
        f"{_e(c['studyType'])} {_e(c['area'])}</p>"
        for c in r["education"]
    )
    return _page(
        "body{padding:40px;font-family:sans-serif} h3{letter-spacing:4px;text-transform:uppercase}",
        f"<h1>{_e(r['basics']['name'])}</h1><p>{r['basics']['email']}</p>"
        f"<h3>Expériences professionnelles</h3>{jobs}<h3>Formation</h3>{courses}",
    )


def spanish(r: Resume) -> str:
    """As "Employer | Position", dates flush right on the line above the story."""
    row = "<div style='display:flex;justify-content:space-between'>{}</div>"
    jobs = "".join(
        row.format(
            f"<span><b>{_e(j['name'])}</b> | {_e(j['position'])}</span>"
            f"<span>{_span(j, 'es', 'actualidad')}</span>"
        )
        + _list(j)
        for j in r["work"]
    )
    courses = "".join(
        row.format(
            f"<span><b>{_e(c['institution'])}</b> | {_e(c['studyType'])} en {_e(c['area'])}</span>"
            f"<span>{_span(c, 'es', '')}</span>"
        )
        for c in r["education"]
    )
    return _page(
        "body{padding:40px;font-family:sans-serif;font-size:13px}",
        f"<h1>{_e(r['basics']['name'])}</h1><p>Correo: {r['basics']['email']}</p>"
        f"<h2>Experiencia laboral</h2>{jobs}<h2>Formación académica</h2>{courses}",
    )


LAYOUTS: dict[str, Callable[[Resume], str]] = {
    "exported profile": exported_profile,
    "sidebar right": sidebar_right,
    "academic": academic,
    "German table": german_table,
    "one-liners": one_liners,
    "French, dates first": french,
    "Spanish, dates right": spanish,
}
