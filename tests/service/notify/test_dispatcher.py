"""Events reach their receivers: signed, tried for days, and each has one effect."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import sleep
from uuid import UUID

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from service.access.tenants import create_tenant, drop_previous, rotate
from service.ats.port import Event, announce
from service.notify.dispatcher import LEASE, MOST_TO_A_HOST, Dispatcher
from service.notify.egress import Egress
from service.store.actor import SYSTEM
from service.store.deliveries import SCHEDULE, DeliveryState
from service.store.keys import Key
from service.store.tables import DeliveryAttempt
from tests.service.notify.receiver import Receiver, receiving
from tests.service.store.building import Clock, House, an_order

MOMENT = timedelta(seconds=1)


class Office(House):
    """A store whose clock begins now, as the library looks at the real one, and its dispatcher."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.tenant = create_tenant(self.store, "Office")
        self.dispatcher = Dispatcher(self.store, Egress(development=True), poll_seconds=0.05)

    @property
    def secrets(self) -> tuple[str, ...]:
        with self.acting(SYSTEM) as t:
            return t.access.hooks().outgoing

    def put(self, url: str, count: int = 1) -> list[UUID]:
        """Events to this address about a verification of its own."""
        verification = self.ordered(an_order(None))
        with self.acting(SYSTEM) as t:
            return [
                t.deliveries.add(verification, "verification.completed", url, b'{"number":1}').id
                for _ in range(count)
            ]

    def state(self, delivery: UUID) -> DeliveryState:
        with self.acting() as t:
            return next(DeliveryState(d.state) for d in t.deliveries.list() if d.id == delivery)

    def tries(self, delivery: UUID) -> list[DeliveryAttempt]:
        with self.acting() as t:
            return list(t.deliveries.attempts(delivery))

    def pass_to_next_try(self, delivery: UUID) -> None:
        with self.acting() as t:
            due = next(d.next_attempt_at for d in t.deliveries.list() if d.id == delivery)
        assert due
        self.clock.now = max(due, self.clock.now)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    built = Office(database_url, tmp_path, Clock(datetime.now(UTC)))
    yield built
    built.dispatcher.stop()
    built.store.close()


@pytest.fixture
def receiver(office: Office) -> Iterator[Receiver]:
    with receiving(office.secrets[0]) as opened:
        yield opened


def test_an_event_arrives_signed_and_is_done(office: Office, receiver: Receiver) -> None:
    (delivery,) = office.put(receiver.url)
    assert office.dispatcher.send_due() == 1
    assert office.dispatcher.send_due() == 0
    assert office.state(delivery) is DeliveryState.DELIVERED
    assert receiver.bodies == [b'{"number":1}']
    assert receiver.forged == 0
    (tried,) = office.tries(delivery)
    assert (tried.status, tried.problem) == (204, None)


def test_what_a_receiver_hears_says_where_to_look_and_nothing_personal(
    office: Office, receiver: Receiver
) -> None:
    order = an_order("applicant-4711", claims=True).model_copy(update={"callback": receiver.url})
    work = office.concluded(work=office.submitted(office.ordered(order)))
    with office.acting(SYSTEM) as t:
        row = t.verifications.get(work.verification)
        announce(t, row, Event.COMPLETED, "https://bonafide.example")
    office.dispatcher.send_due()
    (body,) = receiver.bodies
    assert b"verification.completed" in body
    assert b"applicant-4711" in body
    assert f"https://bonafide.example/verifications/{row.id}".encode() in body
    assert b"Ada" not in body


def test_a_receiver_that_fails_first_sees_one_effect(office: Office, receiver: Receiver) -> None:
    (delivery,) = office.put(receiver.url)
    receiver.answers.append((500, {}))
    office.dispatcher.send_due()
    assert office.state(delivery) is DeliveryState.PENDING
    office.pass_to_next_try(delivery)
    office.dispatcher.send_due()
    assert office.state(delivery) is DeliveryState.DELIVERED
    assert len(receiver.ids) == 2
    assert len(receiver.effects) == 1
    assert [t.status for t in office.tries(delivery)] == [500, 204]


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500])
def test_anything_but_success_is_tried_again_and_said_in_words(
    office: Office, receiver: Receiver, status: int
) -> None:
    elsewhere = {"location": receiver.url + "/elsewhere"} if status < 400 else {}
    receiver.answers.append((status, elsewhere))
    (delivery,) = office.put(receiver.url)
    office.dispatcher.send_due()
    assert office.state(delivery) is DeliveryState.PENDING
    (tried,) = office.tries(delivery)
    assert tried.status == status
    assert tried.problem
    assert "127.0.0.1" not in tried.problem
    assert len(receiver.ids) == 1, "a redirect was followed"


def test_a_receiver_that_is_gone_for_good_is_not_asked_again(
    office: Office, receiver: Receiver
) -> None:
    receiver.answers.append((410, {}))
    (delivery,) = office.put(receiver.url)
    office.dispatcher.send_due()
    assert office.state(delivery) is DeliveryState.GIVEN_UP


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_a_receiver_that_asks_for_patience_gets_it(
    office: Office, receiver: Receiver, status: int, as_date: bool
) -> None:
    when = format_datetime(office.clock.now + timedelta(hours=1)) if as_date else "3600"
    receiver.answers.append((status, {"retry-after": when}))
    (delivery,) = office.put(receiver.url)
    office.dispatcher.send_due()
    office.clock.pass_by(timedelta(minutes=59))
    assert office.dispatcher.send_due() == 0
    office.clock.pass_by(timedelta(minutes=8))
    receiver.secret = None  # Its own clock has not moved.
    assert office.dispatcher.send_due() == 1
    assert office.state(delivery) is DeliveryState.DELIVERED


@pytest.mark.parametrize("junk", ["soon", "-5", "9" * 400, "Mon, 99 Foo 2026", "١٢"])
def test_a_wish_that_is_none_changes_nothing(office: Office, receiver: Receiver, junk: str) -> None:
    receiver.answers.append((503, {"retry-after": junk.encode().decode("latin-1")}))
    (delivery,) = office.put(receiver.url)
    office.dispatcher.send_due()
    assert office.state(delivery) is DeliveryState.PENDING
    office.clock.pass_by(timedelta(days=1.1))
    receiver.secret = None
    assert office.dispatcher.send_due() == 1


def test_an_address_that_is_not_allowed_is_never_called(office: Office, receiver: Receiver) -> None:
    (delivery,) = office.put(receiver.url)
    strict = Dispatcher(office.store, Egress(development=False))
    strict.send_due()
    strict.stop()
    assert receiver.ids == []
    (tried,) = office.tries(delivery)
    assert tried.status is None
    assert tried.problem
    assert "not allowed" in tried.problem
    assert "127.0.0.1" not in tried.problem


def test_nobody_there_is_tried_again(office: Office) -> None:
    with receiving() as closed:
        url = closed.url
    (delivery,) = office.put(url)
    office.dispatcher.send_due()
    assert office.state(delivery) is DeliveryState.PENDING
    (tried,) = office.tries(delivery)
    assert tried.problem
    assert "reached" in tried.problem


def test_nothing_is_sent_unsigned(office: Office, receiver: Receiver) -> None:
    with office.acting(SYSTEM) as t:
        hooks = t.access.hooks()
        t.access.set_hooks(type(hooks)(hooks.incoming, (), None))
    (delivery,) = office.put(receiver.url)
    office.dispatcher.send_due()
    assert receiver.ids == []
    assert "secret" in (office.tries(delivery)[0].problem or "")


def test_while_a_secret_is_replaced_the_old_and_the_new_one_both_verify(
    office: Office, receiver: Receiver
) -> None:
    old = receiver.secret
    new = rotate(office.store, office.tenant, "outgoing")
    for known in (old, new):
        receiver.secret = known
        office.put(receiver.url)
        office.dispatcher.send_due()
    assert receiver.forged == 0
    drop_previous(office.store, office.tenant, "outgoing")
    assert office.secrets == (new,)
    receiver.secret = old
    office.put(receiver.url)
    office.dispatcher.send_due()
    assert receiver.forged == 1


def test_it_is_tried_for_days_under_the_same_id_and_can_be_replayed_after(
    office: Office, receiver: Receiver
) -> None:
    receiver.secret = None  # Its own clock stands still while days pass here.
    receiver.answers.extend([(500, {})] * (len(SCHEDULE) + 1))
    (delivery,) = office.put(receiver.url)
    began = office.clock.now
    for _ in SCHEDULE:
        assert office.dispatcher.send_due() == 1
        assert office.dispatcher.send_due() == 0
        office.pass_to_next_try(delivery)
    assert office.dispatcher.send_due() == 1
    assert office.state(delivery) is DeliveryState.GIVEN_UP
    assert office.clock.now - began > timedelta(days=3)
    office.clock.pass_by(timedelta(days=30))
    assert office.dispatcher.send_due() == 0
    with office.acting() as t:
        t.deliveries.replay(delivery)
    assert office.dispatcher.send_due() == 1
    assert office.state(delivery) is DeliveryState.DELIVERED
    assert len(receiver.ids) == len(SCHEDULE) + 2
    assert len(set(receiver.ids)) == 1


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


def test_more_than_one_round_can_hold_is_all_sent_once(office: Office, receiver: Receiver) -> None:
    there = office.put(receiver.url, 30)
    office.dispatcher.start()
    for _ in range(30):
        while not receiver.arrived.acquire(timeout=0.2):
            office.clock.pass_by(MOMENT)
    office.dispatcher.stop()
    assert len(receiver.ids) == len(set(receiver.ids)) == 30
    assert {office.state(delivery) for delivery in there} == {DeliveryState.DELIVERED}


def test_an_event_whose_verification_was_deleted_is_dropped(
    office: Office, receiver: Receiver
) -> None:
    (delivery,) = office.put(receiver.url)
    with office.acting() as t:
        about = t.deliveries.list()[0].verification_id
    claimed = office.store.claim_due(lease=LEASE, limit=10)
    assert claimed == [(office.tenant, delivery)]
    with office.acting() as t:
        t.verifications.delete(about)
    assert office.dispatcher._hand_out(*claimed[0]) is None
    assert receiver.ids == []


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
