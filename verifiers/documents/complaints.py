"""Why the zone was not read, or not surely, in words that the person with the camera can act on."""

from verifiers.documents import quality
from verifiers.documents.attempt import Attempt
from verifiers.documents.quality_measures import Grey
from verifiers.documents.recognise import PITCH
from verifiers.documents.rectify import MARGIN

TOO_FEW_PIXELS = (
    "The picture is too small to show a machine readable zone, whose lines need at least 200 "
    "pixels. Send the original photograph."
)
NOTHING_FOUND = (
    "No machine readable zone was found: no two or three long lines of evenly spaced characters. "
    "Photograph the side with the lines of letters and < signs, all of it, filling the picture."
)
_UNCLEAR = "its print is unclear here. Lay it flat in even light and photograph it from above."


def nothing_read(tried: list[Attempt], scale: float) -> str:
    """What to do about a picture on which no zone was read; `scale` as in `unsure`."""
    if not tried:
        return NOTHING_FOUND
    best = max(tried, key=lambda one: one.quality)
    return f"A machine readable zone may be here but cannot be read: {_reason(best, scale)}"


def unsure(attempt: Attempt, scale: float) -> str:
    """Which characters are unsure, and what to do.

    `scale`: pixels of the attempt's picture for each pixel of the sender's.
    """
    places: dict[int, list[str]] = {}
    for line, column in attempt.unsure:
        places.setdefault(line, []).append(str(column + 1))
    where = "; ".join(
        f"line {line + 1}, character{'s' if len(columns) > 1 else ''} {', '.join(columns)}"
        for line, columns in places.items()
    )
    return f"Not every character could be read surely ({where}): {_reason(attempt, scale)}"


def _reason(attempt: Attempt, scale: float) -> str:
    strips: Grey = attempt.lines.strips(*attempt.lines.print_size())
    defects = quality.of_strips(
        strips[:, :, MARGIN * PITCH : -MARGIN * PITCH],
        attempt.lines.pitch / scale,
        cut_off=bool(attempt.alone < 0.45 or attempt.ends_hidden or attempt.loose),
    )
    return f"{defects[0].wrong}. {defects[0].action}" if defects else _UNCLEAR
