"""All sources at once: one that hangs delays nobody, and order never depends on who was first."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from models.history import Claims
from models.outside import Answer, Outcome, Outside
from tests.history_sources.asking_one import NOW, QUICK
from tests.history_sources.local_server import HANGS, LocalServer, says
from tests.rules.building import found
from verifiers.history.sources import (
    NAMES,
    Inquiry,
    Source,
    SourceSettings,
    ask_all,
    open_sources,
)

CLAIMS = Claims.model_validate(
    {
        "basics": {"name": "Anna Example", "email": "anna@mailinator.com"},
        "work": [{"name": "Example Ltd"}, {"name": "Other Ltd"}],
        "education": [{"institution": "University of Oxford"}],
    }
)
OFFLINE = ("disposable", "gleif", "companies-house", "ror", "universities")


def _settings(server: LocalServer, **fields: Any) -> SourceSettings:
    return SourceSettings.model_validate(
        {
            "enabled": OFFLINE,
            "companies_house_key": "a-key",
            "base_urls": dict.fromkeys(("gleif", "companies-house", "ror"), server.url),
            **fields,
        }
    )


def _ask(settings: SourceSettings) -> Outside:
    async def ask() -> Outside:
        async with open_sources(settings, now=lambda: NOW, patience=QUICK) as sources:
            return await ask_all(
                Inquiry(CLAIMS), sources, seconds=settings.seconds, now=lambda: NOW
            )

    return asyncio.run(ask())


def test_one_hanging_source_delays_nothing_beyond_the_limit(server: LocalServer) -> None:
    server.answers |= {
        "/api/v1/lei-records": HANGS,
        "/search/companies": says({"items": []}),
        "/v2/organizations": says({"number_of_results": 0, "items": []}),
    }
    outside = _ask(_settings(server, seconds=2))
    told = [(one.source, one.question, one.outcome, one.why) for one in outside.companies]
    late = "did not answer in time"
    assert told == [
        ("Companies House", "Example Ltd", Outcome.ABSENT, None),
        ("Companies House", "Other Ltd", Outcome.ABSENT, None),
        ("GLEIF", "Example Ltd", Outcome.UNKNOWN, late),
        ("GLEIF", "Other Ltd", Outcome.UNKNOWN, late),
    ]
    assert [(one.source, one.outcome) for one in outside.institutions] == [
        ("ROR", Outcome.ABSENT),
        ("university domains list", Outcome.FOUND),
    ]
    assert [one.value.disposable for one in outside.email_domains if one.value] == [True]


def test_one_host_is_asked_by_a_few_calls_at_once(server: LocalServer) -> None:
    server.otherwise = says({"data": []})
    server.takes = 0.05
    claims = Claims.model_validate({"work": [{"name": f"Employer {i}"} for i in range(8)]})

    async def ask() -> Outside:
        patience = replace(QUICK, in_flight=2)
        settings = _settings(server, enabled=("gleif",))
        async with open_sources(settings, now=lambda: NOW, patience=patience) as sources:
            return await ask_all(Inquiry(claims), sources, seconds=60, now=lambda: NOW)

    assert {one.outcome for one in asyncio.run(ask()).companies} == {Outcome.ABSENT}
    assert (len(server.asked), server.most_at_once) == (8, 2)


def test_answers_survive_being_stored(server: LocalServer) -> None:
    outside = _ask(_settings(server, enabled=("universities", "disposable")))
    assert Outside.model_validate_json(outside.model_dump_json()) == outside


class Told:
    """A source within this process."""

    name = "told"
    fills = "certificates"

    def __init__(self, *texts: str, seconds: float = 0, breaks: bool = False) -> None:
        self._texts = texts
        self._seconds = seconds
        self._breaks = breaks

    def questions(self, inquiry: Inquiry) -> Sequence[str]:
        del inquiry
        return self._texts

    async def answer(self, question: str, inquiry: Inquiry) -> Answer[Any]:
        del inquiry
        await asyncio.sleep(self._seconds)
        if self._breaks:
            raise RuntimeError("https://secret.example/")
        return found(question, "valid", self.name)


class Follows(Told):
    """Asks for what others found, once more."""

    def questions_after(self, answer: Answer[Any], inquiry: Inquiry) -> Sequence[str]:
        del inquiry
        return [f"{answer.question}-again"] if answer.source != "follows" else []

    name = "follows"


def _told(*sources: Source) -> list[tuple[str, str, Outcome]]:
    outside = asyncio.run(ask_all(Inquiry(CLAIMS), sources, seconds=20, now=lambda: NOW))
    return [(one.source, one.question, one.outcome) for one in outside.certificates]


def test_the_order_is_that_of_sources_and_questions_not_of_who_was_first() -> None:
    told = _told(Told("b", "a", "b", seconds=0.05), Told("c"))
    assert [question for _, question, _ in told] == ["b", "a", "c"]


def test_a_source_that_breaks_its_promise_is_unknown_and_the_rest_is_there() -> None:
    outside = asyncio.run(
        ask_all(Inquiry(CLAIMS), [Told("a", breaks=True), Told("b")], seconds=20, now=lambda: NOW)
    )
    broken, whole = outside.certificates
    assert (broken.outcome, whole.outcome) == (Outcome.UNKNOWN, Outcome.FOUND)
    assert "secret" not in outside.model_dump_json()


def test_what_one_source_found_another_may_ask_further() -> None:
    assert _told(Follows("x"), Told("b", "a")) == [
        ("follows", "x", Outcome.FOUND),
        ("follows", "a-again", Outcome.FOUND),
        ("follows", "b-again", Outcome.FOUND),
        ("told", "b", Outcome.FOUND),
        ("told", "a", Outcome.FOUND),
    ]


def test_nobody_asked_is_nothing_known() -> None:
    assert asyncio.run(ask_all(Inquiry(CLAIMS), [], seconds=1, now=lambda: NOW)) == Outside()


def test_giving_up_ends_what_was_asked() -> None:
    async def give_up() -> int:
        asking = ask_all(Inquiry(CLAIMS), [Told("a", seconds=60)], seconds=60, now=lambda: NOW)
        task = asyncio.create_task(asking)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(asyncio.all_tasks())

    assert asyncio.run(give_up()) == 1


def _opened(**settings: Any) -> list[str]:
    async def names() -> list[str]:
        told = SourceSettings.model_validate(settings)
        async with open_sources(told, now=lambda: NOW) as sources:
            return [type(source).__name__ for source in sources]

    return asyncio.run(names())


def test_a_source_without_its_key_contact_or_address_is_not_opened() -> None:
    assert _opened(enabled="all") == [
        "Rdap", "Dns", "Github", "Commits", "Gleif", "Ror", "Universities", "Disposable",
    ]  # fmt: skip
    everything = {
        "companies_house_key": "k",
        "edgar_contact": "Example Ltd someone@example.com",
        "line_type_url": "https://lines.example.com",
        "background_check_url": "https://checks.example.com",
    }
    assert len(_opened(**everything)) == len(NAMES)
    assert _opened(enabled=()) == []


@pytest.mark.parametrize(
    "settings",
    [
        {"enabled": ("whois",)},
        {"base_urls": {"rdap": "http://rdap.example.com"}},
        {"base_urls": {"rdap": "ftp://127.0.0.1"}},
        {"base_urls": {"rdap": "https://user:password@rdap.example.com"}},
        {"base_urls": {"whois": "https://whois.example.com"}},
        {"base_urls": {"rdap": "dns://127.0.0.1:53"}},
        {"base_urls": {"dns": "dns://resolver.example.com"}},
        {"base_urls": {"dns": "https://127.0.0.1"}},
        {"line_type_url": "dns://127.0.0.1:53"},
        {"line_type_url": "lines.example.com"},
        {"edgar_contact": "nobody"},
        {"seconds": 0},
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SourceSettings.model_validate(settings)


def test_keys_are_not_shown() -> None:
    settings = SourceSettings.model_validate({"github_token": "a-secret"})
    assert "a-secret" not in f"{settings!r} {settings.model_dump_json()}"
