"""E-mail addresses, telephones and portfolios as they are claimed: can they be what they seem?

What a GitHub account shows is in `github` and `commit_clock`. Privacy is no sign of anything: an
alias that forwards mail is an address like any other.
"""

from datetime import timedelta

from models.claimed_part import Claimed
from models.finding import EvidenceClass, Strength
from models.outside import LineKind, Outcome
from models.rule import Fact
from verifiers.case import Case
from verifiers.domains import own_domain, registrable_domain
from verifiers.history import commit_clock, github
from verifiers.history.answers import about_domain, registered_on, said
from verifiers.history.contact_points import canonical_phone
from verifiers.life import EntryKind, folded
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

ALIAS_SERVICES = frozenset(
    {
        "addy.io", "aleeas.com", "anonaddy.com", "anonaddy.me", "duck.com", "icloud.com",
        "mozmail.com", "passmail.net", "appleid.com", "simplelogin.co", "simplelogin.com",
        "simplelogin.fr", "slmail.me", "slmails.com",
    }
)  # fmt: skip
"""They forward to a mailbox that stays; lists of disposable domains hold some of them in error."""

_PORTFOLIOS = {"blog", "homepage", "personal site", "portfolio", "site", "web", "website"}
_YOUNG = timedelta(days=30)
_CLIENTS_BEFORE = timedelta(days=365)


@_registry.rule(
    id="HIST-34",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-RES-12",),
    benign="A new portfolio for a job search, or a domain that was let go and registered again.",
    question=None,
)
def portfolio_registered_just_now(case: Case) -> Judgement:
    """A portfolio's domain was registered in the month of the application, after years of work."""
    for domain, told in _portfolio_domains(case).items():
        answer = registered_on(case, domain)
        registered = answer.value.registered_on if answer and answer.value else None
        if answer is None or registered is None:
            yield Missing(Fact.DOMAIN_REGISTRATION)
            continue
        applied = (told.asserted and told.asserted.at) or case.today
        begun = [e.start or e.end for e in case.life.of_kind(EntryKind.WORK)]
        if applied - registered < _YOUNG and any(
            first and registered - first.latest > _CLIENTS_BEFORE for first in begun
        ):
            yield Clash(
                f"The domain {domain} was registered on {registered}, after years of the work "
                "that is told.",
                (said(f"domain registered, {domain}", registered.isoformat(), answer),),
            )


@_registry.rule(
    id="HIST-44",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-PHN-01",),
    benign="A number over the internet, as many people and small firms use every day.",
    question=None,
    evidence_class=EvidenceClass.CONTACT,
)
def number_over_the_internet(case: Case) -> Judgement:
    """A carrier says that a telephone number is reached over the internet, from anywhere."""
    known = {canonical_phone(a.question): a for a in case.outside.line_types if a.value}
    for phone in case.claims.all_phones:
        answer = known.get(canonical_phone(phone))
        if answer is None or answer.value is None:
            yield Missing(Fact.LINE_TYPE)
        elif answer.value.kind is LineKind.VOIP:
            yield Clash(
                "A telephone number is reached over the internet, from anywhere.",
                (said(f"kind of line, {phone}", answer.value.kind, answer),),
            )


@_registry.rule(
    id="HIST-46",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-EML-01",),
    benign="An address that was meant to keep advertising away, or a domain listed in error.",
    question="Which address of yours will still reach you in a year?",
    evidence_class=EvidenceClass.CONTACT,
)
def disposable_email(case: Case) -> Judgement:
    """An e-mail address is at a provider of addresses that end within minutes or days."""
    for email in case.claims.all_emails:
        domain = registrable_domain(email)
        if domain in ALIAS_SERVICES:
            continue
        answer = next(
            (a for a in about_domain(case.outside.email_domains, domain) if a.value), None
        )
        if answer is None or answer.value is None:
            yield Missing(Fact.DISPOSABLE_LIST)
        elif answer.value.disposable:
            yield Clash(
                f"An e-mail address at {answer.value.domain} ends within minutes or days.",
                (said("listed as disposable", answer.value.domain, answer),),
            )


@_registry.rule(
    id="HIST-47",
    version=1,
    strength=Strength.MODERATE,
    indicators=("DPRK-EML-04",),
    benign="A typing error in the address, or a domain whose set-up is under repair.",
    question="Is this e-mail address written correctly, and which other one reaches you?",
    evidence_class=EvidenceClass.CONTACT,
)
def email_takes_no_mail(case: Case) -> Judgement:
    """The name servers say that an e-mail address's domain takes no mail."""
    for email in case.claims.all_emails:
        host = email.rpartition("@")[2].casefold()
        answers = [a for a in case.outside.mail if host == _host(a.question)]
        answers = [a for a in answers if a.outcome is not Outcome.UNKNOWN]
        if not answers:
            yield Missing(Fact.MAIL_SERVERS)
        elif all(answer.outcome is Outcome.ABSENT for answer in answers):
            yield Clash(
                f"The domain {host} of an e-mail address takes no mail.",
                (said("mail servers", f"none for {host}", answers[0]),),
            )


RULES = (*github.RULES, *commit_clock.RULES, *_registry.rules)
"""What claimed accounts, addresses and numbers say."""


def _portfolio_domains(case: Case) -> dict[str, Claimed]:
    """The domains of claimed portfolios, each with where it was told."""
    told: list[tuple[str | None, Claimed]] = [(case.claims.basics.url, Claimed())]
    told += [(a.url, a) for a in case.claims.all_accounts if folded(a.network) in _PORTFOLIOS]
    domains = {own_domain(url): claimed for url, claimed in told}
    return {domain: claimed for domain, claimed in domains.items() if domain}


def _host(question: str) -> str:
    return question.strip().rpartition("@")[2].casefold().rstrip(".")
