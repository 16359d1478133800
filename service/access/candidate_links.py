"""Candidates, who come in by a link alone: whose it is, and how often it may be used.

The link is the right (a capability): there is no cookie beside it, so no other site can make a
browser use it, and whoever has it is taken for the candidate. Nothing that was sent before is ever
shown by it.
"""

from dataclasses import dataclass
from uuid import UUID

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.access.throttle import count, network_of
from service.store.store import Store

PER_LINK = RateLimitItemPerMinute(60, 15)
"""Requests, files of the page apart. Ten tries take thirty."""
PER_CLIENT = RateLimitItemPerMinute(300, 15)
"""A whole office may share one address of the Internet."""


class LinkOver(Exception):
    """No such link, or it has ended: expired, replaced, decided, cancelled. Not told apart."""


@dataclass(frozen=True)
class Guest:
    """A candidate who came by a good link."""

    tenant: UUID
    verification: UUID


class LinkThrottle:
    """The requests of the last minutes, counted in memory as sign-ins are."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def come_in(self, store: Store, token: str, client: str) -> Guest:
        """Whoever comes with this token.

        Raises:
            TooManyAttempts: too often lately, by this link or from this machine.
            LinkOver: the token opens nothing.
        """
        count(self._limiter, PER_CLIENT, network_of(client))
        opened = store.candidate(token)
        if opened is None:
            raise LinkOver
        guest = Guest(*opened)
        count(self._limiter, PER_LINK, str(guest.verification))
        return guest
