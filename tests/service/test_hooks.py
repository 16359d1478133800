"""Orders by webhook: taken when the signature proves them, once, and refused all alike if not."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from service import errors
from service.access.tenants import create_tenant, drop_previous, rotate
from service.api import hooks
from service.ats import standard
from service.notify.egress import Egress
from service.settings import Settings
from service.store.actor import SYSTEM
from service.store.verifications import Filter
from tests.service.store.building import Clock, House

ORDER: dict[str, Any] = {
    "candidate": {"reference": "applicant-4711", "name": "Anna Example"},
    "stage": "interview",
    "consent": {"verification": True, "given_at": "2026-05-04T09:29:00Z"},
}


@dataclass(frozen=True)
class Parts:
    """What requests find of the service."""

    settings: Settings
    store: Any
    egress: Egress
    engine: None = None


class Office(House):
    """A store with a tenant that has secrets, and an application with the route for orders."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.tenant = create_tenant(self.store, "Office")
        app = FastAPI()
        app.state.runtime = Parts(
            Settings(folder=self.folder, url="https://bonafide.example"), self.store, Egress()
        )
        errors.install(app)
        app.include_router(hooks.router)
        self.client = TestClient(app, raise_server_exceptions=False)

    @property
    def secret(self) -> str:
        with self.acting(SYSTEM) as t:
            return t.access.hooks().incoming[0]

    def post(
        self, body: bytes, headers: dict[str, Any], tenant: UUID | str | None = None
    ) -> Response:
        answer: Response = self.client.post(
            f"/v1/hooks/{tenant or self.tenant}/orders", content=body, headers=headers
        )
        return answer

    def send(self, body: bytes, webhook_id: str = "msg_1") -> Response:
        return self.post(body, signed(self.secret, body, webhook_id))

    def orders(self) -> list[UUID]:
        with self.acting() as t:
            return [row.id for row in t.verifications.list(Filter())]


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    built = Office(database_url, tmp_path, Clock(datetime.now(UTC)))
    yield built
    built.store.close()


def a_body(**order: Any) -> bytes:
    said = {**hooks.EXAMPLE, "data": {**ORDER, **order}}
    return standard.Requested.model_validate(said).model_dump_json(exclude_none=True).encode()


def signed(
    secret: str, body: bytes, webhook_id: str = "msg_1", at: datetime | None = None
) -> dict[str, str]:
    """As an ATS signs it, with the library."""
    moment = at or datetime.now(UTC)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(webhook_id, moment, body.decode()),
    }


def name_of(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_a_signed_order_is_stored_and_acknowledged(office: Office) -> None:
    answer = office.send(a_body())
    assert answer.status_code == 202
    assert answer.json()["state"] == "awaiting_evidence"
    (verification,) = office.orders()
    assert answer.json()["id"] == str(verification)
    assert answer.json()["links"]["self"].endswith(f"/v1/verifications/{verification}")
    with office.acting() as t:
        assert t.verifications.get(verification).ordered_by == "hook"
        assert t.verifications.open_order(verification).candidate.name == "Anna Example"


def test_the_same_webhook_again_is_the_same_verification(office: Office) -> None:
    answers = [office.send(a_body()) for _ in range(3)]
    assert [a.status_code for a in answers] == [202, 202, 202]
    assert len({a.json()["id"] for a in answers}) == 1
    assert len(office.orders()) == 1
    office.send(a_body(), "msg_2")
    assert len(office.orders()) == 2


def test_the_same_webhook_several_times_at_once_is_one_verification(office: Office) -> None:
    body = a_body()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: office.send(body), range(8)))
    assert {a.status_code for a in answers} == {202}
    assert len(office.orders()) == 1


def test_another_order_under_the_same_id_is_refused(office: Office) -> None:
    office.send(a_body())
    assert name_of(office.send(a_body(stage="offer"))) == (409, "webhook-id-reused")
    assert len(office.orders()) == 1


def test_an_api_keys_idempotency_key_and_a_webhook_id_never_meet(office: Office) -> None:
    order = standard.parse(a_body(stage="offer"))
    with office.acting() as t:
        t.verifications.order(order, idempotency_key="msg_1")
    assert office.send(a_body()).status_code == 202


Spoil = Callable[[Office, dict[str, Any]], dict[str, Any]]

SPOILT: dict[str, Spoil] = {
    "nothing": lambda _, _h: {},
    "no id": lambda _, h: {k: v for k, v in h.items() if k != "webhook-id"},
    "no time": lambda _, h: {k: v for k, v in h.items() if k != "webhook-timestamp"},
    "no signature": lambda _, h: {k: v for k, v in h.items() if k != "webhook-signature"},
    "another id": lambda _, h: h | {"webhook-id": "msg_2"},
    "another time": lambda _, h: h | {"webhook-timestamp": str(int(h["webhook-timestamp"]) - 1)},
    "another secret": lambda _o, _: signed(_foreign(), a_body()),
    "the outgoing secret": lambda o, _: signed(_outgoing(o), a_body()),
    "too old": lambda o, _: signed(o.secret, a_body(), at=o.clock.now - timedelta(minutes=6)),
    "from the future": lambda o, _: signed(o.secret, a_body(), at=o.clock.now + timedelta(days=1)),
    "signature of another body": lambda o, _: signed(o.secret, a_body(stage="offer")),
    "not base64": lambda _, h: h | {"webhook-signature": "v1,%%%"},
    "no version": lambda _, h: h | {"webhook-signature": h["webhook-signature"][3:]},
    "another version": lambda _, h: h | {"webhook-signature": "v2" + h["webhook-signature"][2:]},
    "no number": lambda _, h: h | {"webhook-timestamp": "yesterday"},
    "no finite number": lambda _, h: h | {"webhook-timestamp": "nan"},
    "a huge number": lambda _, h: h | {"webhook-timestamp": "9" * 400},
    "other digits": lambda _, h: h | {"webhook-timestamp": "١٢".encode()},
    "no ASCII": lambda _, h: h | {"webhook-signature": b"v1,\xff\xfe"},
    "commas": lambda _, h: h | {"webhook-signature": ",,, , v1, v1"},
    "a long id": lambda _, h: h | {"webhook-id": "x" * 5000},
}


def _foreign() -> str:
    return "whsec_" + "A" * 43 + "="


def _outgoing(office: Office) -> str:
    with office.acting(SYSTEM) as t:
        return t.access.hooks().outgoing[0]


def test_whatever_is_wrong_with_a_signature_is_answered_the_same(office: Office) -> None:
    answers = {}
    for name, spoil in SPOILT.items():
        body = a_body()
        answers[name] = office.post(body, spoil(office, signed(office.secret, body)))
    assert {name for name, a in answers.items() if name_of(a) != (401, "bad-signature")} == set()
    assert len({a.content for a in answers.values()}) == 1
    assert office.orders() == []


def test_unknown_tenants_and_those_without_a_secret_are_answered_as_a_bad_signature(
    office: Office,
) -> None:
    body = a_body()
    headers = signed(office.secret, body)
    silent = office.store.add_tenant("No secrets")
    other = create_tenant(office.store, "Another")
    for tenant in (silent, other, uuid4(), "nobody", "%00", "0" * 32, "{" + str(uuid4()) + "}"):
        answer = office.post(body, headers, tenant)
        assert name_of(answer) == (401, "bad-signature"), tenant
    assert office.orders() == []


@given(
    identifier=st.binary(max_size=30),
    time=st.binary(max_size=30) | st.integers().map(lambda n: str(n).encode()),
    signature=st.binary(max_size=60) | st.binary(max_size=40).map(lambda b: b"v1," + b),
    body=st.binary(max_size=40),
)
def test_junk_is_never_a_defect(
    junk_office: Office, identifier: bytes, time: bytes, signature: bytes, body: bytes
) -> None:
    headers = {
        "webhook-id": _sendable(identifier),
        "webhook-timestamp": _sendable(time),
        "webhook-signature": _sendable(signature),
    }
    assert junk_office.post(body, headers).status_code == 401


def _sendable(value: bytes) -> bytes:
    return bytes(b for b in value if b >= 0x20 and b != 0x7F).strip()


@pytest.fixture(scope="module")
def junk_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("junk")
    built = Office(f"sqlite:///{folder}/bonafide.sqlite", folder, Clock(datetime.now(UTC)))
    yield built
    built.store.close()


def _sign_raw(office: Office, body: bytes) -> Response:
    return office.post(body, signed(office.secret, body))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", (400, "malformed-json")),
        (b"{", (400, "malformed-json")),
        (b"[" * 50_000, (400, "malformed-json")),
        (b"[]", (422, "invalid")),
        (b"null", (422, "invalid")),
        (b"{}", (422, "invalid")),
        (a_body().replace(b"verification.requested", b"candidate.hired"), (422, "invalid")),
        (a_body().replace(b'"interview"', b'"lunch"'), (422, "invalid")),
        (a_body().replace(b"true", b"false"), (422, "invalid")),
        (a_body().replace(b'"data"', b'"datum"'), (422, "invalid")),
        (a_body(callback="https://10.0.0.1/hook"), (422, "callback-refused")),
        (a_body(callback="http://ats.example/hook"), (422, "callback-refused")),
        (a_body(follows=str(uuid4())), (404, "not-found")),
    ],
)
def test_a_proven_body_that_is_no_order_is_a_problem_that_says_why(
    office: Office, body: bytes, expected: tuple[int, str]
) -> None:
    answer = _sign_raw(office, body)
    assert name_of(answer) == expected
    assert "Anna" not in answer.text
    assert office.orders() == []


def test_nothing_is_parsed_before_it_is_proven(office: Office) -> None:
    assert name_of(office.post(b"{", {})) == (401, "bad-signature")


def test_a_body_beyond_the_bound_is_refused_however_it_comes(office: Office) -> None:
    body = a_body().replace(b"Anna", b"A" * 1_000_001)
    headers = signed(office.secret, body)
    assert name_of(office.post(body, headers)) == (413, "too-large")
    pieces = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    streamed = office.client.post(
        f"/v1/hooks/{office.tenant}/orders", content=pieces, headers=headers
    )
    assert name_of(streamed) == (413, "too-large")


def test_while_a_secret_is_replaced_both_are_good_and_then_only_the_new_one(
    office: Office,
) -> None:
    old = office.secret
    new = rotate(office.store, office.tenant, "incoming")
    assert new != old
    for number, secret in enumerate((old, new)):
        body = a_body()
        answer = office.post(body, signed(secret, body, f"msg_{number}"))
        assert answer.status_code == 202
    drop_previous(office.store, office.tenant, "incoming")
    body = a_body()
    assert office.post(body, signed(old, body, "msg_3")).status_code == 401
    assert office.post(body, signed(new, body, "msg_3")).status_code == 202


def test_an_order_whose_verification_was_deleted_is_not_made_again(office: Office) -> None:
    office.send(a_body())
    (verification,) = office.orders()
    with office.acting() as t:
        t.verifications.delete(verification)
    assert name_of(office.send(a_body())) == (409, "order-deleted")
    assert office.orders() == []
