"""Sends what is due: claims deliveries, posts them signed, writes down how each went.

At least once, and to a receiver that deduplicates by `webhook-id` exactly once: a process that dies
between sending and writing it down leaves its claim to run out, and the event is sent again under
the same id. Nothing is sent inside a transaction, so a receiver that hangs holds no lock; it holds
at most `MOST_TO_A_HOST` of the threads, so the others' events go past it.
"""

import threading
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID

import structlog

from service.notify import signing
from service.notify.egress import Answer, Egress, Refused, Unreachable
from service.store.actor import SYSTEM
from service.store.deliveries import Letter
from service.store.errors import NotFound
from service.store.keys import Unopenable
from service.store.store import Store

log = structlog.get_logger()

LEASE = timedelta(seconds=45)
"""How long a claim holds, and so how late an event may be whose sender was killed. The egress guard
ends every post within 15 seconds."""
FRESH_SECONDS = 25
"""A claim that waited longer for its turn is let run out: its post could outlive the lease."""
MOST_WAITING = 1000
"""Claimed and waiting. More than there are threads, to find the hosts that are free."""
MOST_TO_A_HOST = 2
GONE = 410
"""Standard Webhooks: the receiver wants no more; it is given up at once."""
PATIENCE = (429, 503)
"""Answers whose `Retry-After` is respected (RFC 9110 §10.2.3)."""


@dataclass(frozen=True)
class _Claimed:
    """A letter that is ours to send for a while."""

    tenant: UUID
    letter: Letter
    secrets: tuple[str, ...]
    host: str
    since: float
    """By the monotonic clock."""


@dataclass(frozen=True)
class _Tried:
    """How a try went; `problem` is `None` where it was delivered. No address, nothing personal."""

    status: int | None
    problem: str | None
    at_least: timedelta = timedelta(0)


class Dispatcher:
    """The loop that sends what is due, of all tenants."""

    def __init__(
        self, store: Store, egress: Egress, *, poll_seconds: float = 1.0, workers: int = 8
    ) -> None:
        self._store, self._egress = store, egress
        self._poll_seconds, self._workers = poll_seconds, workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="deliver")
        self._waiting: deque[_Claimed] = deque()
        self._busy: Counter[str] = Counter()
        self._of_tenant: Counter[UUID] = Counter()
        """How many are being sent, by host."""
        self._changed = threading.Condition()
        self._stopped = False
        self._wake = threading.Event()
        self._loop = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        """Send from now on."""
        self._loop.start()

    def stop(self) -> None:
        """Send no more; what is being sent ends first."""
        self._stopped = True
        self._wake.set()
        if self._loop.is_alive():
            self._loop.join()
        self._pool.shutdown()

    def send_due(self) -> int:
        """One round, waited for: how many were claimed and tried."""
        claimed = self._round()
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting and not self._busy)
        return claimed

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            try:
                self._round()
            except Exception as error:
                # A database that restarts is met again in the next round. Only the kind is logged:
                # the message of a driver can quote what it was given.
                log.error("deliveries could not be looked up", error=type(error).__name__)
            self._wake.wait(self._poll_seconds)

    def _round(self) -> int:
        """Claim what is due and begin with it; how many there were."""
        self._begin()  # What waited too long makes room.
        with self._changed:
            room = MOST_WAITING - len(self._waiting)
            if room <= 0 or self._busy.total() >= self._workers:
                return 0
        opened = []
        for tenant, delivery in self._store.claim_due(lease=LEASE, limit=room):
            try:
                opened.append(self._opened(tenant, delivery))
            except NotFound:
                pass  # Deleted with its verification since: there is nothing to send.
            except Unopenable:
                log.error("delivery cannot be opened", id=str(delivery))
        with self._changed:
            self._waiting.extend(opened)
        self._begin()
        return len(opened)

    def _opened(self, tenant: UUID, delivery: UUID) -> _Claimed:
        with self._store.tenant(tenant, SYSTEM, reads_only=True) as t:
            letter, secrets = t.deliveries.open(delivery), t.access.hooks().outgoing
        host = urlsplit(letter.url).hostname or ""
        return _Claimed(tenant, letter, secrets, host, monotonic())

    def _begin(self) -> None:
        """Hand out what waits, as far as there are threads and its hosts have a place."""
        with self._changed:
            for claimed in list(self._waiting):
                if self._busy.total() >= self._workers or self._stopped:
                    break
                if monotonic() - claimed.since > FRESH_SECONDS:
                    self._waiting.remove(claimed)
                elif (
                    self._busy[claimed.host] < MOST_TO_A_HOST
                    and self._of_tenant[claimed.tenant] < self._workers // 2
                ):
                    self._waiting.remove(claimed)
                    self._busy[claimed.host] += 1
                    self._of_tenant[claimed.tenant] += 1
                    self._pool.submit(self._deliver, claimed)
            self._changed.notify_all()

    def _deliver(self, claimed: _Claimed) -> None:
        letter, began = claimed.letter, monotonic()
        try:
            tried = self._try(letter, claimed.secrets)
            with suppress(NotFound), self._store.tenant(claimed.tenant, SYSTEM) as t:
                state = t.deliveries.record(
                    letter.id,
                    status=tried.status,
                    problem=tried.problem,
                    milliseconds=round((monotonic() - began) * 1000),
                    at_least=tried.at_least,
                    gone=tried.status == GONE,
                )
                log.info("delivery", id=str(letter.id), status=tried.status, state=state.value)
        except Exception as error:
            # It is sent again when the claim runs out, under the same id.
            log.error("delivery not recorded", id=str(letter.id), error=type(error).__name__)
        finally:
            with self._changed:
                self._busy -= Counter([claimed.host])
                self._of_tenant -= Counter([claimed.tenant])
            self._begin()
            self._wake.set()

    def _try(self, letter: Letter, secrets: tuple[str, ...]) -> _Tried:
        if not secrets:
            return _Tried(None, "There is no secret to sign it with; make one, then replay it.")
        now = self._store.clock()
        try:
            answer = self._egress.post(letter.url, letter.body, _signed(secrets, letter, now))
        except Refused:
            return _Tried(None, "Its address is not allowed: https to a public host is needed.")
        except Unreachable:
            return _Tried(None, "The receiver could not be reached, or did not answer in time.")
        return _judged(answer, now)


def _signed(secrets: tuple[str, ...], letter: Letter, now: datetime) -> dict[str, str]:
    """The headers; while a secret is replaced, signatures by both, of which one is enough."""
    each = [signing.sign(secret, letter.webhook_id, now, letter.body) for secret in secrets]
    return {**each[0], "webhook-signature": " ".join(h["webhook-signature"] for h in each)}


def _judged(answer: Answer, now: datetime) -> _Tried:
    if 200 <= answer.status < 300:
        return _Tried(answer.status, None)
    if 300 <= answer.status < 400:
        return _Tried(answer.status, f"It answered {answer.status}; redirects are not followed.")
    asked = _retry_after(answer, now) if answer.status in PATIENCE else timedelta(0)
    return _Tried(answer.status, f"It answered {answer.status}.", asked)


def _retry_after(answer: Answer, now: datetime) -> timedelta:
    """Seconds or a date; nothing where it is neither."""
    said = answer.headers.get("retry-after", "").strip()
    try:
        if said.isascii() and said.isdigit():
            return timedelta(seconds=int(said[:9]))
        until = parsedate_to_datetime(said)
        return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta(0))
    except (ValueError, OverflowError):
        return timedelta(0)
