"""A case that an entry of a made-up list holds, as the service makes one, without any engine."""

from datetime import date
from uuid import UUID

from models.circumstances import Circumstances, ListedKind
from models.context import Context
from models.finding import Finding
from models.history import Basics, Claims
from models.sanctions import BirthSpan, Hit, ListedDocument, ListedName, ListEntry, Party
from models.stage import Stage
from service.linkage.faces import FaceIndexes
from service.report.rules_shown import rules_shown
from service.report.shown import Shown
from service.report.timeline_shown import Timeline
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.results import Work
from service.store.store import Store
from service.workflow.cases import StoredCases
from service.workflow.pipeline import Step, StepResult
from verifiers.case import Case
from verifiers.judging import judge
from verifiers.screening import RULES
from verifiers.screening.matching import listed_of

LIST_NAME = "Testland Ministry Register"
ENTRY = "TMR-4711"
MATCHED = "KORVAX Ilmar"
ALIAS = "Ilmaro Korvacs"
SECRETS = (
    LIST_NAME,
    ENTRY,
    MATCHED,
    ALIAS,
    "KN-0815",
    "person_listed",
    "HIST-56",
    "HIST-57",
    "hold.screening",
    "screening list",
    "sanctions list",
)
"""What a reader who may not see it finds nowhere."""


def a_hit(
    entry: str = ENTRY,
    agrees_in: tuple[str, ...] = ("birth date",),
    *,
    role: str = "candidate",
    name: str = "Ilmar Korvax",
) -> Hit:
    """Somebody who shares a name and a birth date with an entry."""
    kind = ListedKind.PERSON if role == "candidate" else ListedKind.ENTITY
    return Hit(
        party=Party(kind=kind, role=role, names=(name,), birth_date=date(1980, 2, 3)),
        entry=ListEntry(
            list_name=LIST_NAME,
            id=entry,
            kind=kind,
            names=(ListedName(text=MATCHED), ListedName(text=ALIAS)),
            births=(BirthSpan(earliest=date(1980, 1, 1), latest=date(1980, 12, 31)),),
            documents=(ListedDocument(number="KN-0815", kind="passport"),),
            programmes=("TEST",),
            listed_on=date(2020, 6, 1),
        ),
        matched_name=MATCHED,
        score=0.97,
        explanation="The same two words in another order.",
        agrees_in=agrees_in,
        list_published_on=date(2026, 4, 1),
    )


def raised(store: Store, tenant: UUID, verification: UUID, *hits: Hit) -> tuple[Hit, ...]:
    """Do what the step of screening does with what it found; those that stand."""
    with store.tenant(tenant, SYSTEM) as t:
        return t.screening.raise_hits(verification, hits)


def screened(
    store: Store,
    tenant: UUID,
    verification: UUID,
    *hits: Hit,
    settings: Settings,
    beside: tuple[Finding, ...] = (),
) -> None:
    """Take a submission to its verdict: these hits are found, and `beside` of its documents."""
    with store.tenant(tenant, SYSTEM) as t:
        work = Work(verification, t.verifications.get(verification).generation)
    standing = raised(store, tenant, verification, *hits)
    case = Case(
        Claims(basics=Basics(name="Ilmar Korvax")),
        Context(stage=Stage.INTERVIEW, today=date(2026, 5, 4)),
        seen=Circumstances(listed=listed_of(standing)),
    )
    judged = judge(RULES, case)
    results = {step: StepResult(step=step, findings=()) for step in Step}
    results[Step.DOCUMENTS] = StepResult(step=Step.DOCUMENTS, findings=beside)
    results[Step.SCREENING] = StepResult(
        step=Step.SCREENING, findings=(), listed=listed_of(standing)
    )
    results[Step.HISTORY] = StepResult(
        step=Step.HISTORY,
        findings=judged.findings,
        judged=tuple(judged.rules),
        shown=Shown(timeline=Timeline(rules=rules_shown(judged.rules))),
    )
    with store.tenant(tenant, SYSTEM) as t:
        for step, result in results.items():
            assert t.results.begin(work, step.value)
            t.results.finish(work, step.value, result.model_dump_json().encode())
    cases = StoredCases(store, settings, FaceIndexes(store))
    cases.perform(f"{work.verification}/{work.generation}", "verdict")
