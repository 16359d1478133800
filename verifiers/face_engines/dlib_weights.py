"""dlib's two networks as `face-recognition-models` installs them, read without dlib.

A `.dat` file names its layers but does not tell how they hang together: that is a C++ type, in
dlib's examples `dnn_face_recognition_ex` and `dnn_mmod_face_detection_ex`. So both stacks are
written down here, and a file that departs from its stack, or has a byte more or less, is refused.
Whether they are the weights we know is settled by checksum, before anything is read.
"""

import hashlib
from importlib.util import find_spec
from math import prod
from pathlib import Path

import numpy as np

from verifiers.face_engines.dlib_format import Floats, Parts
from verifiers.face_engines.layers import (
    Add,
    Affine,
    AveragePool,
    Convolution,
    Detector,
    FullyConnected,
    Input,
    Layer,
    MaxPool,
    Network,
    Relu,
    Skip,
    Tag,
)
from verifiers.face_engines.unusable import UnusableWeights

EMBEDDER = "dlib_face_recognition_resnet_model_v1.dat"
DETECTOR = "mmod_human_face_detector.dat"
SIXTY_EIGHT_POINTS = "shape_predictor_68_face_landmarks.dat"
FIVE_POINTS = "shape_predictor_5_face_landmarks.dat"

SHA256 = {
    EMBEDDER: "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    DETECTOR: "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6",
    SIXTY_EIGHT_POINTS: "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f",
    FIVE_POINTS: "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
}
"""Of face-recognition-models 0.3.0."""

SIZE = {SIXTY_EIGHT_POINTS: 99_693_937, FIVE_POINTS: 9_150_489}
"""In bytes, of the same."""

ENGINE = "dlib-resnet-v1+10/0.3.0"
"""The name of every engine that describes faces by these weights in the ways of `augmentation`,
which it counts: whatever runs them, descriptors are the same, so templates may be compared."""

# As the files have them, the last layer first.
_BLOCK = ("affine", "con", "relu", "affine", "con")
_PLAIN = ("relu", "add 1", *_BLOCK, "tag 1")
_DOWN = ("relu", "add 2", "avg_pool", "skip 1", "tag 2", *_BLOCK, "tag 1")
_EMBEDDER = (
    *("fc", "avg_pool", *_DOWN),
    *(*_PLAIN, *_PLAIN, *_DOWN) * 2,
    *(*_PLAIN, *_PLAIN, *_PLAIN, *_DOWN),
    *(*_PLAIN, *_PLAIN, *_PLAIN),
    *("max_pool", "relu", "affine", "con", "input_rgb_image_sized"),
)
_DETECTOR = ("con", *("relu", "bn_con", "con") * 6, "input_rgb_image_pyramid")


def models_folder() -> Path:
    """Where `face-recognition-models` keeps its files; raises `UnusableWeights` if not installed.

    The package itself is not imported: it takes half a second over pkg_resources.
    """
    package = find_spec("face_recognition_models")
    if package is None or not package.submodule_search_locations:
        raise UnusableWeights("the package face-recognition-models", "is not installed")
    return Path(package.submodule_search_locations[0]) / "models"


def known_file(file: str, folder: Path) -> Path:
    """Where a file lies; raises `UnusableWeights` if it is not ours."""
    found = _sha256(file, folder)
    if found != SHA256[file]:
        raise _another(file, f"its SHA-256 is {found}, not {SHA256[file]}")
    return folder / file


def file_of_known_size(file: str, folder: Path) -> Path:
    """As `known_file`, for landmarks: the first look, at no cost, at 100 MB which are read for 0.3
    s; their checksum is settled when they are converted.
    """
    try:
        found = (folder / file).stat().st_size
    except OSError as error:
        raise UnusableWeights(file, f"cannot be read: {error.strerror}") from error
    if found != SIZE[file]:
        raise _another(file, f"it has {found:,} bytes, not {SIZE[file]:,}")
    return folder / file


def _another(file: str, how: str) -> UnusableWeights:
    return UnusableWeights(file, f"is damaged, or not that of face-recognition-models 0.3.0: {how}")


def engine_name(folder: Path) -> str:
    """`ENGINE`, or where a file that descriptors depend on is another, a name of its own for those.

    The five points are among them: by these the chips are cut. Raises `UnusableWeights` where one
    cannot be read.
    """
    made_by = EMBEDDER, FIVE_POINTS
    found = [_sha256(file, folder) for file in made_by]
    if found == [SHA256[file] for file in made_by]:
        return ENGINE
    return f"{ENGINE}-{hashlib.sha256(''.join(found).encode()).hexdigest()[:16]}"


def _sha256(file: str, folder: Path) -> str:
    try:
        with (folder / file).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise UnusableWeights(file, f"cannot be read: {error.strerror}") from error


def read_embedder(data: bytes) -> Network:
    """The ResNet that turns an aligned chip of 150 pixels a side into 128 numbers.

    Raises `UnusableWeights` where the data is not that network, whole and nothing else.
    """
    parts = Parts(EMBEDDER, data)
    parts.expect("version", parts.integer(), 1)
    parts.expect("loss", parts.text(), "loss_metric_2")
    parts.skip(parts.real, 2)  # Margin and threshold of the training.
    network = _network(parts, _EMBEDDER)
    parts.end()
    return network


def read_detector(data: bytes) -> Detector:
    """The convolutional face detector; raises `UnusableWeights` as `read_embedder` does."""
    parts = Parts(DETECTOR, data)
    parts.expect("version", parts.integer(), 1)
    parts.expect("loss", parts.text(), "loss_mmod_")
    parts.expect("version of the options", parts.integer(), 1)
    window = parts.square()
    parts.skip(parts.real, 3)  # What the training charged for an error.
    most_overlap = parts.real()
    # 1: never, which spares us the second half of dlib's test.
    parts.expect("share of a box that may be covered", parts.real(), 1.0)
    parts.skip(parts.real, 2)  # Overlap with what the training ignored.
    network = _network(parts, _DETECTOR)
    parts.end()
    return Detector(network, window, most_overlap)


def _network(parts: Parts, stack: tuple[str, ...]) -> Network:
    """The versions of all layers, the last one's first; then what they hold, the first's first."""
    *written, _ = stack
    versions = [parts.integer() for _ in written]
    layers: list[Layer] = [_input(parts, stack[-1])]
    for name, version in reversed(list(zip(written, versions, strict=True))):
        kind, _, number = name.partition(" ")
        if kind in ("tag", "skip"):
            parts.expect("version of a tag", version, 1)
            layers.append(Tag(int(number)) if kind == "tag" else Skip(int(number)))
            continue
        first = len(layers) == 1
        parts.expect("version of a layer", version, 3 if first else 2)
        layers.append(_layer(parts, kind, number))
        # Left over from training: three flags, a gradient, the last output, a gradient; and, on
        # the first, into how many pictures the input is made.
        parts.skip(parts.flag, 3)
        parts.skip(parts.tensor, 3)
        parts.skip(parts.integer, int(first))
    return tuple(layers)


def _input(parts: Parts, name: str) -> Input:
    # The innermost layer holds the input, ahead of its own parts.
    parts.expect("input", parts.text(), name)
    mean = parts.real(), parts.real(), parts.real()
    if name == "input_rgb_image_sized":
        parts.expect("side of the input", parts.square(), 150)
    return Input(mean)


def _layer(parts: Parts, kind: str, number: str) -> Layer:
    found = parts.text()
    if not found.startswith(kind):
        raise parts.wrong(f"has a layer {found!r} where {kind!r} belongs")
    match found:
        case "con_4":
            return _convolution(parts)
        case "affine_":
            gain, bias = _gain_and_bias(parts)
            parts.integer()  # That it works by channel.
            return Affine(gain, bias)
        case "bn_con2":
            return _batch_normalisation(parts)
        case "relu_":
            return Relu()
        case "max_pool_2" | "avg_pool_2":
            side, stride = parts.square(), parts.square()
            parts.expect("padding of a pool", parts.square(), 0)
            return MaxPool(side, stride) if kind == "max_pool" else AveragePool(side, stride)
        case "add_prev_":
            return Add(int(number))
        case "fc_2":
            return _fully_connected(parts)
        case _:
            raise parts.wrong(f"has a layer {found!r}, which is not known")


def _convolution(parts: Parts) -> Convolution:
    # A bias is always there, though the affine layer that follows has one too.
    numbers = parts.tensor()
    count, side, stride, padding = (parts.integer(), *(parts.square() for _ in range(3)))
    shape = parts.shape()
    parts.expect("shape of filters", (shape[0], *shape[2:]), (count, side, side))
    parts.shape()
    parts.skip(parts.real, 4)  # How fast each kind of weight was to learn.
    filters, bias = numbers[:-count], numbers[-count:]
    return Convolution(parts.shaped(filters, shape), bias, stride, padding)


def _gain_and_bias(parts: Parts) -> tuple[Floats, Floats]:
    numbers, shape, _ = parts.tensor(), parts.shape(), parts.shape()
    gain, bias = parts.shaped(numbers, (2, prod(shape)))
    return gain, bias


def _batch_normalisation(parts: Parts) -> Affine:
    """As dlib itself turns one into an affine layer once training is over."""
    gain, bias = _gain_and_bias(parts)
    parts.skip(parts.tensor, 2)  # Of the last batch.
    mean, variance = parts.tensor(), parts.tensor()
    parts.skip(parts.integer, 2)  # Over how many batches both were averaged.
    parts.skip(parts.real, 4)
    gain = gain / np.sqrt(variance + parts.real())
    return Affine(gain, bias - gain * mean)


def _fully_connected(parts: Parts) -> FullyConnected:
    outputs, inputs = parts.integer(), parts.integer()
    numbers = parts.tensor()
    parts.skip(parts.shape, 2)
    parts.expect("sign that a layer has no bias", parts.integer(), 1)
    parts.skip(parts.real, 4)
    return FullyConnected(parts.shaped(numbers, (inputs, outputs)))
