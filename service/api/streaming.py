"""Bodies that are used while they arrive: never whole in memory, never in a plain file on the way.

The work (parsing, sealing, writing) is ordinary blocking code on an iterator of pieces. It runs in
a thread that pulls each piece from the connection, so a fast sender is slowed to the speed of the
disk. These threads are counted apart from those that answer short requests: slow senders never
take their place.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, TypeVar

import anyio
from anyio import from_thread, to_thread
from fastapi import Depends, Request

from service.errors import Refused, too_large

SENDERS = 64
"""Bodies received at once; more wait."""
PATIENCE_SECONDS = 60.0
"""Without a byte for this long, a sender is taken to be gone."""

Done = TypeVar("Done")


class Incoming:
    """The body of a request, to be worked on while it arrives."""

    def __init__(self, request: Request) -> None:
        self._stream = request.stream()
        self._senders: anyio.CapacityLimiter = request.app.state.senders

    async def into(self, work: Callable[[Iterator[bytes]], Done]) -> Done:
        """Run `work` on the pieces of the body.

        Where the sender goes away, the iterator raises `starlette.requests.ClientDisconnect`, and
        `Refused` (408) where it stops sending.
        """
        return await to_thread.run_sync(lambda: work(self._pieces()), limiter=self._senders)

    def _pieces(self) -> Iterator[bytes]:
        while (piece := from_thread.run(self._next)) is not None:
            yield piece

    async def _next(self) -> bytes | None:
        try:
            with anyio.fail_after(PATIENCE_SECONDS):
                return await anext(self._stream, None)
        except TimeoutError:
            raise Refused(408, "too-slow", "The body stopped arriving; send it again.") from None


def bounded(pieces: Iterable[bytes], most_bytes: int, what: str) -> Iterator[bytes]:
    """The same pieces; refuses (413) the one that goes beyond the bound."""
    left = most_bytes
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise too_large(what, most_bytes)
        yield piece


Body = Annotated[Incoming, Depends(Incoming)]
