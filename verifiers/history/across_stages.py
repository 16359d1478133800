"""The faces of one candidate over the stages: document, interview, first day."""

from itertools import combinations

from models.circumstances import PORTRAIT
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()


@_registry.rule(
    id="HIST-54",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-ID-01", "DPRK-ID-02", "DPRK-GOV-01"),
    benign="Light, a beard, glasses, an illness or years between the pictures, or a twin.",
    question="Can you show your face and your document once more, in person if you prefer?",
    evidence_class=EvidenceClass.BIOMETRIC,
)
def faces_differ_over_stages(case: Case) -> Judgement:
    """Pictures show different people, whichever single one of them may mislead."""
    pairs = case.seen.face_pairs
    if any(pair.same is None for pair in pairs):
        yield Missing(Fact.FACES)
    different = {frozenset((pair.one, pair.other)) for pair in pairs if pair.same is False}
    same = {frozenset((pair.one, pair.other)) for pair in pairs if pair.same}
    clash = _beyond_one_picture(different) or _somebody_else(different, same)
    if clash:
        told = [" with ".join(sorted(pair)) for pair in clash]
        yield Clash(
            f"Comparisons found different people: {', and '.join(told)}.",
            tuple(Seen(what="faces compared", value=f"{text}: different") for text in told),
        )
    elif len(different) > 1:
        yield Missing(Fact.FACES)


RULES = _registry.rules
"""What the candidate's pictures say of each other."""


Pair = frozenset[str]


def _beyond_one_picture(different: set[Pair]) -> tuple[Pair, ...]:
    """Differing pairs that no single bad picture explains; empty where one does.

    They are two pairs without a common picture, or all three of three pictures.
    """
    ordered = sorted((pair for pair in different if len(pair) == 2), key=sorted)
    for one, other in combinations(ordered, 2):
        if not one & other:
            return one, other
    for three in combinations(ordered, 3):
        if len(frozenset().union(*three)) == 3:
            return three
    return ()


def _somebody_else(different: set[Pair], same: set[Pair]) -> tuple[Pair, ...]:
    """Two pairs in which one picture differs from two others that are of one person.

    Not where that picture is the document's: a portrait of years ago differs from all later ones.
    """
    for one, other in combinations(sorted(different, key=sorted), 2):
        if one & other and one ^ other in same and PORTRAIT not in one & other:
            return one, other
    return ()
