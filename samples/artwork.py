"""What goes onto a specimen, before it is drawn: the words of both zones and the portrait."""

from dataclasses import dataclass

from samples import mrz_lines
from samples.holder import Holder
from samples.mrz_lines import Format
from samples.portraits import Portrait

_DOCUMENT_TYPES: dict[Format, str] = {
    "TD1": "I",
    "TD2": "I",
    "TD3": "P",
    "MRV-A": "V",
    "MRV-B": "V",
}


@dataclass(frozen=True, eq=False)
class Artwork:
    """The printed zone by field name, the MRZ's lines, and whose face is shown."""

    format: Format
    holder: Holder
    printed: dict[str, str]
    mrz: tuple[str, ...]
    portrait: Portrait
    ghost: Portrait | None = None
    """Whose face the ghost portrait shows, where the document has one."""


def honest(holder: Holder, format: Format, portrait: Portrait, *, ghost: bool = False) -> Artwork:
    """An artwork in which print, MRZ, portrait and ghost portrait all say the same."""
    return Artwork(
        format=format,
        holder=holder,
        printed={"document_type": _DOCUMENT_TYPES[format]} | holder.printed(),
        mrz=mrz_lines.lines(holder, format),
        portrait=portrait,
        ghost=portrait if ghost else None,
    )
