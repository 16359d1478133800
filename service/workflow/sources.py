"""The step that asks outside sources what they say of the claims.

It runs in the service's own process: a job has no network and no keys. Nobody is asked unless the
operator named sources, and a source that does not answer is told and held against nobody.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from models.finding import Check, EvidenceClass, Finding, Seen, Status
from models.history import Claims
from models.outside import Answer, Outcome, Outside
from service.settings import Settings
from service.workflow.pipeline import Step, StepResult
from verifiers.history.sources import (
    Inquiry,
    MemoryCache,
    SourceSettings,
    ask_all,
    open_sources,
)

_MOST_TOLD = 20
"""Unanswered questions that a finding names; the rest are of the same sources."""


class Interrupted(Exception):
    """This process is about to stop, and the sources were not waited for."""


class AsksOutside(Protocol):
    """Whoever may ask outside sources. Called from several threads."""

    def ask(self, claims: Claims, proof: str) -> Outside:
        """All that they say. Raises `Interrupted`."""

    def interrupt(self) -> None:
        """Make every `ask` under way raise `Interrupted`, and each one to come."""


class Nobody:
    """Asks no one, as long as the operator named no source."""

    def ask(self, _claims: Claims, _proof: str, /) -> Outside:
        return Outside()

    def interrupt(self) -> None:
        """Nothing is ever under way."""


class Sources:
    """The sources that the operator named, with what they answered lately."""

    def __init__(self, settings: SourceSettings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._cache = MemoryCache()
        self._lock = threading.Lock()
        self._asking: set[tuple[asyncio.AbstractEventLoop, asyncio.Task[Outside]]] = set()
        self._interrupted = False

    def ask(self, claims: Claims, proof: str) -> Outside:
        try:
            return asyncio.run(self._ask(Inquiry(claims, proof)))
        except asyncio.CancelledError:
            raise Interrupted from None

    def interrupt(self) -> None:
        with self._lock:
            self._interrupted = True
            for loop, task in self._asking:
                with suppress(RuntimeError):  # It has just ended by itself.
                    loop.call_soon_threadsafe(task.cancel)

    async def _ask(self, inquiry: Inquiry) -> Outside:
        task = asyncio.current_task()
        assert task is not None
        own = (asyncio.get_running_loop(), task)
        with self._lock:
            if self._interrupted:
                raise Interrupted
            self._asking.add(own)
        try:
            async with open_sources(self._settings, now=self._now, cache=self._cache) as sources:
                return await ask_all(
                    inquiry, sources, seconds=self._settings.seconds, now=self._now
                )
        finally:
            with self._lock:
                self._asking.discard(own)


def sources_of(settings: Settings, now: Callable[[], datetime]) -> AsksOutside:
    """Who may be asked, by what the operator set."""
    return Sources(settings.outside, now) if settings.outside else Nobody()


def sources_step(asked: AsksOutside, claims: Claims | None, proof: str) -> StepResult:
    """The result of the step. Raises `Interrupted`."""
    outside = asked.ask(claims, proof) if claims else Outside()
    return StepResult(step=Step.SOURCES, findings=tuple(_unanswered(outside)), outside=outside)


def _unanswered(outside: Outside) -> Iterator[Finding]:
    """One finding for all that did not answer; it asks nothing and weighs nothing."""
    answers: list[Answer[Any]] = [a for _, told in outside for a in told]
    missing = [answer for answer in answers if answer.outcome is Outcome.UNKNOWN]
    if not missing:
        return
    names = ", ".join(dict.fromkeys(answer.source for answer in missing))
    yield Finding(
        code="history.sources.unanswered",
        check=Check.HISTORY,
        status=Status.UNKNOWN,
        evidence_class=EvidenceClass.HISTORY,
        seen=tuple(
            Seen(
                what=f"no answer about {answer.question}",
                value=answer.why or "",
                source=answer.source,
                fetched_at=answer.fetched_at,
            )
            for answer in missing[:_MOST_TOLD]
        ),
        for_recruiter=f"Not every question to sources outside was answered ({names}). What they "
        "would have said is not known, and that is held against nobody.",
        for_candidate="Some public sources could not be asked; that is no fault of yours.",
    )
