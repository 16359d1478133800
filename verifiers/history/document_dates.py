"""The dates of a document over the stages it was shown at: HIST-52."""

from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()


@_registry.rule(
    id="HIST-52",
    version=1,
    strength=Strength.MODERATE,
    evidence_class=EvidenceClass.DOCUMENT,
    indicators=("DPRK-DOC-01", "DPRK-ID-04"),
    benign="A renewed document with the number of the old one, or a date that was misread.",
    question="Was this document renewed, and can you show the earlier one as well?",
)
def used_before_it_was_issued(case: Case) -> Judgement:
    """A document was first used before the day on which it was issued."""
    for document in case.seen.documents:
        issued, used = document.issued_on, document.first_used_on
        if issued is None or used is None:
            yield Missing(Fact.DOCUMENT_DATES)
        elif used < issued:
            yield Clash(
                f"A document that was issued on {issued} was first used on {used}.",
                (
                    Seen(what="document, issued", value=issued.isoformat()),
                    Seen(what="document, first used", value=used.isoformat()),
                ),
            )


RULES = _registry.rules
