"""What a rule of the registry came to, as it is stored with a verdict."""

from enum import StrEnum

from models.base import Model


class Fact(StrEnum):
    """What a rule needs and may not have. The first three a candidate can state."""

    DATES = "dates"
    BIRTH_DATE = "birth_date"
    HOURS = "hours"

    COMPANY_REGISTRY = "company_registry"
    DOMAIN_REGISTRATION = "domain_registration"
    OFFICIAL_DOMAIN = "official_domain"
    MAIL_SERVERS = "mail_servers"
    INSTITUTION = "institution"
    DIPLOMA_MILL_LIST = "diploma_mill_list"
    CERTIFICATE_ISSUER = "certificate_issuer"
    TECHNOLOGY = "technology"
    EMPLOYER_CONFIRMATION = "employer_confirmation"
    REFERENCE_ANSWER = "reference_answer"
    GITHUB = "github"
    COMMITS = "commits"
    ACCOUNT_CONTROL = "account_control"
    LINE_TYPE = "line_type"
    DISPOSABLE_LIST = "disposable_list"
    NAMES = "names"
    ADDRESS = "address"
    DOCUMENT_DATES = "document_dates"
    FACES = "faces"
    SESSIONS = "sessions"
    TIME_ZONE = "time_zone"
    SHIPMENT = "shipment"
    DEVICE = "device"
    INVENTORY = "inventory"
    BANK = "bank"
    WORK_COUNTRY = "work_country"
    AVAILABILITY = "availability"
    OTHER_CANDIDATES = "other_candidates"
    SCREENING_LISTS = "screening_lists"


CANDIDATE_CAN_STATE = (Fact.DATES, Fact.BIRTH_DATE, Fact.HOURS)


class RuleOutcome(StrEnum):
    """How a rule ended for one candidate."""

    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"
    """Not enough is known to judge; it weighs nothing."""
    NOTHING = "nothing"
    """Nothing that it is about, or all of it fits."""


class RuleJudged(Model):
    """One rule, in the version that judged, and what it came to."""

    rule: str
    """Its id, such as `HIST-07`."""
    version: int
    outcome: RuleOutcome
    lacking: tuple[Fact, ...] = ()
    """What was not known."""
