"""An answer to a challenge arrives in its time, alone, and leaves nothing where it does not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.api import answering
from service.errors import Refused
from service.store.actor import SYSTEM
from tests.service.api.asking import Clock, answer, ask, evidence_of, form, said
from tests.service.api.conftest import Service, a_jpeg
from tests.service.api.test_challenges import challenges, clock, problem

__all__ = ["clock"]

MEDIA_TYPE = {"Content-Type": "multipart/form-data; boundary=between"}


def _body(given: dict[str, Any]) -> bytes:
    """A good answer as it goes over the line."""
    files = form(said(given), [a_jpeg()])
    return httpx.Request("POST", "https://x", files=files, headers=MEDIA_TYPE).read()


def _slowly(clock: Clock, given: dict[str, Any], **time: float) -> Any:
    """An answer whose body arrives later than its request began."""
    whole = _body(given)

    def body() -> Iterator[bytes]:
        yield whole[:100]
        clock.pass_by(**time)
        yield whole[100:]

    return {"content": body(), "headers": MEDIA_TYPE}


def _receive(
    service: Service, verification: str, given: dict[str, Any], pieces: Iterator[bytes]
) -> None:
    """Receive an answer piece by piece, which the client of these tests cannot send."""
    ids = UUID(verification), UUID(given["id"])
    now = service.store.clock()
    answering.Answering(service.store, service.tenant, SYSTEM, *ids, now).take(pieces, b"between")


@pytest.mark.parametrize(("seconds", "status"), [(85, 201), (95, 408)])
def test_a_slow_line_costs_nobody_the_answer_that_was_begun_in_time(
    service: Service, clock: Clock, seconds: int, status: int
) -> None:
    verification = service.order()
    given = ask(service, verification)
    clock.pass_by(minutes=2, seconds=59)
    address = f"/v1/verifications/{verification}/challenges/{given['id']}/answer"
    sent = service.client.post(address, **_slowly(clock, given, seconds=seconds))
    assert sent.status_code == status, sent.text
    assert len(evidence_of(service, verification)) == (status == 201)


def test_an_answer_that_never_ends_is_listened_to_no_longer_than_its_time(
    service: Service, clock: Clock
) -> None:
    verification = service.order()
    given = ask(service, verification)
    whole = _body(given)

    def endless() -> Iterator[bytes]:
        yield whole[:-50]
        for _ in range(2):
            assert [file["ready"] for file in evidence_of(service, verification)] == [False]
            clock.pass_by(seconds=59)
            yield b"-"
        raise AssertionError("it may go on for ever")

    with pytest.raises(Refused) as refused:
        _receive(service, verification, given, endless())
    assert (refused.value.status, refused.value.name) == (408, "too-slow")
    assert evidence_of(service, verification) == []
    assert service.blob_files == []


def test_one_answer_arrives_at_a_time_and_one_that_died_blocks_no_longer_than_its_time(
    service: Service, clock: Clock
) -> None:
    verification = service.order()
    given, other = ask(service, verification), ask(service, verification)
    whole = _body(given)

    def dying() -> Iterator[bytes]:
        yield whole[:100]
        assert problem(answer(service, verification, given), 409) == "answer-arriving"
        assert answer(service, verification, other).status_code == 201
        clock.pass_by(seconds=91)
        assert answer(service, verification, given).status_code == 201
        yield whole[100:]

    with pytest.raises(Refused):
        _receive(service, verification, given, dying())
    assert [file["ready"] for file in evidence_of(service, verification)] == [True, True]


def test_of_two_answers_that_arrive_at_once_one_counts(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    verification = service.order()
    given = ask(service, verification)
    both, opened = Barrier(2), answering.Answering._opened

    def opened_by_both(self: answering.Answering) -> Any:
        found = opened(self)
        both.wait(10)
        return found

    monkeypatch.setattr(answering.Answering, "_opened", opened_by_both)
    with ThreadPoolExecutor(2) as threads:
        sent = list(threads.map(lambda _: answer(service, verification, given), range(2)))
    assert sorted(one.status_code for one in sent) == [201, 409]
    assert len(evidence_of(service, verification)) == len(service.blob_files) == 1


def test_a_request_that_failed_may_be_sent_again(service: Service) -> None:
    verification = service.order()
    given = ask(service, verification)
    broken = form(said(given), [a_jpeg(), b""])
    assert problem(answer(service, verification, given, broken), 422) == "unusable-file"
    assert [one["state"] for one in challenges(service, verification)] == ["open"]
    assert answer(service, verification, given).status_code == 201
