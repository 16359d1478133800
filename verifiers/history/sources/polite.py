"""The one way that sources ask over HTTP: briefly, seldom, within bounds, and believing little.

A whole deadline holds for one question, whatever happens within it. 429, 5xx and connections that
break are tried again with jitter, other answers never. Answers are read up to a size, unpacked, and
must have the shape that was asked for. What goes wrong is `Unavailable`, whose text holds neither
an address nor a secret.
"""

import asyncio
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Generic, TypeVar

import httpx
import stamina
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from verifiers.history.sources.pace import OF_THIS_PROCESS, Pace
from verifiers.history.sources.public_only import NotPublic, PublicOnly

T = TypeVar("T")

USER_AGENT = f"Bonafide/{version('bonafide')}"


class Unavailable(Exception):
    """No answer that could be used; the text says why, in words for the report."""


class Shape(BaseModel):
    """What is read of a stranger's JSON; the rest is left."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


@dataclass(frozen=True)
class Patience:
    """Seconds, tries and bytes."""

    connect: float = 3
    read: float = 5
    whole: float = 30
    """For one call with all its tries; the asking of a candidate's sources ends sooner."""
    tries: int = 3
    first_wait: float = 0.2
    longest_wait: float = 2
    longest_retry_after: float = 5
    """A host that asks for a longer pause is not asked again."""
    in_flight: int = 4
    """Calls to one host at once."""
    most_bytes: int = 8_000_000


@dataclass(frozen=True)
class Reply(Generic[T]):
    """What a host said."""

    value: T | None
    """`None`: it does not have what was asked for."""
    redirects: int
    """How many were followed."""
    links: Mapping[str, str]
    """Of the Link header (RFC 8288), by relation."""


class _TryAgain(Exception):
    """Another try may help."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds
        """How long the host asked to be left alone."""


class Polite:
    """Asks hosts over HTTP. For one event loop; close it."""

    def __init__(
        self,
        *,
        trusted: Collection[str] = (),
        patience: Patience = Patience(),
        pace: Pace = OF_THIS_PROCESS,
        user_agent: str = USER_AGENT,
    ) -> None:
        """`trusted`: hosts with ports that the operator named; they need not be public."""
        self._patience = patience
        self._pace = pace
        self._trusted = frozenset(trusted)
        self._places: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(patience.in_flight)
        )
        direct = httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
        self._client = httpx.AsyncClient(
            transport=PublicOnly(direct, self._trusted),
            timeout=httpx.Timeout(patience.read, connect=patience.connect),
            headers={"user-agent": user_agent, "accept-encoding": "gzip"},
            follow_redirects=False,
            trust_env=False,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def get(self, url: str, shape: type[T], **how: Any) -> Reply[T]:
        """GET `url`, read as `shape`. See `ask`."""
        return await self.ask("GET", url, shape, **how)

    async def ask(
        self,
        method: str,
        url: str,
        shape: type[T],
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        json: Any = None,
        absent: Collection[int] = (404,),
        redirects: int = 0,
    ) -> Reply[T]:
        """What a host answers. Raises Unavailable.

        `absent` are the statuses by which it says that it has no such thing; `redirects`, how many
        are followed, without `auth`.
        """
        request = self._client.build_request(method, url, params=params, headers=headers, json=json)
        if auth is not None:
            next(httpx.BasicAuth(*auth).auth_flow(request))
        patience = self._patience
        try:
            async with asyncio.timeout(patience.whole):
                async for attempt in stamina.retry_context(
                    on=_worth_another_try(patience.longest_retry_after),
                    attempts=patience.tries,
                    timeout=patience.whole,
                    wait_initial=patience.first_wait,
                    wait_max=patience.longest_wait,
                    wait_jitter=patience.first_wait,
                ):
                    with attempt:
                        return await self._follow(request, shape, absent, redirects)
        except _TryAgain as error:
            raise Unavailable(str(error)) from None
        except TimeoutError:
            raise Unavailable("did not answer in time") from None
        raise AssertionError("the last attempt returns or raises")

    async def _follow(
        self, request: httpx.Request, shape: type[T], absent: Collection[int], redirects: int
    ) -> Reply[T]:
        for followed in range(redirects + 1):
            answer = await self._once(request, shape, absent)
            if isinstance(answer, _Found):
                return Reply(answer.value, followed, answer.links)
            accept = {"accept": request.headers["accept"]}
            request = self._client.build_request("GET", self._allowed(answer), headers=accept)
        raise Unavailable("led to another address too often")

    def _allowed(self, url: httpx.URL) -> httpx.URL:
        if url.scheme != "https" and url.netloc.decode("ascii") not in self._trusted:
            raise Unavailable("led to an address that is not asked")
        return url

    async def _once(
        self, request: httpx.Request, shape: type[T], absent: Collection[int]
    ) -> "_Found[T] | httpx.URL":
        """One request: what it found, or the address that it leads to."""
        host = request.url.netloc.decode("ascii")
        async with self._places[host]:
            await asyncio.sleep(self._pace.seconds_until_turn(host))
            try:
                response = await self._client.send(request, stream=True)
                try:
                    if response.is_redirect and response.next_request is not None:
                        return response.next_request.url.copy_with(userinfo=b"")
                    if response.status_code in absent:
                        return _Found(None, {})
                    _refuse_errors(response)
                    body = await _body(response, self._patience.most_bytes)
                finally:
                    await response.aclose()
            except NotPublic:
                raise Unavailable("led to an address that is not asked") from None
            except httpx.TimeoutException:
                raise _TryAgain("did not answer in time") from None
            except httpx.TransportError:
                raise _TryAgain("could not be reached, or broke off its answer") from None
            except httpx.InvalidURL:
                raise Unavailable("led to an address that is not asked") from None
        try:
            value = TypeAdapter(shape).validate_json(body)
        except ValidationError:
            raise Unavailable("answered in a shape that could not be read") from None
        return _Found(value, {rel: link["url"] for rel, link in response.links.items() if rel})


@dataclass(frozen=True)
class _Found(Generic[T]):
    value: T | None
    links: Mapping[str, str]


def ascii_host(domain: str) -> str:
    """A domain as it is asked for (IDNA). Raises Unavailable where it cannot be."""
    try:
        return httpx.URL(f"https://{domain}").raw_host.decode("ascii")
    except httpx.InvalidURL:
        raise Unavailable("cannot look for a domain that is written so") from None


@cache
def _tls() -> Any:
    """The usual certificate authorities; reading them takes a while, so once."""
    return httpx.create_ssl_context(trust_env=False)


def _worth_another_try(longest_pause: float) -> Callable[[Exception], bool | float]:
    def judge(error: Exception) -> bool | float:
        if not isinstance(error, _TryAgain):
            return False
        if error.seconds is None:
            return True
        return error.seconds if error.seconds <= longest_pause else False

    return judge


def _refuse_errors(response: httpx.Response) -> None:
    status = response.status_code
    limited = "limits how often it may be asked"
    told = response.headers
    # GitHub tells its limits by 403 as well.
    if status == 403 and (told.get("x-ratelimit-remaining") == "0" or "retry-after" in told):
        raise Unavailable(limited)
    if status == 429:
        raise _TryAgain(limited, _pause(response))
    if status >= 500:
        raise _TryAgain(f"has trouble of its own (status {status})", _pause(response))
    if status != 200 and status not in (201, 202):
        raise Unavailable(f"did not accept the question (status {status})")


def _pause(response: httpx.Response) -> float | None:
    """Seconds of Retry-After (RFC 9110 §10.2.3). A date is a pause longer than is waited for."""
    told = response.headers.get("retry-after")
    if told is None:
        return None
    return float(told) if told.isascii() and told.isdigit() else float("inf")


async def _body(response: httpx.Response, most: int) -> bytes:
    """The answer unpacked, never more of it in memory than is allowed."""
    packed = response.headers.get("content-encoding", "identity").lower()
    if packed not in ("gzip", "identity"):
        raise Unavailable("answered in a shape that could not be read")
    unpacking = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    body = bytearray()
    try:
        async for piece in response.aiter_raw():
            body += unpacking.decompress(piece, most + 1 - len(body)) if unpacking else piece
            if len(body) > most:
                raise Unavailable("answered with more than is read")
    except zlib.error:
        raise Unavailable("answered in a shape that could not be read") from None
    if unpacking and not unpacking.eof:
        raise _TryAgain("could not be reached, or broke off its answer")
    return bytes(body)
