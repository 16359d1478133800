"""The rules that were looked at, and what each came to, in words."""

from collections.abc import Iterable

from models.rule import Fact, RuleJudged, RuleOutcome
from service.report.timeline_shown import RuleShown
from service.workflow.rules import ALL_RULES

WANTED = {
    Fact.DATES: "all dates",
    Fact.BIRTH_DATE: "a birth date",
    Fact.HOURS: "which positions were full-time",
    Fact.COMPANY_REGISTRY: "a company registry's answer",
    Fact.DOMAIN_REGISTRATION: "a domain's registration",
    Fact.OFFICIAL_DOMAIN: "an employer's official domain",
    Fact.MAIL_SERVERS: "a domain's mail servers",
    Fact.INSTITUTION: "an institution on a list",
    Fact.DIPLOMA_MILL_LIST: "a list of diploma mills",
    Fact.CERTIFICATE_ISSUER: "a certificate issuer's answer",
    Fact.TECHNOLOGY: "a technology's release date",
    Fact.EMPLOYER_CONFIRMATION: "an employer's or a provider's confirmation",
    Fact.REFERENCE_ANSWER: "a reference's answer",
    Fact.GITHUB: "a GitHub account's public side",
    Fact.COMMITS: "the times of commits",
    Fact.ACCOUNT_CONTROL: "proof that an account is the candidate's",
    Fact.LINE_TYPE: "a carrier's answer",
    Fact.DISPOSABLE_LIST: "a list of disposable addresses",
    Fact.NAMES: "names to compare",
    Fact.ADDRESS: "an address",
    Fact.DOCUMENT_DATES: "a document's dates",
    Fact.FACES: "faces to compare",
    Fact.SESSIONS: "visits to the company's pages",
    Fact.TIME_ZONE: "a time zone",
    Fact.SHIPMENT: "a shipment",
    Fact.DEVICE: "a company device's first start",
    Fact.INVENTORY: "an inventory of the device",
    Fact.BANK: "a bank's answer",
    Fact.WORK_COUNTRY: "the country of work",
    Fact.AVAILABILITY: "agreed meetings",
    Fact.OTHER_CANDIDATES: "a comparison with other candidates",
    Fact.SCREENING_LISTS: "sanctions lists",
}
"""What a rule could not be judged for want of. A test holds it to every fact there is."""

_TONES = {
    RuleOutcome.CONTRADICTS: "bad",
    RuleOutcome.UNKNOWN: "unknown",
    RuleOutcome.NOTHING: "plain",
}
_CAME_TO = {
    RuleOutcome.CONTRADICTS: "does not fit",
    RuleOutcome.UNKNOWN: "could not be judged",
    RuleOutcome.NOTHING: "has nothing to say",
}
_ABOUT = {rule.id: rule.summary for rule in ALL_RULES}


def rules_shown(judged: Iterable[RuleJudged]) -> tuple[RuleShown, ...]:
    """What does not fit first, then what could not be judged, each in the registry's order."""
    order = list(RuleOutcome)
    return tuple(
        RuleShown(
            id=one.rule,
            about=_ABOUT.get(one.rule, ""),
            came_to=_CAME_TO[one.outcome],
            wanting=", ".join(WANTED[fact] for fact in one.lacking),
            tone=_TONES[one.outcome],
        )
        for one in sorted(judged, key=lambda one: order.index(one.outcome))
    )
