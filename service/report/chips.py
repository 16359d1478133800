"""The section on chips: the portrait that the issuer signed, and who vouches for it."""

from collections.abc import Sequence

from service.report.figures import small_picture
from service.report.shown import ChipShown
from verifiers.documents.chip.check import ChipResult


def chips_shown(results: Sequence[ChipResult]) -> tuple[ChipShown, ...]:
    """Every chip that was read."""
    return tuple(
        ChipShown(
            reading=result.reading,
            portrait=None
            if result.face is None
            else small_picture(result.face, "Portrait on the chip"),
        )
        for result in results
    )
