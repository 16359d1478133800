"""The vocabulary of the attack renderer: an exhibit is a file, and the truth about it."""

from collections.abc import Callable
from dataclasses import dataclass

from samples.capture import Capture, capture
from samples.captured_documents import Drawn, drawn
from samples.layout import Box


@dataclass(frozen=True, eq=False)
class Exhibit:
    """A picture of a document and what was done to it."""

    document: Drawn
    capture: Capture
    changed: tuple[Box, ...] = ()
    """Where, on the flat document; empty where nothing was, or the whole of it."""


@dataclass(frozen=True, eq=False)
class Attack:
    """One way of forging, at several strengths."""

    name: str
    story: str
    """One sentence of what is done."""
    strengths: tuple[str, ...]
    """From the most careful work to the plainest."""
    make: Callable[[int, str], Exhibit]
    """By a seed and a strength. The same seed gives the document that `honest` gives."""


def honest(seed: int, *, with_portrait: bool = False) -> Exhibit:
    """The document of this number as it is."""
    document = drawn(seed, with_portrait=with_portrait)
    return Exhibit(document, capture(document.side, document.camera))
