"""The words of the pages, in one place. None of them judges a person."""

from datetime import date

from models.circumstances import ListedKind
from models.order import Choice, State
from models.sanctions import NameQuality
from models.stage import Stage
from models.verdict import Outcome
from models.verification import EvidenceKind
from service.store.actor import Role
from service.store.challenges import ChallengeState
from service.store.screening import Judgement

STAGE = {
    Stage.APPLICATION: "Application",
    Stage.INTERVIEW: "Interview",
    Stage.OFFER: "Offer",
    Stage.ONBOARDING: "First day",
    Stage.PERIODIC: "Later check",
}
STATE = {
    State.AWAITING_EVIDENCE: "Waiting for evidence",
    State.QUEUED: "Waiting its turn",
    State.RUNNING: "Being verified",
    State.COMPLETED: "Completed",
    State.PARKED: "Needs a person",
    State.CANCELLED: "Cancelled",
}
CHOICE = {
    Choice.PROCEED: "Go on with the candidate",
    Choice.ASK_CANDIDATE: "Ask the candidate",
    Choice.DO_NOT_PROCEED: "Do not go on",
}
KIND = {
    EvidenceKind.DOCUMENT: "Document",
    EvidenceKind.CHIP: "File of a chip",
    EvidenceKind.FOOTAGE: "Recording",
    EvidenceKind.CLAIMS: "Claims",
}
ROLE = {
    Role.OWNER: "Owner",
    Role.RECRUITER: "Recruiter",
    Role.REVIEWER: "Reviewer",
    Role.COMPLIANCE: "Compliance",
    Role.AUDITOR: "Auditor",
}
OUTCOME = {outcome: outcome.label for outcome in Outcome}
OUTCOME_TONE = {
    Outcome.VERIFIED: "good",
    Outcome.NEEDS_INFO: "unknown",
    Outcome.REVIEW: "bad",
    Outcome.HOLD: "hold",
}
STEP = {
    "documents": "Read the documents",
    "chip": "Check the chip",
    "faces": "Compare the faces",
    "forensics": "Look for signs of tampering",
    "presence": "Look for a live person",
    "sources": "Ask outside sources",
    "screening": "Search the sanctions lists",
    "surroundings": "Place visits and devices",
    "linkage": "Look for others who have the same",
    "history": "Check the history",
    "verdict": "Reach the verdict",
}
"""The steps of a verification, in order."""
CHALLENGE = {
    ChallengeState.OPEN: "Being answered",
    ChallengeState.ANSWERED: "Answered",
    ChallengeState.EXPIRED: "Not answered in time",
}
DELIVERY = {"pending": "On its way", "delivered": "Delivered", "given_up": "Not delivered"}
DELIVERY_TONE = {"pending": "unknown", "delivered": "good", "given_up": "bad"}
PARTY = {
    "candidate": "the candidate",
    "employer": "a claimed employer",
    "reference": "a reference",
    "payout": "who is paid",
}
"""Whom a sanctions list may be about."""
LISTED_KIND = {ListedKind.PERSON: "a person", ListedKind.ENTITY: "a company or body"}
NAME_QUALITY = {
    NameQuality.PRIMARY: "main name",
    NameQuality.STRONG: "alias",
    NameQuality.WEAK: "weak alias",
}
JUDGEMENT = {
    Judgement.ANOTHER_PERSON: "Another person, or another company",
    Judgement.THE_SAME: "The same",
}
JUDGEMENT_MEANS = {
    Judgement.ANOTHER_PERSON: "It is not raised again for this candidate. A case that is on hold "
    "is verified anew without it.",
    Judgement.THE_SAME: "The case stays on hold until people decide.",
}

FIELDS = (
    *("name", "email", "reference", "stage", "consent"),
    *("claims", "surroundings", "documents", "recordings"),
)
"""The fields of the forms with files, each with a place for its problem."""


def actor(label: str, people: dict[str, str]) -> str:
    """Who did something, by the label of the audit and the e-mail addresses of the users."""
    if label in people:
        return people[label]
    kind = label.partition(":")[0]
    return {
        "user": "a user who is no longer here",
        "key": "a program (API key)",
        "hook": "the ATS",
        "candidate": "the candidate, by their link",
        "system": "the service",
        "operator": "an operator on the machine",
    }.get(kind, label)


def action(name: str) -> str:
    """An entry of the audit in words: `verdict.viewed` is "verdict viewed"."""
    return name.replace(".", " ").replace("_", " ")


def count(number: int, thing: str) -> str:
    """So many things: `1 file`, `2 files`."""
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing[:-1]}ies" if thing.endswith("y") else f"{number} {thing}s"


def day(on: date) -> str:
    """A day: `4 May 1984`."""
    return f"{on:%-d %b %Y}"


def days(first: date, last: date) -> str:
    """A day, or a year, or the span between two days."""
    if first == last:
        return day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    return f"{day(first)} to {day(last)}"
