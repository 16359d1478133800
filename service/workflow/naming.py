"""The candidate named in the footage that was sent: kept with the order, refused where none is."""

from uuid import UUID

from models.named_face import NamedFace
from service.errors import Refused
from service.store.store import OfTenant
from service.store.tables import Verification
from service.workflow.pipeline import Step, StepResult
from service.workflow.placing import recordings


def name_candidate(t: OfTenant, verification: UUID, named: NamedFace | None) -> Verification:
    """Name the candidate, or with `None` take that back; it counts once it is submitted again.

    Raises:
        NotFound: no such verification.
        Refused: no footage of that name was sent, or it is known to end before.
        Conflict: it is being verified, or was cancelled.
    """
    row = t.verifications.get(verification)
    if named:
        _refuse_elsewhere(t, row, named)
    t.verifications.amend_order(verification, candidate_at=named)
    return row


def _refuse_elsewhere(t: OfTenant, row: Verification, named: NamedFace) -> None:
    if named.file not in recordings(list(t.evidence.list(row.id))):
        detail = "No footage of this name was sent; give it as the list of evidence does."
        raise Refused(422, "no-such-recording", detail)
    said = t.results.result_of(row.id, row.generation, Step.FACES.value)
    for clip in StepResult.model_validate_json(said).footage if said else ():
        if clip.file == named.file and named.is_after(clip.duration_seconds):
            detail = f"The recording ends after {clip.duration_seconds:.1f} seconds."
            raise Refused(422, "after-the-end", detail)
