"""Findings to decide on: some codes, each with all that it may say."""

from dataclasses import dataclass

from models.answer import CandidateAnswer
from models.finding import Check, EvidenceClass, Finding, Status, Strength
from verifiers.answered import answers_beside

WEAK, MODERATE, STRONG, CONCLUSIVE = Strength


@dataclass(frozen=True)
class Kind:
    """A code with the check and the class that findings of it belong to."""

    code: str
    check: Check
    evidence_class: EvidenceClass

    def supports(self, strength: Strength = MODERATE) -> Finding:
        return self._finding(Status.SUPPORTS, strength)

    def contradicts(self, strength: Strength, question: str | None = None) -> Finding:
        return self._finding(Status.CONTRADICTS, strength, question)

    def unknown(self) -> Finding:
        return self._finding(Status.UNKNOWN, None)

    def answered(self) -> Finding:
        """The candidate has answered what such a contradiction asks."""
        asks = self.contradicts(WEAK, "What would explain this?")
        said = CandidateAnswer(code=self.code, text="A slip of the pen.")
        (finding,) = answers_beside([asks], [said])
        return finding

    def _finding(
        self, status: Status, strength: Strength | None, question: str | None = None
    ) -> Finding:
        return Finding(
            code=self.code,
            check=self.check,
            status=status,
            strength=strength,
            evidence_class=self.evidence_class,
            for_recruiter="What was seen.",
            for_candidate="What was seen.",
            innocent_explanation="A slip." if status is Status.CONTRADICTS else None,
            question=question,
        )


ZONE = Kind("document.mrz.read", Check.DOCUMENT, EvidenceClass.DOCUMENT)
PRINT = Kind("document.print_agrees", Check.DOCUMENT, EvidenceClass.DOCUMENT)
CHIP = Kind("document.chip.signature", Check.DOCUMENT, EvidenceClass.DOCUMENT)
FACE = Kind("face.match", Check.FACE, EvidenceClass.BIOMETRIC)
UNDECIDED = Kind("face.match.undecided", Check.FACE, EvidenceClass.BIOMETRIC)
PRESENCE = Kind("presence.geometry", Check.PRESENCE, EvidenceClass.PRESENCE)
TIMELINE = Kind("history.timeline.consistent", Check.HISTORY, EvidenceClass.HISTORY)
DEGREE = Kind("history.end_before_start", Check.HISTORY, EvidenceClass.HISTORY)
ID_PORTRAIT = Kind("continuity.id_portrait", Check.CONTINUITY, EvidenceClass.BIOMETRIC)
EARLIER = Kind("continuity.earlier_capture", Check.CONTINUITY, EvidenceClass.BIOMETRIC)
DRIFTED = Kind("continuity.undecided", Check.CONTINUITY, EvidenceClass.BIOMETRIC)
LISTED = Kind("screening.ofac.hit", Check.SCREENING, EvidenceClass.SCREENING)
SEEN_BEFORE = Kind("linkage.face_seen_before", Check.LINKAGE, EvidenceClass.LINKAGE)
PHONE = Kind("contact.phone.shared", Check.LINKAGE, EvidenceClass.LINKAGE)
ADDRESS = Kind("environment.anonymised_ip", Check.ENVIRONMENT, EvidenceClass.NETWORK)

GENUINE = (ZONE.supports(), FACE.supports(), PRESENCE.supports(), TIMELINE.supports(WEAK))
