"""Sends what is due: claims deliveries, posts them signed, writes down how each went.

At least once, and to a receiver that deduplicates by `webhook-id` exactly once: a process that dies
between sending and writing it down leaves its claim to run out, and the event is sent again under
the same id. Nothing is sent inside a transaction, so a receiver that hangs holds no lock; it holds
at most `MOST_TO_A_HOST` of the threads, so the others' events go past it.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
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
from service.store.store import Store

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
"""How long a claim holds; the egress guard ends every post well before."""
MOST_AT_ONCE = 100
"""Claimed in one round. More than there are threads, to find the hosts that are free."""
MOST_TO_A_HOST = 2
BUSY_PAUSE = timedelta(seconds=5)
"""After which an event is looked at again whose host had no place."""
GONE = 410
"""Standard Webhooks: the receiver wants no more; it is given up at once."""
PATIENCE = (429, 503)
"""Answers whose `Retry-After` is respected (RFC 9110 §10.2.3)."""


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
        self._busy: Counter[str] = Counter()
        self._lock = threading.Lock()
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
        """One round, waited for: how many were tried."""
        begun = self._round()
        wait(begun)
        return len(begun)

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

    def _round(self) -> Sequence[Future[None]]:
        """Claim what is due and hand out as much as there are threads and free hosts."""
        begun: list[Future[None]] = []
        while self._has_place():
            claimed = self._store.claim_due(lease=LEASE, limit=MOST_AT_ONCE)
            begun += [f for pair in claimed if (f := self._hand_out(*pair))]
            if len(claimed) < MOST_AT_ONCE:
                break
        return begun

    def _hand_out(self, tenant: UUID, delivery: UUID) -> Future[None] | None:
        """Begin to send; `None` where it went back into the queue, or is gone."""
        try:
            with self._store.tenant(tenant, SYSTEM, reads_only=True) as t:
                letter, secrets = t.deliveries.open(delivery), t.access.hooks().outgoing
        except NotFound:
            return None  # Deleted with its verification since it was claimed.
        host = urlsplit(letter.url).hostname or ""
        if self._has_place() and self._take(host):
            return self._pool.submit(self._deliver, tenant, letter, secrets, host)
        pause = BUSY_PAUSE if self._has_place() else timedelta(0)
        with suppress(NotFound), self._store.tenant(tenant, SYSTEM) as t:
            t.deliveries.put_back(delivery, pause)
        return None

    def _deliver(self, tenant: UUID, letter: Letter, secrets: tuple[str, ...], host: str) -> None:
        began = monotonic()
        try:
            tried = self._try(letter, secrets)
            with suppress(NotFound), self._store.tenant(tenant, SYSTEM) as t:
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
            with self._lock:
                self._busy -= Counter([host])
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

    def _has_place(self) -> bool:
        with self._lock:
            return self._busy.total() < self._workers

    def _take(self, host: str) -> bool:
        with self._lock:
            if self._busy[host] >= MOST_TO_A_HOST:
                return False
            self._busy[host] += 1
            return True


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
