"""`bonafide`, killed at one point of its work.

`python -m tests.faults.dying POINT WHEN NTH COMMAND…`

The process sends itself SIGKILL at the NTH call of the point: `before` it, `within` its transaction
(done, not committed) or `after` (committed, and nothing that follows has happened).
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from service.notify.egress import Egress
from service.store.actor import Actor
from service.store.deliveries import Deliveries
from service.store.evidence import EvidenceFiles
from service.store.results import Results
from service.store.store import OfTenant, Store
from service.store.verifications import Verifications
from service.workflow.engine import Engine

POINTS: dict[str, tuple[type[Any], str]] = {
    "order": (Verifications, "order"),
    "announce": (EvidenceFiles, "announce"),
    "received": (EvidenceFiles, "finish"),
    "submit": (Verifications, "submit"),
    "enqueue": (Engine, "enqueue"),
    "begin": (Results, "begin"),
    "finish": (Results, "finish"),
    "conclude": (Results, "conclude"),
    "post": (Egress, "post"),
    "record": (Deliveries, "record"),
}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arrange(point: str, when: str, nth: int) -> None:
    """Make this process die there."""
    owner, name = POINTS[point]
    original = getattr(owner, name)
    calls = count(1)
    reached = False

    def called(*arguments: Any, **named: Any) -> Any:
        nonlocal reached
        if when == "before" and next(calls) == nth:
            _die()
        answer = original(*arguments, **named)
        # Counted once it came through: one that was refused has nothing to die in the middle of.
        if when != "before" and next(calls) == nth:
            if when == "within" or owner in (Engine, Egress):
                _die()
            reached = True
        return answer

    setattr(owner, name, called)
    transaction = Store.tenant

    @contextmanager
    def tenant(
        store: Store, tenant: UUID, actor: Actor, *, reads_only: bool = False
    ) -> Iterator[OfTenant]:
        with transaction(store, tenant, actor, reads_only=reads_only) as t:
            yield t
        if reached:
            _die()

    if when == "after":
        setattr(Store, "tenant", tenant)  # noqa: B010


if __name__ == "__main__":
    arrange(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    sys.argv = ["bonafide", *sys.argv[4:]]
    from service.cli import main

    main()
