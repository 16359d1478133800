"""How sources ask, shown on one of them: whatever a host does, an answer or an honest unknown."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from models.outside import Outcome
from tests.history_sources.asking_one import NOW, QUICK, Asking
from tests.history_sources.local_server import HANGS, LocalServer, Says, says
from verifiers.history.sources import MemoryCache
from verifiers.history.sources.pace import Pace, Rate
from verifiers.history.sources.polite import Patience

AT_EXAMPLE = {"work": [{"name": "Example Ltd"}]}
PATH = "/api/v1/lei-records"
RECORDS = {
    "data": [
        {
            "attributes": {
                "lei": "529900T8BM49AURSDO55",
                "entity": {
                    "legalName": {"name": "EXAMPLE LIMITED", "language": "en"},
                    "legalAddress": {"country": "GB"},
                    "creationDate": "1999-04-01T00:00:00Z",
                },
            }
        }
    ]
}

Ask = Callable[[str], Asking]


def test_an_answer_names_its_source_the_question_and_when_it_was_fetched(
    server: LocalServer, asking: Ask
) -> None:
    server.answers[PATH] = says(RECORDS)
    answer = asking("gleif").one(AT_EXAMPLE)
    assert (answer.source, answer.question, answer.fetched_at) == ("GLEIF", "Example Ltd", NOW)
    assert answer.value
    assert answer.value[0].number == "529900T8BM49AURSDO55"
    assert server.asked[0].headers["user-agent"].startswith("Bonafide/")


def test_a_host_that_asks_for_a_pause_is_asked_again_after_it(
    server: LocalServer, asking: Ask
) -> None:
    server.answers[PATH] = [says({}, 429, Retry_After="0"), says(RECORDS)]
    assert asking("gleif").one(AT_EXAMPLE).outcome is Outcome.FOUND
    assert len(server.asked) == 2


@pytest.mark.parametrize("pause", ["3600", "Wed, 21 Oct 2065 07:28:00 GMT", "soon"])
def test_a_host_that_asks_for_a_long_pause_is_left_alone(
    server: LocalServer, asking: Ask, pause: str
) -> None:
    server.answers[PATH] = says({}, 429, Retry_After=pause)
    answer = asking("gleif").one(AT_EXAMPLE)
    assert (answer.outcome, answer.why) == (Outcome.UNKNOWN, "limits how often it may be asked")
    assert len(server.asked) == 1


@pytest.mark.parametrize("trouble", [says({}, 503), Says(b'{"data": [', missing=100)])
def test_trouble_that_passes_is_not_told(server: LocalServer, asking: Ask, trouble: Says) -> None:
    server.answers[PATH] = [trouble, trouble, says(RECORDS)]
    assert asking("gleif").one(AT_EXAMPLE).outcome is Outcome.FOUND


def test_slowness_that_passes_is_not_told(server: LocalServer, asking: Ask) -> None:
    server.answers[PATH] = [HANGS, says(RECORDS)]
    patience = replace(QUICK, read=0.5)
    assert asking("gleif").one(AT_EXAMPLE, patience=patience).outcome is Outcome.FOUND


@pytest.mark.parametrize("status", [400, 401, 403, 418])
def test_a_refusal_is_not_tried_again(server: LocalServer, asking: Ask, status: int) -> None:
    server.answers[PATH] = says({}, status)
    answer = asking("gleif").one(AT_EXAMPLE)
    assert answer.why == f"did not accept the question (status {status})"
    assert len(server.asked) == 1


DEEP = b'{"data":' + b"[" * 100_000
BOMB = gzip.compress(b" " * 50_000_000)
HALF = gzip.compress(b'{"data":[]}')[:-9]
ODD = {
    "no JSON": Says(b"<html>Sign in</html>"),
    "other JSON": says({"data": [{"attributes": {"lei": 5}}]}),
    "a list": says([]),
    "nothing": Says(b""),
    "cut off": Says(b'{"data": [', missing=100),
    "nested without end": Says(DEEP),
    "too large": Says(b" " * 300_000),
    "unpacks without end": Says(BOMB, headers={"Content-Encoding": "gzip"}),
    "no gzip": Says(b"{}", headers={"Content-Encoding": "gzip"}),
    "unpacks to half": Says(HALF, headers={"Content-Encoding": "gzip"}),
    "another packing": Says(b"{}", headers={"Content-Encoding": "br"}),
    "not UTF-8": Says(b'{"data": "\xff\xfe"}'),
    "a day that is none": says(json.loads(json.dumps(RECORDS).replace("1999-04-01", "1999-13-41"))),
    "leads away": Says(status=302, headers={"Location": "https://example.com/"}),
    "leads nowhere": Says(status=302),
    "always in trouble": says({}, 500),
    "hangs": HANGS,
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_answer_is_unknown_and_says_why_without_any_address(
    server: LocalServer, asking: Ask, odd: Says
) -> None:
    server.answers[PATH] = odd
    answer = asking("gleif").one(
        AT_EXAMPLE, patience=replace(QUICK, read=0.3, tries=2, most_bytes=200_000)
    )
    assert answer.outcome is Outcome.UNKNOWN
    assert answer.why
    assert "http" not in answer.why
    assert "127" not in answer.why


def test_a_packed_answer_is_read(server: LocalServer, asking: Ask) -> None:
    packed = gzip.compress(json.dumps(RECORDS).encode())
    server.answers[PATH] = Says(packed, headers={"Content-Encoding": "gzip"})
    assert asking("gleif").one(AT_EXAMPLE).outcome is Outcome.FOUND


def test_a_host_that_is_down_is_unknown() -> None:
    answer = Asking("gleif", "http://127.0.0.1:1").one(AT_EXAMPLE)
    assert answer.why == "could not be reached, or broke off its answer"


def test_an_answer_is_kept_for_others_and_an_unknown_never_is(
    server: LocalServer, asking: Ask
) -> None:
    cache = MemoryCache()
    server.answers[PATH] = says({}, 400)
    assert asking("gleif").one(AT_EXAMPLE, cache=cache).outcome is Outcome.UNKNOWN
    server.answers[PATH] = says(RECORDS)
    first = asking("gleif").one(AT_EXAMPLE, cache=cache)
    server.answers[PATH] = says({}, 400)
    assert asking("gleif").one(AT_EXAMPLE, cache=cache) == first
    assert first.outcome is Outcome.FOUND


def test_an_answer_is_not_kept_for_ever(server: LocalServer, asking: Ask) -> None:
    cache = MemoryCache(seconds=0)
    server.answers[PATH] = [says(RECORDS), says({"data": []})]
    assert asking("gleif").one(AT_EXAMPLE, cache=cache).outcome is Outcome.FOUND
    assert asking("gleif").one(AT_EXAMPLE, cache=cache).outcome is Outcome.ABSENT


def test_the_whole_deadline_holds_however_often_is_tried(server: LocalServer, asking: Ask) -> None:
    server.answers[PATH] = HANGS
    patience = Patience(read=0.1, whole=0.3, tries=1000, first_wait=0.01)
    assert asking("gleif").one(AT_EXAMPLE, patience=patience).outcome is Outcome.UNKNOWN
    assert len(server.asked) < 10


def test_a_host_is_asked_a_few_times_at_once_and_then_at_its_pace() -> None:
    pace = Pace({"slow.example": Rate(per_second=0.001, burst=3)})
    assert [pace.seconds_until_turn("slow.example") for _ in range(3)] == [0, 0, 0]
    assert 900 < pace.seconds_until_turn("slow.example") <= 1000
    assert 1900 < pace.seconds_until_turn("slow.example") <= 2000
    assert pace.seconds_until_turn("other.example") == 0
