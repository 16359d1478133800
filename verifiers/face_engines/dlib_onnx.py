"""dlib's networks rebuilt as ONNX, which onnxruntime runs 17 times as fast and more.

Differences from dlib are of rounding alone (`tests/faces/test_engine.py` holds them to it): every
affine layer is folded into the convolution before it, in double precision.
"""

from itertools import count
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

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

CHIP_SIDE = 150

_OPSET, _IR = 18, 9
"""Of early 2023: understood by every onnxruntime that we accept."""

Floats = NDArray[np.float64]
_Place = tuple[str, tuple[int, int, int]]
"""A tensor's name, and its channels, height and width."""


def embedder_model(network: Network) -> bytes:
    """`chips` (n, 150, 150, 3), RGB of 8 bits -> `descriptors` (n, 128)."""
    graph = _Graph()
    planes = graph.add("Cast", graph.add("Transpose", "chips", perm=[0, 3, 1, 2]), to=_FLOAT)
    place: _Place = planes, (3, CHIP_SIDE, CHIP_SIDE)
    tags: dict[int, _Place] = {}
    mean: Floats | None = None
    for layer in _folded(network):
        match layer:
            case Input():
                mean = np.array(layer.mean)
            case Convolution() if mean is not None:
                # No padding here, so that mean and scale can be part of the filters.
                place, mean = graph.convolution(place, _of_pixels(layer, mean)), None
            case Tag():
                tags[layer.number] = place
            case Skip():
                place = tags[layer.number]
            case Add():
                place = graph.sum(place, tags[layer.number])
            case _:
                place = graph.layer(place, layer)
    graph.add("Identity", place[0], output="descriptors")
    chips = helper.make_tensor_value_info("chips", TensorProto.UINT8, ["n", *_CHIP])
    descriptors = helper.make_tensor_value_info("descriptors", _FLOAT, ["n", 128])
    return graph.model("embedder", [chips], [descriptors])


def detector_model(detector: Detector) -> bytes:
    """`canvas` (1, 3, h, w), normalised and tiled -> `scores` (1, 1, h / 8, w / 8).

    Its metadata hold `window`, `most_overlap` and the `mean` to normalise with. That cannot be part
    of the filters: between the tiles of a canvas dlib has zeros after it is taken away.
    """
    graph = _Graph()
    first, *layers = _folded(detector.network)
    if not isinstance(first, Input):
        raise ValueError("a network begins with its input")
    place: _Place = "canvas", (3, 0, 0)
    for layer in layers:
        place = graph.layer(place, layer)
    graph.add("Identity", place[0], output="scores")
    canvas = helper.make_tensor_value_info("canvas", _FLOAT, [1, 3, "h", "w"])
    scores = helper.make_tensor_value_info("scores", _FLOAT, [1, 1, "rows", "columns"])
    told = {
        "window": str(detector.window),
        "most_overlap": repr(detector.most_overlap),
        "mean": " ".join(map(repr, first.mean)),
    }
    return graph.model("detector", [canvas], [scores], told)


def shrinking_model() -> bytes:
    """`level` (1, 3, h, w), `size` (1, 3, h', w') -> `smaller`: bilinear, corners on corners."""
    graph = _Graph()
    graph.add(
        "Resize",
        *("level", "", "", "size"),
        output="smaller",
        mode="linear",
        coordinate_transformation_mode="align_corners",
    )
    level = helper.make_tensor_value_info("level", _FLOAT, [1, 3, "h", "w"])
    size = helper.make_tensor_value_info("size", TensorProto.INT64, [4])
    smaller = helper.make_tensor_value_info("smaller", _FLOAT, [1, 3, "rows", "columns"])
    return graph.model("shrinking", [level, size], [smaller])


_FLOAT = TensorProto.FLOAT
_CHIP = (CHIP_SIDE, CHIP_SIDE, 3)


def _folded(network: Network) -> list[Layer]:
    """The same network without affine layers; each follows a convolution."""
    layers: list[Layer] = []
    for layer in network:
        if not isinstance(layer, Affine):
            layers.append(layer)
            continue
        before = layers.pop()
        if not isinstance(before, Convolution):
            raise ValueError("an affine layer without a convolution before it")
        gain = layer.gain.astype(np.float64)
        layers.append(
            Convolution(
                (before.filters * gain[:, None, None, None]).astype(np.float32),
                (before.bias * gain + layer.bias).astype(np.float32),
                before.stride,
                before.padding,
            )
        )
    return layers


def _of_pixels(layer: Convolution, mean: Floats) -> Convolution:
    """The first layer, for pixels from 0 to 255 in place of what dlib makes of them."""
    filters = layer.filters.astype(np.float64) / 256
    bias = layer.bias - (filters * mean[None, :, None, None]).sum(axis=(1, 2, 3))
    return Convolution(
        filters.astype(np.float32), bias.astype(np.float32), layer.stride, layer.padding
    )


class _Graph:
    """Nodes and constants of a model in the making."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._numbers = count()

    def add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """One more operator; returns the name of what it makes."""
        name = output or f"t{next(self._numbers)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, values: NDArray[Any]) -> str:
        name = f"c{next(self._numbers)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def layer(self, place: _Place, layer: Layer) -> _Place:
        """A layer that needs nothing but what comes in."""
        name, (channels, height, width) = place
        match layer:
            case Convolution():
                return self.convolution(place, layer)
            case Relu():
                return self.add("Relu", name), place[1]
            case MaxPool() | AveragePool() if layer.side:
                kind = "MaxPool" if isinstance(layer, MaxPool) else "AveragePool"
                shape = [layer.side] * 2
                pooled = self.add(kind, name, kernel_shape=shape, strides=[layer.stride] * 2)
                height, width = (_after(s, layer.side, layer.stride, 0) for s in (height, width))
                return pooled, (channels, height, width)
            case AveragePool():
                return self.add("GlobalAveragePool", name), (channels, 1, 1)
            case FullyConnected():
                weights = self.constant(layer.weights)
                flat = self.add("Flatten", name)
                return self.add("MatMul", flat, weights), (layer.weights.shape[1], 1, 1)
            case _:
                raise ValueError(f"{layer} needs more than what comes in")

    def convolution(self, place: _Place, layer: Convolution) -> _Place:
        name, (_, *sides) = place
        filters, _, side, _ = layer.filters.shape
        made = self.add(
            "Conv",
            *(name, self.constant(layer.filters), self.constant(layer.bias)),
            kernel_shape=[side, side],
            strides=[layer.stride] * 2,
            pads=[layer.padding] * 4,
        )
        height, width = (_after(s, side, layer.stride, layer.padding) for s in sides)
        return made, (filters, height, width)

    def sum(self, one: _Place, other: _Place) -> _Place:
        """Both, added as dlib does: the smaller goes on in zeros.

        They differ in channels, and by a pixel below and to the right: where a block halves its
        size, its convolution has no padding and the average beside it has.
        """
        largest = tuple(map(max, one[1], other[1]))
        padded = [
            name if shape == largest else self._padded(name, shape, largest)
            for name, shape in (one, other)
        ]
        channels, height, width = largest
        return self.add("Add", *padded), (channels, height, width)

    def _padded(self, name: str, shape: tuple[int, ...], to: tuple[int, ...]) -> str:
        after = [wanted - there for there, wanted in zip(shape, to, strict=True)]
        return self.add("Pad", name, self.constant(np.array([0, 0, 0, 0, 0, *after], np.int64)))

    def model(
        self, name: str, inputs: list[Any], outputs: list[Any], told: dict[str, str] | None = None
    ) -> bytes:
        graph = helper.make_graph(self._nodes, name, inputs, outputs, self._constants)
        opset = [helper.make_opsetid("", _OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=_IR)
        helper.set_model_props(model, told or {})
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())


def _after(length: int, window: int, stride: int, padding: int) -> int:
    """How long a side is after a window was moved along it."""
    return (length + 2 * padding - window) // stride + 1
