"""Devices, rooms, networks and homes that candidates of other names have too.

Each of these is shared in ordinary life. They come here only from links that a second, independent
kind carries as well, without what is damped; the candidate is never told of others.
"""

from models.circumstances import SharedKind
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.linkage.shared import looked_for
from verifiers.linkage.weighing import HOME
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_SEVERAL = 2


@_registry.rule(
    id="LINK-01",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-DEV-01", "DPRK-LNK-06"),
    benign="A family's, a library's or an internet café's computer, or one that was sold.",
    question="Whose computer do you use, and who uses it beside you?",
    evidence_class=EvidenceClass.LINKAGE,
)
def device_of_others(case: Case) -> Judgement:
    """One computer or browser is used under another name, and more than it is shared."""
    yield from _others(
        case,
        SharedKind.DEVICE,
        1,
        "A computer of the candidate's is used under another name, and something else is shared "
        "with it.",
        "Please tell us more about the computer that you use.",
    )


@_registry.rule(
    id="LINK-02",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-LNK-07",),
    benign="Flatmates, a shared office, or a meeting room that many use.",
    question="Where were you during the recording, and who else works there?",
    evidence_class=EvidenceClass.LINKAGE,
)
def room_of_others(case: Case) -> Judgement:
    """The room behind the candidate is behind somebody of another name, and more is shared."""
    yield from _others(
        case,
        SharedKind.ROOM,
        1,
        "The room behind the candidate was seen behind somebody of another name, and something "
        "else is shared with them.",
        "Please tell us more about the room that you were in.",
    )


@_registry.rule(
    id="LINK-03",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-NET-05",),
    benign="An office, a campus, a library, a hostel or one provider's shared addresses.",
    question="From which place did you visit our pages, and who else applies from there?",
    evidence_class=EvidenceClass.LINKAGE,
)
def network_of_others(case: Case) -> Judgement:
    """Several people of other names came from one network address, and more is shared."""
    yield from _others(
        case,
        SharedKind.IP,
        _SEVERAL,
        "Several people of other names came from the candidate's network address, and something "
        "else is shared with them.",
        "Please tell us more about where you were when you visited our pages.",
    )


@_registry.rule(
    id="LINK-04",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-LNK-01",),
    benign="A hall of residence, a large family, or an agency's address for mail.",
    question="Is this your home, and who lives there with you?",
    evidence_class=EvidenceClass.LINKAGE,
)
def home_of_many(case: Case) -> Judgement:
    """More people of other names than a household has say that they live at one address."""
    yield from _others(
        case,
        SharedKind.ADDRESS,
        HOME,
        "More people of other names than a household has give the candidate's address, and "
        "something else is shared with them.",
        "Please tell us more about your address.",
    )


RULES = _registry.rules
"""What surrounds others too."""


def _others(
    case: Case, kind: SharedKind, least: int, sentence: str, for_candidate: str
) -> Judgement:
    if case.seen.shared is None:
        yield Missing(Fact.OTHER_CANDIDATES)
    for shared in looked_for(case, kind):
        if shared.others >= least and not shared.household_declared:
            seen = Seen(what="people of other names", value=shared.others)
            yield Clash(sentence, (seen,), for_candidate=for_candidate)
