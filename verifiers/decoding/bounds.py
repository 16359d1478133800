"""How large evidence may be. Every bound is checked on the header, before anything is decoded."""

from verifiers.unusable import Refusal

CHIP_FILE_BYTES = 32_000_000
"""Of one file of a chip and of all; DG2 has 15 kB, an iris or two fingers 60 kB."""
PICTURE_FILE_BYTES = 100_000_000
FOOTAGE_FILE_BYTES = 4 << 30

MAX_PIXELS = 50_000_000
"""Of one picture. Decoding costs 4 to 12 bytes a pixel."""
MAX_JPEG_PIXELS = 110_000_000
"""A JPEG can be decoded at half its size by its own transform (draft). Phones with 108-megapixel
sensors write up to 12032 x 9024 = 108.6."""
MAX_TOTAL_PIXELS = 200_000_000
"""Of all pages of one file: 20 pages of A4 at 300 dpi are 174."""
MAX_PAGES = 20
MAX_SIDE = 30_000
"""Pixels of the longest side: OpenCV turns nothing that is longer than 32767."""
MIN_SIDE = 16
"""Pixels. Nothing that a verifier looks for fits in less."""

FOOTAGE_SIDE = 1280
"""The longest side of frames; faces and flatness are measured at this or less."""
MAX_RECORDING_SECONDS = 4 * 3600
MAX_DECODED_PIXELS = 4_000_000_000
"""Of one recording decoded throughout: 145 seconds of 1280 x 720 at 30 frames a second. What is
longer is looked at only at its keyframes."""

MAX_FRAMES = 5000
"""Sent one by one with their times: five minutes at 15 a second."""
MAX_FRAMES_BYTES = 500_000_000
MAX_DIRECTORY_BYTES = 2_000_000
"""Of a ZIP of so many frames: 46 bytes an entry (APPNOTE 4.3.12), its name and extra fields."""


def megapixels(width: int, height: int) -> str:
    return f"{width} x {height} = {width * height / 1e6:,.1f} megapixels"


def refuse_size(kind: str, width: int, height: int, *, most: int = MAX_PIXELS) -> None:
    """Refuse pictures too large to decode safely or too small to show anything."""
    if width * height > most:
        raise Refusal(
            f"is {kind} of {megapixels(width, height)}; at most {most // 1_000_000} are decoded",
            "Send it at a smaller size",
        )
    if max(width, height) > MAX_SIDE:
        raise Refusal(
            f"is {kind} of {width} x {height} pixels; a side has at most {MAX_SIDE}",
            "Cut it down to the document",
        )
    if min(width, height) < MIN_SIDE:
        raise Refusal(
            f"is {kind} of only {width} x {height} pixels; a side needs at least {MIN_SIDE}",
            "Send the original, not a preview of it",
        )


def refuse_pages(kind: str, count: int) -> None:
    """Refuse long files whole: pages that were silently left out would look like pages judged."""
    if count > MAX_PAGES:
        raise Refusal(
            f"is {kind} of {count} pages; at most {MAX_PAGES} are read",
            "Send only the pages that show the document",
        )
    if count == 0:
        raise Refusal(f"is {kind} without a page", "Send the original file again")
