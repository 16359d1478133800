"""Where every source asks and answers from: manners, cache, time, and what becomes of an error."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.outside import Answer, Outcome
from verifiers.history.sources.caching import Cache
from verifiers.history.sources.polite import Polite, Unavailable

UNREADABLE = "answered in a shape that could not be read"


def unknown(source: str, question: str, why: str, at: datetime) -> Answer[Any]:
    """An answer that weighs nothing, and says why."""
    return Answer(source=source, question=question, outcome=Outcome.UNKNOWN, why=why, fetched_at=at)


@dataclass(frozen=True)
class Desk:
    """What a source is opened with."""

    http: Polite
    cache: Cache
    now: Callable[[], datetime]

    async def answer(
        self,
        source: str,
        question: str,
        ask: Callable[[], Awaitable[Any | None]],
        *,
        keep: Callable[[], bool] = lambda: True,
    ) -> Answer[Any]:
        """What `ask` finds, as an answer: a value, or `None` for absent.

        Raises nothing but cancellation. `keep` is called afterwards: whether the answer may be
        given to others who ask the same.
        """
        key = (source, question)
        kept: Answer[Any] | None = self.cache.get(key)
        if kept is not None:
            return kept
        try:
            value = await ask()
            answer: Answer[Any] = Answer(
                source=source,
                question=question,
                outcome=Outcome.ABSENT if value is None else Outcome.FOUND,
                value=value,
                fetched_at=self.now(),
            )
        except Unavailable as error:
            return unknown(source, question, str(error), self.now())
        except Exception:
            # What a stranger's answer breaks says nothing of the candidate.
            return unknown(source, question, UNREADABLE, self.now())
        if keep():
            self.cache.put(key, answer)
        return answer
