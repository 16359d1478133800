"""Sanctions lists: HIST-56 and HIST-57."""

from models.circumstances import Circumstances, Listed, ListedKind
from models.rule import Fact
from tests.rules.building import ThreeCases, a_case
from verifiers.case import Case

CLAIMS = {"basics": {"name": "Kim Min Jung"}, "work": [{"name": "Blue River Trading"}]}


def _listed(kind: ListedKind, *agrees_in: str) -> Case:
    hit = Listed(
        kind=kind,
        role="candidate" if kind is ListedKind.PERSON else "employer",
        list_name="a sanctions list",
        entry="entry 4711",
        agrees_in=agrees_in,
    )
    return a_case(CLAIMS, seen=Circumstances(listed=(hit,)))


_NOBODY_LISTED = a_case(CLAIMS, seen=Circumstances(listed=()))

CASES = {
    "HIST-56": ThreeCases(
        fraud=_listed(ListedKind.ENTITY, "registration number"),
        honest={
            "a namesake": _listed(ListedKind.ENTITY),
            "a namesake of the same country": _listed(ListedKind.ENTITY, "Country"),
            "nobody is listed": _NOBODY_LISTED,
            "nothing is claimed": a_case(),
        },
        unknown=a_case(CLAIMS),
        lacking=Fact.SCREENING_LISTS,
    ),
    "HIST-57": ThreeCases(
        fraud=_listed(ListedKind.PERSON, "birth date"),
        honest={
            "a namesake": _listed(ListedKind.PERSON),
            "a namesake of the same country": _listed(ListedKind.PERSON, "country"),
            "a namesake of the same citizenship and sex": _listed(
                ListedKind.PERSON, "Citizenship", "Gender"
            ),
            "nobody is listed": _NOBODY_LISTED,
            "nothing is claimed": a_case(),
        },
        unknown=a_case(CLAIMS),
        lacking=Fact.SCREENING_LISTS,
    ),
}
