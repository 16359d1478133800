"""The job of the decoding child: recognise, judge the header, decode, write pixels to the sink.

The reply describes what was written, in order: `pictures` as `[width, height]` a page, with the
file's `traits`, or `clip` with `frames` as `[seconds, width, height]`. Pixels are RGB, row by row,
without padding.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO

from verifiers.decoding import bounds, pictures, signatures, traits, traits_thumbnail, wholeness
from verifiers.decoding.sampling import Sampling
from verifiers.decoding.signatures import Kind, Use
from verifiers.unusable import Refusal, too_large

_PICTURES_ARE = "JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF, BMP or PDF"
_FOOTAGE_IS = "MP4, MOV, WebM, MKV, AVI or GIF, a photograph, or frames with their times"


def perform(job: Mapping[str, Any], source: BinaryIO, sink: BinaryIO) -> dict[str, Any]:
    """Decode the file in `source` as pictures; as a clip where the job has `frames_per_second`."""
    head = source.read(signatures.HEAD_BYTES)
    kind = signatures.recognise(head)
    if "frames_per_second" in job and head.startswith(signatures.ZIP_START):
        from verifiers.decoding import frames

        kind = signatures.FRAMES if frames.is_frame_set(source) else kind
    size = source.seek(0, 2)
    of_use, expected = (
        ((Use.PICTURE, Use.FOOTAGE), _FOOTAGE_IS)
        if "frames_per_second" in job
        else ((Use.PICTURE, Use.PAGES), _PICTURES_ARE)
    )
    if kind.use not in of_use:
        raise _unexpected(kind, source, expected)
    if kind.use is not Use.FOOTAGE and size > bounds.PICTURE_FILE_BYTES:
        raise too_large(size, bounds.PICTURE_FILE_BYTES)
    wholeness.refuse_cut_off_or_shared(kind, source, size)
    if "frames_per_second" in job:
        closely = tuple((start, end) for start, end in job["closely"])
        sampling = Sampling(job["frames_per_second"], job["max_frames"], closely)
        return {"clip": _clip(kind, source, sink, sampling)}
    return _pictures(kind, source, sink)


def _pictures(kind: Kind, source: BinaryIO, sink: BinaryIO) -> dict[str, Any]:
    said, thumbnail = traits.read(kind, source)
    if kind is signatures.PDF:
        from verifiers.decoding import pdf

        pages = pdf.decode(source)
    else:
        pages = pictures.decode(kind, source)
    sizes: list[tuple[int, int]] = []
    for page in pages:
        sizes.append(page.size)
        if sum(width * height for width, height in sizes) > bounds.MAX_TOTAL_PIXELS:
            raise Refusal(
                f"is {kind.name} of more than {bounds.MAX_TOTAL_PIXELS // 10**6} megapixels in all",
                "Send fewer pages, or send them one by one",
            )
        if thumbnail is not None and len(sizes) == 1:
            said["thumbnail"] = traits_thumbnail.against(thumbnail, page)
        pictures.write(page, sink)
    if not sizes:
        raise Refusal(f"is {kind.name} without a page", wholeness.SEND_AGAIN)
    return {"pictures": sizes, "traits": said}


def _clip(kind: Kind, source: BinaryIO, sink: BinaryIO, sampling: Sampling) -> dict[str, Any]:
    if kind is signatures.FRAMES:
        from verifiers.decoding import frames

        return frames.decode(source, sink, sampling)
    if kind.use is Use.FOOTAGE or (kind is signatures.GIF and pictures.is_animated(kind, source)):
        from verifiers.decoding import footage

        return footage.decode(kind, source, sink, sampling)
    comment = pictures.comment_of(kind, source)
    image = next(pictures.decode(kind, source))
    image.thumbnail((bounds.FOOTAGE_SIDE, bounds.FOOTAGE_SIDE))
    pictures.write(image, sink)
    return {
        "frames": [(0.0, *image.size)],
        "duration_seconds": 0.0,
        "frames_per_second": None,
        "comment": comment,
        "programs": [],
    }


def _unexpected(kind: Kind, source: BinaryIO, expected: str) -> Refusal:
    if kind is signatures.UNKNOWN:
        source.seek(0)
        start = source.read(4).hex(" ")
        problem = f"is {kind.name} (it starts with {start}); expected {expected}"
        return Refusal(problem, "Send it as one of these")
    return Refusal(f"starts as {kind.name}; expected {expected}", "Send it as one of these")
