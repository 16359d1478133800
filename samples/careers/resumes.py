"""What the sample people say of their lives: JSON Resume documents (jsonresume.org).

Employers, schools and addresses are invented; `.example` is a domain that never resolves. Beside
JSON Resume stands `identity`: what the candidate claims and a document can confirm.
"""

from typing import Any

from samples.holder import Holder

Resume = dict[str, Any]


def coherent(holder: Holder) -> Resume:
    """A life in which one thing follows the other."""
    return _resume(
        holder,
        work=[
            _work("Halvorsen Freight", "Software engineer", "1998-09", "2006-02"),
            _work("Nordlys Energy", "Senior software engineer", "2006-04", "2015-12"),
            _work("Kestrel Maps", "Principal engineer", "2016-02", None),
        ],
        education=[_education("University of Zenith", "Computer science", "1993-09", "1998-06")],
    )


def contradicting(holder: Holder) -> Resume:
    """A life that cannot have been, whatever the missing days of its dates.

    Full-time work began when the sample person was five years old, and a degree ended three years
    before it began. Both can be slips of the pen: the candidate is asked, not accused.
    """
    return _resume(
        holder,
        work=[
            _work(
                "Halvorsen Freight", "Software engineer", f"{holder.birth_date.year + 5}-09", "2006"
            ),
            _work("Kestrel Maps", "Principal engineer", "2016-02", None),
        ],
        education=[_education("University of Zenith", "Computer science", "1996-09", "1993-06")],
    )


def _resume(holder: Holder, work: list[Resume], education: list[Resume]) -> Resume:
    name = f"{holder.secondary} {holder.primary}".title()
    return {
        "basics": {
            "name": name,
            "label": "Software engineer",
            "email": f"{holder.primary.lower().replace(' ', '')}@mail.example",
        },
        "identity": {
            "fullName": name,
            "birthDate": holder.birth_date.isoformat(),
            "documentNumber": holder.number,
        },
        "work": work,
        "education": education,
    }


def _work(name: str, position: str, start: str, end: str | None) -> Resume:
    """A full-time position; no end means that it goes on."""
    entry: Resume = {"name": name, "position": position, "startDate": start, "fullTime": True}
    return entry if end is None else entry | {"endDate": end}


def _education(institution: str, area: str, start: str, end: str) -> Resume:
    return {
        "institution": institution,
        "area": area,
        "studyType": "Bachelor",
        "startDate": start,
        "endDate": end,
    }
