"""Who does something: a person, a program, a webhook, the candidate, or the service itself."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person who signs in may do; `service/access/roles.py` has the table."""

    OWNER = "owner"
    RECRUITER = "recruiter"
    REVIEWER = "reviewer"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Actor:
    """Somebody, as audit rows and decisions name them: `user:…`, `key:…`, `candidate`, `system`."""

    label: str
    role: Role | None = None
    """Of a person; `None` for a program."""

    @classmethod
    def user(cls, user: UUID, role: Role) -> "Actor":
        return cls(f"user:{user}", role)

    @classmethod
    def key(cls, key: UUID) -> "Actor":
        return cls(f"key:{key}")


SYSTEM = Actor("system")
"""A worker at its work."""
OPERATOR = Actor("operator")
"""Whoever runs commands on the machine itself."""
CANDIDATE = Actor("candidate")
"""The person who is verified, by the link they were given."""
HOOK = Actor("hook")
"""An order that came signed by webhook."""
