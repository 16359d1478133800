"""Pages turned so that their machine readable zone reads from left to right.

People photograph documents any way up, and cameras do not always record which. Faces and printed
fields are looked for on pages that are upright to a few degrees.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from verifiers.documents.verify import MrzReaderProtocol
from verifiers.picture import Picture


def turn_upright(pictures: Sequence[Picture], reader: MrzReaderProtocol) -> tuple[Picture, ...]:
    """The same pages, each turned by the quarter turns that its most surely read zone asks for.

    A page without a zone stays as it is: nothing on it says which way is up.
    """
    return tuple(_turned(picture, _quarter_turns(picture, reader)) for picture in pictures)


def _quarter_turns(picture: Picture, reader: MrzReaderProtocol) -> int:
    readings = reader.read(picture.pixels).readings
    if not readings:
        return 0
    surest = min(readings, key=lambda text: len(text.unsure))
    return round(surest.rotation / 90) % 4


def _turned(picture: Picture, quarters: int) -> Picture:
    if quarters == 0:
        return picture
    # rot90 turns anticlockwise, the text lies clockwise: the one undoes the other.
    return replace(picture, pixels=np.ascontiguousarray(np.rot90(picture.pixels, quarters)))
