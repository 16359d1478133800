"""Whose face resembles this one: a search among the kept templates of one tenant and one engine.

The truth is the database. What is searched among is made of it in memory, on the first question
(2 s for 100,000 templates), and follows it at every further one. So it has no state of its own: a
crash at any moment loses nothing of it, several processes need not agree on anything, and there is
no file with biometric data beside the database that could be damaged, copied, or left behind.

**What is deleted is never found again**: each result is read from the database anew, for its exact
distance. It leaves memory as the transaction that deletes it ends, in the process that deletes, and
in others at their next question or within seconds (the sweeper asks them).
"""

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import numpy as np
import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.person import FaceTemplate, TemplateKind
from service.linkage.nearest import Nearest
from service.store.actor import SYSTEM
from service.store.errors import NotFound
from service.store.faces import FORGOTTEN_LASTS
from service.store.keys import Unopenable
from service.store.store import OfTenant, Store

log = structlog.get_logger()

MOST_BYTES = 1_000_000_000
"""Of all indexes of a process together: seven million templates. Those not asked for longest go."""


@dataclass(frozen=True)
class Resembling:
    """Another candidate, by the one of their kept templates that is nearest."""

    subject: UUID
    verification: UUID
    """The one that the template is of."""
    kind: TemplateKind
    distance: float
    """Euclidean, between unit vectors: `verifiers.faces.matching` says what it means."""


@dataclass
class _Index:
    """What one tenant has of one engine, as far as this process has read."""

    nearest: Nearest
    last_added: int = 0
    last_forgotten: int = 0
    caught_up_at: datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def catch_up(self, t: OfTenant, engine: str) -> None:
        if self.caught_up_at and t.now - self.caught_up_at > FORGOTTEN_LASTS / 2:
            # The process was stopped: what was deleted since may not be told any more.
            self.nearest = Nearest(self.nearest.dimensions)
            self.last_added = self.last_forgotten = 0
        deleted = t.faces.last_forgotten()
        if deleted < self.last_forgotten:
            return  # Another thread has read a newer state: this one shows what is deleted there.
        if not self.last_added:
            # Before the templates are read: what is deleted meanwhile is then among the next.
            self.last_forgotten = deleted
        for ids, codes, come_to in t.faces.added(engine, after=self.last_added):
            self.nearest.add(ids, codes)
            self.last_added = come_to
        self.last_forgotten, gone = t.faces.forgotten(after=self.last_forgotten)
        if gone:
            self.nearest.remove(gone)
        self.caught_up_at = t.now


class FaceIndexes:
    """The indexes of all tenants that this process was asked about."""

    def __init__(self, store: Store, *, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._most_bytes = most_bytes
        self._indexes: OrderedDict[tuple[UUID, str], _Index] = OrderedDict()
        self._lock = threading.Lock()
        store.when_erased(self.catch_up)

    def search(
        self, t: OfTenant, template: FaceTemplate, count: int, *, without: Collection[UUID] = ()
    ) -> list[Resembling]:
        """The `count` candidates who resemble a template most, the nearest first.

        Args:
            t: The transaction to read in. It must not have kept or deleted templates itself. The
                first question about a tenant reads all templates: ask it in one that only reads.
            template: Compared with templates of its own engine alone.
            count: How many, of as many as there are.
            without: Candidates that are left out, such as the one who is asked about.
        """
        index = self._index(t.tenant_id, template)
        with index.lock:
            index.catch_up(t, template.engine)
        left_out = t.faces.of_subjects(template.engine, without) if without else set()
        exact = np.asarray(template.vector, np.float32)
        # Most have two templates, of the portrait and of the footage; the order of what is very
        # close together is known only once the exact vectors are compared.
        many = 2 * count + 8 + len(left_out)
        while True:
            with index.lock:
                ids = index.nearest.nearest(template.vector, many)
            nearest: dict[UUID, Resembling] = {}
            for face in t.faces.opened([id for id in ids if id not in left_out]).values():
                distance = float(np.linalg.norm(face.vector - exact))
                one = Resembling(face.subject, face.verification, face.kind, distance)
                known = nearest.get(face.subject)
                if known is None or distance < known.distance:
                    nearest[face.subject] = one
            if len(nearest) >= count or len(ids) < many:
                self._keep_within_bounds()
                return sorted(nearest.values(), key=lambda one: one.distance)[:count]
            many *= 2

    def catch_up(self, tenant: UUID | None = None) -> None:
        """Drop from memory what was deleted, of one tenant or of all."""
        with self._lock:
            known = [(of, i) for of, i in self._indexes.items() if tenant in (None, of[0])]
        for (of, engine), index in known:
            try:
                with self._store.tenant(of, SYSTEM, reads_only=True) as t, index.lock:
                    index.catch_up(t, engine)
            except (SQLAlchemyError, NotFound, Unopenable) as error:
                # It might hold what was deleted, and can be made again at any time.
                log.warning("face index dropped", error=type(error).__name__)
                with self._lock:
                    self._indexes.pop((of, engine), None)

    def _index(self, tenant: UUID, template: FaceTemplate) -> _Index:
        with self._lock:
            place = (tenant, template.engine)
            index = self._indexes.setdefault(place, _Index(Nearest(len(template.vector))))
            self._indexes.move_to_end(place)
            return index

    def _keep_within_bounds(self) -> None:
        with self._lock:
            taken = sum(index.nearest.size_bytes for index in self._indexes.values())
            while taken > self._most_bytes and len(self._indexes) > 1:
                taken -= self._indexes.popitem(last=False)[1].nearest.size_bytes
