"""What others have too: HIST-25, 33, 37, 45, 51, 58, 59 and LINK-01 to 04."""

from typing import Any

from models.circumstances import Circumstances, DocumentDates, Shared, SharedKind
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case
from verifiers.case import Case

CLAIMS = {
    "basics": {"name": "Anna Example"},
    "work": [{"name": "Northwind", "startDate": "2019"}],
    "references": [{"name": "Maria Lopez", "email": "maria@northwind.com"}],
    "shipTo": [{"address": "12 Oak Lane"}],
    "accounts": [{"network": "portfolio", "url": "https://annabuilds.dev"}],
}
_CONTACT = {"phones": [{"number": "+1 212 555 0101"}]}


def _shared(kind: SharedKind, others: int, claims: Any = CLAIMS, **values: Any) -> Case:
    shared = Shared(kind=kind, others=others, **values)
    return a_case(claims, seen=Circumstances(shared=(shared,)))


def _nobody_looked(claims: Any = CLAIMS) -> Case:
    return a_case(claims)


def _documents(others: int) -> Case:
    shared = Shared(kind=SharedKind.DOCUMENT_NUMBER, others=others)
    return a_case(seen=Circumstances(shared=(shared,), documents=(DocumentDates(),)))


_NOTHING_CLAIMED = a_case(seen=Circumstances(shared=()))

CASES = {
    "HIST-25": ThreeCases(
        fraud=_shared(SharedKind.REFERENCE_CONTACT, 2),
        honest={
            "a manager of several former colleagues": _shared(
                SharedKind.REFERENCE_CONTACT, 4, same_employer=True
            ),
            "one other candidate": _shared(SharedKind.REFERENCE_CONTACT, 1),
            "nobody else": _shared(SharedKind.REFERENCE_CONTACT, 0),
            "no references are given": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "HIST-33": ThreeCases(
        fraud=_shared(SharedKind.PORTFOLIO, 1, similarity=0.9),
        honest={
            "one template": _shared(SharedKind.PORTFOLIO, 3, similarity=0.6),
            "nobody else": _shared(SharedKind.PORTFOLIO, 0),
            "no portfolio": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "HIST-37": ThreeCases(
        fraud=_shared(SharedKind.SHIP_TO, 2),
        honest={
            "a flatmate": _shared(SharedKind.SHIP_TO, 1),
            "a family that said so": _shared(SharedKind.SHIP_TO, 3, household_declared=True),
            "nobody else": _shared(SharedKind.SHIP_TO, 0),
            "nothing is shipped": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "HIST-45": ThreeCases(
        fraud=_shared(SharedKind.BANK_ACCOUNT, 1),
        honest={
            "a household that said so": _shared(
                SharedKind.PHONE, 1, _CONTACT, household_declared=True
            ),
            "a document number, which another rule looks at": _documents(1),
            "nobody else": _shared(SharedKind.PHONE, 0, _CONTACT),
            "nothing is claimed": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(_CONTACT),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "HIST-51": ThreeCases(
        fraud=_documents(1),
        honest={
            "nobody else": _documents(0),
            "no document was shown": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked({"identity": {"documentNumber": "L898902C3"}}),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "HIST-58": ThreeCases(
        fraud=_shared(SharedKind.REFERRER, 1, confirmed_fraud=True),
        honest={
            "referred by a colleague": _shared(SharedKind.REFERRER, 3),
            "referred by nobody": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "HIST-59": ThreeCases(
        fraud=_shared(SharedKind.RESUME_TEXT, 1, similarity=0.82),
        honest={
            "one template": _shared(SharedKind.RESUME_TEXT, 5, similarity=0.5),
            "nobody else": _shared(SharedKind.RESUME_TEXT, 0),
            "no résumé": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "LINK-01": ThreeCases(
        fraud=_shared(SharedKind.DEVICE, 1),
        honest={
            "a family that said so": _shared(SharedKind.DEVICE, 1, household_declared=True),
            "nobody else": _shared(SharedKind.DEVICE, 0),
            "no device was seen": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "LINK-02": ThreeCases(
        fraud=_shared(SharedKind.ROOM, 1),
        honest={
            "flatmates who said so": _shared(SharedKind.ROOM, 2, household_declared=True),
            "nobody else": _shared(SharedKind.ROOM, 0),
            "a plain wall": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "LINK-03": ThreeCases(
        fraud=_shared(SharedKind.IP, 2),
        honest={
            "one other of the same office": _shared(SharedKind.IP, 1),
            "a shared house that said so": _shared(SharedKind.IP, 5, household_declared=True),
            "nobody else": _shared(SharedKind.IP, 0),
            "no visit was seen": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
    "LINK-04": ThreeCases(
        fraud=_shared(SharedKind.ADDRESS, 4),
        honest={
            "a family of four": _shared(SharedKind.ADDRESS, 3),
            "a shared house that said so": _shared(SharedKind.ADDRESS, 6, household_declared=True),
            "nobody else": _shared(SharedKind.ADDRESS, 0),
            "no address": _NOTHING_CLAIMED,
        },
        unknown=_nobody_looked(),
        lacking=Fact.OTHER_CANDIDATES,
    ),
}
