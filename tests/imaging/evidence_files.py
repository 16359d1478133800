"""Files as people and their devices send them, whole and broken, each made in one call."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pillow_heif
from PIL import Image

from verifiers.picture import Pixels

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 180, 30), (40, 40, 220), (128, 128, 128)


def quarters(width: int = 160, height: int = 96) -> Image.Image:
    """A picture whose corners tell how it lies: red, green (top), blue, grey (bottom)."""
    image = Image.new("RGB", (width, height), GREY)
    half = width // 2, height // 2
    image.paste(RED, (0, 0, *half))
    image.paste(GREEN, (half[0], 0, width, half[1]))
    image.paste(BLUE, (0, half[1], half[0], height))
    return image


def corners(pixels: Pixels) -> list[tuple[int, ...]]:
    """The colours of the four quarters, in the order of reading."""
    height, width = pixels.shape[:2]
    return [
        tuple(int(v) for v in pixels[y, x])
        for y in (height // 4, 3 * height // 4)
        for x in (width // 4, 3 * width // 4)
    ]


def noise(width: int = 400, height: int = 300) -> Image.Image:
    """A picture that does not compress, so that every part of its file is picture."""
    values = np.random.default_rng(1).integers(60, 255, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def a_zip(name: str = "notes.txt", *, locked: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "hello")
    data = bytearray(buffer.getvalue())
    data[6] |= locked
    return bytes(data)


def a_frame_set(
    path: Path, listed: object, entries: Mapping[str, bytes], *, method: int = zipfile.ZIP_STORED
) -> Path:
    """A ZIP of these entries and this list, whatever they are; bytes are taken as they are."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
        text = listed if isinstance(listed, bytes) else json.dumps(listed).encode()
        archive.writestr("frames.json", text)
    return path


def a_listing(*names: str, step: float = 0.5) -> list[dict[str, Any]]:
    """A list of these frames, so many seconds apart."""
    return [{"file": name, "seconds": i * step} for i, name in enumerate(names)]


def png_of_64_megapixels() -> bytes:
    """8000 x 8000 pixels of one colour, 1 bit each: 7.9 kB that become 192 MB of RGB."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8000, 8000, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes(1001 * 8000), 9)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_pdf(image: Image.Image, *, pages: int = 1, points: tuple[float, float] = (595, 842)) -> bytes:
    """Pages of that size (A4 by default), each filled with the image."""
    picture = encoded(image, "JPEG", quality=90)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b"5 0 R " * pages),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
        b" /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
        % (*image.size, len(picture), picture),
        _stream(b"q %.2f 0 0 %.2f 0 0 cm /I Do Q" % points),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents 4 0 R"
        b" /Resources << /XObject << /I 3 0 R >> >> >>" % points,
    ]
    return _pdf_of(objects)


def a_pdf_with_a_password() -> bytes:
    """The standard security handler, revision 2 (ISO 32000-1 §7.6.3): no password fits."""
    encryption = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
        b"28" * 32,
        b"5a" * 32,
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        encryption,
    ]
    return _pdf_of(objects, b" /Encrypt 4 0 R /ID [<%s> <%s>]" % (b"01" * 16, b"01" * 16))


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _pdf_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % count
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, trailer, len(data))
    )


def moving(count: int, width: int = 160, height: int = 96) -> Iterator[Image.Image]:
    """Frames that get brighter, so that each tells its place."""
    for index in range(count):
        yield Image.new("RGB", (width, height), (40 + 200 * index // max(1, count - 1),) * 3)


def a_video(
    path: Path,
    frames: Iterable[Image.Image],
    *,
    codec: str = "libx264",
    rate: int = 10,
    comment: str | None = None,
    clockwise: int = 0,
    pixels: str = "yuv420p",
) -> Path:
    """Encode frames; the container is the path's extension."""
    with av.open(str(path), "w") as container:
        if comment:
            container.metadata["comment"] = comment
        stream = None
        for image in frames:
            if stream is None:
                stream = container.add_stream(codec, rate=rate)
                stream.width, stream.height = image.size
                stream.pix_fmt = pixels
                if clockwise:
                    stream.set_display_rotation(-clockwise)
            container.mux(stream.encode(av.VideoFrame.from_image(image)))
        assert stream
        container.mux(stream.encode(None))
    return path


def a_call_that_shrinks(path: Path, frames: Iterable[Image.Image], *, after: int) -> Path:
    """WebM at 10 frames a second, at half its size `after` so many of them, as WebRTC does."""
    with av.open(str(path), "w") as container:
        stream: Any = None
        encoder: Any = None
        for number, image in enumerate(frames):
            if stream is None:
                stream = container.add_stream("libvpx", rate=10)
                (stream.width, stream.height), stream.pix_fmt = image.size, "yuv420p"
                encoder = stream.codec_context
            if number == after:
                container.mux(stream.encode(None))
                encoder = av.CodecContext.create("libvpx", "w")
                encoder.width, encoder.height = image.width // 2, image.height // 2
                encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 10)
            shown = image if number < after else image.reduce(2)
            frame = av.VideoFrame.from_image(shown).reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            for packet in encoder.encode(frame):
                packet.stream = stream
                container.mux(packet)
        for packet in encoder.encode(None):
            packet.stream = stream
            container.mux(packet)
    return path


def a_long_video(
    path: Path, *, hours: float, size: tuple[int, int], keyframe_every: int = 50
) -> Path:
    """A long recording at 10 frames a second: one group of pictures encoded once, then repeated.

    Each frame is decodable and differs from its neighbours; only the encoder's hours are saved. The
    index may name fewer keyframes than there are.
    """
    rate, group = 10, 50
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            "libx264", rate=rate, options={"g": str(group), "bf": "0", "preset": "ultrafast"}
        )
        (stream.width, stream.height), stream.pix_fmt = size, "yuv420p"
        stream.codec_context.time_base = Fraction(1, rate)
        packets = []
        for image in moving(group, *size):
            packets += stream.encode(av.VideoFrame.from_image(image))
        packets += stream.encode(None)
        parts = [bytes(packet) for packet in packets]
        for index in range(int(hours * 3600 * rate)):
            packet = av.Packet(parts[index % group])
            packet.stream, packet.time_base = stream, Fraction(1, rate)
            packet.pts = packet.dts = index
            packet.is_keyframe = index % keyframe_every == 0
            container.mux(packet)
    return path
