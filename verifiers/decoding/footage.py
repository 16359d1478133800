"""Recordings by FFmpeg: frames spread evenly over the whole, upright, at a bounded size.

Only the demuxer that the file's own bytes named gets to see it, through a file object: FFmpeg left
to guess would follow playlists (HLS, concat) to other files and to the network.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
from PIL import Image

from verifiers.decoding import bounds
from verifiers.decoding.pictures import upright_rgb, write
from verifiers.decoding.recorders import written_by
from verifiers.decoding.sampling import Sampling
from verifiers.decoding.signatures import Kind
from verifiers.decoding.wholeness import SEND_AGAIN
from verifiers.unusable import Refusal

_FEWEST_KEYFRAMES = 8
"""Of a recording too long to decode throughout; with fewer it cannot be looked at throughout."""


@dataclass(frozen=True)
class _Recording:
    """What the container says, completed by reading its packets where it does not."""

    kind: Kind
    container: Any
    stream: Any
    seconds: float
    frame_count: int
    start: float

    @property
    def frames_per_second(self) -> float | None:
        return (
            self.frame_count / self.seconds if self.seconds > 0 and self.frame_count > 1 else None
        )

    @property
    def decoded_pixels(self) -> int:
        codec = self.stream.codec_context
        return self.frame_count * int(codec.width) * int(codec.height)


def decode(kind: Kind, source: BinaryIO, sink: BinaryIO, sampling: Sampling) -> dict[str, Any]:
    """Write the sampled frames to the sink and describe them.

    Raises:
        Refusal: it holds no moving picture that can be decoded, or is out of bounds.
    """
    source.seek(0)
    try:
        with av.open(source, format=kind.decoder, metadata_errors="replace") as container:
            recording = _opened(kind, container)
            frames: list[tuple[float, int, int]] = []
            for seconds, image in _sampled(recording, sampling):
                if frames and image.size != frames[0][1:]:
                    # A call that adapts to its connection changes size on the way. Players show
                    # it at one size; faces are followed by their place in pixels.
                    image = image.resize(frames[0][1:])
                write(image, sink)
                frames.append((seconds, image.width, image.height))
            comments = {**container.metadata, **recording.stream.metadata}
            programs = written_by(container.metadata, recording.stream.metadata)
    except av.error.FFmpegError as error:
        if isinstance(error, MemoryError):
            raise
        raise Refusal(f"is {kind.name} whose data is damaged", SEND_AGAIN) from None
    if not frames:
        raise Refusal(f"is {kind.name} without a picture that can be decoded", SEND_AGAIN)
    return {
        "frames": frames,
        "duration_seconds": recording.seconds,
        "frames_per_second": recording.frames_per_second,
        "comment": " ".join(v for key, v in comments.items() if key.lower() == "comment"),
        "programs": programs,
    }


def _opened(kind: Kind, container: Any) -> _Recording:
    if not container.streams.video:
        raise Refusal(f"is {kind.name} without a picture track", "Record it with the camera on")
    stream = container.streams.video[0]
    codec = stream.codec_context
    if codec is None:
        raise Refusal(f"is {kind.name} in an encoding not known here", "Send it as H.264 or VP9")
    bounds.refuse_size(kind.name, codec.width, codec.height)
    stream.thread_type = "NONE"
    # A stream may change its size on the way; the header alone does not bound it.
    codec.options = {"max_pixels": str(bounds.MAX_PIXELS)}
    seconds, count, start = _length(container, stream)
    if seconds > bounds.MAX_RECORDING_SECONDS:
        hours = bounds.MAX_RECORDING_SECONDS // 3600
        raise Refusal(
            f"is {kind.name} of {seconds / 3600:.1f} hours; at most {hours} are read",
            "Send the part that shows the candidate",
        )
    return _Recording(kind, container, stream, seconds, count, start)


def _length(container: Any, stream: Any) -> tuple[float, int, float]:
    """Seconds, number of frames and the first frame's time.

    A browser's MediaRecorder writes WebM as it goes and says neither: then the packets are counted,
    without decoding them.
    """
    start = float((stream.start_time or 0) * stream.time_base)
    if stream.duration:
        seconds = float(stream.duration * stream.time_base)
    else:
        seconds = float(container.duration or 0) / av.time_base
    rate = stream.average_rate
    if seconds > 0 and (stream.frames or rate):
        return seconds, int(stream.frames or seconds * float(rate)), start
    times = [
        float(packet.pts * packet.time_base)
        for packet in container.demux(stream)
        if packet.pts is not None
    ]
    container.seek(0)
    if not times:
        return 0.0, 0, start
    last_frame_lasts = (max(times) - min(times)) / max(1, len(times) - 1)
    return max(times) - min(times) + last_frame_lasts, len(times), min(times)


def _sampled(recording: _Recording, sampling: Sampling) -> Iterator[tuple[float, Image.Image]]:
    throughout = recording.decoded_pixels <= bounds.MAX_DECODED_PIXELS
    step = sampling.step(recording.seconds)
    frames = _all_frames(recording) if throughout else _keyframes(recording, step)
    moments = (
        (max(0.0, float(frame.time) - recording.start), frame)
        for frame in frames
        if frame.time is not None
    )
    taken = 0
    for seconds, frame in sampling.of(moments, recording.seconds):
        yield round(seconds, 6), _upright(recording, frame)
        taken += 1
    if not throughout and taken < min(sampling.max_frames, _FEWEST_KEYFRAMES):
        raise Refusal(
            f"is {recording.kind.name} of {recording.seconds / 60:.0f} minutes with only {taken} "
            "keyframes, too few to look at without decoding all of it",
            "Send the part that shows the candidate, up to two minutes long",
        )


def _all_frames(recording: _Recording) -> Iterator[Any]:
    for packet in recording.container.demux(recording.stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue  # A damaged packet costs its frames, not the recording.


def _keyframes(recording: _Recording, step: float) -> Iterator[Any]:
    """The keyframe at or before each multiple of `step`, each once.

    Decoding from it on to the exact moment would cost up to a whole group of pictures, 250 frames
    with common encoders, for every frame wanted.
    """
    stream, codec = recording.stream, recording.stream.codec_context
    seen = set()
    for index in range(int(recording.seconds / step) + 1):
        at = int((recording.start + index * step) / stream.time_base)
        recording.container.seek(at, stream=stream)
        packet = next((p for p in recording.container.demux(stream) if p.is_keyframe), None)
        if packet is None or packet.pts in seen:
            continue
        seen.add(packet.pts)
        try:
            # Flushed out at once: a decoder that reorders would wait for the frames that follow.
            yield from [*codec.decode(packet), *codec.decode(None)]
        except av.error.InvalidDataError:
            continue
        finally:
            codec.flush_buffers()


def _upright(recording: _Recording, frame: Any) -> Image.Image:
    """At its display shape and orientation, at most `FOOTAGE_SIDE` pixels a side."""
    pixel_shape = float(recording.stream.sample_aspect_ratio or 1)
    if not 0.2 < pixel_shape < 5:
        pixel_shape = 1.0  # No camera's; a thin line would be all that is left.
    width, height = frame.width * pixel_shape, float(frame.height)
    scale = min(1.0, bounds.FOOTAGE_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    mode = "RGBA" if any(part.is_alpha for part in frame.format.components) else "RGB"
    small = frame.reformat(
        *size, format={"RGB": "rgb24", "RGBA": "rgba"}[mode], interpolation="AREA"
    )
    plane = small.planes[0]
    image = Image.frombuffer(mode, size, bytes(plane), "raw", mode, plane.line_size, 1)
    # The display matrix turns counterclockwise, as Pillow does; cameras turn by quarters.
    return upright_rgb(image).rotate(90 * round(frame.rotation / 90), expand=True)
