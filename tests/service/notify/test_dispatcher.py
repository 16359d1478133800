"""Events reach their receivers: signed, tried for days, and each has one effect."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from service.access.tenants import drop_previous, rotate
from service.ats.port import Event, announce
from service.notify.dispatcher import Dispatcher
from service.notify.egress import Egress
from service.store.actor import SYSTEM
from service.store.deliveries import SCHEDULE, DeliveryState
from tests.service.notify.office import Office
from tests.service.notify.receiver import Receiver, receiving
from tests.service.store.building import an_order


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
