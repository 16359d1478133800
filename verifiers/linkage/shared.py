"""Contacts, documents, faces and texts that candidates of other names have too.

Homes, families, agencies and templates are shared in all honesty. The candidate is never told who
else has something, or how many: that is about others.
"""

from models.circumstances import Shared, SharedKind
from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from verifiers.case import Case
from verifiers.life import folded
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_SEVERAL = 2
_SAME_PORTFOLIO = 0.8
_SAME_TEXT = 0.7
_PORTFOLIOS = {"blog", "homepage", "personal site", "portfolio", "site", "web", "website"}
_NAMES = {
    SharedKind.PHONE: "telephone number",
    SharedKind.EMAIL: "e-mail address",
    SharedKind.BANK_ACCOUNT: "bank account",
    SharedKind.DOCUMENT_NUMBER: "document number",
    SharedKind.FACE: "face",
}


@_registry.rule(
    id="HIST-25",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-RES-08", "DPRK-LNK-05"),
    benign="One manager who speaks for several former colleagues.",
    question="Where did you work with this reference, and who else there can speak for you?",
    evidence_class=EvidenceClass.LINKAGE,
)
def reference_of_others(case: Case) -> Judgement:
    """A reference's contact stands under other names for candidates of other employers."""
    if case.claims.references and not looked_for(case, SharedKind.REFERENCE_CONTACT):
        yield Missing(Fact.OTHER_CANDIDATES)
    for shared in looked_for(case, SharedKind.REFERENCE_CONTACT):
        if shared.others >= _SEVERAL and not shared.same_employer:
            yield Clash(
                f"A reference's contact was given by {shared.others} other candidates, of other "
                "employers.",
                (Seen(what="other candidates with this reference's contact", value=shared.others),),
                for_candidate="Please tell us more about one of your references.",
            )


@_registry.rule(
    id="HIST-33",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-13", "DPRK-WEB-04"),
    benign="A template that many portfolios are made with, or a project of several people.",
    question="Which parts of your portfolio are your own work, and would you walk us through one?",
    evidence_class=EvidenceClass.LINKAGE,
)
def portfolio_of_another(case: Case) -> Judgement:
    """The portfolio's content is nearly that of another candidate's."""
    found = looked_for(case, SharedKind.PORTFOLIO)
    claimed = case.claims.basics.url or any(
        folded(account.network) in _PORTFOLIOS for account in case.claims.all_accounts
    )
    if claimed and not found:
        yield Missing(Fact.OTHER_CANDIDATES)
    yield from _alike_texts(
        found,
        _SAME_PORTFOLIO,
        "The portfolio's content is nearly that of another candidate's",
        "Please tell us more about the work in your portfolio.",
    )


@_registry.rule(
    id="HIST-37",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-SHP-03",),
    benign="Flatmates, couples, a hall of residence or a shared office.",
    question="Whose address is this, and who else receives equipment there?",
    evidence_class=EvidenceClass.LINKAGE,
)
def ship_to_of_others(case: Case) -> Judgement:
    """Equipment goes where that of two or more other people went, and no household was declared."""
    found = looked_for(case, SharedKind.SHIP_TO)
    if case.claims.ship_to and not found:
        yield Missing(Fact.OTHER_CANDIDATES)
    for shared in found:
        if shared.others >= _SEVERAL and not shared.household_declared:
            yield Clash(
                f"Equipment of {shared.others} other people went to the same address.",
                (Seen(what="other people with this address", value=shared.others),),
                for_candidate="Please tell us more about the address that equipment is to go to.",
            )


@_registry.rule(
    id="HIST-45",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-RES-04", "DPRK-PHN-04", "DPRK-PAY-01", "DPRK-LNK-01"),
    benign="A family, a household that was not declared, or an agency that applies for many.",
    question="Do you share this with somebody of your household, or with an agency?",
    evidence_class=EvidenceClass.LINKAGE,
)
def contact_of_others(case: Case) -> Judgement:
    """A telephone, e-mail address or bank account stands under another name."""
    claims = case.claims
    told = {
        SharedKind.PHONE: bool(claims.all_phones),
        SharedKind.EMAIL: bool(claims.all_emails),
        SharedKind.BANK_ACCOUNT: bool(claims.payout),
    }
    for kind, claimed in told.items():
        found = looked_for(case, kind)
        if claimed and not found:
            yield Missing(Fact.OTHER_CANDIDATES)
        if any(shared.others and not shared.household_declared for shared in found):
            yield _under_another_name(kind)


@_registry.rule(
    id="HIST-51",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-DOC-10", "DPRK-ID-15", "DPRK-LNK-02"),
    benign="A typing error, a twin, or a change of name.",
    question="Have you had another name, and did you apply under it before?",
    evidence_class=EvidenceClass.LINKAGE,
)
def person_under_another_name(case: Case) -> Judgement:
    """The document's number or the face was seen under another name."""
    told = {
        SharedKind.DOCUMENT_NUMBER: _document_told(case),
        SharedKind.FACE: bool(case.seen.face_pairs),
    }
    for kind, claimed in told.items():
        found = looked_for(case, kind)
        if claimed and not found:
            yield Missing(Fact.OTHER_CANDIDATES)
        if any(shared.others for shared in found):
            yield _under_another_name(kind)


@_registry.rule(
    id="HIST-58",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-20",),
    benign="Somebody who referred an honest acquaintance.",
    question="How do you know the person who referred you, and where did you work together?",
    evidence_class=EvidenceClass.LINKAGE,
)
def referred_from_a_fraud(case: Case) -> Judgement:
    """The candidate was referred by somebody whose own case a person decided to be a fraud."""
    if case.seen.shared is None:
        yield Missing(Fact.OTHER_CANDIDATES)
    if any(shared.confirmed_fraud for shared in looked_for(case, SharedKind.REFERRER)):
        yield Clash(
            "The person who referred the candidate is in a case that was decided to be a fraud.",
            (Seen(what="referred from a confirmed case", value=True),),
            for_candidate="Please tell us more about who referred you.",
        )


@_registry.rule(
    id="HIST-59",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-RES-03", "DPRK-RES-14"),
    benign="A template, or a résumé that a recruiter or an agency wrote.",
    question="Who wrote your résumé, and can you describe one of these projects in your own words?",
    evidence_class=EvidenceClass.LINKAGE,
)
def resume_of_another(case: Case) -> Judgement:
    """The résumé's text is that of another candidate's, apart from what templates share."""
    found = looked_for(case, SharedKind.RESUME_TEXT)
    if case.claims.tells_history and not found:
        yield Missing(Fact.OTHER_CANDIDATES)
    yield from _alike_texts(
        found,
        _SAME_TEXT,
        "The résumé's text is that of another candidate's",
        "Please tell us more about the work on your résumé.",
    )


RULES = _registry.rules
"""What others have too."""


def looked_for(case: Case, kind: SharedKind) -> list[Shared]:
    """What is known of others in this; empty where nobody looked."""
    return [shared for shared in case.seen.shared or () if shared.kind is kind]


def _document_told(case: Case) -> bool:
    return bool(case.claims.identity.document_number or case.seen.documents)


def _under_another_name(kind: SharedKind) -> Clash:
    name = _NAMES[kind]
    return Clash(
        f"The {name} was seen under another name.",
        (Seen(what="seen under another name", value=name),),
        for_candidate=f"Please tell us more about your {name}.",
    )


def _alike_texts(found: list[Shared], least: float, sentence: str, for_candidate: str) -> Judgement:
    for shared in found:
        if not shared.others:
            continue
        if shared.similarity is None:
            yield Missing(Fact.OTHER_CANDIDATES)
        elif shared.similarity >= least:
            yield Clash(
                f"{sentence} ({shared.similarity:.0%} alike).",
                (Seen(what="similarity of the texts", value=shared.similarity),),
                for_candidate=for_candidate,
            )
