"""multipart/form-data (RFC 7578), parsed while it arrives: one part after another, streamed."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from service.errors import Refused

HEADER_BYTES = 16_384
"""Of one header of a part. Names of files run up to 255 characters; hostile ones are longer and
are shortened, not refused, as far as this."""


@dataclass(frozen=True)
class Part:
    """One field or file of a form."""

    name: str
    filename: str | None
    """As sent: not safe to show or to use. `None` for a field."""
    body: Iterator[bytes]
    """Its bytes, to be taken before the next part is asked for."""


def boundary_of(request: Request) -> bytes:
    """What separates the parts. Raises `Refused` (415) for another media type."""
    media_type, options = parse_options_header(request.headers.get("content-type"))
    if media_type != b"multipart/form-data":
        raise Refused(415, "unsupported-media-type", "Send it as `multipart/form-data`.")
    boundary = options.get(b"boundary")
    if not boundary:
        raise Refused(400, "bad-request", "The Content-Type names no boundary.")
    return boundary


def parts(pieces: Iterator[bytes], boundary: bytes) -> Iterator[Part]:
    """The parts of a form in order. Raises `Refused` (400) where it is cut short or malformed."""
    events = _Events(pieces, boundary)
    while isinstance(event := events.next(), _Headers):
        part = Part(*_disposition(event), _body(events))
        yield part
        for _ in part.body:  # What was not taken is passed over.
            pass


@dataclass(frozen=True)
class _Headers:
    """A part begins."""

    disposition: str


class _PartEnds:
    pass


class _FormEnds:
    pass


_Event = _Headers | bytes | _PartEnds | _FormEnds


class _Events:
    """What the parser sees, one thing after another; never more than one piece ahead."""

    def __init__(self, pieces: Iterator[bytes], boundary: bytes) -> None:
        self._pieces = pieces
        self._seen: deque[_Event] = deque()
        self._name, self._value, self._disposition = bytearray(), bytearray(), ""
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                    "on_header_end": self._header_ends,
                    "on_headers_finished": lambda: self._seen.append(_Headers(self._disposition)),
                    "on_part_data": lambda data, start, end: self._seen.append(data[start:end]),
                    "on_part_end": lambda: self._seen.append(_PartEnds()),
                    "on_end": lambda: self._seen.append(_FormEnds()),
                },
                max_header_size=HEADER_BYTES,
            )
        except FormParserError:
            raise _malformed("its boundary is too long") from None

    def next(self) -> _Event:
        while not self._seen:
            piece = next(self._pieces, None)
            if piece is None:
                raise _malformed("it ends before its last boundary")
            try:
                self._parser.write(piece)
            except FormParserError:
                raise _malformed("its parts or their headers are not as RFC 7578 asks") from None
        return self._seen.popleft()

    def _part_begins(self) -> None:
        self._disposition = ""

    def _header_ends(self) -> None:
        if self._name.lower() == b"content-disposition":
            # UTF-8 as browsers send it. `parse_options_header` wants one character a byte.
            self._disposition = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()


def _body(events: _Events) -> Iterator[bytes]:
    while isinstance(event := events.next(), bytes):
        yield event


def _disposition(headers: _Headers) -> tuple[str, str | None]:
    kind, options = parse_options_header(headers.disposition)
    if kind != b"form-data" or b"name" not in options:
        raise _malformed("a part has no name")
    filename = options.get(b"filename")
    return (
        options[b"name"].decode(errors="replace"),
        None if filename is None else filename.decode(errors="replace"),
    )


def _malformed(why: str) -> Refused:
    return Refused(400, "bad-request", f"This multipart body cannot be read: {why}.")
