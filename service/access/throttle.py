"""How often somebody may try to sign in: by address, and by the machine that they try from.

A few typing mistakes are nothing; a thousand guesses are. Counted in memory, as one process serves
the pages: a restart forgets, which costs a guesser more than it gives.
"""

import time
from ipaddress import ip_address, ip_network
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_PERSON = RateLimitItemPerMinute(10, 15)
"""For one address from one network: whoever guesses from elsewhere does not keep its owner out."""
PER_ADDRESS = RateLimitItemPerMinute(200, 15)
"""For one address from everywhere: many machines together guess no faster."""
PER_CLIENT = RateLimitItemPerMinute(100, 15)
"""A whole office may share one address of the Internet."""


class TooManyAttempts(Exception):
    """Wait before the next one; `seconds` says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count(limiter: MovingWindowRateLimiter, limit: RateLimitItem, *who: str) -> None:
    """Count one more attempt. Raises `TooManyAttempts`."""
    if not limiter.hit(limit, *who):
        reset = limiter.get_window_stats(limit, *who).reset_time
        raise TooManyAttempts(max(1, ceil(reset - time.time())))


class SignInThrottle:
    """The attempts of the last minutes."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def attempt(self, email: str, client: str) -> None:
        """Count an attempt before it is judged, so that many at once count too.

        Raises:
            TooManyAttempts: this one is not to be judged at all.
        """
        for limit, who in _counted(email, client):
            count(self._limiter, limit, *who)

    def succeeded(self, email: str, client: str) -> None:
        """Forget the mistakes of somebody who came in.

        Those of their machine stay: an account of one's own must not buy guesses at others.
        """
        self._limiter.clear(PER_PERSON, *_person(email, client))


def _counted(email: str, client: str) -> tuple[tuple[RateLimitItem, tuple[str, str]], ...]:
    return (
        (PER_CLIENT, ("client", network_of(client))),
        (PER_PERSON, _person(email, client)),
        (PER_ADDRESS, ("address", email.strip().casefold())),
    )


def _person(email: str, client: str) -> tuple[str, str]:
    return "person", f"{network_of(client)} {email.strip().casefold()}"


def network_of(client: str) -> str:
    """Whom a limit counts. An IPv6 client has 2^64 addresses to choose from: its network counts."""
    try:
        if ip_address(client).version == 6:
            return str(ip_network(f"{client}/64", strict=False))
    except ValueError:
        return client
    return client
