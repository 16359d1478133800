"""The job of the child that decodes a face image: judge the header, decode, write the pixels."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from PIL import Image, Jpeg2KImagePlugin, JpegImagePlugin

from verifiers.decoding import pictures
from verifiers.unusable import Refusal

_DECODERS = {
    "JPEG": JpegImagePlugin.JpegImageFile.format,
    "JPEG 2000": Jpeg2KImagePlugin.Jpeg2KImageFile.format,
}
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, RuntimeError)
"""What Pillow and its plugins raise on data that breaks its format."""


def perform(job: Mapping[str, Any], source: BinaryIO, sink: BinaryIO) -> dict[str, Any]:
    """Decode the image in `source`, which is of the job's `format`; reply its `size`."""
    try:
        image = Image.open(source, formats=[_DECODERS[job["format"]]])
        width, height = image.size
        if width * height > job["most_pixels"]:
            raise Refusal(f"is a face image of {width} x {height} pixels", "")
        upright = pictures.upright_rgb(image)
    except _DAMAGE:
        raise Refusal(f"holds a {job['format']} image that is damaged", "") from None
    pictures.write(upright, sink)
    return {"size": upright.size}
