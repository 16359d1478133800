"""Fetching one file of a list: patient with a server in trouble, never without an end."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx
import stamina

from service.settings import SOFTWARE

LARGEST = 512 << 20
"""Bytes. The largest list has 120 million."""
_LONGEST_SECONDS = 30 * 60
"""For one attempt, however slowly the bytes come."""
_ATTEMPTS = 4
_TIMEOUT = httpx.Timeout(60.0, connect=15.0)
"""For each step of a transfer: OFAC makes some files only when they are asked for."""

Arrived = Callable[[int], None]
"""Called with the bytes that have come by now; from 0 again where an attempt begins anew."""


class Unfetched(Exception):
    """A list cannot be fetched; the message says why."""


class _MayPass(Exception):
    """The server has trouble of its own."""


def fetch(url: str, target: Path, arrived: Arrived, *, largest: int = LARGEST) -> None:
    """Write what the address answers into the file.

    Raises:
        Unfetched: it cannot be reached, answers otherwise, or sends too much.
        OSError: the file cannot be written.
    """
    try:
        for attempt in stamina.retry_context(
            on=_worth_another_try,
            attempts=_ATTEMPTS,
            timeout=None,
            wait_initial=1.0,
            wait_max=20.0,
            wait_jitter=1.0,
        ):
            with attempt:
                _once(url, target, arrived, largest)
    except (httpx.HTTPError, httpx.InvalidURL, _MayPass) as error:
        why = str(error) or type(error).__name__
        raise Unfetched(f"{without_secrets(url)} cannot be reached ({why})") from None


def _worth_another_try(error: Exception) -> bool:
    return isinstance(error, httpx.TransportError | _MayPass) and not isinstance(
        error, httpx.UnsupportedProtocol
    )


def _once(url: str, target: Path, arrived: Arrived, largest: int) -> None:
    until = time.monotonic() + _LONGEST_SECONDS
    headers = {"User-Agent": SOFTWARE}
    with httpx.stream(
        "GET", url, headers=headers, timeout=_TIMEOUT, follow_redirects=True
    ) as answer:
        if answer.status_code >= 500 or answer.status_code == 429:
            raise _MayPass(f"it answers {answer.status_code}")
        if answer.status_code != 200:
            raise Unfetched(f"{without_secrets(url)} answers {answer.status_code}")
        if httpx.URL(url).scheme == "https" and answer.url.scheme != "https":
            raise Unfetched(f"{without_secrets(url)} leads to an address that is not encrypted")
        arrived(0)
        written = 0
        with target.open("wb") as file:
            for part in answer.iter_bytes():
                written += len(part)
                if written > largest:
                    raise Unfetched(f"{without_secrets(url)} sends more than {largest} bytes")
                if time.monotonic() > until:
                    raise Unfetched(f"{without_secrets(url)} takes longer than half an hour")
                file.write(part)
                arrived(written)


def without_secrets(url: str) -> str:
    """Without what comes after the path, where a mirror may have its key, and without a login."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        return "The address"
    return str(address.copy_with(query=None, fragment=None, userinfo=b""))
