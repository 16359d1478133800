"""People and companies on a sanctions list, by the name and something that is not a name.

A name alone is somebody else's far too often, and a country is shared by millions: neither says
anything of a person. Sentences tell neither recruiter nor candidate what was found.
"""

from models.circumstances import Listed, ListedKind
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_TOLD = "Compliance is looking at a question about this case."
_SHARED_BY_MILLIONS = {"citizenship", "country", "gender", "name", "nationality", "sex"}
"""What does not tell one person or company from another of the same name."""


@_registry.rule(
    id="HIST-56",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-NAME-03", "DPRK-PAY-08"),
    benign="A company of the same name in the same country.",
    question=None,
    evidence_class=EvidenceClass.SCREENING,
)
def entity_listed(case: Case) -> Judgement:
    """An employer, a reference's firm or a payee is listed, by name and a further identifier."""
    claims = case.claims
    named = any(work.name for work in claims.work) or claims.references or claims.payout
    if case.seen.listed is None and named:
        yield Missing(Fact.SCREENING_LISTS)
    for listed in case.seen.listed or ():
        if listed.kind is ListedKind.ENTITY and _is_identified(listed):
            yield _hit(listed)


@_registry.rule(
    id="HIST-57",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-NAME-02",),
    benign="Somebody of the same name who shares a birth date or another detail.",
    question=None,
    evidence_class=EvidenceClass.SCREENING,
)
def person_listed(case: Case) -> Judgement:
    """The candidate, a reference or a payee is listed, by name and a further identifier."""
    if case.seen.listed is None and case.claims.full_name:
        yield Missing(Fact.SCREENING_LISTS)
    for listed in case.seen.listed or ():
        if listed.kind is ListedKind.PERSON and _is_identified(listed):
            yield _hit(listed)


RULES = _registry.rules
"""What lists say, for compliance."""


def _is_identified(listed: Listed) -> bool:
    """Whether it agrees in anything that few others have."""
    return bool({what.strip().casefold() for what in listed.agrees_in} - {"", *_SHARED_BY_MILLIONS})


def _hit(listed: Listed) -> Clash:
    return Clash(
        _TOLD,
        (
            Seen(
                what=f"listed {listed.kind}, {listed.role}",
                value=listed.entry,
                source=listed.list_name,
            ),
            Seen(what="agrees in the name and", value=", ".join(listed.agrees_in)),
        ),
        for_candidate=_TOLD,
    )
