"""All sources asked at once, under one deadline: who is late is `unknown`, and delays nobody."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from models.outside import Answer, Outside
from verifiers.history.sources.desk import UNREADABLE, unknown
from verifiers.history.sources.port import AsksFurther, Inquiry, Source

_GRACE = 1.0
"""Seconds for those that were stopped to clean up."""

Asked = tuple[int, str]
"""The place of a source among them, and a question to it."""


async def ask_all(
    inquiry: Inquiry,
    sources: Sequence[Source],
    *,
    seconds: float,
    now: Callable[[], datetime],
) -> Outside:
    """What all sources say within `seconds`. Raises nothing but cancellation.

    The answers of a field are in the order of the sources, and of each one's questions; those that
    came of other answers follow, by the alphabet.
    """
    first = [(place, q) for place, source in enumerate(sources) for q in source.questions(inquiry)]
    answers = await _answers(inquiry, sources, list(dict.fromkeys(first)), seconds, now)
    order = [*dict.fromkeys(first), *sorted(set(answers) - set(first))]
    order.sort(key=lambda asked: asked[0])  # Stable: questions keep their order.
    fields: dict[str, list[Answer[Any]]] = {}
    for asked in order:
        fields.setdefault(sources[asked[0]].fills, []).append(answers[asked])
    return Outside.model_validate({field: tuple(told) for field, told in fields.items()})


async def _answers(
    inquiry: Inquiry,
    sources: Sequence[Source],
    first: Sequence[Asked],
    seconds: float,
    now: Callable[[], datetime],
) -> dict[Asked, Answer[Any]]:
    clock = asyncio.get_running_loop()
    ends = clock.time() + seconds
    answers: dict[Asked, Answer[Any]] = {}
    running: dict[asyncio.Task[Answer[Any]], Asked] = {}
    seen: set[Asked] = set()

    def start(asked: Asked) -> None:
        if asked not in seen:
            seen.add(asked)
            place, question = asked
            running[asyncio.create_task(sources[place].answer(question, inquiry))] = asked

    def late(asked: Asked, why: str) -> Answer[Any]:
        return unknown(sources[asked[0]].name, asked[1], why, now())

    try:
        for asked in first:
            start(asked)
        while running and (left := ends - clock.time()) > 0:
            done, _ = await asyncio.wait(running, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                asked = running.pop(task)
                # A source promises not to raise; one that does is not heard.
                broken = task.cancelled() or task.exception() is not None
                answers[asked] = late(asked, UNREADABLE) if broken else task.result()
                for further in _further(answers[asked], inquiry, sources):
                    start(further)
        for asked in running.values():
            answers[asked] = late(asked, "did not answer in time")
        return answers
    finally:
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=_GRACE)


def _further(answer: Answer[Any], inquiry: Inquiry, sources: Sequence[Source]) -> Iterator[Asked]:
    for place, source in enumerate(sources):
        if isinstance(source, AsksFurther):
            for question in source.questions_after(answer, inquiry):
                yield place, question
