"""Prints of pictures, and how alike two of them are: `fingerprint` and `compare`.

Documents of one issuer look alike by design, and so do plain tables: neither is a link. What two
honest candidates do not share is a photograph: its framing, the grain of the table around the
page, the portrait. Each becomes signs of a band-passed brightness, the weak ones marked unsure, as
iris codes do (Daugman, IEEE TCSVT 14(1), 2004); two prints are compared by the share of their
common sure bits that differ.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.fingerprint import DocumentFingerprint, Likeness, Part, PartPrint
from verifiers.documents.forensics.reuse_measures import (
    Measures,
    picture_measures,
    portrait_measures,
    surroundings_measures,
)
from verifiers.documents.forensics.subject import Subject

ALIKE_TO = {Part.PICTURE: 0.07, Part.SURROUNDINGS: 0.15, Part.PORTRAIT: 0.04}
"""Set on renders of seeds 0 to 39 (780 honest pairs; `bench/reused.py`), which come as near as
0.15, 0.30 and 0.08, and the portrait's lowered from 0.07 when other seeds came to 0.045. The same
photograph edited and sent again stays within 0.06 and 0.06, the same portrait photographed anew
within 0.03 (0.10 where the picture was turned or cut)."""
FEWEST_COMMON = {Part.PICTURE: 192, Part.SURROUNDINGS: 64, Part.PORTRAIT: 64}
"""Bits: with fewer in common, chance comes too near."""

_UNSURE_BELOW = {Part.PICTURE: 0.15, Part.SURROUNDINGS: 0.3, Part.PORTRAIT: 0.15}
"""Of the median strength for frequencies; in grey levels for the surroundings, where camera noise
averaged over a cell is a tenth of one."""
_BAND_BITS = 16


def fingerprint(subject: Subject) -> DocumentFingerprint:
    """The prints of all parts of the picture that can be told from others of their kind."""
    picture, page = subject.picture, subject.page
    prints: dict[Part, tuple[PartPrint, ...]] = {}
    absent: dict[Part, str] = {}
    _put(prints, absent, Part.PICTURE, [picture_measures(picture.pixels)], "The picture is plain.")
    if page is None:
        absent[Part.SURROUNDINGS] = "Where the page lies on the picture is not known."
    else:
        around = [surroundings_measures(page)]
        why = "Too little is seen around the page, or it is too plain to tell from other tables."
        _put(prints, absent, Part.SURROUNDINGS, around, why)
    if not subject.portraits:
        absent[Part.PORTRAIT] = "No portrait was found."
    else:
        looks = portrait_measures(picture.pixels, subject.portraits[0])
        _put(prints, absent, Part.PORTRAIT, looks, "The portrait is too small or too plain.")
    jpeg = picture.traits.jpeg if picture.traits else None
    return DocumentFingerprint(
        file=picture.file,
        page=picture.page,
        prints=prints,
        absent=absent,
        tables=jpeg.tables if jpeg else None,
    )


def compare(one: DocumentFingerprint, other: DocumentFingerprint) -> tuple[Likeness, ...]:
    """How alike each part is that both have and that has enough bits in common."""
    if one.version != other.version:
        return ()
    found = (
        _nearest(part, one.prints[part], other.prints[part])
        for part in Part
        if part in one.prints and part in other.prints
    )
    return tuple(likeness for likeness in found if likeness is not None)


def lookup_keys(print_: DocumentFingerprint) -> frozenset[str]:
    """Keys of which two alike fingerprints nearly always share one: an index for a database.

    Each is the part, a band's number and the 16 bits of that band ("portrait:3:9f02"): bands of the
    plain prints, all of whose bits are sure enough. Two that share a key are then compared.
    """
    return frozenset(
        f"{part}:{number}:{band}"
        for part, (first, *_) in print_.prints.items()
        for number, band in _bands(first)
    )


def lookup_queries(print_: DocumentFingerprint) -> frozenset[str]:
    """The keys to ask for: those of the shifted prints too."""
    return frozenset(
        f"{part}:{number}:{band}"
        for part, looks in print_.prints.items()
        for look in looks
        for number, band in _bands(look)
    )


def _bands(print_: PartPrint) -> list[tuple[int, str]]:
    digits = _BAND_BITS // 4
    starts = range(0, len(print_.bits), digits)
    return [(at // digits, print_.bits[at : at + digits]) for at in starts]


def _put(
    prints: dict[Part, tuple[PartPrint, ...]],
    absent: dict[Part, str],
    part: Part,
    looks: Sequence[Measures],
    why: str,
) -> None:
    made = tuple(_print(part, look) for look in looks)
    if made and int(made[0].sure, 16).bit_count() >= FEWEST_COMMON[part]:
        prints[part] = made
    else:
        absent[part] = why


def _print(part: Part, look: Measures) -> PartPrint:
    sure = look.known & (abs(look.values) >= _UNSURE_BELOW[part])
    return PartPrint(bits=_hex(look.values > 0), sure=_hex(sure))


def _hex(bits: NDArray[np.bool_]) -> str:
    words = "".join("1" if bit else "0" for bit in bits)
    return f"{int(words, 2):0{len(words) // 4}x}"


def _nearest(part: Part, ones: Sequence[PartPrint], others: Sequence[PartPrint]) -> Likeness | None:
    """The nearest of each one's plain print to all of the other's, shifted ones included."""
    pairs = [*((look, others[0]) for look in ones), *((ones[0], look) for look in others[1:])]
    distances = [
        (differing / common, common)
        for differing, common in (_counted(one, other) for one, other in pairs)
        if common >= FEWEST_COMMON[part]
    ]
    if not distances:
        return None
    distance, common = min(distances)
    return Likeness(part=part, distance=distance, common=common, alike_to=ALIKE_TO[part])


def _counted(one: PartPrint, other: PartPrint) -> tuple[int, int]:
    """Bits that differ, and bits that are sure in both."""
    both = int(one.sure, 16) & int(other.sure, 16)
    return ((int(one.bits, 16) ^ int(other.bits, 16)) & both).bit_count(), both.bit_count()
