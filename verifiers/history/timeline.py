"""What the report needs of a judged history: the bars of its picture, and what was found."""

from models.base import Model
from models.claimed_date import ClaimedDate
from models.finding import Code, Finding
from models.rule import RuleJudged
from verifiers.life import EntryKind


class TimelineEntry(Model):
    """One bar of the report's picture of the claimed life."""

    kind: EntryKind
    label: str
    start: ClaimedDate | None
    end: ClaimedDate | None
    ongoing: bool
    """No end is given and it has begun."""
    codes: tuple[Code, ...] = ()
    """Codes of the findings that concern it."""


class HistoryResult(Model):
    """What the claimed history says of itself."""

    findings: tuple[Finding, ...]
    timeline: tuple[TimelineEntry, ...] = ()
    """In the order of the claims, work before education."""
    judged: tuple[RuleJudged, ...] = ()
    """Every rule that was looked at, and what it came to."""
