"""What may be reached within one transaction of one tenant: every repository, under one scope."""

from functools import cached_property

from service.store.access import Access
from service.store.answers import Answers
from service.store.audit import Audit
from service.store.candidate_links import CandidateLinks
from service.store.challenges import Challenges
from service.store.chips import Chips
from service.store.decisions import Decisions
from service.store.deliveries import Deliveries
from service.store.evidence import EvidenceFiles
from service.store.faces import Faces
from service.store.identifiers import Identifiers
from service.store.pictures import Pictures
from service.store.results import Results
from service.store.scope import Scope
from service.store.screening import Screening
from service.store.subjects import Subjects
from service.store.templates import Templates
from service.store.verifications import Verifications


class OfTenant:
    """The repositories of one tenant, within one transaction."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.tenant_id = scope.tenant_id
        self.actor = scope.actor
        self.now = scope.now

    @cached_property
    def verifications(self) -> Verifications:
        return Verifications(self._scope)

    @cached_property
    def subjects(self) -> Subjects:
        return Subjects(self._scope)

    @cached_property
    def evidence(self) -> EvidenceFiles:
        return EvidenceFiles(self._scope)

    @cached_property
    def answers(self) -> Answers:
        return Answers(self._scope)

    @cached_property
    def results(self) -> Results:
        return Results(self._scope)

    @cached_property
    def chips(self) -> Chips:
        return Chips(self._scope)

    @cached_property
    def challenges(self) -> Challenges:
        return Challenges(self._scope)

    @cached_property
    def links(self) -> CandidateLinks:
        return CandidateLinks(self._scope)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self._scope)

    @cached_property
    def identifiers(self) -> Identifiers:
        return Identifiers(self._scope)

    @cached_property
    def screening(self) -> Screening:
        return Screening(self._scope)

    @cached_property
    def faces(self) -> Faces:
        return Faces(self._scope)

    @cached_property
    def templates(self) -> Templates:
        return Templates(self._scope)

    @cached_property
    def decisions(self) -> Decisions:
        return Decisions(self._scope)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self._scope)

    @cached_property
    def access(self) -> Access:
        return Access(self._scope)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._scope)
