"""Files into pictures and clips: upright, bounded, decoded in a child process of their own.

What a file is, is decided by its content. Every file that cannot be used gets one clear answer, an
`UnusableInput`; a decoder that crashes, hangs or eats memory takes only its child with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from models.file_traits import FileTraits, Program
from verifiers import child
from verifiers.child import ChildFailed, Ended, Limits
from verifiers.decoding import bounds
from verifiers.decoding.sampling import Span
from verifiers.picture import Clip, Frame, Picture, Pixels
from verifiers.unusable import Refusal, UnusableInput, open_evidence, shown_name

__all__ = ["CLIP_LIMITS", "PICTURE_LIMITS", "UnusableInput", "load_clip", "load_pictures"]

PICTURE_LIMITS = Limits(
    seconds=60.0, memory_bytes=2 << 30, output_bytes=3 * bounds.MAX_TOTAL_PIXELS
)
CLIP_LIMITS = Limits(seconds=120.0, memory_bytes=2 << 30, output_bytes=2 << 30)

_SIMULATED = "simulated footage"


def load_pictures(path: Path, *, limits: Limits = PICTURE_LIMITS) -> tuple[Picture, ...]:
    """The picture in a file, or its pages: JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF, BMP or PDF.

    Pages of a PDF are rendered at about 300 dpi. Of an animation, the first frame.

    Raises:
        UnusableInput: the file cannot be used; it says why and what to do.
    """
    reply, data = _decoded(path, {}, bounds.PICTURE_FILE_BYTES, limits)
    name = shown_name(path)
    traits = _traits(name, reply["traits"])
    at = 0
    pictures = []
    for page, (width, height) in enumerate(reply["pictures"], start=1):
        pictures.append(Picture(name, _pixels(data, at, width, height), page, traits))
        at += width * height * 3
    return tuple(pictures)


def load_clip(
    path: Path,
    *,
    frames_per_second: float = 4.0,
    max_frames: int = 120,
    closely: Sequence[Span] = (),
    limits: Limits = CLIP_LIMITS,
) -> Clip:
    """Footage from MP4, MOV, WebM, MKV, AVI or GIF, or frames with their times (`frame_set`).

    A photograph is a clip of one frame.

    Frames are spread evenly over the whole recording, at most `frames_per_second` and `max_frames`
    of them, with a longest side of at most 1280 pixels. A recording too long to decode throughout
    gives its keyframes.

    Within the spans looked at `closely`, in seconds since its start, there are five frames a second
    beside these, up to 240; not in a recording too long to decode throughout.

    Raises:
        UnusableInput: the file cannot be used; it says why and what to do.
    """
    if not (frames_per_second > 0 and max_frames > 0):
        raise ValueError("frames_per_second and max_frames are above zero")
    job = {
        "frames_per_second": frames_per_second,
        "max_frames": max_frames,
        "closely": list(closely),
    }
    reply, data = _decoded(path, job, bounds.FOOTAGE_FILE_BYTES, limits)
    clip = reply["clip"]
    at = 0
    frames = []
    for seconds, width, height in clip["frames"]:
        frames.append(Frame(seconds, _pixels(data, at, width, height)))
        at += width * height * 3
    return Clip(
        file=shown_name(path),
        frames=tuple(frames),
        duration_seconds=clip["duration_seconds"],
        frames_per_second=clip["frames_per_second"],
        simulated=_SIMULATED in clip["comment"].lower(),
        programs=_programs(shown_name(path), clip["programs"]),
    )


def _decoded(
    path: Path, job: Mapping[str, Any], largest_bytes: int, limits: Limits
) -> tuple[dict[str, Any], Any]:
    """The child's reply and pixels, or what kept it from answering, said of this file."""
    name = shown_name(path)
    with open_evidence(path, largest_bytes=largest_bytes) as source:
        try:
            return child.run("verifiers.decoding.task", job, source, limits)
        except Refusal as refusal:
            raise UnusableInput(name, refusal.problem, refusal.action) from None
        except ChildFailed as failure:
            raise UnusableInput(name, _why(failure, limits), "Send it in another format") from None


def _why(failure: ChildFailed, limits: Limits) -> str:
    if failure.ended is Ended.TIME:
        return f"could not be decoded within {limits.seconds:g} seconds"
    if failure.ended is Ended.MEMORY:
        return f"needs more than {limits.memory_bytes / (1 << 30):g} GiB of memory to decode"
    return f"made its decoder fail ({failure.detail})"


def _traits(name: str, said: Mapping[str, Any]) -> FileTraits:
    with _as_agreed(name):
        return FileTraits.model_validate(said)


def _programs(name: str, said: Sequence[Any]) -> tuple[Program, ...]:
    with _as_agreed(name):
        return tuple(Program.model_validate(each) for each in said)


@contextmanager
def _as_agreed(name: str) -> Iterator[None]:
    try:
        yield
    except ValidationError:
        # Only a child that hostile data has taken over answers so.
        problem = "made its decoder fail (traits of the wrong shape)"
        raise UnusableInput(name, problem, "Send it in another format") from None


def _pixels(data: Any, at: int, width: int, height: int) -> Pixels:
    """A view of the child's memory: nothing is copied."""
    flat: Pixels = np.frombuffer(data, np.uint8, count=width * height * 3, offset=at)
    return flat.reshape(height, width, 3)
