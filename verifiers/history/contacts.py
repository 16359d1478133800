"""Those who can speak for a candidate: employers that were asked, and references as they are given.

Who is silent, retired or bound by a policy says nothing of the candidate.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from models.circumstances import ReferenceAnswer
from models.contact_claims import Reference
from models.finding import EvidenceClass, Seen, Strength
from models.history import Work
from models.outside import Answer, Confirmation, EmploymentConfirmation, Outcome
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import (
    differs_in_ending_only,
    is_freemail,
    own_domain,
    registrable_domain,
)
from verifiers.history.answers import company_key, official_domains_of, said
from verifiers.history.contact_points import canonical_email, canonical_phone
from verifiers.history.one_script import same_person_in_one_script
from verifiers.life import Entry, EntryKind, folded
from verifiers.names import Agreement, DocumentName, compare_names
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_NOBODY_READS_A_FORM_IN_SECONDS = 10
"""From opening a reference's form to its answer; the shortest one takes longer to read."""


@_registry.rule(
    id="HIST-21",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-RES-01", "DPRK-RES-05", "DPRK-GOV-04"),
    benign="Records under another name or an agency's, or an office that does not keep old ones.",
    question="Can you send a payslip, a contract or a tax form of this employment?",
    evidence_class=EvidenceClass.CONTACT,
)
def employer_denies(case: Case) -> Judgement:
    """An employer, reached without the candidate's help, knows of no such employment."""
    for entry in case.life.of_kind(EntryKind.WORK):
        if not entry.place:
            continue
        asked = _said_by_employer(case, entry)
        answers = {answer.value.confirmation for answer in asked if answer.value}
        if answers & {Confirmation.CONFIRMED, Confirmation.DIFFERS}:
            continue
        # Records may stand under a former name, which the employer was not asked for.
        if Confirmation.DENIED not in answers or case.claims.identity.former_names:
            yield Missing(Fact.EMPLOYER_CONFIRMATION, (entry,))
            continue
        yield Clash(
            f"The employer was asked, and does not know of this position: {entry.label}.",
            tuple(
                said(f"employer's answer, {entry.label}", answer.value.confirmation, answer)
                for answer in asked
                if answer.value and answer.value.confirmation is Confirmation.DENIED
            ),
            (entry,),
        )


@_registry.rule(
    id="HIST-22",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-RES-07",),
    benign="References who are retired, self-employed or at a small firm, or who moved on.",
    question=None,
    evidence_class=EvidenceClass.CONTACT,
)
def references_on_webmail_only(case: Case) -> Judgement:
    """Every reference can be reached only at a mailbox that anybody can open."""
    references = case.claims.references
    if any(not one.email and not one.phone for one in references):
        yield Missing(Fact.REFERENCE_ANSWER)
        return
    providers = [domain for one in references if (domain := _domain(one)) and is_freemail(domain)]
    if references and len(providers) == len(references):
        yield Clash(
            "Every reference is reached at a mailbox that anybody can open.",
            tuple(Seen(what="reference's mail provider", value=domain) for domain in providers),
        )


@_registry.rule(
    id="HIST-23",
    version=1,
    # The published severity is moderate, but people change employers: it is information only.
    strength=Strength.WEAK,
    indicators=("DPRK-RES-05",),
    benign="Somebody who works elsewhere today, or an employer with several domains.",
    question=None,
    evidence_class=EvidenceClass.CONTACT,
)
def reference_at_another_domain(case: Case) -> Judgement:
    """A reference for an employer writes from a domain that is not that employer's."""
    for reference in case.claims.references:
        domain = _domain(reference)
        if not reference.employer or domain is None or is_freemail(domain):
            continue
        works = [e.claim for e in _at(case, reference.employer) if isinstance(e.claim, Work)]
        official = official_domains_of(case, reference.employer, works)
        if domain in _domains_of(case, reference.employer) or _belongs(case, domain, official):
            continue
        if not official:
            # What the candidate gives as the employer's site can clear a reference, no more.
            yield Missing(Fact.OFFICIAL_DOMAIN)
        else:
            yield Clash(
                f"A reference for {reference.employer} writes from {domain}, which is not among "
                "the employer's known domains.",
                (
                    Seen(what="reference's domain", value=domain),
                    *official.values(),
                ),
            )


@_registry.rule(
    id="HIST-24",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-RES-05", "DPRK-EML-05"),
    benign="A telephone that a family or a small office shares, or a contact in the wrong field.",
    question="Whose contact is this, and is there another way to reach this reference?",
    evidence_class=EvidenceClass.CONTACT,
)
def reference_shares_contact(case: Case) -> Judgement:
    """A reference is reached where the candidate, or another reference, is reached."""
    own = {canonical_email(text) for text in case.claims.all_emails}
    own |= {canonical_phone(text) for text in case.claims.all_phones}
    for reference in case.claims.references:
        contacts = _contacts(reference)
        if not contacts:
            yield Missing(Fact.REFERENCE_ANSWER)
        for what, contact in contacts.items():
            if what == "telephone" and _colleague_today(case, reference):
                continue  # A switchboard of the firm where the candidate works too.
            if contact in own:
                yield Clash(
                    f"A reference's {what} is the candidate's own.",
                    (Seen(what=f"reference's {what}", value=contact),),
                )
    for one, other in combinations(case.claims.references, 2):
        yield from _two_references_in_one_place(one, other)


@_registry.rule(
    id="HIST-26",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-RES-09",),
    benign="A reference in the same office or household, or one who had the answers ready.",
    question="Where was your reference when they answered, and can they be called at work?",
    evidence_class=EvidenceClass.CONTACT,
)
def reference_answered_from_candidates_side(case: Case) -> Judgement:
    """A reference answered from the candidate's network or device, or faster than one can read."""
    answers = {answer.reference: answer for answer in case.seen.reference_answers}
    for position, reference in enumerate(case.claims.references):
        answer = answers.get(position)
        told = _from_candidates_side(answer, _colleague_today(case, reference)) if answer else {}
        if not told:
            yield Missing(Fact.REFERENCE_ANSWER)
        elif seen := tuple(Seen(what=what, value=True) for what, is_so in told.items() if is_so):
            yield Clash(
                "A reference's form was answered from the candidate's side, or faster than it can "
                "be read.",
                seen,
            )


RULES = _registry.rules
"""What references and employers say, or cannot."""


def _said_by_employer(case: Case, entry: Entry) -> list[Answer[EmploymentConfirmation]]:
    """Answers about this employer by contacts that the candidate did not give."""
    return [
        answer
        for answer in case.outside.employments
        if answer.outcome is Outcome.FOUND
        and answer.value is not None
        and answer.value.independent
        and company_key(entry.place) in map(company_key, (answer.question, answer.value.employer))
    ]


def _domain(reference: Reference) -> str | None:
    return registrable_domain(reference.email) if reference.email else None


def _domains_of(case: Case, employer: str) -> set[str]:
    """The domains that the candidate, a registry or the operator gives for an employer."""
    claimed = {own_domain(entry.claim.url) for entry in _at(case, employer)}
    return {*official_domains_of(case, employer), *(domain for domain in claimed if domain)}


def _belongs(case: Case, domain: str, official: Iterable[str]) -> bool:
    """Another country's ending, or a colleague who is at another of the claimed employers now."""
    if any(differs_in_ending_only(domain, one) for one in official):
        return True
    names = {work.name for work in case.claims.work if work.name}
    return any(domain in _domains_of(case, name) for name in names)


def _at(case: Case, employer: str) -> Iterator[Entry]:
    wanted = company_key(employer)
    works = case.life.of_kind(EntryKind.WORK)
    return (entry for entry in works if entry.place and company_key(entry.place) == wanted)


def _from_candidates_side(answer: ReferenceAnswer, colleague: bool) -> dict[str, bool]:
    """What is known of how an answer came, and whether it came from the candidate's side."""
    told: dict[str, bool] = {}
    if answer.from_candidates_device is not None:
        told["answered on the candidate's device"] = answer.from_candidates_device
    if answer.from_candidates_network is not None:
        # Colleagues of today sit behind one address.
        told["answered from the candidate's network"] = (
            answer.from_candidates_network and not colleague
        )
    if answer.seconds is not None:
        told[f"answered within {answer.seconds:.0f} seconds of opening"] = (
            answer.seconds < _NOBODY_READS_A_FORM_IN_SECONDS
        )
    return told


def _colleague_today(case: Case, reference: Reference) -> bool:
    employer = reference.employer
    return bool(employer) and any(e.open_on(case.today) for e in _at(case, employer or ""))


def _contacts(reference: Reference) -> dict[str, str]:
    """Where a reference is reached, as it is compared, by what it is."""
    email = canonical_email(reference.email) if reference.email else None
    phone = canonical_phone(reference.phone) if reference.phone else None
    return {what: c for what, c in (("e-mail address", email), ("telephone", phone)) if c}


def _two_references_in_one_place(one: Reference, other: Reference) -> Judgement:
    first, second = _contacts(one), _contacts(other)
    common = {what: c for what, c in first.items() if second.get(what) == c}
    if not common or (set(common) == {"telephone"} and _colleagues(one, other)):
        return
    same = _same_person(one, other)
    if same is None:
        yield Missing(Fact.NAMES)
    elif not same:
        what = " and ".join(common)
        yield Clash(
            f"Two references of different names share one {what}.",
            tuple(Seen(what=f"shared {kind}", value=c) for kind, c in common.items()),
        )


def _colleagues(one: Reference, other: Reference) -> bool:
    """A switchboard: both are at one firm, by its name or by mailboxes of their own there."""
    firms = {company_key(person.employer or "") for person in (one, other)}
    if len(firms) == 1 and "" not in firms:
        return True
    domains = {_domain(one), _domain(other)}
    (domain,) = domains if len(domains) == 1 else (None,)
    mailboxes = {_contacts(person).get("e-mail address") for person in (one, other)}
    return domain is not None and not is_freemail(domain) and len(mailboxes) == 2


def _same_person(one: Reference, other: Reference) -> bool | None:
    """Whether one person was told twice; `None` where the names do not tell."""
    if not one.name or not other.name:
        return None
    words = [set(folded(person.name).split()) for person in (one, other)]
    if words[0] <= words[1] or words[1] <= words[0]:
        return True
    given, _, family = one.name.strip().rpartition(" ")
    agreement = compare_names(DocumentName(family=family, given=given), other.name).agreement
    if agreement is not Agreement.UNKNOWN:
        return agreement is Agreement.AGREES
    if same_person_in_one_script(one.name, other.name) is None:
        return None
    # At one place nobody lists the same person under two given names.
    return False if one.asserted == other.asserted else None
