"""What the results of all steps amount to: the verification with its verdict.

Pure and cheap: no evidence, no pixels and no models are needed, so the service does it where it
stores the verdict.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from models.answer import CandidateAnswer
from models.finding import Finding
from models.policy import Policy
from models.stage import Stage
from models.verification import EvidenceKind, Verification
from service.settings import SOFTWARE
from service.workflow.pipeline import Step, StepResult, result_of
from verifiers.answered import answers_beside
from verifiers.decision import decide


def conclude(
    results: Sequence[StepResult],
    *,
    id: UUID,
    now: datetime,
    stage: Stage,
    policy: Policy,
    linked: Sequence[Finding] = (),
    answers: Sequence[CandidateAnswer] = (),
) -> Verification:
    """The verification that all its steps amount to, with the verdict. Pure, and cheap.

    `now`, `stage` and `policy` are those of the order that the steps were taken for; `linked` is
    what other verifications say of this one, which no step can know. `answers` are the candidate's
    to what was asked before.

    Raises:
        ValueError: the result of a step is missing.
    """
    found = [result_of(step, results) for step in Step]
    documents, faces = result_of(Step.DOCUMENTS, found), result_of(Step.FACES, found)
    seen = (*(finding for result in found for finding in result.findings), *linked)
    findings = (*seen, *answers_beside(seen, answers))
    kinds = list(EvidenceKind)
    evidence = [file for result in found for file in result.evidence]
    return Verification(
        id=id,
        stage=stage,
        created_at=now,
        software=SOFTWARE,
        evidence=tuple(sorted(evidence, key=lambda file: kinds.index(file.kind))),
        footage=faces.footage,
        claims=documents.claims,
        findings=findings,
        verdict=decide(findings, policy, stage, claims_given=_history_claimed(documents)),
        templates=faces.templates,
        notes=_notes(documents, faces, policy),
    )


def _history_claimed(documents: StepResult) -> bool:
    if documents.claims is None:
        # Claims that could not be read still owe an answer.
        return any(file.kind is EvidenceKind.CLAIMS for file in documents.evidence)
    return documents.claims.tells_history


def _notes(documents: StepResult, faces: StepResult, policy: Policy) -> tuple[str, ...]:
    notes = [*faces.notes]
    if any(clip.simulated for clip in faces.footage):
        notes.append("Simulated footage: rendered by the samples, not filmed.")
    if policy.allow_specimens and any(f.code == "document.specimen" for f in documents.findings):
        notes.append("The document is a specimen, which this policy allows.")
    return tuple(notes)
