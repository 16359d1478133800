"""The job of the reading child: a résumé in, its draft as JSON into the sink."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from verifiers.resume.draft import draft_of
from verifiers.resume.text import text_lines


def perform(_: Mapping[str, Any], source: BinaryIO, sink: BinaryIO) -> dict[str, Any]:
    """Read the file in `source`; the reply says only that it is done."""
    draft = draft_of(text_lines(source))
    sink.write(draft.model_dump_json(by_alias=True, exclude_none=True).encode())
    return {}
