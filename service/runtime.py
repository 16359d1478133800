"""What the running service is made of, put together in one place.

`Runtime` opens the store and the way out; `bonafide serve` and `bonafide worker` start the parts
they need on it, tests and the demo as well.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import structlog

from service.linkage.faces import FaceIndexes
from service.notify.dispatcher import Dispatcher
from service.notify.egress import Egress
from service.settings import Settings
from service.store.blobs import DiskBlobs
from service.store.keys import load_master_key
from service.store.store import Store
from service.workflow.cases import StoredCases
from service.workflow.engine import Engine
from service.workflow.job import start_server
from service.workflow.sweeper import Sweeper
from verifiers.face_engines.installed import damaged
from verifiers.face_engines.weights import WeightsFolder

log = structlog.get_logger()


def open_store(settings: Settings) -> Store:
    """The store of these settings, its tables up to date.

    Raises:
        BadMasterKey: the key cannot be used.
        Unopenable: it is not the one that what is stored was sealed under.
    """
    home = settings.home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    key = settings.master_key.get_secret_value() if settings.master_key else None
    store = Store(
        settings.database, load_master_key(key, home / "master.key"), DiskBlobs(home / "blobs")
    )
    store.migrate()
    store.check_master_key()
    return store


@dataclass(frozen=True)
class Runtime:
    """The parts that requests and workers share."""

    settings: Settings
    store: Store
    egress: Egress
    engine: Engine
    faces: FaceIndexes


@contextmanager
def running(settings: Settings, *, verifies: bool, delivers: bool) -> Iterator[Runtime]:
    """Everything, started; stopped in order at the end.

    Args:
        settings: What the operator set.
        verifies: Whether this process works off the queue, or only adds to it.
        delivers: Whether it sends events; the others may be kept off the network.

    Raises:
        AlreadyRunning: another process serves this folder.
    """
    with ExitStack() as stack:
        store = open_store(settings)
        stack.callback(store.close)
        egress = Egress(development=settings.development)
        faces = FaceIndexes(store)
        cases = StoredCases(store, settings, faces)
        engine = Engine(
            settings.database, cases, concurrency=settings.concurrency if verifies else 0
        )
        engine.start()
        stack.callback(engine.stop, interrupt=cases.interrupt)
        if verifies:
            for problem in damaged(WeightsFolder(settings.weights_folder)):
                # Cases go on without it, and their reports say so.
                log.warning("installed model not used", problem=problem)
            # It loads its models meanwhile; the first case need not wait for that.
            weights = settings.weights_folder
            threading.Thread(target=start_server, args=(weights,), daemon=True).start()
        sweeper = Sweeper(store, engine, faces)
        sweeper.start()
        stack.callback(sweeper.stop)
        if delivers:
            dispatcher = Dispatcher(store, egress)
            dispatcher.start()
            stack.callback(dispatcher.stop)
        yield Runtime(settings, store, egress, engine, faces)
