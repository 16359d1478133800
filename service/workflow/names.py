"""Files of one name stay apart: in reports and requests the second is called `name (2)`."""

from collections import Counter
from collections.abc import Iterable, Iterator


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names in their order, those that came before with their number."""
    told: Counter[str] = Counter()
    for name in names:
        told[name] += 1
        yield f"{name} ({told[name]})" if told[name] > 1 else name
