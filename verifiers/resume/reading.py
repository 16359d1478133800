"""A file that somebody calls their résumé into a draft of claims.

It is decoded and understood in a child process of its own, with limits on time, memory and what it
writes: whatever bytes come, the answer is a draft or an `UnusableInput`.
"""

import os
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from models.draft_claims import Draft
from verifiers import child
from verifiers.child import ChildFailed, Ended, Limits
from verifiers.unusable import Refusal, UnusableInput, open_evidence, shown_name, too_large

LARGEST_BYTES = 10_000_000
LIMITS = Limits(seconds=30.0, memory_bytes=1 << 30, output_bytes=16_000_000)
_OTHERWISE = "Save it again as PDF or DOCX, or write the claims by hand"


def load_resume(path: Path, *, limits: Limits = LIMITS) -> Draft:
    """Read a résumé from a file.

    Raises:
        UnusableInput: it is no PDF or DOCX, has no text, or cannot be read; it says what to do.
    """
    with open_evidence(path, largest_bytes=LARGEST_BYTES) as source:
        return _draft(shown_name(path), source, limits)


def read_resume(name: str, data: bytes, *, limits: Limits = LIMITS) -> Draft:
    """Read a résumé from its bytes, which touch no disk. Raises as `load_resume`."""
    if not data:
        raise UnusableInput(name, "is empty (0 bytes)", "Send it again")
    if len(data) > LARGEST_BYTES:
        refusal = too_large(len(data), LARGEST_BYTES)
        raise UnusableInput(name, refusal.problem, refusal.action)
    with os.fdopen(os.memfd_create("resume", os.MFD_CLOEXEC), "w+b", buffering=0) as source:
        view = memoryview(data)
        while view:
            view = view[source.write(view) :]
        source.seek(0)
        return _draft(name, source, limits)


def _draft(name: str, source: BinaryIO, limits: Limits) -> Draft:
    try:
        _, written = child.run("verifiers.resume.task", {}, source, limits)
    except Refusal as refusal:
        raise UnusableInput(name, refusal.problem, refusal.action) from None
    except ChildFailed as failure:
        raise UnusableInput(name, _why(failure, limits), _OTHERWISE) from None
    try:
        return Draft.model_validate_json(bytes(written))
    except ValidationError:
        # Only a child that hostile data has taken over answers so.
        raise UnusableInput(name, "made its reader fail", _OTHERWISE) from None


def _why(failure: ChildFailed, limits: Limits) -> str:
    if failure.ended is Ended.TIME:
        return f"could not be read within {limits.seconds:g} seconds"
    if failure.ended is Ended.MEMORY:
        return f"needs more than {limits.memory_bytes / (1 << 30):g} GiB of memory to read"
    return f"made its reader fail ({failure.detail})"
