"""References and employers that were asked: HIST-21 to HIST-24, HIST-26."""

from typing import Any

from models.circumstances import Circumstances, ReferenceAnswer
from models.outside import Confirmation, EmploymentConfirmation, Outside
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case, down, found
from verifiers.case import Case

_WORK = {
    "name": "Northwind Ltd",
    "position": "Engineer",
    "startDate": "2019-02",
    "url": "https://www.northwind.example.com/about",
}
_NORTHWIND = {"work": [{**_WORK, "url": "https://northwind.com"}]}


def _asked(
    *said: Confirmation, independent: bool = True, claimed: str = "Northwind Ltd", **claims: Any
) -> Case:
    answers = tuple(
        found(
            "Northwind",
            EmploymentConfirmation(employer="Northwind", confirmation=one, independent=independent),
            "the employer",
        )
        for one in said
    )
    return a_case({"work": [{**_WORK, "name": claimed}], **claims}, Outside(employments=answers))


def _references(*references: dict[str, Any], **claims: Any) -> Case:
    return a_case({**_NORTHWIND, **claims, "references": list(references)})


def _a_reference(name: str = "Maria Lopez", **contact: str) -> dict[str, str]:
    return {"name": name, "employer": "Northwind Ltd", **contact}


def _answered(answer: ReferenceAnswer | None, **reference: str) -> Case:
    seen = Circumstances(reference_answers=(answer,) if answer else ())
    return a_case({**_NORTHWIND, "references": [{"name": "Maria Lopez", **reference}]}, seen=seen)


CASES = {
    "HIST-21": ThreeCases(
        fraud=_asked(Confirmation.DENIED),
        honest={
            "the employer confirms": _asked(Confirmation.CONFIRMED),
            "the employer's books have another title": _asked(Confirmation.DIFFERS),
            "one office has no record and another confirms": _asked(
                Confirmation.DENIED, Confirmation.CONFIRMED
            ),
            "no employer is named": a_case({"work": [{"position": "Freelance illustrator"}]}),
        },
        unknown=_asked(Confirmation.NO_COMMENT),
        lacking=Fact.EMPLOYER_CONFIRMATION,
    ),
    "HIST-22": ThreeCases(
        fraud=_references(
            _a_reference(email="maria.lopez@gmail.com"),
            _a_reference("Peter Hahn", email="p.hahn@outlook.com"),
        ),
        honest={
            "one of them writes from the firm": _references(
                _a_reference(email="maria.lopez@gmail.com"),
                _a_reference("Peter Hahn", email="p.hahn@northwind.com"),
            ),
            "one is retired and has a telephone only": _references(
                _a_reference(email="maria.lopez@gmail.com"),
                _a_reference("Peter Hahn", phone="+49 30 901820"),
            ),
            "no references are given": a_case(_NORTHWIND),
        },
        unknown=_references(_a_reference()),
        lacking=Fact.REFERENCE_ANSWER,
    ),
    "HIST-23": ThreeCases(
        fraud=a_case(
            {**_NORTHWIND, "references": [_a_reference(email="maria@north-wind-hr.net")]},
            seen=Circumstances(official_domains=(("Northwind Ltd", "northwind.com"),)),
        ),
        honest={
            "the employer's own domain": _references(
                _a_reference(email="maria@mail.northwind.com")
            ),
            "a private mailbox": _references(_a_reference(email="maria.lopez@gmail.com")),
            "the same firm under another country's ending": a_case(
                {**_NORTHWIND, "references": [_a_reference(email="maria@northwind.co.uk")]},
                seen=Circumstances(official_domains=(("Northwind Ltd", "northwind.com"),)),
            ),
            "both moved to the next employer": _references(
                _a_reference(email="maria@southsea.org"),
                work=[*_NORTHWIND["work"], {"name": "Southsea", "url": "southsea.org"}],
            ),
            "the operator knows the domain": a_case(
                {**_NORTHWIND, "references": [_a_reference(email="maria@nw-group.com")]},
                seen=Circumstances(official_domains=(("northwind", "nw-group.com"),)),
            ),
            "no employer is named": _references({"name": "Maria", "email": "maria@elsewhere.org"}),
        },
        unknown=_references(
            {"name": "Maria", "employer": "Eastgate", "email": "maria@eastgate.org"}
        ),
        lacking=Fact.OFFICIAL_DOMAIN,
    ),
    "HIST-24": ThreeCases(
        fraud=_references(
            _a_reference(email="a.candidate+maria@gmail.com"),
            basics={"email": "acandidate@googlemail.com"},
        ),
        honest={
            "everybody has a contact of their own": _references(
                _a_reference(email="maria@northwind.com", phone="+1 212 555 0101"),
                _a_reference("Peter Hahn", email="peter@northwind.com", phone="+1 212 555 0102"),
                basics={"email": "anna@gmail.com", "phone": "+1 212 555 0103"},
            ),
            "two colleagues behind one switchboard": _references(
                _a_reference(email="maria@northwind.com", phone="+1 212 555 0100"),
                _a_reference("Peter Hahn", email="peter@northwind.com", phone="+1 (212) 555-0100"),
            ),
            "two colleagues of one firm, at its telephone alone": _references(
                _a_reference(phone="+1 212 555 0100"),
                _a_reference("Peter Hahn", phone="+1 (212) 555-0100"),
            ),
            "two extensions of one switchboard": _references(
                _a_reference(phone="+1 212 555 0100 ext. 12", employer="Eastgate"),
                _a_reference("Peter Hahn", phone="+1 212 555 0100 ext. 34"),
            ),
            "the switchboard of the candidate's employer of today": _references(
                _a_reference(phone="+1 212 555 0100"),
                basics={"phone": "+1 212 555 0100"},
                work=[{**_WORK, "endDate": ""}],
            ),
            "one reference told twice": _references(
                _a_reference("Dr Maria Lopez", email="maria@northwind.com"),
                _a_reference("Maria Lopez", email="Maria@Northwind.com"),
            ),
            "the same digits in two countries": _references(
                _a_reference(phone="+49 30 901820"),
                basics={"phone": "+43 30 901820"},
            ),
            "dots that count at most providers": _references(
                _a_reference(email="m.lopez@northwind.com"),
                _a_reference("Miguel Lopez", email="mlopez@northwind.com"),
            ),
        },
        unknown=_references(_a_reference()),
        lacking=Fact.REFERENCE_ANSWER,
    ),
    "HIST-26": ThreeCases(
        fraud=_answered(
            ReferenceAnswer(
                reference=0,
                seconds=4,
                from_candidates_network=True,
                from_candidates_device=True,
            )
        ),
        honest={
            "from their own place, in their own time": _answered(
                ReferenceAnswer(
                    reference=0,
                    seconds=340,
                    from_candidates_network=False,
                    from_candidates_device=False,
                )
            ),
            "a colleague of today in the same office": _answered(
                ReferenceAnswer(reference=0, seconds=200, from_candidates_network=True),
                employer="Northwind",
            ),
            "a short answer on a telephone": _answered(ReferenceAnswer(reference=0, seconds=45)),
            "no references are given": a_case(_NORTHWIND),
        },
        unknown=_answered(None),
        lacking=Fact.REFERENCE_ANSWER,
    ),
}

FURTHER_FRAUD = {
    "two references of different names in one mailbox": _references(
        _a_reference(email="hr@northwind.com"), _a_reference("Peter Hahn", email="HR@northwind.com")
    ),
    "a telephone that two references share without a mailbox": _references(
        _a_reference(phone="(212) 555-0100"),
        _a_reference("Peter Hahn", phone="212 555 0100", employer="Eastgate"),
    ),
    "the candidate's own telephone": _references(
        _a_reference(phone="0049 30 901820", employer="Eastgate"),
        basics={"phone": "+49 (30) 901820"},
    ),
}
"""Other ways in which HIST-24 is met."""

NOT_TOLD = {
    "an employer that was reached through the candidate": _asked(
        Confirmation.DENIED, independent=False
    ),
    "a provider that found nothing": _asked(Confirmation.NO_RECORD),
    "a provider that is down": a_case(
        {"work": [_WORK]}, Outside(employments=(down("Northwind Ltd"),))
    ),
    "a denial where records may stand under a former name": _asked(
        Confirmation.DENIED, identity={"formerNames": ["Anna Berg"]}
    ),
    "a denial by another employer": _asked(Confirmation.DENIED, claimed="Eastgate"),
}
"""Other ways in which HIST-21 stays unknown."""
