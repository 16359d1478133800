"""What was worked out of names, remembered while lists are prepared and one case is compared.

A process that goes on should not know whom it looked for: whoever has looked forgets.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_forgetting: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """The same function, with so many answers remembered until `forget_names`."""

    def decorate(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        kept = lru_cache(maxsize=most)(function)
        _forgetting.append(kept.cache_clear)
        return cast(Callable[Asked, Answer], kept)

    return decorate


def forget_names() -> None:
    """Drop every name and word of one; an index keeps its lists' own. Others may be comparing."""
    for forget in _forgetting:
        forget()
