"""Careers to set as résumés; everybody and everything in them is invented."""

from typing import Any

Resume = dict[str, Any]


def job(position: str, name: str, start: str, end: str | None, summary: str = "") -> Resume:
    """A position."""
    said = {"position": position, "name": name, "startDate": start, "summary": summary}
    return said | ({"endDate": end} if end else {})


def course(study: str, area: str, institution: str, start: str, end: str) -> Resume:
    """A course of study."""
    names = {"studyType": study, "area": area, "institution": institution}
    return names | {"startDate": start, "endDate": end}


ANNA: Resume = {
    "basics": {
        "name": "Anna Maria Lindqvist",
        "email": "anna@mail.example",
        "phone": "+46 8 123 456 78",
        "profiles": [{"url": "https://github.com/annalindqvist"}],
    },
    "work": [
        job(
            "Principal Engineer",
            "Kestrel Maps",
            "2016-02",
            None,
            "Built the tile pipeline in 2018\nLed a team of six",
        ),
        job("Software Developer", "Nordlys Energy", "2011-04", "2015-12", "Forecast demand"),
        job("Working Student", "Halvorsen Freight Ltd", "2009", "2011"),
    ],
    "education": [course("BSc", "Computer Science", "University of Zenith", "2006-09", "2010-06")],
    "skills": [{"name": name} for name in ("Python", "SQL", "Kubernetes", "Terraform", "Go")],
}
CHARGE_NURSE: Resume = {
    "basics": {"name": "José Ñandú Beltrán", "email": "jose.beltran@post.example"},
    "work": [
        job("Charge Nurse", "St. Brigid's Hospital", "2019-06", None, "Night shifts"),
        job("Staff Nurse", "Puerto Claro Clinic", "2014-01", "2019-05"),
    ],
    "education": [
        course("Bachelor of Science", "Nursing", "Puerto Claro University", "2009", "2013")
    ],
    "skills": [{"name": name} for name in ("Triage", "Wound care", "Teaching", "Rotas", "Audit")],
}
LATE_STARTER: Resume = {
    "basics": {
        "name": "Robin O'Dwyer",
        "email": "robin@odwyer.example",
        "phone": "+353 1 555 0123",
    },
    "work": [
        job("Data Analyst", "Fathom & Rowe Insurance", "2022-09", "2024-03", "Pricing models"),
        job("Bakery Manager", "Crumb Street Bakery", "2012", "2021-12", "Hired eleven people"),
    ],
    "education": [
        course("MSc", "Data Science", "Harbour Institute of Technology", "2021-01", "2022-08"),
        course("Diploma", "Patisserie", "Westmoor College", "2010", "2011"),
    ],
    "skills": [{"name": name} for name in ("R", "SQL", "Sourdough", "Excel", "Tableau")],
}
CAREERS = (ANNA, CHARGE_NURSE, LATE_STARTER)
