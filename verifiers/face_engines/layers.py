"""The layers of dlib's two networks, as data: what is read from its files and rebuilt as ONNX."""

from dataclasses import dataclass

from verifiers.face_engines.dlib_format import Floats


@dataclass(frozen=True)
class Input:
    mean: tuple[float, float, float]
    """Taken from red, green and blue, each 0 to 255; what is left is divided by 256."""


@dataclass(frozen=True, eq=False)
class Convolution:
    filters: Floats
    """`(out, in, height, width)`."""
    bias: Floats
    stride: int
    padding: int


@dataclass(frozen=True, eq=False)
class Affine:
    """What is left of a batch normalisation after training: by channel."""

    gain: Floats
    bias: Floats


@dataclass(frozen=True)
class Relu:
    pass


@dataclass(frozen=True)
class MaxPool:
    side: int
    stride: int


@dataclass(frozen=True)
class AveragePool:
    side: int
    """0: over all there is."""
    stride: int


@dataclass(frozen=True, eq=False)
class FullyConnected:
    weights: Floats
    """`(in, out)`; without bias."""


@dataclass(frozen=True)
class Tag:
    """Remembers under a number what passes here."""

    number: int


@dataclass(frozen=True)
class Skip:
    """Goes on from what the tag of this number remembered."""

    number: int


@dataclass(frozen=True)
class Add:
    """Adds what the tag of this number remembered."""

    number: int


Layer = (
    Input | Convolution | Affine | Relu | MaxPool | AveragePool | FullyConnected | Tag | Skip | Add
)
Network = tuple[Layer, ...]
"""From the input on."""


@dataclass(frozen=True)
class Detector:
    """A max-margin object detector: its network, and how its answers become boxes."""

    network: Network
    window: int
    """Side of the square, in pixels of a pyramid's level, that one answer speaks of."""
    most_overlap: float
    """Of two boxes that overlap by more than this share the surer one is kept."""
