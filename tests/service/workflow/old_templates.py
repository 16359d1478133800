"""Verifications whose templates an earlier engine made, of the genuine candidate's evidence."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from models.order import Candidate, Consent, VerificationOrder
from models.person import FaceTemplate
from models.stage import Stage
from models.verification import EvidenceKind
from service.store.actor import SYSTEM
from service.store.results import Work
from service.store.store import Store
from tests.service.store.building import a_template, a_verdict
from tests.service.workflow.orders import genuine

OLD = "an earlier engine/1"


def concluded(
    store: Store,
    tenant: UUID,
    reference: str,
    evidence: Sequence[tuple[EvidenceKind, Path]] | None = None,
) -> UUID:
    """A verification with evidence, the genuine candidate's by default, and templates of then."""
    files = genuine()
    if evidence is None:
        evidence = [(EvidenceKind.DOCUMENT, path) for path in files.documents]
        evidence += [(EvidenceKind.FOOTAGE, path) for path in files.footage]
    order = VerificationOrder(
        candidate=Candidate(reference=reference),
        stage=Stage.INTERVIEW,
        consent=Consent(verification=True, keep_template=True),
    )
    with store.tenant(tenant, SYSTEM) as t:
        verification = t.verifications.order(order)[0].id
    for kind, path in evidence:
        send(store, tenant, verification, kind, path)
    with store.tenant(tenant, SYSTEM) as t:
        work = Work(verification, t.verifications.submit(verification).generation)
        assert t.results.begin(work, "verdict")
        assert t.results.conclude(work, a_verdict(templates=(a_template(engine=OLD),)))
    return verification


def send(store: Store, tenant: UUID, verification: UUID, kind: EvidenceKind, path: Path) -> UUID:
    content = path.read_bytes()
    with store.tenant(tenant, SYSTEM) as t:
        upload = t.evidence.announce(verification, kind, path.name, len(content))
    store.blobs.append(upload.id, upload.key, [content], at=0)
    whole = store.blobs.finish(upload.id, upload.key)
    with store.tenant(tenant, SYSTEM) as t:
        t.evidence.finish(upload.id, size_bytes=whole.size, sha256=whole.sha256.hex())
    return upload.id


def kept(store: Store, tenant: UUID, verification: UUID) -> tuple[FaceTemplate, ...]:
    with store.tenant(tenant, SYSTEM, reads_only=True) as t:
        return t.faces.kept([verification]).get(verification, ())
