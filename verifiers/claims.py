"""A file of claims (JSON Resume with an `identity`) into `Claims`.

Messages name the place and what belongs there, never what was written there: they end up in logs.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.history import Claims
from verifiers.decoding import signatures
from verifiers.unusable import UnusableInput, open_evidence, shown_name

LARGEST_BYTES = 5_000_000
"""A long career in full sentences takes 50 kB."""
_DEEPEST = 64
"""JSON Resume nests four levels."""
_PROBLEMS_SHOWN = 3
_SAYS_NOTHING = (signatures.UNKNOWN, signatures.TEXT)
_EXPECTED = 'Send a JSON Resume file: {"basics": {...}, "work": [...], "education": [...]}'


def load_claims(path: Path) -> Claims:
    """Read and check a file of claims.

    Raises:
        UnusableInput: it is no JSON (with line and column) or not of this shape (with the fields).
    """
    with open_evidence(path, largest_bytes=LARGEST_BYTES) as source:
        return parse_claims(shown_name(path), source.read(LARGEST_BYTES + 1) or b"")


def parse_claims(name: str, data: bytes) -> Claims:
    """Check the bytes of a file of claims, at most `LARGEST_BYTES`. Raises as `load_claims`."""
    said = _parsed(name, data)
    if not isinstance(said, dict):
        raise UnusableInput(name, "holds no JSON object at its top", _EXPECTED)
    try:
        return Claims.model_validate(said)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        shown = "; ".join(_in_words(problem) for problem in problems[:_PROBLEMS_SHOWN])
        more = len(problems) - _PROBLEMS_SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        raise UnusableInput(
            name,
            f"does not follow the schema of claims: {shown}{rest}",
            "Correct it and send it again",
        ) from None


def _parsed(name: str, data: bytes) -> Any:
    kind = signatures.recognise(data[: signatures.HEAD_BYTES])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if kind not in _SAYS_NOTHING:
            problem = f"starts as {kind.name}; expected JSON"
            raise UnusableInput(name, problem, _EXPECTED) from None
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 text (line {line}, byte {error.start})"
        raise UnusableInput(name, problem, "Save it with the encoding UTF-8") from None
    try:
        said = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if kind not in _SAYS_NOTHING:
            problem = f"starts as {kind.name}; expected JSON"
            raise UnusableInput(name, problem, _EXPECTED) from None
        problem = f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise UnusableInput(name, problem, "Correct it there, or export it again") from None
    except RecursionError:
        raise _too_deep(name) from None
    except ValueError:
        problem = "holds a number that is not JSON, or has thousands of digits"
        raise UnusableInput(name, problem, _EXPECTED) from None
    if _deeper_than(said, _DEEPEST):
        raise _too_deep(name)
    return said


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _too_deep(name: str) -> UnusableInput:
    return UnusableInput(name, f"nests lists or objects more than {_DEEPEST} deep", _EXPECTED)


def _deeper_than(value: Any, depth: int) -> bool:
    level: list[Any] = [value]
    for _ in range(depth):
        level = [inner for outer in level for inner in _parts(outer)]
        if not level:
            return False
    return True


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


_SHOULD_BE = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of claims",
    "string_type": "must be text",
    "string_too_long": "is too long",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "too_long": "has too many entries",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}


def _in_words(problem: ErrorDetails) -> str:
    place = _place(problem["loc"])
    if place.endswith("birthDate"):
        return f"{place} is not a date after 1900 written YYYY-MM-DD"
    if place.endswith("Date"):
        return f"{place} is not a date of the calendar written YYYY, YYYY-MM or YYYY-MM-DD"
    return f"{place} {_SHOULD_BE.get(problem['type'], 'is not what belongs there')}"


def _place(steps: tuple[int | str, ...]) -> str:
    """`work[0].startDate`, entries counted from 0 as programs do."""
    place = ""
    for step in steps:
        text = "".join(c for c in str(step)[:40] if c.isprintable())
        place += f"[{step}]" if isinstance(step, int) else f".{text}" if place else text
    return place or "the file"
