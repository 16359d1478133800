"""What goes wrong while events are sent: hanging receivers, deletions, crashes, a lost database."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from uuid import UUID

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from service.notify.dispatcher import LEASE, MOST_TO_A_HOST
from service.store.deliveries import DeliveryState
from service.store.keys import Key
from service.store.tables import Delivery
from tests.service.notify.office import Office
from tests.service.notify.receiver import Receiver, receiving
from tests.service.store.building import Clock

MOMENT = timedelta(seconds=1)


def test_a_receiver_that_hangs_holds_up_nobody_else(office: Office, receiver: Receiver) -> None:
    """More events wait for the hanging one than there are threads, and they came first."""
    with receiving(receiver.secret, host="localhost") as hanging:
        hanging.may_answer.clear()
        office.put(hanging.url, 20)
        office.clock.pass_by(MOMENT)
        office.put(receiver.url, 5)
        office.dispatcher.start()
        receiver.wait_for(5)
        assert len(hanging.ids) <= MOST_TO_A_HOST
        assert not hanging.may_answer.is_set()
        hanging.may_answer.set()
        office.dispatcher.stop()


def test_a_burst_to_one_receiver_is_all_sent_and_each_once(
    office: Office, receiver: Receiver
) -> None:
    there = office.put(receiver.url, 30)
    office.dispatcher.start()
    receiver.wait_for(30)
    office.dispatcher.stop()
    assert len(receiver.ids) == len(set(receiver.ids)) == 30
    assert {office.state(delivery) for delivery in there} == {DeliveryState.DELIVERED}


def test_an_event_whose_verification_is_deleted_after_the_claim_is_dropped(
    office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(receiver.url)
    with office.acting() as t:
        about = t.deliveries.list()[0].verification_id
    claim = office.store.claim_due

    def claim_and_delete(*, lease: timedelta, limit: int) -> list[tuple[UUID, UUID]]:
        claimed = claim(lease=lease, limit=limit)
        assert len(claimed) == 1
        with office.acting() as t:
            t.verifications.delete(about)
        return claimed

    monkeypatch.setattr(office.store, "claim_due", claim_and_delete)
    assert office.dispatcher.send_due() == 0
    assert receiver.ids == []


def test_an_event_that_cannot_be_opened_holds_up_nobody_else(
    office: Office, receiver: Receiver
) -> None:
    (broken,) = office.put(receiver.url)
    (whole,) = office.put(receiver.url)
    with office.store._transaction() as session:
        session.execute(sa.update(Delivery).where(Delivery.id == broken).values(sealed=b"junk"))
    assert office.dispatcher.send_due() == 1
    assert office.state(whole) is DeliveryState.DELIVERED
    assert office.state(broken) is DeliveryState.PENDING


def test_a_verification_deleted_while_its_event_is_sent_disturbs_nobody(
    office: Office, receiver: Receiver
) -> None:
    receiver.may_answer.clear()
    office.put(receiver.url)
    with office.acting() as t:
        about = t.deliveries.list()[0].verification_id
    office.dispatcher.start()
    receiver.wait_for(1)
    with office.acting() as t:
        t.verifications.delete(about)
    receiver.may_answer.set()
    office.put(receiver.url)
    receiver.wait_for(1)
    office.dispatcher.stop()
    assert len(receiver.effects) == 2


def test_a_process_killed_between_sending_and_noting_it_sends_again_under_the_same_id(
    database_url: str, tmp_path: Path
) -> None:
    raw = os.urandom(32)
    office = Office(database_url, tmp_path, Clock(datetime.now(UTC)), Key(raw))
    with receiving(office.secrets[0]) as receiver:
        (delivery,) = office.put(receiver.url)
        dies = textwrap.dedent(
            """
            import os, sys
            from pathlib import Path
            from service.notify.dispatcher import Dispatcher
            from service.notify.egress import Egress
            from service.store.blobs import DiskBlobs
            from service.store.keys import Key
            from service.store.store import Store

            class Dies(Egress):
                def post(self, *given, **named):
                    super().post(*given, **named)
                    os.kill(os.getpid(), 9)

            url, folder, raw = sys.argv[1:]
            store = Store(url, Key(bytes.fromhex(raw)), DiskBlobs(Path(folder)))
            Dispatcher(store, Dies(development=True)).send_due()
            """
        )
        command = [sys.executable, "-c", dies, database_url, str(tmp_path / "blobs"), raw.hex()]
        died = subprocess.run(command, check=False, capture_output=True)
        assert died.returncode == -9, died.stderr
        assert len(receiver.ids) == 1
        assert office.tries(delivery) == []
        office.clock.now = datetime.now(UTC)
        assert office.dispatcher.send_due() == 0, "its claim has not run out"
        office.clock.pass_by(LEASE + MOMENT)
        assert office.dispatcher.send_due() == 1
        assert len(receiver.ids) == 2
        assert len(receiver.effects) == 1
        assert office.state(delivery) is DeliveryState.DELIVERED
    office.dispatcher.stop()
    office.store.close()


def test_a_database_that_fails_for_a_while_is_met_again(office: Office, receiver: Receiver) -> None:
    """It fails when deliveries are looked up, and again when one that was sent is noted."""
    (delivery,) = office.put(receiver.url)
    receiver.may_answer.clear()
    with capture_logs() as logs:
        with without_table(office, "deliveries"):
            office.dispatcher.start()
            wait_for_log(logs, "deliveries could not be looked up")
        receiver.wait_for(1)
        with without_table(office, "delivery_attempts"):
            receiver.may_answer.set()
            wait_for_log(logs, "delivery not recorded")
        office.clock.pass_by(LEASE + MOMENT)
        receiver.wait_for(1)
        office.dispatcher.stop()
    assert len(receiver.effects) == 1
    assert office.state(delivery) is DeliveryState.DELIVERED
    assert "127.0.0.1" not in repr(logs)


@contextmanager
def without_table(office: Office, table: str) -> Iterator[None]:
    engine = sa.create_engine(office.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away")
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE away RENAME TO {table}")
    engine.dispose()


def wait_for_log(logs: Sequence[Mapping[str, object]], event: str) -> None:
    for _ in range(1200):
        if any(line["event"] == event for line in logs):
            return
        sleep(0.05)
    pytest.fail(f"never logged: {event}")
