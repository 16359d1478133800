"""Fetching the models that an operator asked for, each from the address in its description.

Whatever the address answers, only the file with the described checksum is kept.
"""

import time
from collections.abc import Callable, Iterator

import httpx

from models.weights import ModelWeights
from service.settings import SOFTWARE
from verifiers.face_engines.unusable import UnusableWeights
from verifiers.face_engines.weights import WeightsFolder

_ATTEMPTS = 3
_PAUSE_SECONDS = 0.5
"""After the first attempt that fails; twice as long after the second."""
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
"""For each step of a transfer, not for the whole of it."""

Arrived = Callable[[int], None]
"""Called with the bytes that have come by now; from 0 again where an attempt begins anew."""


class _Unavailable(Exception):
    """The server has trouble of its own, which may pass."""


def download(model: ModelWeights, folder: WeightsFolder, arrived: Arrived) -> None:
    """Fetch the model's file into the folder, where it is whole and right or not at all.

    Raises `UnusableWeights` where it cannot be fetched or is another file, and `OSError` where it
    cannot be written.
    """
    if model.url is None:
        raise _not_fetched(model, "its description names no address")
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            folder.install(model, _parts(model, model.url, arrived))
            return
        except (httpx.TransportError, _Unavailable) as error:
            if attempt == _ATTEMPTS or isinstance(error, httpx.UnsupportedProtocol):
                why = str(error) or type(error).__name__
                raise _not_fetched(model, f"{model.url} cannot be reached ({why})") from None
        time.sleep(_PAUSE_SECONDS * attempt)


def _parts(model: ModelWeights, url: str, arrived: Arrived) -> Iterator[bytes]:
    headers = {"User-Agent": SOFTWARE, "Accept-Encoding": "identity"}
    try:
        with httpx.stream(
            "GET", url, headers=headers, timeout=_TIMEOUT, follow_redirects=True
        ) as answer:
            if answer.status_code >= 500 or answer.status_code == 429:
                raise _Unavailable(f"it answers {answer.status_code}")
            if answer.status_code != 200:
                raise _not_fetched(model, f"{url} answers {answer.status_code}")
            arrived(0)
            for part in answer.iter_bytes():
                yield part
                arrived(answer.num_bytes_downloaded)
    except (httpx.TooManyRedirects, httpx.InvalidURL) as error:
        raise _not_fetched(model, f"{url} leads nowhere ({error})") from None


def _not_fetched(model: ModelWeights, why: str) -> UnusableWeights:
    return UnusableWeights(
        model.file,
        f"cannot be fetched: {why}. A machine without internet takes it from a folder: "
        f"`bonafide weights install {model.name} --from FOLDER`",
    )
