"""What every reader of inventories needs: bounded JSON, trimmed text, and ids in one writing."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

from pydantic import ValidationError

from models.surroundings import YEARS, Software
from verifiers.public_address import is_public

LARGEST_BYTES = 20_000_000
"""A device with 5,000 packages and 500 processes takes 2 MB as osquery writes it."""
_LONGEST = 300
_MOST_VALUES = 100_000
_MOST_SOFTWARE = 5000
_WHITESPACE = re.compile(r"\s*")

_NO_SERIAL = re.compile(
    r"[\W_]*|0+|1234567890?|0?123456789|x+|none|null|unknown|n/?a|not (?:available|specified|"
    r"applicable)|default(?: string)?|system serial number|(?:chassis )?serial(?: number)?|"
    r"to be filled by o\.?e\.?m\.?|invalid|oem",
    re.IGNORECASE,
)
"""What boards without a serial number say instead; thousands of them say the same."""
_SHARED_MAC = re.compile(r"00:50:56:c0:00:0[0-9a-f]")
"""VMware's own network cards have one address on every host."""


class UnreadableInventory(Exception):
    """An export that cannot be read.

    The message says what is wrong and what is expected, and quotes nothing of what was written
    there: it may end up in a log.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(f"The file {problem}.")


def values_of(data: bytes) -> list[Any]:
    """The JSON values of a file, however many stand after each other.

    Raises:
        UnreadableInventory: it is too large, no UTF-8 or UTF-16 text, or no JSON.
    """
    if len(data) > LARGEST_BYTES:
        raise UnreadableInventory(
            f"has {len(data) / 1e6:,.1f} MB; at most {LARGEST_BYTES / 1e6:,.0f} MB are read"
        )
    text = text_of(data)
    values: list[Any] = []
    place = _after_space(text, 0)
    if place == len(text):
        raise UnreadableInventory("is empty; expected JSON")
    decoder = json.JSONDecoder(parse_constant=_no_number)
    while place < len(text):
        if len(values) == _MOST_VALUES:
            raise UnreadableInventory(f"holds more than {_MOST_VALUES:,} JSON values")
        try:
            value, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise UnreadableInventory(
                f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
            ) from None
        except RecursionError:
            raise UnreadableInventory("nests lists or objects too deep") from None
        except ValueError:
            raise UnreadableInventory(
                "holds a number that is not JSON, or has thousands of digits"
            ) from None
        values.append(value)
        place = _after_space(text, place)
    return values


def text_of(data: bytes) -> str:
    """The text of a file. Raises `UnreadableInventory` where it is none."""
    # PowerShell's `>` writes UTF-16, with a byte order mark.
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableInventory("is not UTF-8 text; expected JSON") from None


def _after_space(text: str, place: int) -> int:
    space = _WHITESPACE.match(text, place)
    return space.end() if space else place


def _no_number(constant: str) -> None:
    raise ValueError(constant)


_PROBLEMS_SHOWN = 3
_SHOULD_BE = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of it",
    "string_type": "must be text",
    "string_too_long": "is too long",
    "string_too_short": "is empty",
    "timezone_aware": "must have a time zone",
    "tuple_type": "must be a list",
    "too_long": "has too many entries",
    "model_type": "must be an object",
    "outside_of_years": f"must lie in the years {YEARS[0]} to {YEARS[-1]}",
}


def schema_problems(error: ValidationError) -> str:
    """Which fields are not as a model says, the first three, without what is written there."""
    problems = error.errors(include_url=False, include_input=False)
    told = "; ".join(
        f"{_place(problem['loc'])} {_SHOULD_BE.get(problem['type'], 'is not what belongs there')}"
        for problem in problems[:_PROBLEMS_SHOWN]
    )
    more = len(problems) - _PROBLEMS_SHOWN
    return f"{told}; and {more} more" if more > 0 else told


def _place(steps: tuple[int | str, ...]) -> str:
    place = ""
    for step in steps:
        name = "".join(c for c in str(step)[:40] if c.isprintable())
        place += f"[{step}]" if isinstance(step, int) else f".{name}" if place else name
    return place or "its top"


def object_at(value: Any, place: str) -> Mapping[str, Any]:
    """The value as an object. Raises `UnreadableInventory` where it is none."""
    if not isinstance(value, dict):
        raise UnreadableInventory(f"holds no object at {place}")
    return value


def objects_at(value: Any, place: str) -> list[Mapping[str, Any]]:
    """The value as a list of objects. Raises `UnreadableInventory` where it is none."""
    if not isinstance(value, list):
        raise UnreadableInventory(f"holds no list at {place}")
    return [object_at(one, f"{place}[{number}]") for number, one in enumerate(value)]


def text(value: Any) -> str | None:
    """One line of at most 300 characters; `None` for what is empty or no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return line[:_LONGEST].strip() or None


def serial(value: Any) -> str | None:
    """A serial number; `None` for what boards say that have none."""
    told = text(value)
    return None if told is None or _NO_SERIAL.fullmatch(told) else told


def uuid(value: Any) -> str | None:
    """A hardware's UUID in lower case; `None` for those that are all one digit."""
    told = (text(value) or "").lower()
    digits = told.replace("-", "")
    return told if len(set(digits)) > 1 else None


def file_name(path: Any) -> str | None:
    """The last part of a path, of any system: folders hold the names of people."""
    told = text(path)
    return text(re.split(r"[/\\]", told.rstrip("/\\"))[-1]) if told else None


def without_owner(value: Any) -> str | None:
    """The name of a camera or display; of Apple's, which are named after their owners, the kind."""
    told = text(value)
    kind = re.search(r"iPhone|iPad|Apple ?TV", told or "", re.IGNORECASE)
    return kind[0] if kind else told


def hex_id(value: Any) -> str | None:
    """Four hexadecimal digits in lower case, from `0x5AC`, `5ac` or `05AC`."""
    digits = (text(value) or "").lower().removeprefix("0x")
    return digits.zfill(4) if re.fullmatch(r"[0-9a-f]{1,4}", digits) else None


def mac_addresses(values: Iterable[Any]) -> tuple[str, ...]:
    """Those that a maker gave a card, as `00:1b:63:84:45:e6`, each once.

    Addresses made up by software (IEEE 802c, the second bit of the first byte) are left out:
    containers and private Wi-Fi draw them, and they say nothing of the device.
    """
    found: dict[str, None] = {}
    for value in values:
        digits = re.sub(r"[:.\-\s]", "", text(value) or "").lower()
        if re.fullmatch(r"[0-9a-f]{12}", digits) and int(digits, 16) and not int(digits[1], 16) & 3:
            address = ":".join(digits[at : at + 2] for at in range(0, 12, 2))
            if not _SHARED_MAC.fullmatch(address):
                found[address] = None
    return tuple(found)[:50]


def public_ip(value: Any) -> str | None:
    """An address of the open Internet; `None` for one within a home or an office."""
    try:
        address = str(ip_address(text(value) or ""))
    except ValueError:
        return None
    return address if is_public(address) else None


def moment(value: Any) -> datetime | None:
    """A time with its zone: ISO 8601, or seconds since 1970; `None` for what is neither."""
    told = text(value)
    if told is None:
        return None
    try:
        if re.fullmatch(r"\d{1,11}(?:\.\d+)?", told):
            at = datetime.fromtimestamp(float(told), UTC)
        else:
            at = datetime.fromisoformat(told)
    except (ValueError, OverflowError, OSError):
        return None
    # Agents that never reported say the year 1, as Intune does, or 1970.
    return at if at.tzinfo and at.year in YEARS else None


def when_reported(told: datetime | None, given: datetime | None) -> datetime:
    """The time that the export tells, or else when it was made.

    Raises:
        UnreadableInventory: neither is known.
    """
    at = told or given
    if at is None:
        raise UnreadableInventory("does not say when the device reported; give the time with it")
    return at


def software(programs: Iterable[Software]) -> tuple[Software, ...]:
    """Each program once, the first 5,000."""
    return tuple(dict.fromkeys(programs))[:_MOST_SOFTWARE]
