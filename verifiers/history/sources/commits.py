"""At which offsets from UTC the candidate's commits were written, read from git itself.

GitHub's API tells every time in UTC; only git keeps the offset that the author's machine had. Only
repositories of accounts that the candidate claims are copied, and only commits that carry the
candidate's own addresses, name or account are counted.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.history import Claims
from models.outside import Answer, CommitTimes, GithubAccount, OffsetCount, Outcome
from verifiers.history.sources import git
from verifiers.history.sources.desk import Desk
from verifiers.history.sources.organisations import institution_key
from verifiers.history.sources.port import Inquiry
from verifiers.history.sources.questions import logins, question_for_repository, repositories

BASE = "https://github.com"
_FORMAT = "%aI%x1f%ae%x1f%an"
_OF_AN_ACCOUNT = 3
"""Repositories of one account that are copied without being named in the claims."""


class Commits:
    """Git histories of public repositories."""

    name = "git"
    fills = "commits"

    def __init__(self, desk: Desk, base: str = BASE) -> None:
        self._desk = desk
        self._base = base

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        """Repositories that the claims name, as `owner/name`."""
        return repositories(inquiry.claims)

    def questions_after(self, answer: Answer[Any], inquiry: Inquiry) -> Sequence[str]:
        """The first repositories of the account itself that were looked into."""
        account = answer.value
        if answer.outcome is not Outcome.FOUND or not isinstance(account, GithubAccount):
            return ()
        own = (one.name for one in account.repositories if one.authors and not one.fork)
        claimed = {login.lower() for login in logins(inquiry.claims)}
        return [
            name
            for name in own
            if question_for_repository(f"{BASE}/{name}") == name
            and name.partition("/")[0].lower() in claimed
        ][:_OF_AN_ACCOUNT]

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        """The candidate's commits by year and offset; absent where none is theirs."""

        async def look() -> CommitTimes | None:
            lines = await git.log(f"{self._base}/{question}.git", _FORMAT)
            return _times(question, lines, _Theirs(inquiry.claims, question.partition("/")[0]))

        # Whose commits are counted is this candidate's, so the answer is not another's.
        return await self._desk.answer(self.name, question, look, keep=lambda: False)


class _Theirs:
    """Whether a commit is the candidate's, by what they claim."""

    def __init__(self, claims: Claims, login: str) -> None:
        self._emails = {address.strip().lower() for address in claims.all_emails}
        named = (claims.full_name, claims.basics.name, claims.identity.preferred_name, login)
        names = (*named, *claims.identity.former_names)
        self._names = {institution_key(name) for name in names if name}
        self._account = f"{login}@users.noreply.github.com".lower()

    def wrote(self, email: str, name: str) -> bool:
        """Any one of address, account and name is enough: people commit under several."""
        email = email.lower()
        return (
            email in self._emails
            or email.rpartition("+")[2] == self._account
            or institution_key(name) in self._names
        )


def _times(repository: str, lines: Sequence[str], theirs: _Theirs) -> CommitTimes | None:
    counted: Counter[tuple[int, int]] = Counter()
    for line in lines:
        fields = git.fields(line, 3)
        if fields is None or not theirs.wrote(fields[1], fields[2]):
            continue
        at = datetime.fromisoformat(fields[0])
        offset = at.utcoffset()
        if offset is not None:
            counted[at.year, round(offset.total_seconds() / 60)] += 1
    offsets = tuple(
        OffsetCount(year=year, offset_minutes=minutes, commits=number)
        for (year, minutes), number in sorted(counted.items())
    )
    return CommitTimes(repository=repository, offsets=offsets) if offsets else None
